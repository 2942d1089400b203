import { addMonths, dateAt, startOfDate, startOfNextMonth, type Zone } from './calendar';
import type { Cap } from './caps';
import { DAY, MICROSECOND, type Instant } from './instant';
import type { OrgSettings } from './settings';

type ExplainSettings = Pick<OrgSettings, 'zone' | 'rollingWindows'>;

/** When a place under a reached cap opens again; `never` says why it does not. */
export type NeverReason = 'limit-is-zero' | 'counts-for-ever' | 'last-cycle';
export type Freeing = { at: Instant } | { never: NeverReason };

/** The first instant whose window of calendar months back no longer holds `counted` (semantics C3, X4). */
function monthsUntilOut(counted: Instant, months: number, zone: Zone): Instant {
  const isOut = (at: Instant): boolean => addMonths(at, -months, zone) >= counted;
  const sameTime = addMonths(counted, months, zone);
  // Where the day was clamped, every instant up to the end of that month still looks back to before `counted`.
  const candidate = isOut(sameTime) ? sameTime : startOfDate(startOfNextMonth(dateAt(sameTime, zone)), zone);
  if (!isOut(candidate - MICROSECOND)) return candidate;
  // The same time of day falls into a clock change: the window steps over `counted` somewhere in that gap.
  let inside = candidate - DAY;
  let outside = candidate;
  while (outside - inside > MICROSECOND) {
    const middle = Math.floor((inside + outside) / 2);
    if (isOut(middle)) outside = middle;
    else inside = middle;
  }
  return outside;
}

/**
 * When the next award could pass a reached cap, if nothing else is awarded meanwhile (semantics C1–C3, W1).
 *
 * @param counted the dates (by `cap.by`) of the awards that count towards the cap, in any order
 * @param windowsEnd end of the badge's fixed windows (semantics W9), null for none
 */
export function freesAt(
  cap: Cap,
  counted: readonly Instant[],
  windowsEnd: Instant | null,
  settings: ExplainSettings,
): Freeing {
  if (cap.limit <= 0) return { never: 'limit-is-zero' };
  if (cap.span === null) return { never: 'counts-for-ever' };
  if (cap.roll === null) {
    return windowsEnd !== null && cap.span.to > windowsEnd ? { never: 'last-cycle' } : { at: cap.span.to };
  }
  const oldestFirst = [...counted].sort((a, b) => a - b);
  const mustLeave = oldestFirst[oldestFirst.length - cap.limit];
  if (mustLeave === undefined) return { at: cap.span.to };
  const { unit, value } = cap.roll;
  if (unit === 'MONTHS') return { at: monthsUntilOut(mustLeave, value, settings.zone) };
  const days = unit === 'WEEKS' ? value * 7 : value;
  if (settings.rollingWindows === 'dates')
    return { at: startOfDate(dateAt(mustLeave, settings.zone) + days, settings.zone) };
  return { at: mustLeave + days * DAY };
}

/** The limit in words: `2 in the last 7 days`, `5 in each cycle`, `100 in all`. */
export function capInWords(cap: Cap): string {
  const limit = cap.limit.toLocaleString('en');
  if (cap.span === null) return `${limit} in all`;
  if (cap.roll === null) return `${limit} in each cycle`;
  const unit = cap.roll.unit.toLowerCase();
  return cap.roll.value === 1
    ? `${limit} in the last ${unit.slice(0, -1)}`
    : `${limit} in the last ${cap.roll.value} ${unit}`;
}

/** Why a freeing never comes, in words for a person. */
export function neverInWords(reason: NeverReason): string {
  switch (reason) {
    case 'limit-is-zero':
      return 'The limit is zero, so nothing can ever pass it.';
    case 'counts-for-ever':
      return 'Every award counts for the whole life of the badge; only a revoked one gives its place back.';
    case 'last-cycle':
      return 'This is the last cycle of the badge; no other one follows.';
  }
}
