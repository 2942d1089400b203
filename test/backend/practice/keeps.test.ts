import { createServer, type Server } from 'node:net';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { practiceStatesOf } from '../../../db/kinds';
import { belongsToStore } from '../../../electron/disk/store-names';
import { SessionSecrets } from '../../../electron/backend/secrets/secret-keeper';
import { rulesOfPreset } from '../../../shared/gateway/fault-presets';
import type { PracticeState } from '../../../shared/ipc/practice-contract';
import { CancelSource } from '../../../shared/ipc/cancel';
import { instantOf } from '../../../shared/domain/instant';
import { badgeBody } from '../../domain/badge-bodies';
import { temporaryFolder } from '../../db/temporary-folder';
import { testBackend, type TestBackend } from '../open-backend';
import { basic } from './serve';

const BADGES = '/api_gateway/v1/badges';
const MIGRATION = { 'X-CAP-BADGES-MIGRATION': 'migration' };
const LOYALTY = { ownerType: 'Loyalty', referenceId: '626' };

async function windowBackend(): Promise<TestBackend> {
  const backend = await testBackend();
  backend.role = 'window';
  backend.secrets = new SessionSecrets();
  await backend.restart();
  return backend;
}

async function send(state: PracticeState, method: string, place: string, body?: unknown): Promise<Response> {
  return fetch(`${state.url ?? ''}${place}`, {
    method,
    headers: {
      authorization: basic(state.credentials ?? { user: '', password: '' }),
      'content-type': 'application/json',
      ...MIGRATION,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

const makeBadge = (state: PracticeState, name: string, more: object = {}): Promise<Response> =>
  send(state, 'POST', `${BADGES}/badgeMeta`, {
    ...badgeBody({ name, startOn: '2026-01-01T00:00:00Z', expiresOn: '2999-12-31T00:00:00Z' }),
    ...more,
  });

const totals = async (backend: TestBackend): Promise<string[]> =>
  (await backend.call('practice.badges', {})).rows.map(({ name }) => name).sort();

async function takePort(port: number): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return server;
}

test('port, credentials and clock stay from start to start, and the credentials are in no file of the workspace', async () => {
  const backend = await windowBackend();
  const first = await backend.call('practice.start', {});
  expect(first.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  await backend.call('practice.stop', {});
  const second = await backend.call('practice.start', {});
  expect([second.url, second.credentials]).toEqual([first.url, first.credentials]);

  const clock = instantOf('2026-03-10T12:00:00Z');
  await backend.call('practice.configure', { options: { clock } });
  const moved = await send(second, 'PUT', '/__practice/clock', { now: '2026-04-01T00:00:00Z' });
  expect(moved.status).toBe(200);
  await vi.waitFor(async () =>
    expect((await backend.call('practice.get', {})).options.clock).toBe(instantOf('2026-04-01T00:00:00Z')),
  );

  // It ran when Laurel ended: it runs again, where it was.
  await backend.restart();
  await vi.waitFor(async () => expect((await backend.call('practice.get', {})).phase).toBe('running'));
  const third = await backend.call('practice.get', {});
  expect([third.url, third.credentials]).toEqual([first.url, first.credentials]);
  const created = (await (await makeBadge(third, 'then')).json()) as { data: { createdOnISO: string } };
  expect(created.data.createdOnISO).toBe('2026-04-01T00:00:00Z');

  await backend.call('practice.stop', {});
  await backend.restart();
  expect((await backend.call('practice.get', {})).phase).toBe('stopped');
  await backend.close();
  for (const end of ['', '-wal', '-practice']) {
    let bytes: Buffer;
    try {
      bytes = readFileSync(`${backend.workspacePath}${end}`);
    } catch {
      continue;
    }
    expect(bytes.includes(first.credentials?.password ?? 'x')).toBe(false);
  }
});

test('a command that opens the workspace starts nothing by itself', async () => {
  const backend = await windowBackend();
  await backend.call('practice.start', {});
  backend.role = 'command';
  await backend.restart();
  expect((await backend.call('practice.get', {})).phase).toBe('stopped');
});

test('where the port of last time is taken it answers at another one, says so, and comes back when it is free', async () => {
  const backend = await windowBackend();
  const first = await backend.call('practice.start', {});
  await backend.call('practice.stop', {});
  const server = await takePort(Number(new URL(first.url ?? '').port));
  const second = await backend.call('practice.start', {});
  expect(second.url).not.toBe(first.url);
  expect(second.note).toMatchObject({ key: 'practiceStates.otherPort' });
  await backend.call('practice.stop', {});
  await new Promise((resolve) => server.close(resolve));
  const third = await backend.call('practice.start', {});
  expect([third.url, third.note]).toEqual([first.url, null]);
});

test('asking for credentials off and on again makes a new pair', async () => {
  const backend = await windowBackend();
  const first = await backend.call('practice.start', {});
  await backend.call('practice.stop', {});
  await backend.call('practice.configure', { options: { asksCredentials: false } });
  expect((await backend.call('practice.start', {})).credentials).toBeNull();
  await backend.call('practice.stop', {});
  await backend.call('practice.configure', { options: { asksCredentials: true } });
  const second = await backend.call('practice.start', {});
  expect(second.credentials?.password).not.toBe(first.credentials?.password);
});

test('one click makes the connection, a second one makes none, and it pulls with the kept credentials after a restart', async () => {
  const backend = await windowBackend();
  await expect(backend.call('practice.connect', { name: 'Practice org' })).rejects.toMatchObject({ code: 'not-found' });
  const running = await backend.call('practice.start', {});
  await makeBadge(running, 'one');
  const { connectionId } = await backend.call('practice.connect', { name: 'Practice org' });
  expect(await backend.call('practice.connect', { name: 'Practice org' })).toEqual({ connectionId });
  const { connections } = await backend.call('connections.list', {});
  expect(connections).toMatchObject([
    { id: connectionId, name: 'Practice org', kind: 'practice', baseUrl: running.url },
  ]);
  await backend.restart();
  await vi.waitFor(async () => expect((await backend.call('practice.get', {})).phase).toBe('running'));
  expect(await backend.call('connections.test', { id: connectionId })).toMatchObject({ ok: true, badges: 1 });

  // Its port was taken: the connection that was made is set to the new address, and no second one appears.
  await backend.call('practice.stop', {});
  await takePort(Number(new URL(running.url ?? '').port));
  const moved = await backend.call('practice.start', {});
  expect(await backend.call('practice.connect', { name: 'Practice org' })).toEqual({ connectionId });
  expect((await backend.call('connections.list', {})).connections).toMatchObject([{ baseUrl: moved.url }]);
  expect(await backend.call('connections.test', { id: connectionId })).toMatchObject({ ok: true });
});

test('the folder of states belongs to the workspace, and moves with it', () => {
  expect(belongsToStore('w.laurel', path.basename(practiceStatesOf('/a/w.laurel')))).toBe(true);
});

test('named states are saved, restored with rules and clock, copied, given away, taken in and removed', async () => {
  const backend = await windowBackend();
  await expect(backend.call('practice.saveState', { name: 'x' })).rejects.toMatchObject({ code: 'not-found' });
  const running = await backend.call('practice.start', {});
  await makeBadge(running, 'one');
  await backend.call('practice.configure', {
    options: { clock: instantOf('2026-05-01T00:00:00Z'), timeZone: 'Asia/Kolkata' },
  });
  const { states } = await backend.call('practice.saveState', { name: 'Day one: “Äpfel” / 1' });
  expect(states).toMatchObject([{ name: 'Day one: “Äpfel” / 1', clock: instantOf('2026-05-01T00:00:00Z') }]);
  await expect(backend.call('practice.saveState', { name: ' day one: “äpfel” / 1 ' })).rejects.toMatchObject({
    code: 'conflict',
  });
  await expect(backend.call('practice.saveState', { name: '  ' })).rejects.toMatchObject({ code: 'invalid-input' });
  const id = states[0]?.id ?? '';

  await makeBadge(running, 'two');
  await backend.call('practice.configure', { options: { clock: null, timeZone: 'UTC' } });
  expect(await totals(backend)).toEqual(['one', 'two']);
  const restored = await backend.call('practice.restoreState', { id });
  expect(restored.options).toMatchObject({ timeZone: 'Asia/Kolkata', clock: instantOf('2026-05-01T00:00:00Z') });
  expect(await totals(backend)).toEqual(['one']);

  await backend.call('practice.copyState', { id, name: 'Copy' });
  const target = path.join(temporaryFolder(), 'given.practice-state.json');
  backend.backend.grantFile('out', { path: target, name: 'given.practice-state.json', bytes: 0, mode: 'write' });
  expect(await backend.call('practice.exportState', { id, target: 'out' })).toEqual({
    name: 'given.practice-state.json',
  });
  backend.backend.grantFile('in', { path: target, name: 'given.practice-state.json', bytes: 1, mode: 'read' });
  const taken = await backend.call('practice.importState', { source: 'in', name: 'Taken in' });
  expect(taken.states.map(({ name }) => name).sort()).toEqual(['Copy', 'Day one: “Äpfel” / 1', 'Taken in']);
  const other = taken.states.find(({ name }) => name === 'Taken in')?.id ?? '';

  // A stopped org is started for it, and a state that was removed is gone.
  await backend.call('practice.reset', {});
  await backend.call('practice.stop', {});
  expect((await backend.call('practice.restoreState', { id: other })).phase).toBe('running');
  expect(await totals(backend)).toEqual(['one']);
  await backend.call('practice.removeState', { id });
  await expect(backend.call('practice.restoreState', { id })).rejects.toMatchObject({ code: 'not-found' });
});

test('it is filled from a pull: badges, claims, groups and counts, and customers nobody knows', async () => {
  const live = await windowBackend();
  const source = await live.call('practice.start', {});
  const group = (await (await send(source, 'POST', `${BADGES}/group`, { name: 'Spring', rank: 3 })).json()) as {
    data: { id: string };
  };
  const made = (await (
    await makeBadge(source, 'Ten places', {
      badgeGroupId: group.data.id,
      badgeConstraints: [{ constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 10 }],
    })
  ).json()) as { data: { id: string } };
  await send(source, 'POST', `${BADGES}/badgeMeta/${made.data.id}/claim`, LOYALTY);
  const award = (state: PracticeState, customerIds: number[], requestId: string): Promise<Response> =>
    send(state, 'POST', `${BADGES}/customer/earnBulk`, {
      ...{ badgeMetaId: made.data.id, customerIds, requestId, triggeredBy: LOYALTY },
    });
  await award(source, [4711, 4712, 4713, 4714, 4715, 4716, 4717], 'r1');

  const backend = await windowBackend();
  const { id: connectionId } = await backend.call('connections.save', {
    connection: { name: 'Live', baseUrl: source.url ?? '', kind: 'test', timeZone: 'Europe/Berlin' },
    credentials: { kind: 'basic', ...(source.credentials ?? { user: '', password: '' }) },
    acceptRisk: true,
  });
  await expect(backend.call('practice.fill', { connectionId })).rejects.toMatchObject({ code: 'invalid-input' });
  await backend.backend.handlers['sync.pull'](
    { connectionId },
    { signal: new CancelSource().signal, progress: () => undefined },
  );
  const filled = await backend.call('practice.fill', { connectionId });
  expect(filled).toEqual({
    ...{ badges: 1, claims: 1, groups: 1, enrolments: 0, awards: 7, customers: 7, leftOut: 0 },
    ...{ unreadable: [], groupsUnread: null },
  });
  const state = await backend.call('practice.get', {});
  expect(state.options.timeZone).toBe('Europe/Berlin');
  const { rows } = await backend.call('practice.records', { kind: 'award' });
  expect(rows.map(({ customerId }) => customerId).filter((id) => id < 9_000_000_000)).toEqual([]);
  // The same badge, and the same three places are left.
  const answer = (await (await award(state, [1, 2, 3, 4], 'r2')).json()) as { data: { earnedCount: number } };
  expect(answer.data.earnedCount).toBe(3);
  const groups = (await (await send(state, 'GET', `${BADGES}/group`)).json()) as { data: { badgeGroups: unknown[] } };
  expect(groups.data.badgeGroups).toMatchObject([{ id: group.data.id, name: 'Spring', rank: 3 }]);

  // Without a way to the org its groups are called by their ids, and that is said.
  await live.call('practice.stop', {});
  const offline = await backend.call('practice.fill', { connectionId });
  expect(offline.groupsUnread).toMatchObject({ key: 'practiceStates.groupsUnread' });
  expect(offline.groups).toBe(1);
});

test('a preset lets a hundred calls of a minute pass and refuses the next, however they are told', async () => {
  const backend = await windowBackend();
  const rules = rulesOfPreset('rate-limit').map((rule) => ({ ...rule, isOn: true }));
  await backend.call('practice.configure', { options: { faults: { seed: 1, rules } } });
  const state = await backend.call('practice.start', {});
  const statuses: number[] = [];
  for (let turn = 0; turn < 103; turn += 1) statuses.push((await send(state, 'GET', `${BADGES}/badgeMeta`)).status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(100);
  const refused = await send(state, 'GET', `${BADGES}/badgeMeta`);
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
});
