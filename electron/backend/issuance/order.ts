import type { BadgeDefinition, Claim } from '../../../shared/domain/badge';
import type { Instant } from '../../../shared/domain/instant';
import type { IssuanceInput } from '../../../shared/domain/issuance-input';
import type { OrgSettings } from '../../../shared/domain/settings';
import type { ResolvedSource } from '../customers/source';

/** One issuance request with everything resolved; plain data, so that it can be sent to a worker. */
export interface IssuanceOrder {
  badge: { id: string; definition: BadgeDefinition; claims: readonly Claim[] };
  action: 'enrol' | 'award' | 'awardOne';
  source: ResolvedSource;
  owner: { ownerType: string; referenceId: string };
  requestId: string;
  /** Clock of the call. */
  at: Instant;
  /** Explicit event date; null: none. */
  eventDate: Instant | null;
  /** When the person started it. */
  madeOn: Instant;
  settings: Readonly<OrgSettings>;
}

/** What the rules are told about a request. */
export function issuanceInput(
  order: Pick<IssuanceOrder, 'owner' | 'requestId' | 'eventDate'> & { badge: { id: string } },
): IssuanceInput {
  const { ownerType, referenceId } = order.owner;
  return {
    badgeMetaId: order.badge.id,
    requestId: order.requestId === '' ? null : order.requestId,
    triggeredBy: {
      ownerType: ownerType === '' ? null : ownerType,
      referenceId: referenceId === '' ? null : referenceId,
    },
    eventDate: order.eventDate,
  };
}
