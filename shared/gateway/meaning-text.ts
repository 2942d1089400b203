import { isObject, type JsonObject } from '../domain/body-reader';
import { readInstant } from '../domain/instant';
import { readJson, withNumberTexts } from '../domain/json';
import { readBadge } from '../domain/read-badge';
import { MEANING_FIELDS, meaningOf, readLiveBadge, type BadgeMeaning, type MeaningField } from './meaning';

/** Stands where a stored meaning says nothing of a field: no value is written so. */
export const NOT_SAID = '[null]';

/** Changes when the canonical form of a field changes; the fields themselves are named in the text. */
const FORM = '2';

const byName = [...MEANING_FIELDS].sort();

/** The first line of a meaning text: its form, and which fields follow in which order. */
export const MEANING_HEAD = [FORM, ...byName].join(' ');

/**
 * A meaning as one text: what is stored beside drafts and snapshots, so that thousands are compared as texts. Its first
 * line names the fields, each further line is one of them; canonical JSON holds no line breaks. The order of the fields
 * in the code decides nothing, and a text that was written before a field was added is read as one that does not say it.
 */
export function toMeaningText(meaning: BadgeMeaning): string {
  return [MEANING_HEAD, ...byName.map((field) => meaning[field])].join('\n');
}

/** Whether a text was written with the fields and the canonical form of this version: then equal texts mean the same. */
export function isCurrentMeaning(text: string): boolean {
  return text.startsWith(`${MEANING_HEAD}\n`);
}

/**
 * Reads a meaning text, also one that a version with other fields wrote: what it does not say is {@link NOT_SAID}, which
 * differs from every value.
 *
 * @throws RangeError when it is no such text: a damaged file
 */
export function fromMeaningText(text: string): BadgeMeaning {
  const [head = '', ...lines] = text.split('\n');
  const names: readonly string[] = head === MEANING_HEAD ? byName : fieldsOf(head);
  if (names.length === 0 || lines.length !== names.length) {
    throw new RangeError('This text does not say what a badge means.');
  }
  const meaning = {} as Record<MeaningField, string>;
  // A loop, because comparing thousands of badges does this three times for each.
  for (let index = 0; index < names.length; index += 1) meaning[names[index] as MeaningField] = lines[index] as string;
  if (names !== byName) for (const field of byName) meaning[field] ??= NOT_SAID;
  return meaning;
}

function fieldsOf(head: string): readonly string[] {
  const [form = '', ...names] = head.split(' ');
  return /^\d+$/.test(form) ? names : [];
}

function parsed(text: string): unknown {
  const reading = readJson(text);
  return reading.ok ? reading.value : undefined;
}

/** What a create body means; null when it is no readable badge. */
export function meaningOfBody(text: string): string | null {
  const { definition } = readBadge(parsed(text));
  return definition && toMeaningText(meaningOf(definition));
}

/**
 * A badge that a gateway printed, told by its numbers: these carry nine decimals, while the ISO twins beside them are
 * cut to whole seconds and would win when read (semantics T2, T3).
 */
export function withoutTwins(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTwins);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(
    ([key]) => !(key.endsWith('ISO') && readInstant(value[key.slice(0, -'ISO'.length)]).ok),
  );
  // Custom fields are called what people call them.
  const copy = Object.fromEntries(
    kept.map(([key, entry]) => [key, key === 'customFields' ? entry : withoutTwins(entry)]),
  );
  return withNumberTexts(copy, value);
}

/** The till that a gateway prints where nobody chose one: the user who made the badge (gateway-api section 1). */
export function defaultTillOf(live: JsonObject): number | null {
  const { createdBy } = live;
  return typeof createdBy === 'number' && Number.isSafeInteger(createdBy) ? createdBy : null;
}

/** What a badge as a gateway printed it means; null when it is no readable badge. */
export function meaningOfLive(body: unknown): BadgeMeaning | null {
  if (!isObject(body)) return null;
  const definition = readLiveBadge(withoutTwins(body));
  if (definition === null) return null;
  const chosen = definition.defaultTillId === defaultTillOf(body) ? null : definition.defaultTillId;
  return meaningOf({ ...definition, defaultTillId: chosen });
}
