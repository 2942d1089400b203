import { MESSAGES } from '../../../shared/domain/codes';
import { looksLikeMilliseconds, toMilliseconds, type Instant } from '../../../shared/domain/instant';
import { message, type Message, type PlainKey } from '../../../shared/words/message';
import type { RequestSummary } from '../../../shared/ipc/issuance-contract';

const ADVICE: Readonly<Record<number, PlainKey>> = {
  404: 'refusals.local404',
  716: 'refusals.local716',
  750: 'refusals.local750',
  801: 'refusals.org801',
  803: 'refusals.local716',
  804: 'refusals.local804',
  809: 'refusals.local809',
  810: 'refusals.local810',
  812: 'refusals.org812',
  815: 'refusals.local815',
  816: 'refusals.local816',
  1039: 'refusals.local1039',
};

/** Refusals that come from the event date. */
const OF_EVENT_DATE: readonly number[] = [750, 811, 815, 816, 1039];

/**
 * What a person can do about a refusal of a whole request.
 *
 * @param eventDate the explicit one; a date that was read from milliseconds is named beside the refusal (semantics T1)
 */
export function adviceFor(code: number, action: RequestSummary['action'], eventDate: Instant | null): Message {
  const own = message(
    ADVICE[code] ?? (action === 'enrol' ? 'refusals.changeRequest' : 'refusals.changeRequestOrBadge'),
  );
  if (eventDate === null || !looksLikeMilliseconds(eventDate) || !OF_EVENT_DATE.includes(code)) return own;
  return message('refusals.inMilliseconds', {
    advice: own,
    message: MESSAGES[990101],
    year: String(yearOf(eventDate)),
  });
}

const yearOf = (instant: Instant): number => new Date(toMilliseconds(instant)).getUTCFullYear();
