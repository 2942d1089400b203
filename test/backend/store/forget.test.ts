/** A customer who asks for it is nowhere any more, in any byte of what a workspace keeps but its backups. */
import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inflateRawSync, inflateSync } from 'node:zlib';
import type { Database } from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ORG, orgFileOf, practiceFileOf, practiceStatesOf, WORKSPACE } from '../../../db/kinds';
import { connectDatabase, openDatabase } from '../../../db/open';
import { ensureOrg, OrgStore } from '../../../db/org/org-store';
import { takeImage } from '../../../db/org/org-image';
import { customerIdentifiers } from '../../../db/org/schema';
import { LedgerStore } from '../../../db/workspace/ledger';
import { LiveJobStore } from '../../../db/workspace/live-jobs';
import { SettingsStore } from '../../../db/workspace/settings';
import { SimulationStore } from '../../../db/workspace/simulations';
import { StateFolder } from '../../../electron/backend/practice/states/state-folder';
import { writeStateFile } from '../../../electron/backend/practice/states/state-file';
import { DAY } from '../../../shared/domain/instant';
import { DEFAULT_SETTINGS } from '../../../shared/domain/settings';
import type { ForgetLook, Forgotten } from '../../../shared/ipc/forget-contract';
import { definition } from '../../db/org/opened-org';
import { testBackend, type TestBackend } from '../open-backend';

const ID = 70_012_345_678;
const OTHER = 70_012_345_679;
const MAIL = 'canary.person@shop.example';
const never = new AbortController().signal;

function connect(file: string, kind: typeof ORG): Database {
  const connection = connectDatabase(file, kind);
  onTestFinished(() => void connection.close());
  return connection;
}

/** Two awards, an enrolment each, refusals with and without an id, and a roster. */
function fillOrg(connection: Database, now: number): OrgStore {
  const org = new OrgStore(connection, DEFAULT_SETTINGS);
  const badge = org.addBadge(definition(), now);
  const request = {
    ...{ badge, ownerType: 'Loyalty', referenceId: '1', eventDate: now, expiresOn: now + DAY, processedOn: now },
  };
  const none = { lineNumber: 1, earlierKey: null, cap: null, capCount: null };
  org.transaction(() => {
    org.openRequest({ ...request, kind: 'earnBulk', requestId: 'one' });
    org.recordAward(ID, null);
    org.recordAward(OTHER, null);
    org.recordRefusal({ outcome: 811, customerId: ID, line: null, ...none });
    org.recordRefusal({ outcome: 2, customerId: null, line: `${String(ID)};x;${MAIL}`, ...none });
    org.closeRequest();
  });
  const roster = [
    { kind: 'email' as const, value: MAIL, customerId: ID },
    { kind: 'email' as const, value: 'other@shop.example', customerId: OTHER },
  ];
  drizzle(connection).insert(customerIdentifiers).values(roster).run();
  return org;
}

const JOB = {
  ...{ uid: 'u', connectionKey: 1, connectionName: 'Test org', badgeName: 'Visitor', remoteBadgeId: 'b' },
  ...{ action: 'award' as const, ownerType: 'Loyalty', referenceId: '1', eventDate: null, source: 'a.csv' },
};

function fillWorkspace(connection: Database, now: number): { jobs: LiveJobStore; key: number } {
  const ledger = new LedgerStore(connection);
  const many = Array.from({ length: 300 }, (_, index) => ({ customerId: index === 7 ? ID : OTHER + 1 + index }));
  for (const customers of [[{ customerId: ID }, { customerId: OTHER }], many]) {
    const key = ledger.begin(
      {
        ...{ connectionKey: 1, connectionName: 'Test org', purpose: 'award', badgeId: null, jobKey: 1, method: 'POST' },
        url: `https://org.example/v1/customer/${String(ID)}?email=${encodeURIComponent(MAIL)}`,
        headers: [{ name: 'x-cap-customer-identifier', value: MAIL }],
        ...{ body: JSON.stringify({ requestId: 'r', customers }), sentOn: now },
      },
      true,
    );
    ledger.settle(
      key,
      {
        ...{ outcome: 'answered', answeredOn: now, status: 200, codes: [811], headers: [] },
        sentence: `Customer ${String(ID)} was refused`,
        body: JSON.stringify({ data: customers, message: `for ${MAIL}` }),
      },
      true,
    );
  }
  const jobs = new LiveJobStore(connection);
  const { key } = jobs.add({ ...JOB, startedOn: now });
  jobs.addChunk(key, 0, [OTHER, ID]);
  jobs.addReject(key, 2, `${String(ID)};twice`, 'named before');
  jobs.saveChunk(key, {
    ...jobs.chunk(key, 0)!,
    state: 'settled',
    outcomes: [
      { kind: 'refused', code: 1_044 },
      { kind: 'refused', code: 1_044 },
    ],
    codes: [[1_044, 2, `limit of ${String(ID)}`]],
  });
  jobs.setState(key, 'done', null, now);
  const scenario = { name: 'x', customers: { ids: [String(ID)] } };
  new SimulationStore(connection).add({
    ...{ name: `of ${String(ID)}`, ranOn: now, milliseconds: 1, seed: 1, engine: '1', replications: 1, events: 1 },
    ...{ sentence: 's', csv: `/data/${MAIL}.csv`, pseudonyms: false, scenario, result: {} },
    answers: { bad: [{ line: 3, text: `${String(ID)},no date` }] },
  });
  new SettingsStore(connection).keep('liveJobDraft:1', { pasted: `${String(ID)}\n5` });
  return { jobs, key };
}

function unpacked(bytes: Buffer): string {
  const texts = [bytes.toString('utf8')];
  for (const inflate of [inflateSync, inflateRawSync]) {
    try {
      texts.push(inflate(bytes).toString('utf8'));
    } catch {
      // Packed otherwise, or not at all.
    }
  }
  if (bytes.length % 8 === 0) for (let at = 0; at < bytes.length; at += 8) texts.push(String(bytes.readDoubleLE(at)));
  return texts.join('\n');
}

/** Every value of every table, as text. */
function dump(connection: Database): string {
  const names = connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all() as string[];
  return names
    .flatMap((name) => connection.prepare(`SELECT * FROM "${name}"`).raw().all() as unknown[][])
    .flat()
    .map((value) => (Buffer.isBuffer(value) ? unpacked(value) : String(value)))
    .join('\n');
}

/** What stands in the bytes of a file and of what SQLite keeps beside it. */
const bytesOf = (file: string): string =>
  ['', '-wal'].map((end) => (existsSync(file + end) ? readFileSync(file + end).toString('latin1') : '')).join();

interface Filled {
  backend: TestBackend;
  workspace: Database;
  org: Database;
  jobs: LiveJobStore;
  key: number;
  look(customer: string): Promise<ForgetLook>;
  run(customer: string): Promise<Forgotten>;
}

async function filled(): Promise<Filled> {
  const backend = await testBackend();
  const { workspacePath, now } = backend;
  const workspace = connect(workspacePath, WORKSPACE);
  const org = connect(orgFileOf(workspacePath), ORG);
  fillOrg(org, now);
  const { jobs, key } = fillWorkspace(workspace, now);
  const watch = { signal: never, progress: () => undefined };
  return {
    ...{ backend, workspace, org, jobs, key },
    look: async (customer) => await backend.backend.handlers['forget.look']({ customer }, watch),
    run: async (customer) => await backend.backend.handlers['forget.run']({ customer }, watch),
  };
}

const rowsOf = (look: ForgetLook): Record<string, number> =>
  Object.fromEntries(look.found.map(({ kind, rows }) => [kind, rows]));
const FOUND = { records: 1, requests: 3, ledger: 4, jobs: 2, results: 1, notes: 1 };

describe('a customer', () => {
  test('is looked for by id and by identifier alike, with nothing changed', async () => {
    const { look, workspace, org } = await filled();
    const before = [dump(workspace), dump(org)];
    const byId = await look(` ${String(ID)} `);
    expect(rowsOf(byId)).toEqual(FOUND);
    expect(byId).toMatchObject({ also: [MAIL], openJobs: [], backups: [] });
    const byMail = await look(MAIL.toUpperCase());
    expect(rowsOf(byMail)).toEqual(FOUND);
    expect(byMail.also).toContain(String(ID));
    expect([dump(workspace), dump(org)]).toEqual(before);
    expect((await look('70012345')).found).toEqual([]);
    expect((await look('nobody@shop.example')).found).toEqual([]);
  });

  test('is erased from tables of thousands of rows to the last, and is told how far that is', async () => {
    const { backend, workspace, jobs, key } = await filled();
    workspace.transaction(() => {
      for (let line = 3; line < 1_300; line += 1)
        jobs.addReject(key, line, line === 3 || line === 1_299 ? `${String(ID)};last` : `${String(OTHER)};x`, 'twice');
    })();
    const told: unknown[] = [];
    const watch = { signal: never, progress: (report: unknown) => void told.push(report) };
    await backend.backend.handlers['forget.run']({ customer: String(ID) }, watch);
    expect(dump(workspace)).not.toContain(String(ID));
    expect(dump(workspace).split(`${String(OTHER)};x`).length).toBe(1_296);
    expect(told).toContainEqual({ kind: 'jobs', rows: 500 });
    expect(told).toContainEqual({ kind: 'jobs', rows: 1_000 });
  });

  test('is erased from every table and every byte, and what counts stays counted', async () => {
    const { run, look, workspace, org, backend, jobs, key } = await filled();
    const counts = (): unknown =>
      ['awards', 'enrolments', 'refusals', 'requests'].map((name) =>
        org.prepare(`SELECT count(*) FROM ${name}`).pluck().get(),
      );
    const before = counts();
    const done = await run(String(ID));
    expect(rowsOf(done)).toEqual(FOUND);
    expect(done.standIn).toBe(-1);
    expect(counts()).toEqual(before);
    for (const text of [dump(workspace), dump(org)]) {
      expect(text).not.toContain(String(ID));
      expect(text.toLowerCase()).not.toContain('canary.person');
      expect(text).toContain(String(OTHER));
    }
    for (const file of [backend.workspacePath, orgFileOf(backend.workspacePath)])
      expect(bytesOf(file).toLowerCase()).not.toContain('canary.person');
    expect(rowsOf(await look(MAIL))).toEqual({});
    // Nobody is taken for somebody else who was forgotten.
    expect((await run(String(OTHER))).standIn).toBe(-2);
    // A stand-in is never sent.
    expect(jobs.reopenRefused(key, () => true)).toBe(0);
  });

  test('who is forgotten is not sent again, and those beside them are', async () => {
    const { run, jobs, key } = await filled();
    await run(String(ID));
    expect(jobs.reopenRefused(key, () => true)).toBe(1);
    const chunk = jobs.chunk(key, 0)!;
    expect(chunk.outcomes.map(({ kind }) => kind)).toEqual(['open', 'refused']);
    expect(chunk.codes).toEqual([[1_044, 1, 'limit of -1']]);
  });

  test('of a live job that is not over stays where they are, and so does everything else', async () => {
    const { run, look, jobs, workspace, org, backend } = await filled();
    const { key } = jobs.add({ ...JOB, startedOn: backend.now });
    jobs.addChunk(key, 0, [ID]);
    const before = [dump(workspace), dump(org)];
    expect((await look(String(ID))).openJobs).toEqual([{ badge: 'Visitor', connection: 'Test org' }]);
    await expect(run(String(ID))).rejects.toThrow('Nothing was erased');
    expect(dump(org)).toBe(before[1]);
    expect((await look(String(ID))).found).not.toEqual([]);
    jobs.setState(key, 'cancelled', null, backend.now);
    await run(String(ID));
    expect(dump(workspace)).not.toContain(String(ID));
  });

  test('is taken out of the kept practice org and its saved states', async () => {
    const { run, backend } = await filled();
    const file = practiceFileOf(backend.workspacePath);
    const { connection } = await openDatabase(file, ORG);
    ensureOrg(connection, { orgId: 7, salt: 1, createdOn: backend.now });
    fillOrg(connection, backend.now);
    const states = new StateFolder(practiceStatesOf(backend.workspacePath), (length) => new Uint8Array(length));
    const place = states.placeFor('Before Easter');
    await writeStateFile(place.file, {
      ...{ name: place.name, savedOn: backend.now, clock: null, settings: DEFAULT_SETTINGS },
      org: takeImage(connection),
    });
    connection.close();
    const done = await run(MAIL);
    expect(rowsOf(done)).toMatchObject({ practice: 4, states: 4 });
    expect(readFileSync(place.file, 'utf8')).not.toMatch(new RegExp(`${String(ID)}|canary`, 'i'));
    expect(readFileSync(place.file, 'utf8')).toContain(String(OTHER));
    expect(dump(connect(file, ORG))).not.toContain(String(ID));
  });

  test('stays in backups, which are named with how long they stay', async () => {
    const { run, look, backend } = await filled();
    const taken = await backend.backend.handlers['backups.take']({}, { signal: never, progress: () => undefined });
    const { backups } = await run(String(ID));
    const rows = Object.values(FOUND).reduce((sum, each) => sum + each, 0);
    expect(backups).toEqual([
      { id: taken.id, madeOn: taken.madeOn, occasion: 'by-hand', copyOf: null, rows, until: null },
    ]);
    expect((await look(String(ID))).found).toEqual([]);
    await backend.call('backups.delete', { id: taken.id });
    expect((await look(String(ID))).backups).toEqual([]);
  });

  test('stays in copies of single files from before an update, which are named and can be deleted', async () => {
    const { run, look, backend, org, workspace } = await filled();
    const { workspacePath } = backend;
    const names = ['', '-org', '-practice'].map((end) => `${path.basename(workspacePath)}${end}.v0001.backup`);
    const place = (name: string): string => path.join(path.dirname(workspacePath), name);
    await workspace.backup(place(names[0]!));
    await org.backup(place(names[1]!));
    writeFileSync(place(names[2]!), 'no database');
    for (const [index, name] of names.entries()) utimesSync(place(name), 300 - index, 300 - index);
    const { backups } = await run(String(ID));
    const inOrg = FOUND.records + FOUND.requests;
    const inWorkspace = Object.values(FOUND).reduce((sum, each) => sum + each, 0) - inOrg;
    expect(backups.map(({ id, copyOf, rows, madeOn, until }) => [id, copyOf, rows, madeOn, until])).toEqual([
      [names[0], 'workspace', inWorkspace, 300_000_000, null],
      [names[1], 'org', inOrg, 299_000_000, null],
      [names[2], 'practice', null, 298_000_000, null],
    ]);
    const listed = await backend.call('backups.list', {});
    expect(listed.copies.map(({ id }) => id)).toEqual(names);
    for (const { id } of listed.copies) await backend.call('backups.delete', { id });
    expect((await look(String(ID))).backups).toEqual([]);
    expect(names.map((name) => existsSync(place(name)))).toEqual([false, false, false]);
  });

  test('is looked for until somebody stops it', async () => {
    const { backend, workspace } = await filled();
    const insert = workspace.prepare('INSERT INTO settings (name, value) VALUES (?, ?)');
    for (let index = 0; index < 600; index += 1) insert.run(`odd:${String(index)}`, '"x"');
    const stop = new AbortController();
    const watch = { signal: stop.signal, progress: () => stop.abort() };
    await expect(backend.backend.handlers['forget.look']({ customer: '5' }, watch)).rejects.toThrow(
      'Nothing was changed',
    );
  });
});

describe('what grows too old', () => {
  test('goes, and what is still needed stays', async () => {
    const { backend, workspace, jobs } = await filled();
    const ledger = new LedgerStore(workspace);
    const request = {
      ...{ connectionKey: 1, connectionName: 'Test org', badgeId: 'b', jobKey: null, method: 'POST' },
      ...{ url: 'https://org.example/', headers: [], body: null, sentOn: backend.now },
    };
    const answer = {
      ...{ outcome: 'answered' as const, answeredOn: backend.now, status: 200, codes: [], sentence: '', headers: [] },
      body: null,
    };
    const create = ledger.begin({ ...request, purpose: 'create' }, true);
    ledger.settle(create, answer, true);
    const open = jobs.add({ ...JOB, startedOn: backend.now });
    const ofOpen = ledger.begin({ ...request, purpose: 'award', jobKey: open.key }, true);
    ledger.settle(ofOpen, answer, true);
    const sending = ledger.begin({ ...request, purpose: 'update' }, true);
    // A push whose requests all go takes with it who started it; one of which a request stays does not.
    const errand = { kind: 'push' as const, about: null };
    const gone = ledger.begin({ ...request, badgeId: null, purpose: 'list', method: 'GET', errand }, false);
    ledger.settle(gone, answer, true);
    const taskOf = (line: number): number => Number(ledger.find(line)?.taskKey);
    const insert = workspace.prepare('INSERT INTO settings (name, value) VALUES (?, ?)');
    for (const line of [gone, sending]) insert.run(`pushOrigin:${String(taskOf(line))}`, '{}');
    const goneTask = taskOf(gone);
    const kept = { activity: 30, jobs: 30, results: null };

    backend.now += 30 * DAY;
    expect(await backend.call('retention.look', kept)).toEqual({ activity: 0, jobs: 0, results: 0 });
    backend.now += 1;
    expect(await backend.call('retention.look', kept)).toEqual({ activity: 3, jobs: 1, results: 0 });
    expect(await backend.call('retention.set', kept)).toEqual(kept);
    const left = workspace.prepare('SELECT key FROM ledger ORDER BY key').pluck().all();
    expect(left).toEqual([create, ofOpen, sending]);
    expect(workspace.prepare('SELECT count(*) FROM ledger_contents').pluck().get()).toBe(3);
    expect(jobs.list().map(({ key }) => key)).toEqual([open.key]);
    expect(workspace.prepare('SELECT count(*) FROM simulations').pluck().get()).toBe(1);
    const origins = workspace.prepare("SELECT name FROM settings WHERE name LIKE 'pushOrigin:%'").pluck().all();
    expect(goneTask).not.toBe(taskOf(sending));
    expect(origins).toEqual([`pushOrigin:${String(taskOf(sending))}`]);
    const tasks = workspace.prepare('SELECT count(*) FROM ledger_tasks').pluck().get();
    expect(tasks).toBe(workspace.prepare('SELECT count(DISTINCT task_key) FROM ledger').pluck().get());

    expect(await backend.call('retention.set', { activity: null, jobs: null, results: 1 })).toMatchObject({
      results: 1,
    });
    expect(workspace.prepare('SELECT count(*) FROM simulations').pluck().get()).toBe(0);
    await backend.restart();
    expect(await backend.call('retention.get', {})).toEqual({ activity: null, jobs: null, results: 1 });
  });
});
