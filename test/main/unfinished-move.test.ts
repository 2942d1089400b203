import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { moveStore } from '../../electron/disk/move-store';
import { KnownWorkspaces, OWN_ID } from '../../electron/main/known-workspaces';
import { OpeningFiles } from '../../electron/main/opening-files';
import { UnfinishedMove } from '../../electron/main/unfinished-move';
import { inEnglish } from '../../shared/words/english';
import { temporaryFolder } from '../db/temporary-folder';

const FILES = { '': 'badges', '-org': 'awards', '-backups/one/workspace.laurel': 'backup' };

function write(file: string, files: Readonly<Record<string, string>>): void {
  for (const [rest, text] of Object.entries(files)) {
    mkdirSync(path.dirname(file + rest), { recursive: true });
    writeFileSync(file + rest, text);
  }
}

const namesBeside = (file: string): string[] => readdirSync(path.dirname(file)).sort();

/** A workspace whose move is begun, and stops as a kill would stop it. */
async function stopped(at: 'copying' | 'placed' | 'known'): Promise<{
  from: string;
  to: string;
  settle(): string | null;
  at(): string | undefined;
}> {
  const state = temporaryFolder();
  const [from, to] = [path.join(temporaryFolder(), 'w.laurel'), path.join(temporaryFolder(), 'members.laurel')];
  write(from, { ...FILES, '-lock': '' });
  const read = (): KnownWorkspaces => new KnownWorkspaces(path.join(state, 'workspaces.json'), from, () => undefined);
  const known = read();
  known.noteOpen([OWN_ID]);
  const note = path.join(state, 'moving.json');
  const unfinished = new UnfinishedMove(note);
  await moveStore(from, to, {
    shut: () => Promise.resolve(),
    begins: (plan) => {
      unfinished.begin({ id: OWN_ID, from, to }, plan);
      if (at !== 'copying') return;
      write(to, { '-org': 'awa' });
      writeFileSync(path.join(path.dirname(to), plan.unfinished), 'bad');
      // What a kill leaves stays: nothing below takes it away again.
      throw new Error('killed');
    },
    placed: () => {
      if (at === 'known') known.moved(OWN_ID, to);
      throw new Error('killed');
    },
    takenBack: () => {
      throw new Error('killed');
    },
  }).catch(() => undefined);
  expect(existsSync(note)).toBe(true);
  return {
    ...{ from, to },
    settle: () => {
      const said = new UnfinishedMove(note).settle(read());
      return said === null ? null : inEnglish(said);
    },
    at: () => read().wereOpen[0]?.path,
  };
}

test('a move that stopped while it copied is taken back, once', async () => {
  const { from, to, settle, at } = await stopped('copying');
  expect(namesBeside(to)).toHaveLength(2);
  expect(settle()).toMatch(/^w\.laurel was not moved to .* Laurel ended meanwhile\. It is where it was/);
  expect(namesBeside(to)).toEqual([]);
  expect(namesBeside(from)).toEqual(['w.laurel', 'w.laurel-backups', 'w.laurel-lock', 'w.laurel-org']);
  expect([at(), settle()]).toEqual([from, null]);
});

test('a whole copy that nobody was told of is taken back, too', async () => {
  const { from, to, settle, at } = await stopped('placed');
  expect(namesBeside(to)).toEqual(['members.laurel', 'members.laurel-backups', 'members.laurel-org']);
  expect(settle()).toMatch(/was not moved/);
  expect([namesBeside(to), at(), readFileSync(from, 'utf8')]).toEqual([[], from, 'badges']);
});

test('a move that stopped before the old place was emptied is finished', async () => {
  const { from, to, settle, at } = await stopped('known');
  rmSync(from);
  expect(settle()).toMatch(/^w\.laurel was moved to .* That is done now\.$/);
  expect([namesBeside(from), at(), readFileSync(`${to}-org`, 'utf8')]).toEqual([[], to, 'awards']);
});

test('where somebody worked meanwhile, at either place, both stay and are named', async () => {
  for (const [stop, place] of [
    ['placed', 'to'],
    ['placed', 'from'],
    ['known', 'to'],
    ['known', 'from'],
  ] as const) {
    for (const rest of ['', '-org']) {
      const stoppedMove = await stopped(stop);
      const { from, to, settle } = stoppedMove;
      writeFileSync(stoppedMove[place] + rest, 'work');
      const before = [namesBeside(from), namesBeside(to)];
      const said = settle();
      expect(said).toContain('one of the two places was changed');
      expect(said).toContain(`${stop === 'known' ? to : from} is used`);
      expect([namesBeside(from), namesBeside(to)]).toEqual(before);
      expect(settle()).toBe(null);
    }
  }
});

test('nothing is touched while the place that stays cannot be reached, and it is looked at again later', async () => {
  const { from, to, settle } = await stopped('known');
  const whole = readFileSync(to);
  rmSync(to);
  expect(settle()).toBe(null);
  expect(readFileSync(from, 'utf8')).toBe('badges');
  writeFileSync(to, whole);
  expect(settle()).toMatch(/was moved/);
});

test('a note that is damaged, or names what belongs to no workspace, clears nothing', () => {
  const folder = temporaryFolder();
  const [note, from, to] = ['moving.json', 'w.laurel', 'x.laurel'].map((name) => path.join(folder, name)) as [
    string,
    string,
    string,
  ];
  write(from, FILES);
  writeFileSync(path.join(folder, 'mine'), 'mine');
  const known = new KnownWorkspaces(path.join(folder, 'workspaces.json'), from, () => undefined);
  const unfinished = '.laurel-0a.unfinished';
  for (const bad of ['{', '{}', { rests: ['/../mine'], unfinished }, { rests: [], unfinished: '../mine' }]) {
    writeFileSync(note, typeof bad === 'string' ? bad : JSON.stringify({ id: OWN_ID, from, to, ...bad }));
    expect(new UnfinishedMove(note).settle(known)).toBe(null);
  }
  expect(namesBeside(from)).toContain('mine');
});

test('what is to be said waits until the page takes it', async () => {
  let told = 0;
  const opening = new OpeningFiles({
    recent: { drop: () => false, note: () => undefined } as never,
    grant: () => Promise.resolve(),
    tell: () => void (told += 1),
  });
  const reason = { key: 'workspaces.moveUndone', values: { name: 'w', folder: 'f' } } as never;
  opening.say(reason);
  expect([told, await opening.take(), await opening.take()]).toEqual([1, [{ kind: 'refused', name: '', reason }], []]);
});
