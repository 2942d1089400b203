/**
 * A pool whose one process outlives every run: vitest's own pools end theirs after each, and starting one and loading
 * the sources into it costs more than most tests take. Between two runs it forgets what changed and whatever imports it.
 */
import { fork } from 'node:child_process';
import path from 'node:path';

/** What the process answers at once where it goes on. */
const ANSWERS = { start: 'started', stop: 'stopped' };

export function lastingPool() {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let child;
  /** @type {Set<string>} */
  const changed = new Set();

  class LastingWorker {
    name = 'lasting';
    cacheFs = true;
    /** @type {[string, (value: any) => void][]} */
    #listeners = [];
    #options;
    #isNew = true;

    /** @param {import('vitest/node').PoolOptions} options */
    constructor(options) {
      this.#options = options;
    }

    async start() {
      this.#isNew = child === undefined;
      child ??= fork(path.join(import.meta.dirname, 'lasting-worker.mjs'), [], {
        env: /** @type {NodeJS.ProcessEnv} */ (this.#options.env),
        execArgv: this.#options.execArgv,
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
        serialization: 'advanced',
      });
      const started = child;
      if (this.#isNew) started.once('exit', () => (child = child === started ? undefined : child));
    }

    async stop() {
      for (const [event, listener] of this.#listeners) child?.off(event, listener);
      this.#listeners = [];
    }

    /**
     * @param {string} event
     * @param {(value: any) => void} listener
     */
    on(event, listener) {
      this.#listeners.push([event, listener]);
      child?.on(event, listener);
    }

    /**
     * @param {string} event
     * @param {(value: any) => void} listener
     */
    off(event, listener) {
      this.#listeners = this.#listeners.filter((each) => each[0] !== event || each[1] !== listener);
      child?.off(event, listener);
    }

    /** @param {any} message */
    send(message) {
      if (message.type === 'stop' || (message.type === 'start' && !this.#isNew)) {
        const type = ANSWERS[/** @type {'start' | 'stop'} */ (message.type)];
        const heard = this.#listeners.filter(([event]) => event === 'message');
        queueMicrotask(() => heard.forEach(([, listener]) => listener({ type, __vitest_worker_response__: true })));
        return;
      }
      if (message.type === 'run') {
        message = { ...message, context: { ...message.context, invalidates: [...changed] } };
        changed.clear();
      }
      child?.send(message);
    }

    /** @param {unknown} data */
    deserialize(data) {
      return data;
    }
  }

  return {
    pool: {
      name: 'lasting',
      createPoolWorker: (/** @type {import('vitest/node').PoolOptions} */ options) => new LastingWorker(options),
    },
    /** @param {string} file absolute */
    forget: (file) => void changed.add(file),
    /** Ends the process; the next run starts another. */
    end: () => {
      child?.kill('SIGKILL');
      child = undefined;
    },
  };
}
