import { randomBytes } from 'node:crypto';
import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { troubleAt } from '../../electron/disk/place-trouble';
import { readRegularText } from '../../electron/disk/regular-file';
import { writeWholeNow } from '../../electron/disk/whole-file';
import { BACKUP_INTERVALS } from '../../shared/ipc/backups-contract';
import { Failure } from '../../shared/ipc/errors';
import { message } from '../../shared/words/message';
import { reasonOfCode } from './reasons';

/**
 * What is known of a workspace's backups outside the workspace, because it is needed most where that cannot be opened.
 * It stands beside the workspace.
 */
const noteSchema = z.object({
  /** Sets the backups of this workspace apart from others in one chosen folder. */
  id: z.string().regex(/^[0-9a-f]{8}$/),
  /** Absolute; null: beside the workspace. */
  folder: z.string().nullable().catch(null),
  interval: z.enum(BACKUP_INTERVALS).catch('hour'),
  /** The version of Laurel that had the workspace open last. */
  lastVersion: z.string().nullable().catch(null),
  /** Schema versions from which the files were brought up to date, until a person was told; null: nothing to tell. */
  updatedFrom: z
    .strictObject({ workspace: z.int().min(0), org: z.int().min(0) })
    .nullable()
    .catch(null),
});
export type BackupNote = z.infer<typeof noteSchema>;

const noteFile = (workspaceFile: string): string => `${workspaceFile}-backup-note`;

/** Bytes that a record beside a workspace may have, such as this note; those that Laurel writes have a few thousand. */
export const RECORD_BYTES = 1_000_000;

/** The folder beside a workspace in which its backups are put, unless another one was chosen. */
export function usualFolder(workspaceFile: string): string {
  return `${workspaceFile}-backups`;
}

/** @returns what was noted; the usual choices where nothing was, or it cannot be read */
export function readBackupNote(workspaceFile: string): BackupNote {
  try {
    const found = noteSchema.safeParse(JSON.parse(readRegularText(noteFile(workspaceFile), RECORD_BYTES)));
    if (found.success) return found.data;
  } catch {
    // Nothing was noted yet.
  }
  return { id: randomBytes(4).toString('hex'), folder: null, interval: 'hour', lastVersion: null, updatedFrom: null };
}

/** @throws the system's error; what was noted before is as it was */
export function changeBackupNote(workspaceFile: string, change: Partial<Omit<BackupNote, 'id'>>): BackupNote {
  const note = { ...readBackupNote(workspaceFile), ...change };
  writeWholeNow(noteFile(workspaceFile), `${JSON.stringify(note, null, 2)}\n`);
  return note;
}

/** The folder in which backups are to be put, the chosen one or the usual one. */
export function wantedFolder(workspaceFile: string, note = readBackupNote(workspaceFile)): string {
  if (note.folder === null) return usualFolder(workspaceFile);
  return path.join(note.folder, `${path.basename(workspaceFile, path.extname(workspaceFile))}-backups-${note.id}`);
}

/** Every folder that may hold backups of a workspace, each once: those made before another was chosen stay in sight. */
export function backupFolders(workspaceFile: string): string[] {
  return [...new Set([wantedFolder(workspaceFile), usualFolder(workspaceFile)])];
}

/**
 * Remembers a folder for backups once it was seen that they can be written there.
 *
 * @param folder absolute; null: the usual one
 * @throws Failure `invalid-input`; the folder before stays
 */
export function chooseBackupFolder(workspaceFile: string, folder: string | null): void {
  if (folder !== null) requireUsable(folder);
  changeBackupNote(workspaceFile, { folder });
}

function requireUsable(folder: string): void {
  const name = path.basename(folder);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new Failure('invalid-input', message('backups.noFolder', { name }));
  }
  const trouble = troubleAt(path.join(folder, 'laurel-backups'));
  if (trouble !== undefined) {
    throw new Failure('invalid-input', message('backups.folderRefused', { name, reason: reasonOfCode(trouble) }));
  }
}

/** Makes a folder for backups where it is not there. @throws the system's error */
export function makeBackupFolder(folder: string): void {
  // A chosen folder that is gone is a disk that is not plugged in: it is not made anew in its place.
  mkdirSync(folder, { recursive: false });
}
