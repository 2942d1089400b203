import type { Cap } from '../../shared/domain/caps';
import type { PeriodUnit } from '../../shared/domain/badge';

/** The number of a cap's rolling unit. It is on people's disks: never given to another unit. */
export const UNIT_NUMBERS: Readonly<Record<PeriodUnit | 'none', number>> = { none: 0, DAYS: 1, WEEKS: 2, MONTHS: 3 };

/** Numbers that each position in a badge's list takes up. A fifth unit needs a migration. */
const NUMBERS_A_POSITION = 4;
const BADGE_LEVEL = 1_000_000;

/** The number under which a refused row keeps the cap it ran into: level, position in the badge's list, rolling unit. */
export function capNumber(cap: Cap): number {
  const unit = UNIT_NUMBERS[cap.roll?.unit ?? 'none'];
  return (cap.level === 'BADGE' ? BADGE_LEVEL : 0) + cap.index * NUMBERS_A_POSITION + unit;
}

/** The cap of that number among those in force. */
export function capOfNumber(caps: readonly Cap[], number: number): Cap | undefined {
  return caps.find((cap) => capNumber(cap) === number);
}
