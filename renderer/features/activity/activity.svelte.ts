import type { Output } from '../../../shared/ipc/contract';
import type { ActivityPlace, ActivityTask, LedgerEntry } from '../../../shared/ipc/sync-contract';
import { FileExport } from '../../lib/file-export.svelte';
import { RowPages } from '../../lib/row-pages.svelte';
import type { Door } from '../../lib/backend';

export type OutcomeFilter = LedgerEntry['outcome'] | 'all';
export type TaskKind = ActivityTask['kind'];

/** What the list is narrowed to beside its text, its org and its reads; null and `all`: not narrowed. */
export interface Narrowed {
  outcome: OutcomeFilter;
  kind: TaskKind | 'all';
  purpose: string | null;
  endpoint: string | null;
  badgeId: string | null;
  from: number | null;
  /** Exclusive. */
  until: number | null;
}

const WIDE: Narrowed = {
  ...{ outcome: 'all', kind: 'all', purpose: null, endpoint: null, badgeId: null, from: null, until: null },
};

/** What was sent to orgs, newest first: by what it was for, or request by request, and the request that is opened. */
export class Activity {
  readonly rows: RowPages<LedgerEntry>;
  readonly tasks: RowPages<ActivityTask>;
  /** By what requests were for; false: request by request. */
  grouped = $state(true);
  /** The one whose requests are shown; null: those of all. */
  task = $state.raw<ActivityTask | null>(null);
  search = $state('');
  /** Only requests over this connection; null: over all. */
  connectionId = $state<number | null>(null);
  narrowed = $state.raw<Narrowed>(WIDE);
  /** Also what only reads. */
  reads = $state(false);
  /** Where the list that is shown begins; null: with the newest. */
  before = $state.raw<ActivityPlace | null>(null);
  /** Where to look on below what was looked through; null: there is nothing. */
  next = $state.raw<ActivityPlace | null>(null);
  choices = $state.raw<Output<'activity.choices'>>({ badges: [], purposes: [] });
  openedId = $state<number | null>(null);
  detail = $state.raw<Output<'activity.get'> | null>(null);
  failure = $state.raw<unknown>(null);
  readonly export = new FileExport();

  /** How many of the things in the filter are set. */
  readonly narrowings = $derived(
    Object.entries(WIDE).filter(([name, wide]) => this.narrowed[name as keyof Narrowed] !== wide).length,
  );
  readonly isFiltered = $derived(
    this.search.trim() !== '' || this.connectionId !== null || this.narrowings > 0 || this.before !== null,
  );
  readonly showsTasks = $derived(this.grouped && this.task === null);
  /** What only reads is shown by itself where there is nothing else. */
  readonly showsReads = $derived(this.reads || this.task?.writes === 0);

  readonly #door: Door;

  constructor(door: Door) {
    this.#door = door;
    this.rows = new RowPages(async (offset, limit) => {
      const answer = await door('activity.list', { ...this.#asked(), offset, limit });
      this.next = answer.next;
      return answer;
    });
    this.tasks = new RowPages(async (offset, limit) => {
      const answer = await door('activity.tasks', { ...this.#asked(), offset, limit });
      this.next = answer.next;
      return answer;
    });
  }

  get shown(): RowPages<LedgerEntry> | RowPages<ActivityTask> {
    return this.showsTasks ? this.tasks : this.rows;
  }

  /** Reads what is shown from the top, and what the filters offer. */
  async start(): Promise<void> {
    await this.shown.restart();
    await this.#readChoices();
  }

  /** Reads what is shown again. */
  async reload(): Promise<void> {
    await this.shown.reload();
    await this.#readChoices();
  }

  searchFor(text: string): void {
    this.search = text;
    this.#again();
  }

  showConnection(connectionId: number | null): void {
    this.connectionId = connectionId;
    this.#again();
  }

  narrow(changes: Partial<Narrowed>): void {
    this.narrowed = { ...this.narrowed, ...changes };
    this.#again();
  }

  showReads(reads: boolean): void {
    this.reads = reads;
    this.#again();
  }

  group(grouped: boolean): void {
    this.grouped = grouped;
    this.leaveTask();
  }

  /** Shows the requests of a task. */
  enterTask(task: ActivityTask): void {
    this.task = task;
    this.#again();
  }

  leaveTask(): void {
    this.task = null;
    this.close();
    this.#again();
  }

  /** Goes on below what was looked through. */
  lookFurther(): void {
    this.before = this.next;
    void this.shown.restart();
  }

  /** Begins with the newest again. */
  lookFromTop(): void {
    this.#again();
  }

  clearFilter(): void {
    this.search = '';
    this.connectionId = null;
    this.narrowed = WIDE;
    this.#again();
  }

  /** Opens a request with its bytes and the answer's. */
  async open(id: number): Promise<void> {
    this.openedId = id;
    this.failure = null;
    try {
      const detail = await this.#door('activity.get', { id });
      if (this.openedId === id) this.detail = detail;
    } catch (error) {
      if (this.openedId !== id) return;
      this.detail = null;
      this.failure = error;
    }
  }

  close(): void {
    this.openedId = null;
    this.detail = null;
  }

  /** Writes every request that the filters find to a file that was picked, however far back. */
  exportTo(target: string): Promise<void> {
    const { before: _, ...asked } = this.#asked();
    return this.export.write(target, (options) => this.#door('activity.export', { ...asked, target }, options));
  }

  /** Writes what is listed, or one request, in a form for other programs, without secrets. */
  shareTo(target: string, form: 'har' | 'postman' | 'bruno', id: number | null = null): Promise<void> {
    const { before: _, ...asked } = this.#asked();
    const which = id === null ? asked : { id };
    return this.export.write(target, (options) => this.#door('activity.share', { ...which, form, target }, options));
  }

  /** Writes the audit pack of the push that is open to a zip that was picked. */
  packPush(id: number, target: string): Promise<void> {
    return this.export.write(target, (options) => this.#door('audit.packPush', { id, target }, options));
  }

  /** A request as a command of a shell; null where it could not be read, which is said. */
  async curlOf(id: number): Promise<string | null> {
    try {
      return (await this.#door('activity.curl', { id })).text;
    } catch (error) {
      this.failure = error;
      return null;
    }
  }

  #again(): void {
    this.before = null;
    void this.shown.restart();
  }

  async #readChoices(): Promise<void> {
    try {
      this.choices = await this.#door('activity.choices', {});
    } catch {
      // The filters offer what they offered; the list says what is wrong.
    }
  }

  /** The filter as the backend takes it. */
  #asked() {
    const { outcome, kind, purpose, endpoint, badgeId, from, until } = this.narrowed;
    return {
      ...(this.connectionId === null ? {} : { connectionId: this.connectionId }),
      ...(this.task === null ? {} : { taskId: this.task.id }),
      ...(badgeId === null ? {} : { badgeId }),
      ...(endpoint === null ? {} : { endpoint }),
      ...(from === null ? {} : { from }),
      ...(until === null ? {} : { until }),
      ...(this.before === null ? {} : { before: this.before }),
      search: this.search.trim(),
      outcome: outcome === 'all' ? [] : [outcome],
      kinds: kind === 'all' ? [] : [kind],
      purposes: purpose === null ? [] : [purpose],
      reads: this.showsReads,
    };
  }
}
