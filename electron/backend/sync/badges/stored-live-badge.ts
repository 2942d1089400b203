import type { BadgeDefinition, Constraint } from '../../../../shared/domain/badge';
import { isObject, type JsonObject } from '../../../../shared/domain/body-reader';
import { dateAt, type Zone } from '../../../../shared/domain/calendar';
import { constraintEnd } from '../../../../shared/domain/cycles';
import { readInstant, type Instant } from '../../../../shared/domain/instant';
import type { StoredBadge } from '../../../../shared/domain/org';
import { readBadge } from '../../../../shared/domain/read-badge';
import { withoutTwins } from '../../../../shared/gateway/meaning-text';
import type { Snapshot } from '../../../../db/workspace/snapshots';
import { OWNER_TYPES, type OwnerType } from '../../../../shared/domain/badge';
import { parseJson } from '../../../../shared/domain/json';

/** How often a badge was issued and earned, as the org counts. */
export interface LiveCounts {
  issuedCount: number;
  earnedCount: number;
}

/** A live badge as the rules see it, and what the org counted of it. */
export interface LiveBadge {
  stored: StoredBadge;
  counts: LiveCounts;
}

/**
 * A live badge as the org must hold it, for asking the rules what an edit would do: with the windows of the past and
 * the future that an answer prints beside the present one (semantics W6, W7).
 *
 * @returns null when it cannot be read
 */
export function storedLiveBadge(snapshot: Snapshot, zone: Zone): LiveBadge | null {
  const body = withoutTwins(parseJson(snapshot.body));
  if (!isObject(body)) return null;
  const { definition } = readBadge(body);
  if (definition === null) return null;
  const stored: StoredBadge = {
    ...{ key: 0, numericId: 0, createdOn: 0, createdBy: 0, lastUpdatedOn: 0, lastUpdatedBy: 0 },
    id: snapshot.remoteId,
    definition: {
      ...definition,
      customerConstraints: scheduled(definition, definition.customerConstraints, body['customerConstraints'], zone),
      badgeConstraints: scheduled(definition, definition.badgeConstraints, body['badgeConstraints'], zone),
    },
    claims: snapshot.claims
      .filter((claim): claim is typeof claim & { ownerType: OwnerType } =>
        OWNER_TYPES.some((type) => type === claim.ownerType),
      )
      .map(({ ownerType, referenceId }) => ({ ownerType, referenceId, isActive: true })),
  };
  return { stored, counts: { issuedCount: countOf(body, 'issuedCount'), earnedCount: countOf(body, 'earnedCount') } };
}

function countOf(body: JsonObject, key: string): number {
  const count = body[key];
  return typeof count === 'number' && count >= 0 ? count : 0;
}

const isWindow = (entry: unknown): entry is JsonObject =>
  isObject(entry) && typeof entry['constraintType'] === 'string' && entry['constraintType'].endsWith('FIXED_WINDOW');

/** Gives each window the dates between which the org prints it; the natural ends are left open, as the rules keep them. */
function scheduled(
  badge: BadgeDefinition,
  list: readonly Constraint[],
  printed: unknown,
  zone: Zone,
): readonly Constraint[] {
  const windows = Array.isArray(printed) ? printed.filter(isWindow) : [];
  const end = constraintEnd(badge, zone);
  let next = 0;
  return list.map((constraint) => {
    if (constraint.kind !== 'FIXED_WINDOW') return constraint;
    const window = windows[next];
    next += 1;
    const startDate = instantIn(window, 'startDate');
    const endDate = instantIn(window, 'endDate');
    return {
      ...constraint,
      fromDate: startDate === null || startDate === badge.startOn ? null : dateAt(startDate, zone),
      untilDate: endDate === null || endDate === end ? null : dateAt(endDate, zone),
    };
  });
}

function instantIn(window: JsonObject | undefined, key: string): Instant | null {
  const reading = readInstant(window?.[key]);
  return reading.ok ? reading.instant : null;
}
