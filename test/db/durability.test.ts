import { copyFileSync, existsSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { backUp } from '../../db/backup';
import { ORG, WORKSPACE } from '../../db/kinds';
import { connectDatabase, openDatabase, type DatabaseKind } from '../../db/open';
import { LedgerStore } from '../../db/workspace/ledger';
import { DAY, instantOf } from '../../shared/domain/instant';
import { KEPT_AFTER_DELETION } from '../../db/workspace/draft-removal';
import { temporaryFolder } from './temporary-folder';
import { goodBody, testWorkspace } from './workspace/open-workspace';

const FULL = 2;
const NORMAL = 1;
const synchronous = (connection: Database.Database): unknown => connection.pragma('synchronous', { simple: true });

test.each<[string, DatabaseKind]>([
  ['workspace', WORKSPACE],
  ['org file', ORG],
])('every connection to a %s waits until the disk has what it wrote', async (_, kind) => {
  const file = path.join(temporaryFolder(), 'file');
  const { connection } = await openDatabase(file, kind);
  const worker = connectDatabase(file, kind);
  expect([synchronous(connection), synchronous(worker)]).toEqual([FULL, FULL]);
  worker.close();
  connection.close();
});

test('what changes something in an org waits for the disk before it leaves; reads do not, and all is as before then', async () => {
  const file = path.join(temporaryFolder(), 'file');
  const { connection } = await openDatabase(file, WORKSPACE);
  connection.exec(
    `CREATE TEMP TABLE during (synchronous INTEGER);
     CREATE TEMP TRIGGER watch_begin AFTER INSERT ON ledger BEGIN INSERT INTO during SELECT synchronous FROM pragma_synchronous; END;
     CREATE TEMP TRIGGER watch_settle AFTER UPDATE ON ledger BEGIN INSERT INTO during SELECT synchronous FROM pragma_synchronous; END;`,
  );
  const ledger = new LedgerStore(connection);
  const request = {
    connectionKey: 1,
    connectionName: 'Org',
    purpose: 'create',
    badgeId: null,
    jobKey: null,
    method: 'POST',
    url: 'https://org.example',
    headers: [],
    body: null,
    sentOn: instantOf('2026-05-04T09:30:00Z'),
  };
  const answer = {
    outcome: 'answered',
    answeredOn: null,
    status: 200,
    codes: [],
    sentence: '',
    headers: [],
    body: null,
  } as const;
  for (const durable of [true, false]) {
    ledger.settle(ledger.begin(request, durable), answer, durable);
    expect(synchronous(connection)).toBe(FULL);
  }
  expect(connection.prepare('SELECT synchronous FROM during').pluck().all()).toEqual([FULL, FULL, NORMAL, NORMAL]);
  // A write that fails must not leave the connection careless.
  connection.exec('DROP TABLE ledger_contents');
  expect(() => ledger.begin(request, false)).toThrow();
  expect(synchronous(connection)).toBe(FULL);
  connection.close();
});

test('a copy from before an update is one file that opens where nothing can be written', async () => {
  const folder = temporaryFolder();
  const { connection } = await openDatabase(path.join(folder, 'file'), WORKSPACE);
  connection.prepare('INSERT INTO settings VALUES (?, ?)').run('zone', '"UTC"');
  const copy = await backUp(connection);
  connection.close();
  expect(['-wal', '-shm', '.unfinished'].filter((end) => existsSync(`${copy}${end}`))).toEqual([]);
  const elsewhere = path.join(temporaryFolder(), 'archive');
  copyFileSync(copy, elsewhere);
  const archived = new Database(elsewhere, { readonly: true });
  expect(archived.pragma('journal_mode', { simple: true })).toBe('delete');
  expect(archived.prepare('SELECT name FROM settings').pluck().all()).toEqual(['zone']);
  archived.close();
  expect(existsSync(`${elsewhere}-shm`)).toBe(false);
});

test('a deleted draft can come back for thirty days to the instant, and then no more; others are never purged', async () => {
  expect(KEPT_AFTER_DELETION).toBe(30 * DAY);
  const workspace = await testWorkspace();
  const [living, deleted] = [workspace.create(goodBody()), workspace.create(goodBody({ name: 'Gone' }))];
  const { removal, drafts } = workspace.current;
  const deletedOn = workspace.now();
  removal.delete([deleted], deletedOn);
  expect(removal.purge(deletedOn + KEPT_AFTER_DELETION)).toBe(0);
  expect(removal.undelete([deleted])).toEqual([deleted]);
  removal.delete([deleted], deletedOn);
  expect(removal.purge(deletedOn + KEPT_AFTER_DELETION + 1)).toBe(1);
  expect(removal.undelete([deleted])).toEqual([]);
  expect(removal.purge(deletedOn + 1_000 * KEPT_AFTER_DELETION)).toBe(0);
  expect(drafts.get(living).id).toBe(living);
});
