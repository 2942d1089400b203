import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** A lock that is older was left behind by something that died. */
const STALE_MS = 60_000;

/** The folder in which git keeps what it knows of a work tree; null where none is around. */
function gitFolderOf(folder: string): string | null {
  for (let at = folder; ; at = path.dirname(at)) {
    const place = path.join(at, '.git');
    const stats = statSync(place, { throwIfNoEntry: false });
    if (stats?.isDirectory()) return place;
    // Of a linked work tree, or a submodule: a file that names it.
    if (stats?.isFile()) {
      const named = /^gitdir: (.+)$/m.exec(readFileSync(place, 'utf8'))?.[1];
      return named === undefined ? null : path.resolve(at, named.trim());
    }
    if (path.dirname(at) === at) return null;
  }
}

/** Whether git is just changing files: half of a branch must not be taken for a choice of somebody. */
export function isGitBusy(folder: string, now: number): boolean {
  try {
    const git = gitFolderOf(folder);
    if (git === null) return false;
    const lock = statSync(path.join(git, 'index.lock'), { throwIfNoEntry: false });
    return lock !== undefined && now - lock.mtimeMs < STALE_MS;
  } catch {
    return false;
  }
}
