import { isObject, type JsonObject } from '../domain/body-reader';
import { readInstant } from '../domain/instant';
import { readBadge } from '../domain/read-badge';
import { MEANING_FIELDS, meaningOf, readLiveBadge, type BadgeMeaning, type MeaningField } from './meaning';

/**
 * A meaning as one text, a line for each field in the order of MEANING_FIELDS: what is stored beside drafts and
 * snapshots, so that thousands are compared as texts. Canonical JSON holds no line breaks.
 */
export function toMeaningText(meaning: BadgeMeaning): string {
  return MEANING_FIELDS.map((field) => meaning[field]).join('\n');
}

/** @throws RangeError when the text was written for other fields: a programming mistake, or a file of another version */
export function fromMeaningText(text: string): BadgeMeaning {
  const lines = text.split('\n');
  if (lines.length !== MEANING_FIELDS.length) throw new RangeError('This text does not say what a badge means.');
  const meaning = {} as Record<MeaningField, string>;
  // A loop, because comparing thousands of badges does this three times for each.
  for (let index = 0; index < MEANING_FIELDS.length; index += 1) {
    meaning[MEANING_FIELDS[index] as MeaningField] = lines[index] as string;
  }
  return meaning;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
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
  return Object.fromEntries(kept.map(([key, entry]) => [key, key === 'customFields' ? entry : withoutTwins(entry)]));
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
