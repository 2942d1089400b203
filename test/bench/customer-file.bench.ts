/** Reading the customer ids of a 5,000,000-line file with three columns, against DuckDB's `read_csv` of the same file. */
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { CustomerBatch } from '../../electron/backend/customers/batch';
import { openCustomers } from '../../electron/backend/customers/source';
import { lookAtTable } from '../../electron/backend/tables/inspect-table';

const LINES = 5_000_000;
const ROUNDS = 5;

async function writeFile(file: string): Promise<void> {
  const stream = createWriteStream(file);
  stream.write('name,customer_id,city\n');
  let state = 12_345;
  for (let from = 0; from < LINES; from += 10_000) {
    const lines: string[] = [];
    for (let index = 0; index < 10_000; index++) {
      state = (state * 1_664_525 + 1_013_904_223) % 2 ** 30;
      lines.push(`Customer ${String(from + index)},${String(state + 1)},Lisbon\n`);
    }
    if (!stream.write(lines.join(''))) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'close');
}

interface Reading {
  milliseconds: number;
  rows: number;
  sum: number;
}

async function readOurs(file: string): Promise<Reading> {
  const started = performance.now();
  const { reading } = await lookAtTable(file, 'customers.csv', {}, 'customers');
  const stream = openCustomers({ kind: 'file', name: 'customers.csv', reading });
  const batch = new CustomerBatch();
  let rows = 0;
  let sum = 0;
  for (stream.fill(batch); batch.length > 0; stream.fill(batch)) {
    rows += batch.length;
    for (let index = 0; index < batch.length; index++) sum += batch.customerIds[index] as number;
  }
  stream.close();
  return { milliseconds: performance.now() - started, rows, sum };
}

const median = (readings: readonly Reading[]): number =>
  readings.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b)[readings.length >> 1] ?? 0;

const folder = mkdtempSync(path.join(tmpdir(), 'laurel-bench-'));
try {
  const file = path.join(folder, 'customers.csv');
  await writeFile(file);
  const duckdb = await (await DuckDBInstance.create(':memory:')).connect();
  // Both read the whole file and hand over every id: a sum keeps either from skipping the work.
  const readTheirs = async (): Promise<Reading> => {
    const started = performance.now();
    const result = await duckdb.runAndReadAll(
      `SELECT count(*)::DOUBLE AS rows, sum(customer_id)::DOUBLE AS sum FROM read_csv('${file.replaceAll("'", "''")}')`,
    );
    const [row] = result.getRowsJson();
    return { milliseconds: performance.now() - started, rows: Number(row?.[0]), sum: Number(row?.[1]) };
  };
  const ours: Reading[] = [];
  const theirs: Reading[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await readOurs(file));
    theirs.push(await readTheirs());
  }
  for (const reading of [...ours, ...theirs]) {
    if (reading.rows !== LINES || reading.sum !== ours[0]?.sum) throw new Error('The two readers disagree.');
  }
  const rate = (milliseconds: number): string => `${(LINES / milliseconds / 1000).toFixed(1)} million lines/s`;
  const megabytes = (statSync(file).size / 1e6).toFixed(0);
  console.log(`5,000,000 lines, ${megabytes} MB, median of ${String(ROUNDS)}`);
  console.log(`  customer file reader   ${rate(median(ours))}`);
  console.log(`  DuckDB read_csv        ${rate(median(theirs))}`);
  console.log(`  ratio                  ${(median(theirs) / median(ours)).toFixed(2)} (goal 0.8)`);
  duckdb.closeSync();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
