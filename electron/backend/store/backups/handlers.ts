import { homedir } from 'node:os';
import path from 'node:path';
import { backupView, deleteBackup, findBackups, storedBackup } from '../../../../db/backups/backups';
import { lookIntoBackup } from '../../../../db/backups/look';
import { changeBackupNote, chooseBackupFolder, readBackupNote, wantedFolder } from '../../../../db/backups/place';
import { copyView, deleteUpdateCopy, updateCopies } from '../../../../db/backups/update-copies';
import { inWords } from '../../../../db/backups/reasons';
import { orderRestore } from '../../../../db/backups/restore';
import type { BackupList } from '../../../../shared/ipc/backups-contract';
import type { Handlers, JobContext } from '../../../../shared/ipc/contract';
import { message, type Message } from '../../../../shared/words/message';
import type { TakenBackup } from '../../../../db/backups/take';

export type BackupMethod = Extract<keyof Handlers, `backups.${string}`>;

/** What the handlers of backups need; none of it needs the workspace to be open. */
export interface BackupSide {
  /** Absolute real path. */
  workspaceFile: string;
  trouble(): Message | null;
  /** @throws Failure */
  take(watch: JobContext<'backups.take'>): Promise<TakenBackup>;
  /** @returns id of the backup; null where none was needed @throws Failure */
  beforeDeletion(things: number, watch: JobContext<'backups.beforeDeletion'>): Promise<string | null>;
  /** @throws Failure where the workspace is open in another process */
  requireOurs(): void;
  /** The folder that a person chose, by its token. @throws Failure `not-found` */
  folder(token: string): string;
}

/** Handlers of `backups.*`. */
export function backupHandlers(side: BackupSide): Pick<Handlers, BackupMethod> {
  const { workspaceFile } = side;
  const list = (): BackupList => {
    const note = readBackupNote(workspaceFile);
    const { backups, away } = findBackups(workspaceFile);
    return {
      backups: backups.map(backupView),
      copies: updateCopies(workspaceFile).map(copyView),
      away: away.map(shown),
      folder: shown(wantedFolder(workspaceFile, note)),
      isUsualFolder: note.folder === null,
      interval: note.interval,
      trouble: side.trouble(),
    };
  };
  return {
    'backups.list': list,
    'backups.take': async (_, watch) => backupView((await side.take(watch)).backup),
    'backups.beforeDeletion': async ({ things }, watch) => ({ backup: await side.beforeDeletion(things, watch) }),
    'backups.look': ({ id }) => lookIntoBackup(workspaceFile, id),
    'backups.restore': ({ id }) => {
      side.requireOurs();
      orderRestore(workspaceFile, id);
      return { ordered: true };
    },
    'backups.delete': ({ id }) => {
      try {
        const copy = updateCopies(workspaceFile).find((each) => each.id === id);
        if (copy) deleteUpdateCopy(copy);
        else deleteBackup(storedBackup(workspaceFile, id));
        return { deleted: true };
      } catch (error) {
        throw inWords(error, (reason) => message('backups.unreadable', { reason }));
      }
    },
    'backups.chooseFolder': ({ token }) => {
      chooseBackupFolder(workspaceFile, token === null ? null : side.folder(token));
      return list();
    },
    'backups.setInterval': ({ interval }) => {
      changeBackupNote(workspaceFile, { interval });
      return list();
    },
  };
}

/** A path as people know it: their own folder by its short name. */
function shown(folder: string): string {
  const home = homedir();
  return folder.startsWith(`${home}${path.sep}`) ? `~${folder.slice(home.length)}` : folder;
}
