/** `npm run laurel -- …`: the command line, built when its sources changed, under the pinned Node. */
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { nodePath } from './bootstrap/pinned-node.mjs';
import { root } from './bootstrap/places.mjs';
import { explain, step } from './bootstrap/report.mjs';
import { buildApp } from './build/app.mjs';

// Told apart before the build: npm may be ended while that goes on.
const startedBy = starters();

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
  endWithNpm(() => child.kill('SIGTERM'));
  child.once('close', (code) => (process.exitCode = code ?? 1));
} catch (error) {
  explain(error);
  process.exitCode = 1;
}

/**
 * npm does not pass on the signal that ends it: whoever ends `npm run laurel -- gateway` by its process id would leave
 * the gateway behind. The processes between it and this one are few; when one of them is gone, so is whoever asked.
 *
 * @param {() => void} end
 */
function endWithNpm(end) {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return;
  const watch = setInterval(() => {
    if (starters() === startedBy) return;
    clearInterval(watch);
    end();
  }, 500);
  watch.unref();
}

/** The process that started this one, and the one that started that. */
function starters() {
  return [process.ppid, parentOf(process.ppid)].join(' ');
}

/**
 * @param {number} pid
 * @returns {string} '' where it cannot be told
 */
function parentOf(pid) {
  try {
    if (process.platform === 'linux')
      return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1] ?? '';
    return execFileSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}
