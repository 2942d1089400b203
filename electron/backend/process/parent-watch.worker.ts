/**
 * Ends the backend when the process that started it is gone, whatever the backend waits for or computes: a backend that
 * stays keeps the workspace shut for the next start. A thread of its own sees that also while the others are busy.
 */
import process from 'node:process';
import { parentPort } from 'node:worker_threads';
import { MAIN_PROCESS } from '../../../shared/ipc/backend-environment';

const LOOK_EVERY = 250;
/** How long the backend may take to end by itself, in order. */
const GRACE = 1_200;

const parent = process.ppid;
// Main may be gone before this line is reached: its own word is then the only one that tells.
const main = Number(process.env[MAIN_PROCESS]) || parent;

function isGone(): boolean {
  // Where orphans are adopted the parent changes; elsewhere it is no longer to be found.
  if (process.ppid !== parent) return true;
  try {
    process.kill(main, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

const looking = setInterval(() => {
  if (!isGone()) return;
  clearInterval(looking);
  // In a utility process nothing else says it.
  parentPort?.postMessage('gone');
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), GRACE);
}, LOOK_EVERY);
