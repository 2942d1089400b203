import type { Output } from '../../../shared/ipc/contract';
import type { LedgerEntry } from '../../../shared/ipc/sync-contract';
import { isCancelled } from '../../lib/failure-wording';
import { formatNumber } from '../../lib/format';
import { RowPages } from '../../lib/row-pages.svelte';
import type { Door } from '../../lib/backend';

export type OutcomeFilter = LedgerEntry['outcome'] | 'all';

/** Every request that was ever sent to an org, newest first, and the one that is opened. */
export class Activity {
  readonly rows: RowPages<LedgerEntry>;
  search = $state('');
  outcome = $state<OutcomeFilter>('all');
  /** Only requests over this connection; null: over all. */
  connectionId = $state<number | null>(null);
  openedId = $state<number | null>(null);
  detail = $state.raw<Output<'activity.get'> | null>(null);
  failure = $state.raw<unknown>(null);
  /** How far the file is written; null: none is being written. */
  exporting = $state.raw<{ done: number; total: number } | null>(null);
  exported = $state<string | null>(null);

  readonly isFiltered = $derived(this.search.trim() !== '' || this.outcome !== 'all' || this.connectionId !== null);

  readonly #door: Door;
  #export: AbortController | null = null;

  constructor(door: Door) {
    this.#door = door;
    this.rows = new RowPages((offset, limit) =>
      door('activity.list', {
        ...(this.connectionId === null ? {} : { connectionId: this.connectionId }),
        search: this.search.trim(),
        outcome: this.outcome === 'all' ? [] : [this.outcome],
        offset,
        limit,
      }),
    );
  }

  searchFor(text: string): void {
    this.search = text;
    void this.rows.restart();
  }

  show(outcome: OutcomeFilter): void {
    this.outcome = outcome;
    void this.rows.restart();
  }

  showConnection(connectionId: number | null): void {
    this.connectionId = connectionId;
    void this.rows.restart();
  }

  clearFilter(): void {
    this.search = '';
    this.outcome = 'all';
    this.connectionId = null;
    void this.rows.restart();
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

  /** Writes all requests, or those of the chosen connection, to a file that was picked. */
  async exportTo(target: string): Promise<void> {
    if (this.exporting !== null) return;
    this.exporting = { done: 0, total: 0 };
    this.exported = null;
    this.failure = null;
    const writing = new AbortController();
    this.#export = writing;
    try {
      const { rows, name } = await this.#door(
        'activity.export',
        { ...(this.connectionId === null ? {} : { connectionId: this.connectionId }), target },
        { signal: writing.signal, onProgress: (report) => (this.exporting = report) },
      );
      this.exported = `${formatNumber(rows)} requests were written to ${name}.`;
    } catch (error) {
      if (!isCancelled(error)) this.failure = error;
    } finally {
      this.exporting = null;
    }
  }

  cancelExport(): void {
    this.#export?.abort();
  }
}
