/** `npm run fuzz:sync [-- FIRST [COUNT]]`: the survival test of live jobs with twenty-five seeds, or as many as are asked for. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runLaurel, type LaurelOrder } from '../laurel-process';
import { survive } from './survival';

const [first = '1', count = '25', order] = process.argv.slice(2);

if (first === 'laurel') {
  await runLaurel(JSON.parse(count) as LaurelOrder);
} else {
  if (order !== undefined) throw new Error('Two numbers at most: the first seed, and how many.');
  for (let seed = Number(first); seed < Number(first) + Number(count); seed += 1) {
    const folder = mkdtempSync(path.join(tmpdir(), 'laurel-survival-'));
    const started = performance.now();
    try {
      const program = [process.argv[1] ?? '', 'laurel'];
      const { kills, requests } = await survive({ seed, customers: 10_000, chunkSize: 100, folder, program });
      const seconds = ((performance.now() - started) / 1_000).toFixed(1);
      console.log(
        `seed ${String(seed)}: each once; ${String(kills)} kills, ${String(requests)} requests, ${seconds} s`,
      );
    } catch (error) {
      console.error(`seed ${String(seed)}: ${error instanceof Error ? error.message : String(error)}`);
      process.exitCode = 1;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}
