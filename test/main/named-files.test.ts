import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { filesHandedOver, filesOnCommandLine, kindOfFile, lookAtFile } from '../../electron/main/named-files';
import { OpeningFiles } from '../../electron/main/opening-files';
import { RecentFiles, recentLabels } from '../../electron/main/recent-files';
import type { FileGrant } from '../../shared/ipc/control';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'laurel-named-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function written(name: string, text = '{}'): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

describe('the files a command line names', () => {
  const workingFolder = path.resolve('/up/here');
  const here = (name: string) => path.join(workingFolder, name);

  test('are resolved against its own folder, each once, without switches', () => {
    const argv = ['laurel', '--no-sandbox', 'a.badge.json', '-x', './a.badge.json', path.resolve('/b.badge.json'), ''];
    const named = filesOnCommandLine({ argv, appFolder: null, workingFolder });
    expect(named).toEqual([here('a.badge.json'), path.resolve('/b.badge.json')]);
  });

  test('come after the folder of the app where Electron is told it, and are none without it', () => {
    const appFolder = path.resolve('/up');
    const argv = ['electron', '--no-sandbox', '..', 'a.badge.json'];
    expect(filesOnCommandLine({ argv, appFolder, workingFolder })).toEqual([here('a.badge.json')]);
    expect(filesOnCommandLine({ argv: ['electron', 'a.badge.json'], appFolder, workingFolder })).toEqual([]);
  });

  test('may begin with a dash after two dashes, and may be file addresses', () => {
    const file = path.resolve('/ä b/c.badge.json');
    const argv = ['laurel', pathToFileURL(file).href, 'file:%', '--', '-d.badge.json'];
    const named = filesOnCommandLine({ argv, appFolder: null, workingFolder });
    expect(named).toEqual([file, here('file:%'), here('-d.badge.json')]);
  });

  test('are handed over as absolute paths and nothing else', () => {
    const file = path.resolve('/a.badge.json');
    expect(filesHandedOver({ files: [file, 'relative.badge.json'] })).toEqual([file]);
    for (const wrong of [null, undefined, 'a', { files: file }, { files: [7] }])
      expect(filesHandedOver(wrong)).toEqual([]);
  });
});

test('the type is told by the end of the name, in any case', () => {
  const kinds = ['a.badge.json', 'A.BADGE.JSON', 'x.badge.scenario.json', 'a.json', 'badge.json', 'a.badge.json.bak'];
  expect(kinds.map((name) => kindOfFile(`/some.badge.json/${name}`))).toEqual([
    'badge',
    'badge',
    'scenario',
    null,
    null,
    null,
  ]);
});

describe('a look at a file', () => {
  test('says its type and size, or what it was opened as before', async () => {
    expect(await lookAtFile(written('a.badge.json'), null)).toEqual({ ok: true, kind: 'badge', bytes: 2 });
    expect(await lookAtFile(written('a.json'), 'scenario')).toEqual({ ok: true, kind: 'scenario', bytes: 2 });
  });

  test('says why it cannot be opened', async () => {
    mkdirSync(path.join(folder, 'folder.badge.json'));
    const closed = written('closed.badge.json');
    chmodSync(closed, 0o000);
    const keys = async (name: string) => {
      const look = await lookAtFile(path.join(folder, name), null);
      return look.ok ? 'ok' : look.reason.key;
    };
    expect(await keys('none.badge.json')).toBe('opening.missing');
    expect(await keys('folder.badge.json')).toBe('opening.folder');
    expect(await keys(path.basename(written('a.csv')))).toBe('opening.unknown');
    // Root reads everything.
    if (process.getuid?.() !== 0 && process.platform !== 'win32')
      expect(await keys('closed.badge.json')).toBe('opening.unreadable');
  });
});

describe('files that wait', () => {
  test('are granted in order when they are taken, once; the refused say why', async () => {
    const grants: FileGrant[] = [];
    let told = 0;
    const recent = new RecentFiles(path.join(folder, 'recent.json'), () => undefined);
    const opening = new OpeningFiles({
      recent,
      grant: (grant) => Promise.resolve(void grants.push(grant)),
      tell: () => (told += 1),
    });
    const [badge, table, scenario] = [written('a.badge.json'), written('b.csv'), written('c.scenario.json')];
    opening.ask([]);
    opening.ask([badge, table]);
    opening.ask([scenario]);
    expect(told).toBe(2);
    const taken = await opening.take();
    expect(taken.map(({ kind }) => kind)).toEqual(['badge', 'refused', 'scenario']);
    expect(grants.map((grant) => [grant.path, grant.mode])).toEqual([
      [badge, 'read'],
      [scenario, 'read'],
    ]);
    expect(JSON.stringify(taken.filter(({ kind }) => kind !== 'refused'))).not.toContain(folder);
    expect(await opening.take()).toEqual([]);
    expect(recent.entries.map((entry) => entry.path)).toEqual([scenario, badge]);
  });

  test('more than are granted at once wait for their turn', async () => {
    const recent = new RecentFiles(path.join(folder, 'recent.json'), () => undefined);
    const opening = new OpeningFiles({ recent, grant: () => Promise.resolve(), tell: () => undefined });
    opening.ask(Array.from({ length: 130 }, () => path.join(folder, 'none.badge.json')));
    expect([await opening.take(), await opening.take(), await opening.take()].map(({ length }) => length)).toEqual([
      100, 30, 0,
    ]);
  });

  test('one that vanished is said and dropped from the recent files', async () => {
    const recent = new RecentFiles(path.join(folder, 'recent.json'), () => undefined);
    const opening = new OpeningFiles({ recent, grant: () => Promise.resolve(), tell: () => undefined });
    recent.note({ path: path.join(folder, 'gone.badge.json'), kind: 'badge' });
    opening.ask([path.join(folder, 'gone.badge.json')], 'badge');
    expect(await opening.take()).toMatchObject([{ kind: 'refused', reason: { key: 'opening.recentGone' } }]);
    expect(recent.entries).toEqual([]);
  });
});

describe('recent files', () => {
  const entry = (name: string) => ({ path: path.resolve('/', name), kind: 'badge' as const });

  test('are ten, each once, the newest first, and kept for the next start', () => {
    const file = path.join(folder, 'data', 'recent.json');
    let changes = 0;
    const recent = new RecentFiles(file, () => (changes += 1));
    for (let number = 0; number < 12; number += 1) recent.note(entry(`${number}.badge.json`));
    recent.note(entry('5.badge.json'));
    expect(changes).toBe(13);
    const kept = new RecentFiles(file, () => undefined).entries.map(({ path: known }) =>
      path.basename(known, '.badge.json'),
    );
    expect(kept).toEqual(['5', '11', '10', '9', '8', '7', '6', '4', '3', '2']);
    recent.clear();
    expect(new RecentFiles(file, () => undefined).entries).toEqual([]);
  });

  test('a damaged file is as good as none', () => {
    for (const text of [
      '{ not json',
      '[]',
      '{"files":[{"path":"a","kind":"other"}]}',
      '{"files":[{"path":"a","kind":"badge"}]}',
    ])
      expect(new RecentFiles(written('recent.json', text), () => undefined).entries).toEqual([]);
  });

  test('two of one name are told apart by their folders', () => {
    const labels = recentLabels([entry('a/x.badge.json'), entry('b/x.badge.json'), entry('y.badge.json')]);
    expect(labels).toEqual([
      `x.badge.json (${path.resolve('/a')})`,
      `x.badge.json (${path.resolve('/b')})`,
      'y.badge.json',
    ]);
  });
});
