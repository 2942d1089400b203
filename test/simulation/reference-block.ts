import { Temporal } from 'temporal-polyfill';
import { DAY } from '../../shared/domain/instant';
import { aliasTable } from '../../shared/simulation/alias-table';
import type { CalendarEntry } from '../../shared/simulation/day-factors';
import { exp, ln } from '../../shared/simulation/portable-math';
import type { RandomStream } from '../../shared/simulation/random';
import type { Segment } from '../../shared/simulation/scenario';
import type { Timeline } from '../../shared/simulation/timeline';

export interface ReferenceEvent {
  at: number;
  customer: number;
  /** NaN where events have none. */
  amount: number;
}

/**
 * The events of a block in plain words of TypeScript: what the compiled draws must give to the bit.
 *
 * @param first index of the block's first customer, of `size`
 */
export function referenceBlock(
  { activity: { perWeek, dispersion, amount, weekdays, growthPerMonth, hours, season } }: Segment,
  { first, size }: { first: number; size: number },
  timeline: Timeline,
  calendar: readonly CalendarEntry[],
  stream: (purpose: string) => RandomStream,
): ReferenceEvent[] {
  const [times, picks, amounts] = [stream('times'), stream('picks'), stream('amounts')];
  const shares = new Float64Array(size);
  const partners = new Uint16Array(size);
  let total = size;
  if (dispersion > 0) {
    const rates = stream('rates');
    const shape = 1 / dispersion;
    for (let index = 0; index < size; index += 1) shares[index] = rates.gamma(shape) / shape;
    total = aliasTable(shares, partners);
  }
  const rate = (total * perWeek) / (7 * DAY);
  const variance = ln(1 + (amount?.spread ?? 0) ** 2);
  const deviation = Math.sqrt(variance);
  const sum = weekdays.reduce((left, right) => left + right, 0);
  const logGrowth = growthPerMonth === 0 ? 0 : ln(1 + growthPerMonth);
  const events: ReferenceEvent[] = [];
  let position = 0;
  let need = rate > 0 ? times.exponential() / rate : Infinity;
  const stretches = stretchesOf(timeline, hours ?? null);
  for (let place = 0; place < stretches.length;) {
    const { day, start, end, weight } = stretches[place]!;
    const length = end - start;
    const months = (timeline.starts[day]! - timeline.from) / ((365.2425 / 12) * DAY);
    const plain = (((weekdays[timeline.weekDay(day)] ?? 0) * 7) / sum) * exp(months * logGrowth);
    const date = timeline.dateOf(day);
    const month = season?.[new Date((date * DAY) / 1000).getUTCMonth()] ?? 1;
    const factor = calendar
      .filter((entry) => entry.from <= date && date <= entry.to)
      .reduce((product, entry) => product * entry.factor, 1);
    const activity = plain * month * factor * weight;
    const next = position + need / activity;
    if (!(next < length)) {
      need = Math.max(0, need - (length - position) * activity);
      position = 0;
      place += 1;
      continue;
    }
    position = next;
    const x = picks.uniform() * size;
    const index = Math.floor(x);
    const isOwn = dispersion === 0 || x - index < shares[index]!;
    let value = amount?.mean ?? NaN;
    if (amount !== null && deviation !== 0) value = exp(ln(amount.mean) - variance / 2 + deviation * amounts.normal());
    const customer = first + (isOwn ? index : partners[index]!);
    events.push({ at: start + Math.floor(position), customer, amount: value });
    need = times.exponential() / rate;
  }
  return events;
}

/**
 * Days, or where hours differ, what the clock on the wall shows minute by minute: a stretch ends where it shows another hour
 * or another day begins. No clock is changed within a minute.
 */
function stretchesOf(
  { starts, days, zone }: Timeline,
  hours: readonly number[] | null,
): { day: number; start: number; end: number; weight: number }[] {
  const stretches: { day: number; start: number; end: number; weight: number }[] = [];
  const sum = (hours ?? []).reduce((left, right) => left + right, 0);
  for (let day = 0; day < days; day += 1) {
    const end = starts[day + 1]!;
    if (hours === null) {
      stretches.push({ day, start: starts[day]!, end, weight: 1 });
      continue;
    }
    let shown = -1;
    for (let start = starts[day]!; start < end;) {
      const next = Math.min(end, (Math.floor(start / MINUTE) + 1) * MINUTE);
      const { hour } = Temporal.Instant.fromEpochMilliseconds(Math.floor(start / 1000)).toZonedDateTimeISO(zone);
      if (hour === shown) stretches.at(-1)!.end = next;
      else stretches.push({ day, start, end: next, weight: (hours[hour]! * 24) / sum });
      shown = hour;
      start = next;
    }
  }
  return stretches;
}

const MINUTE = 60_000_000;
