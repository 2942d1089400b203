import './schemas-without-eval';
import { PAGE_MESSAGES } from '../../shared/ipc/channel-names';
import { backendLost, connect, type Connection } from '../../shared/ipc/connect';
import type { Input, JobName, MethodName, Output, Progress } from '../../shared/ipc/contract';
import { Failure } from '../../shared/ipc/errors';
import type { BackendState, NativeApi } from '../../shared/ipc/native';
import { message } from '../../shared/words/message';
import { domPort } from './dom-port';
import { snapshot } from './snapshot.svelte';

export interface BackendOptions<N extends MethodName> {
  /** Stops a job; the promise rejects with `cancelled`, unless the job had already finished. Gives up a call at once. */
  signal?: AbortSignal | undefined;
  /** Jobs only. In order, and none after the answer. */
  onProgress?: (N extends JobName ? (report: Progress<N>) => void : never) | undefined;
}

interface Waiting {
  resolve(connection: Connection): void;
  reject(failure: Failure): void;
}

let connection: Connection | null = null;
let lost = false;
const waiting = new Set<Waiting>();

/**
 * The page's only door to the backend. Takes `$state` proxies as they are. A call made while the backend starts, or
 * starts again, waits for it; one that was under way when it died fails with `backend-lost` and is never repeated by
 * itself, because nobody here can know how far it came.
 *
 * @throws Failure with one of the codes of `shared/ipc/errors`, and nothing else
 */
export async function backend<N extends MethodName>(
  name: N,
  input: Input<N>,
  options: BackendOptions<N> = {},
): Promise<Output<N>> {
  const plain = snapshot(input);
  const open = connection && !connection.closed ? connection : await nextConnection(options.signal);
  const { signal, onProgress } = options;
  const answer = await open.call(name, plain, {
    ...(signal ? { signal } : {}),
    ...(onProgress ? { onProgress: onProgress as (report: unknown) => void } : {}),
  });
  return answer as Output<N>;
}

/** The way to the backend. The state classes take it as a value, so that tests can stand a real wire on other ground. */
export type Door = typeof backend;

function nextConnection(signal: AbortSignal | undefined): Promise<Connection> {
  if (lost) return Promise.reject(backendLost());
  return new Promise((resolve, reject) => {
    const entry: Waiting = { resolve, reject };
    waiting.add(entry);
    signal?.addEventListener('abort', () => {
      if (waiting.delete(entry)) reject(new Failure('cancelled', message('failures.cancelledBeforeBegin')));
    });
  });
}

function adopt(port: MessagePort): void {
  connection?.close();
  lost = false;
  const opened = connect(domPort(port));
  connection = opened;
  for (const entry of waiting) entry.resolve(opened);
  waiting.clear();
}

function follow(state: BackendState): void {
  lost = state === 'lost';
  if (state === 'lost' || state === 'restarting') connection?.close();
  if (!lost) return;
  for (const entry of waiting) entry.reject(backendLost());
  waiting.clear();
}

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  const port = event.ports[0];
  if (event.source === window && event.data === PAGE_MESSAGES.port && port) adopt(port);
});
// A component shown alone, as in the tests of the page, has no main process behind it.
(window as { laurel?: NativeApi }).laurel?.onBackendState(follow);
window.postMessage(PAGE_MESSAGES.listening, window.location.origin);
