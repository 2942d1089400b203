import type { PracticeCall, PracticeCallDetail } from '../../../../shared/ipc/practice-contract';
import type { Door } from '../../../lib/backend';

/** As many as can be opened in full. */
const MOST = 500;

export type CallFilter = 'all' | 'refused' | 'faults';

/** The calls of the practice org's present run, newest first, and the one that is opened. */
export class CallLog {
  /** Oldest first. */
  #calls = $state.raw<readonly PracticeCall[]>([]);
  search = $state('');
  filter = $state<CallFilter>('all');
  /** Id of the call that is opened; null: none. */
  openedId = $state<number | null>(null);
  detail = $state.raw<PracticeCallDetail | null>(null);
  /** Why the call cannot be opened; null: it can. */
  failure = $state.raw<unknown>(null);

  readonly #door: Door;
  #run = 0;

  /** What the filter lets through, newest first. */
  readonly shown = $derived(
    this.#calls.filter((call) => passes(call, this.filter) && matches(call, this.search)).toReversed(),
  );

  constructor(door: Door) {
    this.#door = door;
  }

  get count(): number {
    return this.#calls.length;
  }

  get isFiltered(): boolean {
    return this.filter !== 'all' || this.search.trim() !== '';
  }

  /** Takes calls that came in; those of another run replace all. */
  add(run: number, calls: readonly PracticeCall[]): void {
    const isOther = run !== this.#run;
    if (isOther) {
      this.#run = run;
      this.close();
    }
    if (!isOther && calls.length === 0) return;
    // A follower that begins anew is told again what it knew.
    const last = isOther ? 0 : (this.#calls.at(-1)?.id ?? 0);
    const before = isOther ? [] : this.#calls;
    this.#calls = [...before, ...calls.filter((call) => call.id > last)].slice(-MOST);
  }

  /** Opens a call with its request and answer. */
  async open(id: number): Promise<void> {
    this.openedId = id;
    this.failure = null;
    try {
      const detail = await this.#door('practice.call', { id });
      if (this.openedId === id) this.detail = detail;
    } catch (error) {
      if (this.openedId !== id) return;
      this.failure = error;
      this.detail = null;
    }
  }

  close(): void {
    this.openedId = null;
    this.detail = null;
    this.failure = null;
  }

  clearFilter(): void {
    this.filter = 'all';
    this.search = '';
  }
}

function passes(call: PracticeCall, filter: CallFilter): boolean {
  if (filter === 'refused') return call.status === null || call.status >= 400 || call.codes.length > 0;
  return filter === 'all' || call.fault !== null;
}

function matches(call: PracticeCall, search: string): boolean {
  const text = `${call.method} ${call.path} ${call.endpoint ?? ''} ${call.status ?? ''} ${call.codes.join(' ')}`;
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.toLowerCase().includes(word));
}
