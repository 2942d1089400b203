import { IDENTIFIER_HEADER } from '../../../../shared/gateway/customer-identifier';
import { customerLimits } from '../../../../shared/gateway/client-schemas';
import type { CustomerLook, HeldBadge, heldMethods, NamedCustomer } from '../../../../shared/ipc/held-contract';
import { Failure } from '../../../../shared/ipc/errors';
import { message } from '../../../../shared/words/message';
import { orgSettings } from '../badges/expected-refusals';
import { LiveReads } from '../badges/live-reads';
import type { Outcome } from '../client/answers';
import { gatewayUrl, readRequest, type GatewayRequest } from '../client/gateway-client';
import { onErrand } from '../client/errand';
import type { OrgSession, OrgSessions } from '../client/org-sessions';
import { outcomeFailure } from '../client/outcome-failure';
import { readPatiently } from '../client/patient-read';
import type { SyncContext, SyncHandlers } from '../context';
import { statusOf, storedBadge } from '../live-jobs/badge-looks';
import { nowOf } from '../live-jobs/look-ahead/look';
import { badgeStatus } from '../../../../shared/domain/badge';
import { heldBadgesIn, heldRecordsIn } from './held-records';
import { judgeNow } from './judge-now';

const PAGE = 100;
/** Pages of a customer's badges; a list that goes on beyond is told as one that is not whole. */
const MOST_PAGES = 50;
/** The org knows no such customer (error-codes). */
const NO_CUSTOMER = 1026;

/** Handlers of what one customer holds in an org, and of what would happen now. They only read. */
export function heldHandlers(
  context: SyncContext,
  sessions: OrgSessions,
  closing: AbortSignal,
): Pick<SyncHandlers, keyof typeof heldMethods> {
  const { connections } = context.workspace;
  const patience = { dice: context.dice, times: context.times.backoff };

  const read = async ({ client }: OrgSession, request: GatewayRequest): Promise<Outcome> =>
    (await readPatiently(client, request, patience, closing)).outcome;

  return {
    'held.badges': ({ connectionId, customer }) =>
      onErrand('look', [], async () => {
        const session = sessions.of(connections.get(connectionId));
        const found = new Map<string, HeldBadge>();
        for (let page = 0; page < MOST_PAGES; page += 1) {
          const query = { page: String(page), size: String(PAGE) };
          const outcome = await read(session, customerRequest(session, customer, [], query));
          if (isNobody(outcome)) return { isKnown: false, badges: [], isWhole: true };
          if (outcome.kind !== 'success') throw outcomeFailure(outcome, null);
          const list = heldBadgesIn(outcome.data);
          if (list === null) throw unlike(session);
          const before = found.size;
          for (const badge of list.badges) found.set(badge.remoteBadgeId, badge);
          const isOver = list.badges.length === 0 || page + 1 >= list.pages;
          if (isOver || found.size === before) return { isKnown: true, badges: [...found.values()], isWhole: isOver };
        }
        return { isKnown: true, badges: [...found.values()], isWhole: false };
      }),
    'held.look': ({ connectionId, customer, remoteBadgeId }) =>
      onErrand('look', [], async () => {
        const connection = connections.get(connectionId);
        const session = sessions.of(connection);
        const remote = await new LiveReads(session.client, patience, null, closing).badge(remoteBadgeId);
        if (remote === null) throw new Failure('not-found', message('held.noSuchBadge', { org: connection.name }));
        const badge = storedBadge(remote, connection.timeZone);
        if (badge === null)
          throw new Failure('rejected-by-gateway', message('lookAhead.unreadable', { org: connection.name }));
        const path = ['badge', remoteBadgeId];
        const outcome = await read(session, customerRequest(session, customer, path, { includeStatistics: 'true' }));
        const now = context.now();
        const { name, active, earnType, startOn, expiresOn } = badge.definition;
        const status = statusOf(remote['status']);
        const orgNow = nowOf(badge.definition, status, now);
        const look: CustomerLook = {
          ...{ isKnown: false, lookedOn: now, enrolments: null, awards: null, limits: [], verdicts: [] },
          badge: {
            ...{ remoteBadgeId, name, active, earnType, startOn, expiresOn },
            status: status ?? badgeStatus(badge.definition, orgNow),
          },
        };
        if (isNobody(outcome)) return look;
        if (outcome.kind !== 'success') throw outcomeFailure(outcome, null);
        const records = heldRecordsIn(outcome.data);
        const uses = customerLimits.safeParse(outcome.data);
        const judgement = judgeNow({
          ...{ org: connection.name, badge, status, now, settings: orgSettings(context, connection), ...records },
          uses: uses.success
            ? { CUSTOMER: uses.data.customerConstraints, BADGE: uses.data.badgeConstraints }
            : { CUSTOMER: [], BADGE: [] },
        });
        return { ...look, isKnown: true, ...records, ...judgement };
      }),
  };
}

/** A read of a customer's views; how they are named stands in a header (gateway-api section 0). */
function customerRequest(
  { client }: OrgSession,
  { by, value }: NamedCustomer,
  path: readonly string[],
  query: Readonly<Record<string, string>>,
): GatewayRequest {
  const request = readRequest('read', gatewayUrl(client.org, ['management', value, ...path], query), path[1] ?? null);
  return by === 'id' ? request : { ...request, headers: [{ name: IDENTIFIER_HEADER, value: by }] };
}

function isNobody(outcome: Outcome): boolean {
  return outcome.kind === 'refused' && outcome.errors.some(({ code }) => code === NO_CUSTOMER);
}

function unlike({ client }: OrgSession): Failure {
  const { name: org } = client.org;
  return new Failure('rejected-by-gateway', message('org.notAsGateway', { org, what: message('held.listUnlike') }));
}
