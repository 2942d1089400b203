import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { faultOfReading, mangledTables, mangledWorkbooks } from '../backend/tables/random-tables';
import type { FuzzRun } from './fuzz';

const TABLES = Number(process.env['LAUREL_TABLES'] ?? 100_000);
const PORTION = 1_000;

/** Ends the process where one table takes a minute: nothing in its own thread could. */
const WATCH = `
  const { workerData } = require('node:worker_threads');
  const { beats, seed } = workerData;
  let last = -1;
  setInterval(() => {
    const now = Atomics.load(beats, 0);
    if (now === last) {
      require('node:fs').writeSync(2, 'tables: table ' + now + ' hangs (LAUREL_SEED=' + seed + ')\\n');
      process.kill(process.pid, 'SIGKILL');
    }
    last = now;
  }, 60_000);
`;

/** 100,000 tables and workbooks with mangled bytes through the one reader: it never hangs or crashes, and gives no customer that no cell holds. */
export const fuzzTables: FuzzRun = {
  name: 'tables',
  run: async (report) => {
    const seed = Number(process.env['LAUREL_SEED'] ?? Date.now() % 2 ** 31);
    const beats = new Int32Array(new SharedArrayBuffer(4));
    const watch = new Worker(WATCH, { eval: true, workerData: { beats, seed } });
    const folder = mkdtempSync(path.join(tmpdir(), 'laurel-fuzz-tables-'));
    try {
      for (let done = 0; done < TABLES; done += PORTION) {
        await fc.assert(
          fc.asyncProperty(fc.oneof({ weight: 4, arbitrary: mangledTables }, mangledWorkbooks), async (bytes) => {
            Atomics.add(beats, 0, 1);
            const fault = await faultOfReading(path.join(folder, 'table.csv'), bytes);
            if (fault !== null) throw new Error(`${fault}; the bytes in base64: ${bytes.toString('base64')}`);
          }),
          { seed: seed + done, numRuns: Math.min(PORTION, TABLES - done) },
        );
        report(
          `${String(Math.min(done + PORTION, TABLES))} of ${String(TABLES)} tables read (LAUREL_SEED=${String(seed)})`,
        );
      }
    } finally {
      await watch.terminate();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
