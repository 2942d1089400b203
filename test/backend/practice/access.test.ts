import { createHash } from 'node:crypto';
import http from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { basic, CREDENTIALS, serve, type Served } from './serve';
import { badgeBody } from '../../domain/badge-bodies';

const LIST = '/api_gateway/v1/badges/badgeMeta';
const UNAUTHORIZED = { data: null, errors: [{ code: 401, message: 'Unauthorized', reference: null }], warnings: null };
let served: Served | undefined;
afterEach(async () => {
  await served?.stop();
  expect(served?.failures).toEqual([]);
});

async function ask(
  path: string,
  headers: Record<string, string>,
  init: RequestInit = {},
): Promise<{ status: number; body: unknown }> {
  const response = await fetch((served?.url ?? '') + path, { ...init, headers });
  return { status: response.status, body: (await response.json()) as unknown };
}

/** A request whose Host header is not the address it goes to. */
function askAs(host: string | null): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = http.request(
      {
        port: served?.port,
        path: LIST,
        headers: { ...(host === null ? {} : { host }), authorization: basic(CREDENTIALS) },
        setHost: host !== null,
      },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    );
    request.once('error', reject).end();
  });
}

describe('credentials', () => {
  test('Basic with the password, and with its MD5 in any case', async () => {
    served = await serve();
    const md5 = createHash('md5').update(CREDENTIALS.password).digest('hex');
    for (const password of [CREDENTIALS.password, md5, md5.toUpperCase()]) {
      expect((await ask(LIST, { authorization: basic({ ...CREDENTIALS, password }) })).status).toBe(200);
    }
    expect((await ask(LIST, { authorization: basic(CREDENTIALS).replace('Basic', 'basic') })).status).toBe(200);
  });

  test.each([
    {},
    { authorization: basic({ user: 'tester', password: 'other' }) },
    { authorization: basic({ user: 'other', password: CREDENTIALS.password }) },
    { authorization: basic({ user: 'tester', password: '' }) },
    { authorization: 'Basic' },
    { authorization: 'Basic !!!' },
    { authorization: `Bearer ${basic(CREDENTIALS).slice(6)}` },
    { 'x-cap-api-oauth-token': 'nothing' },
    // A wrong token is not made good by a right password.
    { 'x-cap-api-oauth-token': 'nothing', authorization: basic(CREDENTIALS) },
  ])('401 for %o', async (headers) => {
    served = await serve();
    expect(await ask(LIST, headers as Record<string, string>)).toEqual({ status: 401, body: UNAUTHORIZED });
    expect((await ask('/no/such/path', headers as Record<string, string>)).status).toBe(401);
    expect((await ask('/__practice/clock', headers as Record<string, string>, { method: 'PUT' })).status).toBe(401);
  });

  test('an empty header beside the right proof says nothing', async () => {
    served = await serve();
    const authorization = basic(CREDENTIALS);
    expect((await ask(LIST, { authorization, 'x-cap-api-oauth-token': '' })).status).toBe(200);
    expect((await ask(LIST, { authorization, 'x-cap-api-oauth-token': '  ' })).status).toBe(200);
    expect((await ask(LIST, { 'x-cap-api-oauth-token': '' })).status).toBe(401);
    const issued = await ask(
      '/v3/oauth/token/generate',
      {},
      {
        method: 'POST',
        body: JSON.stringify({ key: CREDENTIALS.user, secret: CREDENTIALS.password }),
      },
    );
    const token = (issued.body as { data: { accessToken: string } }).data.accessToken;
    expect((await ask(LIST, { authorization: '', 'x-cap-api-oauth-token': token })).status).toBe(200);
  });

  test('a token opens until it expires by the clock of the org', async () => {
    served = await serve();
    const generate = (body: unknown): ReturnType<typeof ask> =>
      ask('/v3/oauth/token/generate', {}, { method: 'POST', body: JSON.stringify(body) });
    const { status, body } = await generate({ key: CREDENTIALS.user, secret: CREDENTIALS.password });
    expect([status, body]).toEqual([
      200,
      { data: { accessToken: expect.stringMatching(/^[\w-]{32}$/), ttlSeconds: 3600 } },
    ]);
    const token = (body as { data: { accessToken: string } }).data.accessToken;
    expect((await ask(LIST, { 'x-cap-api-oauth-token': token })).status).toBe(200);
    const setClock = (now: string): ReturnType<typeof ask> =>
      ask('/__practice/clock', { authorization: basic(CREDENTIALS) }, { method: 'PUT', body: JSON.stringify({ now }) });
    await setClock('2026-03-10T12:59:59Z');
    expect((await ask(LIST, { 'x-cap-api-oauth-token': token })).status).toBe(200);
    await setClock('2026-03-10T13:00:00Z');
    expect((await ask(LIST, { 'x-cap-api-oauth-token': token })).status).toBe(401);
    for (const wrong of [
      {},
      [],
      null,
      { key: CREDENTIALS.user },
      { key: CREDENTIALS.user, secret: 'x' },
      { key: 1, secret: 2 },
    ]) {
      expect((await generate(wrong)).status, JSON.stringify(wrong)).toBe(
        wrong !== null && !Array.isArray(wrong) ? 401 : 400,
      );
    }
  });

  test('without credentials everybody may call', async () => {
    served = await serve({ credentials: null });
    expect((await ask(LIST, {})).status).toBe(200);
  });
});

describe('the Host header', () => {
  test('names this machine and port, or the request is refused', async () => {
    served = await serve();
    const { port } = served;
    expect(await askAs(`127.0.0.1:${port}`)).toBe(200);
    expect(await askAs(`LOCALHOST:${port}`)).toBe(200);
    expect(await askAs('localhost')).toBe(200);
    expect(await askAs(`evil.example:${port}`)).toBe(403);
    expect(await askAs(`127.0.0.1.evil.example:${port}`)).toBe(403);
    expect(await askAs(`localhost:${port + 1}`)).toBe(403);
    expect(await askAs(null)).toBe(400);
  });
});

describe('the practice calls', () => {
  const headers = { authorization: basic(CREDENTIALS) };

  test('exist only while the clock stands still', async () => {
    served = await serve({ now: null });
    expect(
      (await ask('/__practice/clock', headers, { method: 'PUT', body: '{"now":"2026-01-01T00:00:00Z"}' })).status,
    ).toBe(404);
    expect((await ask('/__practice/given', headers, { method: 'POST', body: '{}' })).status).toBe(404);
  });

  test('a given state that the rules refuse leaves the org as it was', async () => {
    served = await serve();
    const give = (given: unknown): ReturnType<typeof ask> =>
      ask('/__practice/given', headers, { method: 'POST', body: JSON.stringify(given) });
    const body = badgeBody({ name: 'Kept', startOn: 1767225600, expiresOn: 1798675200 });
    const badge = { id: '0000000000000000000000b1', createdAt: '2025-12-01T00:00:00Z', body };
    expect((await give({ now: '2026-03-10T12:00:00Z', tz: 'Asia/Kolkata', badges: [badge] })).status).toBe(200);
    const late = { ...badge, createdAt: '2026-02-01T00:00:00Z' };
    expect(await give({ now: '2026-04-10T12:00:00Z', badges: [late] })).toMatchObject({
      status: 400,
      body: { errors: [{ code: 722 }] },
    });
    for (const wrong of [
      {},
      { now: 'x' },
      { now: '2026-01-01T00:00:00Z', tz: 'Mars/Base' },
      { now: '2026-01-01T00:00:00Z', settings: { nonsense: 1 } },
      { now: '2026-01-01T00:00:00Z', claims: [{ badge: 'x', ownerType: 'Loyalty', referenceId: '1' }] },
    ]) {
      expect((await give(wrong)).status, JSON.stringify(wrong)).toBe(400);
    }
    expect((await ask(LIST, headers)).body).toMatchObject({
      data: { metaBasicDetails: [{ name: 'Kept', startOnISO: '2026-01-01T05:30:00+05:30' }] },
    });
    expect(
      (await ask('/__practice/clock', headers, { method: 'PUT', body: '{"now":"2026-01-01T00:00:00"}' })).status,
    ).toBe(400);
  });
});
