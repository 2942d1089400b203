import type { CancelSignal } from '../../../../shared/ipc/method';

/** One signal that follows the page's and the end of Laurel. */
export function linked(signal: CancelSignal, closing: AbortSignal): AbortSignal {
  const source = new AbortController();
  const abort = (): void => source.abort();
  if (signal.aborted || closing.aborted) abort();
  signal.addEventListener('abort', abort);
  closing.addEventListener('abort', abort);
  return source.signal;
}
