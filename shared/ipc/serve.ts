import type { z } from 'zod';
import { message, type MessagePart } from '../words/message';
import { contractMistake } from './bounded-list';
import { CancelSource } from './cancel';
import { Failure } from './errors';
import type { CancelSignal, JobMethod, Method, OutputOf, ParsedInputOf, ProgressOf } from './method';
import {
  idOf,
  requestEnvelope,
  transferablesIn,
  type ReplyEnvelope,
  type RequestEnvelope,
  type WirePort,
} from './wire';

/** The parts of a logger that the wire needs; pino's fits. */
export interface WireLog {
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** The handlers a contract asks for: one for each method, jobs with a signal and a place to report progress. */
export type HandlersOf<C extends Readonly<Record<string, Method>>> = {
  [N in keyof C]: C[N] extends JobMethod
    ? (
        input: ParsedInputOf<C[N]>,
        context: { signal: CancelSignal; progress(report: ProgressOf<C[N]>): void },
      ) => Promise<OutputOf<C[N]>> | OutputOf<C[N]>
    : (input: ParsedInputOf<C[N]>) => Promise<OutputOf<C[N]>> | OutputOf<C[N]>;
};

/** A connection that is being answered. */
export interface Serving {
  /** Settles when the connection is closed and nothing that it asked for is running any more. Never rejects. */
  readonly ended: Promise<void>;
  /** Calls and jobs without an answer yet. */
  readonly running: number;
  close(): void;
}

type AnyHandler = (input: unknown, context: { signal: CancelSignal; progress(report: unknown): void }) => unknown;

/**
 * Answers every call that arrives on a port, until the port closes; then jobs that are still running are cancelled,
 * because nobody is left who could watch or stop them.
 *
 * Inputs are parsed with the contract's schemas. A `Failure` that a handler throws reaches the page as it is; anything
 * else becomes `internal`, in full in the log and without a stack on the page. A message that is no envelope is logged,
 * and answered if it bears an id.
 */
export function serve<C extends Readonly<Record<string, Method>>>(
  handlers: HandlersOf<C>,
  contract: C,
  port: WirePort,
  log: WireLog,
): Serving {
  return new Server(handlers as unknown as Readonly<Record<string, AnyHandler>>, contract, port, log);
}

class Server implements Serving {
  readonly #handlers: Readonly<Record<string, AnyHandler>>;
  readonly #contract: Readonly<Record<string, Method>>;
  readonly #port: WirePort;
  readonly #log: WireLog;
  readonly #running = new Map<number, CancelSource>();
  #closed = false;
  #end: () => void = () => undefined;
  readonly ended = new Promise<void>((resolve) => {
    this.#end = resolve;
  });

  constructor(
    handlers: Readonly<Record<string, AnyHandler>>,
    contract: Readonly<Record<string, Method>>,
    port: WirePort,
    log: WireLog,
  ) {
    this.#handlers = handlers;
    this.#contract = contract;
    this.#port = port;
    this.#log = log;
    port.onClose(() => this.#portClosed());
    port.onMessage((message) => this.#receive(message));
  }

  get running(): number {
    return this.#running.size;
  }

  close(): void {
    this.#port.close();
    this.#portClosed();
  }

  #portClosed(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const source of this.#running.values()) source.cancel();
    this.#endIfIdle();
  }

  #endIfIdle(): void {
    if (this.#closed && this.#running.size === 0) this.#end();
  }

  #receive(received: unknown): void {
    const parsed = requestEnvelope.safeParse(received);
    if (!parsed.success) {
      this.#log.warn({ reason: firstIssue(parsed.error) }, 'ignored a message that is no call');
      const id = idOf(received);
      // An id that is in use belongs to somebody else, whose call must not fail for this.
      if (id !== null && !this.#running.has(id)) {
        this.#fail(id, new Failure('invalid-input', message('failures.noCall')));
      }
      return;
    }
    const request = parsed.data;
    if (request.kind === 'cancel') {
      this.#cancel(request.id);
    } else if (this.#running.has(request.id)) {
      this.#log.warn({ id: request.id, method: request.method }, 'ignored a call under an id that is in use');
    } else {
      void this.#answer(request);
    }
  }

  #cancel(id: number): void {
    this.#running.get(id)?.cancel();
  }

  async #answer({ id, method: name, input }: RequestEnvelope & { kind: 'call' }): Promise<void> {
    const method = Object.hasOwn(this.#contract, name) ? this.#contract[name] : undefined;
    const handler = Object.hasOwn(this.#handlers, name) ? this.#handlers[name] : undefined;
    if (!method || !handler) {
      this.#log.warn({ method: name }, 'was asked for a method that does not exist');
      this.#fail(id, new Failure('invalid-input', message('failures.noMethod', { name })));
      return;
    }
    const parsed = method.input.safeParse(input);
    if (!parsed.success) {
      const reason = firstIssue(parsed.error);
      this.#log.warn({ method: name, reason }, 'was given an input that does not fit');
      this.#fail(id, new Failure('invalid-input', message('failures.unfit', { reason })));
      return;
    }

    const source = new CancelSource();
    this.#running.set(id, source);
    let settled = false;
    // A call has no way to stop, so its cancellation is answered at once and its result dropped. A job is asked to
    // stop and has the last word: it may already have finished.
    if (method.kind === 'call') {
      source.signal.addEventListener('abort', () => {
        settled = true;
        this.#fail(id, new Failure('cancelled', message('failures.cancelledNow')));
      });
    }
    const progress = (report: unknown): void => {
      if (!settled) this.#post({ kind: 'progress', id, report });
    };
    try {
      const output = await handler(parsed.data, { signal: source.signal, progress });
      if (!settled) this.#post({ kind: 'answer', id, output });
    } catch (error) {
      if (!settled) this.#fail(id, this.#asFailure(error, name, source.signal));
    } finally {
      settled = true;
      this.#running.delete(id);
      this.#endIfIdle();
    }
  }

  #asFailure(error: unknown, method: string, signal: CancelSignal): Failure {
    if (error instanceof Failure) return error;
    if (signal.aborted && error instanceof Error && error.name === 'AbortError') {
      return new Failure('cancelled', message('failures.cancelledNow'));
    }
    this.#log.error({ err: error, method }, 'a handler failed');
    return new Failure('internal', message('failures.ownFault'));
  }

  #fail(id: number, failure: Failure): void {
    this.#post({ kind: 'failure', id, failure: failure.toWire() });
  }

  #post(envelope: ReplyEnvelope): void {
    if (this.#closed) return;
    this.#port.post(envelope, envelope.kind === 'failure' ? [] : transferablesIn(envelope));
  }
}

function firstIssue(error: z.ZodError): MessagePart {
  const issue = error.issues[0];
  if (!issue) return message('failures.unfitInput');
  const reason = contractMistake(issue) ?? issue.message;
  return issue.path.length === 0
    ? reason
    : message('lists.atField', { field: issue.path.map(String).join('.'), reason });
}
