import { existsSync } from 'node:fs';
import { cp, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../../shared/ipc/errors';
import { message } from '../../shared/words/message';
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
  /** Nothing is copied yet; what this throws ends the move. */
  begins(plan: MovePlan): void;
  /** The new place is complete; the old one is about to go. */
  placed(): void;
}

/**
 * Moves a database file with everything that belongs to it, its backups too, to another folder or name. Nothing may have
 * it open. Everything is copied, the file itself last and under its name only once it is complete; then that is
 * told, and only then what was there is removed. A kill at any instant leaves it whole at one place or at both; what else
 * it leaves was told before the first byte was copied.
 *
 * @param from absolute path of the file
 * @param to absolute path it is to have
 * @returns names that could not be removed from the old place; they are copies now
 * @throws Failure `invalid-input` where something stands there already, `internal` where copying fails: all is as it was
 */
export async function moveStore(from: string, to: string, steps: MoveSteps): Promise<string[]> {
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
  try {
    steps.begins({ rests, unfinished: path.basename(unfinished) });
    for (const rest of rests) {
      made.push(to + rest);
      await cp(from + rest, to + rest, { recursive: true, errorOnExist: true, force: false });
      await settle(to + rest);
    }
    made.push(unfinished);
    await cp(from, unfinished, { errorOnExist: true, force: false });
    await settle(unfinished);
    // Between the look above and here somebody else may have put a file there.
    if (existsSync(to)) throw new Failure('invalid-input', message('workspaces.placeTaken', { name: newBase }));
    await rename(unfinished, to);
  } catch (error) {
    for (const target of made) await rm(target, { recursive: true, force: true }).catch(() => undefined);
    if (codeOf(error) === undefined) throw error;
    throw new Failure('internal', message('workspaces.notMoved', { name: base, reason: causeOf(error) }));
  }
  steps.placed();
  const left: string[] = [];
  // The file first: without it the rest is no workspace.
  for (const name of [base, ...names.filter((each) => each !== base)]) {
    await rm(path.join(path.dirname(from), name), { recursive: true, force: true }).catch(() => left.push(name));
  }
  return left;
}

async function namesBeside(file: string): Promise<string[]> {
  try {
    return await readdir(path.dirname(file));
  } catch (error) {
    throw new Failure(
      'internal',
      message('workspaces.notMoved', { name: path.basename(file), reason: causeOf(error) }),
    );
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
