import type { AwardStatus } from '../../../shared/domain/award';
import type { EnrolmentStatus } from '../../../shared/domain/enrolment';
import type { MessageKey, PlainKey } from '../../../shared/words/message';
import { say } from '../../lib/say.svelte';
import { MEMBER_CARE, type EarnType } from '../../../shared/domain/badge';
import type { RequestSummary } from '../../../shared/ipc/issuance-contract';
import { ownerWord } from '../../lib/words';
import type { IssueAction } from './compose.svelte';

/** What each action means to somebody who has never seen the gateway's documents. */
export const ACTIONS = {
  enrol: {
    label: 'issue.enrolMany',
    sentence: 'issue.enrolManyHint',
    doing: 'issue.enrolling',
    doingBadge: 'issue.enrollingBadge',
    doingCustomers: 'issue.enrollingCustomers',
  },
  award: {
    label: 'issue.awardMany',
    sentence: 'issue.awardManyHint',
    doing: 'issue.awarding',
    doingBadge: 'issue.awardingBadge',
    doingCustomers: 'issue.awardingCustomers',
  },
  awardOne: {
    label: 'issue.awardOne',
    sentence: 'issue.awardOneHint',
    doing: 'issue.awarding',
    doingBadge: 'issue.awardingBadge',
    doingCustomers: 'issue.awardingCustomers',
  },
} as const satisfies Record<IssueAction, Record<string, MessageKey>>;

const REQUESTS = {
  enrol: 'issue.labelEnrol',
  award: 'issue.labelAward',
  awardOne: 'issue.labelAwardOne',
  import: 'issue.labelImport',
} as const satisfies Record<RequestSummary['action'], PlainKey>;

/** How a request of the history is named: imports come from elsewhere and cannot be composed here. */
export function requestLabel(action: RequestSummary['action']): string {
  return say(REQUESTS[action]);
}

const EARN_TYPES = {
  EARN: 'issue.earnDirect',
  ISSUE_EARN: 'issue.earnEnrolFirst',
} as const satisfies Record<EarnType, PlainKey>;

/** What the two earn types mean for this screen (semantics section 0). */
export function earnTypeSentence(earnType: EarnType | null): string {
  return say(earnType === null ? 'issue.earnOpen' : EARN_TYPES[earnType]);
}

/** Owner kinds as people say them; MemberCare is no owner of a badge but may give one. */
export function ownerLabel(ownerType: string): string {
  return ownerType === MEMBER_CARE ? say('domain.ownerMembercare') : ownerWord(ownerType);
}

export type OutcomeTone = 'granted' | 'limit' | 'order' | 'line' | 'other';

/**
 * What kind of outcome a code is, which decides its colour and its shape: granted; stopped by a limit; refused because of
 * what the customer has or lacks; a line that names no customer.
 */
export function outcomeTone(outcome: string): OutcomeTone {
  if (outcome === 'ok') return 'granted';
  if (outcome === '990001' || outcome === '990002') return 'limit';
  if (outcome === '811' || outcome === '1040' || outcome === '990003') return 'order';
  return /^\d+$/.test(outcome) ? 'other' : 'line';
}

/** The colour of each kind of outcome; always beside a sign or a word. */
export const OUTCOME_COLOURS: Readonly<Record<OutcomeTone, string>> = {
  granted: 'var(--series-1)',
  limit: 'var(--series-3)',
  order: 'var(--series-2)',
  line: 'var(--series-4)',
  other: 'var(--series-6)',
};

/** Gateway codes are shown as they are; `ok` and the faults of a line are words of Laurel and have no number. */
export function outcomeCode(outcome: string): string | null {
  return /^\d+$/.test(outcome) ? outcome : null;
}

/** A constraint in words: whose limit it is, and over what it counts (semantics section 7). */
export function constraintWords(constraintType: string, level: 'CUSTOMER' | 'BADGE' | null): string {
  const isBadge = level === 'BADGE';
  if (constraintType.endsWith('FIXED_VALUE')) return say(isBadge ? 'issue.totalOfBadge' : 'issue.totalPerCustomer');
  if (constraintType.endsWith('FIXED_WINDOW')) return say(isBadge ? 'issue.fixedOfBadge' : 'issue.fixedPerCustomer');
  if (constraintType.endsWith('ROLLING_WINDOW'))
    return say(isBadge ? 'issue.rollingOfBadge' : 'issue.rollingPerCustomer');
  return constraintType;
}

const STATUSES = {
  ACTIVE: 'issue.statusActive',
  UPCOMING: 'domain.statusUpcoming',
  LIVE: 'domain.statusLive',
  EXPIRED: 'domain.statusExpired',
  REVOKED: 'issue.statusRevoked',
} as const satisfies Record<EnrolmentStatus | AwardStatus, PlainKey>;

/** The gateway's status of an enrolment or an award, as a word; any other text is answered as it is. */
export function statusWord(status: string): string {
  return Object.hasOwn(STATUSES, status) ? say(STATUSES[status as keyof typeof STATUSES]) : status;
}
