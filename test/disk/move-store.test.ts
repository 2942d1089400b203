import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { lockFile } from '../../db/lock';
import { orgFileOf } from '../../db/kinds';
import { isBeingMoved, markMoving } from '../../electron/disk/being-moved';
import { moveStore } from '../../electron/disk/move-store';
import { Failure } from '../../shared/ipc/errors';
import { testBackend } from '../backend/open-backend';
import { temporaryFolder } from '../db/temporary-folder';

const FILES = {
  'w.laurel': 'badges',
  'w.laurel-org': 'awards',
  'w.laurel-backup-note': 'note',
  'w.laurel-lock': '',
  'w.laurel.v0012.backup': 'before an update',
  'w.laurel-backups/one/workspace.laurel': 'backup',
};

const NEVER_PLACED = {
  shut: () => Promise.resolve(),
  begins: () => undefined,
  placed: () => expect.unreachable(),
  takenBack: () => expect.unreachable(),
};

function filled(): { from: string; to: string; folder: string; target: string } {
  const [folder, target] = [temporaryFolder(), temporaryFolder()];
  for (const [name, text] of Object.entries({ ...FILES, 'w2.laurel': 'another', 'notes.txt': 'mine' })) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return { folder, target, from: path.join(folder, 'w.laurel'), to: path.join(target, 'members.laurel') };
}

const namesIn = (folder: string): string[] => readdirSync(folder).sort();

test('a workspace moves under another name with all that belongs to it, and nothing else does', async () => {
  const { from, to, folder, target } = filled();
  let whole: string[] = [];
  const left = await moveStore(from, to, {
    ...NEVER_PLACED,
    begins: (plan) => {
      expect(namesIn(target)).toEqual([]);
      expect(plan.rests.sort()).toEqual(['-backup-note', '-backups', '-org', '.v0012.backup']);
    },
    placed: () => {
      whole = [...namesIn(target), ...namesIn(folder)];
    },
  });
  expect(left).toEqual([]);
  expect(whole).toContain('members.laurel');
  // Until the new place was told, the old one was whole.
  expect(whole).toContain('w.laurel-org');
  expect(namesIn(folder)).toEqual(['notes.txt', 'w2.laurel']);
  expect(namesIn(target)).toEqual([
    'members.laurel',
    'members.laurel-backup-note',
    'members.laurel-backups',
    'members.laurel-org',
    'members.laurel.v0012.backup',
  ]);
  expect(readFileSync(to, 'utf8')).toBe('badges');
  expect(readFileSync(path.join(target, 'members.laurel-backups/one/workspace.laurel'), 'utf8')).toBe('backup');
});

test('where something of that name stands, nothing is changed at either place', async () => {
  for (const taken of ['members.laurel', 'members.laurel-org']) {
    const { from, to, folder, target } = filled();
    writeFileSync(path.join(target, taken), 'somebody else’s');
    const before = namesIn(folder);
    const moving = moveStore(from, to, NEVER_PLACED);
    await expect(moving).rejects.toThrow('Nothing was changed');
    expect(namesIn(folder)).toEqual(before);
    expect(namesIn(target)).toEqual([taken]);
    expect(readFileSync(path.join(target, taken), 'utf8')).toBe('somebody else’s');
  }
});

test('a place that cannot be written is said with its reason, and all is where it was', async () => {
  const { from, folder, target } = filled();
  writeFileSync(path.join(target, 'file'), '');
  const before = namesIn(folder);
  const moving = moveStore(from, path.join(target, 'file', 'w.laurel'), NEVER_PLACED);
  await expect(moving).rejects.toThrow(Failure);
  await expect(moving).rejects.toThrow('w.laurel was not moved');
  expect(namesIn(folder)).toEqual(before);
});

test('what another program writes while a workspace is moved is never lost: the move is undone', async () => {
  const backend = await testBackend();
  const from = backend.workspacePath;
  await backend.call('badges.addSamples', {});
  await backend.close();
  // Of a program that knows nothing of Laurel's marks, such as an SQLite browser.
  const write = (): void => {
    const other = new Database(from);
    other.exec('CREATE TABLE IF NOT EXISTS others (n); INSERT INTO others VALUES (1)');
    other.close();
  };
  for (const at of ['begins', 'placed'] as const) {
    const target = temporaryFolder();
    const told: string[] = [];
    const moving = moveStore(from, path.join(target, 'members.laurel'), {
      shut: () => Promise.resolve(),
      begins: () => at === 'begins' && write(),
      placed: () => {
        told.push('placed');
        if (at === 'placed') write();
      },
      takenBack: () => void told.push('taken back'),
    });
    await expect(moving).rejects.toThrow('another program changed it');
    expect(told).toEqual(at === 'placed' ? ['placed', 'taken back'] : []);
    expect(namesIn(target)).toEqual([]);
  }
  const kept = new Database(from, { readonly: true });
  expect(kept.prepare('SELECT count(*) FROM others').pluck().get()).toBe(2);
  kept.close();
  // A backup that was made meanwhile is no less.
  const backups = `${from}-backups`;
  const moving = moveStore(from, path.join(temporaryFolder(), 'members.laurel'), {
    ...NEVER_PLACED,
    begins: () => {
      mkdirSync(backups, { recursive: true });
      appendFileSync(path.join(backups, 'one'), 'backup');
    },
  });
  await expect(moving).rejects.toThrow('another program changed it');
  expect(readFileSync(path.join(backups, 'one'), 'utf8')).toBe('backup');
});

test('from before a workspace is shut until the move has ended nobody opens it, and reading hinders no move', async () => {
  const backend = await testBackend();
  const from = backend.workspacePath;
  const to = path.join(temporaryFolder(), 'members.laurel');
  await backend.call('badges.addSamples', {});
  const refusals: string[] = [];
  const tryLocks = (): void => {
    for (const file of [from, orgFileOf(from)]) {
      try {
        lockFile(file, 'command', 0).release();
        refusals.push('none');
      } catch (error) {
        refusals.push(error instanceof Error ? error.message : '');
      }
    }
  };
  await moveStore(from, to, {
    ...NEVER_PLACED,
    shut: async () => {
      expect(isBeingMoved(from)).toBe(true);
      await backend.close();
      tryLocks();
    },
    placed: () => {
      const reader = new Database(from, { readonly: true });
      reader.prepare('SELECT count(*) FROM badges').get();
      reader.close();
      tryLocks();
    },
  });
  expect(refusals).toHaveLength(4);
  for (const said of refusals) expect(said).toContain('is just being moved');
  expect(namesIn(path.dirname(from)).filter((name) => name.startsWith(path.basename(from)))).toEqual([]);
  expect(existsSync(`${to}-moving`)).toBe(false);
});

test('a workspace that another program has open is not moved, and the one who has it is named', async () => {
  const backend = await testBackend();
  const from = backend.workspacePath;
  const before = namesIn(path.dirname(from));
  const moving = moveStore(from, path.join(temporaryFolder(), 'members.laurel'), NEVER_PLACED);
  await expect(moving).rejects.toThrow(`process ${String(process.pid)}`);
  expect(namesIn(path.dirname(from))).toEqual(before);
  await backend.close();
});

test('the mark of a move that was killed keeps nobody out, here or on another computer', () => {
  const { from } = filled();
  const unmark = markMoving(from);
  expect(isBeingMoved(`${from}-org`)).toBe(true);
  unmark();
  expect(isBeingMoved(from)).toBe(false);
  const gone = { pid: 0x3fffffff, started: null };
  writeFileSync(`${from}-moving`, JSON.stringify({ host: hostname(), process: gone }));
  expect(isBeingMoved(from)).toBe(false);
  expect(existsSync(`${from}-moving`)).toBe(false);
  writeFileSync(`${from}-moving`, JSON.stringify({ host: 'another', process: gone }));
  expect(isBeingMoved(from)).toBe(true);
  utimesSync(`${from}-moving`, 1_000, 1_000);
  expect(isBeingMoved(from)).toBe(false);
});
