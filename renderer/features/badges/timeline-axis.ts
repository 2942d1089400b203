import { addMonths, dateAt, partsOfDate, startOfDate, type Zone } from '../../../shared/domain/calendar';
import { DAY, HOUR, type Instant } from '../../../shared/domain/instant';
import { formatDate, formatMonth, formatTimeOfDay } from '../../lib/format';

/** A line of the axis, and what stands to its right; `label` null: there is no room for it. */
export interface AxisTick {
  at: Instant;
  label: string | null;
}

type Step = { unit: 'hours' | 'days' | 'months'; count: number };

const STEPS: readonly Step[] = [
  ...[1, 2, 3, 6, 12].map((count) => ({ unit: 'hours' as const, count })),
  ...[1, 2, 4, 7, 14].map((count) => ({ unit: 'days' as const, count })),
  ...[1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200].map((count) => ({ unit: 'months' as const, count })),
];
const MOST_TICKS = 60;
/** Between a line and its label, and between a label and the next line. */
export const LABEL_GAP = 3;

const lengthOf = ({ unit, count }: Step): number =>
  count * (unit === 'hours' ? HOUR : unit === 'days' ? DAY : 30.44 * DAY);

/** An upper bound of a label's width at ten pixels: digits and Latin letters are narrower, signs of East Asia square. */
const widthOf = (label: string): number =>
  Array.from(label).reduce((sum, sign) => sum + ((sign.codePointAt(0) ?? 0) > 0x2e7f ? 10.5 : 6.3), 0);

function ticksOf(from: Instant, to: Instant, zone: Zone, { unit, count }: Step): Instant[] {
  const firstDay = dateAt(from, zone);
  const { month, day } = partsOfDate(firstDay);
  // Years begin in January, quarters in their first month.
  const monthStart = startOfDate(firstDay - day + 1, zone);
  const aligned = count < 12 ? (month - 1) % count : month - 1 + 12 * (partsOfDate(firstDay).year % (count / 12));
  const ticks: Instant[] = [];
  for (let position = 0; ticks.length <= MOST_TICKS; position += 1) {
    const tick =
      unit === 'months'
        ? addMonths(monthStart, position * count - aligned, zone)
        : unit === 'days'
          ? startOfDate(firstDay + position * count, zone)
          : startOfDate(firstDay, zone) + position * count * HOUR;
    if (tick > to) break;
    if (tick >= from) ticks.push(tick);
    else if (position > 10_000) break;
  }
  return ticks;
}

function labelOf(tick: Instant, zone: Zone, { unit, count }: Step): string {
  if (unit === 'hours' && startOfDate(dateAt(tick, zone), zone) !== tick) return formatTimeOfDay(tick, zone);
  if (unit !== 'months') return formatDate(tick, zone);
  return count % 12 === 0 ? String(partsOfDate(dateAt(tick, zone)).year) : formatMonth(tick, zone);
}

/**
 * The lines of an axis of a width in pixels: hours, days, months or years, the finest whose labels stand clear of each
 * other. A label that would leave the box is left out.
 */
export function timelineAxis(from: Instant, to: Instant, zone: Zone, width: number): AxisTick[] {
  const x = (tick: Instant): number => ((tick - from) / (to - from)) * width;
  for (const step of STEPS) {
    if ((to - from) / lengthOf(step) > MOST_TICKS) continue;
    const ticks = ticksOf(from, to, zone, step).map((at) => ({ at, label: labelOf(at, zone, step) }));
    const clear = ticks.every(({ at, label }, position) => {
      const next = ticks[position + 1];
      return next === undefined || x(at) + widthOf(label) + 4 * LABEL_GAP <= x(next.at);
    });
    if (!clear) continue;
    const shown = ticks.map(({ at, label }) => ({
      at,
      label: x(at) + LABEL_GAP + widthOf(label) <= width ? label : null,
    }));
    if (shown.some(({ label }) => label !== null)) return shown;
  }
  // Too narrow for any step: where the drawing begins.
  const begin = formatDate(from, zone);
  return [{ at: from, label: LABEL_GAP + widthOf(begin) <= width ? begin : null }];
}
