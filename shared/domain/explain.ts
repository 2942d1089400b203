import { addMonths, dateAt, startOfDate, type Zone } from './calendar';
import type { BadgeDefinition } from './badge';
import type { Cap } from './caps';
import { DAY, MICROSECOND, type Instant } from './instant';
import type { OrgSettings } from './settings';
import { inEnglish } from '../words/english';
import { message, type Message, type MessageKey } from '../words/message';

type ExplainSettings = Pick<OrgSettings, 'zone' | 'rollingWindows'>;

/** When a place under a reached cap opens again; `never` says why it does not. */
export type NeverReason = 'limit-is-zero' | 'counts-for-ever' | 'last-cycle' | 'badge-ends' | 'enrolment-ends';
export type Freeing = { at: Instant } | { never: NeverReason };

/** The instant from which on no award can be made, and what ends then. */
export interface AwardsEnd {
  at: Instant;
  with: 'badge' | 'enrolment';
}

/**
 * From when on a customer can get no award of a badge: a direct badge ends the awards with itself (semantics L1, 815 and
 * 816), one that is enrolled into with the customer's last enrolment (semantics E6). Null where nothing ends them.
 *
 * @param enrolments the customer's enrolments that stand, in any order
 */
export function awardsEnd(
  badge: Pick<BadgeDefinition, 'earnType' | 'expiresOn'>,
  enrolments: readonly { expiresOn: Instant }[],
): AwardsEnd | null {
  if (badge.earnType === 'EARN') return { at: badge.expiresOn, with: 'badge' };
  if (enrolments.length === 0) return null;
  return {
    at: enrolments.reduce((latest, { expiresOn }) => Math.max(latest, expiresOn), -Infinity),
    with: 'enrolment',
  };
}

/** No two clock changes are as close to each other. */
const STEP = DAY / 96;
/** No clock changes by more, but where a whole day was skipped. */
const LARGEST_CHANGE = DAY / 8;

/** The first instant in (inside, outside] that is out, where only one boundary lies between the two. */
function firstOut(inside: Instant, outside: Instant, isOut: (at: Instant) => boolean): Instant {
  let [low, high] = [inside, outside];
  while (high - low > MICROSECOND) {
    const middle = Math.floor((low + high) / 2);
    if (isOut(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/**
 * The first instant whose window of calendar months back no longer holds `counted` (semantics C3, X4).
 *
 * That is the same time of day, unless the day was clamped, and all of it looks back to before `counted`, or a clock
 * changes at one of the two ends: looking back then steps over an hour, or comes through one twice. Between such steps
 * the window's start moves as the clock does.
 */
function monthsUntilOut(counted: Instant, months: number, zone: Zone): Instant {
  const startAt = (at: Instant): Instant => addMonths(at, -months, zone);
  const isOut = (at: Instant): boolean => startAt(at) >= counted;
  const sameTime = addMonths(counted, months, zone);
  const begin = sameTime - (isOut(sameTime - LARGEST_CHANGE) ? 2 * DAY : LARGEST_CHANGE);
  for (let from = begin; from < sameTime + 3 * DAY; from += STEP) {
    const smooth = from + counted - startAt(from);
    if (smooth > from && smooth <= from + STEP && isOut(smooth)) {
      return isOut(smooth - MICROSECOND) ? firstOut(from, smooth, isOut) : smooth;
    }
    if (isOut(from + STEP)) return firstOut(from, from + STEP, isOut);
  }
  return sameTime;
}

/** When the awards that count leave a reached cap, whether or not anybody can be awarded then. */
function leavesAt(
  cap: Cap,
  span: NonNullable<Cap['span']>,
  counted: readonly Instant[],
  settings: ExplainSettings,
): Instant {
  if (cap.roll === null) return span.to;
  const oldestFirst = [...counted].sort((a, b) => a - b);
  const mustLeave = oldestFirst[oldestFirst.length - cap.limit];
  if (mustLeave === undefined) return span.to;
  const { unit, value } = cap.roll;
  if (unit === 'MONTHS') return monthsUntilOut(mustLeave, value, settings.zone);
  const days = unit === 'WEEKS' ? value * 7 : value;
  return settings.rollingWindows === 'dates'
    ? startOfDate(dateAt(mustLeave, settings.zone) + days, settings.zone)
    : mustLeave + days * DAY;
}

/** A place that leaves a cap at an instant, if somebody can still be awarded then. @param end as of `freesAt` */
export function untilEnd(cap: Pick<Cap, 'roll'>, at: Instant, end: AwardsEnd | null): Freeing {
  if (end === null || at < end.at) return { at };
  if (end.with === 'enrolment') return { never: 'enrolment-ends' };
  return { never: cap.roll === null ? 'last-cycle' : 'badge-ends' };
}

/**
 * When the next award could pass a reached cap, if nothing else is awarded meanwhile (semantics C1–C3, W1). A place that
 * would open when no award can be made any more never opens.
 *
 * @param counted the dates (by `cap.by`) of the awards that count towards the cap, in any order
 * @param end from when on nobody is awarded (`awardsEnd`); null: awards go on, or are made for past events
 */
export function freesAt(
  cap: Cap,
  counted: readonly Instant[],
  end: AwardsEnd | null,
  settings: ExplainSettings,
): Freeing {
  if (cap.limit <= 0) return { never: 'limit-is-zero' };
  if (cap.span === null) return { never: 'counts-for-ever' };
  return untilEnd(cap, leavesAt(cap, cap.span, counted, settings), end);
}

const LAST_ONE = {
  DAYS: 'answers.limitLastDay',
  WEEKS: 'answers.limitLastWeek',
  MONTHS: 'answers.limitLastMonth',
} as const satisfies Record<NonNullable<Cap['roll']>['unit'], MessageKey>;
const LAST_SEVERAL = {
  DAYS: 'answers.limitLastDays',
  WEEKS: 'answers.limitLastWeeks',
  MONTHS: 'answers.limitLastMonths',
} as const satisfies Record<NonNullable<Cap['roll']>['unit'], MessageKey>;

/** The limit as a message: `2 in the last 7 days`, `5 in each cycle`, `100 in all`. */
export function capMessage({ limit, span, roll }: Cap): Message {
  if (span === null) return message('answers.limitInAll', { limit });
  return roll === null ? message('answers.limitEachCycle', { limit }) : limitMessage(limit, roll);
}

/** A rolling limit as a message: `2 in the last 7 days`. */
export function limitMessage(limit: number, roll: NonNullable<Cap['roll']>): Message {
  return roll.value === 1
    ? message(LAST_ONE[roll.unit], { limit })
    : message(LAST_SEVERAL[roll.unit], { limit, value: roll.value });
}

/** The limit in English words, as results keep it. */
export const capInWords = (cap: Cap): string => inEnglish(capMessage(cap));

const NEVER = {
  'limit-is-zero': 'answers.neverLimitIsZero',
  'counts-for-ever': 'answers.neverForEver',
  'last-cycle': 'answers.neverLastCycle',
  'badge-ends': 'answers.neverBadgeEnds',
  'enrolment-ends': 'answers.neverEnrolmentEnds',
} as const satisfies Record<NeverReason, MessageKey>;

/** Why a freeing never comes, for a person. */
export const neverMessage = (reason: NeverReason): Message => message(NEVER[reason]);

/** Why a freeing never comes in English words, as results keep it. */
export const neverInWords = (reason: NeverReason): string => inEnglish(neverMessage(reason));
