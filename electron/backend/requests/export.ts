import { setImmediate } from 'node:timers/promises';
import type { OrgStore } from '../../../db/org/org-store';
import type { RequestFacts } from '../../../db/org/request-history';
import type { RequestRows, RowFilter } from '../../../db/org/request-rows';
import { writeWhole } from '../../disk/whole-file';
import { Failure } from '../../../shared/ipc/errors';
import { EXPORT_AGAIN } from '../files/granted-files';
import { CSV_HEAD, csvLine } from '../files/csv';
import { rowView } from './rows';
import { message } from '../../../shared/words/message';

/** Rows written between two turns of other calls; some ten milliseconds of work. */
const PORTION = 1_000;

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
 * Writes the rows a filter selects as CSV. The file appears under its name only when it is complete.
 *
 * @returns the number of rows
 * @throws Failure `cancelled`, or `internal` in plain words when the file cannot be written; an older file of the name is kept then
 */
export async function exportRows(
  { org, rows, facts, filter, target, name, zone }: RowExport,
  isCancelled: () => boolean,
  progress: (report: { done: number; total: number }) => void,
): Promise<number> {
  let done = 0;
  async function* lines(): AsyncGenerator<string> {
    yield CSV_HEAD;
    for (;;) {
      if (isCancelled()) throw new Failure('cancelled', message('issue.exportCancelled'));
      const page = rows.page(facts, filter, done, PORTION);
      if (page.rows.length === 0) return;
      yield page.rows.map((row) => csvLine(rowView(org, facts, row), zone)).join('');
      done += page.rows.length;
      progress({ done, total: page.total });
      await setImmediate();
    }
  }
  const signal = {
    get aborted() {
      return isCancelled();
    },
  };
  await writeWhole(target, lines(), { name, signal, again: EXPORT_AGAIN });
  return done;
}
