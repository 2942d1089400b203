import { createHash } from 'node:crypto';
import type { CountedBadge } from '../../../../db/workspace/award-counts';
import type { Snapshot } from '../../../../db/workspace/snapshots';
import type { JsonObject } from '../../../../shared/domain/body-reader';
import { readInstant, type Instant } from '../../../../shared/domain/instant';
import { remoteBadge, type RemoteBadge } from '../../../../shared/gateway/client-schemas';
import { defaultTillOf, meaningOfLive, toMeaningText } from '../../../../shared/gateway/meaning-text';

/** What a list's row says that changes without anybody editing the badge. */
const PASSING = new Set(['status', 'issuedCount', 'earnedCount', 'badgeGroupName']);

/** Short text that changes when what a list says of a badge changes. */
export function rowDigestOf(row: JsonObject): string {
  const lasting = Object.entries(row)
    .filter(([key]) => !PASSING.has(key))
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash('sha1').update(JSON.stringify(lasting)).digest('base64');
}

/** When the org last changed a badge, by its own clock; null when it does not say. */
export function updatedOnOf(row: JsonObject): Instant | null {
  const reading = readInstant(row['lastUpdatedOn']);
  return reading.ok ? reading.instant : null;
}

/** Reads a badge that an org answered; null when it is none. */
export function readRemoteBadge(data: unknown): RemoteBadge | null {
  const parsed = remoteBadge.safeParse(data);
  return parsed.success ? parsed.data : null;
}

/** A number of enrolments or awards as an org prints it; null: it does not say. */
export function countOf(printed: unknown): number | null {
  return typeof printed === 'number' && Number.isSafeInteger(printed) && printed >= 0 ? printed : null;
}

/** How many awards an org says there are of badges, whole ones or rows of its list; those of which it does not say are left out. */
export function countsIn(badges: readonly JsonObject[]): CountedBadge[] {
  return badges.flatMap(({ id, name, earnedCount }) => {
    const awards = countOf(earnedCount);
    return typeof id === 'string' && typeof name === 'string' && awards !== null
      ? [{ remoteId: id, name, awards }]
      : [];
  });
}

/** A badge as an org answered it, ready to be kept. */
export function snapshotOf(badge: RemoteBadge, rowDigest: string, seenOn: Instant): Snapshot {
  const meaning = meaningOfLive(badge);
  return {
    remoteId: badge.id,
    name: badge.name,
    seenOn,
    updatedOn: updatedOnOf(badge),
    rowDigest,
    meaning: meaning && toMeaningText(meaning),
    claims: activeClaimsOf(badge),
    defaultTill: defaultTillOf(badge),
    body: JSON.stringify(badge),
  };
}

function activeClaimsOf(badge: RemoteBadge): Snapshot['claims'] {
  return (badge.ownership?.claims ?? [])
    .filter((claim) => claim.isActive !== false)
    .map(({ ownerType, referenceId }) => ({ ownerType, referenceId }))
    .sort((one, other) =>
      `${one.ownerType}\n${one.referenceId}` < `${other.ownerType}\n${other.referenceId}` ? -1 : 1,
    );
}
