import { md5 } from '@noble/hashes/legacy.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { constraintTypeOf, type ConstraintLevel, type FixedWindowConstraint } from './badge';

/**
 * The referenceId of a fixed window: a name-based UUID (version 3, MD5, no namespace) of the bare text constraintType +
 * durationType + refreshRate + startDayOfTheWeek, absent parts written `null` (semantics W10). Equal for equal forms.
 */
export function windowReferenceId(window: FixedWindowConstraint, level: ConstraintLevel): string {
  const name = `${constraintTypeOf(window, level)}${window.durationType}${window.refreshRate}${window.startDayOfTheWeek}`;
  const digest = md5(utf8ToBytes(name));
  digest[6] = ((digest[6] ?? 0) & 0x0f) | 0x30;
  digest[8] = ((digest[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytesToHex(digest);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
