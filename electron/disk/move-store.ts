import { existsSync } from 'node:fs';
import { cp, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../../shared/ipc/errors';
import { message } from '../../shared/words/message';
import { belongsToStore } from './store-names';
import { causeOf, codeOf } from './system-reasons';
import { removeAbandoned, unfinishedBeside } from './unfinished';

/** Locks are of processes that have ended; the new place gets its own. */
const LOCK = /-lock(?:-holder)?$/;

/**
 * Moves a database file with everything that belongs to it, its backups too, to another folder or name. Nothing may have
 * it open. Everything is copied, the file itself last and under its name only once it is complete; then `placed` is
 * told, and only then what was there is removed. A kill at any instant leaves it whole at one place or at both.
 *
 * @param from absolute path of the file
 * @param to absolute path it is to have
 * @param placed the new place is complete; the old one is about to go
 * @returns names that could not be removed from the old place; they are copies now
 * @throws Failure `invalid-input` where something stands there already, `internal` where copying fails: all is as it was
 */
export async function moveStore(from: string, to: string, placed: () => void): Promise<string[]> {
  const [base, newBase] = [path.basename(from), path.basename(to)];
  const names = (await namesBeside(from)).filter((name) => belongsToStore(base, name));
  if ((await namesBeside(to)).some((name) => belongsToStore(newBase, name))) {
    throw new Failure('invalid-input', message('workspaces.placeTaken', { name: newBase }));
  }
  removeAbandoned(path.dirname(to));
  const made: string[] = [];
  try {
    for (const name of names.filter((each) => each !== base && !LOCK.test(each))) {
      const target = path.join(path.dirname(to), newBase + name.slice(base.length));
      made.push(target);
      await cp(path.join(path.dirname(from), name), target, { recursive: true, errorOnExist: true, force: false });
      await settle(target);
    }
    const unfinished = unfinishedBeside(to);
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
  placed();
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
