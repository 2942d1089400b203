import type { OrgStore } from '../../../db/org/org-store';
import { checkAward } from '../../../shared/domain/award';
import { checkEnrolment } from '../../../shared/domain/enrolment';
import type { BadgeDefinition } from '../../../shared/domain/badge';
import type { PreconditionState, StoredBadge } from '../../../shared/domain/org';
import type { Draft } from '../../../db/workspace/drafts';
import type { Handlers } from '../../../shared/ipc/contract';
import { Failure } from '../../../shared/ipc/errors';
import type { CustomersReading } from '../../../shared/ipc/issuance-contract';
import { adviceFor } from '../requests/advice';
import type { BackendContext } from '../context';
import { releaseSource, resolveSource } from '../customers/resolve-source';
import type { ResolvedSource } from '../customers/source';
import type { TalliedRows } from '../customers/tally';
import type { CarriedOut } from './job';
import type { IssuanceJobs } from './jobs';
import { issuanceInput, type IssuanceOrder } from './order';
import type { OrgFile } from '../store/org-file';
import { summaryOf } from '../requests/summary';
import { message } from '../../../shared/words/message';

/** A request id when the caller brings none: 16 hex digits, as good as never drawn twice. */
function freshRequestId(context: BackendContext): string {
  return `laurel-${Buffer.from(context.randomBytes(8)).toString('hex')}`;
}

function definitionOf(context: BackendContext, draft: Draft): BadgeDefinition {
  const { definition, issues } = context.workspace.drafts.inspect(draft);
  if (definition !== null && issues.length === 0) return definition;
  throw new Failure(
    'rejected-by-gateway',
    message('issue.badgeBreaksRules', { count: issues.length }),
    issues.map(({ code, message, reference }) => ({ code, message, reference })),
  );
}

/** The org as it would be once the draft is registered as it stands. */
function withDraft(org: OrgStore, badge: StoredBadge): PreconditionState {
  return {
    settings: org.settings,
    findBadge: (id) => (id === badge.id ? badge : org.findBadge(id)),
    isRequestConsumed: (requestId, kind, badgeId) => org.isRequestConsumed(requestId, kind, badgeId),
  };
}

function readingOf(source: ResolvedSource, rows: TalliedRows | null): CustomersReading | null {
  const look = source.kind === 'file' ? source.look : undefined;
  if (look === undefined || rows === null) return null;
  return { ...look, ...rows, notes: [...look.notes, ...rows.notes] };
}

/** Handlers of `issuance.*`. */
export function issuanceHandlers(
  context: BackendContext,
  orgFile: OrgFile,
  jobs: IssuanceJobs,
): Pick<Handlers, 'issuance.check' | 'issuance.run'> {
  return {
    'issuance.check': ({ badgeId, action, owner, at, eventDate }) => {
      const draft = context.workspace.drafts.get(badgeId);
      const definition = definitionOf(context, draft);
      const now = at ?? context.now();
      const org = orgFile.org(context.workspace.settings.current);
      const badge: StoredBadge = {
        key: org.findBadge(badgeId)?.key ?? 0,
        id: badgeId,
        numericId: 0,
        definition,
        claims: draft.claims,
        createdOn: now,
        createdBy: 0,
        lastUpdatedOn: now,
        lastUpdatedBy: 0,
      };
      const input = {
        ...issuanceInput({ owner, requestId: '', eventDate, badge: { id: badgeId } }),
        requestId: freshRequestId(context),
      };
      const state = withDraft(org, badge);
      const readiness =
        action === 'enrol'
          ? checkEnrolment(state, input, now)
          : checkAward(state, input, action === 'award' ? 'earnBulk' : 'earn', 'given', now);
      if (readiness.ok) return { errors: [], expiresOn: readiness.expiresOn };
      return {
        errors: readiness.errors.map(({ code, message }) => ({
          code,
          message,
          advice: adviceFor(code, action, eventDate),
        })),
        expiresOn: null,
      };
    },

    'issuance.run': async (input, { signal, progress }) => {
      const draft = context.workspace.drafts.get(input.badgeId);
      const madeOn = context.now();
      const order: IssuanceOrder = {
        badge: { id: draft.id, definition: definitionOf(context, draft), claims: draft.claims },
        action: input.action,
        source: await resolveSource(context, input.customers, signal, (share) =>
          progress({ phase: 'reading', share, done: 0, total: null, perSecond: null, secondsLeft: null }),
        ),
        owner: input.owner,
        requestId: input.requestId ?? freshRequestId(context),
        at: input.at ?? madeOn,
        eventDate: input.eventDate,
        madeOn,
        settings: context.workspace.settings.current,
      };
      const key = input.action === 'enrol' ? 'store.jobEnrolment' : 'store.jobAward';
      const title = message(key, { badge: order.badge.definition.name, request: order.requestId });
      let done: CarriedOut;
      try {
        done = await jobs.run(order, title, signal, progress);
      } finally {
        releaseSource(order.source);
      }
      const facts = orgFile.history.get(done.requestKey);
      if (!facts) throw new Failure('internal', message('issue.notInHistory'));
      return { ...summaryOf(facts), reading: readingOf(order.source, done.rows) };
    },
  };
}
