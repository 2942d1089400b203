import { isKnownCode, MESSAGES, type KnownCode } from '../../../shared/domain/codes';
import { looksLikeMilliseconds, toMilliseconds, type Instant } from '../../../shared/domain/instant';
import { message, type Message, type PlainKey } from '../../../shared/words/message';
import type { RequestSummary } from '../../../shared/ipc/issuance-contract';

/** By code; null: the general advice says all there is. A new code has no advice here until somebody has decided which. */
const ADVICE: Readonly<Record<KnownCode, PlainKey | null>> = {
  401: null,
  404: 'refusals.local404',
  714: null,
  716: 'refusals.local716',
  717: null,
  720: null,
  722: null,
  723: null,
  724: null,
  725: null,
  728: null,
  732: null,
  733: null,
  737: null,
  750: 'refusals.local750',
  801: 'refusals.org801',
  803: 'refusals.local716',
  804: 'refusals.local804',
  809: 'refusals.local809',
  810: 'refusals.local810',
  811: null,
  812: 'refusals.org812',
  814: null,
  815: 'refusals.local815',
  816: 'refusals.local816',
  826: null,
  900: null,
  1026: null,
  1028: null,
  1039: 'refusals.local1039',
  1040: null,
  1051: null,
  1054: null,
  990001: null,
  990002: null,
  990003: null,
  990004: null,
  990005: null,
  990006: null,
  990007: null,
  990008: null,
  990009: null,
  990010: null,
  990011: null,
  990012: null,
  990101: null,
  990102: null,
  990103: null,
  990104: null,
  990105: null,
  990106: null,
  990107: null,
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
    (isKnownCode(code) ? ADVICE[code] : null) ??
      (action === 'enrol' ? 'refusals.changeRequest' : 'refusals.changeRequestOrBadge'),
  );
  if (eventDate === null || !looksLikeMilliseconds(eventDate) || !OF_EVENT_DATE.includes(code)) return own;
  return message('refusals.inMilliseconds', {
    advice: own,
    message: MESSAGES[990101],
    year: String(yearOf(eventDate)),
  });
}

const yearOf = (instant: Instant): number => new Date(toMilliseconds(instant)).getUTCFullYear();
