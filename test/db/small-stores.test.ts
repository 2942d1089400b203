/** What small stores keep, and what they tell apart. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { FORMAT, MANIFEST, storedBackups } from '../../db/backups/backups';
import {
  backupPlaces,
  chooseBackupFolder,
  readBackupNote,
  usualFolder,
  wantedFolder,
  changeBackupNote,
} from '../../db/backups/place';
import { noteToldUpdate, noteVersion, isUntoldUpdate } from '../../db/backups/update';
import { noteHolder, readHolder } from '../../electron/disk/lock-holder';
import { AwardTallies } from '../../db/org/award-tallies';
import { OrgCatalog } from '../../db/org/org-catalog';
import { RequestHistory } from '../../db/org/request-history';
import { LedgerStore } from '../../db/workspace/ledger';
import { WORKSPACE } from '../../db/kinds';
import { migrate } from '../../db/migrate';
import { openAward } from '../../shared/domain/award';
import { openOrg, definition, START } from './org/opened-org';
import { temporaryFolder } from './temporary-folder';
import { NOW, testWorkspace } from './workspace/open-workspace';

describe('where backups go', () => {
  const fresh = (): string => path.join(temporaryFolder(), 'w.laurel');

  test('beside the workspace, or into a folder of its own in a chosen one', () => {
    const file = fresh();
    const chosen = temporaryFolder();
    expect(wantedFolder(file)).toBe(`${file}-backups`);
    chooseBackupFolder(file, chosen);
    const { id } = readBackupNote(file);
    expect(id).toMatch(/^[0-9a-f]{8}$/);
    expect(wantedFolder(file)).toBe(path.join(chosen, `w-backups-${id}`));
    const own = path.join(chosen, `w-backups-${id}`);
    expect(backupPlaces(file)).toEqual({ folders: [own, usualFolder(file)], away: [] });
    chooseBackupFolder(file, null);
    expect(backupPlaces(file)).toEqual({ folders: [usualFolder(file)], away: [] });
    expect(readBackupNote(file)).toEqual({
      ...{ id, folder: null, earlier: [], of: file, interval: 'hour', lastVersion: null, updatedFrom: null },
    });
  });

  test('not into what is no folder; the one before stays', () => {
    const file = fresh();
    const chosen = temporaryFolder();
    chooseBackupFolder(file, chosen);
    writeFileSync(path.join(chosen, 'file'), '');
    for (const none of [path.join(chosen, 'file'), path.join(chosen, 'none')]) {
      expect(() => chooseBackupFolder(file, none)).toThrow(path.basename(none));
    }
    expect(readBackupNote(file).folder).toBe(chosen);
  });

  test('a note of another hand gives what of it can be read', () => {
    const file = fresh();
    const note = (text: string) => {
      writeFileSync(`${file}-backup-note`, text);
      return readBackupNote(file);
    };
    const usual = { folder: null, earlier: [], of: null, interval: 'hour', lastVersion: null, updatedFrom: null };
    expect(note('{"id":"0123abcd","folder":7,"interval":"week","lastVersion":1,"updatedFrom":{}}')).toEqual({
      id: '0123abcd',
      ...usual,
    });
    expect(note('{"id":"0123abcd","interval":"day","updatedFrom":{"workspace":1,"org":0}}')).toEqual({
      ...{ id: '0123abcd', ...usual, interval: 'day', updatedFrom: { workspace: 1, org: 0 } },
    });
    expect(note('{"id":"0123abcd","updatedFrom":{"workspace":-1,"org":0}}').updatedFrom).toBeNull();
    for (const odd of ['{"id":"xyz"}', '{"id":"0123abcde"}', 'odd', '[]']) {
      expect(note(odd)).toMatchObject({ ...usual, id: expect.stringMatching(/^[0-9a-f]{8}$/) as string });
    }
  });

  test('the version that had the workspace open is remembered', () => {
    const file = fresh();
    noteVersion(file, '1.0.0');
    expect(readBackupNote(file).lastVersion).toBe('1.0.0');
    noteVersion(file, '1.1.0');
    expect(readBackupNote(file).lastVersion).toBe('1.1.0');
    noteVersion(path.join(temporaryFolder(), 'none', 'w.laurel'), '1.0.0');
  });

  test('an update is told until somebody was told', () => {
    const file = fresh();
    expect(isUntoldUpdate(file)).toBe(false);
    changeBackupNote(file, { updatedFrom: { workspace: 1, org: 0 } });
    noteToldUpdate(file);
    expect(readBackupNote(file).updatedFrom).toBeNull();
  });

  test('the latest is listed first, of one moment the one with the later name; what is none is not listed', () => {
    const file = fresh();
    const counts = Object.fromEntries(
      [
        'badges',
        'claims',
        'simulations',
        'connections',
        'liveJobs',
        'requests',
        'enrolments',
        'awards',
        'changedOn',
        'requestedOn',
      ].map((name) => [name, null]),
    );
    const put = (id: string, changes: object): void => {
      const folder = path.join(usualFolder(file), id);
      mkdirSync(folder, { recursive: true });
      const manifest = {
        ...{ format: FORMAT, madeOn: 5, occasion: 'interval', appVersion: '1', workspaceName: 'w.laurel', sizes: {} },
        ...{ digest: 'x', schema: { workspace: 1, org: 1 }, counts },
        ...changes,
      };
      writeFileSync(path.join(folder, MANIFEST), JSON.stringify(manifest));
    };
    put('b', {});
    put('c', { madeOn: 4 });
    put('d', {});
    put('a', {});
    put('.laurel-1.unfinished', {});
    put('up', { workspaceName: '../w.laurel' });
    put('other', { format: 'laurel/backup@2' });
    put('odd', { occasion: 'never' });
    mkdirSync(path.join(usualFolder(file), 'empty'));
    expect(storedBackups(file).map(({ id }) => id)).toEqual(['d', 'b', 'a', 'c']);
  });
});

describe('who holds a lock', () => {
  const lock = (): string => path.join(temporaryFolder(), 'lock');
  const state = (file: string) => readHolder(file)?.state ?? null;

  test('is alive, gone, alone or elsewhere', () => {
    const file = lock();
    expect(readHolder(file)).toBeNull();
    noteHolder(file, 'window');
    expect(readHolder(file)).toMatchObject({
      state: 'alive',
      holder: { role: 'window', host: hostname(), process: { pid: process.pid }, parent: { pid: process.ppid } },
    });
    const { holder } = readHolder(file)!;
    const note = (changes: object): void => writeFileSync(`${file}-holder`, JSON.stringify({ ...holder, ...changes }));
    note({ host: 'another' });
    expect(state(file)).toBe('elsewhere');
    const gone = { pid: 2 ** 22 + 1, started: null };
    note({ process: gone });
    expect(state(file)).toBe('gone');
    note({ parent: gone });
    expect(state(file)).toBe('orphan');
    note({ parent: gone, role: 'command' });
    expect(state(file)).toBe('alive');
    note({ process: { pid: process.pid, started: 'of another' } });
    expect(state(file)).toBe(process.platform === 'linux' ? 'gone' : 'alive');
    note({ process: { pid: 0, started: null } });
    expect(readHolder(file)).toBeNull();
  });

  test('a process of another account is alive', () => {
    const file = lock();
    noteHolder(file, 'command');
    const fails = (code: string): void => {
      vi.spyOn(process, 'kill').mockImplementation(() => {
        throw Object.assign(new Error(code), { code });
      });
    };
    onTestFinished(() => void vi.restoreAllMocks());
    fails('EPERM');
    expect(state(file)).toBe('alive');
    fails('ESRCH');
    expect(state(file)).toBe('gone');
  });
});

describe('the workspace keeps', () => {
  test('what is no setting under its name, until it is forgotten', async () => {
    const workspace = await testWorkspace();
    const { settings } = workspace.current;
    settings.keep('practiceOrg', { a: 1 });
    settings.keep('practiceOrg', { a: 2 });
    settings.keep('network', [1]);
    expect([settings.kept('practiceOrg'), settings.kept('network'), settings.kept('orgFile')]).toEqual([
      ...[{ a: 2 }, [1], undefined],
    ]);
    settings.forget('network');
    expect([settings.kept('practiceOrg'), settings.kept('network')]).toEqual([{ a: 2 }, undefined]);
    settings.update({ allowPastStart: true });
    settings.update({ allowPastStart: false, customerLimitCode: 7 });
    settings.update({ customerLimitCode: 8 });
    const again = (await workspace.restart()).settings;
    expect(again.current).toMatchObject({ allowPastStart: false, customerLimitCode: 8 });
    expect([again.odd, again.kept('practiceOrg')]).toEqual([[], { a: 2 }]);
  });

  test('the org’s clock of a job', async () => {
    const { liveJobs } = (await testWorkspace()).current;
    const job = {
      ...{ uid: 'a', connectionKey: 1, connectionName: 'x', badgeName: 'b', remoteBadgeId: 'r' },
      ...{ ownerType: 'Loyalty', referenceId: '1', eventDate: null, source: '', startedOn: NOW },
      action: 'award' as const,
    };
    const [first, second] = [liveJobs.add(job), liveJobs.add({ ...job, uid: 'b' })];
    liveJobs.setOrgClock(first.key, 9);
    expect([liveJobs.get(first.key).orgClock, liveJobs.get(second.key).orgClock]).toEqual([9, null]);
  });
});

describe('the history of requests', () => {
  test('has who asked, for what and when, and counts what was refused', () => {
    const { connection, org } = openOrg();
    const badge = org.setClaims(org.addBadge(definition(), START), [
      { ownerType: 'Loyalty', referenceId: '626', isActive: true },
    ]);
    const award = (requestId: string, ...customers: number[]): void => {
      org.transaction(() => {
        const input = {
          ...{ badgeMetaId: badge.id, requestId, eventDate: START + 5 },
          triggeredBy: { ownerType: 'Loyalty', referenceId: '626' },
        };
        const opening = openAward(org, input, 'earnBulk', 'given', START + 9, { add: () => true });
        if (!opening.ok) throw new Error(JSON.stringify(opening.errors));
        opening.run.begin();
        for (const customer of customers) opening.run.award(customer);
      });
    };
    award('r1', 1, 2);
    const history = new RequestHistory(connection);
    const { total, requests } = history.list(null, 0, 5);
    expect(total).toBe(1);
    expect(requests[0]).toMatchObject({
      ...{ kind: 'earnBulk', requestId: 'r1', ownerType: 'Loyalty', referenceId: '626', succeeded: 2 },
      ...{ eventDate: START + 5, processedOn: START + 9 },
    });
    expect([history.hasAnswered('r1'), history.hasAnswered('r2'), history.count()]).toEqual([true, false, 1]);
  });
});

describe('tallies of awards', () => {
  test('are kept in step, and counted anew when they were forgotten', () => {
    const { connection } = openOrg();
    const tallies = new AwardTallies(connection);
    const count = (badge: number): number => tallies.count(badge, 'earnedOn', null, true);
    tallies.add(1, 5, 6, 9);
    expect(count(1)).toBe(0);
    tallies.add(1, 5, 6, 3);
    expect([count(1), tallies.count(1, 'eventDate', { from: 6, to: 7 }, true)]).toEqual([3, 3]);
    expect(tallies.count(1, 'earnedOn', { from: 6, to: 7 }, true)).toBe(0);
    tallies.forget();
    expect(count(1)).toBe(0);
    tallies.add(1, 5, 6, 3);
    // Two hundred are kept, the oldest goes first.
    for (let badge = 2; badge <= 200; badge += 1) count(badge);
    expect(count(1)).toBe(3);
    count(201);
    expect(count(1)).toBe(0);
  });
});

test('everything of a group, a field and a definition of tags may change but what made it', () => {
  const catalog = new OrgCatalog(openOrg().connection);
  const made = { createdOn: 1, createdBy: 2, lastUpdatedOn: 3, lastUpdatedBy: 4 };
  const later = { ...made, lastUpdatedOn: 5, lastUpdatedBy: 6 };
  const group = { id: 'g', name: 'One', rank: 1, isActive: true, ...made };
  const nextGroup = { ...group, name: 'Two', rank: 2, isActive: false, ...later };
  const field = {
    ...{ id: 'f', name: 'One', dataType: 'STRING' as const, isMandatory: false, defaultValue: null, isActive: true },
    ...made,
  };
  const nextField = {
    ...{ ...field, name: 'Two', dataType: 'DATE' as const, isMandatory: true, defaultValue: 'x', isActive: false },
    ...later,
  };
  for (const [first, second] of [
    [group, nextGroup],
    [
      { ...group, id: 'h', name: 'Other' },
      { ...nextGroup, id: 'h', name: 'Another' },
    ],
  ] as const) {
    catalog.putGroup(first);
    expect(catalog.findGroup(first.id)).toEqual(first);
    catalog.putGroup({ ...second, createdOn: 9, createdBy: 9 });
    expect(catalog.findGroup(first.id)).toEqual(second);
  }
  expect(catalog.groups().map(({ id }) => id)).toEqual(['g', 'h']);
  expect(catalog.findGroup('none')).toBeUndefined();
  catalog.putCustomField(field);
  expect(catalog.findCustomField('f')).toEqual(field);
  catalog.putCustomField({ ...nextField, createdOn: 9, createdBy: 9 });
  expect([catalog.findCustomField('f'), catalog.customFields()]).toEqual([nextField, [nextField]]);
  expect(catalog.orgMeta()).toBeUndefined();
  catalog.putOrgMeta({ id: 'm', tags: [], ...made });
  catalog.putOrgMeta({ id: 'n', tags: [{ name: 'a' }] as never, ...later, createdOn: 8, createdBy: 9 });
  expect(catalog.orgMeta()).toEqual({ id: 'n', tags: [{ name: 'a' }], ...later, createdOn: 8, createdBy: 9 });
});

test('codes of a call that cannot be read are said, with what was said of it before', () => {
  const connection = new Database(':memory:');
  migrate(connection, WORKSPACE.migrations, WORKSPACE.applicationId);
  const ledger = new LedgerStore(connection);
  const key = ledger.begin(
    {
      ...{ connectionKey: 1, connectionName: 'Org', purpose: 'list', badgeId: null, jobKey: null, method: 'GET' },
      ...{ url: 'https://org.example', headers: [], body: null, sentOn: NOW },
    },
    true,
  );
  const odd = 'Its error codes are stored in a form that cannot be read, and are kept as they are.';
  connection.exec(`UPDATE ledger SET codes = '{', outcome = 'newer'`);
  expect(ledger.find(key)).toMatchObject({ codes: [], sentence: odd, outcome: 'unknown' });
  connection.exec(`UPDATE ledger SET sentence = 'Done.', codes = '["7"]', outcome = 'failed'`);
  expect(ledger.find(key)).toMatchObject({ codes: [], sentence: `Done. ${odd}`, outcome: 'failed' });
  connection.exec(
    `UPDATE ledger_contents SET request_headers = '{}', response_headers = 'x', request_body = 'x', request_packed = 1`,
  );
  const contents = ledger.contents(key);
  expect(contents.requestHeaders).toEqual(contents.responseHeaders);
  expect(contents.requestHeaders).toHaveLength(1);
  expect(contents.requestBody).toBe('(This body is stored in a form that cannot be read.)');
});

describe('designs of badges', () => {
  const design = (digest: string, pictures: readonly [string, string][] = []) => ({
    ...{ digest, design: `{"of":"${digest}"}` },
    pictures: new Map(pictures.map(([key, text]) => [key, Buffer.from(text)])),
  });

  test('each is found by its digest with its own pictures, and kept once', async () => {
    const { arts } = (await testWorkspace()).current;
    arts.keep(
      design('a', [
        ['p', 'one'],
        ['q', 'two'],
      ]),
    );
    arts.keep(design('b', [['q', 'two']]));
    arts.keep({ ...design('a'), design: 'another' });
    expect(arts.find('a')).toEqual(
      design('a', [
        ['p', 'one'],
        ['q', 'two'],
      ]),
    );
    expect(arts.find('b')).toEqual(design('b', [['q', 'two']]));
    expect(arts.find('c')).toBeUndefined();
  });

  test('what no saved state shows any more goes, with the pictures that nothing else uses', async () => {
    const workspace = await testWorkspace();
    const { arts, drafts } = workspace.current;
    const id = workspace.create('{}');
    arts.keep(
      design('a', [
        ['p', 'one'],
        ['q', 'two'],
      ]),
    );
    arts.keep(design('b', [['q', 'two']]));
    const { revision } = drafts.get(id);
    drafts.save(id, revision, { body: '{}', migration: false, label: 'Art', now: workspace.now(), art: 'b' });
    arts.purge();
    expect(arts.find('a')).toBeUndefined();
    expect(arts.find('b')).toEqual(design('b', [['q', 'two']]));
    arts.keep({ ...design('c'), pictures: new Map([['p', Buffer.from('anew')]]) });
    expect(arts.find('c')?.pictures.get('p')?.toString()).toBe('anew');
  });
});
