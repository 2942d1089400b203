import type { Page } from '@playwright/test';
import type { BackendState, NativeApi } from '../../shared/ipc/native';
import { expect, type Laurel } from './app';

declare global {
  interface Window {
    /** The preload script's calls, as the page has them. */
    laurel: NativeApi;
    wireOfTest: {
      port: MessagePort | null;
      lastId: number;
      states: BackendState[];
      onLost: () => void;
      begin(method: string, input: unknown): void;
      outcome: Promise<unknown>;
    };
  }
}

/**
 * Loads the page again with an ear on its port, so that a test can make calls of its own beside the page's.
 * The page's own door ignores answers under ids that it did not give.
 */
export async function listenToWire(laurel: Laurel): Promise<void> {
  const { page } = laurel;
  await page.addInitScript(() => {
    const wire: Window['wireOfTest'] = {
      port: null,
      lastId: 1_000_000,
      states: [],
      onLost: () => undefined,
      outcome: Promise.resolve(),
      begin(method, input) {
        const { port } = wire;
        if (!port) throw new Error('There is no port yet.');
        const id = ++wire.lastId;
        wire.outcome = new Promise((resolve) => {
          // As the page's door hears it: from the port where this Chromium tells, else from main.
          port.addEventListener('close', () => resolve('closed'));
          wire.onLost = () => resolve('closed');
          port.addEventListener('message', (event: MessageEvent<{ kind: string; id: number; output?: unknown }>) => {
            // How far a job is, is no answer.
            if (event.data.id === id && event.data.kind !== 'progress') resolve(event.data.output ?? event.data);
          });
        });
        port.postMessage({ kind: 'call', id, method, input });
      },
    };
    window.wireOfTest = wire;
    window.addEventListener('message', (event) => {
      if (event.data === 'laurel:port' && event.ports[0]) wire.port = event.ports[0];
    });
    window.laurel.onBackendState((state) => {
      wire.states.push(state);
      if (state === 'restarting' || state === 'lost') wire.onLost();
    });
  });
  await page.reload();
  // A key that is pressed before the page stands is heard by nobody.
  await expect(page.getByRole('main')).toBeVisible();
  await untilPort(page);
}

/** Waits until the page has been given a port, after `listenToWire` or a restart of the backend. */
export async function untilPort(page: Page): Promise<void> {
  await page.waitForFunction(() => window.wireOfTest.port !== null);
}

/** Sends a call and does not wait for its answer. */
export async function begin(page: Page, method: string, input: unknown): Promise<void> {
  await page.evaluate(([name, value]) => window.wireOfTest.begin(name, value), [method, input] as const);
}

/** What became of the call: its output, the whole reply if it failed, or `closed` when the port closed first. */
export function outcome(page: Page): Promise<unknown> {
  return page.evaluate(() => window.wireOfTest.outcome);
}

export async function callBackend(page: Page, method: string, input: unknown): Promise<unknown> {
  await begin(page, method, input);
  return outcome(page);
}

/** The backend's states that the page was told of, in order. */
export function statesOf(page: Page): Promise<BackendState[]> {
  return page.evaluate(() => window.wireOfTest.states);
}

/** Forgets the port, so that `untilPort` waits for the next one. */
export async function forgetPort(page: Page): Promise<void> {
  await page.evaluate(() => void (window.wireOfTest.port = null));
}
