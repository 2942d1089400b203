import { toBackend, type FromBackend, type ToBackend } from '../../../shared/ipc/control';
import type { WirePort } from '../../../shared/ipc/wire';

/** What the backend hears from main, with the connections of pages already made into ports. */
export interface MainLinkEvents {
  onMessage(message: Exclude<ToBackend, { kind: 'connect' | 'piped' | 'closed' }>): void;
  onPage(port: WirePort): void;
  /** Main is gone, and with it every page. */
  onGone(): void;
}

export interface MainLink {
  send(message: FromBackend): void;
}

/** The parts used of a port of Electron, whose types the backend does not know. */
interface PortOfElectron {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
  start(): void;
  close(): void;
}

interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown; ports: readonly PortOfElectron[] }) => void): void;
}

/**
 * Listens to main: over Electron's parent port in a utility process, over the process channel under Node.
 *
 * @throws when the process was started by neither
 */
export function linkToMain(events: MainLinkEvents): MainLink {
  const { parentPort } = process as { parentPort?: ParentPort };
  if (parentPort) return linkInElectron(parentPort, events);
  if (process.send) return linkUnderNode(events);
  throw new Error(
    'This is Laurel’s background process; the window starts it. To work without a window: npm run laurel',
  );
}

function linkInElectron(parent: ParentPort, events: MainLinkEvents): MainLink {
  parent.on('message', ({ data, ports }) => {
    const message = toBackend.safeParse(data);
    if (!message.success) return;
    if (message.data.kind === 'connect') {
      const port = ports[0];
      if (port) events.onPage(electronPort(port));
    } else if (message.data.kind !== 'piped' && message.data.kind !== 'closed') {
      events.onMessage(message.data);
    }
  });
  return { send: (message) => parent.postMessage(message) };
}

function electronPort(port: PortOfElectron): WirePort {
  return {
    // Between two processes nothing can be handed over; the bytes are copied whatever is said here.
    post: (message) => port.postMessage(message),
    onMessage: (listener) => {
      port.on('message', (event) => listener(event.data));
      port.start();
    },
    onClose: (listener) => port.on('close', listener),
    close: () => port.close(),
  };
}

function linkUnderNode(events: MainLinkEvents): MainLink {
  const pipes = new Map<number, Pipe>();
  const send = (message: FromBackend): void => {
    // The callback takes the error of a channel that main has just closed; `disconnect` follows.
    if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
  };
  process.on('message', (raw) => {
    const parsed = toBackend.safeParse(raw);
    if (!parsed.success) return;
    const message = parsed.data;
    switch (message.kind) {
      case 'connect': {
        const pipe = new Pipe(message.connection, send, () => pipes.delete(message.connection));
        pipes.set(message.connection, pipe);
        events.onPage(pipe);
        break;
      }
      case 'piped':
        pipes.get(message.connection)?.receive(message.message);
        break;
      case 'closed':
        pipes.get(message.connection)?.closedByMain();
        break;
      default:
        events.onMessage(message);
    }
  });
  process.once('disconnect', () => {
    for (const pipe of [...pipes.values()]) pipe.closedByMain();
    events.onGone();
  });
  return { send };
}

/** A page's port that main pipes through the process channel. Holds messages until somebody listens, as a port does. */
class Pipe implements WirePort {
  readonly #connection: number;
  readonly #send: (message: FromBackend) => void;
  readonly #forget: () => void;
  #early: unknown[] = [];
  #listener: ((message: unknown) => void) | null = null;
  #closeListener: (() => void) | null = null;
  #closed = false;

  constructor(connection: number, send: (message: FromBackend) => void, forget: () => void) {
    this.#connection = connection;
    this.#send = send;
    this.#forget = forget;
  }

  post(message: unknown): void {
    if (!this.#closed) this.#send({ kind: 'piped', connection: this.#connection, message });
  }

  onMessage(listener: (message: unknown) => void): void {
    this.#listener = listener;
    for (const message of this.#early.splice(0)) listener(message);
  }

  onClose(listener: () => void): void {
    this.#closeListener = listener;
    if (this.#closed) listener();
  }

  close(): void {
    if (this.#closed) return;
    this.#send({ kind: 'closed', connection: this.#connection });
    this.#end();
  }

  receive(message: unknown): void {
    if (this.#listener) this.#listener(message);
    else this.#early.push(message);
  }

  closedByMain(): void {
    if (!this.#closed) this.#end();
  }

  #end(): void {
    this.#closed = true;
    this.#forget();
    this.#closeListener?.();
  }
}
