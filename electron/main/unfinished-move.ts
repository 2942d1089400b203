import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { message, type Message } from '../../shared/words/message';
import type { MovePlan } from '../disk/move-store';
import { readRegularText } from '../disk/regular-file';
import { hasSameBytes } from '../disk/same-bytes';
import { belongsToStore, isLock } from '../disk/store-names';
import { writeWholeNow } from '../disk/whole-file';
import type { KnownWorkspaces } from './known-workspaces';

const absolute = z.string().max(32_767).refine(path.isAbsolute);
const moveNote = z.object({
  id: z.string(),
  from: absolute,
  to: absolute,
  rests: z.array(z.string().refine((rest) => belongsToStore('w', `w${rest}`))).max(100_000),
  unfinished: z.string().regex(/^\.laurel-[0-9a-f-]+\.unfinished$/),
});
type MoveNote = z.infer<typeof moveNote>;

/** Bytes; the note of a workspace with thousands of backups before updates is far smaller. */
const LARGEST_NOTE = 10_000_000;

/**
 * What a move of a workspace is going to make, kept in a file of this person's data until the move has ended. A move that
 * was killed leaves it, and the next start knows what to clear.
 */
export class UnfinishedMove {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  /** Written before anything is copied. @throws where it cannot be kept: then the move must not begin */
  begin(workspace: { id: string; from: string; to: string }, plan: MovePlan): void {
    writeWholeNow(this.#file, `${JSON.stringify({ ...workspace, ...plan } satisfies MoveNote)}\n`);
  }

  /** The move has ended, one way or the other. */
  end(): void {
    rmSync(this.#file, { force: true });
  }

  /**
   * Clears what a killed move has left, before any workspace is opened: the copies at the new place, or, where that was
   * complete and known already, those at the old one. Where the two are not alike somebody has worked since, and both
   * stay.
   *
   * @returns what to say; null: there was nothing to clear, or the place that stays cannot be reached now and it is looked
   *   at again with the next start
   */
  settle(known: Pick<KnownWorkspaces, 'recent'>): Message | null {
    const note = this.#read();
    if (note === null) return null;
    const isMoved = known.recent.some(({ id, path: file }) => id === note.id && file === note.to);
    const [kept, other] = isMoved ? [note.to, note.from] : [note.from, note.to];
    // A disk that is not plugged in, perhaps: what may be the only copy stays.
    if (!existsSync(kept)) return null;
    if (existsSync(other) && !isCopy(note.rests, kept, other)) {
      this.end();
      return message('workspaces.moveUnclear', { kept, other });
    }
    const left = clear(note, other);
    this.end();
    if (left.length > 0)
      return message('workspaces.movePieces', { kept, folder: path.dirname(other), files: left.join(', ') });
    return message(isMoved ? 'workspaces.moveFinished' : 'workspaces.moveUndone', {
      name: path.basename(note.from),
      folder: path.dirname(note.to),
    });
  }

  #read(): MoveNote | null {
    try {
      return moveNote.parse(JSON.parse(readRegularText(this.#file, LARGEST_NOTE)));
    } catch {
      return null;
    }
  }
}

/** Whether the files of a workspace at one place are those at the other. Its backups are not looked into. */
function isCopy(rests: readonly string[], kept: string, other: string): boolean {
  return ['', ...rests].every((rest) => {
    const [one, two] = [kept + rest, other + rest];
    try {
      return statSync(one).isDirectory() || hasSameBytes(one, two);
    } catch {
      return !existsSync(one) && !existsSync(two);
    }
  });
}

/** The file first: without it the rest is no workspace. @returns names that could not be removed */
function clear({ to, rests, unfinished }: MoveNote, file: string): string[] {
  const [folder, base] = [path.dirname(file), path.basename(file)];
  let locks: string[] = [];
  try {
    locks = readdirSync(folder).filter((name) => belongsToStore(base, name) && isLock(name));
  } catch {
    // A folder that is not there has no locks.
  }
  const names = [base, ...rests.map((rest) => base + rest), ...locks, ...(file === to ? [unfinished] : [])];
  return names.filter((name) => {
    try {
      rmSync(path.join(folder, name), { recursive: true, force: true });
      return false;
    } catch {
      return true;
    }
  });
}
