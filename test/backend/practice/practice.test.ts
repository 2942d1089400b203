import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { Output } from '../../../shared/ipc/contract';
import type { PracticeFault, PracticeReport, PracticeState } from '../../../shared/ipc/practice-contract';
import { CancelSource } from '../../../shared/ipc/cancel';
import { practiceFileOf } from '../../../db/kinds';
import { testBackend, type TestBackend } from '../open-backend';
import { badgeBody } from '../../domain/badge-bodies';

const BADGES = '/api_gateway/v1/badges';
const BADGE = badgeBody({ name: 'Ten visits', startOn: '2020-01-01T00:00:00Z', expiresOn: '2999-12-31T00:00:00Z' });
const RULE: PracticeFault = {
  isOn: true,
  fault: '429',
  route: 'earn',
  share: 1,
  after: 0,
  milliseconds: 1_000,
  retryAfterSeconds: 7,
};

/** Any HTTP client: knows the address and the credentials, and nothing of Laurel. */
class Client {
  readonly #state: PracticeState;
  requestId = 0;

  constructor(state: PracticeState) {
    this.#state = state;
  }

  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    const { url, credentials } = this.#state;
    const pair = Buffer.from(`${credentials?.user ?? ''}:${credentials?.password ?? ''}`).toString('base64');
    return fetch(`${url ?? ''}${path}`, {
      method,
      headers: { authorization: `Basic ${pair}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  }

  /** A badge in the past, claimed for Loyalty 626. */
  async makeBadge(name = 'Ten visits'): Promise<string> {
    const created = await this.send(
      'POST',
      `${BADGES}/badgeMeta`,
      { ...BADGE, name },
      { 'X-CAP-BADGES-MIGRATION': 'MIGRATION' },
    );
    const { data } = (await created.json()) as { data: { id: string } };
    await this.send('POST', `${BADGES}/badgeMeta/${data.id}/claim`, { ownerType: 'Loyalty', referenceId: '626' });
    return data.id;
  }

  async award(badgeMetaId: string, customerId: number): Promise<Response> {
    this.requestId += 1;
    return this.send('POST', `${BADGES}/customer/earn`, {
      requestId: `request-${this.requestId}`,
      triggeredBy: { ownerType: 'Loyalty', referenceId: '626' },
      customerId,
      badgeMetaId,
    });
  }
}

interface Watch {
  reports: PracticeReport[];
  leave(): Promise<void>;
}

function watch(backend: TestBackend): Watch {
  const reports: PracticeReport[] = [];
  const source = new CancelSource();
  const done = Promise.resolve(
    backend.backend.handlers['practice.watch'](
      {},
      { signal: source.signal, progress: (report) => reports.push(report) },
    ),
  );
  const leave = async (): Promise<void> => {
    source.cancel();
    await done;
  };
  onTestFinished(leave);
  return { reports, leave };
}

async function started(backend: TestBackend): Promise<{ state: PracticeState; client: Client }> {
  const state = await backend.call('practice.start', {});
  return { state, client: new Client(state) };
}

const eventually = async <T>(read: () => T | undefined): Promise<T> => {
  for (let attempt = 0; attempt < 1_000; attempt += 1) {
    const value = read();
    if (value !== undefined) return value;
    await wait(20);
  }
  throw new Error('It never came.');
};

test('it does not run until it is started, answers with credentials of its own, and stops', async () => {
  const backend = await testBackend();
  expect(await backend.call('practice.get', {})).toMatchObject({ phase: 'stopped', url: null, credentials: null });
  const { state, client } = await started(backend);
  expect(state).toMatchObject({ phase: 'running', startedOn: backend.now, isKept: true, failure: null });
  expect(state.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect((await client.send('GET', `${BADGES}/badgeMeta`)).status).toBe(200);
  expect((await fetch(`${state.url ?? ''}${BADGES}/badgeMeta`)).status).toBe(401);
  expect(await backend.call('practice.stop', {})).toMatchObject({ phase: 'stopped', url: null, credentials: null });
  await expect(client.send('GET', `${BADGES}/badgeMeta`)).rejects.toThrow();

  const again = await backend.call('practice.start', {});
  expect([again.url, again.credentials]).toEqual([state.url, state.credentials]);
});

test('a watcher sees the phases, the calls with codes and faults, and the totals', async () => {
  const backend = await testBackend();
  const { reports } = watch(backend);
  expect(reports).toHaveLength(1);
  const { client } = await started(backend);
  const id = await client.makeBadge();
  expect((await client.award(id, 1)).status).toBe(200);
  await client.send('POST', `${BADGES}/badgeMeta`, { ...BADGE, startOn: 'never' });
  await eventually(() => reports.find((report) => report.traffic?.answered === 4));

  expect(reports.flatMap((report) => report.state?.phase ?? [])).toEqual(['stopped', 'starting', 'running']);
  const calls = reports.flatMap((report) => report.traffic?.calls ?? []);
  expect(calls.map(({ id: number, method, endpoint, status }) => [number, method, endpoint, status])).toEqual([
    [1, 'POST', 'createBadge', 201],
    [2, 'POST', 'claim', 200],
    [3, 'POST', 'earn', 200],
    [4, 'POST', 'createBadge', 400],
  ]);
  expect(calls[3]?.codes.length).toBeGreaterThan(0);
  expect(reports.at(-1)?.traffic?.totals).toEqual({ badges: 1, claims: 1, enrolments: 0, awards: 1 });

  const late = watch(backend);
  expect(late.reports[0]?.traffic?.calls).toHaveLength(4);
});

test('a call can be opened with its request and answer, and never shows what proves who called', async () => {
  const backend = await testBackend();
  const { client, state } = await started(backend);
  const id = await client.makeBadge();
  await client.award(id, 4711);
  const detail = await backend.call('practice.call', { id: 3 });
  expect(detail).toMatchObject({ target: `${BADGES}/customer/earn`, call: { endpoint: 'earn', status: 200 } });
  expect(JSON.parse(detail.requestBody.text ?? '')).toMatchObject({ customerId: 4711, badgeMetaId: id });
  expect(JSON.parse(detail.answer?.body.text ?? '')).toMatchObject({ errors: [] });
  const shown = JSON.stringify(detail);
  expect(shown).toContain(`user ${state.credentials?.user ?? '?'}`);
  expect(shown).not.toContain(state.credentials?.password);
  await expect(backend.call('practice.call', { id: 99 })).rejects.toMatchObject({ code: 'not-found' });
});

test('badges, claims, enrolments and awards can be read page by page', async () => {
  const backend = await testBackend();
  const { client } = await started(backend);
  const first = await client.makeBadge('First');
  const second = await client.makeBadge('Second');
  for (const customer of [1, 2, 3]) await client.award(first, customer);
  await client.award(second, 1);

  const badges = await backend.call('practice.badges', {});
  expect(badges.rows.map(({ name, earnedCount, activeClaims }) => [name, earnedCount, activeClaims])).toEqual([
    ['Second', 1, 1],
    ['First', 3, 1],
  ]);
  expect(await backend.call('practice.badges', { search: 'fIR' })).toMatchObject({ total: 1 });
  expect(await backend.call('practice.badge', { id: first })).toMatchObject({
    badge: { name: 'First', status: 'LIVE', startOn: 1577836800000000 },
    claims: [{ ownerType: 'Loyalty', referenceId: '626', isActive: true }],
  });

  const awards = await backend.call('practice.records', { kind: 'award', badgeId: first, limit: 2 });
  expect(awards.total).toBe(3);
  expect(awards.rows.map(({ customerId, badgeName }) => [customerId, badgeName])).toEqual([
    [3, 'First'],
    [2, 'First'],
  ]);
  const ofOne = await backend.call('practice.records', { kind: 'award', customerId: 1 });
  expect(ofOne).toMatchObject({ total: 2 });
  expect(ofOne.rows[0]).toMatchObject({ badgeName: 'Second', ownerType: 'Loyalty', referenceId: '626' });
  expect(await backend.call('practice.records', { kind: 'enrolment' })).toMatchObject({ total: 0, rows: [] });

  // The id shown is the one that callers know.
  const revoke = await client.send('POST', `${BADGES}/customer/revokeEarn`, {
    customerId: 1,
    badgeMetaId: second,
    earnedBadgeId: ofOne.rows[0]?.id,
  });
  expect(revoke.status).toBe(200);
  const revoked = await backend.call('practice.records', { kind: 'award', badgeId: second });
  expect(revoked.rows.map(({ revokedOn }) => revokedOn !== null)).toEqual([true]);
  await expect(backend.call('practice.badge', { id: 'f'.repeat(24) })).rejects.toMatchObject({ code: 'not-found' });
});

test('kept data is there after a restart of Laurel; what lives in memory is forgotten; reset empties it', async () => {
  const backend = await testBackend();
  let { client } = await started(backend);
  const id = await client.makeBadge();
  await client.award(id, 1);
  await backend.restart();
  expect(await backend.call('practice.get', {})).toMatchObject({ phase: 'stopped' });
  ({ client } = await started(backend));
  expect(await backend.call('practice.records', { kind: 'award' })).toMatchObject({ total: 1 });

  await backend.call('practice.reset', {});
  expect(await backend.call('practice.badges', {})).toMatchObject({ total: 0 });
  await client.makeBadge();
  await backend.call('practice.stop', {});
  const file = practiceFileOf(backend.workspacePath);
  expect(existsSync(file)).toBe(true);
  expect((await backend.call('practice.get', {})).storedBytes).toBeGreaterThan(0);
  expect((await backend.call('practice.reset', {})).storedBytes).toBeNull();
  expect(existsSync(file)).toBe(false);

  await backend.call('practice.configure', { options: { keepsData: false } });
  ({ client } = await started(backend));
  await client.makeBadge();
  await backend.call('practice.stop', {});
  expect(existsSync(file)).toBe(false);
  await started(backend);
  expect(await backend.call('practice.badges', {})).toMatchObject({ total: 0 });
});

test('zone, switches and faults hold from the next call on and are kept for the next start', async () => {
  const backend = await testBackend();
  const { reports } = watch(backend);
  let { client } = await started(backend);
  const id = await client.makeBadge();
  const { options } = await backend.call('practice.get', {});
  const create = (name: string) => client.send('POST', `${BADGES}/badgeMeta`, { ...BADGE, name });
  expect((await create('Past')).status).toBe(400);
  await backend.call('practice.configure', {
    options: {
      timeZone: 'Asia/Tokyo',
      switches: { ...options.switches, allowPastStart: true },
      faults: { seed: 3, rules: [RULE, { ...RULE, isOn: false, fault: '500' }] },
    },
  });
  expect((await create('Past')).status).toBe(201);
  const limited = await client.award(id, 1);
  expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7']);
  await eventually(() => reports.find((report) => report.traffic?.faults[0]?.struck === 1));
  expect(reports.at(-1)?.traffic?.faults).toEqual([{ met: 1, struck: 1 }]);
  expect(reports.at(-1)?.traffic?.calls.at(-1)).toMatchObject({ fault: '429', status: 429 });

  await backend.restart();
  const kept = await backend.call('practice.get', {});
  expect(kept.options).toMatchObject({ timeZone: 'Asia/Tokyo', switches: { allowPastStart: true } });
  expect(kept.options.faults.rules.map((rule) => rule.isOn)).toEqual([true, false]);
  ({ client } = await started(backend));
  expect((await client.award(id, 1)).status).toBe(429);
  await backend.call('practice.configure', { options: { faults: { seed: 3, rules: [] } } });
  expect((await client.award(id, 1)).status).toBe(200);
});

test('an unknown time zone is refused and changes nothing', async () => {
  const backend = await testBackend();
  await expect(
    backend.call('practice.configure', { options: { timeZone: 'Mars/Olympus', port: 4_000 } }),
  ).rejects.toMatchObject({ code: 'invalid-input' });
  expect((await backend.call('practice.get', {})).options).toMatchObject({ timeZone: 'UTC', port: 0 });
});

test('a taken port is said plainly, and another one works at once', async () => {
  const other = createServer();
  const port = await new Promise<number>((resolve) => {
    other.listen(0, '127.0.0.1', () => resolve((other.address() as { port: number }).port));
  });
  onTestFinished(() => void other.close());
  const backend = await testBackend();
  await backend.call('practice.configure', { options: { port } });
  const refused = expect(backend.call('practice.start', {})).rejects;
  await refused.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining(`Port ${port} is taken`) as string,
  });
  expect(await backend.call('practice.get', {})).toMatchObject({ phase: 'stopped', url: null });
  await backend.call('practice.configure', { options: { port: 0 } });
  expect(await backend.call('practice.start', {})).toMatchObject({ phase: 'running' });
});

test('without credentials every program may call', async () => {
  const backend = await testBackend();
  await backend.call('practice.configure', { options: { asksCredentials: false } });
  const { state } = await started(backend);
  expect(state.credentials).toBeNull();
  expect((await fetch(`${state.url ?? ''}${BADGES}/badgeMeta`)).status).toBe(200);
});

test('the calls under way are answered when Laurel quits, without their asked-for delay', async () => {
  const backend = await testBackend();
  const { reports } = watch(backend);
  const { client } = await started(backend);
  await backend.call('practice.configure', {
    options: {
      faults: {
        seed: 1,
        rules: [{ ...RULE, route: 'listBadges', fault: 'latency', milliseconds: 600_000 }],
      },
    },
  });
  const slow = client.send('GET', `${BADGES}/badgeMeta`);
  // Each call that is answered brings news of the faults, too.
  while (!reports.some((report) => report.traffic?.faults[0]?.struck === 1)) {
    await client.send('GET', `${BADGES}/orgMeta`);
    await wait(50);
  }
  await backend.close();
  expect((await slow).status).toBe(200);
});

test('starting twice is starting once, and nothing can be asked of an org that does not run', async () => {
  const backend = await testBackend();
  const [one, two]: Output<'practice.start'>[] = await Promise.all([
    backend.call('practice.start', {}),
    backend.call('practice.start', {}),
  ]);
  expect(one?.url).toBe(two?.url);
  await backend.call('practice.stop', {});
  await expect(backend.call('practice.badges', {})).rejects.toMatchObject({ code: 'not-found' });
});
