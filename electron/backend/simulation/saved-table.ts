import type { OutputColumn, OutputKind, OutputRow, OutputTable } from '../files/table-output';

/** A table of the window: headings, and cells by column. */
interface ShownTable {
  columns: readonly string[];
  rows: readonly (readonly (string | number | null)[])[];
}

/** Rows written between two turns of other calls. */
const PORTION = 5_000;

/** A table of the window as one that is written: each column is of numbers, of dates, or of texts. */
export function savedTable({ columns, rows }: ShownTable): OutputTable & { portions: Iterable<readonly OutputRow[]> } {
  function* portions(): Generator<readonly OutputRow[]> {
    for (let from = 0; from < rows.length; from += PORTION) yield rows.slice(from, from + PORTION);
  }
  return {
    sheet: 'Numbers',
    zone: 'UTC',
    columns: columns.map((name, at): OutputColumn => ({ name, kind: kindOf(rows, at) })),
    portions: portions(),
  };
}

function kindOf(rows: ShownTable['rows'], at: number): OutputKind {
  let kind: OutputKind | null = null;
  for (const row of rows) {
    const cell = row[at] ?? null;
    if (cell === null || cell === '') continue;
    const here: OutputKind = typeof cell === 'number' ? 'number' : /^\d{4}-\d{2}-\d{2}$/.test(cell) ? 'date' : 'text';
    if (kind !== null && kind !== here) return 'text';
    kind = here;
  }
  return kind ?? 'text';
}
