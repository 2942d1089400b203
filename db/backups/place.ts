import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
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
  /** Folders that were chosen before and hold backups still, the latest first; absolute. */
  earlier: z.array(z.string()).max(1_000).catch([]),
  /** The workspace that this was noted for, absolute; null: an earlier version noted it. */
  of: z.string().nullable().catch(null),
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

/**
 * A workspace that was copied, note and all, is another one: its backups get an id of their own, and those of the original
 * are neither listed nor rotated for it. One that was moved, by Laurel or by hand, keeps its own.
 *
 * @returns what was noted; the usual choices where nothing was, or it cannot be read
 */
export function readBackupNote(workspaceFile: string): BackupNote {
  const note = notedAt(workspaceFile);
  if (note === null) {
    return {
      ...{ id: randomBytes(4).toString('hex'), folder: null, earlier: [], of: null },
      ...{ interval: 'hour', lastVersion: null, updatedFrom: null },
    };
  }
  const { of: original, id } = note;
  if (original === null || original === workspaceFile || !existsSync(original)) return note;
  if (notedAt(original)?.id !== id) return note;
  // The same as long as nothing was noted for the copy itself.
  const own = createHash('sha256').update(`${id} ${workspaceFile}`).digest('hex').slice(0, 8);
  return { ...note, id: own, earlier: [], of: null };
}

function notedAt(workspaceFile: string): BackupNote | null {
  try {
    const found = noteSchema.safeParse(JSON.parse(readRegularText(noteFile(workspaceFile), RECORD_BYTES)));
    return found.success ? found.data : null;
  } catch {
    // Nothing was noted yet.
    return null;
  }
}

/** @throws the system's error; what was noted before is as it was */
export function changeBackupNote(workspaceFile: string, change: Partial<Omit<BackupNote, 'id' | 'of'>>): BackupNote {
  const note: BackupNote = { ...readBackupNote(workspaceFile), ...change, of: workspaceFile };
  writeWholeNow(noteFile(workspaceFile), `${JSON.stringify(note, null, 2)}\n`);
  return note;
}

/** What the folders of one workspace in a chosen one end with, whatever that was called when they were made. */
const endOf = ({ id }: Pick<BackupNote, 'id'>): string => `-backups-${id}`;

/** The folder in which backups are to be put, the chosen one or the usual one. */
export function wantedFolder(workspaceFile: string, note = readBackupNote(workspaceFile)): string {
  if (note.folder === null) return usualFolder(workspaceFile);
  return path.join(note.folder, `${path.basename(workspaceFile, path.extname(workspaceFile))}${endOf(note)}`);
}

/** Where backups of a workspace may be. */
export interface BackupPlaces {
  /** Folders of this workspace alone, each once. */
  folders: string[];
  /** Folders that were chosen, now or before, and cannot be looked into now: a disk that is not connected, perhaps. */
  away: string[];
}

/**
 * Every place that may hold backups of a workspace: those made before another folder was chosen, or under another name of
 * the workspace, stay in sight.
 */
export function backupPlaces(workspaceFile: string): BackupPlaces {
  const note = readBackupNote(workspaceFile);
  const folders = new Set([wantedFolder(workspaceFile, note), usualFolder(workspaceFile)]);
  const away: string[] = [];
  for (const chosen of new Set([...(note.folder === null ? [] : [note.folder]), ...note.earlier])) {
    const found = foldersIn(chosen, note);
    if (found === null) away.push(chosen);
    else for (const folder of found) folders.add(folder);
  }
  return { folders: [...folders], away };
}

function foldersIn(chosen: string, note: BackupNote): string[] | null {
  try {
    const names = readdirSync(chosen).filter((name) => name.endsWith(endOf(note)));
    return names.map((name) => path.join(chosen, name));
  } catch {
    return null;
  }
}

/**
 * Remembers a folder for backups once it was seen that they can be written there.
 *
 * @param folder absolute; null: the usual one
 * @throws Failure `invalid-input`; the folder before stays
 */
export function chooseBackupFolder(workspaceFile: string, folder: string | null): void {
  if (folder !== null) requireUsable(folder);
  const note = readBackupNote(workspaceFile);
  const before = [...(note.folder === null ? [] : [note.folder]), ...note.earlier];
  // One without backups is of no interest any more; one that cannot be looked into may have some.
  const earlier = [...new Set(before)].filter((each) => each !== folder && foldersIn(each, note)?.length !== 0);
  changeBackupNote(workspaceFile, { folder, earlier });
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
