/** A process that starts another like itself, which watches it and is busy for ever: `orphan [busy]`. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { workerUrl } from '../../../../electron/backend/process/worker-url';

if (process.argv[2] === 'busy') {
  const watch = new Worker(workerUrl('parent-watch'));
  watch.once('online', () => {
    process.send?.('busy', () => {
      const never = new Int32Array(new SharedArrayBuffer(4));
      Atomics.wait(never, 0, 0);
    });
  });
} else {
  const child = fork(fileURLToPath(import.meta.url), ['busy']);
  child.once('message', () => console.log('busy'));
}
