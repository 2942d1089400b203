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
  { activity: { perWeek, dispersion, amount, weekdays, growthPerMonth, season } }: Segment,
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
  for (let day = 0; day < timeline.days;) {
    const start = timeline.starts[day]!;
    const length = timeline.starts[day + 1]! - start;
    const months = (start - timeline.from) / ((365.2425 / 12) * DAY);
    const plain = (((weekdays[timeline.weekDay(day)] ?? 0) * 7) / sum) * exp(months * logGrowth);
    const date = timeline.dateOf(day);
    const month = season?.[new Date((date * DAY) / 1000).getUTCMonth()] ?? 1;
    const factor = calendar
      .filter((entry) => entry.from <= date && date <= entry.to)
      .reduce((product, entry) => product * entry.factor, 1);
    const activity = plain * month * factor;
    const next = position + need / activity;
    if (!(next < length)) {
      need = Math.max(0, need - (length - position) * activity);
      position = 0;
      day += 1;
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
