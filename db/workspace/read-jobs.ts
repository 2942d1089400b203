import { WORKSPACE } from '../kinds';
import { schemaVersion } from '../migrate';
import { connectDatabase, refuseForeign } from '../open';
import { closeReader } from '../sqlite';
import { AwardCountStore } from './award-counts';
import { ConnectionStore } from './connections';
import { LedgerStore } from './ledger';
import { LiveJobRows } from './live-job-rows';
import { LiveJobStore } from './live-jobs';
import { SettingsStore } from './settings';

/** The live jobs of a workspace and what was sent for them, all of one instant. */
export interface JobsReading {
  jobs: Pick<LiveJobStore, 'get' | 'list' | 'counts'>;
  rows: Pick<LiveJobRows, 'placed'>;
  ledger: Pick<LedgerStore, 'after' | 'ofJob' | 'ofTask' | 'tasks' | 'contents'>;
  connections: Pick<ConnectionStore, 'list'>;
  settings: Pick<SettingsStore, 'current' | 'kept'>;
  counts: Pick<AwardCountStore, 'before' | 'namesake'>;
  close(): void;
}

/**
 * Opens the live jobs of a workspace for reading, also while a window has it open and a job runs: what is read is one
 * instant, and nothing is locked or changed.
 *
 * @param file absolute path of a workspace that is there and of this version
 * @throws Failure `database` or `database-newer`
 */
export function readJobs(file: string): JobsReading {
  refuseForeign(file, WORKSPACE);
  const connection = connectDatabase(file, WORKSPACE, true);
  connection.exec('BEGIN');
  // What a transaction reads is settled by its first read.
  schemaVersion(connection);
  return {
    jobs: new LiveJobStore(connection),
    rows: new LiveJobRows(connection),
    ledger: new LedgerStore(connection),
    connections: new ConnectionStore(connection),
    settings: new SettingsStore(connection),
    counts: new AwardCountStore(connection),
    close: () => closeReader(connection),
  };
}
