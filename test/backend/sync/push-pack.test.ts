/** The audit pack of a push, from the window and the command line, and what verify says of it. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { verifyPack } from '../../../electron/backend/sync/audit/verify';
import { askInProcess } from '../../cli/command-line';
import { laurel, type Laurel } from './laurel';
import { CREDENTIALS, startOrg, type TestOrg } from './practice-org';

const FILES = ['about.json', 'badges.json', 'changes.csv', 'manifest.json', 'readme.txt', 'requests.jsonl'];

let org: TestOrg;
let here: Laurel;
let connectionId: number;
beforeEach(async () => {
  org = await startOrg();
  here = await laurel();
  ({ id: connectionId } = await here.connect(org.url));
});
afterEach(() => org.stop());

const cli = (...args: string[]) => askInProcess(here.folder, ...args);
const read = (name: string): string => readFileSync(path.join(here.folder, 'pack', name), 'utf8');
const json = (name: string): unknown => JSON.parse(read(name));
const pushes = async () => (await here.call('activity.tasks', { kinds: ['push'] })).rows;

test('a push is packed whole: who, the badges before it, every request, each change; a changed byte is found', async () => {
  await here.call('audit.setName', { name: 'Ada Example' });
  const id = await here.draft({ name: 'Ten visits' });
  await here.push(connectionId, id);
  await here.job('sync.pull', { connectionId });
  await here.edit(id, { description: 'Ten in a row' });
  // The org has somebody else's badge of the name of the second draft: that create is refused.
  const other = await here.draft({ name: 'Taken' });
  org.call('POST', 'badgeMeta', JSON.parse((await here.call('badges.get', { id: other })).body));
  const plan = await here.call('sync.plan', { connectionId, badgeIds: [id, other] });
  const keys = plan.requests.map(({ key }) => key);
  const { results, taskId } = await here.job('sync.push', { planId: plan.planId, keys });
  expect(results.map(({ purpose, outcome }) => [purpose, outcome]).sort()).toEqual([
    ['create', 'refused'],
    ['update', 'done'],
  ]);
  const [task, first] = await pushes();
  expect(taskId).toBe(task?.id);
  const target = here.saveTarget('push.zip');
  const { rows, name } = await here.job('audit.packPush', { id: task?.id ?? 0, target: target.token });
  expect([rows, name]).toEqual([task?.requests, 'push.zip']);
  expect((await verifyPack(target.path, { aborted: false })).problems).toEqual([]);

  const listed = await cli('audit', '--workspace', 'test.laurel', '--json');
  expect(JSON.parse(listed.out)).toMatchObject({
    jobs: [],
    pushes: [
      { push: task?.id, changes: 2 },
      { push: first?.id, badges: 'Ten visits', org: 'Practice' },
    ],
  });
  const order = ['audit', '--workspace', 'test.laurel', '--push', String(task?.id), '--out', 'pack'];
  const written = await cli(...order, '--json');
  expect(JSON.parse(written.out)).toEqual({
    ...{ schema: 'laurel/audited-push@1', push: task?.id, out: 'pack', requests: rows },
  });
  expect(readdirSync(path.join(here.folder, 'pack')).sort()).toEqual(FILES);
  expect(json('about.json')).toMatchObject({
    schema: 'laurel/audit-push@1',
    who: { user: userInfo().username, name: 'Ada Example' },
    push: { org: 'Practice', badges: ['Ten visits', 'Taken'], requests: { total: rows, changes: 2, refused: 1 } },
    files: [],
  });
  const badges = json('badges.json') as { name: string; before: { badge: Record<string, unknown> } | null }[];
  expect(badges.map((badge) => [badge.name, badge.before?.badge['description']])).toEqual([
    ['Ten visits', null],
    ['Taken', undefined],
  ]);
  expect(badges[1]?.before).toBeNull();
  const requests = read('requests.jsonl')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(requests).toHaveLength(rows);
  const update = requests.find(({ purpose }) => purpose === 'update');
  expect(String(update?.['requestBody'])).toContain('Ten in a row');
  const changes = read('changes.csv').trim().split('\r\n');
  expect(changes).toHaveLength(3);
  expect(
    changes.some((line) => line.startsWith(`line ${String(update?.['line'])},`) && line.includes('Ten visits')),
  ).toBe(true);
  expect(changes.some((line) => line.includes('Taken,create,refused'))).toBe(true);
  expect(FILES.map(read).join('\n')).not.toContain(CREDENTIALS.password);

  expect((await cli('verify', 'pack')).code).toBe(0);
  const bytes = readFileSync(path.join(here.folder, 'pack', 'changes.csv'));
  bytes[bytes.length - 5]! ^= 1;
  writeFileSync(path.join(here.folder, 'pack', 'changes.csv'), bytes);
  const refused = await cli('verify', 'pack');
  expect([refused.code, refused.out]).toEqual([1, expect.stringContaining('changes.csv')]);
});

test('a push from a plan names the plan’s file, its size and its hash', async () => {
  const id = await here.draft({ name: 'Planned' });
  const plan = await here.call('sync.plan', { connectionId, badgeIds: [id] });
  const target = here.saveTarget('spring.plan.json');
  await here.call('plans.save', {
    planId: plan.planId,
    keys: plan.requests.map(({ key }) => key),
    target: target.token,
  });
  const text = readFileSync(target.path);
  const source = here.file('spring.plan.json', text);
  const opened = await here.job('plans.open', { connectionId, source });
  const { taskId } = await here.job('plans.apply', { planId: opened.plan.planId });
  const [task] = await pushes();
  expect(taskId).toBe(task?.id);
  // What is done already is sent by nobody, and is no push.
  const again = await here.job('plans.open', { connectionId, source });
  expect(await here.job('plans.apply', { planId: again.plan.planId })).toMatchObject({ results: [], taskId: null });
  expect((await cli('audit', '--workspace', 'test.laurel', '--push', String(task?.id), '--out', 'pack')).code).toBe(0);
  expect(json('about.json')).toMatchObject({
    files: [{ name: 'spring.plan.json', bytes: text.length, sha256: createHash('sha256').update(text).digest('hex') }],
  });
});

test('what is no push, or is gone, is refused in words, and nothing is written; one of an earlier Laurel says null', async () => {
  const pack = (id: number) =>
    here.job('audit.packPush', { id, target: here.saveTarget(`none-${String(id)}.zip`).token });
  await here.job('sync.pull', { connectionId });
  const pulled = (await here.call('activity.tasks', { kinds: ['pull'] })).rows[0]?.id ?? 0;
  for (const id of [pulled, 999])
    await expect(pack(id)).rejects.toMatchObject({ code: 'not-found', words: { key: 'audit.noPush' } });
  expect(readdirSync(here.folder).filter((name) => name.startsWith('none-'))).toEqual([]);
  const wrong = [
    ['--push', '1'],
    ['--push', '1', '--job', '1', '--out', 'pack'],
  ];
  for (const args of wrong) expect((await cli('audit', '--workspace', 'test.laurel', ...args)).code).toBe(2);
  await here.push(connectionId, await here.draft({ name: 'Old' }));
  const [task] = await pushes();
  const { connectDatabase } = await import('../../../db/open');
  const { WORKSPACE } = await import('../../../db/kinds');
  const database = connectDatabase(here.workspacePath, WORKSPACE, false);
  database.prepare("DELETE FROM settings WHERE name LIKE 'pushOrigin:%'").run();
  database.close();
  expect((await cli('audit', '--workspace', 'test.laurel', '--push', String(task?.id), '--out', 'pack')).code).toBe(0);
  expect(json('about.json')).toMatchObject({ who: null, files: null, push: { badges: null, about: 'Old' } });
  expect(json('badges.json')).toBeNull();
});
