import net from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BODY_LIMIT_BYTES } from '../../../electron/backend/practice/server/request-body';
import { BODY_CALLS, placesIn, randomBody, replaceAt, undocumented, WRONG_VALUES } from './bad-bodies';
import { basic, CREDENTIALS, serve, type Served } from './serve';
import { atLength } from '../../setup/length';

const BADGE = '0000000000000000000000b1';
const BASE = '/api_gateway/v1/badges';
const headers = { authorization: basic(CREDENTIALS), 'content-type': 'application/json' };
let served: Served;

const filled = (text: string): string => text.replaceAll('{badge}', BADGE);

async function reset(): Promise<void> {
  const body = JSON.parse(filled(JSON.stringify(BODY_CALLS[1]?.body))) as unknown;
  const given = {
    now: '2026-03-10T12:00:00Z',
    tz: 'Europe/Berlin',
    badges: [{ id: BADGE, createdAt: '2025-12-01T00:00:00Z', body }],
    claims: [{ badge: BADGE, ownerType: 'Loyalty', referenceId: '626' }],
  };
  const response = await fetch(`${served.url}/__practice/given`, {
    method: 'POST',
    headers,
    body: JSON.stringify(given),
  });
  expect(await response.json()).toMatchObject({ errors: [] });
}

async function send(
  method: string,
  path: string,
  body: BodyInit,
  more: Record<string, string> = {},
): Promise<{ status: number; text: string }> {
  const response = await fetch(`${served.url}${BASE}/${filled(path)}`, {
    method,
    headers: { ...headers, ...more },
    body,
  });
  return { status: response.status, text: await response.text() };
}

/** Everything the org holds, as its own read calls tell it. */
async function everything(): Promise<string> {
  const paths = [
    `badgeMeta?size=1000`,
    `badgeMeta/${BADGE}`,
    'group',
    'customField',
    'orgMeta',
    `management/1/badge/${BADGE}`,
  ];
  const answers = await Promise.all(paths.map((path) => fetch(`${served.url}${BASE}/${path}`, { headers })));
  return JSON.stringify(await Promise.all(answers.map((answer) => answer.text())));
}

beforeAll(async () => {
  served = await serve();
  await reset();
});
afterAll(async () => {
  expect(served.failures).toEqual([]);
  await served.stop();
});

describe.each(BODY_CALLS)('$method $path', ({ method, path, body }) => {
  test('answers every wrong kind of value in every place as documented, and writes nothing when it refuses', async () => {
    await reset();
    let before = await everything();
    for (const place of placesIn(body)) {
      for (const value of WRONG_VALUES) {
        const text = filled(JSON.stringify(replaceAt(body, place, value)));
        const answer = await send(method, path, text);
        expect(undocumented(answer.status, answer.text), text).toBeNull();
        if (answer.status < 300) {
          await reset();
          before = await everything();
        }
      }
    }
    expect(await everything()).toBe(before);
  });

  test('answers random bodies as documented', async () => {
    await reset();
    const accepted = JSON.parse(filled(JSON.stringify(body))) as unknown;
    await fc.assert(
      fc.asyncProperty(randomBody(accepted), async (bytes) => {
        const answer = await send(method, path, Buffer.from(bytes));
        expect(undocumented(answer.status, answer.text)).toBeNull();
      }),
      { numRuns: atLength(20, 60) },
    );
  });

  test.each([
    { what: 'no body', text: '' },
    { what: 'half a body', text: '{"name": "x"' },
    { what: 'deep nesting', text: `${'['.repeat(100_000)}${']'.repeat(100_000)}` },
    { what: 'deep objects', text: `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}` },
    { what: 'a text of 10 MB', text: JSON.stringify('x'.repeat(10_000_000)) },
    { what: 'more than the limit', text: JSON.stringify({ name: 'x'.repeat(BODY_LIMIT_BYTES) }) },
  ])('refuses $what with 400', async ({ text }) => {
    const before = await everything();
    const answer = await send(method, path, text);
    expect([answer.status, undocumented(answer.status, answer.text)]).toEqual([400, null]);
    expect(await everything()).toBe(before);
  });

  test('refuses what is no UTF-8', async () => {
    const text = Buffer.from(filled(JSON.stringify(body)));
    const broken = Buffer.concat([
      text.subarray(0, text.length - 3),
      Buffer.from([0xc3, 0x28]),
      text.subarray(text.length - 3),
    ]);
    const answer = await send(method, path, broken);
    expect([answer.status, undocumented(answer.status, answer.text)]).toEqual([400, null]);
  });

  test('does not care about the content type', async () => {
    const answer = await send(method, path, '{"x', { 'content-type': 'application/octet-stream; charset=x' });
    expect(answer.status).toBe(400);
    expect((await send(method, path, '{"x', { 'content-type': 'nonsense' })).status).toBe(400);
  });
});

/** Sends bytes as they are and returns everything that comes back until the connection ends. */
function raw(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(served.port, '127.0.0.1', () => socket.end(bytes));
    let received = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (received += chunk));
    socket.once('close', () => resolve(received)).once('error', reject);
  });
}

test.each([
  {
    what: 'two kinds of customer identifier',
    header: 'X-CAP-CUSTOMER-IDENTIFIER: email\r\nX-CAP-CUSTOMER-IDENTIFIER: mobile',
    status: 400,
  },
  { what: 'the same header twice', header: 'X-CAP-REQUEST-ID: a\r\nX-CAP-REQUEST-ID: b', status: 200 },
  { what: 'two credentials, the first of them right', header: `Authorization: Basic AAAA`, status: 200 },
])('answers $what', async ({ header, status }) => {
  const lines = [
    `GET ${BASE}/customer/1 HTTP/1.1`,
    `Host: 127.0.0.1:${served.port}`,
    `Authorization: ${basic(CREDENTIALS)}`,
    header,
    'Connection: close',
    '',
    '',
  ];
  expect(await raw(lines.join('\r\n'))).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
});

test.each([
  'badgeMeta?page=x',
  'badgeMeta?size=0',
  'badgeMeta?startOn=yesterday',
  'badgeMeta?owner=Nobody',
  'badgeMeta?%zz=%ff',
  'customer/%ff',
  'customer/%2e%2e',
  'badgeMeta/getFixedWindowDetails',
  'management/1?sortOn=x',
  'management/99999999999999999999',
])('answers GET %s as documented', async (path) => {
  const response = await fetch(`${served.url}${BASE}/${path}`, { headers });
  expect(undocumented(response.status, await response.text())).toBeNull();
});
