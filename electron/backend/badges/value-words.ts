import type { BadgeDefinition, Constraint, Expiry, PeriodUnit } from '../../../shared/domain/badge';
import type { Zone } from '../../../shared/domain/calendar';
import { WEEK_DAYS } from '../../../shared/domain/limit-words';
import { SECOND, toIso, type Instant } from '../../../shared/domain/instant';
import type { MeaningField } from '../../../shared/gateway/meaning';
import { message, type Message, type MessageKey, type PlainKey } from '../../../shared/words/message';
import { dayInWords } from '../../../shared/words/day-words';
import { limitMessage } from '../../../shared/domain/explain';

/**
 * The value of a field in words, in a zone.
 *
 * @param canonical text of one field of a meaning (shared/gateway/meaning.ts)
 */
export function valueInWords(field: MeaningField, canonical: string, zone: Zone): Message {
  const value = JSON.parse(canonical) as never;
  switch (field) {
    case 'startOn':
    case 'expiresOn':
      return instantInWords(value, zone);
    case 'earnType':
      return message(value === 'EARN' ? 'comparison.awardedDirectly' : 'comparison.enrolledFirst');
    case 'earnedBadgeExpiry':
    case 'issuedBadgeExpiry':
      return expiryInWords(value, zone);
    case 'customerConstraints':
    case 'badgeConstraints':
      return listInWords((value as readonly Constraint[]).map(constraintInWords), 'comparison.noLimit');
    case 'active':
      return message(value ? 'comparison.active' : 'comparison.switchedOff');
    case 'restrictedToOwners':
      return listInWords(
        (value as readonly string[]).map((owner) => given(owner.replaceAll('_', ' '))),
        'comparison.nobody',
      );
    case 'images':
      return listInWords(
        (value as BadgeDefinition['images']).map(({ tag, name, url }) =>
          message('comparison.image', {
            tag: tag ?? message('comparison.untagged'),
            name: name ?? url ?? message('comparison.unnamed'),
          }),
        ),
        'comparison.none',
      );
    case 'tags':
      return listInWords(
        (value as BadgeDefinition['tags']).map((tag) => given(pairInWords(tag.name, tag.value))),
        'comparison.none',
      );
    case 'benefits':
      return listInWords((value as BadgeDefinition['benefits']).map(benefitInWords), 'comparison.none');
    case 'customFields':
      return listInWords(
        Object.entries(value as Record<string, string>).map(([name, text]) => given(pairInWords(name, text))),
        'comparison.none',
      );
    case 'name':
    case 'description':
    case 'badgeGroupId':
    case 'badgeRank':
    case 'defaultTillId':
      return value === null || value === '' ? message('comparison.none') : given(String(value));
  }
}

/** `31 Jan 2027, 09:00 UTC`, `2 Mar 2026, 15:14:15.926535 (+05:30)`; seconds only where they are not zero. */
export function instantInWords(instant: Instant, zone: Zone): Message {
  try {
    const parts = ISO.exec(toIso(instant, zone));
    if (!parts) return given(toIso(instant, zone));
    const [, year = '', month = '', day = '', minute = '', second = '', offset = ''] = parts;
    // Cut to seconds, two dates that differ in their fraction would look the same.
    const rest = `${second}${fractionOf(instant)}`;
    const time = rest === '00' ? minute : `${minute}:${rest}`;
    const date = dayInWords({ day: Number(day), month: Number(month), year: year.replace(/^\+/, '') });
    return message('comparison.instant', { date, time, zone: offset === 'Z' ? 'UTC' : `(${offset})` });
  } catch {
    return message('comparison.beyondCalendars');
  }
}

const ISO = /^([+-]?\d+)-(\d\d)-(\d\d)T(\d\d:\d\d):(\d\d)(Z|[+-]\d\d:\d\d)$/;

/** `.4477` for an instant within a second; empty on a whole one. */
function fractionOf(instant: Instant): string {
  const micros = ((instant % SECOND) + SECOND) % SECOND;
  return micros === 0 ? '' : `.${String(micros).padStart(6, '0').replace(/0+$/, '')}`;
}

/** A text of the badge's own, as it is. */
const given = (text: string): Message => message('comparison.given', { text });

function listInWords(parts: readonly Message[], none: PlainKey): Message {
  return parts.length === 0
    ? message(none)
    : parts.reduceRight((rest, first) => message('comparison.list', { first, rest }));
}

function pairInWords(name: string | null, value: string | null): string {
  return value === null || value === '' ? (name ?? '') : `${name ?? ''} = ${value}`;
}

function expiryInWords(expiry: Expiry | null, zone: Zone): Message {
  if (expiry === null) return message('comparison.none');
  switch (expiry.kind) {
    case 'FIXED_DATE':
      return message('comparison.expiresOn', { date: instantInWords(expiry.expiresOn, zone) });
    case 'WITH_BADGE_META':
      return message('comparison.expiresWithBadge');
    case 'RELATIVE':
      return message('comparison.expiresAfter', { time: amount(expiry.value, expiry.unit) });
    case 'NEVER':
      return message('comparison.expiresNever');
  }
}

const AMOUNTS = {
  DAYS: 'comparison.amountDays',
  WEEKS: 'comparison.amountWeeks',
  MONTHS: 'comparison.amountMonths',
} as const satisfies Record<PeriodUnit, MessageKey>;

function amount(count: number, unit: PeriodUnit): Message {
  return message(AMOUNTS[unit], { count });
}

/** A limit in words: `2 in each cycle of 3 days`, `10,000 in all`. */
function constraintInWords(constraint: Constraint): Message {
  switch (constraint.kind) {
    case 'NO_LIMIT':
      return message('comparison.noLimit');
    case 'FIXED_VALUE':
      return message('answers.limitInAll', { limit: constraint.maxEarnLimit });
    case 'FIXED_WINDOW':
      return cycleInWords(constraint);
    case 'BADGE_ROLLING_WINDOW':
      return last(constraint.maxEarnLimit, constraint.rollValue, constraint.rollType);
    case 'CUSTOMER_ROLLING_WINDOW': {
      const { rollForDays, rollForWeeks, rollForMonths } = constraint;
      const parts = [
        ...(rollForDays > 0 ? [last(constraint.maxEarnForDays, rollForDays, 'DAYS')] : []),
        ...(rollForWeeks > 0 ? [last(constraint.maxEarnForWeeks, rollForWeeks, 'WEEKS')] : []),
        ...(rollForMonths > 0 ? [last(constraint.maxEarnForMonths, rollForMonths, 'MONTHS')] : []),
      ];
      return parts.length === 0
        ? message('comparison.rollingOff')
        : parts.reduceRight((rest, first) => message('comparison.and', { first, rest }));
    }
  }
}

/** `2 in the last day`, `5 in the last 3 weeks` */
function last(limit: number, value: number, unit: PeriodUnit): Message {
  return limitMessage(limit, { unit, value });
}

function cycleInWords({
  durationType,
  refreshRate,
  startDayOfTheWeek,
  maxEarnLimit: limit,
}: Extract<Constraint, { kind: 'FIXED_WINDOW' }>): Message {
  switch (durationType) {
    case 'DAYS':
      return message('comparison.inEachCycle', { limit, count: refreshRate ?? 1 });
    case 'WEEKS':
      return message('comparison.inEachWeek', { limit, day: message(WEEK_DAYS[startDayOfTheWeek ?? 'MONDAY']) });
    case 'MONTHS':
      return message('comparison.inEachMonth', { limit });
  }
}

function benefitInWords(benefit: BadgeDefinition['benefits'][number]): Message {
  return benefit.benefitType === 'COUPON'
    ? message('comparison.coupon', { series: idOrNone(benefit.seriesId) })
    : message('comparison.points', { points: benefit.points ?? 0, programme: idOrNone(benefit.programId) });
}

const idOrNone = (id: number | string | null | undefined): string | Message =>
  id === null || id === undefined ? message('comparison.noId') : String(id);
