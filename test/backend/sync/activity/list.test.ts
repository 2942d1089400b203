/** What the page asks of Activity, on a real list of calls: what it offers to choose from, and what it shows of one. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { LedgerAnswer, LedgerRequest } from '../../../../db/workspace/ledger';
import { activityHandlers } from '../../../../electron/backend/sync/activity/handlers';
import { shareExchanges } from '../../../../electron/backend/sync/activity/share';
import { writePushPack } from '../../../../electron/backend/sync/audit/push-pack';
import type { SyncContext } from '../../../../electron/backend/sync/context';
import { temporaryFolder } from '../../../db/temporary-folder';
import { NOW, testWorkspace, type TestWorkspace } from '../../../db/workspace/open-workspace';
import { liveBody } from '../practice-org';

const BASE = 'https://acme.example/below/api_gateway/v1/badges';
const REQUEST: LedgerRequest = {
  ...{ connectionKey: 1, connectionName: 'Acme', purpose: 'update', badgeId: null, jobKey: null, method: 'PUT' },
  ...{ url: `${BASE}/badgeMeta`, headers: [], body: '{"a":1}', sentOn: NOW },
};
const ANSWER: LedgerAnswer = {
  ...{
    outcome: 'answered',
    answeredOn: NOW + 1_000,
    status: 200,
    codes: [],
    sentence: 'Done.',
    headers: [],
    body: '{}',
  },
};
const ALL = { connectionKey: null, search: '', outcomes: [] };
const ASKED = { search: '', outcome: [], purposes: [], kinds: [], reads: true };

let workspace: TestWorkspace;
let handlers: ReturnType<typeof activityHandlers>;
const send = (request: Partial<LedgerRequest> = {}, answer: Partial<LedgerAnswer> | null = {}): number => {
  const { ledger } = workspace.current;
  const key = ledger.begin({ ...REQUEST, ...request }, true);
  if (answer) ledger.settle(key, { ...ANSWER, ...answer }, true);
  return key;
};
beforeEach(async () => {
  workspace = await testWorkspace();
  const context = { workspace: workspace.current, files: {} } as unknown as SyncContext;
  handlers = activityHandlers(context, new AbortController().signal);
});
const list = (filter: object = {}, offset = 0, limit = 9) =>
  handlers['activity.list']({ ...ASKED, ...filter, offset, limit } as never);

describe('Activity', () => {
  test('offers the badges that requests were about, by name, and what requests were for', async () => {
    const { drafts } = workspace.current;
    const made = (name: string, id: string): string =>
      drafts.create(id, { body: JSON.stringify(liveBody({ name })), migration: true, label: 'x', now: NOW }).id;
    const [zebra, apple] = [made('Zebra', '1'.repeat(24)), made('Apple', '2'.repeat(24))];
    for (const badgeId of [zebra, apple, zebra, 'unknown-1']) send({ badgeId });
    send({ purpose: 'create', method: 'POST' });
    expect(await handlers['activity.choices'](undefined as never)).toEqual({
      badges: [
        { id: apple, name: 'Apple' },
        { id: 'unknown-1', name: 'unknown-1' },
        { id: zebra, name: 'Zebra' },
      ],
      purposes: ['create', 'update'],
    });
  });

  test('shows a line with its task, its contents, and advice for each code once', async () => {
    const id = send(
      {},
      { outcome: 'refused', status: 400, codes: [722, 722, 5], headers: [{ name: 'a', value: 'b' }] },
    );
    const entry = {
      ...{ id, connectionId: 1, taskId: expect.any(Number) as number, connectionName: 'Acme', purpose: 'update' },
      ...{ method: 'PUT', url: REQUEST.url, sentOn: NOW, answeredOn: NOW + 1_000, outcome: 'refused', status: 400 },
    };
    const { rows, total } = await list();
    expect([total, rows]).toEqual([1, [expect.objectContaining(entry)]]);
    expect(rows[0]).not.toHaveProperty('key');
    expect(await handlers['activity.get']({ id })).toMatchObject({
      entry,
      advice: [{ code: 722 }],
      ...{ requestBody: '{"a":1}', responseBody: '{}', responseHeaders: [{ name: 'a', value: 'b' }] },
    });
    expect(() => handlers['activity.get']({ id: 99 })).toThrow(expect.objectContaining({ code: 'not-found' }));
    await expect(handlers['activity.curl']({ ids: [id, 99] })).rejects.toMatchObject({ code: 'not-found' });
    const { rows: tasks } = await handlers['activity.tasks']({ ...ASKED, offset: 0, limit: 9 } as never);
    expect(tasks).toEqual([expect.objectContaining({ kind: 'push', connectionId: 1, jobId: null, refused: 1 })]);
    expect(tasks[0]).not.toHaveProperty('jobKey');
  });

  test('finds by the endpoint, wherever below its host the org lies', async () => {
    send({ url: `${BASE}/badgeMeta` });
    send({ url: 'https://acme.example/api_gateway/v1/badges/badgeMeta', method: 'POST' });
    send({ url: 'no address' });
    send({ url: 'https://acme.example/elsewhere' });
    const found = async (endpoint: string): Promise<number> => (await list({ endpoint })).total;
    const { findRoute } = await import('../../../../shared/gateway/router');
    const [update, create] = ['PUT', 'POST'].map(
      (method) => findRoute(method, '/api_gateway/v1/badges/badgeMeta')?.endpoint.name ?? '',
    ) as [string, string];
    expect([await found(update), await found(create), await found('none')]).toEqual([1, 1, 0]);
    // One whose path has the base path twice is told by the first.
    send({ url: `${BASE}/badgeMeta/x/api_gateway/v1/badges/badgeMeta` });
    expect(await found(update)).toBe(1);
  });
});

describe('sharing', () => {
  const order = (form: 'har' | 'bruno', signal = new AbortController().signal) => {
    const told: unknown[] = [];
    const file = path.join(temporaryFolder(), 'shared');
    return {
      told,
      file,
      given: { file: { path: file, name: 'mine' }, form, signal, progress: (r: unknown) => void told.push(r) },
    };
  };

  test('those of some numbers writes these alone; one that is not there is said so', async () => {
    send();
    const second = send({ purpose: 'create' });
    const { given, file } = order('har');
    expect(await shareExchanges(workspace.current.ledger, [second], given)).toBe(1);
    const { log } = JSON.parse(readFileSync(file, 'utf8')) as { log: { entries: unknown[] } };
    expect(log.entries).toHaveLength(1);
    await expect(shareExchanges(workspace.current.ledger, [second, 99], given)).rejects.toMatchObject({
      ...{ code: 'not-found', words: { key: 'activity.noSuchEntry' } },
    });
  });

  test('tells how far it is after every fifty, and stops where somebody says so', async () => {
    for (let line = 0; line < 120; line += 1) send({}, null);
    const { given, told } = order('har');
    expect(await shareExchanges(workspace.current.ledger, ALL, given)).toBe(120);
    expect(told).toEqual([
      { done: 50, total: 120 },
      { done: 100, total: 120 },
    ]);
    await expect(
      shareExchanges(workspace.current.ledger, ALL, order('har', AbortSignal.abort()).given),
    ).rejects.toMatchObject({ code: 'cancelled', words: { key: 'activity.notShared' } });
  });

  test('that cannot be written says why, by the name that people know', async () => {
    send();
    for (const form of ['har', 'bruno'] as const) {
      const { given } = order(form);
      const file = { path: path.join(temporaryFolder(), 'none', 'x'), name: 'mine.har' };
      const failed = shareExchanges(workspace.current.ledger, ALL, { ...given, file });
      await expect(failed).rejects.toThrow(form === 'har' ? /^mine\.har could not be written/ : /could not be written/);
    }
  });

  test('of too many characters is refused', async () => {
    const body = 'x'.repeat(40 * 1024 * 1024);
    for (let line = 0; line < 2; line += 1) send({ body }, null);
    await expect(shareExchanges(workspace.current.ledger, ALL, order('har').given)).rejects.toMatchObject({
      words: { key: 'activity.tooMuchToShare' },
    });
  });
});

test('a pack of a push that cannot be written says so', async () => {
  send();
  const { rows } = await handlers['activity.tasks']({ ...ASKED, offset: 0, limit: 9 } as never);
  const taken = path.join(temporaryFolder(), 'pack');
  mkdirSync(taken);
  writeFileSync(path.join(taken, 'a'), 'b');
  const told: unknown[] = [];
  const write = (target: string) =>
    writePushPack(
      { workspaceFile: workspace.file, taskKey: rows[0]?.id ?? 0, now: NOW, progress: (r) => void told.push(r) },
      { path: target, form: 'folder' },
    );
  await expect(write(path.join(taken, 'a', 'b'))).rejects.toMatchObject({ words: { key: 'audit.notPacked' } });
  expect(await write(path.join(temporaryFolder(), 'other'))).toBe(1);
  expect(told.at(-1)).toEqual({ done: 1, total: 1 });
});
