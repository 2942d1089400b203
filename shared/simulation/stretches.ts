import { addMonths, dateAt, doubledMidnight, startOfDate, type Zone } from '../domain/calendar';
import { capsInForce, rollingSpan, type Cap } from '../domain/caps';
import { DAY, type Instant } from '../domain/instant';
import type { OrgSettings } from '../domain/settings';
import { awardRefusalAt, type SimulatedBadge } from './simulated-badge';
import type { Timeline } from './timeline';

/**
 * Where a rolling window begins during one stretch: at a fixed instant, or a fixed distance back. Null for both where a
 * clock changes on this day or on the one it looks back to: calendar months have no fixed distance then, and the rules
 * are asked each time.
 */
export interface WindowStart {
  from: Instant | null;
  distance: number | null;
}

/** A cap as the rules state it for a stretch. */
export interface DatedCap {
  cap: Cap;
  /** Null unless the cap is a rolling window. */
  start: WindowStart | null;
}

/** A part of a day over which a badge's rules stand still. */
export interface Stretch {
  start: Instant;
  /** Exclusive. */
  end: Instant;
  /** Day of the timeline; of the date that the clocks show, so that one in two pieces is one day (semantics T4). */
  day: number;
  /** The code with which every attempt is refused whole, or null. */
  refusal: number | null;
  /** The caps in force. */
  caps: readonly DatedCap[];
}

function isEvenDay(at: Instant, zone: Zone): boolean {
  if (zone === 'UTC') return true;
  const date = dateAt(at, zone);
  return startOfDate(date + 1, zone) - startOfDate(date, zone) === DAY;
}

function windowStart(roll: NonNullable<Cap['roll']>, at: Instant, settings: OrgSettings): WindowStart {
  const { unit, value } = roll;
  const { from } = rollingSpan(unit, value, at, settings);
  if (unit !== 'MONTHS')
    return settings.rollingWindows === 'dates' ? { from, distance: null } : { from: null, distance: at - from };
  const isEven = isEvenDay(at, settings.zone) && isEvenDay(addMonths(at, -value, settings.zone), settings.zone);
  return { from: null, distance: isEven ? at - from : null };
}

/**
 * The simulated period cut at every midnight and at the badge's start and end. Windows change only at midnights of the
 * zone (semantics W2), so that the rules need to be asked once for each stretch and not for each attempt.
 */
export function stretchesOf(badge: SimulatedBadge, timeline: Timeline): Stretch[] {
  const { startOn, expiresOn } = badge.definition;
  const { settings } = badge.org;
  const stretches: Stretch[] = [];
  for (let day = 0; day < timeline.days; day += 1) {
    const first = timeline.starts[day]!;
    const last = timeline.starts[day + 1]!;
    // Within the day on which clocks go back over midnight, the date changes back and forth.
    const midnight = doubledMidnight(timeline.dateOf(day), settings.zone);
    const cuts = [startOn, expiresOn, ...(midnight === null ? [] : [midnight.change, midnight.second])]
      .filter((instant) => instant > first && instant < last)
      .sort((left, right) => left - right);
    const edges = [first, ...cuts, last];
    for (let index = 1; index < edges.length; index += 1) {
      const start = edges[index - 1]!;
      const end = edges[index]!;
      if (end <= start) continue;
      const caps = capsInForce(badge.definition, start, start, settings).map((cap) => ({
        cap,
        start: cap.roll === null ? null : windowStart(cap.roll, start, settings),
      }));
      const isBack = midnight !== null && start >= midnight.change && start < midnight.second;
      const shown = isBack ? Math.max(0, day - 1) : day;
      stretches.push({ start, end, day: shown, refusal: awardRefusalAt(badge, start), caps });
    }
  }
  return stretches;
}
