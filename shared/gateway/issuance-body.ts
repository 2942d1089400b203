import { MEMBER_CARE, OWNER_TYPES } from '../domain/badge';
import { isObject, type JsonObject } from '../domain/body-reader';
import { ruleWarning, type RuleWarning } from '../domain/codes';
import type { IssuanceInput } from '../domain/issuance-input';
import { customerIdOf, customerIdsOf, firstDateOf, memberOf, objectBody, textOf, unreadable } from './body-values';

export interface IssuanceReading {
  input: IssuanceInput;
  customers: number[];
  warnings: RuleWarning[];
}

/** Date fields in the order in which they are read (semantics T3). */
const DATE_KEYS = {
  issueBulk: ['issueEventDateISO', 'issueEventDate'],
  earn: ['earnEventDateISO', 'earnEventDate'],
  earnBulk: ['earnEventDateISO', 'earnEventDate', 'issueEventDate'],
} as const;

function readTrigger(body: JsonObject, allowed: readonly string[]): IssuanceInput['triggeredBy'] {
  const value = body['triggeredBy'];
  if (value === undefined || value === null || value === '') return null;
  if (!isObject(value)) throw unreadable('triggeredBy must be an object');
  if (Object.keys(value).length === 0) return null;
  return {
    ownerType: memberOf(value['ownerType'], 'ownerType', allowed),
    referenceId: textOf(value, 'referenceId', 'triggeredBy.referenceId'),
  };
}

/**
 * Reads the body of issueBulk, earn or earnBulk without judging it; missing inputs are the rules' business.
 *
 * @param memberCare the owner kind under which MemberCare awards arrive (semantics I1, E4)
 * @throws UnreadableValue for a value of the wrong type or outside its enumeration (error-codes 400)
 */
export function readIssuance(
  kind: 'issueBulk' | 'earn' | 'earnBulk',
  requestBody: unknown,
  memberCare: string = MEMBER_CARE,
): IssuanceReading {
  const body = objectBody(requestBody);
  const triggeredBy = readTrigger(body, [...OWNER_TYPES, memberCare]);
  const date = firstDateOf(body, DATE_KEYS[kind]);
  let customers: number[];
  if (kind === 'earn') {
    const single = customerIdOf(body['customerId'], 'customerId');
    customers = single === null ? [] : [single];
  } else {
    const key = kind === 'issueBulk' ? 'customers' : 'customerIds';
    customers = customerIdsOf(body[key], key);
  }
  return {
    input: {
      badgeMetaId: textOf(body, 'badgeMetaId'),
      requestId: textOf(body, 'requestId'),
      triggeredBy,
      eventDate: date?.instant ?? null,
    },
    customers,
    warnings: date?.looksLikeMilliseconds ? [ruleWarning(990101)] : [],
  };
}

/** The trigger as the answer prints it (gateway-api section 3). */
export function triggerView(request: { ownerType: string; referenceId: string | null }): Record<string, unknown> {
  return { ownerType: request.ownerType, referenceId: request.referenceId };
}
