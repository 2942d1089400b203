import { closeSync, fsyncSync, openSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import type { BackupProgress, WorkspaceCounts } from '../../shared/ipc/backups-contract';
import { Failure } from '../../shared/ipc/errors';
import { message } from '../../shared/words/message';
import { schemaVersion } from '../migrate';
import { connectSqlite, removeSides } from '../sqlite';
import { countWorkspace } from './counts';
import { DamagedFile } from './reasons';

/** The two files of a workspace, or copies of them; absolute. */
export interface Pair {
  workspace: string;
  org: string;
}

export interface CopiedPair {
  schema: { workspace: number; org: number };
  counts: WorkspaceCounts;
}

const PATIENCE = 5_000;
const TRIES = 50;
/** Who waits for a backup, and may stop it. */
export interface BackupWatch {
  signal?: { readonly aborted: boolean };
  progress(report: BackupProgress): void;
}

/** @throws Failure `cancelled` */
export function refuseStopped({ signal }: BackupWatch): void {
  if (signal?.aborted === true) throw new Failure('cancelled', message('backups.cancelled'));
}

const bytesOf = (connection: Database): number =>
  (connection.pragma('page_count', { simple: true }) as number) *
  (connection.pragma('page_size', { simple: true }) as number);

/** Between two looks at whether the work is to go on. */
const PAGES = 2_000;

/**
 * Copies both files as they were in one instant, through SQLite's backup API, whoever writes to them meanwhile. The
 * copies are read through before this returns.
 *
 * @param to files that are not there yet, in a folder that is
 * @throws what SQLite and the system throw; DamagedFile when a file, or its copy, is not whole; Failure `cancelled`
 */
export async function copyPair(from: Pair, to: Pair, watch: BackupWatch): Promise<CopiedPair> {
  const open: Database[] = [];
  const connect = (file: string): Database => {
    const connection = connectSqlite(file, { fileMustExist: true, timeout: PATIENCE });
    open.push(connection);
    return connection;
  };
  try {
    const sources = { workspace: connect(from.workspace), org: connect(from.org) };
    holdOneInstant(sources, connect(from.workspace));
    const bytes = { workspace: bytesOf(sources.workspace), org: bytesOf(sources.org) };
    const total = bytes.workspace + bytes.org;
    for (const part of ['workspace', 'org'] as const) {
      const before = part === 'org' ? bytes.workspace : 0;
      await sources[part].backup(to[part], {
        progress: ({ totalPages, remainingPages }) => {
          refuseStopped(watch);
          const copied = totalPages === 0 ? 0 : 1 - remainingPages / totalPages;
          watch.progress({ stage: 'copy', done: before + Math.round(copied * bytes[part]), total });
          return PAGES;
        },
      });
    }
    refuseStopped(watch);
  } finally {
    for (const connection of open) {
      if (connection.inTransaction) connection.exec('ROLLBACK');
      connection.close();
    }
  }
  return finish(to);
}

/**
 * Begins to read both files in such a way that what is read stood in both at one instant: the workspace did not change
 * from before the one reading began until after the other had.
 *
 * @param probe of the workspace, which reads nothing else
 */
export function holdOneInstant({ workspace, org }: { workspace: Database; org: Database }, probe: Database): void {
  const changes = (): unknown => probe.pragma('data_version', { simple: true });
  for (let tried = 1; ; tried += 1) {
    const before = changes();
    for (const connection of [workspace, org]) {
      connection.exec('BEGIN');
      // What a transaction reads is settled by its first read.
      schemaVersion(connection);
    }
    if (changes() === before || tried === TRIES) return;
    for (const connection of [workspace, org]) connection.exec('ROLLBACK');
  }
}

/** Makes the copies files that open where nothing can be written, waits until the disk has them, and reads them through. */
function finish(pair: Pair): CopiedPair {
  const [workspace, org] = [pair.workspace, pair.org].map((file) => connectSqlite(file, { fileMustExist: true }));
  try {
    for (const copy of [workspace, org] as Database[]) {
      copy.pragma('journal_mode = DELETE');
      requireWhole(copy);
    }
    return described(workspace as Database, org as Database);
  } finally {
    workspace?.close();
    org?.close();
    for (const file of [pair.workspace, pair.org]) {
      removeSides(file);
      waitForDisk(file);
    }
  }
}

/**
 * Reads a pair of copies through without changing them.
 *
 * @throws DamagedFile, or what SQLite and the system throw
 */
export function readPair(pair: Pair): CopiedPair {
  const open: Database[] = [];
  try {
    for (const file of [pair.workspace, pair.org]) {
      const connection = connectSqlite(file, { fileMustExist: true, readonly: true, timeout: PATIENCE });
      open.push(connection);
      requireWhole(connection);
    }
    return described(open[0] as Database, open[1] as Database);
  } finally {
    for (const connection of open) connection.close();
  }
}

/** How much a pair holds, without reading it through. @throws what SQLite and the system throw */
export function countPair(pair: Pair): WorkspaceCounts {
  const open: Database[] = [];
  try {
    for (const file of [pair.workspace, pair.org]) {
      open.push(connectSqlite(file, { fileMustExist: true, readonly: true, timeout: PATIENCE }));
    }
    return countWorkspace(open[0] as Database, open[1] as Database);
  } finally {
    for (const connection of open) connection.close();
  }
}

function described(workspace: Database, org: Database): CopiedPair {
  return {
    schema: { workspace: schemaVersion(workspace), org: schemaVersion(org) },
    counts: countWorkspace(workspace, org),
  };
}

function requireWhole(connection: Database): void {
  if (connection.pragma('quick_check(1)', { simple: true }) !== 'ok') throw new DamagedFile(connection.name);
}

/** What stands under a name may still be on its way to the disk. */
export function waitForDisk(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
