import type { RequestSummary } from '../../shared/ipc/issuance-contract';

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

/** What a person can do about a refusal of a whole request. */
export function adviceFor(code: number, action: RequestSummary['action']): string {
  const advice = ADVICE[code];
  if (advice !== undefined) return advice;
  return action === 'enrol' ? 'Change the request and try again.' : 'Change the request or the badge and try again.';
}
