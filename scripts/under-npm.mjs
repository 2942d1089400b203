/** Programs that end when whoever started them through npm ends npm. */
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

// Told apart when this is loaded, before anything slow: npm may be ended while a build goes on.
const startedBy = starters();

/**
 * Runs a program in the place of this process: it has its streams, hears its signals and gives its exit code.
 *
 * @param {string} command
 * @param {readonly string[]} args
 */
export function runUnderNpm(command, args) {
  const child = spawn(command, args, {
    // npm runs scripts in the repository; the files that a person names are relative to where they typed.
    cwd: process.env.INIT_CWD ?? process.cwd(),
    stdio: 'inherit',
  });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    process.on(signal, () => child.kill(signal));
  }
  endWithNpm(() => child.kill('SIGTERM'));
  child.once('close', (code) => (process.exitCode = code ?? 1));
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
