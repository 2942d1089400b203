import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { arbitraryOf, type Dictionary } from '../../gateway/arbitrary-of-schema';
import { GIVEN_FOR_CODES } from '../../gateway/calls-of-codes';
import { DocumentSchemas, operationsOf, type Json, type Operation } from '../../gateway/document-answers';
import { HttpGateway } from '../../conformance/http-gateway';
import { basic, CREDENTIALS, serve, type Served } from './serve';

let served: Served;
let document: Json;
let operations: Operation[];
let schemas: DocumentSchemas;
beforeAll(async () => {
  served = await serve();
  document = (await (await fetch(`${served.url}/openapi.json`)).json()) as Json;
  schemas = new DocumentSchemas(document);
  // What empties the org has its own test; every other call of the document is made.
  operations = operationsOf(document).filter(({ operationId }) => operationId !== 'giveState');
});
afterAll(async () => {
  expect(served.failures).toEqual([]);
  await served.stop();
});

/** Ids are drawn from those that the org has by then: `@b3` is the fourth badge, counted round. */
const id = (kind: string): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 9, arbitrary: fc.nat(30).map((turn) => `@${kind}${String(turn)}`) },
    { weight: 1, arbitrary: fc.constant('f'.repeat(24)) },
  );
const DICTIONARY: Dictionary = {
  id: id('b'),
  badgeMetaId: id('b'),
  badgeId: id('b'),
  groupId: id('g'),
  badgeGroupId: fc.oneof(id('g'), fc.constant(null)),
  fieldId: id('f'),
  earnedBadgeId: id('e'),
  issueId: id('e'),
  customerId: fc.integer({ min: 1, max: 5 }),
  ownerType: fc.constant('Loyalty'),
  referenceId: fc.constantFrom('626', '627'),
  requestId: fc.uuid(),
  name: fc.stringMatching(/^[a-z]{1,4}$/),
  startOn: fc.constantFrom('2026-03-11T00:00:00Z', 1_773_187_200),
  startOnISO: fc.constant('2026-03-11T00:00:00Z'),
  expiresOn: fc.constantFrom('2026-12-31T00:00:00Z', 1_798_675_200),
  expiresOnISO: fc.constant('2026-12-31T00:00:00Z'),
  earnEventDate: fc.constant('2026-03-09T00:00:00Z'),
  earnEventDateISO: fc.constantFrom(null, '2026-03-09T00:00:00Z'),
  issueEventDate: fc.constantFrom('', 1_773_014_400),
  issueEventDateISO: fc.constantFrom('', '2026-03-09T00:00:00Z'),
  now: fc.integer({ min: 0, max: 3_600 }).map((later) => 1_773_144_000 + later),
  key: fc.constant(CREDENTIALS.user),
  secret: fc.constant(CREDENTIALS.password),
};

interface Generated {
  operation: Operation;
  path: Json;
  query: Json;
  headers: Json;
  body: unknown;
}

const made = new Map<Operation, fc.Arbitrary<Generated>>();

function callOf(operation: Operation): fc.Arbitrary<Generated> {
  let call = made.get(operation);
  if (call === undefined) made.set(operation, (call = newCallOf(operation)));
  return call;
}

function newCallOf(operation: Operation): fc.Arbitrary<Generated> {
  const inPlace = (place: 'path' | 'query' | 'header'): fc.Arbitrary<Json> => {
    const parameters = operation.parameters.filter((parameter) => parameter.in === place);
    const named = parameters.map(
      ({ name, schema }) => [name, arbitraryOf(schema, document, DICTIONARY, name)] as const,
    );
    const needed = parameters.filter(({ required }) => required === true).map(({ name }) => name);
    return fc.record(Object.fromEntries(named), { requiredKeys: needed });
  };
  // One in three leaves the header that names customers otherwise alone: without a roster nobody is found.
  const headers = fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: inPlace('header') });
  const { body: schema } = operation;
  const body =
    schema === null
      ? fc.constant(undefined)
      : arbitraryOf(schema, document, DICTIONARY).filter((value) => schemas.body(operation, value).length === 0);
  return fc.record({
    operation: fc.constant(operation),
    path: inPlace('path'),
    query: inPlace('query'),
    headers,
    body,
  });
}

/** The ids that answers tell of, by what they are of, and the awards that can be taken back. */
class Seen {
  readonly awards: Json[] = [];
  readonly ids: Record<string, string[]> = {
    b: GIVEN_FOR_CODES.badges.map((badge) => badge.id),
    g: GIVEN_FOR_CODES.groups.map((group) => group.id),
    f: [],
    e: [],
  };

  note(operationId: string, body: unknown): void {
    const data = (body as Json)['data'];
    if (typeof data !== 'object' || data === null) return;
    const { id: own, earnedBadgeId, issuedBadges } = data as Json;
    if (operationId === 'createBadge') this.ids['b']?.push(String(own));
    if (operationId === 'createGroup') this.ids['g']?.push(String(own));
    if (operationId === 'createCustomField') this.ids['f']?.push(String(own));
    if (operationId === 'earn') {
      const { badgeMetaId, customerId } = data as Json;
      this.ids['e']?.push(String(earnedBadgeId));
      this.awards.push({ badgeMetaId, customerId, earnedBadgeId });
    }
    for (const row of (issuedBadges ?? []) as Json[])
      if (row['issuedId'] !== null) this.ids['e']?.push(row['issuedId'] as string);
  }

  fill<T>(value: T): T {
    return JSON.parse(
      JSON.stringify(value).replaceAll(/@([bgfe])(\d+)/g, (_, kind: string, turn: string) => {
        const known = this.ids[kind] ?? [];
        return known[Number(turn) % known.length] ?? 'f'.repeat(24);
      }),
    ) as T;
  }
}

const textOf = (value: unknown): string => (Array.isArray(value) ? value.join(',') : String(value));

async function send(
  { operation, path, query, headers, body }: Generated,
  changed?: { body?: string; query?: Record<string, string>; authorization?: string },
): Promise<{ status: number; body: unknown }> {
  const place = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(textOf(path[name])));
  const search = new URLSearchParams({
    ...Object.fromEntries(
      Object.entries(changed?.query === undefined ? query : {}).map(([name, value]) => [name, textOf(value)]),
    ),
    ...changed?.query,
  }).toString();
  const text = changed?.body ?? (body === undefined ? undefined : JSON.stringify(body));
  const answer = await fetch(`${served.url}${place}${search === '' ? '' : `?${search}`}`, {
    method: operation.method,
    headers: {
      ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, textOf(value)])),
      authorization: changed?.authorization ?? basic(CREDENTIALS),
      ...(text === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(text === undefined ? {} : { body: text }),
  });
  return { status: answer.status, body: JSON.parse(await answer.text()) as unknown };
}

/** What an answer is not, by the document: a status or a body that it does not describe. */
function wrongWith(operation: Operation, status: number, body: unknown): string[] {
  const known = operation.statuses.includes(String(status)) ? [] : [`status ${String(status)} is not described`];
  return [...known, ...schemas.answer(operation, status, body)];
}

/** A call that a document allows may break a rule, but nothing in it is unreadable. */
function isUnreadable(body: unknown): boolean {
  const [error] = ((body as Json)['errors'] ?? []) as { code: number; message: string }[];
  return error?.code === 400 && /^(?:JSON parse error|Invalid enum value)/.test(error.message);
}

test('calls made from the document are read, and every answer is one that it describes', async () => {
  const http = new HttpGateway(served.url, CREDENTIALS);
  const done = new Map<string, number>();
  // Whose success takes several things at once.
  const often = operations.filter(({ operationId }) => ['updateBadge', 'revokeEarn', 'earn'].includes(operationId));
  let count = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...operations, ...often).chain(callOf), { minLength: 20, maxLength: 30 }),
      async (calls) => {
        await http.give(GIVEN_FOR_CODES);
        const seen = new Seen();
        for (const generated of calls) {
          const { operation, ...rest } = generated;
          const filled = { operation, ...seen.fill(rest) };
          // No schema says which award is whose.
          const award = operation.operationId === 'revokeEarn' ? seen.awards.pop() : undefined;
          if (award !== undefined) Object.assign(filled, { body: award, headers: {} });
          const { status, body } = await send(filled);
          const said = `${operation.operationId} ${JSON.stringify(filled)} → ${String(status)} ${JSON.stringify(body)}`;
          expect(wrongWith(operation, status, body), said).toEqual([]);
          expect(isUnreadable(body), said).toBe(false);
          seen.note(operation.operationId, body);
          count += 1;
          if (status < 300) done.set(operation.operationId, (done.get(operation.operationId) ?? 0) + 1);
        }
      },
    ),
    { numRuns: Number(process.env['LAUREL_RUNS'] ?? 50) },
  );
  expect(count).toBeGreaterThan(1_000);
  // Every operation has to succeed at times, or nothing is known of its answer.
  expect(operations.map(({ operationId }) => operationId).filter((name) => !done.has(name))).toEqual([]);
});

/** Bodies with one field left out that is needed, or of a kind that it is not. */
const WRONG_KINDS: readonly unknown[] = [{ odd: true }, [['odd']], 'no such word!', 1.5, true];

test('calls that the document does not allow are refused, and every refusal is one that it describes', async () => {
  const http = new HttpGateway(served.url, CREDENTIALS);
  let [bodies, queries, strangers] = [0, 0, 0];
  await http.give(GIVEN_FOR_CODES);
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...operations).chain(callOf),
      fc.nat(20),
      fc.constantFrom(undefined, ...WRONG_KINDS),
      async (generated, turn, wrong) => {
        const { operation, ...rest } = generated;
        const filled = { operation, ...new Seen().fill(rest) };
        const refused = async (changed: Parameters<typeof send>[1], why: string): Promise<void> => {
          const { status, body } = await send(filled, changed);
          const said = `${operation.operationId} ${why} → ${String(status)} ${JSON.stringify(body)}`;
          expect(status, said).toBeGreaterThanOrEqual(400);
          expect(wrongWith(operation, status, body), said).toEqual([]);
        };
        const parameters = operation.parameters.filter(
          ({ in: place, schema }) => place === 'query' && (schema['type'] !== 'string' || 'enum' in schema),
        );
        const parameter = parameters[turn % parameters.length];
        if (parameter !== undefined) {
          await refused({ query: { [parameter.name]: 'no such word!' } }, parameter.name);
          queries += 1;
        }
        const object = filled.body;
        if (typeof object === 'object' && object !== null && !Array.isArray(object)) {
          const names = Object.keys((operation.body?.['properties'] ?? {}) as Json);
          const name = names[turn % Math.max(1, names.length)] ?? '';
          const changed: Json = { ...object, [name]: wrong };
          if (schemas.body(operation, JSON.parse(JSON.stringify(changed))).length > 0) {
            await refused({ body: JSON.stringify(changed) }, JSON.stringify(changed));
            bodies += 1;
          }
        }
        if (operation.operationId !== 'readOpenApi' && operation.operationId !== 'generateToken') {
          await refused({ authorization: 'Basic bm86Ym9keQ==' }, 'a stranger');
          strangers += 1;
        }
      },
    ),
    { numRuns: Number(process.env['LAUREL_RUNS'] ?? 60) * 10 },
  );
  expect(bodies).toBeGreaterThan(80);
  expect(queries).toBeGreaterThan(80);
  expect(strangers).toBeGreaterThan(400);
});
