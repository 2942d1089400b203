/** `node scripts/run-ts.mjs FILE [ARGUMENT…]`: bundles a TypeScript program for Node and runs it. */
import { runTypeScript } from './build/run-typescript.mjs';
import { explain, SetupError } from './bootstrap/report.mjs';

try {
  const [file, ...args] = process.argv.slice(2);
  if (!file) {
    throw new SetupError('no file was named.', 'run: node scripts/run-ts.mjs FILE [ARGUMENT…]');
  }
  process.exitCode = await runTypeScript(file, args);
} catch (error) {
  explain(error);
  process.exitCode = 1;
}
