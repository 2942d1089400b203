/** Calls of a bench over the page's own port. */
import type { Page } from '@playwright/test';

/** Puts a caller on the page's own port: `measure` makes calls one after the other, `start` a job that goes on beside. */
export async function openPort(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const wire = {
      port: null as MessagePort | null,
      id: 1_000_000,
      ended: true,
      call(method: string, input: unknown): Promise<unknown> {
        const id = (wire.id += 1);
        return new Promise((resolve, reject) => {
          const hear = ({
            data,
          }: MessageEvent<{ id: number; kind: string; output?: unknown; failure?: unknown }>): void => {
            if (data.id !== id || data.kind === 'progress') return;
            wire.port?.removeEventListener('message', hear);
            if (data.kind === 'answer') resolve(data.output);
            else reject(new Error(JSON.stringify(data.failure)));
          };
          wire.port?.addEventListener('message', hear);
          wire.port?.postMessage({ kind: 'call', id, method, input });
        });
      },
    };
    Object.assign(window, { wireOfBench: wire });
    window.addEventListener('message', (event) => {
      if (event.data === 'laurel:port' && event.ports[0]) wire.port = event.ports[0];
    });
  });
  await page.reload();
  await page.waitForFunction(() => (window as unknown as BenchWindow).wireOfBench.port !== null);
}

export interface BenchWindow {
  wireOfBench: {
    port: MessagePort | null;
    ended: boolean;
    call(method: string, input: unknown): Promise<unknown>;
  };
}

/** One call, and its answer. */
export const call = <T>(page: Page, method: string, input: unknown): Promise<T> =>
  page.evaluate(([name, value]) => (window as unknown as BenchWindow).wireOfBench.call(name, value), [
    method,
    input,
  ] as const) as Promise<T>;
