import type { BadgeDefinition, Expiry } from './badge';
import { addMonths, addYears, type Zone } from './calendar';
import { DAY, FARTHEST, type Instant } from './instant';

/** NEVER is stored as this many years from processing (semantics X5). */
const NEVER_IN_YEARS = 100;

/**
 * The instant `value` days, weeks or months after `from`: days of 24 h, weeks of 168 h, calendar months (semantics X4).
 * A period that leads further than any date can be printed ends there.
 */
export function addPeriod(from: Instant, value: number, unit: 'DAYS' | 'WEEKS' | 'MONTHS', zone: Zone): Instant {
  switch (unit) {
    case 'DAYS':
      return Math.min(from + value * DAY, FARTHEST);
    case 'WEEKS':
      return Math.min(from + value * 7 * DAY, FARTHEST);
    case 'MONTHS':
      return addMonths(from, value, zone);
  }
}

function expiryOf(expiry: Expiry, badgeEnd: Instant, relativeTo: Instant, now: Instant, zone: Zone): Instant {
  switch (expiry.kind) {
    case 'FIXED_DATE':
      return expiry.expiresOn;
    case 'WITH_BADGE_META':
      return badgeEnd;
    case 'RELATIVE':
      return addPeriod(relativeTo, expiry.value, expiry.unit, zone);
    case 'NEVER':
      return addYears(now, NEVER_IN_YEARS, zone);
  }
}

/** When an enrolment made now for an event date ends: a relative one counts from the event date (semantics X3). */
export function enrolmentExpiry(badge: BadgeDefinition, eventDate: Instant, now: Instant, zone: Zone): Instant {
  return expiryOf(badge.issuedBadgeExpiry ?? { kind: 'WITH_BADGE_META' }, badge.expiresOn, eventDate, now, zone);
}

/** When an award made now ends: a relative one counts from processing, whatever its event date (semantics X2). */
export function awardExpiry(badge: BadgeDefinition, now: Instant, zone: Zone): Instant {
  return expiryOf(badge.earnedBadgeExpiry, badge.expiresOn, now, now, zone);
}
