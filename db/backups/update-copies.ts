import { readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { fromMilliseconds } from '../../shared/domain/instant';
import type { CopiedFile, UpdateCopy } from '../../shared/ipc/backups-contract';
import { practiceFileOf, orgFileOf } from '../kinds';
import { removeSides } from '../sqlite';

/** A copy of one file of a workspace from before an update, in its place. */
export interface StoredCopy extends UpdateCopy {
  /** Absolute. */
  file: string;
}

const OF: Readonly<Record<CopiedFile, (workspaceFile: string) => string>> = {
  workspace: (file) => file,
  org: orgFileOf,
  practice: practiceFileOf,
};

/**
 * The copies of single files that stand beside a workspace, the latest first. Earlier versions made one of each file before
 * an update; of the practice org, and where a file of the two is damaged, one is made still. Nothing takes them away by
 * itself, and whoever is in the file is in them.
 */
export function updateCopies(workspaceFile: string): StoredCopy[] {
  const folder = path.dirname(workspaceFile);
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    // Then the workspace cannot be reached either, which is said where it matters.
    return [];
  }
  const copies = (['workspace', 'org', 'practice'] as const).flatMap((of) => {
    const base = path.basename(OF[of](workspaceFile));
    return names.flatMap((name): StoredCopy[] => {
      // What a kill has left unfinished holds people, too.
      if (!name.startsWith(base)) return [];
      if (!/^\.v\d{4,9}\.backup(?:\.unfinished)?$/.test(name.slice(base.length))) return [];
      const stats = statSync(path.join(folder, name), { throwIfNoEntry: false });
      if (stats?.isFile() !== true) return [];
      const madeOn = fromMilliseconds(Math.floor(stats.mtimeMs));
      return [{ id: name, of, file: path.join(folder, name), bytes: stats.size, madeOn }];
    });
  });
  return copies.sort((one, other) => other.madeOn - one.madeOn || (one.id < other.id ? 1 : -1));
}

/** A copy as the list shows it. */
export function copyView({ id, of, madeOn, bytes }: StoredCopy): UpdateCopy {
  return { id, of, madeOn, bytes };
}

/** @throws the system's error */
export function deleteUpdateCopy({ file }: StoredCopy): void {
  rmSync(file, { force: true });
  removeSides(file);
}
