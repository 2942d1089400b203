import { beforeEach, describe, expect, test, vi } from 'vitest';
import { backend } from '../../../renderer/lib/backend';
import { domPort } from '../../../renderer/lib/dom-port';
import { PAGE_MESSAGES } from '../../../shared/ipc/channel-names';
import { contract, type Handlers } from '../../../shared/ipc/contract';
import type { BackendState } from '../../../shared/ipc/native';
import { serve } from '../../../shared/ipc/serve';
import { reactive } from './reactive.svelte';

/** The preload script's part, which the door finds when it is first imported. */
const states = vi.hoisted(() => {
  const listeners: ((state: BackendState, detail: string) => void)[] = [];
  Object.assign(window, {
    laurel: { onBackendState: (listener: (typeof listeners)[number]) => void listeners.push(listener) },
  });
  return { tell: (state: BackendState) => listeners.forEach((listener) => listener(state, '')) };
});

const quiet = { warn: () => undefined, error: () => undefined };
/** Gives the page a port, as the preload script does, with a backend behind it that knows two methods. */
async function openPort(name: string): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  const handlers = {
    'workspace.echo': ({ value }: { value: unknown }) => (value === 'wait' ? new Promise(() => undefined) : { value }),
    'workspace.describe': () => ({ workspaceName: name }),
  } as unknown as Handlers;
  serve(handlers, contract, domPort(port2), quiet);
  const arrived = new Promise((resolve) => window.addEventListener('message', resolve, { once: true }));
  window.postMessage(PAGE_MESSAGES.port, window.location.origin, [port1]);
  await arrived;
}

beforeEach(() => {
  states.tell('starting');
});

describe('the page’s door', () => {
  test('a call made before there is a backend waits for it', async () => {
    const early = backend('workspace.describe', {});
    await openPort('first');
    expect(await early).toMatchObject({ workspaceName: 'first' });
  });

  test('takes proxies of the page’s state as they are', async () => {
    await openPort('any');
    const state = reactive({ name: 'Welcome', tags: [{ a: 1 }] });
    expect(() => structuredClone(state)).toThrow();
    expect(await backend('workspace.echo', { value: state })).toEqual({ value: { name: 'Welcome', tags: [{ a: 1 }] } });
  });

  test('what was under way when the backend died fails, and what comes after goes to the next one', async () => {
    await openPort('first');
    const lost = backend('workspace.echo', { value: 'wait' });
    const outcome = expect(lost).rejects.toMatchObject({ code: 'backend-lost' });
    await backend('workspace.echo', { value: 1 });
    states.tell('restarting');
    await outcome;
    const next = backend('workspace.describe', {});
    await openPort('second');
    expect(await next).toMatchObject({ workspaceName: 'second' });
  });

  test('once the backend is given up, calls fail at once instead of waiting; a new one is taken again', async () => {
    states.tell('restarting');
    const waiting = backend('workspace.describe', {});
    const outcome = expect(waiting).rejects.toMatchObject({ code: 'backend-lost' });
    await Promise.resolve();
    states.tell('lost');
    await outcome;
    await expect(backend('workspace.describe', {})).rejects.toMatchObject({ code: 'backend-lost' });
    await openPort('third');
    expect(await backend('workspace.describe', {})).toMatchObject({ workspaceName: 'third' });
  });

  test('a call can be given up while it waits for the backend', async () => {
    states.tell('restarting');
    const controller = new AbortController();
    const waiting = backend('workspace.describe', {}, { signal: controller.signal });
    const outcome = expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    controller.abort();
    await outcome;
  });

  test('a port from another window is not taken', async () => {
    await openPort('ours');
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const { port1, port2 } = new MessageChannel();
    serve(
      { 'workspace.describe': () => ({ workspaceName: 'foreign' }) } as unknown as Handlers,
      contract,
      domPort(port2),
      quiet,
    );
    const arrived = new Promise((resolve) => window.addEventListener('message', resolve, { once: true }));
    Object.assign(frame.contentWindow as object, { given: port1, message: PAGE_MESSAGES.port });
    const script = frame.contentDocument?.createElement('script');
    if (!script) throw new Error('no frame');
    script.textContent = 'parent.postMessage(message, "*", [given])';
    frame.contentDocument?.body.append(script);
    await arrived;
    frame.remove();
    expect(await backend('workspace.describe', {})).toMatchObject({ workspaceName: 'ours' });
  });
});
