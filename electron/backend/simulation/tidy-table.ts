import { TIDY_COLUMNS, tidyRows, type TidyVariant } from '../../../shared/simulation/tidy';
import type { OutputColumn, OutputRow, OutputTable } from '../files/table-output';

const PORTION = 5_000;
const TEXTS: ReadonlySet<string> = new Set(['variant', 'badge', 'segment', 'measure']);

/** The tidy table of results, as it is written. */
export const TIDY_TABLE: OutputTable = {
  sheet: 'Results',
  zone: 'UTC',
  columns: TIDY_COLUMNS.map((name): OutputColumn => ({
    name,
    kind: name === 'day' ? 'date' : TEXTS.has(name) ? 'text' : 'number',
  })),
};

/** Its rows, some at a time. */
export function* tidyPortions(variants: readonly TidyVariant[]): Generator<readonly OutputRow[]> {
  let portion: OutputRow[] = [];
  for (const row of tidyRows(variants)) {
    portion.push(row);
    if (portion.length < PORTION) continue;
    yield portion;
    portion = [];
  }
  yield portion;
}
