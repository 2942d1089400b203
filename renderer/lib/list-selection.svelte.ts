import { idSet, NO_IDS, union, withToggled, type IdSet } from './id-set';

/** The ids of all rows in list order, for a stretch or Select all; asked for only when they are needed. */
export type IdsInOrder<Id = string> = () => Promise<readonly Id[]>;

/** The ids from one row to another, in either direction; for a list that is too long to ask for all of it. */
export type IdsBetween<Id> = (from: Id, to: Id) => Promise<readonly Id[]>;

/** Which rows of a long list are selected, as desktop lists do it: click, Ctrl or Cmd click, Shift for a stretch. */
export class ListSelection<Id = string> {
  #ids = $state.raw<IdSet<Id>>(NO_IDS);
  #anchor: Id | null = null;
  readonly #idsInOrder: IdsInOrder<Id>;
  readonly #between: IdsBetween<Id> | null;

  constructor(idsInOrder: IdsInOrder<Id>, between: IdsBetween<Id> | null = null) {
    this.#idsInOrder = idsInOrder;
    this.#between = between;
  }

  get ids(): IdSet<Id> {
    return this.#ids;
  }

  get size(): number {
    return this.#ids.size;
  }

  has(id: Id): boolean {
    return this.#ids.has(id);
  }

  clear(): void {
    this.#ids = NO_IDS;
    this.#anchor = null;
  }

  /** Remembers where a stretch begins, without selecting. */
  anchor(id: Id): void {
    this.#anchor = id;
  }

  /** Ctrl or Cmd click, the row's checkbox, Space. */
  toggle(id: Id): void {
    this.#ids = withToggled(this.#ids, id);
    this.#anchor = id;
  }

  /** Shift: everything from the anchor to this row, instead of what was selected. */
  async extendTo(id: Id): Promise<void> {
    const from = this.#anchor ?? id;
    if (this.#between !== null) {
      this.#ids = idSet(await this.#between(from, id));
      this.#anchor = from;
      return;
    }
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
