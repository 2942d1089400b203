/**
 * A process that starts another like itself, which watches it and is busy for ever: `orphan [busy]`. With `late` the
 * other begins to watch when the first is long gone.
 */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { MAIN_PROCESS } from '../../../../shared/ipc/backend-environment';
import { workerUrl } from '../../../../electron/backend/process/worker-url';

const never = new Int32Array(new SharedArrayBuffer(4));
const role = process.argv[2];

if (role === 'busy') {
  const watch = new Worker(workerUrl('parent-watch'));
  watch.once('online', () => process.send?.('busy', () => Atomics.wait(never, 0, 0)));
} else if (role === 'late-busy') {
  process.once('disconnect', () => {
    const watch = new Worker(workerUrl('parent-watch'));
    watch.once('online', () => Atomics.wait(never, 0, 0));
  });
  process.send?.('busy');
} else {
  const child = fork(fileURLToPath(import.meta.url), [role === 'late' ? 'late-busy' : 'busy'], {
    env: { ...process.env, [MAIN_PROCESS]: String(process.pid) },
  });
  child.once('message', () => console.log('busy'));
}
