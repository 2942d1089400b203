import type { BadgeDefinition, Constraint, Expiry, PeriodUnit } from '../../../../shared/domain/badge';
import type { Zone } from '../../../../shared/domain/calendar';
import { SECOND, toIso, type Instant } from '../../../../shared/domain/instant';
import { MONTHS } from './cycles-view';
import type { MeaningField } from '../../../../shared/gateway/meaning';

/**
 * The value of a field in words, in a zone.
 *
 * @param canonical text of one field of a meaning (shared/gateway/meaning.ts)
 */
export function valueInWords(field: MeaningField, canonical: string, zone: Zone): string {
  const value = JSON.parse(canonical) as never;
  switch (field) {
    case 'startOn':
    case 'expiresOn':
      return instantInWords(value, zone);
    case 'earnType':
      return value === 'EARN' ? 'Awarded directly' : 'Enrolled first, then awarded';
    case 'earnedBadgeExpiry':
    case 'issuedBadgeExpiry':
      return expiryInWords(value, zone);
    case 'customerConstraints':
    case 'badgeConstraints':
      return listInWords((value as readonly Constraint[]).map(constraintInWords), 'No limit');
    case 'active':
      return value ? 'Active' : 'Switched off';
    case 'restrictedToOwners':
      return listInWords(
        (value as readonly string[]).map((owner) => owner.replaceAll('_', ' ')),
        'Nobody',
      );
    case 'images':
      return listInWords(
        (value as BadgeDefinition['images']).map(
          ({ tag, name, url }) => `${tag ?? 'untagged'}: ${name ?? url ?? 'unnamed'}`,
        ),
        'None',
      );
    case 'tags':
      return listInWords(
        (value as BadgeDefinition['tags']).map((tag) => pairInWords(tag.name, tag.value)),
        'None',
      );
    case 'benefits':
      return listInWords((value as BadgeDefinition['benefits']).map(benefitInWords), 'None');
    case 'customFields':
      return listInWords(
        Object.entries(value as Record<string, string>).map(([name, text]) => pairInWords(name, text)),
        'None',
      );
    case 'name':
    case 'description':
    case 'badgeGroupId':
    case 'badgeRank':
    case 'defaultTillId':
      return value === null || value === '' ? 'None' : String(value);
  }
}

/** `31 Jan 2027, 09:00 UTC`, `2 Mar 2026, 15:14:15.926535 (+05:30)`; seconds only where they are not zero. */
function instantInWords(instant: Instant, zone: Zone): string {
  try {
    const parts = ISO.exec(toIso(instant, zone));
    if (!parts) return toIso(instant, zone);
    const [, year = '', month = '', day = '', minute = '', second = '', offset = ''] = parts;
    // Cut to seconds, two dates that differ in their fraction would look the same.
    const rest = `${second}${fractionOf(instant)}`;
    const time = rest === '00' ? minute : `${minute}:${rest}`;
    const date = `${String(Number(day))} ${MONTHS[Number(month) - 1] ?? month} ${year.replace(/^\+/, '')}`;
    return `${date}, ${time} ${offset === 'Z' ? 'UTC' : `(${offset})`}`;
  } catch {
    return 'A date beyond all calendars';
  }
}

const ISO = /^([+-]?\d+)-(\d\d)-(\d\d)T(\d\d:\d\d):(\d\d)(Z|[+-]\d\d:\d\d)$/;

/** `.4477` for an instant within a second; empty on a whole one. */
function fractionOf(instant: Instant): string {
  const micros = ((instant % SECOND) + SECOND) % SECOND;
  return micros === 0 ? '' : `.${String(micros).padStart(6, '0').replace(/0+$/, '')}`;
}

function listInWords(parts: readonly string[], none: string): string {
  return parts.length === 0 ? none : parts.join('; ');
}

function pairInWords(name: string | null, value: string | null): string {
  return value === null || value === '' ? (name ?? '') : `${name ?? ''} = ${value}`;
}

function expiryInWords(expiry: Expiry | null, zone: Zone): string {
  if (expiry === null) return 'None';
  switch (expiry.kind) {
    case 'FIXED_DATE':
      return `On ${instantInWords(expiry.expiresOn, zone)}`;
    case 'WITH_BADGE_META':
      return 'With the badge';
    case 'RELATIVE':
      return `After ${amount(expiry.value, expiry.unit)}`;
    case 'NEVER':
      return 'Never';
  }
}

function amount(count: number, unit: PeriodUnit): string {
  const word = unit.toLowerCase();
  return count === 1 ? `1 ${word.slice(0, -1)}` : `${String(count)} ${word}`;
}

/** A limit in words: `2 in each cycle of 3 days`, `10,000 in all`. */
function constraintInWords(constraint: Constraint): string {
  switch (constraint.kind) {
    case 'NO_LIMIT':
      return 'No limit';
    case 'FIXED_VALUE':
      return `${counted(constraint.maxEarnLimit)} in all`;
    case 'FIXED_WINDOW':
      return `${counted(constraint.maxEarnLimit)} in each ${cycleInWords(constraint)}`;
    case 'BADGE_ROLLING_WINDOW':
      return `${counted(constraint.maxEarnLimit)} in the ${last(constraint.rollValue, constraint.rollType)}`;
    case 'CUSTOMER_ROLLING_WINDOW': {
      const { rollForDays, rollForWeeks, rollForMonths } = constraint;
      const parts = [
        rollForDays > 0 ? `${counted(constraint.maxEarnForDays)} in the ${last(rollForDays, 'DAYS')}` : '',
        rollForWeeks > 0 ? `${counted(constraint.maxEarnForWeeks)} in the ${last(rollForWeeks, 'WEEKS')}` : '',
        rollForMonths > 0 ? `${counted(constraint.maxEarnForMonths)} in the ${last(rollForMonths, 'MONTHS')}` : '',
      ].filter(Boolean);
      return parts.length === 0 ? 'A rolling window that is off' : parts.join(' and ');
    }
  }
}

const counted = (count: number): string => count.toLocaleString('en');

/** `last day`, `last 3 weeks` */
function last(count: number, unit: PeriodUnit): string {
  return `last ${count === 1 ? unit.toLowerCase().slice(0, -1) : amount(count, unit)}`;
}

function cycleInWords({
  durationType,
  refreshRate,
  startDayOfTheWeek,
}: Extract<Constraint, { kind: 'FIXED_WINDOW' }>): string {
  switch (durationType) {
    case 'DAYS':
      return `cycle of ${amount(refreshRate ?? 1, 'DAYS')}`;
    case 'WEEKS': {
      const day = (startDayOfTheWeek ?? 'MONDAY').toLowerCase();
      return `week from ${day.charAt(0).toUpperCase()}${day.slice(1)}`;
    }
    case 'MONTHS':
      return 'calendar month';
  }
}

function benefitInWords(benefit: BadgeDefinition['benefits'][number]): string {
  return benefit.benefitType === 'COUPON'
    ? `Coupon of series ${String(benefit.seriesId ?? 'none')}`
    : `${String(benefit.points ?? 0)} points of programme ${String(benefit.programId ?? 'none')}`;
}
