import { createConfig, lintFromString } from '@redocly/openapi-core';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { practiceDocument } from '../../electron/backend/practice/calls';
import { BodyReader } from '../../shared/domain/body-reader';
import { readBadge } from '../../shared/domain/read-badge';
import { DEFAULT_SETTINGS } from '../../shared/domain/settings';
import type { EndpointName } from '../../shared/gateway/endpoint-words';
import { DESCRIPTIONS, type EndpointDescription } from '../../shared/gateway/document/descriptions';
import { ENDPOINTS } from '../../shared/gateway/endpoints';
import { answerRoute, findRoute } from '../../shared/gateway/router';
import { FIRST_INSTANT, history } from '../backend/practice/random-calls';
import { fillIn, valueAt } from '../conformance/judge';
import { play, type PlayedAnswer } from '../conformance/play';
import { PureGateway } from '../conformance/pure-gateway';
import { loadVectors, type VectorCall } from '../conformance/vectors';
import { arbitraryOf } from './arbitrary-of-schema';
import { CALLS_OF_CODES, GIVEN_FOR_CODES } from './calls-of-codes';
import { DocumentSchemas, operationOf, operationsOf, type Json } from './document-answers';

const OPTIONS = { settings: {}, url: null, asksCredentials: true, hasStillClock: true };
const document = practiceDocument(OPTIONS);
const operations = operationsOf(document);
const schemas = new DocumentSchemas(document);

describe('the OpenAPI document', () => {
  test('is valid by a strict linter, without a warning', async () => {
    const config = await createConfig({
      extends: ['recommended-strict'],
      rules: {},
    });
    for (const given of [OPTIONS, { ...OPTIONS, url: 'http://127.0.0.1:8080', asksCredentials: false }]) {
      const problems = await lintFromString({
        source: JSON.stringify(practiceDocument(given)),
        config,
      });
      expect(problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual([]);
    }
  });

  test('has every endpoint that is served, under its method and path, and nothing else of the gateway', () => {
    const served = ENDPOINTS.map(
      ({ method, path }) => `${method} /api_gateway/v1/badges/${path.replace(/:[\w|]+/g, '')}`,
    );
    const ours = operations.map(({ method, path }) => `${method} ${path}`);
    expect(ours.filter((each) => each.includes('/api_gateway/')).sort()).toEqual([...served].sort());
    expect(ours.filter((each) => !each.includes('/api_gateway/'))).toEqual([
      'POST /v3/oauth/token/generate',
      'GET /openapi.json',
      'PUT /__practice/clock',
      'POST /__practice/given',
    ]);
    expect(operationsOf(practiceDocument({ ...OPTIONS, hasStillClock: false })).map(({ path }) => path)).not.toContain(
      '/__practice/clock',
    );
  });

  test('has the statuses and codes that the org is set to', () => {
    const set = { statusOf801: 400, customerLimitCode: 4711, badgeLimitCode: 4712, memberCareOwnerType: 'Care' };
    const changed = JSON.stringify(practiceDocument({ ...OPTIONS, settings: set }));
    expect(changed).toContain('4711');
    expect(changed).toContain('4712');
    expect(changed).not.toContain('990001');
    expect(changed).toContain('"Care"');
    const issue = operationOf(
      operationsOf(JSON.parse(changed) as Json),
      'POST /api_gateway/v1/badges/badgeMeta/customer/issueBulk',
    );
    expect(issue.statuses).toEqual(['200', '400', '401', '404', '409', 'default']);
  });

  test.each(operations.filter(({ path }) => path.includes('/api_gateway/')))(
    'names exactly the parameters of a query that $method $path reads',
    ({ method, path, parameters }) => {
      const read = new Set<string>();
      const query = new Proxy<Record<string, string>>(
        {},
        {
          get: (_, key) => {
            read.add(String(key));
            return key === 'badgeMetaId' ? '0000000000000000000000b1' : undefined;
          },
        },
      );
      const gateway = new PureGateway();
      gateway.give(GIVEN_FOR_CODES);
      const route = findRoute(
        method,
        path
          .replaceAll(/\{customerId\}/g, '1')
          .replaceAll(/\{word\}/g, 'activate')
          .replaceAll(/\{\w+\}/g, '0000000000000000000000b1'),
      );
      expect(route).not.toBeNull();
      if (route === null) return;
      answerRoute(
        gateway.org,
        route,
        { method, path, query, headers: {}, body: '{}' },
        { now: gateway.now, newBatchId: () => 'x' },
      );
      const named = parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
      expect([...read].sort()).toEqual([...named].sort());
    },
  );
});

/** A gateway whose every answer is held to the document. */
class HeldGateway extends PureGateway {
  readonly answered = new Set<string>();
  count = 0;

  override call(call: VectorCall, withCredentials = true): PlayedAnswer {
    const answer = super.call(call, withCredentials);
    const settings = { ...DEFAULT_SETTINGS, ...this.org.settings };
    // The document speaks for one setting of the switches.
    const isStandard = JSON.stringify({ ...settings, zone: '' }) === JSON.stringify({ ...DEFAULT_SETTINGS, zone: '' });
    const [method = '', path = ''] = call.endpoint.split(' ');
    if (!withCredentials || findRoute(method, path) === null) return answer;
    const operation = operationOf(isStandard ? operations : operationsOf(documentOf(settings)), call.endpoint);
    const held = isStandard ? schemas : new DocumentSchemas(documentOf(settings));
    expect(held.answer(operation, answer.status, answer.body), `${call.endpoint} ${JSON.stringify(answer)}`).toEqual(
      [],
    );
    expect(operation.statuses, call.endpoint).toContain(String(answer.status));
    this.count += 1;
    const name = operation.operationId.replace(/\d$/, '');
    const known = declaredOf(DESCRIPTIONS[name as EndpointName]);
    for (const code of codesIn(answer.body)) {
      if (isStandard) expect(known, `${call.endpoint} ${JSON.stringify(answer)}`).toContain(code);
      this.answered.add(`${name} ${code}`);
    }
    return answer;
  }
}

const declaredOf = ({ codes, rowCodes, warnings }: EndpointDescription): string[] => [
  ...[...codes, ...warnings].map((code) => String(typeof code === 'number' ? code : code.code)),
  ...rowCodes.map((code) => `row ${String(code)}`),
];

const documentOf = (settings: typeof DEFAULT_SETTINGS): Json => practiceDocument({ ...OPTIONS, settings });

/** Codes of the whole call, and those of single rows with `row` before them. */
function codesIn(body: unknown): string[] {
  const found: string[] = [];
  const walk = (value: unknown, isRow: boolean): void => {
    if (Array.isArray(value)) for (const each of value) walk(each, isRow);
    else if (typeof value === 'object' && value !== null) {
      const { code, error, errors, warnings, data } = value as Json;
      if (typeof code === 'number') found.push(isRow ? `row ${String(code)}` : String(code));
      if (error !== undefined) walk(error, true);
      if (errors !== undefined) walk(errors, isRow);
      if (warnings !== undefined) walk(warnings, false);
      if (data !== undefined) for (const inside of Object.values((data ?? {}) as Json)) walk(inside, true);
    }
  };
  walk(body, Array.isArray(body));
  return found;
}

test('every answer of the conformance cases and of random histories is as the document says, and each code comes up', async () => {
  const reached = new Set<string>();
  let count = 0;
  const done = (gateway: HeldGateway): void => {
    count += gateway.count;
    for (const each of gateway.answered) reached.add(each);
  };
  for (const vector of loadVectors()) {
    const gateway = new HeldGateway();
    await play(vector, gateway);
    done(gateway);
  }
  fc.assert(
    fc.property(history, ({ given, calls }) => {
      const gateway = new HeldGateway();
      gateway.give({ ...given, settings: {} });
      let seconds = FIRST_INSTANT;
      for (const { wait, call } of calls) {
        seconds += wait;
        gateway.setClock(new Date(seconds * 1000).toISOString());
        gateway.call(call);
      }
      done(gateway);
    }),
    { numRuns: 80 },
  );
  const rest = new HeldGateway();
  rest.give(GIVEN_FOR_CODES);
  let field = '';
  for (const call of CALLS_OF_CODES) {
    const { body } = rest.call(fillIn(call, { field }));
    if (call.endpoint.endsWith('/customField')) field ||= (valueAt(body, 'data.id') ?? '') as string;
  }
  done(rest);
  expect(count).toBeGreaterThan(1_000);
  const declared = Object.entries(DESCRIPTIONS).flatMap(([name, description]) =>
    declaredOf(description).map((code) => `${name} ${code}`),
  );
  expect(declared.filter((each) => !reached.has(each))).toEqual([]);
});

/** What the reader of badges asked for under each path, indices left out: the kind, and the words it takes. */
function kindsRead(bodies: readonly unknown[]): Map<string, Set<string>> {
  const kinds = new Map<string, Set<string>>();
  const note = (path: string, kind: string): void => {
    const plainPath = path.replaceAll(/\[\d+\]/g, '[]').replace(/^customFields\..*/, 'customFields.*');
    kinds.set(plainPath, (kinds.get(plainPath) ?? new Set()).add(kind));
  };
  const spies = [
    vi.spyOn(BodyReader.prototype, 'text').mockName('text'),
    vi.spyOn(BodyReader.prototype, 'flag').mockName('flag'),
    vi.spyOn(BodyReader.prototype, 'integer').mockName('integer'),
    vi.spyOn(BodyReader.prototype, 'instant').mockName('instant'),
    vi.spyOn(BodyReader.prototype, 'objects').mockName('objects'),
    vi.spyOn(BodyReader.prototype, 'object').mockName('object'),
  ];
  const members = vi.spyOn(BodyReader.prototype, 'member');
  for (const body of bodies) readBadge(body);
  for (const spy of spies) {
    for (const [, , path] of spy.mock.calls) note(path, spy.getMockName());
    spy.mockRestore();
  }
  for (const [, , path, allowed] of members.mock.calls) note(path, `one of ${[...allowed].sort().join()}`);
  members.mockRestore();
  return kinds;
}

/** The same of a schema: `text`, `integer` … by what it lets through. */
function kindsOf(schema: Json, path: string, found: Map<string, Set<string>>): void {
  const add = (kind: string): void => void found.set(path, (found.get(path) ?? new Set()).add(kind));
  const reference = schema['$ref'];
  if (typeof reference === 'string') {
    const name = reference.split('/').at(-1) ?? '';
    if (name === 'Instant') return add('instant');
    return kindsOf(((document['components'] as Json)['schemas'] as Record<string, Json>)[name] ?? {}, path, found);
  }
  for (const each of [...((schema['anyOf'] ?? []) as Json[])]) kindsOf(each, path, found);
  for (const [key, each] of Object.entries((schema['properties'] ?? {}) as Record<string, Json>)) {
    kindsOf(each, path === '' ? key : `${path}.${key}`, found);
  }
  if (schema['items'] !== undefined) kindsOf(schema['items'] as Json, `${path}[]`, found);
  const words = schema['enum'] ?? ('const' in schema ? [schema['const']] : null);
  if (Array.isArray(words)) for (const word of words) add(`word ${String(word)}`);
  else for (const type of [schema['type']].flat()) if (typeof type === 'string' && type !== 'null') add(type);
}

describe('the badge of the document', () => {
  const create = operationOf(operations, 'POST /api_gateway/v1/badges/badgeMeta');
  const bodies = fc.sample(arbitraryOf(create.body ?? {}, document), { numRuns: 400, seed: 1 }) as Json[];

  test('has the very fields that the reader of badges reads, and the words that each takes', () => {
    const read = kindsRead(bodies);
    const said = new Map<string, Set<string>>();
    kindsOf(create.body ?? {}, '', said);
    // A date is read with its twin, a list or an object before what is in it.
    for (const [path, kinds] of read) {
      const words = [...kinds].flatMap((kind) => (kind.startsWith('one of ') ? kind.slice(7).split(',') : []));
      const own = said.get(path) ?? new Set<string>();
      if (path.startsWith('customFields.')) continue;
      expect([...own], path).not.toEqual([]);
      for (const word of words) expect([...own], path).toContain(`word ${word}`);
      if (kinds.has('instant'))
        expect([...own, ...(said.get(`${path}ISO`) ?? [])], path).toEqual(['instant', 'instant']);
      if (kinds.has('flag')) expect([...own], path).toEqual(['boolean']);
      if (kinds.has('integer')) expect([...own].sort(), path).toEqual(['integer', 'string']);
      if (kinds.has('text')) expect([...own].sort(), path).toEqual(['boolean', 'number', 'string']);
    }
    const unread = [...said.keys()].filter(
      (path) => path !== '' && !read.has(path) && !read.has(path.replace(/ISO$/, '')) && !path.endsWith('[]'),
    );
    // Its elements are.
    expect(unread).toEqual(['ownership.restrictedToOwners']);
  });

  test('is what the reader takes: a body that the schema allows has nothing unreadable', () => {
    const allowed = bodies.filter((body) => schemas.body(create, body).length === 0);
    expect(allowed.length).toBeGreaterThan(100);
    for (const body of allowed) {
      const wrong = readBadge(body).issues.filter(({ stage }) => stage === 'unreadable' || stage === 'crash');
      expect(wrong, JSON.stringify(body)).toEqual([]);
    }
  });
});
