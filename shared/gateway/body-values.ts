import { isObject, type JsonObject } from '../domain/body-reader';
import { enumError, parseError, type RuleError } from '../domain/codes';
import { readInstant, type Instant } from '../domain/instant';
import { numberText } from '../domain/json';

/** Thrown inside a request function for a value that cannot be read; the router turns it into the documented 400. */
export class UnreadableValue extends Error {
  override readonly name = 'UnreadableValue';

  constructor(readonly error: RuleError) {
    super(error.message);
  }
}

/** A body that cannot be read: `JSON parse error: …` (error-codes 400). */
export function unreadable(detail: string): UnreadableValue {
  return new UnreadableValue(parseError(detail));
}

/** A required or out-of-range input without a code of its own (semantics L7): 400 with the field's path. */
export function fieldError(path: string, message: string): RuleError {
  return { code: 400, message, reference: path };
}

export function objectBody(body: unknown): JsonObject {
  if (isObject(body)) return body;
  throw unreadable('the body must be an object');
}

const isAbsent = (value: unknown): value is undefined | null => value === undefined || value === null;

/** Text, or null when absent or empty; a number or boolean is taken as it was written (semantics Q1). */
export function textOf(holder: JsonObject, key: string, path = key): string | null {
  const value = holder[key];
  if (isAbsent(value) || value === '') return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberText(holder, key);
  if (typeof value === 'boolean') return String(value);
  throw unreadable(`${path} must be text`);
}

/** A whole number, numeric text included; null when absent or empty. */
export function integerOf(value: unknown, path: string): number | null {
  if (isAbsent(value) || value === '') return null;
  const number = typeof value === 'string' && /^-?\d{1,16}$/.test(value) ? Number(value) : value;
  if (typeof number === 'number' && Number.isSafeInteger(number)) return number;
  const isWhole =
    typeof number === 'number' ? Number.isInteger(number) : typeof number === 'string' && /^-?\d+$/.test(number);
  throw unreadable(
    isWhole ? `${path} must be a whole number of at most ${Number.MAX_SAFE_INTEGER}` : `${path} must be a whole number`,
  );
}

/** A customer id: a positive whole number, numeric text accepted (gateway-api sections 3 and 4); null when absent. */
export function customerIdOf(value: unknown, path: string): number | null {
  const id = integerOf(value, path);
  if (id !== null && id < 1) throw unreadable(`${path} must be a positive customer id`);
  return id;
}

/** A list of customer ids; a single number instead of a list is accepted (semantics I1). Empty when absent. */
export function customerIdsOf(value: unknown, path: string): number[] {
  if (isAbsent(value)) return [];
  if (!Array.isArray(value)) {
    const single = customerIdOf(value, path);
    return single === null ? [] : [single];
  }
  const ids = new Array<number>(value.length);
  for (let index = 0; index < value.length; index += 1) {
    const element: unknown = value[index];
    // The plain case first: bulk requests carry a hundred thousand of them.
    if (typeof element === 'number' && Number.isSafeInteger(element) && element > 0) {
      ids[index] = element;
      continue;
    }
    const id = customerIdOf(element, `${path}[${index}]`);
    if (id === null) throw unreadable(`${path}[${index}] must be a customer id`);
    ids[index] = id;
  }
  return ids;
}

export function flagOf(value: unknown, path: string): boolean | null {
  if (isAbsent(value)) return null;
  if (typeof value === 'boolean') return value;
  throw unreadable(`${path} must be true or false`);
}

/** An exact member of an enumeration (error-codes 400); null when absent or empty. */
export function memberOf<T extends string>(value: unknown, field: string, allowed: readonly T[]): T | null {
  if (isAbsent(value) || value === '') return null;
  const found = allowed.find((candidate) => candidate === value);
  if (found !== undefined) return found;
  throw new UnreadableValue(enumError(typeof value === 'object' ? 'an object' : value, field, allowed));
}

export interface DateReading {
  instant: Instant;
  looksLikeMilliseconds: boolean;
}

/** The first of the named fields that is present, read as an instant (semantics T1, T3); null when none is. */
export function firstDateOf(holder: JsonObject, keys: readonly string[], path = ''): DateReading | null {
  for (const key of keys) {
    const value = holder[key];
    if (isAbsent(value) || value === '') continue;
    const reading = readInstant(value);
    if (!reading.ok) throw unreadable(`${path}${key} ${reading.reason}`);
    return reading;
  }
  return null;
}
