/** Sets of ids that are replaced, never changed: a hundred thousand rows are selected in one step. */
export type IdSet<Id = string> = ReadonlySet<Id>;

export const NO_IDS: IdSet<never> = new Set<never>();

export const idSet = <Id>(ids: Iterable<Id>): IdSet<Id> => new Set(ids);

export function withToggled<Id>(ids: IdSet<Id>, id: Id): IdSet<Id> {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return next;
}

export function union<Id>(ids: IdSet<Id>, more: Iterable<Id>): IdSet<Id> {
  const next = new Set(ids);
  for (const id of more) next.add(id);
  return next;
}
