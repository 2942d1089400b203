import type { Socket } from 'node:net';
import { gzipSync, brotliCompressSync, deflateSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { GatewayActivity } from '../../../electron/backend/practice/activity';
import { BODY_LIMIT_BYTES, BodyBudget } from '../../../electron/backend/practice/server/request-body';
import { answersIn, connect, exchangeRaw } from './raw-calls';
import { serve, type Served, type ServeOptions } from './serve';

const BASE = '/api_gateway/v1/badges';
const LIST = `${BASE}/badgeMeta`;
const GROUP = '{"name":"Sent","rank":1}';

let served: Served;
let calls: GatewayActivity[];

async function open(options: ServeOptions = {}): Promise<void> {
  calls = [];
  served = await serve({ credentials: null, onActivity: (activity) => calls.push(activity), ...options });
}
beforeEach(() => open());
afterEach(async () => {
  // Whatever was sent, the org goes on answering.
  expect((await fetch(served.url + LIST)).status).toBe(200);
  await served.stop();
  expect(served.failures).toEqual([]);
});

/** A request's text; headers after the Host. */
function request(line: string, headers: readonly string[] = [], body = ''): string {
  return [`${line} HTTP/1.1`, `Host: 127.0.0.1:${served.port}`, ...headers, '', body].join('\r\n');
}

const LAST = 'Connection: close';
const posted = (headers: readonly string[], body: string): string =>
  request(`POST ${BASE}/group`, [...headers, LAST], body);
const lengthOf = (body: string | Buffer): string => `Content-Length: ${Buffer.byteLength(body)}`;

/** The code of a refusal in the gateway's own shape; throws for any other shape. */
function refusal({ status, body }: { status: number; body: string }): { status: number; message: string } {
  const parsed = JSON.parse(body) as { data: unknown; errors: { code: number; message: string }[]; warnings: unknown };
  expect(parsed).toMatchObject({ data: null, warnings: null });
  expect(parsed.errors[0]?.code).toBe(status);
  return { status, message: parsed.errors[0]?.message ?? '' };
}

async function groups(): Promise<number> {
  const answer = (await (await fetch(`${served.url}${BASE}/group`)).json()) as { data: { content?: unknown[] } };
  return JSON.stringify(answer).split('"Sent').length - 1;
}

describe('what a web page can make a browser send', () => {
  test.each([
    ['Origin: https://evil.example'],
    ['Origin: null'],
    ['Origin: http://localhost'],
    ['Origin: http://localhost:1'],
    ['Origin: http://127.0.0.1.evil.example:PORT'],
    ['Origin: https://127.0.0.1:PORT'],
    ['Origin: http://user@127.0.0.1:PORT'],
    ['origin: http://127.0.0.1:PORT, http://evil.example'],
    ['Origin:'],
    ['Sec-Fetch-Site: cross-site'],
    ['Sec-Fetch-Site: same-site'],
    ['SEC-FETCH-SITE: Cross-Site'],
    ['Sec-Fetch-Site: none, cross-site'],
    ['Origin: http://127.0.0.1:PORT', 'Sec-Fetch-Site: same-site'],
    ['Sec-Fetch-Site: none', 'Sec-Fetch-Site: cross-site'],
    ['Origin: http://127.0.0.1:PORT', 'Origin: http://evil.example'],
  ])('is refused on every path: %s', async (...headers) => {
    const sent = headers.map((header) => header.replace('PORT', String(served.port)));
    for (const [line, body] of [
      [`POST ${BASE}/group`, GROUP],
      ['PUT /__practice/clock', '{"now":"2030-01-01T00:00:00Z"}'],
      ['POST /__practice/given', '{"now":"2030-01-01T00:00:00Z"}'],
      ['POST /v3/oauth/token/generate', '{"key":"a","secret":"b"}'],
      [`GET ${LIST}`, ''],
      [`OPTIONS ${LIST}`, ''],
    ] as const) {
      const [answer] = await exchangeRaw(served.port, request(line, [...sent, lengthOf(body), LAST], body));
      expect(refusal(answer as never), line).toMatchObject({
        status: 403,
        message: expect.stringContaining('web page'),
      });
      expect(answer?.headers['access-control-allow-origin']).toBeUndefined();
    }
    expect([await groups(), served.org.now()]).toEqual([0, served.org.now()]);
    expect(calls.filter((call) => call.status === 403)).toHaveLength(6);
  });

  test.each([
    ['Origin: http://127.0.0.1:PORT'],
    ['Origin: http://localhost:PORT', 'Sec-Fetch-Site: same-origin'],
    ['Sec-Fetch-Site: none'],
    ['Referer: https://evil.example/'],
    ['User-Agent: curl/8.5.0', 'Accept: */*'],
  ])('a program, or a page of the org itself, is served: %s', async (...headers) => {
    const sent = headers.map((header) => header.replace('PORT', String(served.port)));
    const [answer] = await exchangeRaw(served.port, posted([...sent, lengthOf(GROUP)], GROUP));
    expect([answer?.status, await groups()]).toEqual([200, 1]);
  });

  test.each([
    { hosts: ['evil.example'], status: 403 },
    { hosts: ['evil.example:PORT'], status: 403 },
    { hosts: ['127.0.0.1:1'], status: 403 },
    { hosts: ['localhost.:PORT'], status: 403 },
    { hosts: ['user@127.0.0.1:PORT'], status: 403 },
    { hosts: [''], status: 403 },
    { hosts: [], status: 400 },
    { hosts: ['127.0.0.1:PORT', 'evil.example'], status: 400 },
    { hosts: ['evil.example', '127.0.0.1:PORT'], status: 400 },
    { hosts: ['127.0.0.1:PORT', '127.0.0.1:PORT'], status: 400 },
    { hosts: ['[::1]:PORT'], status: 200 },
  ])('the Host $hosts gets $status', async ({ hosts, status }) => {
    const lines = hosts.map((host) => `Host: ${host.replace('PORT', String(served.port))}`);
    const text = [`POST ${BASE}/group HTTP/1.1`, ...lines, lengthOf(GROUP), LAST, '', GROUP].join('\r\n');
    const [answer] = await exchangeRaw(served.port, text);
    expect(answer?.status).toBe(status);
    if (status !== 200) refusal(answer as never);
    expect(await groups()).toBe(status === 200 ? 1 : 0);
  });

  test('a whole address in the request line counts as a Host', async () => {
    const [own] = await exchangeRaw(served.port, request(`GET http://127.0.0.1:${served.port}${LIST}`, [LAST]));
    const [foreign] = await exchangeRaw(served.port, request(`GET http://evil.example${LIST}`, [LAST]));
    expect([own?.status, foreign?.status]).toEqual([200, 403]);
  });
});

describe('what is no HTTP as it should be', () => {
  test.each([
    { what: 'no method', text: 'hello\r\n\r\n', status: 400 },
    { what: 'an unknown method', text: 'FROB / HTTP/1.1\r\nHost: x\r\n\r\n', status: 400 },
    { what: 'another protocol', text: 'GET / HTTX/1.1\r\n\r\n', status: 400 },
    { what: 'HTTP/2', text: 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', status: 400 },
    { what: 'TLS', text: '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', status: 400 },
    { what: 'a header without a name', text: 'GET / HTTP/1.1\r\n: x\r\n\r\n', status: 400 },
    { what: 'a NUL in a header', text: 'GET / HTTP/1.1\r\nX: a\0b\r\n\r\n', status: 400 },
    { what: 'a folded header', text: 'GET / HTTP/1.1\r\nX: a\r\n b\r\n\r\n', status: 400 },
    { what: 'a space before the colon', text: 'GET / HTTP/1.1\r\nHost : x\r\n\r\n', status: 400 },
    { what: 'bare line feeds and a control character', text: 'GET /\x01 HTTP/1.1\n\n', status: 400 },
    { what: 'a length that is none', text: 'POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n', status: 400 },
    { what: 'a huge length', text: `POST / HTTP/1.1\r\nContent-Length: ${'9'.repeat(30)}\r\n\r\n`, status: 400 },
    { what: 'two lengths', text: 'POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{', status: 400 },
    {
      what: 'a length and chunks (smuggling)',
      text: 'POST / HTTP/1.1\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n',
      status: 400,
    },
    {
      what: 'chunks that are not last',
      text: 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n',
      status: 400,
    },
    { what: 'a chunk that is none', text: 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n', status: 400 },
    { what: 'a very long address', text: `GET /${'a'.repeat(20_000)} HTTP/1.1\r\n\r\n`, status: 431 },
    { what: 'a flood of headers', text: `GET / HTTP/1.1\r\n${'a: b\r\n'.repeat(5_000)}\r\n`, status: 431 },
    { what: 'one huge header', text: `GET / HTTP/1.1\r\nCookie: ${'x'.repeat(100_000)}\r\n\r\n`, status: 431 },
    {
      what: 'huge extensions of a chunk',
      text: `POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1;${'x'.repeat(20_000)}\r\n{\r\n0\r\n\r\n`,
      status: 413,
    },
    { what: 'CONNECT', text: 'CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n', status: 405 },
    { what: 'an expectation', text: 'GET / HTTP/1.1\r\nHost: x\r\nExpect: a-miracle\r\n\r\n', status: 417 },
  ])('$what is answered in the envelope, and told', async ({ text, status }) => {
    const answers = await exchangeRaw(served.port, text);
    expect(answers.map((answer) => refusal(answer).status)).toEqual([status]);
    expect(answers[0]?.headers).toMatchObject({
      connection: 'close',
      'content-type': 'application/json; charset=utf-8',
    });
    expect(calls).toMatchObject([{ status, codes: [status], endpoint: null, fault: null }]);
  });

  test('an answer that is owed comes before the refusal of what follows it', async () => {
    const body = GROUP.replace('Sent', 'Sent first');
    const answers = await exchangeRaw(
      served.port,
      request(`POST ${BASE}/group`, [lengthOf(body)], body) + 'GARBAGE\r\n\r\n' + request(`GET ${LIST}`, [LAST]),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 400]);
    expect(answers[0]?.body).toContain('Sent first');
    expect(await groups()).toBe(1);
  });

  test('a body cut by a broken chunk writes nothing', async () => {
    const [answer] = await exchangeRaw(
      served.port,
      request(
        `POST ${BASE}/group`,
        ['Transfer-Encoding: chunked'],
        `${GROUP.length.toString(16)}\r\n${GROUP}\r\nzz\r\n`,
      ),
    );
    expect(refusal(answer as never).status).toBe(400);
    expect(await groups()).toBe(0);
    expect(calls[0]).toMatchObject({ method: 'POST', path: `${BASE}/group`, status: 400 });
    expect(calls.filter(({ path }) => path === `${BASE}/group` && calls.length > 2)).toHaveLength(0);
  });

  test.each([
    { how: 'ends', leave: (socket: Socket) => socket.destroy(), status: 400 },
    { how: 'breaks the connection', leave: (socket: Socket) => socket.resetAndDestroy(), status: null },
  ])('a caller who $how in the middle of a body is told', async ({ leave, status }) => {
    const { socket, received } = connect(served.port);
    socket.write(request(`POST ${BASE}/group`, ['Content-Length: 1000', 'Expect: 100-continue'], '{'));
    await vi.waitFor(() => expect(received()).toContain('100 Continue'));
    leave(socket);
    await vi.waitFor(() => expect(calls).toMatchObject([{ method: 'POST', path: `${BASE}/group`, status }]));
    expect(await groups()).toBe(0);
  });
});

describe('what is unusual but right', () => {
  test('pipelined requests are all answered, in their order', async () => {
    const many = Array.from({ length: 2_000 }, (_, index) => request(`GET ${BASE}/badgeMeta/${index}`));
    const answers = await exchangeRaw(served.port, many.join('') + request(`GET ${LIST}`, [LAST]));
    expect(answers).toHaveLength(2_001);
    expect(answers.at(-1)?.status).toBe(200);
  });

  test('Expect: 100-continue, chunks with extensions and trailers', async () => {
    const chunked = `5;a=b\r\n${GROUP.slice(0, 5)}\r\n${(GROUP.length - 5).toString(16)}\r\n${GROUP.slice(5)}\r\n0\r\nOrigin: x\r\nHost: y\r\n\r\n`;
    const answers = await exchangeRaw(
      served.port,
      posted(['Expect: 100-continue', 'Transfer-Encoding: chunked', 'Trailer: Origin'], chunked),
    );
    expect(answers.map(({ status }) => status)).toEqual([100, 200]);
    expect(await groups()).toBe(1);
  });

  test('an upgrade that is not taken is a plain request', async () => {
    const [answer] = await exchangeRaw(
      served.port,
      request(`GET ${LIST}`, ['Connection: Upgrade, close', 'Upgrade: websocket']),
    );
    expect(answer?.status).toBe(200);
  });

  test.each([50, 500, 1_500, 2_500])('no header is lost behind %d others', async (count) => {
    const headers = [...Array.from({ length: count }, () => 'a:'), 'Sec-Fetch-Site: cross-site', LAST];
    const [answer] = await exchangeRaw(served.port, request(`GET ${LIST}`, headers));
    expect([403, 431]).toContain(refusal(answer as never).status);
  });

  test.each([
    ['gzip', gzipSync(GROUP)],
    ['x-gzip', gzipSync(GROUP)],
    ['GZIP', gzipSync(GROUP)],
    ['deflate', deflateSync(GROUP)],
    ['br', brotliCompressSync(GROUP)],
    ['identity', Buffer.from(GROUP)],
  ])('a body packed with %s is unpacked', async (packing, body) => {
    const [answer] = await exchangeRaw(served.port, posted([`Content-Encoding: ${packing}`, lengthOf(body)], ''), body);
    expect([answer?.status, await groups()]).toEqual([200, 1]);
  });

  test.each([
    { packing: 'compress', body: Buffer.from(GROUP), status: 415, says: 'Content-Encoding compress' },
    { packing: 'gzip, gzip', body: gzipSync(gzipSync(GROUP)), status: 415, says: 'Content-Encoding' },
    { packing: 'gzip', body: Buffer.from(GROUP), status: 400, says: 'Content-Encoding' },
    { packing: 'gzip', body: gzipSync(GROUP).subarray(0, 20), status: 400, says: 'Content-Encoding' },
    {
      packing: 'gzip',
      body: gzipSync(Buffer.alloc(4 * BODY_LIMIT_BYTES, 0x20)),
      status: 400,
      says: 'larger than 16 MB',
    },
  ])(
    'a body packed with $packing that cannot be used is refused by name ($says)',
    async ({ packing, body, status, says }) => {
      const [answer] = await exchangeRaw(
        served.port,
        posted([`Content-Encoding: ${packing}`, lengthOf(body)], ''),
        body,
      );
      expect(refusal(answer as never)).toEqual({ status, message: expect.stringContaining(says) });
      if (status === 415) expect(answer?.headers['accept-encoding']).toBe('gzip, deflate, br');
      expect(await groups()).toBe(0);
    },
  );

  test('a transfer encoding that is not understood is named', async () => {
    const [answer] = await exchangeRaw(
      served.port,
      posted(['Transfer-Encoding: gzip, chunked'], '1\r\n{\r\n0\r\n\r\n'),
    );
    expect(refusal(answer as never)).toEqual({
      status: 501,
      message: expect.stringContaining('Transfer-Encoding gzip'),
    });
  });
});

describe('methods', () => {
  test('HEAD is GET without its body', async () => {
    const [head] = await exchangeRaw(served.port, request(`GET ${LIST}`, [LAST]));
    const { received, ended, socket } = connect(served.port);
    socket.write(request(`HEAD ${LIST}`, [LAST]));
    await ended;
    expect(received()).toMatch(/^HTTP\/1\.1 200 /);
    expect(received().split('\r\n\r\n')[1]).toBe('');
    expect(received().toLowerCase()).toContain(`content-length: ${head?.headers['content-length']}`);
    expect((await fetch(`${served.url}${BASE}/badgeMeta/none`, { method: 'HEAD' })).status).toBe(
      (await fetch(`${served.url}${BASE}/badgeMeta/none`)).status,
    );
  });

  test.each([
    { method: 'DELETE', path: LIST, allow: 'POST, PUT, GET, HEAD, OPTIONS' },
    { method: 'PATCH', path: `${BASE}/badgeMeta/x`, allow: 'GET, HEAD, OPTIONS' },
    { method: 'GET', path: `${BASE}/badgeMeta/customer/issueBulk/`, allow: 'POST, OPTIONS' },
    { method: 'PROPFIND', path: LIST, allow: 'POST, PUT, GET, HEAD, OPTIONS' },
    { method: 'GET', path: '/__practice/clock', allow: 'PUT, OPTIONS' },
    { method: 'GET', path: '/v3/oauth/token/generate', allow: 'POST, OPTIONS' },
  ])('$method $path is 405 with the methods there are', async ({ method, path, allow }) => {
    const [answer] = await exchangeRaw(served.port, request(`${method} ${path}`, [LAST]));
    expect(refusal(answer as never)).toMatchObject({ status: 405, message: expect.stringContaining(method) });
    expect(answer?.headers['allow']).toBe(allow);
  });

  test('OPTIONS tells them, and what no path knows is 404', async () => {
    const [known] = await exchangeRaw(served.port, request(`OPTIONS ${BASE}/orgMeta`, [LAST]));
    expect([known?.status, known?.headers['allow']]).toEqual([200, 'POST, PUT, GET, HEAD, OPTIONS']);
    for (const line of [
      'GET /',
      'POST /',
      `GET ${BASE}/nonsense`,
      'OPTIONS *',
      `DELETE ${BASE}/a/b/c/d/e`,
      'PUT /__practice/other',
    ]) {
      const [answer] = await exchangeRaw(served.port, request(line, [LAST]));
      expect(refusal(answer as never).status, line).toBe(404);
    }
  });
});

describe('callers who take their time', () => {
  const patience = { headers: 150, request: 400 };

  beforeEach(async () => {
    await served.stop();
    await open({ patience });
  });

  test.each([
    { what: 'headers', start: 'GET / HTTP/1.1\r\n', drip: 'X: y\r\n', path: '' },
    { what: 'a body', start: null, drip: ' ', path: `${BASE}/group` },
    { what: 'chunks', start: 'chunked', drip: '1\r\n \r\n', path: `${BASE}/group` },
  ])('slow $what are cut, in words', async ({ start, drip, path }) => {
    const { socket, received, ended } = connect(served.port);
    const framing = start === 'chunked' ? 'Transfer-Encoding: chunked' : 'Content-Length: 100000';
    socket.write(start?.startsWith('GET') ? start : request(`POST ${BASE}/group`, [framing]));
    const dripping = setInterval(() => socket.write(drip), 20);
    await ended;
    clearInterval(dripping);
    const [answer] = answersIn(received());
    expect(refusal(answer as never)).toEqual({
      status: 408,
      message: expect.stringMatching(/did not arrive in time.*0\.15 s.*0\.4 s/),
    });
    expect(calls).toMatchObject([{ path, status: 408 }]);
  });

  test('a connection on which nothing comes is closed without a call', async () => {
    const { received, ended } = connect(served.port);
    await ended;
    expect([received(), calls]).toEqual(['', []]);
  });
});

describe('much at once', () => {
  test('bodies beyond what may be under way are refused, and their room is given back', async () => {
    await served.stop();
    const budget = new BodyBudget(100_000);
    await open({ bodyBudget: budget });
    const body = JSON.stringify({ name: 'Sent', rank: 1, more: 'x'.repeat(150_000) });
    for (let round = 0; round < 3; round += 1) {
      const [answer] = await exchangeRaw(served.port, posted([lengthOf(body)], body));
      expect(refusal(answer as never)).toEqual({ status: 503, message: expect.stringContaining('Send it again') });
    }
    const half = connect(served.port);
    half.socket.write(request(`POST ${BASE}/group`, ['Content-Length: 90000'], 'x'.repeat(80_000)));
    await vi.waitFor(() => expect(budget.bytes).toBe(80_000));
    const small = JSON.stringify({ name: 'Sent', rank: 1, more: 'x'.repeat(30_000) });
    const [refused] = await exchangeRaw(served.port, posted([lengthOf(small)], small));
    expect(refused?.status).toBe(503);
    half.socket.destroy();
    await vi.waitFor(async () => {
      const [taken] = await exchangeRaw(served.port, posted([lengthOf(small)], small));
      expect(taken?.status).toBe(200);
    });
  });

  test.each([
    {
      what: '40,000 customers',
      body: { customers: Array.from({ length: 40_000 }, (_, index) => ({ customerId: index })) },
    },
    {
      what: '100,000 keys',
      body: Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`key${index}`, index])),
    },
    { what: '40,000 limits', body: { name: 'x', customerConstraints: Array.from({ length: 40_000 }, () => ({})) } },
    { what: '100,000 tags', body: { name: 'x', tags: Array.from({ length: 100_000 }, (_, index) => `t${index}`) } },
    {
      what: 'names of an object’s own parts',
      body: JSON.parse('{"__proto__":{"a":1},"constructor":1,"toString":null}') as object,
    },
  ])('$what in one body are answered on every path that takes one', async ({ body }) => {
    const text = JSON.stringify(body);
    for (const path of [
      'customer/earn',
      'customer/earnBulk',
      'badgeMeta/customer/issueBulk',
      'import/customerBadges',
      'badgeMeta',
      'group',
      'customField',
      'orgMeta',
    ]) {
      const response = await fetch(`${served.url}${BASE}/${path}`, { method: 'POST', body: text });
      const { errors } = (await response.json()) as { errors: { code: number }[] };
      // The live org's own crash where a date is missing is the one documented 500.
      if (response.status >= 500) expect(errors, path).toMatchObject([{ code: 999999 }]);
    }
    expect(Math.max(...calls.map(({ codes }) => codes.length))).toBeLessThanOrEqual(50);
  });

  test.each([
    `badgeMeta?${'a['.repeat(64)}${']'.repeat(64)}=1`,
    `badgeMeta?${'size=1&'.repeat(1_000)}`,
    'badgeMeta?__proto__=1&constructor=2&toString=3',
    `customer/${'1'.repeat(10_000)}`,
    `badgeMeta/${'%F0%9F%8F%85'.repeat(500)}`,
    'a/'.repeat(5_000),
  ])('an odd address is answered: %s', async (path) => {
    const response = await fetch(`${served.url}${BASE}/${path}`);
    expect(response.status).toBeLessThan(500);
    expect(await response.json()).toHaveProperty('errors');
  });
});
