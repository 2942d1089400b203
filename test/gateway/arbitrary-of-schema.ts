import fc from 'fast-check';
import type { Json } from './document-answers';

/** What is put under a name instead of just anything that its schema allows: ids that exist, words that lead somewhere. */
export type Dictionary = Readonly<Record<string, fc.Arbitrary<unknown>>>;

/**
 * Values that a JSON Schema of the practice org's document allows. Conditions beyond the shape (`if`, `allOf` of required
 * names) are not looked at: whoever generates drops what the whole schema refuses.
 */
export function arbitraryOf(
  schema: Json,
  document: Json,
  dictionary: Dictionary = {},
  name = '',
): fc.Arbitrary<unknown> {
  const inside = (each: Json, at = name): fc.Arbitrary<unknown> => arbitraryOf(each, document, dictionary, at);
  const known = Object.hasOwn(dictionary, name) ? dictionary[name] : undefined;
  const plain = (): fc.Arbitrary<unknown> => {
    if (typeof schema['$ref'] === 'string') return inside(resolve(schema['$ref'], document));
    if ('const' in schema) return fc.constant(schema['const']);
    if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]));
    if (Array.isArray(schema['anyOf'])) return fc.oneof(...(schema['anyOf'] as Json[]).map((each) => inside(each)));
    if (Array.isArray(schema['type'])) {
      return fc.oneof(...(schema['type'] as string[]).map((type) => inside({ ...schema, type })));
    }
    return ofType(schema, inside);
  };
  return known === undefined ? plain() : fc.oneof({ weight: 6, arbitrary: known }, { weight: 1, arbitrary: plain() });
}

function resolve(reference: string, document: Json): Json {
  return reference
    .slice(2)
    .split('/')
    .reduce<Json>((holder, part) => holder[part] as Json, document);
}

function ofType(schema: Json, inside: (schema: Json, name?: string) => fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  switch (schema['type']) {
    case 'string':
      return textOf(schema);
    case 'integer':
      return fc.integer({ min: bound(schema['minimum'], -1_000), max: bound(schema['maximum'], 1_000) });
    case 'number':
      return fc.oneof(fc.integer({ min: -1_000, max: 2_000_000_000 }), fc.constantFrom(0.5, 1_772_409_600.25, 1e11));
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array': {
      const least = Number(schema['minItems'] ?? 0);
      return fc.array(inside((schema['items'] ?? {}) as Json), {
        minLength: least,
        maxLength: Math.min(Number(schema['maxItems'] ?? 3), least + 3),
      });
    }
    case 'object':
      return objectOf(schema, inside);
    default:
      return fc.jsonValue({ maxDepth: 1 });
  }
}

/** Small numbers say as much as large ones, and more of them meet. */
const bound = (given: unknown, standard: number): number =>
  typeof given === 'number' && Math.abs(given) < Math.abs(standard) ? given : standard;

function textOf(schema: Json): fc.Arbitrary<string> {
  if (schema['format'] === 'date-time') {
    return fc
      .date({ min: new Date('2025-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString());
  }
  if (typeof schema['pattern'] === 'string') return fc.stringMatching(new RegExp(schema['pattern']));
  return fc.string({ minLength: Number(schema['minLength'] ?? 0), maxLength: 12 });
}

function objectOf(schema: Json, inside: (schema: Json, name?: string) => fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const properties = (schema['properties'] ?? {}) as Record<string, Json>;
  const entries = Object.entries(properties).map(([key, each]) => [key, inside(each, key)] as const);
  if (entries.length === 0) {
    const values = schema['additionalProperties'];
    if (typeof values !== 'object' || values === null || Object.keys(values).length === 0) return fc.constant({});
    return fc.dictionary(fc.string({ minLength: 1, maxLength: 6 }), inside(values as Json), { maxKeys: 2 });
  }
  return fc.record(Object.fromEntries(entries), { requiredKeys: (schema['required'] ?? []) as string[] });
}
