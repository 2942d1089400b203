import { idSet, NO_IDS, union, withToggled, type IdSet } from './id-set';

/** The ids of all rows in list order, for a stretch or Select all; asked for only when they are needed. */
export type IdsInOrder = () => Promise<readonly string[]>;

/** Which rows of a long list are selected, as desktop lists do it: click, Ctrl or Cmd click, Shift for a stretch. */
export class ListSelection {
  #ids = $state.raw<IdSet>(NO_IDS);
  #anchor: string | null = null;
  readonly #idsInOrder: IdsInOrder;

  constructor(idsInOrder: IdsInOrder) {
    this.#idsInOrder = idsInOrder;
  }

  get ids(): IdSet {
    return this.#ids;
  }

  get size(): number {
    return this.#ids.size;
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  clear(): void {
    this.#ids = NO_IDS;
    this.#anchor = null;
  }

  /** Remembers where a stretch begins, without selecting. */
  anchor(id: string): void {
    this.#anchor = id;
  }

  /** Ctrl or Cmd click, the row's checkbox, Space. */
  toggle(id: string): void {
    this.#ids = withToggled(this.#ids, id);
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
    this.#ids = idSet(all.slice(first, last + 1));
    this.#anchor = start < 0 ? id : from;
  }

  async selectAll(): Promise<void> {
    this.#ids = union(this.#ids, await this.#idsInOrder());
  }
}
