/**
 * `npm run bench -- cancel [--rows 2000000]`: how long a look at a table (as Simulate, and as Issue and a live job look), a
 * request and a replay go on after somebody cancelled them, in each format and at several moments; the 95th percentile
 * over all of them at the end. The wait counts from the moment at which the cancel was due, so that a
 * process too busy to hear of it is counted too.
 */
import { createReadStream, createWriteStream, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { createGzip } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import type { OutputRow, OutputTable } from '../../electron/backend/files/table-output';
import { workbookBytes } from '../../electron/backend/files/workbook-output';
import { openBackend, type Backend } from '../../electron/backend/backend';
import { runSimulation } from '../../electron/backend/simulation/run';
import { inspectTable } from '../../electron/backend/tables/inspect-table';
import { temporaryPlace } from '../../electron/backend/tables/temporary-folder';

const MOST_MILLISECONDS = 200;
const SHARES = [0.02, 0.1, 0.25, 0.4, 0.55, 0.7, 0.85, 0.95];
/** More than a sheet holds. */
const MOST_SHEET_ROWS = 1_000_000;

async function writeFiles(folder: string, rows: number): Promise<Record<string, string>> {
  const at = (name: string): string => path.join(folder, name);
  const query = (first: number, last: number): string =>
    `SELECT 1 + hash(range) % 300000 AS "customerId",
       TIMESTAMPTZ '2026-01-05 00:00:00+00' + to_seconds((hash(range + 1) % 31000000)::BIGINT) AS "eventDate",
       ((hash(range + 2) % 10000) / 100)::DECIMAL(9, 2) AS amount FROM range(${String(first)}, ${String(last)})`;
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run("SET TimeZone = 'UTC'");
  const asText = (first: number, last: number): string =>
    `SELECT "customerId", strftime("eventDate", '%Y-%m-%dT%H:%M:%SZ') AS "eventDate", amount FROM (${query(first, last)})`;
  await connection.run(`COPY (${asText(0, rows)}) TO '${at('events.csv')}' (FORMAT csv)`);
  mkdirSync(at('folder'));
  for (const part of [0, 1, 2])
    await connection.run(
      `COPY (${asText(Math.floor((rows * part) / 3), Math.floor((rows * (part + 1)) / 3))}) TO '${at(`folder/${String(part)}.csv`)}' (FORMAT csv)`,
    );
  await connection.run(`COPY (${query(0, rows)}) TO '${at('events.parquet')}' (FORMAT parquet)`);
  await connection.run(
    `COPY (SELECT * REPLACE ("customerId"::VARCHAR AS "customerId") FROM (${query(0, rows)})) TO '${at('texts.parquet')}' (FORMAT parquet)`,
  );
  connection.closeSync();
  await pipeline(createReadStream(at('events.csv')), createGzip({ level: 1 }), createWriteStream(at('events.csv.gz')));
  const table: OutputTable = {
    sheet: 'Events',
    zone: 'UTC',
    columns: [
      { name: 'customerId', kind: 'integer' },
      { name: 'eventDate', kind: 'instant' },
      { name: 'amount', kind: 'number' },
    ],
  };
  // oxlint-disable-next-line typescript/require-await -- the writer asks for a stream
  async function* portions(): AsyncGenerator<OutputRow[]> {
    for (let from = 0; from < Math.min(rows, MOST_SHEET_ROWS); from += 5000)
      yield Array.from({ length: 5000 }, (_, row): OutputRow => [1 + from + row, 1_767_571_200e6 + row * 1e6, 1.5]);
  }
  await pipeline(await workbookBytes(table, portions(), 'events.xlsx'), createWriteStream(at('events.xlsx')));
  return {
    CSV: at('events.csv'),
    'CSV, packed': at('events.csv.gz'),
    'folder of CSV': at('folder'),
    Parquet: at('events.parquet'),
    'Parquet, ids as texts': at('texts.parquet'),
    Excel: at('events.xlsx'),
  };
}

const badge = {
  ...{ name: 'Bench', startOnISO: '2026-01-01T00:00:00Z', expiresOnISO: '2027-02-01T00:00:00Z', earnType: 'EARN' },
  earnedBadgeExpiry: { expiryType: 'NEVER' },
  ownership: { restrictedToOwners: ['Loyalty'] },
};

type Work = (file: string, signal: AbortSignal) => Promise<unknown>;

/** A request for the customers of a file, in a workspace of its own. */
const issueWith =
  ({ handlers, grantFile }: Backend, badgeId: string): Work =>
  async (file, signal) => {
    grantFile('customers', { path: file, name: path.basename(file), bytes: 0, mode: 'read' });
    const customers = { kind: 'file', token: 'customers' } as const;
    const owner = { ownerType: 'Loyalty', referenceId: '626' };
    const request = { badgeId, action: 'award', customers, owner, at: null, eventDate: null, requestId: null } as const;
    await handlers['issuance.run'](request, { signal, progress: () => undefined });
  };

const WORKS: Record<string, Work> = {
  'look for a request': async (file, signal) =>
    (await inspectTable(file, path.basename(file), {}, 'customers', signal)).dispose(),
  look: async (file, signal) =>
    (await inspectTable(file, path.basename(file), { zone: 'UTC' }, 'events', signal)).dispose(),
  replay: async (file, signal) => {
    const events = {
      ...{ csv: file, customer: 'customerId', at: 'eventDate', amount: 'amount' },
      // The writer of workbooks names the zone in the heading.
      ...(file.endsWith('.xlsx') ? { at: 'eventDate (UTC)', zone: 'UTC' } : {}),
    };
    const body = {
      ...{
        schema: 'laurel/scenario@1',
        name: 'Bench',
        seed: 7,
        from: '2026-01-05T00:00:00Z',
        to: '2027-01-04T00:00:00Z',
      },
      badges: [{ key: 'badge', badge, owner: { ownerType: 'Loyalty', referenceId: '626' } }],
      events,
    };
    const { replay } = await runSimulation({ body, csv: file }, { signal });
    replay?.dispose();
  },
};

/** @returns milliseconds from when the cancel was due to the end; null where the work was done before */
async function waitAfterCancel(work: (signal: AbortSignal) => Promise<unknown>, after: number): Promise<number | null> {
  const stop = new AbortController();
  const due = performance.now() + after;
  const timer = setTimeout(() => stop.abort(), after);
  try {
    await work(stop.signal);
    return null;
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    return performance.now() - due;
  } finally {
    clearTimeout(timer);
  }
}

const percentile = (waits: readonly number[], share: number): number =>
  waits.toSorted((left, right) => left - right)[Math.max(0, Math.ceil(waits.length * share) - 1)] ?? 0;

const { values } = parseArgs({ options: { rows: { type: 'string', default: '2000000' } } });
const rows = Number(values.rows);
const folder = mkdtempSync(path.join(temporaryPlace(), 'laurel-bench-'));
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
try {
  const files = await writeFiles(folder, rows);
  const workspacePath = path.join(folder, 'bench.laurel');
  const backend = await openBackend({ workspacePath, appVersion: '0', runtime: 'bench', log: quiet });
  try {
    const { id } = await backend.handlers['badges.create']({
      ...{ body: JSON.stringify(badge), migration: true, label: 'Bench', language: 'en' },
    });
    await backend.handlers['badges.claim']({ id, ownerType: 'Loyalty', referenceId: '626' });
    const works: Record<string, Work> = { ...WORKS, request: issueWith(backend, id) };
    console.log(`${rows.toLocaleString('en')} rows (a sheet: ${Math.min(rows, MOST_SHEET_ROWS).toLocaleString('en')})`);
    const all: number[] = [];
    for (const [format, file] of Object.entries(files))
      for (const [what, work] of Object.entries(works)) {
        const started = performance.now();
        await work(file, new AbortController().signal);
        const whole = performance.now() - started;
        const waits: number[] = [];
        for (const share of SHARES) {
          const wait = await waitAfterCancel((signal) => work(file, signal), whole * share);
          if (wait !== null) waits.push(wait);
        }
        all.push(...waits);
        const longest = Math.max(0, ...waits);
        const isMet = longest <= MOST_MILLISECONDS;
        console.log(
          `${isMet ? 'met   ' : 'MISSED'} cancel of ${what}, ${format}`.padEnd(58),
          `${(whole / 1000).toFixed(1)} s in all; ended after ${waits.map((wait) => wait.toFixed(0)).join(', ')} ms  goal ≤ ${String(MOST_MILLISECONDS)}`,
        );
        if (!isMet) process.exitCode = 1;
      }
    console.log(
      `cancel over ${String(all.length)} moments: median ${percentile(all, 0.5).toFixed(0)} ms, p95 ${percentile(all, 0.95).toFixed(0)} ms, longest ${percentile(all, 1).toFixed(0)} ms  goal ≤ ${String(MOST_MILLISECONDS)}`,
    );
  } finally {
    await backend.close();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
