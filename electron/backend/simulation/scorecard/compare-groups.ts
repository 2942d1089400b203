import type { Instant } from '../../../../shared/domain/instant';
import { Failure } from '../../../../shared/ipc/errors';
import type { Timeline } from '../../../../shared/simulation/timeline';
import { comparedDays, type ComparedDays, type DatedGroup } from '../../../../shared/simulation/uplift';
import { message } from '../../../../shared/words/message';
import type { ObservedFile } from './observe-file';

/** Which customers were kept out: a segment of the file of purchases, or those of a file of their own. */
export type KeptOut = { segment: string } | { file: ObservedFile };

/** What customers of both groups bought on the days on which they are compared; `days` is null where they have none in common. */
export interface ComparedGroups {
  days: ComparedDays | null;
  reached: ObservedFile['observed'];
  control: ObservedFile['observed'];
}

export interface GroupsOrder {
  sales: ObservedFile;
  control: KeptOut;
  timeline: Timeline;
  /** Days of the period that are looked at; null: all. */
  known: number | null;
  /** Counts the same file again, within these ends alone. */
  again: (of: 'sales' | 'control', period: { from: Instant; to: Instant }) => Promise<ObservedFile>;
}

const seenIn = (observed: ObservedFile['observed']): number =>
  observed.reduce((sum, { counts }) => sum + counts.reduce((all, [, customers]) => all + customers, 0), 0);

function datedOf(observed: ObservedFile['observed'], days: number): DatedGroup {
  const byDay = new Float64Array(days);
  for (const one of observed) for (let day = 0; day < days; day += 1) byDay[day]! += one.days[day]?.events ?? 0;
  return { byDay, customers: seenIn(observed) };
}

/** Whether purchases of a group lie within days: `all` of them, `none`, or some. */
function shareWithin({ byDay }: DatedGroup, { from, to }: ComparedDays): 'all' | 'some' | 'none' {
  let [inside, outside] = [0, 0];
  for (let day = 0; day < byDay.length; day += 1) {
    if (day >= from && day < to) inside += byDay[day]!;
    else outside += byDay[day]!;
  }
  return inside === 0 ? 'none' : outside === 0 ? 'all' : 'some';
}

/**
 * Puts the purchases of two groups over the same days: files of different lengths are counted again, each within the days that both know.
 *
 * @throws Failure `invalid-input` where the file has no such segment
 */
export async function compareGroups({ sales, control, timeline, known, again }: GroupsOrder): Promise<ComparedGroups> {
  const isKept = (name: string): boolean => 'segment' in control && name === control.segment;
  const whole = {
    reached: sales.observed.filter(({ name }) => !isKept(name)),
    control: 'file' in control ? control.file.observed : sales.observed.filter(({ name }) => isKept(name)),
  };
  if ('segment' in control && whole.control.length === 0) {
    const names = sales.observed.map(({ name }) => `“${name}”`).join(', ');
    throw new Failure('invalid-input', message('scorecard.noSegment', { segment: control.segment, names }));
  }
  const dated = {
    reached: datedOf(whole.reached, timeline.days),
    control: datedOf(whole.control, timeline.days),
  };
  const days = comparedDays(dated, Math.min(timeline.days, known ?? timeline.days));
  if (days === null) return { days, ...whole };
  const period = { from: timeline.starts[days.from]!, to: timeline.starts[days.to]! };
  const file = { reached: 'sales', control: 'file' in control ? 'control' : 'sales' } as const;
  const counted = new Map<'sales' | 'control', ObservedFile['observed']>();
  const within = async (of: 'reached' | 'control'): Promise<ObservedFile['observed']> => {
    const share = shareWithin(dated[of], days);
    if (share !== 'some') return share === 'all' ? whole[of] : [];
    const read = counted.get(file[of]) ?? (await again(file[of], period)).observed;
    counted.set(file[of], read);
    return file[of] === 'control' ? read : read.filter(({ name }) => isKept(name) === (of === 'control'));
  };
  return { days, reached: await within('reached'), control: await within('control') };
}
