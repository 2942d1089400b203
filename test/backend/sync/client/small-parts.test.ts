import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WORKSPACE } from '../../../../db/kinds';
import { migrate } from '../../../../db/migrate';
import { LedgerStore } from '../../../../db/workspace/ledger';
import type { Outcome } from '../../../../electron/backend/sync/client/answers';
import { KeptAuthorizer } from '../../../../electron/backend/sync/client/authorizer';
import {
  accountOf,
  basicHeader,
  bodyWithoutSecrets,
  fromSecret,
  toSecret,
  tokenHeader,
  withoutSecrets,
  type AuthorizationHeader,
} from '../../../../electron/backend/sync/client/credentials';
import { Exchanger } from '../../../../electron/backend/sync/client/exchange';
import {
  attempt,
  GatewayClient,
  gatewayUrl,
  readRequest,
  shownHeaders,
  type Authorizer,
  type GatewayRequest,
} from '../../../../electron/backend/sync/client/gateway-client';
import { linked } from '../../../../electron/backend/sync/client/linked-signal';
import { backoff, BACKOFF_TIMES, RateLimit } from '../../../../electron/backend/sync/client/pace';
import { readPatiently } from '../../../../electron/backend/sync/client/patient-read';
import { readStrictJson, UnreadableJson } from '../../../../electron/backend/sync/client/strict-json';
import { readBaseUrl } from '../../../../electron/backend/sync/connections/base-url';
import { SECOND } from '../../../../shared/domain/instant';
import { inEnglish } from '../../../../shared/words/english';
import { message } from '../../../../shared/words/message';
import { DIRECTLY } from '../../network/directly';
import { hostileGateway, json, type HostileGateway } from '../hostile-gateway';

describe('strict JSON', () => {
  const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
  const reasonOf = (text: string | Buffer): string => {
    try {
      return `read: ${JSON.stringify(readStrictJson(Buffer.from(text)).value)}`;
    } catch (error) {
      if (!(error instanceof UnreadableJson)) throw error;
      expect(error.message).toBe(inEnglish(error.words));
      return error.message;
    }
  };

  test.each([
    [nested(40), `read: ${nested(40)}`],
    [nested(41), 'it is nested deeper than 40 levels'],
    ['{"a":'.repeat(41), 'it is nested deeper than 40 levels'],
    [`[${nested(2)},`.repeat(20) + '1' + ']'.repeat(20), expect.stringMatching(/^read/)],
    [`[${'{},'.repeat(50)}1]`, expect.stringMatching(/^read/)],
    [`["${'['.repeat(50)}"]`, expect.stringMatching(/^read/)],
    [`["\\"${'['.repeat(50)}"]`, expect.stringMatching(/^read/)],
    [`["\\\\",${'['.repeat(40)}`, 'it is nested deeper than 40 levels'],
    [`["a\\\\\\"${'['.repeat(50)}\\\\"]`, expect.stringMatching(/^read/)],
    [`["a","\\\\",${'['.repeat(40)}`, 'it is nested deeper than 40 levels'],
    [`["${'['.repeat(50)}`, 'it is not JSON'],
    ['', 'it is not JSON'],
  ])('%s', (text, said) => {
    expect(reasonOf(text)).toEqual(said);
  });

  test('text that is not UTF-8 is none', () => {
    expect(reasonOf(Buffer.from([0x22, 0xc3, 0x22]))).toBe('it is not UTF-8 text');
    expect(readStrictJson(Buffer.from('"ü"'))).toEqual({ text: '"ü"', value: 'ü' });
  });
});

describe('credentials', () => {
  const basic = { kind: 'basic', user: 'tester', password: 'geheim' } as const;
  const oauth = { kind: 'oauth', key: 'key', secret: 'secret' } as const;

  test('come back from their bytes, which are wiped', () => {
    for (const credentials of [basic, oauth]) {
      const bytes = toSecret(credentials);
      expect(fromSecret(bytes)).toEqual(credentials);
      expect(new Set(bytes)).toEqual(new Set([0]));
    }
    const odd = new TextEncoder().encode('{"kind":"basic"}');
    expect(fromSecret(odd)).toBeNull();
    expect(new Set(odd)).toEqual(new Set([0]));
    expect(fromSecret(new TextEncoder().encode('x'))).toBeNull();
  });

  test.each([
    ['a', 'a…'],
    ['abc', 'a…'],
    ['abcd', 'ab…'],
    ['a'.repeat(18), 'aaaaaa…'],
    ['a'.repeat(60), 'aaaaaa…'],
  ])('of %s people see %s', (account, shown) => {
    expect(accountOf({ kind: 'basic', user: account, password: 'p' })).toBe(shown);
    expect(accountOf({ kind: 'oauth', key: account, secret: 's' })).toBe(shown);
  });

  test('the password goes as its MD5, and one that is one already as it is', () => {
    const saidBy = ({ value }: AuthorizationHeader): string =>
      Buffer.from(value.replace(/^Basic /, ''), 'base64').toString('utf8');
    const digest = createHash('md5').update('geheim').digest('hex');
    expect(basicHeader(basic).name).toBe('authorization');
    expect(saidBy(basicHeader(basic))).toBe(`tester:${digest}`);
    for (const given of [digest, digest.toUpperCase()]) {
      expect(saidBy(basicHeader({ user: 'tester', password: given }))).toBe(`tester:${given}`);
    }
    for (const almost of [`${digest}0`, digest.slice(1), `${digest.slice(1)}g`]) {
      expect(saidBy(basicHeader({ user: 'u', password: almost }))).not.toContain(almost);
    }
  });

  test('whatever an org echoes of them is taken out, and nothing else', () => {
    const header = basicHeader({ user: 'tester', password: 'geheim' });
    const encoded = header.value.slice('Basic '.length);
    const decoded = Buffer.from(encoded, 'base64').toString('utf8');
    const digest = decoded.slice('tester:'.length);
    expect(withoutSecrets(`a ${header.value} b ${decoded} c ${digest} d tester`, header)).toBe(
      'a Basic (secret) b (secret) c (secret) d tester',
    );
    const token = tokenHeader('to-ken');
    expect(token.name).toBe('x-cap-api-oauth-token');
    expect(withoutSecrets('to-ken to-ken x', token)).toBe('(secret) (secret) x');
    expect(withoutSecrets('to-ken', null)).toBe('to-ken');
    // A password of five characters or less would be found in words that are none of it.
    const colon = { name: 'authorization', value: `Basic ${Buffer.from('user:short').toString('base64')}` };
    expect(withoutSecrets('short user:short', colon)).toBe('short (secret)');
    const six = { name: 'authorization', value: `Basic ${Buffer.from('u:sixsix').toString('base64')}` };
    expect(withoutSecrets('sixsix', six)).toBe('(secret)');
    const body = Buffer.from('nothing of it');
    expect(bodyWithoutSecrets(body, header)).toBe(body);
    expect(bodyWithoutSecrets(body, null)).toBe(body);
    expect(bodyWithoutSecrets(Buffer.from(`{"e":"${digest}"}`), header).toString()).toBe('{"e":"(secret)"}');
  });
});

describe('pace', () => {
  test('what is waited doubles with every try, up to a most', () => {
    expect(BACKOFF_TIMES).toEqual({ first: 500, most: 60_000 });
    const waits = [0, 1, 2, 3, 6, 7, 40].map((tries) => backoff(tries, () => 0.5, BACKOFF_TIMES));
    expect(waits).toEqual([250, 500, 1_000, 2_000, 16_000, 30_000, 30_000]);
    expect(backoff(2_000, () => 0.5, { first: 1, most: 2 ** 40 })).toBe(2 ** 29);
    expect(backoff(0, () => 0.5, BACKOFF_TIMES, 100)).toBe(250);
    expect(backoff(0, () => 0, BACKOFF_TIMES)).toBe(0);
  });

  test('a bucket holds a tenth of a second, at least one, and fills evenly', () => {
    let now = 0;
    const taken = (limit: RateLimit, times: number): number[] => Array.from({ length: times }, () => limit.take());
    const twenty = new RateLimit(20, () => now);
    expect(taken(twenty, 4)).toEqual([0, 0, 50, 100]);
    now = 100;
    expect(taken(twenty, 1)).toEqual([50]);
    now = 10_000;
    expect(taken(twenty, 3)).toEqual([0, 0, 50]);
    const slow = new RateLimit(2, () => now);
    expect(taken(slow, 3)).toEqual([0, 500, 1_000]);
  });

  test('whoever was told to wait longest is waited for', () => {
    let now = 0;
    const limit = new RateLimit(1_000, () => now);
    limit.closeFor(700);
    limit.closeFor(100);
    expect(limit.take()).toBe(700);
    now = 699;
    // Each at its turn: all who waited together would else leave at once.
    expect([limit.take(), limit.take()]).toEqual([2, 3]);
    now = 900;
    limit.closeFor(50);
    expect(limit.take()).toBe(50);
  });

  test('whoever shares a rate takes turns with the others, and is closed with them', () => {
    let now = 0;
    const first = new RateLimit(20, () => now);
    const second = new RateLimit(first.shared, () => now);
    expect([first.take(), second.take(), first.take(), second.take()]).toEqual([0, 0, 50, 100]);
    now = 10_000;
    second.closeFor(300);
    expect(first.take()).toBe(300);
    now = 20_000;
    // A rate that was changed holds for all.
    first.setRate(10);
    expect([second.take(), first.take(), second.take()]).toEqual([0, 100, 200]);
  });

  test('a turn is waited for, unless nobody waits any more', async () => {
    const limit = new RateLimit(1_000, () => 0);
    const stop = new AbortController();
    limit.closeFor(3_600_000);
    const waiting = limit.turn(stop.signal);
    stop.abort();
    await waiting;
    await new RateLimit(1_000, () => 0).turn();
  });
});

test('one signal follows both', () => {
  const [page, closing] = [new AbortController(), new AbortController()];
  expect(linked(page.signal, closing.signal).aborted).toBe(false);
  const first = linked(page.signal, new AbortController().signal);
  const second = linked(new AbortController().signal, closing.signal);
  page.abort();
  expect([first.aborted, second.aborted]).toEqual([true, false]);
  closing.abort();
  expect(second.aborted).toBe(true);
  const still = new AbortController().signal;
  expect([linked(page.signal, still).aborted, linked(still, closing.signal).aborted]).toEqual([true, true]);
});

describe('an address', () => {
  const said = (text: string): string => {
    try {
      return readBaseUrl(text);
    } catch (error) {
      return (error as Error).message;
    }
  };
  test.each([
    [' https://org.example ', 'https://org.example'],
    ['https://org.example/', 'https://org.example'],
    ['HTTPS://Org.Example:8443', 'https://org.example:8443'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['http://127.0.0.1/', 'http://127.0.0.1'],
    ['http://[::1]:9', 'http://[::1]:9'],
  ])('%j is %s', (text, origin) => {
    expect(said(text)).toBe(origin);
  });
  test('what is none is refused with the reason', async () => {
    const odd = [
      ...['', 'org', 'ftp://org.example', 'file:///x', 'https://u@org.example', 'https://:p@org.example'],
      ...[
        'http://org.example',
        'http://127.example.com',
        'https://org.example/v1',
        'https://org.example?x',
        'https://o.e/#x',
      ],
    ];
    await expect(`${odd.map((text) => `${text} → ${said(text)}`).join('\n')}\n`).toMatchFileSnapshot(
      './records/addresses.txt',
    );
  });
});

const success: Outcome = { kind: 'success', status: 200, data: {}, text: '' };
const sentence = message('org.done');
describe('a patient read', () => {
  async function triesAt(...outcomes: Outcome[]): Promise<[number, string]> {
    let sent = 0;
    const client = {
      send: () => {
        const outcome = outcomes[Math.min(sent, outcomes.length - 1)];
        sent += 1;
        return Promise.resolve({ outcome });
      },
    } as unknown as GatewayClient;
    const patience = { dice: () => 0, times: { first: 0, most: 0 } };
    const { outcome } = await readPatiently(client, readRequest('read', 'http://org/'), patience);
    return [sent, outcome.kind];
  }
  const notSent = (fault: string): Outcome => ({ kind: 'not-sent', status: null, fault, sentence });
  const odd = (kind: 'throttled' | 'ambiguous'): Outcome =>
    ({ kind, status: 500, retryAfter: null, isAnswer: false, sentence }) as Outcome;

  test('what may pass is asked six times in all', async () => {
    for (const outcome of [
      odd('throttled'),
      odd('ambiguous'),
      notSent('reset'),
      notSent('timeout'),
      notSent('token'),
    ]) {
      expect(await triesAt(outcome)).toEqual([6, outcome.kind]);
      expect(await triesAt(outcome, outcome, success)).toEqual([3, 'success']);
    }
  });

  test('what does not pass is told at once', async () => {
    const others: Outcome[] = [
      success,
      { kind: 'refused', status: 400, errors: [], sentence },
      { kind: 'unauthorized', status: 401, sentence },
      { kind: 'unusable', status: 200, sentence },
      ...['refused', 'name-not-found', 'cancelled', 'certificate'].map(notSent),
    ];
    for (const outcome of others) expect(await triesAt(outcome, success)).toEqual([1, outcome.kind]);
  });

  test('who stops waits no more', async () => {
    const stop = new AbortController();
    let sent = 0;
    const client = {
      send: () => {
        sent += 1;
        stop.abort();
        return Promise.resolve({ outcome: odd('throttled') });
      },
    } as unknown as GatewayClient;
    const patience = { dice: () => 0, times: { first: 0, most: 0 } };
    await readPatiently(client, readRequest('read', 'http://org/'), patience, stop.signal);
    expect(sent).toBe(1);
  });
});

function memoryLedger(): LedgerStore {
  const connection = new Database(':memory:');
  migrate(connection, WORKSPACE.migrations, WORKSPACE.applicationId);
  return new LedgerStore(connection);
}

async function gatewayFor(answer: Parameters<typeof hostileGateway>[0]): Promise<HostileGateway> {
  const gateway = await hostileGateway(answer);
  onTestFinished(() => gateway.stop());
  return gateway;
}

function exchangerFor(): Exchanger {
  const exchanger = new Exchanger(2, DIRECTLY, { connect: 2_000, idle: 2_000, total: 5_000 });
  onTestFinished(() => exchanger.close());
  return exchanger;
}

const HEADER: AuthorizationHeader = {
  name: 'authorization',
  value: `Basic ${Buffer.from('user:password').toString('base64')}`,
};

describe('a request to a gateway', () => {
  const org = { connectionKey: 7, name: 'Org', baseUrl: '' };
  const fixed = (header: AuthorizationHeader | null, rejected: unknown[] = []): Authorizer => ({
    authorize: () => Promise.resolve({ ok: true, header }),
    rejected: (given) => void rejected.push(given),
  });

  test('has an address whose parts are encoded', () => {
    const at = { baseUrl: 'https://org.example' };
    expect(gatewayUrl(at, ['a b', 'c/d'])).toMatch(/^https:\/\/org\.example\/.*\/a%20b\/c%2Fd$/);
    expect(gatewayUrl(at, ['x'], { page: '0', name: 'a&b' })).toMatch(/\/x\?page=0&name=a%26b$/);
  });

  test('leaves with its headers and body, and what comes back is kept without secrets', async () => {
    let received = '';
    const gateway = await gatewayFor((request, response) => {
      request.on('data', (chunk: Buffer) => (received += chunk.toString()));
      request.on('end', () => {
        response.setHeader('date', 'Wed, 21 Oct 2015 07:28:00 GMT');
        response.setHeader('set-cookie', 'session=1');
        response.setHeader('x-echo', HEADER.value);
        json(response, { data: { echo: 'user:password' }, errors: [] });
      });
    });
    const rejected: unknown[] = [];
    const request: GatewayRequest = {
      ...{ purpose: 'update', method: 'PUT', url: `${gateway.url}/x`, body: '{"a":1}', isWrite: true },
      ...{ headers: [{ name: 'Content-Type', value: 'application/json' }], badgeId: 'b', jobKey: 3 },
    };
    const done = await attempt(exchangerFor(), fixed(HEADER, rejected), request, () => 5 * SECOND);
    expect(received).toBe('{"a":1}');
    expect(gateway.seen[0]).toMatchObject({
      method: 'PUT',
      headers: {
        ...{ accept: 'application/json', 'accept-encoding': 'identity', 'content-type': 'application/json' },
        ...{ authorization: HEADER.value, 'content-length': '7' },
      },
    });
    expect(done).toMatchObject({
      outcome: { kind: 'success', data: { echo: '(secret)' } },
      serverSeconds: 1_445_412_480,
      hadToken: false,
      answer: { outcome: 'answered', answeredOn: 5 * SECOND, status: 200, codes: [], sentence: 'Done.' },
    });
    expect(done.answer.body).toBe('{"data":{"echo":"(secret)"},"errors":[]}');
    const shown = Object.fromEntries(done.answer.headers.map(({ name, value }) => [name.toLowerCase(), value]));
    expect([shown['set-cookie'], shown['x-echo']]).toEqual(['(not kept)', 'Basic (secret)']);
    expect(rejected).toEqual([]);
    expect(shownHeaders(request)).toEqual([
      { name: 'Authorization', value: '(added when sent)' },
      { name: 'Accept', value: 'application/json' },
      { name: 'Accept-Encoding', value: 'identity' },
      { name: 'Content-Type', value: 'application/json' },
    ]);
  });

  test.each([
    [200, { data: 1, errors: [] }, 'answered', []],
    [
      400,
      {
        data: null,
        errors: [
          { code: 810, message: 'No' },
          { code: 811, message: 'No' },
        ],
      },
      'refused',
      [810, 811],
    ],
    [401, {}, 'refused', []],
    [429, {}, 'refused', []],
    [500, {}, 'unknown', []],
  ])('%i is kept as it was', async (status, body, outcome, codes) => {
    const gateway = await gatewayFor((_request, response) => json(response, body, status));
    const request = { ...readRequest('read', gateway.url, 'badge'), isWrite: true };
    const done = await attempt(exchangerFor(), fixed(tokenHeader('token-1')), request, () => 1);
    expect(done.answer).toMatchObject({ outcome, codes, status, body: JSON.stringify(body) });
    expect(done.hadToken).toBe(true);
  });

  test('what is no answer of a gateway to a read has failed', async () => {
    const gateway = await gatewayFor((_request, response) => json(response, '<html>'));
    const done = await attempt(exchangerFor(), fixed(null), readRequest('read', gateway.url), () => 1);
    expect([done.outcome.kind, done.answer.outcome, done.answer.body]).toEqual(['unusable', 'failed', '<html>']);
    expect(done.hadToken).toBe(false);
  });

  test('a list may be longer than anything else', async () => {
    const megabyte = 1024 * 1024;
    let sizes = 0;
    const gateway = await gatewayFor((_request, response) => {
      response.writeHead(200, { 'content-length': String(sizes) });
      response.flushHeaders();
      response.destroy();
    });
    const isTooLarge = async (request: GatewayRequest, bytes: number): Promise<boolean> => {
      sizes = bytes;
      const { outcome } = await attempt(exchangerFor(), fixed(null), request, () => 1);
      return outcome.kind === 'unusable' && inEnglish(outcome.sentence).includes('is larger than');
    };
    const [read, list] = ['read', 'list'].map((purpose) => readRequest(purpose, gateway.url)) as [
      GatewayRequest,
      GatewayRequest,
    ];
    const ofJob = { ...read, jobKey: 1 };
    const found: boolean[] = [];
    for (const [request, bytes] of [
      ...(
        [
          [read, 20],
          [list, 64],
          [ofJob, 64],
        ] as const
      ).flatMap(([request, size]) => [[request, size * megabyte] as const, [request, size * megabyte + 1] as const]),
    ]) {
      found.push(await isTooLarge(request, bytes));
    }
    expect(found).toEqual([false, true, false, true, false, true]);
  });

  test('an answer of many megabytes is kept with its beginning', async () => {
    const most = 4 * 1024 * 1024;
    const gateway = await gatewayFor((_request, response) => json(response, 'x'.repeat(most + 2)));
    const { answer } = await attempt(exchangerFor(), fixed(null), readRequest('read', gateway.url), () => 1);
    expect(answer.body?.slice(most)).toBe('\n(the first 4,194,304 of 4,194,306 characters)');
    const whole = await gatewayFor((_request, response) => json(response, 'x'.repeat(most)));
    const kept = await attempt(exchangerFor(), fixed(null), readRequest('read', whole.url), () => 1);
    expect(kept.answer.body).toHaveLength(most);
  });

  test('without credentials nothing is sent, and one who waits for them is not kept waiting', async () => {
    const gateway = await gatewayFor((_request, response) => json(response, {}));
    const missing: Outcome = {
      kind: 'unauthorized',
      status: 0,
      sentence: message('org.credentialsNotKept', { name: 'X' }),
    };
    const authorizer: Authorizer = {
      authorize: () => Promise.resolve({ ok: false, outcome: missing }),
      rejected: () => undefined,
    };
    const done = await attempt(exchangerFor(), authorizer, readRequest('read', gateway.url), () => 1);
    expect(done).toMatchObject({
      ...{ outcome: missing, serverSeconds: null, hadToken: false },
      answer: { outcome: 'failed', answeredOn: null, status: null, codes: [], headers: [], body: null },
    });
    expect(done.answer.sentence).toMatch(/^The credentials of X are not kept/);
    const never: Authorizer = { authorize: () => new Promise(() => undefined), rejected: () => undefined };
    for (const isEarly of [true, false]) {
      const stop = new AbortController();
      if (isEarly) stop.abort();
      const waiting = attempt(exchangerFor(), never, readRequest('read', gateway.url), () => 1, stop.signal);
      stop.abort();
      expect((await waiting).outcome).toMatchObject({ kind: 'not-sent', fault: 'cancelled' });
    }
    expect(gateway.seen).toEqual([]);
  });

  test('is in the list of calls before it leaves, waits for its turn, and a 401 is tried once more', async () => {
    const statuses = [401, 401, 403, 200];
    const gateway = await gatewayFor((_request, response) =>
      json(response, { data: 1, errors: [] }, statuses.shift() ?? 200),
    );
    const ledger = memoryLedger();
    const [turns, seen, rejected]: [string[], string[], unknown[]] = [[], [], []];
    const client = new GatewayClient({
      ...{
        org: { ...org, baseUrl: gateway.url },
        exchanger: exchangerFor(),
        authorizer: fixed(HEADER, rejected),
        ledger,
      },
      now: () => 9 * SECOND,
      turn: () => Promise.resolve(void turns.push(`turn ${String(gateway.seen.length)}`)),
      seen: ({ kind }) => void seen.push(kind),
    });
    const send = () => client.send(readRequest('read', `${gateway.url}/badge`, 'b1'));
    expect((await send()).outcome).toMatchObject({ kind: 'unauthorized', status: 401 });
    expect(gateway.seen).toHaveLength(2);
    expect((await send()).outcome).toMatchObject({ kind: 'unauthorized', status: 403 });
    expect(gateway.seen).toHaveLength(3);
    expect((await send()).outcome.kind).toBe('success');
    expect(turns).toEqual(['turn 0', 'turn 1', 'turn 2', 'turn 3']);
    expect(seen).toEqual(['unauthorized', 'unauthorized', 'unauthorized', 'success']);
    expect(rejected).toEqual([HEADER, HEADER, HEADER]);
    const { total, lines } = ledger.list({ connectionKey: 7, search: '', outcomes: [] }, 0, 10);
    expect(total).toBe(4);
    expect(lines[0]).toMatchObject({
      ...{ connectionName: 'Org', purpose: 'read', method: 'GET', url: `${gateway.url}/badge`, sentOn: 9 * SECOND },
      ...{ outcome: 'answered', status: 200 },
    });
    expect(ledger.contents(lines[0]?.key ?? 0).requestHeaders).toHaveLength(3);
  });
});

describe('a token', () => {
  async function signIn(answer: Parameters<typeof hostileGateway>[0]) {
    const gateway = await gatewayFor(answer);
    const ledger = memoryLedger();
    let secret: Uint8Array | null = toSecret({ kind: 'oauth', key: 'the-key', secret: 'the-secret' });
    const authorizer = new KeptAuthorizer({
      org: { connectionKey: 1, name: 'Org', baseUrl: gateway.url },
      ...{ exchanger: exchangerFor(), ledger, now: () => 3 * SECOND },
      takeSecret: () => Promise.resolve(secret?.slice() ?? null),
    });
    const lines = () => ledger.list({ connectionKey: null, search: '', outcomes: [] }, 0, 10).lines;
    return { gateway, ledger, authorizer, lines, forget: () => (secret = null) };
  }
  const token = { data: { accessToken: 'token-1', ttlSeconds: 3_600 }, errors: [] };

  test('is asked for with key and secret, and neither is kept', async () => {
    let received = '';
    const { gateway, ledger, authorizer, lines } = await signIn((request, response) => {
      request.on('data', (chunk: Buffer) => (received += chunk.toString()));
      request.on('end', () => json(response, token));
    });
    expect(await authorizer.authorize()).toEqual({
      ok: true,
      header: { name: 'x-cap-api-oauth-token', value: 'token-1' },
    });
    expect(JSON.parse(received)).toEqual({ key: 'the-key', secret: 'the-secret' });
    expect(gateway.seen).toMatchObject([
      { method: 'POST', headers: { accept: 'application/json', 'content-type': 'application/json' } },
    ]);
    const [line] = lines();
    expect(line).toMatchObject({
      ...{ purpose: 'token', method: 'POST', outcome: 'answered', status: 200, sentence: 'Got a token.' },
      ...{ sentOn: 3 * SECOND, answeredOn: 3 * SECOND, codes: [], connectionName: 'Org' },
    });
    const contents = ledger.contents(line?.key ?? 0);
    expect(JSON.stringify(contents)).not.toMatch(/the-secret|token-1/);
    expect([contents.requestBody, contents.responseBody]).toEqual(['(key and secret, not kept)', '(not kept)']);
  });

  test('is shared by all that need it at once, and taken until it is rejected', async () => {
    const { gateway, authorizer } = await signIn((_request, response) => json(response, token));
    const [first] = await Promise.all([authorizer.authorize(), authorizer.authorize(), authorizer.authorize()]);
    await authorizer.authorize();
    expect(gateway.seen).toHaveLength(1);
    authorizer.rejected({ name: 'x-cap-api-oauth-token', value: 'another' });
    authorizer.rejected(null);
    await authorizer.authorize();
    expect(gateway.seen).toHaveLength(1);
    authorizer.rejected(first?.ok ? first.header : null);
    await authorizer.authorize();
    expect(gateway.seen).toHaveLength(2);
  });

  test('that does not come is said in words, and is asked for again', async () => {
    const answers: [number, unknown][] = [
      [401, 'the-secret'],
      [400, { data: null, errors: [{ code: 1, message: 'the-secret' }] }],
      [429, ''],
      [500, 'the-secret'],
      [200, '<html>'],
      [200, { data: { accessToken: 'x' }, errors: [] }],
    ];
    let next = -1;
    const { authorizer, lines, forget, gateway } = await signIn((request, response) => {
      if (next === answers.length) {
        request.socket.destroy();
        return;
      }
      const [status, body] = answers[next] ?? [0, ''];
      json(response, body, status);
    });
    const told: string[] = [];
    for (next = 0; next <= answers.length; next += 1) {
      const done = await authorizer.authorize();
      if (done.ok || done.outcome.kind === 'success') throw new Error('It is no token.');
      const [line] = lines();
      const { kind, status } = done.outcome;
      const said = inEnglish(done.outcome.sentence).replaceAll(new URL(gateway.url).host, 'HOST');
      told.push(
        `${kind} ${String(status)}: ${said} · ${line?.outcome ?? ''} ${String(line?.status)} ${String(line?.answeredOn)}`,
      );
      expect(line?.sentence).not.toContain('the-secret');
    }
    const [lost, ...others] = lines();
    expect([lost?.answeredOn, lost?.status, others.every(({ answeredOn }) => answeredOn === 3 * SECOND)]).toEqual([
      ...[null, null, true],
    ]);
    forget();
    const none = await authorizer.authorize();
    told.push(
      none.ok || none.outcome.kind === 'success' ? '' : `${none.outcome.kind}: ${inEnglish(none.outcome.sentence)}`,
    );
    await expect(`${told.join('\n')}\n`).toMatchFileSnapshot('./records/tokens.txt');
    expect(gateway.seen).toHaveLength(answers.length + 1);
  });
});
