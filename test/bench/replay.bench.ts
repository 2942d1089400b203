/**
 * `npm run bench:replay [-- --rows 100000000] [--folder DIR]`: replays a file that no memory is meant to hold, as CSV and as
 * a folder of Parquet, against DuckDB reading and sorting the same by instant under the same limit of memory. The files
 * are made first, some 37 bytes a row, and removed in the end. Each measurement runs in a process of its own.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { runSimulation } from '../../electron/backend/simulation/run';
import { temporaryPlace } from '../../electron/backend/tables/temporary-folder';
import { badgeBody, NEVER } from '../domain/badge-bodies';

const MILLION = 1_000_000;
const MOST_MEGABYTES = 1500;
const FROM = '2026-01-05 00:00:00';
const SECONDS = 364 * 86_400;
const PARQUET_FILES = 4;

async function withDuckDb<T>(folder: string, work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  const options = { memory_limit: `${String(MOST_MEGABYTES)}MB`, temp_directory: path.join(folder, 'duckdb') };
  const instance = await DuckDBInstance.create(':memory:', options);
  const connection = await instance.connect();
  try {
    return await work(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Transactions of a million customers over a year, in no order. */
const rowsFrom = (first: number, last: number): string =>
  `SELECT 100000 + hash(range) % ${String(MILLION)} AS "customerId",
     make_timestamp(epoch_us(TIMESTAMP '${FROM}') + (hash(range + 1) % ${String(SECONDS)})::BIGINT * 1000000) AS "eventDate",
     ((hash(range + 2) % 10000) / 100)::DECIMAL(9, 2) AS amount FROM range(${String(first)}, ${String(last)})`;

async function writeFiles(folder: string, rows: number): Promise<void> {
  mkdirSync(path.join(folder, 'parquet'));
  await withDuckDb(folder, async (connection) => {
    await connection.run('SET preserve_insertion_order = false');
    await connection.run(
      `COPY (SELECT "customerId", strftime("eventDate", '%Y-%m-%dT%H:%M:%SZ') AS "eventDate", amount FROM (${rowsFrom(0, rows)}))
       TO '${path.join(folder, 'events.csv')}' (FORMAT csv)`,
    );
    for (let file = 0; file < PARQUET_FILES; file += 1) {
      const edge = (part: number): number => Math.floor((rows * part) / PARQUET_FILES);
      await connection.run(
        `COPY (SELECT * REPLACE ("eventDate"::TIMESTAMPTZ AS "eventDate") FROM (${rowsFrom(edge(file), edge(file + 1))}))
         TO '${path.join(folder, 'parquet', `part-${String(file)}.parquet`)}' (FORMAT parquet)`,
      );
    }
  });
}

/** Time by the clock, and of all processors together: the latter is what a busy machine leaves comparable. */
interface Took {
  seconds: number;
  processor: number;
  megabytes: number;
  rows: number;
}

async function took(work: () => Promise<number>): Promise<Took> {
  const before = process.cpuUsage();
  const started = performance.now();
  const rows = await work();
  const { user, system } = process.cpuUsage(before);
  const processor = (user + system) / MILLION;
  return {
    seconds: (performance.now() - started) / 1000,
    processor,
    megabytes: process.resourceUsage().maxRSS / 1024,
    rows,
  };
}

const badge = badgeBody({
  expiresOn: '2027-02-01T00:00:00Z',
  earnedBadgeExpiry: NEVER,
  customerConstraints: [{ constraintType: 'CUSTOMER_BADGE_ROLLING_WINDOW', rollForDays: 30, maxEarnForDays: 3 }],
  badgeConstraints: [{ constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 5 * MILLION }],
});

/** Measurements by name; each is run as `program NAME FOLDER PLACE`. */
const PARTS: Record<string, (folder: string, place: string) => Promise<Took>> = {
  replay: (_folder, place) =>
    took(async () => {
      const events = { csv: place, customer: 'customerId', at: 'eventDate', amount: 'amount' };
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
      const { result, replay } = await runSimulation({ body, csv: place });
      replay?.dispose();
      return result.events.total;
    }),
  duckdb: (folder, place) =>
    took(() =>
      withDuckDb(folder, async (connection) => {
        const source = place.endsWith('.csv') ? `read_csv('${place}')` : `read_parquet('${place}/*.parquet')`;
        const sorted = await connection.stream(`SELECT * FROM ${source} ORDER BY "eventDate"`);
        let rows = 0;
        for (
          let chunk = await sorted.fetchChunk();
          chunk !== null && chunk.rowCount > 0;
          chunk = await sorted.fetchChunk()
        )
          rows += chunk.rowCount;
        return rows;
      }),
    ),
};

function part(name: string, folder: string, place: string): Took {
  const run = spawnSync(process.execPath, [process.argv[1] ?? '', name, folder, place], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (run.status !== 0) throw new Error(`The measurement ${name} failed`);
  return JSON.parse(run.stdout) as Took;
}

function line(what: string, measured: string, value: number, most: number, byProcessor?: number): void {
  const processor = byProcessor === undefined ? '' : `  (by processor time ${byProcessor.toFixed(2)})`;
  const isMet = value <= most;
  console.log(
    `${isMet ? 'met   ' : 'MISSED'} ${what.padEnd(36)} ${measured.padEnd(52)} ${value.toFixed(2).padStart(8)}  goal ≤ ${String(most)}${processor}`,
  );
  if (!isMet) process.exitCode = 1;
}

async function bench(): Promise<void> {
  const { values } = parseArgs({
    options: { rows: { type: 'string', default: '100000000' }, folder: { type: 'string' } },
  });
  const rows = Number(values.rows);
  const folder = mkdtempSync(path.join(values.folder ?? temporaryPlace(), 'laurel-bench-'));
  try {
    await writeFiles(folder, rows);
    const csv = path.join(folder, 'events.csv');
    console.log(`${(rows / MILLION).toFixed(0)} million rows, ${(statSync(csv).size / 1e9).toFixed(2)} GB of CSV`);
    for (const place of [csv, path.join(folder, 'parquet')]) {
      const duckdb = part('duckdb', folder, place);
      const ours = part('replay', folder, place);
      if (ours.rows !== rows || duckdb.rows !== rows)
        throw new Error(`${String(ours.rows)} of ${String(rows)} rows were replayed`);
      const what = place === csv ? 'CSV' : 'Parquet folder';
      const measured = `${ours.seconds.toFixed(1)} s, DuckDB reads and sorts in ${duckdb.seconds.toFixed(1)} s`;
      line(`replay of ${what}`, measured, ours.seconds / duckdb.seconds, 1.3, ours.processor / duckdb.processor);
      line(
        '  its peak memory',
        `${ours.megabytes.toFixed(0)} MB (DuckDB ${duckdb.megabytes.toFixed(0)} MB)`,
        ours.megabytes,
        MOST_MEGABYTES,
      );
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const [name, ...args] = process.argv.slice(2);
const asked = name === undefined ? undefined : PARTS[name];
if (asked === undefined) await bench();
else console.log(JSON.stringify(await asked(args[0] ?? '', args[1] ?? '')));
