import type { StoredConnection } from '../../../../db/workspace/connections';
import { Failure } from '../../../../shared/ipc/errors';
import type { CancelSignal } from '../../../../shared/ipc/method';
import { message } from '../../../../shared/words/message';
import { releaseSource, resolveSource } from '../../customers/resolve-source';
import type { SyncContext, SyncHandlers } from '../context';
import type { LiveJobSource } from './source';

export type LiveCustomers = Parameters<SyncHandlers['liveJobs.start']>[0]['customers'];

/**
 * Finds the customers of a job, with every token and name resolved; whoever takes it calls `releaseLiveSource` in the end.
 *
 * @throws Failure `not-found`, `invalid-input`: made-up customers are none of a real org's
 */
export async function resolveLiveSource(
  context: SyncContext,
  customers: LiveCustomers,
  connection: StoredConnection,
  signal?: CancelSignal,
): Promise<LiveJobSource> {
  switch (customers.kind) {
    case 'request':
      return { kind: 'request', orgFile: context.orgFile, facts: context.requestFacts(customers.requestId) };
    case 'simulation': {
      const { resultId, badgeKey } = customers;
      const served = await context.servedBySimulation(resultId, badgeKey);
      if (served.areMadeUp && connection.kind !== 'practice') {
        throw new Failure('invalid-input', message('jobs.madeUp', { org: connection.name }));
      }
      return { kind: 'list', description: served.description, customers: served.customers };
    }
    case 'paste':
    case 'range':
    case 'file':
    case 'one':
      return { kind: 'customers', source: await resolveSource(context, customers, signal) };
  }
}

/** Removes what was made to read the customers. */
export function releaseLiveSource(source: LiveJobSource): void {
  if (source.kind === 'customers') releaseSource(source.source);
}
