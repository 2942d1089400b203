import { BodyReader, isObject } from '../../../shared/domain/body-reader';
import { numberText, readJson } from '../../../shared/domain/json';
import { readConstraints } from '../../../shared/domain/read-constraints';
import type { Claim } from '../../../shared/domain/badge';
import type { BadgeFacts } from '../../../shared/ipc/badges-contract';

/** What a table of badges shows of a draft: of its text each part on its own, as far as it can be read, and who claimed it. */
export function factsOf({ body, claims }: { body: string; claims: readonly Claim[] }): BadgeFacts {
  const reading = readJson(body);
  const fields = reading.ok && isObject(reading.value) ? reading.value : {};
  const { customerConstraints, badgeConstraints } = readConstraints(new BodyReader(), fields);
  const plain = (key: string): string | null => {
    const value = fields[key];
    return typeof value === 'string' ? value : numberText(fields, key);
  };
  return {
    group: plain('badgeGroupId'),
    rank: plain('badgeRank'),
    customerLimits: customerConstraints,
    badgeLimits: badgeConstraints,
    claimedBy: [...new Set(claims.filter(({ isActive }) => isActive).map(({ ownerType }) => ownerType))],
  };
}
