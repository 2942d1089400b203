import { SvelteSet } from 'svelte/reactivity';

/** The ids of all rows in list order, for a stretch or Select all; asked for only when they are needed. */
export type IdsInOrder = () => Promise<readonly string[]>;

/** Which rows of a long list are selected, as desktop lists do it: click, Ctrl or Cmd click, Shift for a stretch. */
export class ListSelection {
  readonly ids = new SvelteSet<string>();
  #anchor: string | null = null;
  readonly #idsInOrder: IdsInOrder;

  constructor(idsInOrder: IdsInOrder) {
    this.#idsInOrder = idsInOrder;
  }

  get size(): number {
    return this.ids.size;
  }

  has(id: string): boolean {
    return this.ids.has(id);
  }

  clear(): void {
    this.ids.clear();
    this.#anchor = null;
  }

  /** Remembers where a stretch begins, without selecting. */
  anchor(id: string): void {
    this.#anchor = id;
  }

  /** Ctrl or Cmd click, the row's checkbox, Space. */
  toggle(id: string): void {
    if (!this.ids.delete(id)) this.ids.add(id);
    this.#anchor = id;
  }

  /** Shift: everything from the anchor to this row, instead of what was selected. */
  async extendTo(id: string): Promise<void> {
    const from = this.#anchor ?? id;
    const all = await this.#idsInOrder();
    const start = all.indexOf(from);
    const end = all.indexOf(id);
    if (end < 0) return;
    const first = Math.min(start < 0 ? end : start, end);
    const last = Math.max(start, end);
    this.ids.clear();
    for (const selected of all.slice(first, last + 1)) this.ids.add(selected);
    this.#anchor = start < 0 ? id : from;
  }

  async selectAll(): Promise<void> {
    for (const id of await this.#idsInOrder()) this.ids.add(id);
  }

  /** Rows that are gone cannot stay selected. */
  drop(ids: readonly string[]): void {
    for (const id of ids) this.ids.delete(id);
    if (this.#anchor !== null && ids.includes(this.#anchor)) this.#anchor = null;
  }
}
