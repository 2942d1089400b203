/**
 * `npm run bench -- excel [--rows 1000000]`: writes a workbook of so many rows × 4 cells, with dates, and reads it: Laurel's
 * reading, to the last cell of the text that its reader gets, beside the library's own bare reading of the same file. Each
 * measurement runs in a process of its own, so that its peak memory is its own.
 */
import { spawnSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import type { OutputRow, OutputTable } from '../../electron/backend/files/table-output';
import { workbookBytes } from '../../electron/backend/files/workbook-output';
import { lookAtTable } from '../../electron/backend/tables/inspect-table';
import { TableRows } from '../../electron/backend/tables/table-reading';
import { temporaryPlace } from '../../electron/backend/tables/temporary-folder';

const PORTION = 5000;
const START = Date.UTC(2026, 0, 1) * 1000;
const LEAST_RATIO = 0.7;

const TABLE: OutputTable = {
  sheet: 'Transactions',
  zone: 'UTC',
  columns: [
    { name: 'customerId', kind: 'integer' },
    { name: 'eventDate', kind: 'instant' },
    { name: 'amount', kind: 'number' },
    { name: 'shop', kind: 'text' },
  ],
};

// oxlint-disable-next-line typescript/require-await -- the writer asks for a stream
async function* portions(rows: number): AsyncGenerator<OutputRow[]> {
  for (let from = 0; from < rows; from += PORTION)
    yield Array.from({ length: Math.min(PORTION, rows - from) }, (_, index): OutputRow => {
      const row = from + index;
      return [100_000 + ((row * 7919) % 50_000), START + row * 17_000_000, (row % 10_000) / 100, `shop ${row % 400}`];
    });
}

/** Measurements by name; each is run as `program NAME FILE ROWS` and says how many rows it had. */
const PARTS: Record<string, (file: string, rows: number) => Promise<number>> = {
  write: async (file, rows) => {
    await pipeline(await workbookBytes(TABLE, portions(rows), 'bench.xlsx'), createWriteStream(file));
    return rows;
  },
  bare: async (file) => {
    const { streamXlsxRows } = await import('hucre/xlsx');
    let rows = -1;
    for await (const { values } of streamXlsxRows(readFileSync(file), { sheet: TABLE.sheet }))
      if (values.length > 0) rows += 1;
    return rows;
  },
  laurel: async (file) => {
    const { reading, decoded } = await lookAtTable(file, 'bench.xlsx', {}, 'any');
    const source = new TableRows(reading);
    let rows = 0;
    while (source.next() !== null) rows += 1;
    source.close();
    decoded.dispose();
    return rows;
  },
};

interface Took {
  rows: number;
  seconds: number;
  processor: number;
  megabytes: number;
}

function part(name: string, file: string, rows: number): Took {
  const run = spawnSync(process.execPath, [process.argv[1] ?? '', name, file, String(rows)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (run.status !== 0) throw new Error(`The measurement ${name} failed`);
  const took = JSON.parse(run.stdout) as Took;
  if (took.rows !== rows) throw new Error(`${name}: ${String(took.rows)} of ${String(rows)} rows`);
  return took;
}

function bench(): void {
  const { values } = parseArgs({ options: { rows: { type: 'string', default: '1000000' } } });
  const rows = Number(values.rows);
  const folder = mkdtempSync(path.join(temporaryPlace(), 'laurel-bench-'));
  try {
    const file = path.join(folder, 'bench.xlsx');
    const written = part('write', file, rows);
    const bare = part('bare', file, rows);
    const ours = part('laurel', file, rows);
    console.log(`${rows.toLocaleString('en')} rows × 4 cells with dates`);
    for (const [what, { seconds, megabytes }] of Object.entries({ written, bare, ours }))
      console.log(
        `  ${what.padEnd(8)} ${Math.round(rows / seconds).toLocaleString('en')} rows/s, peak ${megabytes.toFixed(0)} MB`,
      );
    const [ratio, byProcessor] = [bare.seconds / ours.seconds, bare.processor / ours.processor];
    console.log(
      `${ratio >= LEAST_RATIO ? 'met   ' : 'MISSED'} Excel, against the library alone ${ratio.toFixed(2)}  goal ≥ ${String(LEAST_RATIO)}  (by processor time ${byProcessor.toFixed(2)})`,
    );
    if (ratio < LEAST_RATIO) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const [name, file = '', rows = '0'] = process.argv.slice(2);
const asked = name === undefined ? undefined : PARTS[name];
if (asked === undefined) bench();
else {
  const started = performance.now();
  const count = await asked(file, Number(rows));
  const { user, system } = process.cpuUsage();
  console.log(
    JSON.stringify({
      rows: count,
      seconds: (performance.now() - started) / 1000,
      processor: (user + system) / 1e6,
      megabytes: process.resourceUsage().maxRSS / 1024,
    } satisfies Took),
  );
}
