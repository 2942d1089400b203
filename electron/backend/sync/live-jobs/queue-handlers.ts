import type { jobQueueMethods } from '../../../../shared/ipc/job-queue-contract';
import type { StoredConnection } from '../../../../db/workspace/connections';
import type { OrgSessions } from '../client/org-sessions';
import type { SyncContext, SyncHandlers } from '../context';
import { requireWritable } from '../connections/write-permission';
import type { LiveJobs } from './jobs';

/** Handlers of live jobs that wait for their turn or their time (docs/decisions/0205). */
export function jobQueueHandlers(
  context: Pick<SyncContext, 'workspace'>,
  sessions: OrgSessions,
  jobs: LiveJobs,
): Pick<SyncHandlers, keyof typeof jobQueueMethods> {
  const { connections, liveJobs } = context.workspace;

  /** The org of a job that is to send something, now or later: its name was typed when the job was put to wait. */
  const writableOf = (id: number): StoredConnection => {
    const connection = connections.get(liveJobs.get(id).connectionKey);
    requireWritable(connection, sessions, connection.name);
    return connection;
  };

  return {
    'liveJobs.wait': ({ id, begin }) => jobs.wait(writableOf(id), id, begin),
    'liveJobs.beginNow': ({ id }) => jobs.beginNow(writableOf(id), id),
    'liveJobs.reorder': ({ id, place }) => jobs.reorder(id, place),
    'liveJobs.takeOut': ({ id }) => jobs.takeOut(id),
  };
}
