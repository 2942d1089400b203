import { MEMBER_CARE, OWNER_TYPES } from '../domain/badge';
import { ruleWarning, type RuleWarning } from '../domain/codes';
import type { IssuanceInput } from '../domain/issuance-input';
import { bodyForm, customerId, customerIds, firstDate, member, nested, text, type BodyField } from './body-form';

export interface IssuanceReading {
  input: IssuanceInput;
  customers: number[];
  warnings: RuleWarning[];
}

/** Fields in the order in which they are read; of several dates the first that is there counts (semantics T3). */
const formsFor = (memberCare: string) => {
  const owners: readonly string[] = [...OWNER_TYPES, memberCare];
  const trigger = (...needed: ('ownerType' | 'referenceId')[]) =>
    nested('triggeredBy', { ownerType: member('ownerType', owners), referenceId: text('referenceId') }, needed);
  const ids = { badgeMetaId: text('badgeMetaId'), requestId: text('requestId') };
  return {
    issueBulk: bodyForm(
      {
        triggeredBy: trigger('ownerType'),
        eventDate: firstDate('issueEventDateISO', 'issueEventDate'),
        customers: customerIds('customers'),
        ...ids,
      },
      ['triggeredBy', 'badgeMetaId', 'requestId'],
    ),
    earn: bodyForm(
      {
        triggeredBy: trigger('ownerType', 'referenceId'),
        eventDate: firstDate('earnEventDateISO', 'earnEventDate'),
        customers: oneCustomer,
        ...ids,
      },
      ['triggeredBy', 'customers', 'badgeMetaId', 'requestId'],
    ),
    earnBulk: bodyForm(
      {
        triggeredBy: trigger('ownerType', 'referenceId'),
        eventDate: firstDate('earnEventDateISO', 'earnEventDate', 'issueEventDate'),
        customers: customerIds('customerIds'),
        ...ids,
      },
      ['triggeredBy', 'customers', 'badgeMetaId', 'requestId'],
    ),
  };
};

const single = customerId('customerId');
const oneCustomer: BodyField<number[]> = {
  keys: single.keys,
  read: (holder, path) => {
    const id = single.read(holder, path);
    return id === null ? [] : [id];
  },
};

type Forms = ReturnType<typeof formsFor>;
let latest: { memberCare: string; forms: Forms } | null = null;

/**
 * The bodies of issueBulk, earn and earnBulk.
 *
 * @param memberCare the owner kind under which MemberCare awards arrive (semantics I1, E4)
 */
export function issuanceBodies(memberCare: string): Forms {
  // An org has one, and calls come in by the thousand.
  if (latest?.memberCare !== memberCare) latest = { memberCare, forms: formsFor(memberCare) };
  return latest.forms;
}

/**
 * Reads the body of issueBulk, earn or earnBulk without judging it; missing inputs are the rules' business.
 *
 * @param memberCare the owner kind under which MemberCare awards arrive (semantics I1, E4)
 * @throws UnreadableValue for a value of the wrong type or outside its enumeration (error-codes 400)
 */
export function readIssuance(
  kind: keyof Forms,
  requestBody: unknown,
  memberCare: string = MEMBER_CARE,
): IssuanceReading {
  const { triggeredBy, eventDate, customers, badgeMetaId, requestId } =
    issuanceBodies(memberCare)[kind].read(requestBody);
  return {
    input: { badgeMetaId, requestId, triggeredBy, eventDate: eventDate?.instant ?? null },
    customers,
    warnings: eventDate?.looksLikeMilliseconds ? [ruleWarning(990101)] : [],
  };
}

/** The trigger as the answer prints it (gateway-api section 3). */
export function triggerView(request: { ownerType: string; referenceId: string | null }): Record<string, unknown> {
  return { ownerType: request.ownerType, referenceId: request.referenceId };
}
