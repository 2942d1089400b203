import { SvelteMap, SvelteSet } from 'svelte/reactivity';

export interface LoadedPage<T> {
  total: number;
  rows: readonly T[];
}

/** Asks for `limit` rows from `offset` on; rejects when the backend cannot answer. */
export type PageLoader<T> = (offset: number, limit: number) => Promise<LoadedPage<T>>;

/**
 * Rows of a list that is too long to hold: pages are fetched as they come into view and the farthest are forgotten.
 * Reading a row that is not here answers undefined; `want` says which rows are in view.
 */
export class RowPages<T> {
  /** Number of rows of the whole list; null until the first answer. */
  total = $state<number | null>(null);
  /** Why the last page could not be read; null when it could. */
  failure = $state.raw<unknown>(null);

  readonly #load: PageLoader<T>;
  readonly #pageSize: number;
  readonly #keep: number;
  readonly #pages = new SvelteMap<number, readonly T[]>();
  readonly #loading = new SvelteSet<number>();
  #wanted: { first: number; last: number } = { first: 0, last: 0 };
  #generation = 0;

  constructor(load: PageLoader<T>, pageSize = 100, keep = 40) {
    this.#load = load;
    this.#pageSize = pageSize;
    this.#keep = keep;
  }

  /** The row at a zero-based place, or undefined while its page is not here. */
  at(index: number): T | undefined {
    return this.#pages.get(Math.floor(index / this.#pageSize))?.[index % this.#pageSize];
  }

  /** Place of the first row here that matches; -1: none is here. */
  placeOf(matches: (row: T) => boolean): number {
    for (const [page, rows] of this.#pages) {
      const position = rows.findIndex(matches);
      if (position >= 0) return page * this.#pageSize + position;
    }
    return -1;
  }

  /** Says that the rows from `first` to `last`, both included, are in view. */
  want(first: number, last: number): void {
    this.#wanted = { first: Math.max(0, first), last: Math.max(first, last) };
    this.#fetchWanted();
  }

  /** Reads the rows in view again and forgets the others. What is shown stays until the answer is here. */
  async reload(): Promise<void> {
    this.#generation += 1;
    this.#loading.clear();
    await this.#fetch(Math.floor(this.#wanted.first / this.#pageSize), true);
    this.#fetchWanted();
  }

  /** For another filter or order: reads from the top. */
  restart(): Promise<void> {
    this.#wanted = { first: 0, last: 0 };
    return this.reload();
  }

  /** Puts a changed row in the place of the old one, without asking for it. */
  replace(matches: (row: T) => boolean, next: T): void {
    for (const [page, rows] of this.#pages) {
      if (!rows.some(matches)) continue;
      this.#pages.set(
        page,
        rows.map((row) => (matches(row) ? next : row)),
      );
    }
  }

  #fetchWanted(): void {
    const end = this.total === null ? this.#wanted.first : Math.min(this.#wanted.last, this.total - 1);
    const firstPage = Math.floor(this.#wanted.first / this.#pageSize);
    for (let page = firstPage; page <= Math.max(firstPage, Math.floor(end / this.#pageSize)); page += 1) {
      // Two at a time: a flung scrollbar passes hundreds of pages, and only the place where it stops matters.
      if (this.#loading.size >= 2) return;
      if (!this.#pages.has(page) && !this.#loading.has(page)) void this.#fetch(page, false);
    }
  }

  async #fetch(page: number, afresh: boolean): Promise<void> {
    const generation = this.#generation;
    this.#loading.add(page);
    try {
      const answer = await this.#load(page * this.#pageSize, this.#pageSize);
      if (generation !== this.#generation) return;
      if (afresh) this.#pages.clear();
      this.total = answer.total;
      this.failure = null;
      this.#pages.set(page, answer.rows);
      this.#forgetFarthest(page);
    } catch (error) {
      if (generation === this.#generation) this.failure = error;
    } finally {
      if (generation === this.#generation) {
        this.#loading.delete(page);
        // A failed page is asked for again by the next scroll, not at once: the backend may just have been lost.
        if (this.failure === null) this.#fetchWanted();
      }
    }
  }

  #forgetFarthest(from: number): void {
    while (this.#pages.size > this.#keep) {
      let farthest = from;
      for (const page of this.#pages.keys()) if (Math.abs(page - from) > Math.abs(farthest - from)) farthest = page;
      this.#pages.delete(farthest);
    }
  }
}
