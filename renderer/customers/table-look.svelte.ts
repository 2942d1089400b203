import type { FoundTable, TableChoices, TableProfile, WantedTable } from '../../shared/ipc/tables-contract';
import type { Message } from '../../shared/words/message';
import { isCancelled } from '../lib/failure-wording';
import type { Door } from '../lib/backend';

/** Milliseconds: who has waited longer may be anywhere by now. */
const MOST_WAITING = 3000;

/** The look at a whole table before anything is done with it. It goes on behind the screen, and the last question counts. */
export class TableLook {
  /** Null until the whole table was looked at. */
  inspection = $state.raw<FoundTable | null>(null);
  running = $state(false);
  /** Whether a person stopped it. */
  stopped = $state(false);
  share = $state(0);
  failure = $state.raw<unknown>(null);
  /** What was said of the table when it was looked at. */
  choices = $state.raw<TableChoices>({});

  /** What was remembered of files of this shape and is proposed for this one; null: nothing, or it was dropped. */
  proposed = $state.raw<TableProfile | null>(null);

  /** When somebody chose the file and began to wait for what is said of it. */
  #waitingSince: number | null = null;

  readonly #door: Door;
  /** Of the table as it was found, before anything was said of it. */
  #shape: string | null = null;
  #isFirst = true;
  #asked: { token: string; purpose: WantedTable } | null = null;
  #running: AbortController | null = null;
  /** Why columns were taken for what they are before a person said anything of them. */
  #reasons: Readonly<Record<string, Message>> = {};

  constructor(door: Door) {
    this.#door = door;
  }

  /** Somebody has just chosen the file that is looked at next. */
  startWaiting(): void {
    this.#waitingSince = performance.now();
  }

  /** Whether somebody still waits for what is said of the file, and is to be shown it; true once for a file. */
  takeWaiting(): boolean {
    const since = this.#waitingSince;
    this.#waitingSince = null;
    return since !== null && performance.now() - since < MOST_WAITING;
  }

  /** @returns what it is; null where another question came in between, it was stopped, or failed, which `failure` tells */
  async inspect(token: string, purpose: WantedTable, choices: TableChoices = {}): Promise<FoundTable | null> {
    this.#running?.abort();
    const controller = new AbortController();
    this.#running = controller;
    // The counts of before stay until the new ones are there; those of another file must not.
    if (this.#asked?.token !== token) {
      this.inspection = null;
      this.#reasons = {};
      this.#isFirst = true;
      this.#shape = null;
      this.proposed = null;
    }
    this.#asked = { token, purpose };
    this.choices = choices;
    this.failure = null;
    this.stopped = false;
    this.share = 0;
    this.running = true;
    try {
      const found = await this.#door(
        'tables.inspect',
        { token, purpose, choices },
        {
          signal: controller.signal,
          onProgress: ({ share }) => {
            if (this.#running === controller) this.share = share;
          },
        },
      );
      if (this.#running !== controller) return null;
      if (this.#isFirst) {
        this.#isFirst = false;
        this.#shape = found.shape;
        this.proposed = found.remembered;
      }
      this.inspection = this.#withReasons(found, choices);
      return found;
    } catch (error) {
      if (this.#running === controller) {
        if (isCancelled(error)) this.stopped = true;
        else this.failure = error;
      }
      return null;
    } finally {
      if (this.#running === controller) {
        this.#running = null;
        this.running = false;
      }
    }
  }

  /** A column that was found and then only confirmed keeps the reason why it was found. */
  #withReasons(found: FoundTable, choices: TableChoices): FoundTable {
    const columns = found.columns.map((column) => {
      const { role, why, name } = column;
      if (role === null || why === null) return column;
      const key = JSON.stringify([found.sheet, role, name]);
      if (choices.columns?.[role] === undefined) this.#reasons = { ...this.#reasons, [key]: why };
      return { ...column, why: this.#reasons[key] ?? why };
    });
    return { ...found, columns };
  }

  /** Remembers what a person said, for the next file of this shape. @param name of the file */
  async remember(name: string, choices: TableChoices): Promise<void> {
    if (this.#shape === null) return;
    const profile = { name: name.slice(0, 200), shape: this.#shape, choices };
    try {
      await this.#door('tables.remember', profile);
    } catch (error) {
      this.failure = error;
    }
  }

  /** Forgets what was remembered of files of this shape. */
  async forget(): Promise<void> {
    const profile = this.proposed;
    this.proposed = null;
    if (profile === null) return;
    try {
      await this.#door('tables.forget', { name: profile.name });
    } catch (error) {
      this.failure = error;
    }
  }

  /** Stops counting; what is known of the first rows stays. */
  stop(): void {
    this.#running?.abort();
  }

  async again(): Promise<void> {
    if (this.#asked !== null) await this.inspect(this.#asked.token, this.#asked.purpose, this.choices);
  }

  clear(): void {
    const running = this.#running;
    this.#running = null;
    running?.abort();
    this.#asked = null;
    this.proposed = null;
    this.inspection = null;
    this.running = false;
    this.stopped = false;
    this.failure = null;
    this.choices = {};
  }
}
