import { existsSync } from 'node:fs';
import { cp, lstat, open, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../../shared/ipc/errors';
import { message } from '../../shared/words/message';
import { markMoving } from './being-moved';
import { holderInWords } from './lock-holder';
import { belongsToStore, isLock } from './store-names';
import { causeOf, codeOf } from './system-reasons';
import { removeAbandoned, unfinishedBeside } from './unfinished';

/** What a move is going to make at the new place. */
export interface MovePlan {
  /** What follows the file's own name in the names of all that is copied beside it. */
  rests: string[];
  /** Name of the file's copy until it is complete. */
  unfinished: string;
}

/** Who is told how far a move has come. */
interface MoveSteps {
  /** Lets the file go. It is marked as being moved already, so that nobody else opens it from then on. */
  shut(): Promise<void>;
  /** Nothing is copied yet; what this throws ends the move. */
  begins(plan: MovePlan): void;
  /** The new place is complete; the old one is about to go. */
  placed(): void;
  /** It lies where it lay after all, and what is at the new place is about to go. */
  takenBack(): void;
}

/**
 * Moves a database file with everything that belongs to it, its backups too, to another folder or name. Laurel's programs
 * are kept out from before it is shut until the move has ended. Everything is copied, the file itself last and under its
 * name only once it is complete; then that is told, and only then what was there is removed. A kill at any instant leaves
 * it whole at one place or at both; what else it leaves was told before the first byte was copied. Where anything of it
 * was changed while it was copied, by whatever program, the move is undone: nothing that was written is lost.
 *
 * @param from absolute path of the file
 * @param to absolute path it is to have
 * @returns names that could not be removed from the old place; they are copies now
 * @throws Failure `invalid-input` where something stands there already, `database` where another program has it open,
 *   `conflict` where it was changed meanwhile, `internal` where copying fails: all is at the old place
 */
export async function moveStore(from: string, to: string, steps: MoveSteps): Promise<string[]> {
  let unmark: () => void;
  try {
    unmark = markMoving(from);
  } catch (error) {
    throw notMoved(from, error);
  }
  try {
    await steps.shut();
    await refuseHeld(from);
    return await moveShut(from, to, steps);
  } finally {
    unmark();
  }
}

/** Where this workspace could not be opened, because another program has it, that program goes on writing. */
async function refuseHeld(from: string): Promise<void> {
  const real = await realpath(from);
  for (const file of [real, `${real}-org`, `${real}-practice`]) {
    const words = holderInWords(file);
    if (words !== null) throw new Failure('database', words);
  }
}

async function moveShut(from: string, to: string, steps: MoveSteps): Promise<string[]> {
  const [base, newBase] = [path.basename(from), path.basename(to)];
  const names = (await namesBeside(from)).filter((name) => belongsToStore(base, name));
  if ((await namesBeside(to)).some((name) => belongsToStore(newBase, name))) {
    throw new Failure('invalid-input', message('workspaces.placeTaken', { name: newBase }));
  }
  removeAbandoned(path.dirname(to));
  // Locks are of processes that have ended; the new place gets its own.
  const rests = names.filter((name) => name !== base && !isLock(name)).map((name) => name.slice(base.length));
  const unfinished = unfinishedBeside(to);
  const made: string[] = [];
  let isPlaced = false;
  try {
    const before = await stateOf(from);
    const refuseChanged = async (): Promise<void> => {
      if ((await stateOf(from)) !== before)
        throw new Failure('conflict', message('workspaces.changedMeanwhile', { name: base }));
    };
    steps.begins({ rests, unfinished: path.basename(unfinished) });
    for (const rest of rests) {
      made.push(to + rest);
      await cp(from + rest, to + rest, { recursive: true, errorOnExist: true, force: false });
      await settle(to + rest);
    }
    made.push(unfinished);
    await cp(from, unfinished, { errorOnExist: true, force: false });
    await settle(unfinished);
    await refuseChanged();
    // Between the look above and here somebody else may have put a file there.
    if (existsSync(to)) throw new Failure('invalid-input', message('workspaces.placeTaken', { name: newBase }));
    await rename(unfinished, to);
    made.unshift(to);
    isPlaced = true;
    steps.placed();
    await refuseChanged();
  } catch (error) {
    if (isPlaced) steps.takenBack();
    for (const target of made) await rm(target, { recursive: true, force: true }).catch(() => undefined);
    if (codeOf(error) === undefined) throw error;
    throw notMoved(from, error);
  }
  const left: string[] = [];
  // Whoever only read has left something since. The file first: without it the rest is no workspace.
  const now = (await namesBeside(from)).filter((name) => belongsToStore(base, name) && name !== base);
  for (const name of [base, ...now]) {
    await rm(path.join(path.dirname(from), name), { recursive: true, force: true }).catch(() => left.push(name));
  }
  return left;
}

/**
 * Size and time of change of every file that belongs to a store, as one text: it is another one as soon as anything was
 * written. What SQLite puts beside a file for whoever only reads it says nothing.
 */
async function stateOf(file: string): Promise<string> {
  const [folder, base] = [path.dirname(file), path.basename(file)];
  const found: string[] = [];
  const look = async (name: string): Promise<void> => {
    const place = path.join(folder, name);
    const stats = await lstat(place, { bigint: true });
    const { size, mtimeNs, ino } = stats;
    if (name.endsWith('-shm') || (name.endsWith('-wal') && size === 0n)) return;
    if (stats.isDirectory()) for (const each of (await readdir(place)).sort()) await look(path.join(name, each));
    else found.push([name, size, mtimeNs, ino].join(' '));
  };
  const names = (await readdir(folder)).filter((name) => belongsToStore(base, name) && !isLock(name));
  for (const name of names.sort()) await look(name);
  return found.join('\n');
}

function notMoved(from: string, error: unknown): Failure {
  return new Failure('internal', message('workspaces.notMoved', { name: path.basename(from), reason: causeOf(error) }));
}

async function namesBeside(file: string): Promise<string[]> {
  try {
    return await readdir(path.dirname(file));
  } catch (error) {
    throw notMoved(file, error);
  }
}

/** Waits until a copy is on the disk, a folder with all that is in it. */
async function settle(target: string): Promise<void> {
  if ((await stat(target)).isDirectory()) {
    for (const name of await readdir(target)) await settle(path.join(target, name));
    return;
  }
  const file = await open(target, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
