import type { StoredConnection } from '../../../../db/workspace/connections';
import { dateAt, startOfDate } from '../../../../shared/domain/calendar';
import { readInstant, type Instant } from '../../../../shared/domain/instant';
import type { RemoteBadge } from '../../../../shared/gateway/client-schemas';
import { Failure } from '../../../../shared/ipc/errors';
import type { OrgCounts, OrgCycle } from '../../../../shared/simulation/org-score';
import { message } from '../../../../shared/words/message';
import { onErrand } from '../client/errand';
import type { OrgSession } from '../client/org-sessions';
import type { SyncContext } from '../context';
import { countOf } from './live-badge';
import { LiveReads } from './live-reads';

/**
 * What an org counts now of the badge of a name: all its awards, and those of each cycle of its own windows. An org that does not count
 * by cycle has none. What was heard of its awards before comes along, and what it says now is kept, too.
 *
 * @param from of the cycles that are asked for
 * @returns null where the org has no badge of this name
 * @throws Failure
 */
export function readAwardCounts(
  context: SyncContext,
  connection: StoredConnection,
  session: OrgSession,
  { name, from, to }: { name: string; from: Instant; to: Instant },
  signal: AbortSignal,
): Promise<OrgCounts | null> {
  return onErrand('look', [name], async () => {
    const patience = { dice: context.dice, times: context.times.backoff };
    const reads = new LiveReads(session.client, patience, null, signal);
    const badge = await reads.named(name, { includeStatistics: 'true' });
    if (badge === null) return null;
    const [startOn, expiresOn] = [instantIn(badge, 'startOn'), instantIn(badge, 'expiresOn')];
    if (startOn === null || expiresOn === null)
      throw new Failure('rejected-by-gateway', message('lookAhead.unreadable', { org: connection.name }));
    const readOn = context.clockOf(connection.baseUrl) ?? context.now();
    const until = Math.min(readOn, to);
    const cycles = until <= from ? [] : await cyclesOf(reads, badge.id, from, until, connection.timeZone);
    const { counts } = context.workspace;
    return {
      ...{ id: badge.id, readOn, startOn, expiresOn, awards: countOf(badge.earnedCount), cycles },
      ...{ earlier: counts.before(connection.key, badge.id, readOn) },
      namesake: counts.namesake(connection.key, badge.id, name),
    };
  });
}

async function cyclesOf(reads: LiveReads, id: string, from: Instant, to: Instant, zone: string): Promise<OrgCycle[]> {
  const found = await reads.countedCycles(id, from, to).catch((error: unknown) => {
    if (error instanceof Failure && error.code === 'rejected-by-gateway') return [];
    throw error;
  });
  return found.map(({ window, start, lastDay, awards }) => ({
    ...{ window, from: start, awards },
    to: startOfDate(dateAt(lastDay, zone) + 1, zone),
  }));
}

function instantIn(badge: RemoteBadge, key: string): Instant | null {
  const reading = readInstant(badge[key]);
  return reading.ok ? reading.instant : null;
}
