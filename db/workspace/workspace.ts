import type { Database } from 'better-sqlite3';
import { unionAll } from 'drizzle-orm/sqlite-core';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { WORKSPACE } from '../kinds';
import { FileIdentity } from '../file-identity';
import { oddInWorkspace } from '../odd-json';
import { lockFile, type FileLock } from '../lock';
import type { LockRole } from '../../electron/disk/lock-holder';
import { openDatabase, refuseForeign } from '../open';
import { ArtStore } from './arts';
import { AwardCountStore } from './award-counts';
import { ConnectionStore } from './connections';
import { DraftClaims } from './draft-claims';
import { DraftHistory } from './draft-history';
import { DraftList } from './draft-list';
import { DraftRemoval } from './draft-removal';
import { DraftStore } from './drafts';
import { FolderFileStore } from './folder-files';
import { JobStore } from './jobs';
import { LedgerStore } from './ledger';
import { ListRows } from './list-row';
import { LiveJobRows } from './live-job-rows';
import { LiveJobStore } from './live-jobs';
import { badges, simulations } from './schema';
import { SettingsStore } from './settings';
import { SimulationStore } from './simulations';
import { SnapshotStore } from './snapshots';
import { SyncState } from './sync-state';
import type { Message } from '../../shared/words/message';

/** An open workspace: everything people write by hand. */
export interface Workspace {
  drafts: DraftStore;
  arts: ArtStore;
  history: DraftHistory;
  claims: DraftClaims;
  removal: DraftRemoval;
  list: DraftList;
  settings: SettingsStore;
  jobs: JobStore;
  simulations: SimulationStore;
  connections: ConnectionStore;
  snapshots: SnapshotStore;
  counts: AwardCountStore;
  sync: SyncState;
  folder: FolderFileStore;
  ledger: LedgerStore;
  liveJobs: LiveJobStore;
  liveRows: LiveJobRows;
  schemaVersion: number;
  wasCreated: boolean;
  /** Whether anything was ever made in it, deleted drafts included. */
  hasContent(): boolean;
  /** Makes several changes one: all of them stay, or none. */
  transaction<T>(work: () => T): T;
  /** Whether it was brought up to date at this start. */
  wasUpdated: boolean;
  /** What cannot be read and would decide something, in sentences, as of now. */
  odd(): readonly Message[];
  /** @throws Failure `database` when the file was deleted, moved or replaced since it was opened */
  requireThere(): void;
  /** Reads the file through where that was left for later. @throws Failure `database` when it is damaged */
  readThrough(): void;
  close(): void;
}

/**
 * Opens a workspace, or makes it, for this process alone.
 *
 * @param file absolute path; its folder must exist
 * @param role as what this process opens it
 * @param beforeOpening is done once the file is this process's own, and before anything in it is changed; answers whether
 *   a whole backup holds the workspace as it is now
 * @param whole as `openDatabase` takes it
 * @throws Failure `database` when it is open elsewhere, foreign, damaged or cannot be written; `database-newer` when a
 *   newer Laurel wrote it
 */
export async function openWorkspace(
  file: string,
  role: LockRole = 'command',
  beforeOpening: () => Promise<boolean> = () => Promise.resolve(false),
  whole: 'now' | 'later' = 'now',
): Promise<Workspace> {
  // A file of customers taken for a workspace must not get a lock file beside it.
  refuseForeign(file, WORKSPACE);
  const lock = lockFile(file, role);
  let connection: Database | undefined;
  try {
    const isSaved = await beforeOpening();
    const opened = await openDatabase(file, WORKSPACE, { whole, isSaved });
    const { version, versionBefore, wasCreated, readThrough } = opened;
    connection = opened.connection;
    return assemble(connection, lock, {
      ...{ schemaVersion: version, wasCreated, readThrough },
      wasUpdated: !wasCreated && versionBefore < version,
    });
  } catch (error) {
    connection?.close();
    lock.release();
    throw error;
  }
}

function assemble(
  connection: Database,
  lock: FileLock,
  start: Pick<Workspace, 'schemaVersion' | 'wasCreated' | 'wasUpdated' | 'readThrough'>,
): Workspace {
  const database = drizzle(connection);
  const identity = new FileIdentity(connection.name);
  const settings = new SettingsStore(connection);
  const rows = new ListRows(connection);
  const drafts = new DraftStore(connection, settings, rows);
  return {
    drafts,
    arts: new ArtStore(connection),
    history: new DraftHistory(connection, drafts),
    claims: new DraftClaims(connection, drafts, rows),
    removal: new DraftRemoval(connection, rows),
    list: new DraftList(connection, settings),
    settings,
    jobs: new JobStore(connection),
    simulations: new SimulationStore(connection),
    connections: new ConnectionStore(connection),
    snapshots: new SnapshotStore(connection),
    counts: new AwardCountStore(connection),
    sync: new SyncState(connection),
    folder: new FolderFileStore(connection),
    ledger: new LedgerStore(connection),
    liveJobs: new LiveJobStore(connection),
    liveRows: new LiveJobRows(connection),
    ...start,
    odd: () => oddInWorkspace(connection),
    hasContent: () =>
      unionAll(
        database.select({ key: badges.key }).from(badges),
        database.select({ key: simulations.key }).from(simulations),
      )
        .limit(1)
        .all().length > 0,
    requireThere: () => identity.require(),
    transaction: (work) => connection.transaction(work).immediate(),
    close: () => {
      connection.close();
      lock.release();
    },
  };
}
