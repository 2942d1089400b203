import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import type { OrgStore } from '../../db/org/org-store';
import type { RequestFacts } from '../../db/org/request-history';
import type { RequestRows, RowFilter } from '../../db/org/request-rows';
import { Failure } from '../../shared/ipc/errors';
import { CSV_HEAD, csvLine } from './requests-csv';
import { rowView } from './requests-rows';

/** Rows written between two turns of other calls; some ten milliseconds of work. */
const PORTION = 1_000;

export interface RowExport {
  org: OrgStore;
  rows: RequestRows;
  facts: RequestFacts;
  filter: RowFilter;
  /** Absolute path. */
  target: string;
  zone: string;
}

/**
 * Writes the rows a filter selects as CSV. The file appears under its name only when it is complete.
 *
 * @returns the number of rows
 * @throws Failure `cancelled`, or `internal` in plain words when the file cannot be written; an older file of the name is kept then
 */
export async function exportRows(
  { org, rows, facts, filter, target, zone }: RowExport,
  isCancelled: () => boolean,
  progress: (report: { done: number; total: number }) => void,
): Promise<number> {
  const unfinished = `${target}.unfinished`;
  let done = 0;
  async function* lines(): AsyncGenerator<string> {
    yield CSV_HEAD;
    for (;;) {
      if (isCancelled()) throw new Failure('cancelled', 'Cancelled. No file was written.');
      const page = rows.page(facts, filter, done, PORTION);
      if (page.rows.length === 0) return;
      yield page.rows.map((row) => csvLine(rowView(org, facts, row), zone)).join('');
      done += page.rows.length;
      progress({ done, total: page.total });
      await setImmediate();
    }
  }
  try {
    await pipeline(lines, createWriteStream(unfinished, 'utf8'));
    await rename(unfinished, target);
    return done;
  } catch (error) {
    // What hindered the writing may hinder the removal too, and is the better reason to tell.
    await rm(unfinished, { force: true }).catch(() => undefined);
    if (error instanceof Failure) throw error;
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new Failure(
      'internal',
      `The file could not be written (${reason}). Nothing was saved. Free some space or choose another place, and export again.`,
    );
  }
}
