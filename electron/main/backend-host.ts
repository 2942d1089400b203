import { MessageChannelMain, type MessagePortMain } from 'electron';
import type { BackendProcessOptions, FileGrant, FromBackend } from '../../shared/ipc/control';
import type { BackendState } from '../../shared/ipc/native';
import type { PrintAnswer } from '../../shared/ipc/print-messages';
import type { ProxyAnswer } from '../../shared/ipc/proxy-messages';
import type { SecretAnswer, SecretQuestion } from '../../shared/ipc/secret-messages';
import type { UpdateAnswer, UpdateOrder } from '../../shared/ipc/updates';
import { message, type Message } from '../../shared/words/message';
import type { BackendLauncher, BackendProcess } from './backend-process';

/** A backend that has worked this long has earned its one restart again. */
const PROVEN_MS = 10 * 60_000;
/** How long the backend may take to close the store before it is killed. SQLite recovers from that, too. */
const SHUTDOWN_GRACE_MS = 10_000;
/** Files remembered for a backend that has to start again; as many as it keeps itself. */
const MOST_GRANTS = 500;

const LOST_TWICE = message('failures.lostTwice');

export interface BackendHostEvents {
  onState(state: BackendState, detail: Message | null): void;
  /** A backend is there, the first one or one that replaces another. */
  onProcess(pid: number | undefined): void;
  /** It ended without being asked to. */
  onDeath(code: number | null, lastWords: string): void;
  /** The backend asks for credentials, or gives some to be kept. */
  onSecret(question: SecretQuestion): Promise<SecretAnswer>;
  /** The backend asks how the operating system would reach an origin. */
  onProxy(origin: string): Promise<ProxyAnswer>;
  /** The backend asks for a page to be printed. */
  onPrint(page: string): Promise<PrintAnswer>;
}

/** Somebody who waits for the backend to fetch something. */
interface Fetching {
  onProgress(bytes: number): void;
  end(answer: UpdateAnswer): void;
}

/** The page's end of a new connection goes here. */
type DeliverPort = (port: MessagePortMain) => void;

/** Keeps one backend running and the page connected to it: restarted once when it dies, then given up as lost. */
export class BackendHost {
  readonly #launch: BackendLauncher;
  readonly #options: BackendProcessOptions;
  readonly #events: BackendHostEvents;
  readonly #grants = new Map<string, FileGrant>();
  readonly #fetching = new Map<number, Fetching>();
  #lastFetch = 0;
  #process: BackendProcess | null = null;
  #deliver: DeliverPort | null = null;
  #lastConnection = 0;
  #state: BackendState = 'starting';
  #detail: Message | null = null;
  #restarts = 0;
  #readySince: number | null = null;
  /** Set while the process is meant to end. */
  #ended: (() => void) | null = null;
  #stopping: Promise<void> | null = null;
  #over = false;
  /** Who waits for the backend to know of a file, by token. */
  readonly #granting = new Map<string, () => void>();

  constructor(launch: BackendLauncher, options: BackendProcessOptions, events: BackendHostEvents) {
    this.#launch = launch;
    this.#options = options;
    this.#events = events;
  }

  get state(): { state: BackendState; detail: Message | null } {
    return { state: this.#state, detail: this.#detail };
  }

  start(): void {
    const process = this.#launch({
      onSpawn: (pid) => this.#events.onProcess(pid),
      onMessage: (message) => {
        if (this.#process === process) this.#receive(process, message);
      },
      onExit: (code, lastWords) => {
        if (this.#process === process) this.#exited(code, lastWords);
      },
    });
    this.#process = process;
    process.send({ kind: 'open', options: this.#options });
    for (const grant of this.#grants.values()) process.send({ kind: 'grant-file', grant });
    if (this.#deliver) this.#connect(process, this.#deliver);
  }

  /** Connects a page that has just begun to load. Calls it makes before the store is open wait in its port. */
  connectPage(deliver: DeliverPort): void {
    this.#deliver = deliver;
    if (this.#process) this.#connect(this.#process, deliver);
  }

  /**
   * Lets the page name a file by token; kept for a backend that has to start again. Settles when the backend knows of it:
   * a page that is told before could ask sooner than the grant arrives.
   */
  async grantFile(grant: FileGrant): Promise<void> {
    this.#grants.set(grant.token, grant);
    for (const oldest of this.#grants.keys()) {
      if (this.#grants.size <= MOST_GRANTS) break;
      this.#grants.delete(oldest);
    }
    const process = this.#process;
    if (process === null) return;
    await new Promise<void>((resolve) => {
      this.#granting.set(grant.token, resolve);
      process.send({ kind: 'grant-file', grant });
    });
  }

  findGrant(token: string): FileGrant | undefined {
    return this.#grants.get(token);
  }

  /**
   * Lets the backend fetch something of an update, by the workspace's settings of the network. Never rejects: where the
   * workspace is not open nobody knows these settings, and nothing is asked for.
   *
   * @param onProgress is told the bytes so far
   */
  fetchUpdate(order: UpdateOrder, onProgress: (bytes: number) => void, signal: AbortSignal): Promise<UpdateAnswer> {
    const process = this.#process;
    if (process === null || this.#state !== 'ready') {
      return Promise.resolve({ kind: 'failed', said: message('updates.noEngine') });
    }
    const id = ++this.#lastFetch;
    return new Promise((resolve) => {
      const stop = (): void => process.send({ kind: 'stop-fetching', id });
      this.#fetching.set(id, {
        onProgress,
        end: (answer) => {
          this.#fetching.delete(id);
          signal.removeEventListener('abort', stop);
          resolve(answer);
        },
      });
      process.send({ kind: 'fetch-update', id, order });
      if (signal.aborted) stop();
      signal.addEventListener('abort', stop);
    });
  }

  /** Starts the backend again because a person asked for it. */
  async restart(): Promise<void> {
    await this.#stop();
    // Two people's clicks, or a quit in between, must not start two of them.
    if (this.#over || this.#process) return;
    this.#restarts = 0;
    this.#enter('starting', null);
    this.start();
  }

  /** Settles when the store is closed and the process is gone. */
  async shutdown(): Promise<void> {
    this.#over = true;
    this.#deliver = null;
    await this.#stop();
  }

  #connect(process: BackendProcess, deliver: DeliverPort): void {
    const { port1, port2 } = new MessageChannelMain();
    process.connect(++this.#lastConnection, port1);
    deliver(port2);
  }

  #receive(process: BackendProcess, told: FromBackend): void {
    if (told.kind === 'granted') {
      this.#endGrant(told.token);
    } else if (told.kind === 'ready') {
      this.#readySince = performance.now();
      this.#enter('ready', null);
    } else if (told.kind === 'failed') {
      // Starting it again by itself would end the same way. It stays until a person asks for another try, or quits.
      this.#enter('shut', told.failure.words);
    } else if (told.kind === 'secret-question') {
      void this.#answerSecret(process, told.id, told.question);
    } else if (told.kind === 'update-progress') {
      this.#fetching.get(told.id)?.onProgress(told.bytes);
    } else if (told.kind === 'update-fetched') {
      this.#fetching.get(told.id)?.end(told.answer);
    } else if (told.kind === 'proxy-question') {
      const { id, origin } = told;
      void this.#events.onProxy(origin).then((answer) => process.send({ kind: 'proxy-answer', id, answer }));
    } else if (told.kind === 'print-question') {
      const { id, page } = told;
      void this.#events.onPrint(page).then((answer) => process.send({ kind: 'print-answer', id, answer }));
    }
  }

  async #answerSecret(process: BackendProcess, id: number, question: SecretQuestion): Promise<void> {
    const answer = await this.#events.onSecret(question);
    process.send({ kind: 'secret-answer', id, answer });
    // What was sent is a copy.
    answer.secret?.fill(0);
  }

  #endGrant(token: string): void {
    const granted = this.#granting.get(token);
    this.#granting.delete(token);
    granted?.();
  }

  #exited(code: number | null, lastWords: string): void {
    this.#process = null;
    // The next backend is told of all files before it hears a page.
    for (const token of [...this.#granting.keys()]) this.#endGrant(token);
    for (const fetching of [...this.#fetching.values()]) {
      fetching.end({ kind: 'failed', said: message('updates.noEngine') });
    }
    if (this.#ended) {
      this.#ended();
      return;
    }
    this.#events.onDeath(code, lastWords);
    if (this.#readySince !== null && performance.now() - this.#readySince >= PROVEN_MS) this.#restarts = 0;
    this.#readySince = null;
    if (this.#restarts > 0) {
      this.#enter('lost', LOST_TWICE);
      return;
    }
    this.#restarts++;
    this.#enter('restarting', null);
    this.start();
  }

  #stop(): Promise<void> {
    this.#stopping ??= this.#end().finally(() => (this.#stopping = null));
    return this.#stopping;
  }

  async #end(): Promise<void> {
    const process = this.#process;
    if (!process) return;
    let grace: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#ended = resolve;
      grace = setTimeout(() => process.kill(), SHUTDOWN_GRACE_MS);
      process.send({ kind: 'shutdown' });
    });
    clearTimeout(grace);
    this.#ended = null;
  }

  #enter(state: BackendState, detail: Message | null): void {
    this.#state = state;
    this.#detail = detail;
    this.#events.onState(state, detail);
  }
}
