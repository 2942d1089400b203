import { z } from 'zod';
import { isObject, type JsonObject } from '../domain/body-reader';
import {
  customerIdOf,
  customerIdsOf,
  firstDateOf,
  flagOf,
  integerOf,
  memberOf,
  objectBody,
  textOf,
  unreadable,
  type DateReading,
} from './body-values';
import { named } from './document/components';

/**
 * One field of a body, declared once: its reading is what checks a call, and its schema is what the OpenAPI document
 * says of it.
 */
export interface BodyField<T> {
  /** What may stand under each of its keys; a field with a twin has two. */
  keys(isNeeded: boolean): Readonly<Record<string, z.ZodType>>;
  /** @throws UnreadableValue for a value of another kind */
  read(holder: JsonObject, path: string): T;
}

/** The fields of a body, in the order in which they are read: the first that cannot be is what the answer names. */
export interface BodyForm<V> {
  schema: z.ZodType;
  read(body: unknown): V;
}

type ValuesOf<F> = { [K in keyof F]: F[K] extends BodyField<infer T> ? T : never };

/**
 * @param needed fields whose absence is refused by some rule, whichever code it has
 * @throws UnreadableValue from its `read` when the body is no object, or a field of another kind
 */
export function bodyForm<F extends Readonly<Record<string, BodyField<unknown>>>>(
  fields: F,
  needed: readonly (keyof F & string)[] = [],
): BodyForm<ValuesOf<F>> {
  const entries = Object.entries(fields);
  return {
    schema: schemaOf(fields, needed),
    read: (body) => {
      const holder = objectBody(body);
      const values: Record<string, unknown> = {};
      for (const [name, field] of entries) values[name] = field.read(holder, '');
      return values as ValuesOf<F>;
    },
  };
}

function schemaOf(fields: Readonly<Record<string, BodyField<unknown>>>, needed: readonly string[]): z.ZodType {
  const shape: Record<string, z.ZodType> = {};
  for (const [name, field] of Object.entries(fields)) {
    const isNeeded = needed.includes(name);
    const keys = Object.entries(field.keys(isNeeded));
    // Of a field with a twin either is enough, which a list of required names cannot say.
    for (const [key, schema] of keys) shape[key] = isNeeded && keys.length === 1 ? schema : schema.optional();
  }
  // Whatever else is sent is ignored.
  return z.looseObject(shape);
}

const one = <T>(
  name: string,
  schema: z.ZodType,
  whenAbsent: z.ZodType,
  read: (holder: JsonObject, path: string) => T,
): BodyField<T> => ({
  keys: (isNeeded) => ({ [name]: isNeeded ? schema : z.union([schema, whenAbsent]) }),
  read: (holder, path) => read(holder, `${path}${name}`),
});
/** What counts as absent besides a key that is not there. */
const NOTHING = z.union([z.literal(''), z.null()]);

const TEXT = named(
  'Text',
  z.union([z.string().min(1), z.number(), z.boolean()]),
  'A number or a boolean is taken as it was written.',
);
const WHOLE_NUMBER = named('WholeNumber', z.union([z.int(), z.string().regex(/^-?\d{1,15}$/)]));
const CUSTOMER_ID = named('CustomerId', z.union([z.int().min(1), z.string().regex(/^0{0,5}[1-9]\d{0,9}$/)]));
/** Seconds since 1970, as far as a date can be printed back, or ISO-8601 with `Z` or an offset. */
export const INSTANT = named(
  'Instant',
  z.union([z.number().min(-4e12).max(4e12), z.iso.datetime({ offset: true })]),
  'Seconds since 1970, or ISO-8601 with Z or an offset.',
);

/** Text; a number or boolean is taken as it was written. Empty counts as absent. */
export const text = (name: string): BodyField<string | null> =>
  one(name, TEXT, NOTHING, (holder, path) => textOf(holder, name, path));

export const wholeNumber = (name: string): BodyField<number | null> =>
  one(name, WHOLE_NUMBER, NOTHING, (holder, path) => integerOf(holder[name], path));

export const customerId = (name: string): BodyField<number | null> =>
  one(name, CUSTOMER_ID, NOTHING, (holder, path) => customerIdOf(holder[name], path));

/** A list of customer ids, or a single one. */
export const customerIds = (name: string): BodyField<number[]> => ({
  keys: (isNeeded) => {
    const list = z.array(CUSTOMER_ID);
    return { [name]: isNeeded ? z.union([list.min(1), CUSTOMER_ID]) : z.union([list, CUSTOMER_ID, NOTHING]) };
  },
  read: (holder, path) => customerIdsOf(holder[name], `${path}${name}`),
});

export const flag = (name: string): BodyField<boolean | null> =>
  one(name, z.boolean(), z.null(), (holder, path) => flagOf(holder[name], path));

export const member = <T extends string>(name: string, allowed: readonly T[]): BodyField<T | null> =>
  one(name, z.enum(allowed as readonly [T, ...T[]]), NOTHING, (holder) => memberOf(holder[name], name, allowed));

/** The first of several keys that is present, as an instant: an ISO twin stands before its number (semantics T3). */
export const firstDate = (...keys: readonly string[]): BodyField<DateReading | null> => ({
  keys: () => Object.fromEntries(keys.map((key) => [key, z.union([INSTANT, NOTHING])])),
  read: (holder, path) => firstDateOf(holder, keys, path),
});

/** An object of further fields; null when it is absent or has nothing in it. */
export function nested<F extends Readonly<Record<string, BodyField<unknown>>>>(
  name: string,
  fields: F,
  needed: readonly (keyof F & string)[] = [],
): BodyField<ValuesOf<F> | null> {
  const schema = schemaOf(fields, needed);
  return one(name, schema, z.union([NOTHING, z.strictObject({})]), (holder, path) => {
    const value = holder[name];
    if (value === undefined || value === null || value === '') return null;
    if (!isObject(value)) throw unreadable(`${path} must be an object`);
    if (Object.keys(value).length === 0) return null;
    const values: Record<string, unknown> = {};
    for (const [key, field] of Object.entries(fields)) values[key] = field.read(value, `${path}.`);
    return values as ValuesOf<F>;
  });
}

/** A list whose elements are objects of further fields. */
export function listOf<F extends Readonly<Record<string, BodyField<unknown>>>>(
  name: string,
  fields: F,
  needed: readonly (keyof F & string)[] = [],
): BodyField<ValuesOf<F>[]> {
  const schema = schemaOf(fields, needed);
  return one(name, z.array(schema), z.null(), (holder, path) =>
    objectsOf(holder[name], path).map((element, index) => {
      const values: Record<string, unknown> = {};
      for (const [key, field] of Object.entries(fields)) values[key] = field.read(element, `${path}[${index}].`);
      return values as ValuesOf<F>;
    }),
  );
}

/** A list of objects that are kept as they come. */
export const objects = (name: string): BodyField<JsonObject[]> =>
  one(name, z.array(z.looseObject({})), z.null(), (holder, path) => objectsOf(holder[name], path));

function objectsOf(value: unknown, path: string): JsonObject[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw unreadable(`${path} must be a list`);
  return value.map((element: unknown, index) => {
    if (!isObject(element)) throw unreadable(`${path}[${index}] must be an object`);
    return element;
  });
}
