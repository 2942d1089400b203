import { readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { readRegularText } from '../../electron/disk/regular-file';
import { codeOf } from '../../electron/disk/system-reasons';
import {
  BACKUP_OCCASIONS,
  type BackupBar,
  type BackupView,
  type WorkspaceCounts,
} from '../../shared/ipc/backups-contract';
import { Failure } from '../../shared/ipc/errors';
import { message } from '../../shared/words/message';
import { ORG, orgFileOf, WORKSPACE } from '../kinds';
import type { Pair } from './pair';
import { backupPlaces, RECORD_BYTES } from './place';

/** The file of a backup that says what it is. A folder without one is no backup. */
export const MANIFEST = 'backup.json';
export const FORMAT = 'laurel/backup@1';

const amount = z.number().nullable();
const counts = z.object({
  badges: amount,
  claims: amount,
  simulations: amount,
  connections: amount,
  liveJobs: amount,
  requests: amount,
  enrolments: amount,
  awards: amount,
  changedOn: amount,
  requestedOn: amount,
}) satisfies z.ZodType<WorkspaceCounts>;

const manifestSchema = z.object({
  format: z.literal(FORMAT),
  madeOn: z.int(),
  occasion: z.enum(BACKUP_OCCASIONS),
  appVersion: z.string(),
  /** Base name of the workspace's file, which its copy has, too. */
  workspaceName: z.string().min(1),
  /** Of the copies, in bytes, by base name: a copy that was cut since is noticed without reading it. */
  sizes: z.record(z.string(), z.number()),
  /** SHA-256 of both copies, one after the other; null where they are bytes that SQLite could not read. */
  digest: z.string().nullable(),
  schema: z.object({ workspace: z.int(), org: z.int() }),
  counts,
});
export type BackupManifest = z.infer<typeof manifestSchema>;

/** A backup in its place. */
export interface StoredBackup {
  id: string;
  /** Absolute. */
  folder: string;
  manifest: BackupManifest;
}

/** The names of unfinished backups begin so; none is ever listed. */
export const UNFINISHED = '.laurel-';

/** The copies inside a backup. */
export function pairOf({ folder, manifest }: Pick<StoredBackup, 'folder' | 'manifest'>): Pair {
  const workspace = path.join(folder, manifest.workspaceName);
  return { workspace, org: orgFileOf(workspace) };
}

/** The backups of a workspace that can be looked into now, and where else there may be some. */
export interface FoundBackups {
  /** The latest first. */
  backups: StoredBackup[];
  /** Absolute folders that cannot be looked into. */
  away: string[];
}

/** All complete backups of a workspace, whether the workspace itself can be opened or not. */
export function findBackups(workspaceFile: string): FoundBackups {
  const { folders, away } = backupPlaces(workspaceFile);
  const backups = folders.flatMap((folder) => {
    const found = backupsIn(folder);
    if (found === null && !away.includes(path.dirname(folder))) away.push(folder);
    return found ?? [];
  });
  backups.sort((one, other) => other.manifest.madeOn - one.manifest.madeOn || (one.id < other.id ? 1 : -1));
  return { backups, away };
}

/** The backups of {@link findBackups} alone. */
export function storedBackups(workspaceFile: string): StoredBackup[] {
  return findBackups(workspaceFile).backups;
}

/** @returns null: the folder is there, or may be, and cannot be looked into */
function backupsIn(folder: string): StoredBackup[] | null {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    // Not made yet. Whether the folder around it is there was seen before.
    return codeOf(error) === 'ENOENT' ? [] : null;
  }
  return names.flatMap((id) => {
    if (id.startsWith(UNFINISHED)) return [];
    const manifest = readManifest(path.join(folder, id, MANIFEST));
    return manifest === null ? [] : [{ id, folder: path.join(folder, id), manifest }];
  });
}

function readManifest(file: string): BackupManifest | null {
  try {
    const parsed = manifestSchema.safeParse(JSON.parse(readRegularText(file, RECORD_BYTES)));
    return parsed.success && path.basename(parsed.data.workspaceName) === parsed.data.workspaceName
      ? parsed.data
      : null;
  } catch {
    return null;
  }
}

/** @throws Failure `not-found` */
export function storedBackup(workspaceFile: string, id: string): StoredBackup {
  const found = storedBackups(workspaceFile).find((backup) => backup.id === id);
  if (!found) throw new Failure('not-found', message('backups.notThere'));
  return found;
}

/** Why this version cannot restore a backup, as far as its size and its own words tell. */
export function barOf({ folder, manifest }: StoredBackup): BackupBar {
  const { schema, sizes, digest } = manifest;
  const isCut = Object.entries(sizes).some(
    ([name, bytes]) => statSync(path.join(folder, path.basename(name)), { throwIfNoEntry: false })?.size !== bytes,
  );
  if (digest === null || isCut) return 'damaged';
  const isNewer = schema.workspace > WORKSPACE.migrations.length || schema.org > ORG.migrations.length;
  return isNewer ? 'newer' : null;
}

/** A backup as the list shows it. */
export function backupView(backup: StoredBackup): BackupView {
  const { madeOn, occasion, appVersion, sizes, schema, counts: held } = backup.manifest;
  const bytes = Object.values(sizes).reduce((sum, size) => sum + size, 0);
  return { id: backup.id, madeOn, occasion, appVersion, bytes, schema, counts: held, bar: barOf(backup) };
}

/** Deletes a backup, its manifest first: what is left of one that is half deleted is none. @throws the system's error */
export function deleteBackup({ folder }: StoredBackup): void {
  rmSync(path.join(folder, MANIFEST), { force: true });
  rmSync(folder, { recursive: true, force: true });
}
