import type { StoredConnection } from '../../../../db/workspace/connections';
import type { Snapshot, SnapshotMark } from '../../../../db/workspace/snapshots';
import { SECOND } from '../../../../shared/domain/instant';
import { Failure } from '../../../../shared/ipc/errors';
import { rowDigestOf, snapshotOf, updatedOnOf } from './live-badge';
import { inParallel } from './in-parallel';
import { keepDefinitionsRead, type DefinitionsRead } from './definitions';
import { defaultsOf, LiveReads, type ListedBadge } from './live-reads';
import { onErrand } from '../client/errand';
import type { OrgSession } from '../client/org-sessions';
import { settleEqualLines } from './lines';
import type { SyncContext } from '../context';
import { tieByName } from './promotion-routes';
import { message, type Message } from '../../../../shared/words/message';
import { namedGroup } from '../../../../shared/gateway/client-schemas';

export interface PullResult {
  pulled: number;
  added: number;
  changed: number;
  gone: number;
  sentence: Message;
}

const KEPT = message('sync.pulledBeforeIsKept');

/** Characters of badges that one pull holds at most. */
const MOST_CHARACTERS = 256 * 1024 * 1024;

/** How far two clocks and a slow org may lie apart before an unchanged date of change proves an unchanged badge. */
const RACY = 600 * SECOND;

/**
 * Reads all badges of an org and keeps them as last seen. The workspace changes once, at the end, when everything has
 * been read; until then, and after any failure, it is as it was.
 *
 * A badge whose row in the list is as it was is not read again: what the list leaves out cannot have changed without its
 * date of change. That date proves nothing where it lies close to the last reading, and not on a practice org, whose
 * clock can stand still; there every badge is read.
 *
 * @throws Failure
 */
export function pull(
  context: SyncContext,
  connection: StoredConnection,
  session: OrgSession,
  signal: AbortSignal,
  progress: (report: { done: number; total: number | null }) => void,
): Promise<PullResult> {
  return onErrand('pull', [], () => pulled(context, connection, session, signal, progress));
}

async function pulled(
  context: SyncContext,
  connection: StoredConnection,
  session: OrgSession,
  signal: AbortSignal,
  progress: (report: { done: number; total: number | null }) => void,
): Promise<PullResult> {
  const { workspace, dice, times, now } = context;
  const reads = new LiveReads(session.client, { dice, times: times.backoff }, KEPT, signal);
  const marks = workspace.snapshots.marks(connection.key);
  const listed = await reads.list((done) => progress({ done: 0, total: done }));
  const fields = await reads.customFields();
  const groups = await groupsIfTold(reads);

  const unsure = [...listed.values()].filter(({ id, row }) => !isSurelyAsSeen(connection, row, marks.get(id)));
  // A page may shift while a list is read: only a badge that is not found by its id, either, is gone.
  const missing = [...marks.keys()].filter((id) => !listed.has(id)).map((id): ListedBadge => ({ id, row: {} }));
  const fresh: Snapshot[] = [];
  const gone: string[] = [];
  let characters = 0;
  let done = listed.size - unsure.length;
  await inParallel([...unsure, ...missing], connection.parallel, async ({ id, row }) => {
    if (signal.aborted) throw new Failure('cancelled', message('org.cancelled', { kept: KEPT }));
    const badge = await reads.badge(id);
    if (badge === null) {
      gone.push(id);
    } else {
      const snapshot = snapshotOf(badge, rowDigestOf(row), now());
      characters += snapshot.body.length;
      if (characters > MOST_CHARACTERS) {
        throw new Failure('rejected-by-gateway', message('sync.badgesTooLarge', { org: connection.name, kept: KEPT }));
      }
      fresh.push(snapshot);
    }
    done += 1;
    progress({ done, total: listed.size + missing.length });
  });
  if (signal.aborted) throw new Failure('cancelled', message('org.cancelled', { kept: KEPT }));
  return keep(context, connection, {
    fresh,
    gone: gone.filter((id) => marks.has(id)),
    marks,
    listed,
    definitions: { ...groups, fields },
  });
}

/** Whether a badge need not be read again, because its row in the list proves that it is as it was seen. */
export function isSurelyAsSeen(
  connection: Pick<StoredConnection, 'kind'>,
  row: ListedBadge['row'],
  mark: SnapshotMark | undefined,
): boolean {
  if (connection.kind === 'practice' || mark?.rowDigest !== rowDigestOf(row)) return false;
  const updatedOn = updatedOnOf(row);
  return updatedOn !== null && updatedOn < mark.seenOn - RACY;
}

interface Reading {
  fresh: readonly Snapshot[];
  gone: readonly string[];
  marks: ReadonlyMap<string, SnapshotMark>;
  listed: ReadonlyMap<string, ListedBadge>;
  definitions: DefinitionsRead;
}

/** Whoever may not read groups can pull badges all the same; what is wrong with the way to the org fails the pull. */
async function groupsIfTold(reads: LiveReads): Promise<Pick<DefinitionsRead, 'groups' | 'unread'>> {
  try {
    return { groups: await reads.groups(), unread: null };
  } catch (error) {
    if (!(error instanceof Failure) || (error.code !== 'rejected-by-gateway' && error.code !== 'unauthorized'))
      throw error;
    return { groups: null, unread: error.words };
  }
}

function keep(context: SyncContext, connection: StoredConnection, reading: Reading): PullResult {
  const { workspace, now } = context;
  const { snapshots, connections } = workspace;
  const { fresh, gone, marks, listed, definitions } = reading;
  const read = new Set(fresh.map(({ remoteId }) => remoteId));
  let added = 0;
  let changed = 0;
  workspace.transaction(() => {
    for (const snapshot of fresh) {
      const before = snapshots.find(connection.key, snapshot.remoteId);
      if (!before) added += 1;
      else if (before.meaning !== snapshot.meaning || JSON.stringify(before.claims) !== JSON.stringify(snapshot.claims))
        changed += 1;
      snapshots.put(connection.key, snapshot);
    }
    for (const id of listed.keys()) if (marks.has(id) && !read.has(id)) snapshots.seen(connection.key, id, now());
    snapshots.remove(connection.key, gone);
    connections.pulled(connection.key, now(), defaultsOf(definitions.fields));
    keepDefinitionsRead(context, connection, definitions, groupNamesOf(listed));
    tieByName(workspace, connection);
  });
  settleEqualLines(context, connections.get(connection.key));
  const pulled = listed.size;
  return {
    pulled,
    added,
    changed,
    gone: gone.length,
    sentence: inWords(connection.name, pulled, added, changed, gone.length),
  };
}

/** The names that the org's list gives the groups of its badges, by their ids. */
function groupNamesOf(listed: Reading['listed']): Map<string, string> {
  const names = new Map<string, string>();
  for (const { row } of listed.values()) {
    const group = namedGroup.safeParse(row);
    if (group.success) names.set(group.data.badgeGroupId, group.data.badgeGroupName);
  }
  return names;
}

function inWords(org: string, pulled: number, added: number, changed: number, gone: number): Message {
  const parts = [
    ...(added > 0 ? [message('sync.pulledNew', { count: added })] : []),
    ...(changed > 0 ? [message('sync.pulledChanged', { count: changed })] : []),
    ...(gone > 0 ? [message('sync.pulledGone', { count: gone })] : []),
  ];
  const changes =
    parts.length === 0
      ? message('sync.pulledNothing')
      : parts.reduceRight((rest, first) => message('sync.fieldsList', { first, rest }));
  return message('sync.pulled', { org, count: pulled, changes });
}
