import type { StoredConnection } from '../../../../../db/workspace/connections';
import { Failure } from '../../../../../shared/ipc/errors';
import type { CancelSignal } from '../../../../../shared/ipc/method';
import type { TakeBackLook, takeBackMethods } from '../../../../../shared/ipc/take-back-contract';
import { message } from '../../../../../shared/words/message';
import { openCustomers, type ResolvedSource } from '../../../customers/source';
import { LiveReads } from '../../badges/live-reads';
import { linked } from '../../client/linked-signal';
import { onErrand } from '../../client/errand';
import type { OrgSessions } from '../../client/org-sessions';
import { requireWritable } from '../../connections/write-permission';
import type { SyncContext, SyncHandlers } from '../../context';
import type { LiveJobs } from '../jobs';
import { keepOrigin, originOf } from '../../origin/origin';
import { standingRows, type StandingLooks } from '../standing-records';
import { countTakeBack, LEFT_OUT, openTakeBack, type TakeBackRow } from './rows';
import { releaseTakeBack, resolveTakeBack, type ResolvedTakeBack } from './source';

/** Handlers of taking back what live jobs gave (docs/decisions/0196). */
export function takeBackHandlers(
  context: SyncContext,
  sessions: OrgSessions,
  jobs: LiveJobs,
  looks: StandingLooks,
  closing: AbortSignal,
): Pick<SyncHandlers, keyof typeof takeBackMethods> {
  const { workspace } = context;
  const { connections, liveJobs, liveRows } = workspace;

  /** As the org calls it now; a badge that is gone can take nothing back. */
  const badgeNameOf = async (connection: StoredConnection, remoteBadgeId: string): Promise<string> => {
    const patience = { dice: context.dice, times: context.times.backoff };
    const reads = new LiveReads(sessions.of(connection).client, patience, message('jobs.nothingSent'));
    const badge = await onErrand('look', [], () => reads.badge(remoteBadgeId));
    if (badge) return badge.name;
    throw new Failure('not-found', message('jobs.noSuchBadge', { org: connection.name }));
  };

  const lookAt = async (
    connection: StoredConnection,
    { action, remoteBadgeId, rows }: ResolvedTakeBack,
    signal: CancelSignal,
    tell: (done: number) => void,
  ): Promise<TakeBackLook> => {
    const opened = openTakeBack(rows, { store: liveJobs, rows: liveRows });
    const { chunkSize, perSecond } = connection;
    const order = { action, remoteBadgeId };
    const found = await countTakeBack(opened, order, chunkSize, () => signal.aborted, tell);
    if (found === null) throw new Failure('cancelled', message('jobs.nothingSent'));
    const badgeName = await badgeNameOf(connection, remoteBadgeId);
    const { total, records, requests, sample, seal } = found;
    return {
      ...{ action, badgeName, remoteBadgeId, total, records, requests, sample, seen: seal },
      leftOut: [...found.leftOut]
        .sort((one, other) => other[1] - one[1])
        .map(([why, count]) => ({ count, words: message(LEFT_OUT[why]) })),
      secondsAtLeast: Math.ceil(requests / perSecond),
      notes:
        action === 'revoke-award'
          ? [message('takeBack.expiredStay'), message('takeBack.benefitsStay'), message('takeBack.oneByOne')]
          : [message('takeBack.awardsStay'), message('takeBack.mayEnrolAgain')],
    };
  };

  return {
    'liveJobs.lookBack': async ({ connectionId, source }, { signal, progress }) => {
      const connection = connections.get(connectionId);
      const stop = linked(signal, closing);
      const held = async (named: ResolvedSource, order: Omit<ResolvedTakeBack, 'rows'>): Promise<TakeBackRow[]> => {
        const customers = openCustomers(named);
        try {
          const question = { connection, customers, ...order };
          return await standingRows(context, sessions, question, stop, (done, total) => progress({ done, total }));
        } finally {
          customers.close();
        }
      };
      const resolved = await resolveTakeBack(context, connection, source, held, stop);
      try {
        const look = await lookAt(connection, resolved, stop, (done) => progress({ done, total: null }));
        if (resolved.rows.kind === 'list') looks.keep(look.seen, resolved.rows.rows);
        return look;
      } finally {
        releaseTakeBack(resolved.rows);
      }
    },
    'liveJobs.takeBack': async ({ connectionId, source, seen, begin, form, typedName }) => {
      const connection = connections.get(connectionId);
      requireWritable(connection, sessions, typedName);
      const { action, remoteBadgeId, rows } = await resolveTakeBack(context, connection, source, () =>
        Promise.resolve(looks.get(seen)),
      );
      try {
        const badgeName =
          source.kind === 'job' ? liveJobs.get(source.jobId).badgeName : await badgeNameOf(connection, remoteBadgeId);
        const given = source.kind === 'file' ? source.token : null;
        const origin = await originOf(context, connection, remoteBadgeId, given);
        // The org may have been locked while it was asked.
        requireWritable(connections.get(connectionId), sessions, typedName);
        const view = jobs.start(
          connection,
          { badgeName, remoteBadgeId, action, ownerType: '', referenceId: '', eventDate: null, source: '' },
          { kind: 'take-back', rows, seal: seen },
          begin,
          form,
        );
        keepOrigin(context, view.id, origin);
        return view;
      } catch (error) {
        releaseTakeBack(rows);
        throw error;
      }
    },
    'liveJobs.takeBackDraft': ({ connectionId }) => jobs.forms.takeBack.of(connections.get(connectionId).key),
    'liveJobs.keepTakeBackDraft': ({ connectionId, draft }) => {
      jobs.forms.takeBack.keep(connections.get(connectionId).key, draft);
      return null;
    },
  };
}
