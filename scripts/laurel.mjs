/** `npm run laurel -- …`: the command line, built when its sources changed, under the pinned Node. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { nodePath } from './bootstrap/pinned-node.mjs';
import { root } from './bootstrap/places.mjs';
import { explain, step } from './bootstrap/report.mjs';
import { buildApp } from './build/app.mjs';

try {
  await step('build', async () => ((await buildApp()).built ? 'made anew, because the sources changed' : undefined));
  const child = spawn(nodePath(), [path.join(root, 'out', 'main', 'cli.js'), ...process.argv.slice(2)], {
    // npm runs scripts in the repository; the files that a person names are relative to where they typed.
    cwd: process.env.INIT_CWD ?? process.cwd(),
    stdio: 'inherit',
  });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    process.on(signal, () => child.kill(signal));
  }
  child.once('close', (code) => (process.exitCode = code ?? 1));
} catch (error) {
  explain(error);
  process.exitCode = 1;
}
