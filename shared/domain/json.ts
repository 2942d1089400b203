/** Levels of lists and objects; any documented body stays far below, and what walks a body afterwards recurses. */
const DEEPEST = 200;

/** Where a text stops being JSON, and why, in words that complete “Line 3, column 7: …”. */
export interface JsonMistake {
  /** Position in the text, in UTF-16 units from 0. */
  offset: number;
  /** Both from 1. */
  line: number;
  column: number;
  reason: string;
  /** Nothing is wrong with it but that it nests deeper than anything Laurel reads. */
  isTooDeep?: true;
}

export type JsonReading = { ok: true; value: unknown } | { ok: false; mistake: JsonMistake };

/** Source texts of the numbers of one object or list, by key; copied along by spreading, never printed. */
const SOURCES = Symbol('sources of numbers');
type Sourced = object & { [SOURCES]?: Map<string, string> };

/** Numbers that may not print as they were written (`1.0`, `1e3`, `-0`, sixteen digits and more), or text that looks so. */
const MAY_CHANGE = /[\s:,[]-?(?:\d{16}|\d+[.eE])|-0/;
/** Half a surrogate pair is no text that a store could keep: it becomes the replacement character, as decoders do. */
const SURROGATE_ESCAPE = /\\u[dD][89a-fA-F]/;

function revive(this: object, key: string, value: unknown, context: { source?: string }): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (typeof value === 'number' && context.source !== undefined && context.source !== String(value))
    ((this as Sourced)[SOURCES] ??= new Map()).set(key, context.source);
  return value;
}

const message = (text: string): string | null => {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
};

/** Where the parser stopped. For a token that is out of place it names only the token: the place is found by halving. */
function offsetOf(said: string, text: string): number {
  const position = /position (\d+)/.exec(said)?.[1];
  if (position !== undefined) return Math.min(Number(position), text.length);
  if (!said.startsWith('Unexpected token')) return text.length;
  let [without, withToken] = [0, text.length];
  while (withToken - without > 1) {
    const middle = (without + withToken) >> 1;
    if (message(text.slice(0, middle))?.startsWith('Unexpected token')) withToken = middle;
    else without = middle;
  }
  return without;
}

function reasonOf(said: string, text: string, offset: number): string {
  const here = text[offset];
  if (here === undefined) return 'the text ends before it is complete';
  if (text.slice(0, offset).trimEnd().endsWith(',') && (here === '}' || here === ']'))
    return `the comma before this ${here} is one too many`;
  if (/^(?:\/[/*]|#)/.test(text.slice(offset, offset + 2))) return 'a comment stands here, and JSON has none';
  if (here === "'") return 'names and texts stand in double quotes';
  const words = said.replace(
    /(?:, (?:\.\.\.)?"[\s\S]*"(?:\.\.\.)? is not valid JSON|,?(?: in JSON)? at position[\s\S]*)$/,
    '',
  );
  return words === '' ? 'this is not JSON' : words.charAt(0).toLowerCase() + words.slice(1);
}

function placeOf(text: string, offset: number): Pick<JsonMistake, 'offset' | 'line' | 'column'> {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { offset, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function mistakeIn(text: string): JsonMistake {
  if (text.trim() === '') return { ...placeOf(text, 0), reason: 'it is empty' };
  const said = message(text) ?? '';
  const offset = offsetOf(said, text);
  return { ...placeOf(text, offset), reason: reasonOf(said, text, offset) };
}

/** Where a text nests deeper than {@link DEEPEST} levels; −1: nowhere. */
function tooDeepAt(text: string): number {
  let depth = 0;
  let inText = false;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (inText) {
      if (unit === 0x5c) index += 1;
      else if (unit === 0x22) inText = false;
    } else if (unit === 0x22) inText = true;
    else if (unit === 0x7b || unit === 0x5b) {
      depth += 1;
      if (depth > DEEPEST) return index;
    } else if (unit === 0x7d || unit === 0x5d) depth -= 1;
  }
  return -1;
}

/**
 * Reads JSON that a person, a file or a caller gave. Numbers keep their digits where they stand for text: ask
 * {@link numberText}. A byte-order mark at the start is passed over; text nested deeper than 200 levels is refused.
 */
export function readJson(given: string): JsonReading {
  const text = given.startsWith('\ufeff') ? given.slice(1) : given;
  // Text too short to be nested that deep needs no look.
  const deep = text.length > DEEPEST ? tooDeepAt(text) : -1;
  if (deep >= 0)
    return {
      ok: false,
      mistake: { ...placeOf(text, deep), reason: `it is nested deeper than ${DEEPEST} levels`, isTooDeep: true },
    };
  try {
    const mayChange = MAY_CHANGE.test(text) || SURROGATE_ESCAPE.test(text);
    return { ok: true, value: mayChange ? JSON.parse(text, revive) : JSON.parse(text) };
  } catch {
    return { ok: false, mistake: mistakeIn(text) };
  }
}

/** The value of a JSON text that Laurel itself made or checked, as {@link readJson}. @throws SyntaxError when it is none */
export function parseJson(text: string): unknown {
  const reading = readJson(text);
  if (reading.ok) return reading.value;
  throw new SyntaxError(jsonMistakeInWords(reading.mistake));
}

/**
 * A name that stands twice in one object of a JSON text: readers keep the last, whoever wrote it meant both, or either.
 *
 * @param text which {@link readJson} reads
 * @returns null: each stands once
 */
export function repeatedKey(text: string): string | null {
  const open: (Set<string> | null)[] = [];
  for (const [token, name, colon] of text.matchAll(/("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?|[[\]{}]/g)) {
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(null);
    else if (token === '}' || token === ']') open.pop();
    else if (name !== undefined && colon !== undefined) {
      const key = JSON.parse(name) as string;
      if (open.at(-1)?.has(key) === true) return key;
      open.at(-1)?.add(key);
    }
  }
  return null;
}

/** `Line 3, column 7: a comma is expected here` */
export function jsonMistakeInWords({ line, column, reason }: JsonMistake): string {
  return `Line ${line}, column ${column}: ${reason}`;
}

/**
 * The digits of a number as they were written, for where it stands for text (semantics Q1): `12345678901234567890`,
 * `1.0`. Its shortest form where nothing else is known.
 *
 * @returns null when there is no number under this key
 */
export function numberText(holder: object, key: string | number): string | null {
  const value = (holder as Record<string | number, unknown>)[key];
  if (typeof value !== 'number') return null;
  const source = (holder as Sourced)[SOURCES]?.get(String(key));
  // A holder may have been copied with another number in this place.
  return source !== undefined && Object.is(Number(source), value) ? source : String(value);
}

/** A copy with other fields, which still knows how the numbers of the original were written. */
export function withNumberTexts<T extends object>(copy: T, original: object): T {
  const sources = (original as Sourced)[SOURCES];
  return sources === undefined ? copy : Object.assign(copy, { [SOURCES]: sources });
}

/** Where a number stands in a value, by the keys from its root, and how it was written. */
export type NumberText = readonly [place: readonly string[], text: string];

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** The numbers of a value that were not written as they print: for a way on which only plain values travel. */
export function numberTexts(value: unknown, place: readonly string[] = []): NumberText[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]: [string, unknown]): NumberText[] => {
    if (typeof entry !== 'number') return numberTexts(entry, [...place, key]);
    const text = numberText(value, key) ?? '';
    return text === String(entry) ? [] : [[[...place, key], text]];
  });
}

/** Tells a value again how its numbers were written; what is no longer so in it is passed over. @returns the same value */
export function tellNumberTexts<T>(value: T, texts: readonly NumberText[]): T {
  for (const [place, text] of texts) {
    let holder: unknown = value;
    for (const key of place.slice(0, -1)) {
      const isHolder = typeof holder === 'object' && holder !== null && Object.hasOwn(holder, key);
      holder = isHolder ? (holder as Record<string, unknown>)[key] : undefined;
    }
    const key = place.at(-1);
    if (typeof holder !== 'object' || holder === null || key === undefined || !NUMBER.test(text)) continue;
    ((holder as Sourced)[SOURCES] ??= new Map()).set(key, text);
  }
  return value;
}

function printNumber(this: object, key: string, value: unknown): unknown {
  if (typeof value !== 'number') return value;
  const text = numberText(this, key);
  return text === null || text === String(value) ? value : JSON.rawJSON(text);
}

/** JSON text of a value, its numbers with the digits they were written with. @param space as of JSON.stringify */
export function writeJson(value: unknown, space?: number): string {
  return JSON.stringify(value, printNumber, space);
}
