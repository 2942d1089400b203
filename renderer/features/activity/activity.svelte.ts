import type { Output } from '../../../shared/ipc/contract';
import type { LedgerEntry } from '../../../shared/ipc/sync-contract';
import { FileExport } from '../../lib/file-export.svelte';
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
  readonly export = new FileExport();

  readonly isFiltered = $derived(this.search.trim() !== '' || this.outcome !== 'all' || this.connectionId !== null);

  readonly #door: Door;

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
  exportTo(target: string): Promise<void> {
    const filter = this.connectionId === null ? {} : { connectionId: this.connectionId };
    return this.export.write(target, (options) => this.#door('activity.export', { ...filter, target }, options));
  }
}
