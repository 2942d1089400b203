import type { OrgStore } from '../../../db/org/org-store';
import type { RequestFacts } from '../../../db/org/request-history';
import type { RequestRows, RowFilter } from '../../../db/org/request-rows';
import type { IssueRow } from '../../../shared/ipc/issuance-contract';
import type { CancelSignal } from '../../../shared/ipc/method';
import { inEnglish } from '../../../shared/words/english';
import { message } from '../../../shared/words/message';
import type { OutputColumn, OutputRow } from '../files/table-output';
import { writeTable } from '../files/written-table';
import { rowView } from './rows';

/** Rows written between two turns of other calls; some ten milliseconds of work. */
const PORTION = 1_000;

const COLUMNS: readonly OutputColumn[] = [
  { name: 'customer', kind: 'text' },
  { name: 'id', kind: 'text' },
  { name: 'status', kind: 'text' },
  { name: 'expiry', kind: 'instant' },
  { name: 'outcome', kind: 'text' },
  { name: 'message', kind: 'text' },
  { name: 'line', kind: 'integer' },
];

export interface RowExport {
  org: OrgStore;
  rows: RequestRows;
  facts: RequestFacts;
  filter: RowFilter;
  /** Absolute path. */
  target: string;
  /** As the person knows the file. */
  name: string;
  zone: string;
}

/**
 * Writes the rows a filter selects, in the format that the file's ending says. The file appears under its name only when
 * it is complete.
 *
 * @returns the number of rows
 * @throws Failure `cancelled`, or `internal` in plain words when the file cannot be written; an older file of the name is kept then
 */
export async function exportRows(
  { org, rows, facts, filter, target, name, zone }: RowExport,
  signal: CancelSignal,
  progress: (report: { done: number; total: number }) => void,
): Promise<number> {
  let total = 0;
  function* portions(): Generator<OutputRow[]> {
    for (let done = 0; ;) {
      const page = rows.page(facts, filter, done, PORTION);
      if (page.rows.length === 0) return;
      total = page.total;
      done += page.rows.length;
      yield page.rows.map((row) => outputRow(rowView(org, facts, row)));
    }
  }
  return writeTable({ path: target, name }, { sheet: 'Customers', columns: COLUMNS, zone }, portions(), {
    signal,
    cancelled: message('issue.exportCancelled'),
    progress: (done) => progress({ done, total }),
  });
}

function outputRow({ customer, issuedId, status, expiresOn, outcome, label, line }: IssueRow): OutputRow {
  return [customer, issuedId, status, expiresOn, outcome, inEnglish(label), line];
}
