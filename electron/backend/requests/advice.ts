import { MESSAGES } from '../../../shared/domain/codes';
import { looksLikeMilliseconds, toMilliseconds, type Instant } from '../../../shared/domain/instant';
import type { RequestSummary } from '../../../shared/ipc/issuance-contract';

const ADVICE: Readonly<Record<number, string>> = {
  404: 'Choose a badge that is still there.',
  716: 'Say on whose behalf: choose an owner.',
  750: 'Choose an event date no later than 24 hours from the chosen time.',
  801: 'This badge is awarded directly and takes no enrolment: award it instead.',
  803: 'Say on whose behalf: choose an owner.',
  804: 'Give the request an id, or leave the field empty for a fresh one.',
  809: 'Use another request id, or leave the field empty for a fresh one.',
  810: 'Add a claim for this owner and reference to the badge, or choose an owner that has one.',
  812: 'Name at least one customer.',
  815: 'Choose a time at which the badge is live, switch it to active, or, for a direct badge that is over, give an event date within its duration.',
  816: 'Choose an event date from the start of the badge up to its end.',
  1039: 'Choose a time at which the badge is live, switch it to active, or, for a badge that is over, give an event date within its duration.',
};

/** Refusals that come from the event date. */
const OF_EVENT_DATE: readonly number[] = [750, 811, 815, 816, 1039];

/**
 * What a person can do about a refusal of a whole request.
 *
 * @param eventDate the explicit one; a date that was read from milliseconds is named beside the refusal (semantics T1)
 */
export function adviceFor(code: number, action: RequestSummary['action'], eventDate: Instant | null): string {
  const own =
    ADVICE[code] ??
    (action === 'enrol' ? 'Change the request and try again.' : 'Change the request or the badge and try again.');
  if (eventDate === null || !looksLikeMilliseconds(eventDate) || !OF_EVENT_DATE.includes(code)) return own;
  return `${own} ${MESSAGES[990101]} (990101): the event date is in the year ${String(yearOf(eventDate))}.`;
}

const yearOf = (instant: Instant): number => new Date(toMilliseconds(instant)).getUTCFullYear();
