import { Worker } from 'node:worker_threads';
import type { Database } from 'better-sqlite3';
import { storedBackups } from '../../../../db/backups/backups';
import { readBackupNote } from '../../../../db/backups/place';
import type { BackupWatch } from '../../../../db/backups/pair';
import type { BackupOrder, TakenBackup } from '../../../../db/backups/take';
import { ORG, orgFileOf, WORKSPACE } from '../../../../db/kinds';
import { connectDatabase } from '../../../../db/open';
import { HOUR, type Instant } from '../../../../shared/domain/instant';
import type { BackupInterval, BackupOccasion, BackupProgress } from '../../../../shared/ipc/backups-contract';
import { Failure } from '../../../../shared/ipc/errors';
import type { CancelSignal } from '../../../../shared/ipc/method';
import { message, type Message } from '../../../../shared/words/message';
import type { Log } from '../../context';
import { workerUrl } from '../../process/worker-url';
import type { BackupNews } from './backup.worker';

/** How often it is looked whether a backup is due, and how long the window is left to itself after a start. */
const LOOK_MS = 60_000;
const FIRST_LOOK_MS = 20_000;

/** Until one that could not be made is tried again: a full disk is not filled anew every minute. */
const AFTER_FAILURE = HOUR / 6;

/** Deleting so much at once is a risk; less can be brought back or made again by hand. */
const MANY = 10;

const INTERVALS: Readonly<Record<BackupInterval, Instant>> = {
  hour: HOUR,
  'four-hours': 4 * HOUR,
  day: 24 * HOUR,
  never: Number.POSITIVE_INFINITY,
};

/** Who waits for a backup, and may stop it while it is made. */
interface KeptWatch {
  signal: CancelSignal;
  progress(report: BackupProgress): void;
}

const unwatched = (): KeptWatch => ({ signal: new AbortController().signal, progress: () => undefined });

export interface BackupKeeperOptions {
  /** Absolute real path. */
  workspaceFile: string;
  appVersion: string;
  now(): Instant;
  log: Log;
  /** How one is made; in a thread of its own unless given. */
  make?: (order: BackupOrder, watch: BackupWatch) => Promise<TakenBackup>;
}

/** Makes the backups of an open workspace: one at a time, each in a thread of its own. */
export class BackupKeeper {
  readonly #options: BackupKeeperOptions;
  readonly #make: (order: BackupOrder, watch: KeptWatch) => Promise<TakenBackup>;
  readonly #probes: readonly Database[];
  readonly #workers = new Set<Worker>();
  #seen: string | null = null;
  #lookedOn: Instant = Number.NEGATIVE_INFINITY;
  #last: Promise<unknown> = Promise.resolve();
  #timers: NodeJS.Timeout[] = [];
  #madeForDeletion: string | null = null;
  #trouble: Message | null = null;

  constructor(options: BackupKeeperOptions) {
    this.#options = options;
    const { workspaceFile } = options;
    this.#make = options.make ?? ((order, watch) => this.#takeInThread(order, watch));
    this.#probes = [
      connectDatabase(workspaceFile, WORKSPACE, true),
      connectDatabase(orgFileOf(workspaceFile), ORG, true),
    ];
  }

  /** Why the last backup could not be made, or not where it should be; null when it was. */
  get trouble(): Message | null {
    return this.#trouble;
  }

  /** Makes backups at intervals from now on. */
  start(): void {
    const look = (): void => void this.takeIfDue();
    this.#timers = [setTimeout(look, FIRST_LOOK_MS).unref(), setInterval(look, LOOK_MS).unref()];
  }

  /** Makes a backup where the newest is older than the interval and something has changed. Never rejects. */
  async takeIfDue(): Promise<TakenBackup | null> {
    const { workspaceFile, now, log } = this.#options;
    const interval = INTERVALS[readBackupNote(workspaceFile).interval];
    // An instant from the future, which a clock that was set back leaves, must not keep others from being made.
    const past = [...storedBackups(workspaceFile).map(({ manifest }) => manifest.madeOn), this.#lookedOn].filter(
      (instant) => instant <= now(),
    );
    const state = this.#state();
    const isEarly = now() - Math.max(...past) < interval;
    if (isEarly || interval === Number.POSITIVE_INFINITY || state === this.#seen) return null;
    this.#lookedOn = now();
    try {
      const taken = await this.take('interval');
      this.#seen = state;
      return taken;
    } catch (error) {
      this.#lookedOn = now() - interval + AFTER_FAILURE;
      log.warn({ err: error }, 'no backup could be made');
      return null;
    }
  }

  /** @throws Failure `database`, or `cancelled`; nothing has happened then */
  take(occasion: BackupOccasion, watch = unwatched()): Promise<TakenBackup> {
    const { workspaceFile, appVersion, now } = this.#options;
    const work = this.#last.then(() => this.#make({ workspaceFile, occasion, appVersion, now: now() }, watch));
    this.#last = work.catch(() => undefined);
    return work.then(
      (taken) => {
        this.#trouble = taken.elsewhere;
        return taken;
      },
      (error: unknown) => {
        if (error instanceof Failure && error.code === 'cancelled') throw error;
        this.#trouble = message('backups.notMadeLately', { reason: reasonIn(error) });
        throw error;
      },
    );
  }

  /**
   * Makes a backup before much is deleted.
   *
   * @param things how many; as good as everything unless given
   * @param made id of the backup that was made for this deletion, which one of several calls carries out
   * @returns its id; null where none was needed
   * @throws Failure `database` where none can be made, or `cancelled`: nothing is to be deleted then
   */
  async beforeDeletion(things = MANY, made?: string, watch = unwatched()): Promise<string | null> {
    if (things < MANY || (made !== undefined && made === this.#madeForDeletion)) return null;
    try {
      const { backup } = await this.take('deletion', watch);
      this.#madeForDeletion = backup.id;
      return backup.id;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      if (error.code === 'cancelled') throw new Failure('cancelled', message('backups.deletionCancelled'));
      throw new Failure('database', message('backups.beforeDeletion', { reason: reasonIn(error) }));
    }
  }

  /** Ends a backup under way; what there is of it is not listed, and removed by the next one. */
  async close(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    await Promise.all([...this.#workers].map((worker) => worker.terminate()));
    await this.#last;
    for (const probe of this.#probes) probe.close();
  }

  #takeInThread(order: BackupOrder, { signal, progress }: KeptWatch): Promise<TakenBackup> {
    return new Promise((resolve, reject) => {
      const worker = new Worker(workerUrl('backup'), { workerData: order });
      this.#workers.add(worker);
      const stop = (): void => worker.postMessage('stop');
      signal.addEventListener('abort', stop);
      if (signal.aborted) stop();
      worker.on('message', (news: BackupNews) => {
        if ('progress' in news) progress(news.progress);
        else if ('taken' in news) resolve(news.taken);
        else reject(Failure.fromWire(news.failure));
      });
      worker.once('error', reject);
      worker.once('exit', (code) => {
        this.#workers.delete(worker);
        signal.removeEventListener('abort', stop);
        reject(new Error(`The backup ended with ${String(code)}.`));
      });
    });
  }

  /** Another text for each state that was written to the files, whoever wrote it. */
  #state(): string {
    return this.#probes.map((probe) => String(probe.pragma('data_version', { simple: true }))).join('.');
  }
}

function reasonIn(error: unknown): Message | string {
  const reason = error instanceof Failure ? error.words.values['reason'] : undefined;
  return typeof reason === 'object' || typeof reason === 'string' ? reason : message('backups.reasonUnknown');
}
