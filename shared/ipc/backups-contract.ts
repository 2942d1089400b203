import { z } from 'zod';
import type { Instant } from '../domain/instant';
import type { Message } from '../words/message';
import { call, job } from './method';

/** Why a backup was made: the time had come, a person asked, or something risky came next. */
export const BACKUP_OCCASIONS = ['interval', 'by-hand', 'update', 'deletion', 'restore'] as const;
export type BackupOccasion = (typeof BACKUP_OCCASIONS)[number];

/** How often a backup is made while Laurel runs, where something has changed. */
export const BACKUP_INTERVALS = ['hour', 'four-hours', 'day', 'never'] as const;
export type BackupInterval = (typeof BACKUP_INTERVALS)[number];

/** How much a workspace holds; null where a file of that form has no such thing, or it cannot be counted. */
export interface WorkspaceCounts {
  badges: number | null;
  claims: number | null;
  simulations: number | null;
  connections: number | null;
  liveJobs: number | null;
  requests: number | null;
  enrolments: number | null;
  awards: number | null;
  /** The latest change of a badge, and when the latest request was made. */
  changedOn: Instant | null;
  requestedOn: Instant | null;
}

/** Why a backup cannot be restored by this version; null: it can. */
export type BackupBar = 'newer' | 'damaged' | null;

/** A line of the list of backups. */
export interface BackupView {
  id: string;
  madeOn: Instant;
  occasion: BackupOccasion;
  appVersion: string;
  /** Of both files together. */
  bytes: number;
  schema: { workspace: number; org: number };
  counts: WorkspaceCounts;
  bar: BackupBar;
}

/** Of which file beside or of a workspace. */
export type CopiedFile = 'workspace' | 'org' | 'practice';

/** A copy of one file alone, as it was before an update. It is not restored from the list: it is a file to be put back by hand. */
export interface UpdateCopy {
  /** Base name of the copy, which stands beside the workspace. */
  id: string;
  of: CopiedFile;
  /** When it was written, as the system says. */
  madeOn: Instant;
  bytes: number;
}

/** What a look into a backup's own files found. */
export interface BackupLook {
  backup: BackupView;
  /** What the present workspace holds, to compare with; null where it cannot be read. */
  present: WorkspaceCounts | null;
  /** Whether its files are whole, read through just now. */
  whole: boolean;
}

/** How far a backup is: first its files are copied, then the copies are read through. In bytes of both files. */
export interface BackupProgress {
  stage: 'copy' | 'check';
  done: number;
  total: number;
}

export interface BackupList {
  backups: readonly BackupView[];
  /** Copies of single files from before an update; the latest first. */
  copies: readonly UpdateCopy[];
  /** The folder they are put into, for people to read. */
  folder: string;
  /** Folders that may hold more, for people to read, and cannot be looked into now. */
  away: readonly string[];
  /** Whether it is the one beside the workspace. */
  isUsualFolder: boolean;
  interval: BackupInterval;
  /** Why the last backup could not be made, or not where it should be; null when it was. */
  trouble: Message | null;
}

const id = z.string().min(1).max(300);

export const backupsMethods = {
  'backups.list': call<BackupList>()(() => z.object({})),
  'backups.take': job<BackupProgress, BackupView>()(() => z.object({})),
  /**
   * Makes the backup before a deletion of so many things that is carried out in several calls, once for all of them;
   * null where so few are deleted without one.
   */
  'backups.beforeDeletion': job<BackupProgress, { backup: string | null }>()(() =>
    z.object({ things: z.int().min(1) }),
  ),
  /** Opens a backup for reading, and changes nothing. */
  'backups.look': call<BackupLook>()(() => z.object({ id })),
  /** Orders a restore, which the next start of the backend carries out before anything else. */
  'backups.restore': call<{ ordered: true }>()(() => z.object({ id })),
  /** Deletes a backup, or a copy from before an update. */
  'backups.delete': call<{ deleted: boolean }>()(() => z.object({ id })),
  /** The folder comes by the token of a dialog; null: the usual one again. */
  'backups.chooseFolder': call<BackupList>()(() => z.object({ token: z.string().min(1).max(100).nullable() })),
  'backups.setInterval': call<BackupList>()(() => z.object({ interval: z.enum(BACKUP_INTERVALS) })),
};
