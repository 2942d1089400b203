/** Sets of ids that are replaced, never changed: a hundred thousand rows are selected in one step. */
export type IdSet = ReadonlySet<string>;

export const NO_IDS: IdSet = new Set();

export const idSet = (ids: Iterable<string>): IdSet => new Set(ids);

export function withToggled(ids: IdSet, id: string): IdSet {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return next;
}

export function union(ids: IdSet, more: Iterable<string>): IdSet {
  const next = new Set(ids);
  for (const id of more) next.add(id);
  return next;
}
