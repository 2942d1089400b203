import { toIso, type Instant } from '../../../shared/domain/instant';
import { learnedCustomers } from '../../../electron/backend/simulation/learn/learned-scenario';
import type { Learned } from '../../../electron/backend/simulation/learn/learn-file';
import { SyntheticSource } from '../../../shared/simulation/arrivals';
import { MOST_FITTED, type Comings } from '../../../shared/simulation/learning/coming';
import {
  learnGroups,
  learnSegment,
  type LearnedSegment,
  type Observed,
} from '../../../shared/simulation/learning/learn';
import { RandomStream } from '../../../shared/simulation/random';
import { readScenario, type Scenario } from '../../../shared/simulation/scenario';
import { Timeline } from '../../../shared/simulation/timeline';

const WEEK = 7 * 86_400_000_000;
const MONTH = (365.2425 / 12) * (WEEK / 7);
const BEGIN = Date.UTC(2024, 0, 1) * 1_000;
/** Runs of a forecast: of fewer, P5 and P95 lie too far in by themselves (of 60, they hold 87 % of what is drawn alike). */
const RUNS = 200;

/** Kinds of histories that forecasts are held against. */
export const BAND_KINDS = ['staying', 'growing', 'seasonal', 'coming', 'both', 'many'] as const;
export type BandKind = (typeof BAND_KINDS)[number];

interface History {
  weeks: number;
  segment: Record<string, unknown>;
  /** Customers that numbers are fitted to; absent: all. */
  fitted?: number;
}

function drawnHistory(kind: BandKind, stream: RandomStream): History {
  const between = (low: number, high: number): number => low + (high - low) * stream.uniform();
  const year = between(0.2, 0.5);
  const activity = {
    ...{ perWeek: 0.3 * 4 ** stream.uniform(), dispersion: between(0.2, 1.2) },
    weekdays: [0.7, 0.8, 0.9, 1, 1.2, 1.5, 0.9],
    amount: { mean: 20, spread: between(0.3, 1) },
  };
  const size = Math.round(300 * 5 ** stream.uniform());
  const grows = { growthPerMonth: between(0.03, 0.06) };
  const season = Array.from({ length: 12 }, (_, month) => 1 + year * Math.cos((Math.PI * (month - 11)) / 6));
  const dropOut = { probability: between(0.04, 0.15), dispersion: between(0.3, 1.5) };
  switch (kind) {
    case 'staying':
      return { weeks: Math.round(between(26, 60)), segment: { size, activity } };
    case 'growing':
      return { weeks: Math.round(between(30, 50)), segment: { size, activity: { ...activity, ...grows } } };
    case 'seasonal':
      return { weeks: Math.round(between(84, 120)), segment: { size, activity: { ...activity, season } } };
    case 'coming':
      return {
        weeks: Math.round(between(50, 90)),
        segment: { size, joins: { perWeek: between(6, 30) }, activity: { ...activity, dropOut } },
      };
    case 'many': {
      const there = Math.round(between(4_000, 8_000));
      const joins = { perWeek: (there / 300) * between(6, 12) };
      return {
        ...{ weeks: Math.round(between(50, 90)), fitted: MOST_FITTED },
        segment: { size: there, joins, activity: { ...activity, dropOut } },
      };
    }
    case 'both':
      return {
        weeks: Math.round(between(84, 120)),
        segment: { size, joins: { perWeek: between(6, 30) }, activity: { ...activity, season, dropOut } },
      };
  }
}

function scenarioOf(seed: number, from: Instant, to: Instant, customers: unknown): Scenario {
  const read = readScenario({
    ...{ schema: 'laurel/scenario@1', name: 'bands', seed, from: toIso(from, 'UTC'), to: toIso(to, 'UTC') },
    badges: [{ key: 'any', badge: { name: 'Any' } }],
    customers,
  });
  if (!read.ok) throw new Error(JSON.stringify(read.findings));
  return read.scenario;
}

/** Each event of one run, in the order of instants. */
function events(scenario: Scenario, run: number, each: (customer: number, at: Instant, amount: number) => void): void {
  const source = new SyntheticSource(scenario, new Timeline(scenario.from, scenario.to, 'UTC'), run);
  for (let slice = source.next(Infinity); slice !== null; slice = source.next(Infinity))
    for (let index = 0; index < slice.length; index += 1)
      each(slice.customer[index]!, slice.at[index]!, slice.amount?.[index] ?? 0);
}

interface Total {
  events: number;
  money: number;
  /** Events of Saturdays, the day on which most come. */
  saturdays: number;
}

const MEASURES = ['events', 'money', 'saturdays'] as const;

/** The first day is a Monday. */
function addTo(total: Total, at: Instant, amount: number): void {
  total.events += 1;
  total.money += amount;
  if (Math.floor((at - BEGIN) / (WEEK / 7)) % 7 === 5) total.saturdays += 1;
}

/** What is seen of a history up to an instant, and what comes after it of the same customers. */
function lived(scenario: Scenario, end: Instant, fitted: number | undefined): { observed: Observed; after: Total } {
  const timeline = new Timeline(scenario.from, end, 'UTC');
  const byDay = new Array<number>(timeline.days).fill(0);
  const seen = new Map<number, { count: number; first: number; last: number }>();
  const amounts = { many: 0, sum: 0, squares: 0 };
  const after: Total = { events: 0, money: 0, saturdays: 0 };
  events(scenario, 0, (customer, at, amount) => {
    if (at >= end) {
      addTo(after, at, amount);
      return;
    }
    const day = Math.floor((at - scenario.from) / (WEEK / 7));
    byDay[day]! += 1;
    const one = seen.get(customer) ?? { count: 0, first: day, last: day };
    seen.set(customer, { count: one.count + 1, first: Math.min(one.first, day), last: Math.max(one.last, day) });
    amounts.many += 1;
    amounts.sum += amount;
    amounts.squares += amount * amount;
  });
  const people = [...seen.values()];
  const counts = new Map<number, number>();
  const firsts = new Array<number>(timeline.days).fill(0);
  for (const { count, first } of people) {
    counts.set(count, (counts.get(count) ?? 0) + 1);
    firsts[first]! += 1;
  }
  const histogram = [...counts].sort(([one], [other]) => one - other);
  const column = (of: keyof (typeof people)[number]): number[] => people.map((one) => one[of]);
  const comings: Comings = {
    ...{ count: column('count'), first: column('first'), last: column('last') },
    ...{ countUntilCut: column('count'), lastUntilCut: column('last'), firsts },
    ...(fitted === undefined ? {} : { fitted }),
  };
  const days = byDay.map((many, day) => ({
    ...{ events: many, weekDay: timeline.weekDay(day), length: 1 },
    month: new Date((scenario.from + (day * WEEK) / 7) / 1_000).getUTCMonth(),
    months: (day * WEEK) / 7 / MONTH,
  }));
  return { observed: { name: 'all', days, untilCut: histogram, counts: histogram, amounts, comings }, after };
}

/** Learns what was seen over so many months. */
export type Learning = (observed: Observed, months: number) => LearnedSegment[] | null;

const together: Learning = (observed, months) => {
  const learned = learnSegment(observed, months, null);
  return learned === null ? null : [learned];
};

/** In three groups by how often customers come. */
export const inGroups: Learning = (observed, months) => learnGroups(observed, months, null, 3);

function isWithin(totals: number[], truth: number): boolean {
  totals.sort((one, other) => one - other);
  const at = (share: number): number => {
    const place = share * (totals.length - 1);
    const low = Math.floor(place);
    return totals[low]! + (place - low) * ((totals[low + 1] ?? totals[low]!) - totals[low]!);
  };
  return at(0.05) <= truth && truth <= at(0.95);
}

/** Customers of one segment over some weeks, as they are observed; numbers are fitted to so many of them. */
export function drawnHistoryOf(
  seed: number,
  weeks: number,
  segment: object,
  fitted?: number,
): { observed: Observed; months: number } {
  const end = BEGIN + weeks * WEEK;
  const scenario = scenarioOf(seed, BEGIN, end, { segments: [{ name: 'all', ...segment }] });
  return { observed: lived(scenario, end, fitted).observed, months: (weeks * WEEK) / MONTH };
}

/**
 * In which share of drawn histories what the same customers did in the 13 weeks after lies between P5 and P95 of what a scenario
 * that was learned from the weeks before forecasts: of their events, of the money they spent, and of the events of Saturdays. `seasons` is the share in
 * which a season was learned; `off`, how far the middle of the forecast was from the events that came, on average and as a share of them.
 */
export function bandCoverage(
  kind: BandKind,
  settings: number,
  learn = together,
): Total & { learned: number; seasons: number; off: number } {
  const stream = new RandomStream([1, 'bands', kind]);
  const covered = { learned: 0, events: 0, money: 0, saturdays: 0, seasons: 0, off: 0 };
  for (let setting = 0; setting < settings; setting += 1) {
    const { weeks, segment, fitted } = drawnHistory(kind, stream);
    const end = BEGIN + weeks * WEEK;
    const far = end + 13 * WEEK;
    const history = scenarioOf(setting, BEGIN, far, { segments: [{ name: 'all', ...segment }] });
    const { observed, after } = lived(history, end, fitted);
    const learned = learn(observed, (weeks * WEEK) / MONTH);
    if (learned === null) continue;
    covered.learned += 1;
    if (learned[0]?.season) covered.seasons += 1;
    const found = { segments: learned, holdOut: null, events: 0, customers: 0, from: BEGIN, to: end, cut: end };
    const customers = learnedCustomers(found as unknown as Learned, { file: 'drawn', zone: 'UTC' });
    const forecast = scenarioOf(setting, end, far, customers);
    const totals = Array.from({ length: RUNS }, (_, run) => {
      const total: Total = { events: 0, money: 0, saturdays: 0 };
      events(forecast, run, (_customer, at, amount) => addTo(total, at, amount));
      return total;
    });
    const middle = totals.map((total) => total.events).sort((one, other) => one - other)[RUNS / 2]!;
    covered.off += Math.abs(middle / after.events - 1);
    for (const of of MEASURES)
      if (
        isWithin(
          totals.map((total) => total[of]),
          after[of],
        )
      )
        covered[of] += 1;
  }
  const share = (many: number): number => many / covered.learned;
  return {
    learned: covered.learned,
    ...{ events: share(covered.events), money: share(covered.money) },
    ...{ saturdays: share(covered.saturdays), seasons: share(covered.seasons) },
    off: share(covered.off),
  };
}
