/** Starts, asks and ends the process that runs tests; one that takes too long is ended with all that it started. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { nodePath } from '../bootstrap/pinned-node.mjs';

/** What a run over an endless loop is called. */
export const TOO_LONG = 'took too long';

/**
 * @param {string} tree
 * @param {NodeJS.ProcessEnv} env
 */
export function testerFor(tree, env = process.env) {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let child;
  let number = 0;

  async function start() {
    const program = path.join(import.meta.dirname, 'tester.mjs');
    // A group of its own, so that a test which hangs is ended together with the processes it started.
    child = spawn(nodePath(), [program, tree], {
      cwd: tree,
      env,
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      said = (said + text).slice(-4000);
    });
    const started = child;
    await new Promise((resolve, reject) => {
      started.once('message', resolve);
      started.once('exit', () => reject(new Error(`The tester did not start: ${said}`)));
    });
  }

  function stop() {
    const ended = child;
    child = undefined;
    if (ended?.pid === undefined || ended.exitCode !== null) return;
    try {
      process.kill(-ended.pid, 'SIGKILL');
    } catch {
      // It has ended meanwhile.
    }
  }

  /**
   * @param {Omit<import('./tester.mjs').Order, 'number'>} order
   * @param {number} bound in milliseconds
   * @returns {Promise<import('./tester.mjs').Report>}
   */
  async function ask(order, bound) {
    if (!child) await start();
    const asked = /** @type {import('node:child_process').ChildProcess} */ (child);
    number += 1;
    return new Promise((resolve) => {
      const finish = (/** @type {import('./tester.mjs').Report} */ report) => {
        clearTimeout(timer);
        asked.off('message', heard);
        asked.off('exit', died);
        resolve(report);
      };
      const heard = (/** @type {any} */ report) => {
        if (report.number === number) finish(report);
      };
      const died = () => {
        child = undefined;
        finish({ number, failure: 'the tests brought their process down', tests: [] });
      };
      const timer = setTimeout(() => {
        asked.off('exit', died);
        stop();
        finish({ number, failure: TOO_LONG, tests: [] });
      }, bound);
      asked.on('message', heard);
      asked.once('exit', died);
      asked.send({ ...order, number });
    });
  }

  return { ask, stop };
}
