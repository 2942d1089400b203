import { message } from '../words/message';
import { Failure } from './errors';
import { replyEnvelope, transferablesIn, type RequestEnvelope, type WirePort } from './wire';
import type { CancelSignal } from './method';

export interface CallOptions {
  /** Asks the backend to stop. The promise then rejects with `cancelled`, unless the work was already done. */
  signal?: CancelSignal;
  /** Reports in the order in which they were made; none after the answer. */
  onProgress?: (report: unknown) => void;
}

/** The asking end of a connection. Untyped: the page's door gives it the contract's types. */
export interface Connection {
  /**
   * @param input must be cloneable; typed arrays in it are handed over
   * @throws Failure whatever the backend answered, or `backend-lost` when the connection ends first
   */
  call(method: string, input: unknown, options?: CallOptions): Promise<unknown>;
  readonly closed: boolean;
  /** Ends the connection: what is pending fails with `backend-lost`. */
  close(): void;
  onClose(listener: () => void): void;
}

interface Pending {
  resolve(output: unknown): void;
  reject(failure: Failure): void;
  onProgress: ((report: unknown) => void) | undefined;
  forget(): void;
}

/** @returns the failure of a call whose backend is gone */
export function backendLost(): Failure {
  return new Failure('backend-lost', message('failures.backendStopped'));
}

/** Makes calls over a port. Messages that are no reply, or reply to nothing, are ignored. */
export function connect(port: WirePort): Connection {
  return new Client(port);
}

class Client implements Connection {
  readonly #pending = new Map<number, Pending>();
  readonly #closeListeners: (() => void)[] = [];
  readonly #port: WirePort;
  #lastId = 0;
  #closed = false;

  constructor(port: WirePort) {
    this.#port = port;
    port.onClose(() => this.#portClosed());
    port.onMessage((message) => this.#receive(message));
  }

  get closed(): boolean {
    return this.#closed;
  }

  call(method: string, input: unknown, options: CallOptions = {}): Promise<unknown> {
    const { signal, onProgress } = options;
    if (signal?.aborted) return Promise.reject(new Failure('cancelled', message('failures.cancelledBeforeBegin')));
    if (this.#closed) return Promise.reject(backendLost());
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      const cancel = (): void => this.#post({ kind: 'cancel', id });
      signal?.addEventListener('abort', cancel);
      this.#pending.set(id, {
        resolve,
        reject,
        onProgress,
        forget: () => signal?.removeEventListener('abort', cancel),
      });
      try {
        this.#post({ kind: 'call', id, method, input });
      } catch (error) {
        this.#settle(id);
        const reason = error instanceof Error ? error.message : String(error);
        reject(new Failure('invalid-input', message('failures.notSendable', { reason })));
      }
    });
  }

  close(): void {
    this.#port.close();
    this.#portClosed();
  }

  onClose(listener: () => void): void {
    if (this.#closed) listener();
    else this.#closeListeners.push(listener);
  }

  #portClosed(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const id of [...this.#pending.keys()]) this.#settle(id)?.reject(backendLost());
    for (const listener of this.#closeListeners.splice(0)) listener();
  }

  #receive(received: unknown): void {
    const parsed = replyEnvelope.safeParse(received);
    if (!parsed.success) return;
    const reply = parsed.data;
    switch (reply.kind) {
      case 'progress':
        this.#pending.get(reply.id)?.onProgress?.(reply.report);
        break;
      case 'answer':
        this.#settle(reply.id)?.resolve(reply.output);
        break;
      case 'failure':
        this.#settle(reply.id)?.reject(Failure.fromWire(reply.failure));
        break;
    }
  }

  #settle(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    pending?.forget();
    return pending;
  }

  #post(envelope: RequestEnvelope): void {
    if (this.#closed) return;
    this.#port.post(envelope, envelope.kind === 'call' ? transferablesIn(envelope) : []);
  }
}
