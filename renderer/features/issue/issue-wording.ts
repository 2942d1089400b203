import { MEMBER_CARE, type EarnType } from '../../../shared/domain/badge';
import type { RequestSummary } from '../../../shared/ipc/issuance-contract';
import { ownerWord } from '../../lib/words';
import type { IssueAction } from './compose.svelte';

export interface ActionWording {
  /** The heading of a choice and the label of the Run button. */
  label: string;
  /** One plain sentence on what it does. */
  sentence: string;
  /** What is being done while it runs. */
  doing: string;
}

/** What each action means to somebody who has never seen the gateway's documents. */
export const ACTIONS: Readonly<Record<IssueAction, ActionWording>> = {
  enrol: {
    label: 'Enrol many',
    sentence: 'Opens the badge to customers: each gets an enrolment and can be awarded while it lasts.',
    doing: 'Enrolling',
  },
  award: {
    label: 'Award many',
    sentence: 'Gives the badge to many customers, in the order of the list, until a cap is reached.',
    doing: 'Awarding',
  },
  awardOne: {
    label: 'Award one',
    sentence: 'Gives the badge to a single customer.',
    doing: 'Awarding',
  },
};

/** How a request of the history is named: imports come from elsewhere and cannot be composed here. */
export function requestLabel(action: RequestSummary['action']): string {
  switch (action) {
    case 'enrol':
      return 'Enrolment';
    case 'award':
      return 'Awards';
    case 'awardOne':
      return 'Award';
    case 'import':
      return 'Import';
  }
}

/** What the two earn types mean for this screen (semantics section 0). */
export function earnTypeSentence(earnType: EarnType | null): string {
  switch (earnType) {
    case 'EARN':
      return 'Awarded directly, without enrolment.';
    case 'ISSUE_EARN':
      return 'Customers are enrolled first, then awarded.';
    case null:
      return 'The draft does not say yet how it is earned.';
  }
}

/** Owner kinds as people say them; MemberCare is no owner of a badge but may give one. */
export function ownerLabel(ownerType: string): string {
  return ownerType === MEMBER_CARE ? 'MemberCare' : ownerWord(ownerType);
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
  const whose = level === 'BADGE' ? 'of the badge' : 'per customer';
  if (constraintType.endsWith('FIXED_VALUE')) return `Total ${whose}, over its whole life`;
  if (constraintType.endsWith('FIXED_WINDOW')) return `Fixed window ${whose}`;
  if (constraintType.endsWith('ROLLING_WINDOW')) return `Rolling window ${whose}`;
  return constraintType;
}

/** The gateway's status of an enrolment or an award, as a word. */
export function statusWord(status: string): string {
  return status.charAt(0) + status.slice(1).toLowerCase();
}
