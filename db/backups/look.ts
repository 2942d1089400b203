import type { BackupLook } from '../../shared/ipc/backups-contract';
import { Failure } from '../../shared/ipc/errors';
import { message } from '../../shared/words/message';
import { orgFileOf } from '../kinds';
import { backupView, pairOf, storedBackup } from './backups';
import { countPair, readPair } from './pair';
import { DamagedFile, inWords } from './reasons';

/**
 * Opens a backup for reading, counts what is in it and reads it through, and counts what the present workspace holds.
 *
 * @throws Failure `not-found`, or `database` where its files cannot be reached
 */
export function lookIntoBackup(workspaceFile: string, id: string): BackupLook {
  const stored = storedBackup(workspaceFile, id);
  const backup = backupView(stored);
  const present = presentCounts(workspaceFile);
  if (backup.bar === 'damaged') return { backup, present, whole: false };
  try {
    const { counts, schema } = readPair(pairOf(stored));
    return { backup: { ...backup, counts, schema }, present, whole: true };
  } catch (error) {
    if (error instanceof DamagedFile) return { backup: { ...backup, bar: 'damaged' }, present, whole: false };
    const failure = inWords(error, (reason) => message('backups.unreadable', { reason }));
    if (failure instanceof Failure) throw failure;
    throw error;
  }
}

function presentCounts(workspaceFile: string): BackupLook['present'] {
  try {
    return countPair({ workspace: workspaceFile, org: orgFileOf(workspaceFile) });
  } catch {
    // It may be missing, damaged, or no database at all: then there is nothing to compare with.
    return null;
  }
}
