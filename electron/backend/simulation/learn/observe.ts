import { replaySource } from '../replay/spilled-source';
import { doHere, readReplayFile, type DoStep, type ReplayFile } from '../replay/replay-file';
import { NO_SEGMENT } from '../../../../shared/simulation/replay-source';
import { clockStretches, partsOfDate } from '../../../../shared/domain/calendar';
import { DAY, SECOND } from '../../../../shared/domain/instant';
import { MOST_COMINGS, MOST_FITTED, type Comings } from '../../../../shared/simulation/learning/coming';
import type { Histogram } from '../../../../shared/simulation/learning/count-model';
import { hoursOfDays, TimesOfDay, type FileTimes } from '../../../../shared/simulation/learning/hour-profile';
import type { Observed } from '../../../../shared/simulation/learning/learn';
import type { ReplayEvents } from '../../../../shared/simulation/scenario';
import type { Timeline } from '../../../../shared/simulation/timeline';

/** Mean Gregorian month, as a scenario's growth counts it. */
export const MONTH = (365.2425 / 12) * DAY;

export interface Observation {
  observed: Observed[];
  events: number;
  customers: number;
  /** Rows with an amount of zero or less, which are events and no amounts: returns. */
  returns: number;
  skipped: number;
  badRows: number;
  firstBadRows: ReplayFile['firstBadRows'];
  /** What the instants say of the time of day. */
  times: FileTimes;
}

/** How the reading of a long file is followed and stopped. */
export interface ObserveHost {
  signal: AbortSignal;
  /** Looks whether the signal has to be raised; asked every few thousand rows. */
  poll?: () => void;
  /** Share of the rows that were read. */
  progress?: (share: number) => void;
}

/** Into so many parts a file is cut, so that its reading can be followed. */
const LANES = 16;
/** Customers who are looked at one by one, over all segments, and of one of many; and those to whom numbers are fitted. */
const COMINGS = 300_000;
const FITTED = 12_000;
const LEAST_FITTED = 500;
/** Whoever came oftener is no person but a till; tables as long as their count would be made at every step of a fit. */
const MOST_OF_ONE = 20_000;
/** Of more segments nobody waits for the fit of each. */
const MOST_SEGMENTS = 100;

/**
 * Counts a transactions file: by segment the events of each day, how many customers had how many events, and their
 * amounts. One walk through the rows, whatever their number.
 *
 * @param cut number of days before those that are held back
 * @param bySegment whether the segments of the file are kept apart
 * @throws as readReplayFile
 */
export async function observe(
  file: string,
  events: ReplayEvents,
  timeline: Timeline,
  { cut, bySegment }: { cut: number; bySegment: boolean },
  { signal, poll = () => undefined, progress = () => undefined }: ObserveHost,
): Promise<Observation> {
  let parts = 0;
  const act: DoStep = async (lane, step, ...input) => {
    poll();
    signal.throwIfAborted();
    const answer = await doHere(lane, step, ...input);
    if (step === 'read') progress(Math.min(1, (parts += 1) / LANES));
    return answer;
  };
  const read = await readReplayFile(file, events, timeline, LANES, act, signal, {}, progress);
  try {
    const source = replaySource(read.columns);
    const names = bySegment && source.segmentOf !== null ? source.segmentNames : ['all'];
    const segmentOf = (customer: number): number =>
      names.length === 1 || source.segmentOf === null ? 0 : source.segmentOf[customer]!;
    const totals = names.map(() => ({
      days: new Float64Array(timeline.days),
      hours: { untilCut: new Array<number>(24).fill(0), all: new Array<number>(24).fill(0) },
      amounts: { many: 0, sum: 0, squares: 0 },
    }));
    const [untilCut, all] = [new Uint32Array(source.customers), new Uint32Array(source.customers)];
    const [first, last, lastUntilCut] = [source, source, source].map(({ customers }) => new Int32Array(customers)) as [
      Int32Array,
      Int32Array,
      Int32Array,
    ];
    const spent = events.amount === null ? null : new Float64Array(source.customers);
    let [day, count, returns] = [0, 0, 0];
    const times = new TimesOfDay();
    const clocks = clockStretches(timeline.from, timeline.to, timeline.zone);
    let clock = 0;
    for (let slice = source.next(timeline.to); slice !== null; slice = source.next(timeline.to)) {
      poll();
      signal.throwIfAborted();
      for (let index = 0; index < slice.length; index += 1) {
        const at = slice.at[index]!;
        while (day + 1 < timeline.days && timeline.starts[day + 1]! <= at) day += 1;
        while (clock + 1 < clocks.length && clocks[clock + 1]!.from <= at) clock += 1;
        const customer = slice.customer[index]!;
        const segment = segmentOf(customer);
        if (segment === NO_SEGMENT) continue;
        const total = totals[segment]!;
        total.days[day]! += 1;
        const second = Math.floor(((((at + clocks[clock]!.offset) % DAY) + DAY) % DAY) / SECOND);
        const hour = Math.floor(second / 3600);
        times.add(second, day);
        total.hours.all[hour]! += 1;
        if (all[customer] === 0) first[customer] = day;
        last[customer] = day;
        all[customer]! += 1;
        if (day < cut) {
          total.hours.untilCut[hour]! += 1;
          untilCut[customer]! += 1;
          lastUntilCut[customer] = day;
        }
        count += 1;
        const amount = slice.amount?.[index] ?? NaN;
        if (spent !== null && !Number.isNaN(amount)) spent[customer]! += amount;
        if (amount <= 0) returns += 1;
        else if (!Number.isNaN(amount)) {
          total.amounts.many += 1;
          total.amounts.sum += amount;
          total.amounts.squares += amount * amount;
        }
      }
    }
    const histograms = (of: Uint32Array): Histogram[] => {
      const counts = names.map(() => new Map<number, number>());
      for (let customer = 0; customer < of.length; customer += 1) {
        const segment = segmentOf(customer);
        const number = of[customer]!;
        if (segment === NO_SEGMENT || number === 0) continue;
        counts[segment]!.set(number, (counts[segment]!.get(number) ?? 0) + 1);
      }
      return counts.map((map) => [...map].sort(([one], [other]) => one - other));
    };
    const places = names.map((): number[] => []);
    for (let customer = 0; customer < all.length; customer += 1) {
      const segment = segmentOf(customer);
      if (segment !== NO_SEGMENT && all[customer]! > 0) places[segment]!.push(customer);
    }
    const comingsOf = (customers: readonly number[]): Comings => {
      const firsts = new Float64Array(timeline.days);
      for (const customer of customers) firsts[first[customer]!]! += 1;
      const people = customers.filter((customer) => all[customer]! <= MOST_OF_ONE);
      const many = Math.min(people.length, MOST_COMINGS, Math.floor(COMINGS / names.length));
      // At even distances, so that those who came early and late are there as they are in all.
      const chosen = Array.from({ length: many }, (_, at) => people[Math.floor((at * people.length) / many)]!);
      const of = (values: ArrayLike<number>): Float64Array =>
        Float64Array.from(chosen, (customer) => values[customer]!);
      return {
        ...{ count: of(all), first: of(first), last: of(last) },
        firsts,
        fitted: Math.max(LEAST_FITTED, Math.min(MOST_FITTED, Math.floor(FITTED / names.length))),
        ...{ countUntilCut: of(untilCut), lastUntilCut: of(lastUntilCut) },
      };
    };
    const [early, late] = [histograms(untilCut), histograms(all)];
    const [lengths, told] = [hoursOfDays(timeline), times.judged()];
    return {
      observed: names.map((name, segment) => ({
        name,
        days: daysOf(timeline, totals[segment]!.days),
        untilCut: early[segment]!,
        counts: late[segment]!,
        ...(names.length > MOST_SEGMENTS ? {} : { comings: comingsOf(places[segment]!) }),
        hours: { ...totals[segment]!.hours, lengths, isTold: told.kind === 'timed' },
        amounts: events.amount === null ? null : totals[segment]!.amounts,
        ...(spent === null ? {} : { spent: spentBy(places[segment]!, spent) }),
      })),
      ...{ events: count, customers: source.customers, returns, times: told },
      ...{ skipped: read.skipped, badRows: read.badRows, firstBadRows: read.firstBadRows },
    };
  } finally {
    read.dispose();
  }
}

/** Sum over some customers of what each spent, and of its square. */
function spentBy(customers: readonly number[], spent: Float64Array): { sum: number; squares: number } {
  let [sum, squares] = [0, 0];
  for (const customer of customers) {
    sum += spent[customer]!;
    squares += spent[customer]! ** 2;
  }
  return { sum, squares };
}

function daysOf(timeline: Timeline, events: Float64Array) {
  return Array.from(events, (many, day) => ({
    events: many,
    weekDay: timeline.weekDay(day),
    month: partsOfDate(timeline.dateOf(day)).month - 1,
    length: (timeline.starts[day + 1]! - timeline.starts[day]!) / DAY,
    months: (timeline.starts[day]! - timeline.from) / MONTH,
  }));
}
