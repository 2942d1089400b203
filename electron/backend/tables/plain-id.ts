import type { TextRow } from './text-rows';

/** The id in a cell of 1 to 15 digits without zeros in front, which is what most are; null for any other. */
export function plainId({ bytes, starts, ends, cells }: TextRow, cell: number): number | null {
  if (cell >= cells) return null;
  const start = starts[cell]!;
  const end = ends[cell]!;
  if (start === end || end - start > 15 || bytes[start] === 48) return null;
  let id = 0;
  for (let at = start; at < end; at += 1) {
    const digit = bytes[at]! - 48;
    if (digit < 0 || digit > 9) return null;
    id = id * 10 + digit;
  }
  return id;
}
