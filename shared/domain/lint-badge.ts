import type { BadgeDefinition, FixedWindowConstraint } from './badge';
import { isObject, type BadgeWarning, type JsonObject } from './body-reader';
import { dateAt, type CalendarDate, type Zone } from './calendar';
import { message } from '../words/message';
import { configurationDates, constraintEnd } from './cycles';
import { enrolmentExpiry } from './expiry';
import { DAY, toIso, type Instant } from './instant';
import { unknownBadgeFields } from './known-fields';

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

function unknownFields(body: JsonObject): BadgeWarning[] {
  return unknownBadgeFields(body).map(({ path, name, meant }) => ({
    code: 990103,
    message:
      meant === null
        ? message('refusals.unknownField', { field: name })
        : message('refusals.unknownFieldMeant', { field: name, meant }),
    path,
  }));
}

const LIMITS = [
  { limit: 'maxEarnLimit', roll: null },
  { limit: 'maxEarnForDays', roll: 'rollForDays' },
  { limit: 'maxEarnForWeeks', roll: 'rollForWeeks' },
  { limit: 'maxEarnForMonths', roll: 'rollForMonths' },
] as const;

/** What each kind of limit reads beside its constraintType, by the end of that; the first that fits counts (semantics C, W). */
const READ_BY_KIND: readonly (readonly [ending: string, fields: readonly string[]])[] = [
  ['FIXED_VALUE', ['maxEarnLimit']],
  ['FIXED_WINDOW', ['maxEarnLimit', 'durationType', 'refreshRate', 'startDayOfTheWeek']],
  ['CUSTOMER_BADGE_ROLLING_WINDOW', LIMITS.flatMap(({ limit, roll }) => (roll === null ? [] : [limit, roll]))],
  ['BADGE_ROLLING_WINDOW', ['maxEarnLimit', 'rollType', 'rollValue']],
];
const READ_BY_SOME = [...new Set(READ_BY_KIND.flatMap(([, fields]) => fields))];

/** The fields that a limit reads beside its constraintType; null for no limit, and for what is no kind of limit. */
const readByKind = ({ constraintType }: JsonObject): readonly string[] | null =>
  READ_BY_KIND.find(([ending]) => String(constraintType).endsWith(ending))?.[1] ?? null;

/** A limit of zero is allowed and lets nobody through. */
function zeroLimits(constraint: JsonObject, path: string): BadgeWarning[] {
  const fields = readByKind(constraint) ?? [];
  return LIMITS.filter(
    ({ limit, roll }) =>
      fields.includes(limit) &&
      isGiven(constraint[limit]) &&
      Number(constraint[limit]) === 0 &&
      (roll === null || Number(constraint[roll]) > 0),
  ).map(({ limit }) => ({ code: 990104, message: message('refusals.limitZero'), path: `${path}.${limit}` }));
}

const SINGLE = new Map<unknown, 'refusals.cycleOfOneWeek' | 'refusals.cycleOfOneMonth'>([
  ['WEEKS', 'refusals.cycleOfOneWeek'],
  ['WEEKLY', 'refusals.cycleOfOneWeek'],
  ['MONTHS', 'refusals.cycleOfOneMonth'],
  ['MONTHLY', 'refusals.cycleOfOneMonth'],
]);

/** Fields of a fixed window that its form does not use (semantics W2, W4, W11). */
function unusedOfWindow(constraint: JsonObject, path: string): BadgeWarning[] {
  if (!String(constraint['constraintType']).endsWith('FIXED_WINDOW')) return [];
  const { durationType, refreshRate, startDayOfTheWeek } = constraint;
  const found: BadgeWarning[] = [];
  const single = SINGLE.get(durationType);
  if (single !== undefined && isGiven(refreshRate) && Number(refreshRate) !== 1) {
    const facts = { duration: String(durationType), rate: String(refreshRate) };
    found.push({ code: 990105, message: message(single, facts), path: `${path}.refreshRate` });
  }
  if (isGiven(startDayOfTheWeek) && durationType !== 'WEEKS' && durationType !== 'WEEKLY') {
    found.push({ code: 990105, message: message('refusals.weekdayUnused'), path: `${path}.startDayOfTheWeek` });
  }
  return found;
}

/** Fields that another kind of limit reads and this one does not: it is another limit than the one that was meant. */
function fieldsOfOtherKinds(constraint: JsonObject, path: string): BadgeWarning[] {
  const type = String(constraint['constraintType']);
  const fields = readByKind(constraint);
  if (fields === null) return [];
  return READ_BY_SOME.filter(
    (field) => isGiven(constraint[field]) && Number(constraint[field]) !== 0 && !fields.includes(field),
  ).map((field) => ({
    code: 990105,
    message: message('refusals.notOfThisLimit', { field, type }),
    path: `${path}.${field}`,
  }));
}

/** A customer's rolling limit none of whose windows is switched on lets everybody through (semantics C3). */
function limitsNothing(constraint: JsonObject, path: string): BadgeWarning[] {
  if (constraint['constraintType'] !== 'CUSTOMER_BADGE_ROLLING_WINDOW') return [];
  if (LIMITS.some(({ roll }) => roll !== null && isGiven(constraint[roll]) && Number(constraint[roll]) !== 0))
    return [];
  return [{ code: 990107, message: message('refusals.noWindowOn'), path: `${path}.rollForDays` }];
}

const EACH_TOLD = 100;

function constraintWarnings(body: JsonObject): BadgeWarning[] {
  const found: BadgeWarning[] = [];
  for (const list of ['customerConstraints', 'badgeConstraints']) {
    const constraints = body[list];
    if (!Array.isArray(constraints)) continue;
    for (let index = 0; index < constraints.length && found.length < EACH_TOLD; index += 1) {
      const constraint: unknown = constraints[index];
      if (!isObject(constraint)) continue;
      const path = `${list}[${index}]`;
      found.push(
        ...zeroLimits(constraint, path),
        ...unusedOfWindow(constraint, path),
        ...fieldsOfOtherKinds(constraint, path),
        ...limitsNothing(constraint, path),
      );
    }
  }
  return found;
}

/**
 * What a create or update body says that will surely surprise somebody, though no gateway refuses or mentions it:
 * fields that nothing reads, limits of zero, limits that limit nothing, and what a limit of its kind does not use.
 */
export function lintBadge(body: unknown): BadgeWarning[] {
  return isObject(body) ? [...unknownFields(body), ...constraintWarnings(body)] : [];
}

const isFixedWindow = (constraint: { kind: string }): constraint is FixedWindowConstraint =>
  constraint.kind === 'FIXED_WINDOW';

/** A level whose fixed windows are over before enrolments are: awards on the dates between meet none of them. */
export interface UncappedDates {
  level: 'customerConstraints' | 'badgeConstraints';
  /** The last date of the last cycle, and the last date on which an enrolment still runs. */
  lastCycleDate: CalendarDate;
  lastEnrolledDate: CalendarDate;
}

/**
 * The levels of a badge whose cycles end before the enrolments that customers have (semantics W9): W9 cuts the cycles
 * by the end that the badge has now, while an enrolment keeps the end that it was given.
 *
 * @param enrolledUntil the latest end of an enrolment, exclusive; null: nobody is enrolled
 */
export function uncappedDates(badge: BadgeDefinition, enrolledUntil: Instant | null, zone: Zone): UncappedDates[] {
  if (badge.earnType === 'EARN' || enrolledUntil === null) return [];
  const lastEnrolledDate = dateAt(enrolledUntil - 1, zone);
  return (['customerConstraints', 'badgeConstraints'] as const).flatMap((level) => {
    const lasts = badge[level].filter(isFixedWindow).map((window) => configurationDates(badge, window, zone).lastDate);
    if (lasts.length === 0 || lasts.includes(null)) return [];
    const lastCycleDate = lasts.reduce<number>((last, date) => Math.max(last, date ?? last), -Infinity);
    return lastCycleDate < lastEnrolledDate ? [{ level, lastCycleDate, lastEnrolledDate }] : [];
  });
}

const dateInWords = (date: CalendarDate): string => toIso(date * DAY, 'UTC').slice(0, 10);

/** A warning for each level whose awards will meet no cycle although customers are enrolled ({@link uncappedDates}). */
export function uncappedWarnings(badge: BadgeDefinition, enrolledUntil: Instant | null, zone: Zone): BadgeWarning[] {
  return uncappedDates(badge, enrolledUntil, zone).map(({ level, lastCycleDate, lastEnrolledDate }) => ({
    code: 990106,
    message: message('refusals.uncapped', {
      lastCycle: dateInWords(lastCycleDate),
      lastEnrolled: dateInWords(lastEnrolledDate),
    }),
    path: level,
  }));
}

/** The latest end that an enrolment made up to now can have, exclusive; null for a direct badge (semantics X, W9). */
export function latestEnrolmentEnd(badge: BadgeDefinition, now: Instant, zone: Zone): Instant | null {
  if (badge.earnType === 'EARN') return null;
  // An enrolment that never ends is stored as one of a century (X5).
  return constraintEnd(badge, zone) ?? enrolmentExpiry(badge, now, now, zone);
}
