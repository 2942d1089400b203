import type { Database } from 'better-sqlite3';
import { RetentionStore } from '../../../../db/forget/retention';
import { WORKSPACE } from '../../../../db/kinds';
import { connectDatabase } from '../../../../db/open';
import type { SettingsStore } from '../../../../db/workspace/settings';
import type { Instant } from '../../../../shared/domain/instant';
import { RETAINED, retention, type Retained, type Retention } from '../../../../shared/ipc/forget-contract';
import type { Log } from '../../context';

/** How often it is looked whether something has grown too old, and how long the window is left to itself after a start. */
const LOOK_MS = 6 * 3_600_000;
const FIRST_LOOK_MS = 30_000;
/** Between two portions: others write, too. */
const BREATH_MS = 20;

export interface RetentionKeeperOptions {
  /** Absolute real path. */
  workspaceFile: string;
  settings: Pick<SettingsStore, 'kept' | 'keep'>;
  now(): Instant;
  log: Log;
}

/** Gives up what is older than a person wants to keep, a portion at a time. */
export class RetentionKeeper {
  readonly #options: RetentionKeeperOptions;
  readonly #connection: Database;
  readonly #store: RetentionStore;
  #timers: NodeJS.Timeout[] = [];
  #isClosed = false;
  #work: Promise<number> = Promise.resolve(0);

  constructor(options: RetentionKeeperOptions) {
    this.#options = options;
    this.#connection = connectDatabase(options.workspaceFile, WORKSPACE);
    this.#store = new RetentionStore(this.#connection);
  }

  /** Everything is kept for good where nothing was chosen. */
  get current(): Retention {
    return retention.safeParse(this.#options.settings.kept('retention') ?? {}).data ?? retention.parse({});
  }

  /** Looks from now on. */
  start(): void {
    const look = (): void => void this.giveUp();
    this.#timers = [setTimeout(look, FIRST_LOOK_MS).unref(), setInterval(look, LOOK_MS).unref()];
  }

  /** How many rows would go at once. */
  look(wanted: Retention): Record<Retained, number> {
    const now = this.#options.now();
    const count = (what: Retained): number => {
      const days = wanted[what];
      return days === null ? 0 : this.#store.count(what, days, now);
    };
    return Object.fromEntries(RETAINED.map((what) => [what, count(what)])) as Record<Retained, number>;
  }

  /** Keeps a choice, and gives up what is too old by it. */
  async set(wanted: Retention): Promise<Retention> {
    this.#options.settings.keep('retention', wanted);
    await this.giveUp();
    return this.current;
  }

  /** Gives up what is too old, one portion after the other. Never rejects: what could not be given up is tried again. @returns rows that went */
  giveUp(): Promise<number> {
    this.#work = this.#work.then(() => this.#giveUp());
    return this.#work;
  }

  async #giveUp(): Promise<number> {
    const wanted = this.current;
    let gone = 0;
    try {
      for (let went = 1; went > 0 && !this.#isClosed;) {
        went = this.#store.giveUpSome(wanted, this.#options.now());
        gone += went;
        if (went > 0) await new Promise((resolve) => setTimeout(resolve, BREATH_MS));
      }
    } catch (error) {
      this.#options.log.warn({ err: error }, 'what is too old could not be given up');
    }
    if (gone > 0) this.#options.log.info({ rows: gone }, 'gave up what is older than it is kept');
    return gone;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    await this.#work;
    this.#connection.close();
  }
}
