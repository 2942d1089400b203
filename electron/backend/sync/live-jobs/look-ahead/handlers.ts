import { ORG } from '../../../../../db/kinds';
import { connectDatabase } from '../../../../../db/open';
import { MESSAGES } from '../../../../../shared/domain/codes';
import { Failure } from '../../../../../shared/ipc/errors';
import type { LookAhead, lookAheadMethods } from '../../../../../shared/ipc/look-ahead-contract';
import { message } from '../../../../../shared/words/message';
import { linked } from '../../client/linked-signal';
import type { OrgSessions } from '../../client/org-sessions';
import type { SyncContext, SyncHandlers } from '../../context';
import { requireWritable } from '../../connections/write-permission';
import type { BadgeLooks } from '../badge-looks';
import { claimLive } from './claim';
import { countRows } from './count-rows';
import type { LiveForms } from './drafts';
import { releaseLiveSource, resolveLiveSource } from '../live-source';
import { openLiveSource } from '../source';

export type LookMethod = keyof typeof lookAheadMethods;
export type StartInput = Parameters<SyncHandlers['liveJobs.start']>[0];

/** Handlers of what is done before a live job is started. */
export function lookHandlers(
  context: SyncContext,
  sessions: OrgSessions,
  looks: BadgeLooks,
  forms: LiveForms,
  closing: AbortSignal,
): Pick<SyncHandlers, LookMethod> {
  const { connections } = context.workspace;
  return {
    'liveJobs.countRows': async ({ connectionId, customers }, { signal, progress }) => {
      const stop = linked(signal, closing);
      if (customers.kind === 'range') {
        // Nobody is named twice in a range; it is held to its bounds as the job would.
        releaseLiveSource(await resolveLiveSource(context, customers, connections.get(connectionId), stop));
        const total = customers.to - customers.from + 1;
        return { total, good: total, bad: 0, duplicate: 0 };
      }
      const source = await resolveLiveSource(context, customers, connections.get(connectionId), stop);
      try {
        const stream = openLiveSource(source, (file) => connectDatabase(file, ORG, true));
        try {
          const tell = (done: number, total: number | null): void => progress({ done, total });
          const counts = await countRows(stream, () => stop.aborted, tell);
          if (counts !== null) return counts;
          throw new Failure('cancelled', message('jobs.nothingSent'));
        } finally {
          stream.close();
        }
      } finally {
        releaseLiveSource(source);
      }
    },
    'liveJobs.lookAhead': async ({ connectionId, again, ...job }) =>
      (await looks.look(connections.get(connectionId), job, again)).ahead,
    'liveJobs.claim': async ({ connectionId, remoteBadgeId, owner, typedName }) => {
      const connection = connections.get(connectionId);
      requireWritable(connection, sessions, typedName);
      try {
        return { sentence: await claimLive(context, sessions, connection, remoteBadgeId, owner) };
      } finally {
        looks.forget(connection, remoteBadgeId);
      }
    },
    'liveJobs.draft': ({ connectionId }) => forms.giving.of(connections.get(connectionId).key),
    'liveJobs.keepDraft': ({ connectionId, draft }) => {
      forms.giving.keep(connections.get(connectionId).key, draft);
      return null;
    },
  };
}

/**
 * Lets a job pass that the org would not refuse for every row, and of which a person was shown what there is to decide.
 *
 * @param looked what the person was shown, by its name; undefined: nothing
 * @throws Failure `not-found`, `rejected-by-gateway` or `conflict`; nothing was sent then
 */
export function requireStartable(org: string, { findings, seen }: LookAhead, looked: string | undefined): void {
  const refused = findings.find(({ kind }) => kind === 'refuses');
  if (refused?.code === 404) throw new Failure('not-found', message('jobs.noSuchBadge', { org }));
  if (refused) {
    const { code, words: reason } = refused;
    const said = code === null ? '' : ((MESSAGES as Readonly<Record<number, string>>)[code] ?? '');
    const errors = code === null ? [] : [{ code, message: said, reference: null }];
    throw new Failure('rejected-by-gateway', message('lookAhead.refusedHere', { org, reason }), errors);
  }
  const asked = findings.find(({ kind }) => kind === 'asks');
  if (looked === undefined && asked) {
    throw new Failure('conflict', message('lookAhead.askedHere', { reason: asked.words }));
  }
  if (looked !== undefined && looked !== seen) throw new Failure('conflict', message('lookAhead.moved', { org }));
}
