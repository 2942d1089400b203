/** Running a TypeScript program of this repository under the pinned Node: benches, reports, long tests. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { nodePath } from '../bootstrap/pinned-node.mjs';
import { root } from '../bootstrap/places.mjs';
import { SetupError } from '../bootstrap/report.mjs';
import { bundleForNode } from './bundle-for-node.mjs';
import { workerEntries } from './entries.mjs';

/**
 * Bundles a program together with all workers into `out/scripts/<name>/` and runs it there, in the repository's
 * folder, with stdin and outputs passed through and `gc()` at hand for measuring memory.
 *
 * @param {string} file relative to the repository
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<number>} exit code of the program
 * @throws {SetupError} when the file is missing or cannot be bundled
 */
export async function runTypeScript(file, args, env = process.env) {
  const source = path.resolve(root, file);
  if (!existsSync(source)) {
    throw new SetupError(`there is no file ${file}.`, 'name a TypeScript file, relative to the repository.');
  }
  const name = path.relative(root, source).replaceAll(/[^\w]+/g, '-');
  const folder = path.join(root, 'out', 'scripts', name);
  await bundleForNode({ program: source, ...workerEntries() }, folder, { packagesOutside: true });
  const child = spawn(nodePath(), ['--enable-source-maps', '--expose-gc', path.join(folder, 'program.js'), ...args], {
    cwd: root,
    env,
    stdio: 'inherit',
  });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    process.once(signal, () => child.kill(signal));
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}
