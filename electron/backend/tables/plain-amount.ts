import type { TextRow } from './text-rows';

const ZERO = 48;
const MINUS = 45;
const COMMA = 44;
const POINT = 46;
/** So many digits make an exact number, whatever they are. */
const MOST_DIGITS = 15;

/** What the one sign of a number is: none, a certain decimal sign, or one that may group (`?`). */
export type AmountSign = 'whole' | '.' | ',' | '.?' | ',?';

/**
 * The sign of an amount in a cell of digits with at most one point or comma among them, which is what most are; null for
 * any other, which has to be read with care.
 */
export function plainAmountSign({ bytes, starts, ends, cells }: TextRow, cell: number): AmountSign | null {
  if (cell >= cells) return null;
  const end = ends[cell]!;
  const first = bytes[starts[cell]!] === MINUS ? starts[cell]! + 1 : starts[cell]!;
  if (first >= end || end - first > MOST_DIGITS) return null;
  let sign = -1;
  for (let at = first; at < end; at += 1) {
    const byte = bytes[at]!;
    if (byte >= ZERO && byte <= ZERO + 9) continue;
    if ((byte !== POINT && byte !== COMMA) || sign >= 0 || at === first || at === end - 1) return null;
    sign = at;
  }
  if (sign < 0) return 'whole';
  const isPoint = bytes[sign] === POINT;
  const mayGroup = end - sign === 4 && sign - first <= 3 && bytes[first] !== ZERO;
  if (mayGroup) return isPoint ? '.?' : ',?';
  return isPoint ? '.' : ',';
}
