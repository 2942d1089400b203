import type { Output } from '../../../shared/ipc/contract';
import {
  MOST_CHOSEN,
  type ActivityPlace,
  type ActivityTask,
  type LedgerEntry,
} from '../../../shared/ipc/sync-contract';
import { FileExport } from '../../lib/file-export.svelte';
import { ListSelection } from '../../lib/list-selection.svelte';
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

/** Rows that one answer brings. */
const PORTION = 500;

const WIDE: Narrowed = {
  ...{ outcome: 'all', kind: 'all', purpose: null, endpoint: null, badgeId: null, from: null, until: null },
};

/** A row of the list, and how many are above it. */
interface Placed {
  id: number;
  place: number;
}

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

  /** Requests that were chosen, by their numbers. */
  readonly selection: ListSelection<number>;
  /** Not all of a stretch could be chosen. */
  chosenAtMost = $state(false);

  /** Where a stretch begins, and where it ends, by place too: a row far away is not held, or not fetched yet. */
  #near: Placed | null = null;
  #far: Placed | null = null;
  readonly #door: Door;

  constructor(door: Door) {
    this.#door = door;
    this.selection = new ListSelection<number>(
      () => this.#listed(0, Math.max(0, (this.rows.total ?? 0) - 1)),
      async (from, to) => {
        const end = this.#placeOf(to, this.#far);
        const anchor = this.#placeOf(from, this.#near);
        return end < 0 ? [] : this.#listed(anchor < 0 ? end : anchor, end);
      },
    );
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
    this.chooseNone();
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

  #placeOf(id: number, known: Placed | null): number {
    const held = this.rows.placeOf((row) => row.id === id);
    return held < 0 && known?.id === id ? known.place : held;
  }

  /** Where the next stretch begins. */
  standOn(id: number): void {
    this.#near = { id, place: this.#placeOf(id, null) };
    this.selection.anchor(id);
  }

  /** What a click or a key chooses, as desktop lists do it. @param how Shift for a stretch, Ctrl or Cmd for one more */
  async choose(id: number, how: { extend: boolean; toggle: boolean }): Promise<void> {
    this.chosenAtMost = false;
    try {
      if (how.extend) await this.selection.extendTo(id);
      else {
        if (how.toggle) this.selection.toggle(id);
        else this.selection.clear();
        this.standOn(id);
      }
    } catch (error) {
      this.failure = error;
    }
  }

  /** Chooses as with Shift up to a place, whose row may not have been fetched yet. */
  async stretchTo(place: number): Promise<void> {
    try {
      const { rows } = await this.#door('activity.list', { ...this.#asked(), offset: place, limit: 1 });
      const id = rows[0]?.id;
      if (id === undefined) return;
      this.#far = { id, place };
      await this.choose(id, { extend: true, toggle: false });
    } catch (error) {
      this.failure = error;
    }
  }

  /** Chooses whatever is listed. */
  async chooseAll(): Promise<void> {
    this.chosenAtMost = false;
    try {
      await this.selection.selectAll();
    } catch (error) {
      this.failure = error;
    }
  }

  chooseNone(): void {
    this.chosenAtMost = false;
    this.selection.clear();
  }

  /** The numbers of the rows from one place to another, both included; of very many those that are nearest to the first. */
  async #listed(from: number, to: number): Promise<number[]> {
    const step = to < from ? -1 : 1;
    const count = Math.abs(to - from) + 1;
    this.chosenAtMost = count > MOST_CHOSEN;
    const last = from + step * (Math.min(count, MOST_CHOSEN) - 1);
    const [first, end] = [Math.min(from, last), Math.max(from, last) + 1];
    const held = Array.from({ length: end - first }, (_, index) => this.rows.at(first + index)?.id);
    const ids = held.filter((id) => id !== undefined);
    if (ids.length === held.length) return ids;
    const read: number[] = [];
    for (let offset = first; offset < end; offset += PORTION) {
      const limit = Math.min(PORTION, end - offset);
      const { rows } = await this.#door('activity.list', { ...this.#asked(), offset, limit });
      read.push(...rows.map(({ id }) => id));
    }
    return read;
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

  /** Writes what is listed, or the requests of these numbers, in a form for other programs, without secrets. */
  shareTo(target: string, form: 'har' | 'postman' | 'bruno', ids: readonly number[] | null = null): Promise<void> {
    const { before: _, ...asked } = this.#asked();
    const which = ids === null ? asked : { ids: [...ids] };
    return this.export.write(target, (options) => this.#door('activity.share', { ...which, form, target }, options));
  }

  /** Writes the audit pack of the push that is open to a zip that was picked. */
  packPush(id: number, target: string): Promise<void> {
    return this.export.write(target, (options) => this.#door('audit.packPush', { id, target }, options));
  }

  /** Requests as commands of a shell; null where they could not be read, which is said. */
  async curlOf(ids: Iterable<number>): Promise<string | null> {
    try {
      return (await this.#door('activity.curl', { ids: [...ids] })).text;
    } catch (error) {
      this.failure = error;
      return null;
    }
  }

  #again(): void {
    this.before = null;
    // What is not listed any more would be exported unseen.
    this.chooseNone();
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
