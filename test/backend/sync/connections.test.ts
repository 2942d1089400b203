/** Connections without a network: what is kept, what is refused, and what a test of one says. */
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Outcome } from '../../../electron/backend/sync/client/answers';
import type { GatewayClient, GatewayRequest } from '../../../electron/backend/sync/client/gateway-client';
import type { OrgSession, OrgSessions } from '../../../electron/backend/sync/client/org-sessions';
import { testConnection } from '../../../electron/backend/sync/connections/connection-test';
import { connectionsHandlers } from '../../../electron/backend/sync/connections/handlers';
import type { SyncContext } from '../../../electron/backend/sync/context';
import { contract, type Input, type Output } from '../../../shared/ipc/contract';
import { Failure } from '../../../shared/ipc/errors';
import type { ConnectionInput } from '../../../shared/ipc/sync-contract';
import { instantOf, SECOND } from '../../../shared/domain/instant';
import { inEnglish } from '../../../shared/words/english';
import { message } from '../../../shared/words/message';
import { DIRECTLY } from '../network/directly';
import { testWorkspace } from '../../db/workspace/open-workspace';
import { hostileGateway } from './hostile-gateway';

type Name =
  | 'connections.list'
  | 'connections.save'
  | 'connections.delete'
  | 'connections.test'
  | 'connections.unlock'
  | 'connections.lock';

const ORG: ConnectionInput = {
  ...{ name: ' Acme ', baseUrl: 'https://acme.example/', kind: 'test', timeZone: 'Europe/Berlin' },
  ...{ chunkSize: 100, parallel: 2, perSecond: 10 },
} as ConnectionInput;
const BASIC = { kind: 'basic' as const, user: 'somebody', password: 'geheim' };

async function opened() {
  const { workspace } = { workspace: (await testWorkspace()).current };
  const kept = new Map<string, Uint8Array>();
  const log: string[] = [];
  const sessions = new Map<number, OrgSession>();
  const unfinished = new Set<number>();
  let chance = 0;
  const context = {
    workspace,
    secrets: {
      placeOf: (id: string) => Promise.resolve(kept.has(id) ? 'keychain' : 'none'),
      hasKeychain: () => Promise.resolve(false),
      put: (id: string, secret: Uint8Array) => Promise.resolve(void kept.set(id, secret)),
      forget: (id: string) => Promise.resolve(void kept.delete(id)),
      take: (id: string) => Promise.resolve(kept.get(id)?.slice() ?? null),
    },
    randomBytes: (length: number) => Buffer.alloc(length, (chance += 1)),
    beforeDeletion: () => Promise.resolve(void log.push('backup')),
    ...{ now: () => instantOf('2026-05-04T09:30:00Z'), network: DIRECTLY },
    times: { exchange: { connect: 500, idle: 500, total: 900 }, backoff: { first: 0, most: 0 }, quiet: 0 },
  } as unknown as SyncContext;
  const of = ({ key }: { key: number }): OrgSession => {
    const session = sessions.get(key) ?? ({ state: 'unknown', isUnlocked: false } as OrgSession);
    sessions.set(key, session);
    return session;
  };
  const handlers = connectionsHandlers(
    context,
    {
      of,
      drop: (key: number) => void (log.push(`drop ${String(key)}`), sessions.delete(key)),
    } as unknown as OrgSessions,
    {
      hasUnfinished: (key) => unfinished.has(key),
      pauseAll: (key, note) => Promise.resolve(void log.push(`pause ${String(key)}: ${note}`)),
      forgetDraft: (key) => void log.push(`forget ${String(key)}`),
    },
    { leaving: () => undefined, arrived: () => undefined },
  );
  const call = async <N extends Name>(name: N, input: Input<N>): Promise<Output<N>> => {
    const parsed: unknown = contract[name].input.parse(input);
    return (handlers[name] as (given: unknown) => Promise<Output<N>>)(parsed);
  };
  const save = (changes: Partial<ConnectionInput> = {}, more: Partial<Input<'connections.save'>> = {}) =>
    call('connections.save', { connection: { ...ORG, ...changes }, credentials: BASIC, ...more });
  return { workspace, kept, log, unfinished, call, save, of };
}
async function failed(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'it did not fail',
    (error: unknown) => (error instanceof Failure ? `${error.code}: ${error.message}` : String(error)),
  );
}

describe('a connection', () => {
  test('is kept tidied, with its credentials in the keeper alone', async () => {
    const { save, call, kept } = await opened();
    const saved = await save();
    expect(saved).toEqual({
      ...{ id: 1, name: 'Acme', baseUrl: 'https://acme.example', kind: 'test', timeZone: 'Europe/Berlin' },
      ...{ chunkSize: 100, parallel: 2, perSecond: 10, auth: 'basic', account: 'som…', lastPulledOn: null },
      ...{ secret: 'keychain', writable: true, state: 'unknown' },
    });
    expect([...kept.keys()]).toEqual(['01'.repeat(12)]);
    expect(await call('connections.list', {})).toEqual({ connections: [saved], keychain: 'none' });
    const changed = await save({ perSecond: 7 }, { id: 1, credentials: undefined });
    expect(changed).toMatchObject({ perSecond: 7, account: 'som…', auth: 'basic' });
    expect([...kept.keys()]).toEqual(['01'.repeat(12)]);
    const again = await save({}, { id: 1, credentials: { kind: 'oauth', key: 'k', secret: 's' } });
    expect(again).toMatchObject({ auth: 'oauth', account: 'k…' });
    expect([...kept.keys()]).toEqual(['02'.repeat(12)]);
  });

  test('that moves to another address loses its credentials', async () => {
    const { save, kept, unfinished, log } = await opened();
    await save();
    const moved = await save({ baseUrl: 'https://other.example' }, { id: 1, credentials: undefined });
    expect([moved.secret, [...kept.keys()], log]).toEqual(['none', [], ['drop 1', 'drop 1']]);
    unfinished.add(1);
    expect(await failed(save({ baseUrl: 'https://third.example' }, { id: 1 }))).toBe(
      'conflict: A live job over Acme is not over, so its address stays. Nothing was saved; cancel the job first.',
    );
    expect(await failed(save({ baseUrl: 'https://other.example' }, { id: 1 }))).toBe('it did not fail');
  });

  test('is refused with the reason', async () => {
    const { save } = await opened();
    await save();
    const said = [
      await failed(save({ name: '  ' })),
      await failed(save({ name: 'Acme' })),
      await failed(save({ name: 'New', timeZone: 'Mars/Phobos' })),
      await failed(save({ name: 'New', baseUrl: 'http://acme.example' })),
      await failed(save({ name: 'New' }, { credentials: undefined })),
      await failed(save({ name: 'Acme' }, { id: 1 })),
    ];
    await expect(`${said.join('\n')}\n`).toMatchFileSnapshot('./records/connections.txt');
  });

  test('to production does not lose its guard unless its name is typed', async () => {
    const { save } = await opened();
    await save({ kind: 'production' });
    const said: string[] = [];
    const attempts: [Partial<ConnectionInput>, Partial<Input<'connections.save'>>][] = [
      [{}, { id: 1 }],
      [{ kind: 'practice' }, { id: 1 }],
      [{ name: 'Second' }, {}],
      [{ name: 'Second' }, { typedName: 'Second' }],
      [{ name: 'Elsewhere', baseUrl: 'https://other.example' }, {}],
      [{ name: 'Second' }, { typedName: 'Acme' }],
      [{ name: 'Second', perSecond: 3 }, { id: 3 }],
      [{ name: 'Elsewhere', baseUrl: 'https://acme.example' }, { id: 2 }],
      [{}, { id: 1, typedName: 'Acme' }],
    ];
    for (const [changes, more] of attempts) said.push(await failed(save(changes, more)));
    await expect(`${said.join('\n')}\n`).toMatchFileSnapshot('./records/guards.txt');
  });

  test('is deleted with all that was kept of it, after a backup, and not while a job needs it', async () => {
    const { save, call, kept, unfinished, log, workspace } = await opened();
    await save();
    unfinished.add(1);
    expect(await failed(call('connections.delete', { id: 1 }))).toMatch(/^conflict: .*Acme/);
    unfinished.clear();
    expect(await call('connections.delete', { id: 1 })).toEqual({ deleted: true });
    expect([kept.size, log, workspace.connections.list()]).toEqual([0, ['drop 1', 'backup', 'drop 1', 'forget 1'], []]);
    expect(await call('connections.delete', { id: 1 })).toEqual({ deleted: false });
  });

  test('to production is unlocked by its name, and locked with its jobs', async () => {
    const { save, call, log } = await opened();
    await save({ kind: 'production' });
    await save({ name: 'Test', baseUrl: 'https://test.example' });
    expect(await failed(call('connections.unlock', { id: 1, typedName: 'acme' }))).toMatch(/^invalid-input: .*Acme/);
    expect(await call('connections.unlock', { id: 1, typedName: 'Acme' })).toMatchObject({ writable: true });
    log.length = 0;
    expect(await call('connections.lock', { id: 1 })).toMatchObject({ writable: false });
    expect(log).toEqual([`pause 1: ${inEnglish(message('jobs.orgLocked'))}`]);
    expect(await call('connections.lock', { id: 2 })).toMatchObject({ writable: true });
    expect(log).toHaveLength(1);
  });

  test('is tried with the credentials that were entered for its address, and with no others', async () => {
    const gateway = await hostileGateway((_request, response) => {
      response.writeHead(500);
      response.end();
    });
    onTestFinished(() => gateway.stop());
    const { call, save } = await opened();
    await save({ baseUrl: gateway.url });
    const sent = async (input: Input<'connections.test'>): Promise<(string | undefined)[]> => {
      gateway.seen.length = 0;
      await call('connections.test', input);
      return [...new Set(gateway.seen.filter(({ url }) => url !== '/').map(({ headers }) => headers.authorization))];
    };
    const here = { ...ORG, baseUrl: gateway.url };
    const [kept] = await sent({ id: 1, connection: here });
    expect(kept).toMatch(/^Basic /);
    const [other] = await sent({ connection: here, credentials: { ...BASIC, user: 'another' } });
    expect(other).toMatch(/^Basic /);
    expect(other).not.toBe(kept);
    expect(
      await sent({ id: 1, connection: { ...here, baseUrl: gateway.url.replace('127.0.0.1', 'localhost') } }),
    ).toEqual([]);
    expect(await failed(call('connections.test', { credentials: BASIC }))).toMatch(/^invalid-input: /);
  });
});

test('a test says what it shows: the badges that are there, clocks that differ, and what is no gateway', async () => {
  const now = instantOf('2026-05-04T09:30:00Z');
  const list = (total: number): Outcome => ({
    ...{ kind: 'success', status: 200, text: '' },
    data: { metaBasicDetails: [], pagination: { page: 0, total, totalPages: 1 } },
  });
  const sentence = message('org.lessOften', { host: 'acme.example' });
  const said: string[] = [];
  const requests: string[] = [];
  const look = async (name: string, outcome: Outcome, skew: number | null = 0): Promise<void> => {
    const client = {
      org: { connectionKey: 1, name: 'Acme', baseUrl: 'http://127.0.0.1:9' },
      send: (request: GatewayRequest) => {
        requests.push(`${request.method} ${request.purpose} ${request.url}`);
        return Promise.resolve({ outcome, serverSeconds: skew === null ? null : now / SECOND + skew });
      },
    } as unknown as GatewayClient;
    const { sentence: words, ...told } = await testConnection(client, {
      ...{
        network: DIRECTLY,
        now: () => now,
        times: { exchange: { idle: 500 }, backoff: { first: 0, most: 0 }, quiet: 0 },
      },
    } as unknown as SyncContext);
    said.push(`${name}: ${inEnglish(words)} ${JSON.stringify(told)}`);
  };
  await look('one badge', list(1));
  await look('no clock', list(7), null);
  for (const skew of [119, 120, -119, -120, 150, 7_139, 7_140, -7_200, 36_000.4])
    await look(`${skew} s`, list(7), skew);
  await look('another answer', { kind: 'success', status: 200, data: { a: 1 }, text: '' });
  await look('refused', { kind: 'refused', status: 400, errors: [], sentence });
  await look('unauthorized', { kind: 'unauthorized', status: 401, sentence });
  await look('throttled', { kind: 'throttled', status: 429, retryAfter: null, sentence });
  await look('nothing there', { kind: 'not-sent', status: null, fault: 'refused', sentence });
  await look('no gateway', { kind: 'unusable', status: 200, sentence });
  await look('lost', { kind: 'ambiguous', status: null, retryAfter: null, isAnswer: false, sentence });
  expect(new Set(requests).size).toBe(1);
  await expect(`${requests[0] ?? ''}\n${said.join('\n')}\n`).toMatchFileSnapshot('./records/connection-tests.txt');
});
