import { cellText, type TextRow } from './text-rows';

const SPACE = 32;
const TAB = 9;
const LONGEST_NUMBER = 32;

/** Counts, over all rows, what every column's cells look like. */
export class ColumnTally {
  /** Cells that hold nothing. */
  readonly empty: number[];
  /** Numbers that Excel has shortened to scientific notation, whose last digits are lost. */
  readonly shortened: number[];

  constructor(columns: number) {
    this.empty = Array.from({ length: columns }, () => 0);
    this.shortened = Array.from({ length: columns }, () => 0);
  }

  add(row: TextRow): void {
    for (let cell = 0; cell < this.empty.length; cell += 1) {
      if (isBlank(row, cell)) this.empty[cell]! += 1;
      else if (mayBeShort(row, cell) && /^\s*[+-]?\d(?:[.,]\d*)?e\+\d+\s*$/i.test(cellText(row, cell)))
        this.shortened[cell]! += 1;
    }
  }
}

function isBlank({ bytes, starts, ends, cells }: TextRow, cell: number): boolean {
  if (cell >= cells) return true;
  for (let at = starts[cell]!; at < ends[cell]!; at += 1) if (bytes[at] !== SPACE && bytes[at] !== TAB) return false;
  return true;
}

/** Whether a cell is as short as a number and has an E in it. */
function mayBeShort({ bytes, starts, ends }: TextRow, cell: number): boolean {
  const end = ends[cell]!;
  if (end - starts[cell]! > LONGEST_NUMBER) return false;
  for (let at = starts[cell]!; at < end; at += 1) if ((bytes[at]! | 32) === 101) return true;
  return false;
}
