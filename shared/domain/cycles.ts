import type { BadgeDefinition, CycleForm, FixedWindowConstraint } from './badge';
import {
  dateAt,
  doubledMidnight,
  existsIn,
  startOfDate,
  startOfNextMonth,
  partsOfDate,
  weekDayOf,
  WEEK_DAYS,
  type CalendarDate,
  type Zone,
} from './calendar';
import { addPeriod } from './expiry';
import type { Instant } from './instant';
import type { Span } from './org';
import type { OrgSettings } from './settings';

type CycleSettings = Pick<OrgSettings, 'zone' | 'weeklyCycles'>;

/** One cycle of a fixed window: a pair of calendar dates, both inclusive (semantics W2). */
export interface Cycle {
  firstDate: CalendarDate;
  lastDate: CalendarDate;
}

/** The dates over which one configuration of a fixed window produces cycles; `lastDate` null: without end. */
export interface ConfigurationDates {
  firstDate: CalendarDate;
  lastDate: CalendarDate | null;
}

/** Where the fixed windows of a badge end; null: never (semantics W9). */
export function constraintEnd(badge: BadgeDefinition, zone: Zone): Instant | null {
  const expiry = badge.issuedBadgeExpiry;
  if (badge.earnType === 'EARN' || expiry === null) return badge.expiresOn;
  switch (expiry.kind) {
    case 'FIXED_DATE':
      return expiry.expiresOn;
    case 'WITH_BADGE_META':
      return badge.expiresOn;
    case 'RELATIVE':
      return addPeriod(badge.expiresOn, expiry.value, expiry.unit, zone);
    case 'NEVER':
      return null;
  }
}

/** First and last date of a configuration: from the badge's start date to the date of the constraint end (semantics W3). */
export function configurationDates(
  badge: BadgeDefinition,
  window: FixedWindowConstraint,
  zone: Zone,
): ConfigurationDates {
  const end = constraintEnd(badge, zone);
  const naturalLast = end === null ? null : dateAt(end, zone);
  const lastDate =
    window.untilDate === null
      ? naturalLast
      : naturalLast === null
        ? window.untilDate
        : Math.min(window.untilDate, naturalLast);
  return { firstDate: window.fromDate ?? dateAt(badge.startOn, zone), lastDate };
}

function naturalCycle(form: CycleForm, firstDate: CalendarDate, date: CalendarDate, settings: CycleSettings): Cycle {
  switch (form.durationType) {
    case 'DAYS': {
      const length = form.refreshRate ?? 1;
      const start = firstDate + Math.floor((date - firstDate) / length) * length;
      return { firstDate: start, lastDate: start + length - 1 };
    }
    case 'WEEKS': {
      const startDay =
        settings.weeklyCycles === 'from-start'
          ? weekDayOf(firstDate)
          : WEEK_DAYS.indexOf(form.startDayOfTheWeek ?? 'MONDAY');
      const start = date - ((weekDayOf(date) - startDay + 7) % 7);
      return { firstDate: Math.max(start, firstDate), lastDate: start + 6 };
    }
    case 'MONTHS': {
      const start = date - (partsOfDate(date).day - 1);
      return { firstDate: Math.max(start, firstDate), lastDate: startOfNextMonth(date) - 1 };
    }
  }
}

/** The cycle a date lies in, or null outside the configuration (semantics W2, W4, W11; the last one is cut: W3). */
export function cycleOn(
  form: CycleForm,
  dates: ConfigurationDates,
  date: CalendarDate,
  settings: CycleSettings,
): Cycle | null {
  if (date < dates.firstDate || (dates.lastDate !== null && date > dates.lastDate)) return null;
  const cycle = naturalCycle(form, dates.firstDate, date, settings);
  return dates.lastDate === null || cycle.lastDate <= dates.lastDate ? cycle : { ...cycle, lastDate: dates.lastDate };
}

/** A cycle as it is shown, without dates that the zone skips; null where it has no other (semantics T4). */
export function existingDates(cycle: Cycle, zone: Zone): Cycle | null {
  let { firstDate, lastDate } = cycle;
  while (firstDate <= lastDate && !existsIn(firstDate, zone)) firstDate += 1;
  while (firstDate <= lastDate && !existsIn(lastDate, zone)) lastDate -= 1;
  return firstDate > lastDate ? null : { firstDate, lastDate };
}

/** All cycles that touch the dates from–to (inclusive), oldest first, computed as they are taken. */
export function* cyclesTouching(
  form: CycleForm,
  dates: ConfigurationDates,
  from: CalendarDate,
  to: CalendarDate,
  settings: CycleSettings,
): Generator<Cycle> {
  let date = Math.max(from, dates.firstDate);
  const last = dates.lastDate === null ? to : Math.min(to, dates.lastDate);
  while (date <= last) {
    const cycle = cycleOn(form, dates, date, settings);
    if (cycle === null) return;
    const shown = existingDates(cycle, settings.zone);
    if (shown !== null) yield shown;
    date = cycle.lastDate + 1;
  }
}

/**
 * The instants of a cycle: all that its dates have, from midnight of the first up to midnight after the last (semantics
 * W2, T4). Where clocks go back over one of the two midnights, a piece of the neighbouring date lies within.
 */
export function cycleSpan(cycle: Cycle, zone: Zone): Span {
  const start = doubledMidnight(cycle.firstDate, zone);
  const end = doubledMidnight(cycle.lastDate + 1, zone);
  const span = {
    from: start?.first ?? startOfDate(cycle.firstDate, zone),
    to: end?.second ?? startOfDate(cycle.lastDate + 1, zone),
  };
  const holes = [
    ...(start === null ? [] : [{ from: start.change, to: start.second }]),
    ...(end === null ? [] : [{ from: end.first, to: end.change }]),
  ];
  return holes.length === 0 ? span : { ...span, holes };
}

export type CycleStatus = 'UPCOMING' | 'ACTIVE' | 'EXPIRED';

/** Start, end and status of a configuration as the gateway prints them (semantics W2, W9); endDate null: without end. */
export function configurationView(
  badge: BadgeDefinition,
  window: FixedWindowConstraint,
  now: Instant,
  zone: Zone,
): { startDate: Instant; endDate: Instant | null; cycleStatus: CycleStatus } {
  const startDate = window.fromDate === null ? badge.startOn : startOfDate(window.fromDate, zone);
  const end = constraintEnd(badge, zone);
  const cut = window.untilDate !== null && (end === null || startOfDate(window.untilDate + 1, zone) < end);
  const endDate = cut && window.untilDate !== null ? startOfDate(window.untilDate, zone) : end;
  const over = cut && window.untilDate !== null ? startOfDate(window.untilDate + 1, zone) : end;
  const cycleStatus = now < startDate ? 'UPCOMING' : over !== null && now >= over ? 'EXPIRED' : 'ACTIVE';
  return { startDate, endDate, cycleStatus };
}

/** First date of a configuration that follows `running`, the active one's cycle at the edit (semantics W6). */
export function firstDateAfter(running: Cycle, next: CycleForm): CalendarDate {
  const dayAfter = running.lastDate + 1;
  switch (next.durationType) {
    case 'DAYS':
      return dayAfter;
    case 'WEEKS': {
      const startDay = WEEK_DAYS.indexOf(next.startDayOfTheWeek ?? 'MONDAY');
      return dayAfter + ((startDay - weekDayOf(dayAfter) + 7) % 7);
    }
    case 'MONTHS':
      return partsOfDate(dayAfter).day === 1 ? dayAfter : startOfNextMonth(dayAfter);
  }
}
