import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { orgFileOf } from '../../../db/kinds';
import { addSyncRows } from '../../fixtures/databases/sync-rows';
import { openWorkspace } from '../../../db/workspace/workspace';
import { instantOf, SECOND } from '../../../shared/domain/instant';
import { contract, type CallName } from '../../../shared/ipc/contract';
import { claimedBadge, issue } from '../issuance/issuance-calls';
import { TestBackend } from '../open-backend';
import { inEnglish } from '../../../shared/words/english';

let model: TestBackend;
beforeAll(async () => {
  model = await makeModel();
});

/** A closed workspace with rows of every kind, and its file open for scribbling. */
function filled(): { backend: TestBackend; scribble: (sql: string) => void } {
  const backend = new TestBackend();
  onTestFinished(() => backend.close());
  copyFileSync(model.workspacePath, backend.workspacePath);
  copyFileSync(orgFileOf(model.workspacePath), orgFileOf(backend.workspacePath));
  return {
    backend,
    scribble: (sql) => {
      const connection = new Database(backend.workspacePath);
      connection.exec(sql);
      connection.close();
    },
  };
}

async function makeModel(): Promise<TestBackend> {
  const backend = new TestBackend(mkdtempSync(path.join(tmpdir(), 'laurel-test-')));
  await backend.open();
  const badgeId = await claimedBadge(backend);
  await issue(backend, { badgeId, action: 'award', to: '1\n2\nx' });
  await backend.close();
  const workspace = await openWorkspace(backend.workspacePath);
  let clock = instantOf('2026-05-04T09:00:00Z');
  addSyncRows(workspace, [badgeId], () => (clock += SECOND));
  workspace.simulations.add({
    ...{ name: 'kept', ranOn: clock, milliseconds: 1, seed: 1, engine: '1', replications: 1, events: 1, sentence: 's' },
    ...{ scenario: { schema: 'laurel/scenario@1' }, csv: null, pseudonyms: false, result: {}, answers: {} },
  });
  workspace.close();
  return backend;
}

afterAll(() => rmSync(path.dirname(model.workspacePath), { recursive: true }));

const EVERYTHING = { search: '', status: [], earnType: [], owner: [], tag: [], withProblems: false };
const BADGES = { filter: EVERYTHING, sort: { by: 'name', descending: false }, offset: 0, limit: 100 } as const;

test.each<[string, string]>([
  ['a zone that does not exist', `('zone', '"Mars/Olympus"')`],
  ['a word that only a newer version knows', `('requestIdScope', '"galaxy"')`],
  ['a number in the place of a switch', `('allowPastStart', '1')`],
  ['a status that is none', `('statusOf801', '1e99')`],
  ['a text that is no JSON', `('weeklyCycles', 'weekd')`],
])('a setting with %s is said, kept and not used', async (_, row) => {
  const { backend, scribble } = filled();
  const name = /'(\w+)'/.exec(row)?.[1] ?? '';
  scribble(`INSERT OR REPLACE INTO settings VALUES ${row}`);
  await backend.open();
  expect(backend.backend.notices.map(inEnglish)).toEqual([expect.stringContaining(`The setting “${name}” holds`)]);
  expect(await backend.call('settings.get', {})).toEqual({
    timeZone: 'UTC',
    refuseOverlappingAwards: false,
    allowPastStart: false,
  });
  const [badge] = (await backend.call('badges.list', BADGES)).rows;
  expect(
    await issue(backend, { badgeId: badge?.id ?? '', action: 'award', to: '3', requestId: 'later' }),
  ).toMatchObject({ succeeded: 1 });
  await backend.close();
  const connection = new Database(backend.workspacePath);
  expect(
    `('${name}', '${String(connection.prepare('SELECT value FROM settings WHERE name = ?').pluck().get(name))}')`,
  ).toBe(row);
  connection.close();
});

test.each<[string, string]>([
  ['tags that are no list', `UPDATE badges SET tags = '{"a":'`],
  ['an earn type of another version', `UPDATE badges SET earn_type = 'GIFT', owners = 1 << 20`],
  ['a claim of an owner of another version', `UPDATE claims SET owner_type = 'Time_Travel'`],
  ['a connection of another kind', `UPDATE connections SET kind = 'staging', auth = 'passkey', field_defaults = '[1'`],
  [
    'live badges that cannot be read',
    `UPDATE snapshots SET claims = 'x', body = 'y', meaning = '9 colour' || char(10) || '1'`,
  ],
  ['a past that cannot be read', `UPDATE links SET base_meaning = 'x'`],
  ['an outcome of another version', `UPDATE ledger SET outcome = 'postponed', codes = 'none'`],
  [
    'contents that cannot be read',
    `UPDATE ledger_contents SET request_headers = '{', response_headers = '', request_body = x'00', request_packed = 1`,
  ],
  ['a job in a state of another version', `UPDATE live_jobs SET state = 'dreaming'`],
  [
    'chunks that cannot be read',
    `UPDATE live_chunks SET state = 'dreaming', codes = '[', known = '{', records = '{', outcomes = x'ff', customers = x'00'`,
  ],
  ['results that cannot be read', `UPDATE simulations SET scenario = x'00', result = x'01', answers = x''`],
  [
    'options of the practice org that are odd',
    `INSERT OR REPLACE INTO settings VALUES ('practiceOrg', '{"port": "any"}')`,
  ],
])('%s keep nothing else from being seen, and no call ends in a fault of ours', async (_, sql) => {
  const { backend, scribble } = filled();
  // Jobs that are over are not gone on with: nothing is to be sent from here.
  scribble("UPDATE live_jobs SET state = 'done', ended_on = 1");
  scribble(sql);
  await backend.open();
  const calls: readonly (readonly [CallName, unknown])[] = [
    ['badges.list', BADGES],
    ['connections.list', {}],
    ['practice.get', {}],
    ['settings.get', {}],
  ];
  for (const [name, input] of calls) {
    expect(contract[name].input.safeParse(input).success, name).toBe(true);
    const call = backend.call as (method: CallName, given: unknown) => Promise<unknown>;
    await expect(call.call(backend, name, input), name).resolves.toBeDefined();
  }
  await backend.close();
  const workspace = await openWorkspace(backend.workspacePath);
  const { connections, snapshots, sync, ledger, liveJobs, liveRows, simulations } = workspace;
  for (const { key, kind } of connections.list()) {
    expect(['practice', 'test', 'production']).toContain(kind);
    while (sync.refresh(10) > 0);
    sync.lines(key, 'problems');
    for (const remoteId of snapshots.marks(key).keys()) snapshots.find(key, remoteId);
  }
  for (const { key } of ledger.list({ connectionKey: null, search: '', outcomes: [] }, 0, 100).lines)
    ledger.contents(key);
  for (const { key } of liveJobs.list()) {
    const { waiting, sent, unknown } = liveJobs.counts(key);
    expect(Number.isInteger(waiting + sent + unknown)).toBe(true);
    liveJobs.refusals(key);
    liveRows.page(key, { states: [], customer: '' }, 0, 100);
    for (const number of [0, 1, 2]) liveJobs.chunk(key, number);
  }
  expect(simulations.list('', 0, 10).total).toBe(1);
  expect(simulations.scenarios(10).length).toBeLessThanOrEqual(1);
  workspace.close();
});

test('a kept result that cannot be read is told in words and stays', async () => {
  const { backend, scribble } = filled();
  scribble("UPDATE simulations SET result = x'01'");
  const workspace = await openWorkspace(backend.workspacePath);
  expect(() => workspace.simulations.get(1)).toThrow(/cannot be read.*stays as it is/);
  expect(workspace.simulations.list('', 0, 10).rows).toHaveLength(1);
  workspace.close();
});

test('a job in a state that only another version knows is paused and says why', async () => {
  const { backend, scribble } = filled();
  scribble("UPDATE live_jobs SET state = 'dreaming'");
  const workspace = await openWorkspace(backend.workspacePath);
  expect(workspace.liveJobs.list().map(({ state, note }) => [state, note])).toEqual(
    [1, 2, 3].map(() => ['paused', expect.stringContaining('“dreaming”, which this version') as string]),
  );
  workspace.close();
});

test.each<[string, RegExp, string]>([
  [
    'field_defaults',
    /fills into custom fields by itself cannot be read/,
    `UPDATE connections SET field_defaults = '[1'`,
  ],
  ['claims', /^The claims of live badges? “[^]*count as none/, `UPDATE snapshots SET claims = '{'`],
  ['base_meaning', /had in common with an org at the last sync cannot be read/, `UPDATE links SET base_meaning = 'x'`],
  ['codes', /^In a live job of “.*cannot be read/, `UPDATE live_chunks SET codes = '"a"'`],
])('%s that cannot be read and decide something are said at the start, and kept', async (column, words, sql) => {
  const { backend, scribble } = filled();
  scribble("UPDATE live_jobs SET state = 'done', ended_on = 1");
  scribble(sql);
  await backend.open();
  expect(backend.backend.notices.map(inEnglish)).toContainEqual(expect.stringMatching(words));
  await backend.close();
  const connection = new Database(backend.workspacePath);
  const table = /UPDATE (\w+)/.exec(sql)?.[1] ?? '';
  const stored = /= '(.*)'$/.exec(sql)?.[1];
  expect(connection.prepare(`SELECT DISTINCT ${column} FROM ${table}`).pluck().all()).toContain(stored);
  connection.close();
});

test('an untouched store has nothing to say at the start', async () => {
  const { backend, scribble } = filled();
  scribble("UPDATE live_jobs SET state = 'done', ended_on = 1");
  await backend.open();
  expect(backend.backend.notices).toEqual([]);
});

test('calls in the ledger whose headers cannot be read say so', async () => {
  const { backend, scribble } = filled();
  scribble("UPDATE ledger_contents SET request_headers = '{'");
  const workspace = await openWorkspace(backend.workspacePath);
  const { lines } = workspace.ledger.list({ connectionKey: null, search: '', outcomes: [] }, 0, 1);
  expect(workspace.ledger.contents(lines[0]?.key ?? 0).requestHeaders).toEqual([
    { name: '(headers)', value: expect.stringContaining('cannot be read') as string },
  ]);
  workspace.close();
});

test.each(['{', '"716"', '[716, "x"]'])('codes of calls in the ledger that are stored as %s say so', async (stored) => {
  const { backend, scribble } = filled();
  scribble(`UPDATE ledger SET codes = '${stored}', sentence = 'The org refused it.'`);
  const workspace = await openWorkspace(backend.workspacePath);
  const { lines } = workspace.ledger.list({ connectionKey: null, search: '', outcomes: [] }, 0, 1);
  expect(lines[0]).toMatchObject({
    codes: [],
    sentence: 'The org refused it. Its error codes are stored in a form that cannot be read, and are kept as they are.',
  });
  workspace.close();
});

test.each(['{', '"a=b"', '[1]'])('tags of a draft in the list stored as %s are read from its text', async (stored) => {
  const backend = new TestBackend();
  onTestFinished(() => backend.close());
  await backend.open();
  const tags = [{ name: 'season', value: 'spring' }];
  await backend.call('badges.create', { body: JSON.stringify({ name: 'Tagged', tags }) });
  await backend.close();
  const connection = new Database(backend.workspacePath);
  connection.prepare('UPDATE badges SET tags = ?').run(stored);
  connection.close();
  const { list, close } = await openWorkspace(backend.workspacePath);
  const { lines } = list.page({ ...EVERYTHING, search: 'Tagged' }, BADGES.sort, 0, 1, 0);
  expect(lines[0]?.tags).toEqual(['season=spring']);
  close();
});

test('an earn type that only another version knows is shown as none', async () => {
  const { backend, scribble } = filled();
  scribble("UPDATE badges SET earn_type = 'GIFT'");
  await backend.open();
  const { rows } = await backend.call('badges.list', BADGES);
  expect(rows.map(({ earnType }) => earnType)).toEqual(rows.map(() => null));
});

test('a badge whose rules in the org file cannot be read is refused in words, kept, and the rest works', async () => {
  const { backend } = filled();
  const file = orgFileOf(backend.workspacePath);
  const connection = new Database(file);
  connection.exec(`UPDATE definitions SET definition = '{"name":'`);
  connection.close();
  await backend.open();
  expect(backend.backend.notices.map(inEnglish)).toContainEqual(
    expect.stringMatching(/^The rules of badge “Five visits”.*cannot be read/),
  );
  const [badge] = (await backend.call('badges.list', BADGES)).rows;
  const { rows } = await backend.call('requests.list', { offset: 0, limit: 10 });
  expect(rows.map(({ badgeName }) => badgeName)).toEqual(['Five visits']);
  await expect(issue(backend, { badgeId: badge?.id ?? '', action: 'award', to: '3' })).rejects.toMatchObject({
    code: 'database',
    message: expect.stringMatching(/“Five visits” are stored.*cannot be read.*kept as they are/) as string,
  });
  const other = await claimedBadge(backend, { name: 'Another' });
  expect(await issue(backend, { badgeId: other, action: 'award', to: '3' })).toMatchObject({ succeeded: 1 });
  await backend.close();
  const after = new Database(file);
  expect(after.prepare('SELECT definition FROM definitions ORDER BY key').pluck().all()[0]).toBe('{"name":');
  after.close();
});

test('a request whose refusals or errors cannot be read is still in the history', async () => {
  const { backend } = filled();
  const connection = new Database(orgFileOf(backend.workspacePath));
  connection.exec("UPDATE requests SET refusals = '[[', errors = 'x'");
  connection.close();
  await backend.open();
  expect((await backend.call('workspace.describe', {})).requests).toBe(1);
  const { rows } = await backend.call('requests.list', { offset: 0, limit: 10 });
  expect(rows).toHaveLength(1);
  // What is noted with the request is counted anew from its rows.
  expect(rows[0]?.outcomes.map(({ outcome, count }) => [outcome, count])).toEqual([
    ['ok', 2],
    ['not-a-number', 1],
  ]);
});

test('a refused request whose reasons cannot be read says so', async () => {
  const { backend } = filled();
  const connection = new Database(orgFileOf(backend.workspacePath));
  connection.exec("UPDATE requests SET errors = 'x', state = 'refused'");
  connection.close();
  await backend.open();
  const { rows } = await backend.call('requests.list', { offset: 0, limit: 10 });
  expect(inEnglish(rows[0]!.sentence)).toMatch(
    /refused as a whole: The reasons are stored in a form that cannot be read/,
  );
});
