/** A display without a screen, for tests, benches and a start on a machine that has none. */
import { spawn } from 'node:child_process';

const startLimitMs = 30_000;

/**
 * Starts Xvfb on a free display number, which it chooses itself.
 *
 * @returns {Promise<{ display: string, stop: () => Promise<void> }>} `display` as `:99`, to be passed as `DISPLAY`
 * @throws {Error} with Xvfb's own words when it does not start
 */
export function startVirtualDisplay() {
  return new Promise((resolve, reject) => {
    const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp', '-noreset'], {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    });
    let complaints = '';
    let chosen = '';
    const ended = new Promise((done) => child.once('close', done));
    const limit = setTimeout(() => child.kill('SIGKILL'), startLimitMs);
    const fail = (/** @type {string} */ reason) => {
      clearTimeout(limit);
      reject(new Error(`The virtual display did not start. ${reason} Run: npm run setup`));
    };
    child.once('error', (error) => fail(error.message));
    child.once('close', () => fail(complaints.trim()));
    child.stderr?.on('data', (chunk) => (complaints += chunk));
    child.stdio[3]?.on('data', (chunk) => {
      chosen += chunk;
      if (!chosen.includes('\n')) {
        return;
      }
      clearTimeout(limit);
      const stop = async () => {
        child.kill('SIGTERM');
        await ended;
      };
      process.once('exit', () => child.kill('SIGKILL'));
      resolve({ display: `:${chosen.trim()}`, stop });
    });
  });
}
