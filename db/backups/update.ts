import { closeSync, openSync, readSync } from 'node:fs';
import type { Instant } from '../../shared/domain/instant';
import { Failure } from '../../shared/ipc/errors';
import { ORG, orgFileOf, WORKSPACE } from '../kinds';
import { changeBackupNote, readBackupNote } from './place';
import { hasBothFiles, takeBackup, type TakenBackup } from './take';

const VERSION_AT = 60;
const ID_AT = 68;

/** Schema version and application id, from a file's head: the file is not opened before it is recognised. */
function headOf(file: string): { version: number; applicationId: number } {
  const head = Buffer.alloc(100);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, head, 0, head.length, 0);
  } finally {
    closeSync(handle);
  }
  return { version: head.readUInt32BE(VERSION_AT), applicationId: head.readUInt32BE(ID_AT) };
}

/**
 * Saves a workspace before another version of Laurel than the last one opens it, and before its files are brought up to
 * date. The workspace must be locked.
 *
 * @returns null where there is nothing to save, or nothing that this version could change
 * @throws Failure `database` when it is to be brought up to date and cannot be saved; nothing was changed then
 */
export async function backUpBeforeUpdate(order: {
  workspaceFile: string;
  appVersion: string;
  now: Instant;
}): Promise<TakenBackup | null> {
  const { workspaceFile, appVersion } = order;
  if (!hasBothFiles(workspaceFile)) return null;
  const files = [
    { ...headOf(workspaceFile), kind: WORKSPACE },
    { ...headOf(orgFileOf(workspaceFile)), kind: ORG },
  ];
  // Foreign files and those of a newer Laurel are refused in words when they are opened.
  if (files.some(({ applicationId, kind }) => applicationId !== kind.applicationId)) return null;
  if (files.some(({ version, kind }) => version > kind.migrations.length)) return null;
  const isPending = files.some(({ version, kind }) => version < kind.migrations.length);
  if (isPending) rememberUpdate(workspaceFile, files);
  const { lastVersion } = readBackupNote(workspaceFile);
  if (!isPending && (lastVersion === null || lastVersion === appVersion)) return null;
  try {
    return await takeBackup({ ...order, occasion: 'update' });
  } catch (error) {
    // A damaged file is refused in words when it is opened; and without steps to take nothing is at risk yet.
    if (isPending && error instanceof Failure && !saysDamaged(error)) throw error;
    return null;
  }
}

function saysDamaged({ words }: Failure): boolean {
  const reason = words?.values['reason'];
  return typeof reason === 'object' && reason.key === 'backups.reasonDamaged';
}

/** What was noted of an update whose end nobody has seen stays: a kill may have come between two of its steps. */
function rememberUpdate(workspaceFile: string, files: readonly { version: number }[]): void {
  const [workspace = 0, org = 0] = files.map(({ version }) => version);
  if (readBackupNote(workspaceFile).updatedFrom !== null) return;
  changeBackupNote(workspaceFile, { updatedFrom: { workspace, org } });
}

/** Whether an update was done that nobody was told of, also when a kill came in between. */
export function isUntoldUpdate(workspaceFile: string): boolean {
  const { updatedFrom } = readBackupNote(workspaceFile);
  if (updatedFrom === null) return false;
  return (
    headOf(workspaceFile).version > updatedFrom.workspace || headOf(orgFileOf(workspaceFile)).version > updatedFrom.org
  );
}

/** A person was told of the update. Where that cannot be written, they are told once more. */
export function noteToldUpdate(workspaceFile: string): void {
  if (readBackupNote(workspaceFile).updatedFrom === null) return;
  try {
    changeBackupNote(workspaceFile, { updatedFrom: null });
  } catch {
    // A folder that is full or read-only says so where it matters.
  }
}

/** Remembers which version had the workspace open. Where that cannot be written, one backup more will be made. */
export function noteVersion(workspaceFile: string, appVersion: string): void {
  if (readBackupNote(workspaceFile).lastVersion === appVersion) return;
  try {
    changeBackupNote(workspaceFile, { lastVersion: appVersion });
  } catch {
    // A folder that is full or read-only says so where it matters.
  }
}
