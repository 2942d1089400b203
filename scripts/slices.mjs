/** `npm run slices [-- slurm|parallel|xargs…]`: slices of a simulation, carried by real schedulers with the command line as it is built. */
import { runTypeScript } from './build/run-typescript.mjs';
import { buildApp } from './build/app.mjs';
import { explain, step } from './bootstrap/report.mjs';

try {
  await step('build', async () => ((await buildApp()).built ? 'made anew, because the sources changed' : undefined));
  process.exitCode = await runTypeScript('test/slices/slices.ts', process.argv.slice(2));
} catch (error) {
  explain(error);
  process.exitCode = 1;
}
