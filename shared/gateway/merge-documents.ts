import { isObject, type JsonObject } from '../domain/body-reader';
import { numberText, tellNumberTexts, type NumberText } from '../domain/json';
import { valueText } from './badge-file';

/** A value in which two documents differ, and who moved since both last agreed. */
export interface DocumentDifference {
  /** Where it is, by keys from the root; entries of lists by what they are called: `badges/spring/cost`. */
  unit: string;
  change: 'draft' | 'live' | 'conflict';
  /** As JSON; null: it is not there. */
  base: string | null;
  draft: string | null;
  file: string | null;
}

/** Which side somebody chose, by unit. */
export type DocumentChoices = ReadonlyMap<string, 'draft' | 'file'>;

export interface MergedDocument {
  /** Both sides put together; what contradicts itself is as the draft has it. */
  merged: JsonObject;
  /** What both agreed on, and the file's value wherever somebody chose: what the draft says otherwise is its own change then. */
  base: JsonObject;
  differences: readonly DocumentDifference[];
}

/** A value where it stands, since numbers are written with the digits that their holder knows. */
interface Slot {
  holder: JsonObject;
  key: string;
}
interface Sides<T> {
  base: T;
  draft: T;
  file: T;
}
interface Walk {
  choices: DocumentChoices;
  differences: DocumentDifference[];
}
type Both = { merged: Slot; base: Slot };

/** Keys that tell entries of a list apart, where every entry has one of its own. */
const NAMING = ['id', 'key', 'name'] as const;
const NOTHING: Slot = { holder: {}, key: 'value' };

/**
 * Puts two documents together that both come from one, value by value: objects by their keys, lists of named things by
 * their names. What one side alone changed is taken from it, and what it added is there; a value that both changed is a
 * conflict until somebody chose.
 *
 * @param base what both last agreed on; empty where nothing is known of a common past
 */
export function mergeDocuments(
  { base, draft, file }: Sides<JsonObject>,
  choices: DocumentChoices = new Map(),
): MergedDocument {
  const walk: Walk = { choices, differences: [] };
  const both = objects({ base, draft, file }, '', walk);
  return {
    merged: valueOf(both.merged) as JsonObject,
    base: valueOf(both.base) as JsonObject,
    differences: walk.differences,
  };
}

const valueOf = ({ holder, key }: Slot): unknown => holder[key];
const isThere = ({ holder, key }: Slot): boolean => Object.hasOwn(holder, key);
const slotIn = (value: unknown, key: string): Slot =>
  isObject(value) && Object.hasOwn(value, key) ? { holder: value, key } : NOTHING;
const slotOf = (value: unknown): Slot => ({ holder: { value }, key: 'value' });
/** As JSON in one line, the same for the same meaning; null: it is not there. */
const textOf = (slot: Slot): string | null =>
  isThere(slot) ? valueText(slot.holder, [slot.key]).slice(`{${JSON.stringify(slot.key)}:`.length, -1) : null;

function merge(sides: Sides<Slot>, unit: string, walk: Walk): Both {
  const texts = { base: textOf(sides.base), draft: textOf(sides.draft), file: textOf(sides.file) };
  // Where only the order of keys differs the file's is kept: nothing is to change in git where nothing changed here.
  if (texts.draft === texts.file) return { merged: sides.file, base: sides.base };
  const values = { base: valueOf(sides.base), draft: valueOf(sides.draft), file: valueOf(sides.file) };
  const { draft, file } = values;
  if (isObject(draft) && isObject(file)) return objects({ base: values.base, draft, file }, unit, walk);
  const lists = namedLists(values);
  if (lists !== null) return entries(lists, unit, walk);
  const change = texts.base === texts.file ? 'draft' : texts.base === texts.draft ? 'live' : 'conflict';
  walk.differences.push({ unit, change, ...texts });
  if (change !== 'conflict') return { merged: sides[change === 'live' ? 'file' : 'draft'], base: sides.base };
  const chosen = walk.choices.get(unit);
  return { merged: sides[chosen ?? 'draft'], base: chosen === undefined ? sides.base : sides.file };
}

function objects(
  { base, draft, file }: { base: unknown; draft: JsonObject; file: JsonObject },
  unit: string,
  walk: Walk,
): Both {
  const keys = inOrder(Object.keys(file), Object.keys(draft));
  const found = keys.map((key) => {
    const sides = { base: slotIn(base, key), draft: slotIn(draft, key), file: slotIn(file, key) };
    return { key, both: merge(sides, below(unit, key), walk) };
  });
  const merged = found.map(({ key, both }) => ({ key, slot: both.merged }));
  const past = found.map(({ key, both }) => ({ key, slot: both.base }));
  return { merged: slotOf(objectOf(merged)), base: slotOf(objectOf(past)) };
}

interface NamedList {
  order: readonly string[];
  entries: ReadonlyMap<string, unknown>;
}

function entries({ base, draft, file }: Sides<NamedList>, unit: string, walk: Walk): Both {
  const before = base.order.filter((name) => draft.entries.has(name) && file.entries.has(name));
  const kept = new Set(before);
  const isMovedHere = file.order.filter((name) => kept.has(name)).join('\n') === before.join('\n');
  const order = isMovedHere ? inOrder(draft.order, file.order) : inOrder(file.order, draft.order);
  const slotFor = (list: NamedList, name: string): Slot =>
    list.entries.has(name) ? slotOf(list.entries.get(name)) : NOTHING;
  const found = order.map((name) => {
    const sides = { base: slotFor(base, name), draft: slotFor(draft, name), file: slotFor(file, name) };
    return merge(sides, below(unit, name), walk);
  });
  const there = (slots: readonly Slot[]): unknown[] => slots.filter(isThere).map(valueOf);
  return {
    merged: slotOf(there(found.map((both) => both.merged))),
    base: slotOf(there(found.map((both) => both.base))),
  };
}

/** The lists as named entries, where all of them are such; a list that is not there has none. */
function namedLists({ base, draft, file }: Sides<unknown>): Sides<NamedList> | null {
  for (const naming of NAMING) {
    const [mine, theirs] = [namedBy(naming, draft), namedBy(naming, file)];
    if (mine === null || theirs === null) continue;
    return { base: namedBy(naming, base) ?? { order: [], entries: new Map() }, draft: mine, file: theirs };
  }
  return null;
}

function namedBy(naming: string, value: unknown): NamedList | null {
  if (!Array.isArray(value)) return null;
  const found = new Map<string, unknown>();
  for (const entry of value as unknown[]) {
    const name = isObject(entry) ? entry[naming] : undefined;
    if (typeof name !== 'string' || found.has(name)) return null;
    found.set(name, entry);
  }
  return { order: [...found.keys()], entries: found };
}

/** One order with the names of another one put behind those that they follow there. */
function inOrder(first: readonly string[], other: readonly string[]): string[] {
  const order = [...first];
  const there = new Set(first);
  other.forEach((name, index) => {
    if (there.has(name)) return;
    const previous = index === 0 ? -1 : order.indexOf(other[index - 1] as string);
    order.splice(previous + 1, 0, name);
    there.add(name);
  });
  return order;
}

function objectOf(slots: readonly { key: string; slot: Slot }[]): JsonObject {
  const given = slots.filter(({ slot }) => isThere(slot));
  const made: JsonObject = Object.fromEntries(given.map(({ key, slot }) => [key, valueOf(slot)]));
  const texts = given.flatMap(({ key, slot }): NumberText[] => {
    const text = numberText(slot.holder, slot.key);
    return text === null || text === String(valueOf(slot)) ? [] : [[[key], text]];
  });
  return tellNumberTexts(made, texts);
}

const below = (unit: string, key: string): string => {
  const part = key.replaceAll('~', '~0').replaceAll('/', '~1');
  return unit === '' ? part : `${unit}/${part}`;
};
