import { RandomStream } from '../random';
import { exposureOf, exposureSlope, fitProfile, type ActivityProfile, type ProfileDay } from './activity-profile';
import {
  deviationOf,
  fitCounts,
  isByChance,
  posterior,
  type CountFit,
  type Estimate,
  type Histogram,
} from './count-model';
import {
  comingAfter,
  comingByDay,
  firstsByDay,
  fitComingDays,
  learnedComing,
  remainingWithIntervals,
  type ComingAndProfile,
  type Comings,
  type LearnedComing,
} from './coming';
import { comingGroups } from './coming-groups';
import { expectedHours, fitHours, type ObservedHours } from './hour-profile';
import { fitSeason, type SeasonFit } from './season-profile';
import { amountIntervals, hourIntervals, weekdayIntervals, type Amount, type ShapeIntervals } from './shape-intervals';
import {
  amountDraws,
  comingDraws,
  dispersionDraw,
  profileDraws,
  weekdayDraws,
  type LearnedDraw,
} from './uncertain-draws';

/** What was seen of some customers in a period, day by day. */
export interface Observed {
  name: string;
  days: readonly ProfileDay[];
  /** Customers by how many events they had in the days up to `cut`, and in all days. */
  untilCut: Histogram;
  counts: Histogram;
  /** Of the amounts above zero: how many, their sum and the sum of their squares; null where there are no amounts. */
  amounts: { many: number; sum: number; squares: number } | null;
  /** What each customer spent in all, returns taken off: the sum over the customers and that of the squares; absent: there are no amounts. */
  spent?: { sum: number; squares: number };
  /** By the hour of the clock; absent: nobody counted them. */
  hours?: ObservedHours;
  /** Customers one by one, or a sample of them; absent: nobody is taken to join or to leave. */
  comings?: Comings;
}

export interface LearnedSegment {
  name: string;
  /** All customers there must be, with those who had no event; where some leave, those who are there at the end. */
  size: number;
  seen: number;
  /** Events a week at the end of what was learned from, where a scenario that goes on begins. */
  perWeek: Estimate;
  dispersion: Estimate;
  weekdays: number[];
  /** 24 weights of the hours of the clock, midnight first, of mean 1; null: none were found, or none can be told. */
  hours: number[] | null;
  growthPerMonth: Estimate;
  /** By what the rate is multiplied in each month, January first, of mean 1; null: no season was found, or none can be told. */
  season: Estimate[] | null;
  /** How much more the days scatter than the model's do; 1: not at all. */
  scatter: number;
  amount: Amount | null;
  /** Of weekdays, hours and amounts. */
  intervals: ShapeIntervals;
  /**
   * Standard deviations of the logarithms of what a scenario says, given its size: of the rate and of the growth in all, and of
   * that part of the rate which hangs on nothing else, for these very customers.
   */
  uncertainty: { perWeek: number; growthPerMonth: number; alone: number };
  /** What is drawn together, by its place. */
  draws: LearnedDraw[];
  /** Draws of segments that are drawn as one name are the same draws: groups are of one fit. */
  drawnAs: string;
  /** Whether the counts tell how many customers there are; where they do not, `size` is nothing anybody could use. */
  isSizeKnown: boolean;
  /** Newcomers and drop-out; null: chance explains both. */
  coming: LearnedComing | null;
  notes: LearnedNote[];
}

/** What the data cannot tell. */
export type LearnedNote =
  | 'growth-not-told'
  | 'dispersion-not-told'
  | 'short'
  /** Some month of the calendar is not in the file. */
  | 'season-needs-year'
  /** A year and no more: its course counts as season, and as no growth. */
  | 'season-or-growth'
  /** A year and no more, over which it rose or fell evenly: that counts as growth. */
  | 'growth-or-season'
  | 'season-not-told'
  /** Too few events or days for 24 numbers, or an hour that none of the days has. */
  | 'hours-short'
  | 'hours-not-told'
  /** What rises or falls over time counts as customers who come and go. */
  | 'growth-as-coming'
  | 'coming-not-told'
  /** A group by how often its customers are to be expected from now on, of a fit of all of them. */
  | 'group-of-those-there';

export interface HoldOut {
  /** Events of the days held back: as forecast from the days before, and as they were. */
  forecast: number;
  actual: number;
  /** (forecast − actual) / actual; null where nothing happened. */
  error: number | null;
  /** The same of a forecast that repeats earlier days, and how many days earlier those were. */
  naive: number;
  naiveError: number | null;
  naiveDaysBack: number;
  /** The same day by day. */
  days: readonly HeldDay[];
}

/** Events of one day held back. */
export interface HeldDay {
  forecast: number;
  actual: number;
  naive: number;
}

const DRAWS = 200;
const Z90 = 1.6448536269514722;
const MOST_GROUPS = 20;
/** In fewer days nobody can be told to have joined or left. */
const LEAST_DAYS_OF_COMING = 56;

interface Fitted {
  fit: CountFit;
  profile: ActivityProfile;
  exposure: number;
  /** On the scale of logarithms: half the interval of what the days' profile moves the rate at `end` by. */
  sway: (end: number) => number;
  season: SeasonFit;
  /** Who joins and leaves; null: nobody. */
  coming: ComingAndProfile | null;
}

/** The fit of some days, with growth and season only where the data tell them. @returns null where there is too little */
function fitted(days: readonly ProfileDay[], counts: Histogram, population: number | null): Fitted | null {
  const fit = fitCounts(counts, population);
  if (fit === null) return null;
  const season = fitSeason(days);
  if (season.season !== null) {
    const { season: factors, weight, covariance: _, ...profile } = season.season;
    const seasonal = { ...profile, season: factors };
    const slope = exposureSlope(days, seasonal);
    const sway = (end: number): number =>
      weight({
        growth: profile.growthPerMonth.value === 0 ? 0 : end - slope.growth,
        months: slope.months.map((share) => -share),
      });
    return { fit, profile: seasonal, exposure: exposureOf(days, seasonal), sway, season, coming: null };
  }
  const grown = fitProfile(days, true);
  const { low, high } = grown.growthPerMonth;
  const profile = isByChance({ low: Math.log1p(low), high: Math.log1p(high) })
    ? { ...fitProfile(days, false), growthPerMonth: { value: 0, low: Math.min(0, low), high: Math.max(0, high) } }
    : grown;
  const { growth } = exposureSlope(days, profile);
  const sway = (end: number): number =>
    profile.growthPerMonth.value === 0 ? 0 : ((Math.log1p(high) - Math.log1p(low)) / 2) * (end - growth);
  return { fit, profile, exposure: exposureOf(days, profile), sway, season, coming: null };
}

/** Fits of all days, which are asked for more than once and take their time. */
const known = new WeakMap<Observed, { population: number | null; all: Fitted | null }>();

/** The fit of all days of some customers, or of those up to a day, with who joins and leaves where the data tell it. */
function fittedOf(observed: Observed, population: number | null, cut: number | null = null): Fitted | null {
  const before = cut === null ? known.get(observed) : undefined;
  if (before?.population === population) return before.all;
  const { days, comings, counts, untilCut } = observed;
  const [part, histogram] = cut === null ? [days, counts] : [days.slice(0, cut), untilCut];
  let all = fitted(part, histogram, population);
  if (all !== null && comings !== undefined && part.length >= LEAST_DAYS_OF_COMING) {
    const { fit, exposure } = all;
    const begin = {
      ...{ perWeek: fit.mean.value / exposure, dispersion: fit.dispersion.value, there: fit.customers },
    };
    const coming = fitComingDays(part, comings, cut !== null, seenOf(histogram), population, begin, all.profile);
    if (coming !== null) {
      const { profile, season } = coming;
      all = { ...all, profile, season, exposure: exposureOf(part, profile), coming };
    }
  }
  if (cut === null) known.set(observed, { population, all });
  return all;
}

/**
 * Learns one segment.
 *
 * @param end mean Gregorian months from the start of the days to their end
 * @param population all customers of the segment; null: those without an event are not known
 * @returns null where fewer than two customers had events
 */
export function learnSegment(observed: Observed, end: number, population: number | null): LearnedSegment | null {
  const { name, counts } = observed;
  const all = fittedOf(observed, population);
  if (all === null) return null;
  if (all.coming !== null) return comingSegment(observed, all, all.coming);
  return segmentOf(name, observed, all, end, {
    size: all.fit.customers,
    seen: seenOf(counts),
    mean: all.fit.mean,
    dispersion: all.fit.dispersion,
  });
}

/**
 * Learns customers in groups. Whoever had many events had luck, too: the rates of a group are what is to be expected of it from now on, given
 * the rates of all (empirical Bayes), so that the groups add up to the whole.
 *
 * Where customers join and leave, groups are made by how often each is to be expected from now on, and newcomers are a segment of their own,
 * of size 0. Where nobody does, by how many events they had, with intervals of the bootstrap.
 */
export function learnGroups(
  observed: Observed,
  end: number,
  population: number | null,
  groups: number,
): LearnedSegment[] | null {
  const { counts } = observed;
  const all = fittedOf(observed, population);
  if (all === null) return null;
  if (all.coming !== null) return groupsThere(observed, all, all.coming, groups);
  const ends = groupEnds(counts, Math.min(groups, MOST_GROUPS));
  const stream = new RandomStream([1, 'learned-groups']);
  const whole = withUnseen(counts, population);
  const drawn = Array.from({ length: DRAWS }, () => {
    const sample = resampled(whole, stream);
    const drawnAll = sample.reduce((sum, [, customers]) => sum + customers, 0);
    const fit = fitCounts(sample, population === null ? null : drawnAll);
    return fit === null ? null : groupsOf(fit, sample, ends);
  }).filter((one) => one !== null);
  return groupsOf(all.fit, counts, ends).map((group, index) => {
    const interval = (value: number, of: (one: Group) => number): Estimate => {
      const values = drawn.map((one) => of(one[index]!)).sort((one, other) => one - other);
      const at = (share: number): number => values[Math.round(share * (values.length - 1))] ?? value;
      return { value, low: Math.min(value, at(0.05)), high: Math.max(value, at(0.95)) };
    };
    return segmentOf(groupName(ends, index), observed, all, end, {
      size: group.size,
      seen: group.seen,
      mean: interval(group.mean, ({ mean }) => mean),
      dispersion: interval(group.dispersion, ({ dispersion }) => dispersion),
    });
  });
}

/** Groups of those who are there at the end, and newcomers beside them: nobody knows of which group a newcomer will be. */
function groupsThere(observed: Observed, all: Fitted, coming: ComingAndProfile, groups: number): LearnedSegment[] {
  const { name: drawnAs } = observed;
  const parts = comingGroups(coming, Math.min(groups, MOST_GROUPS)).map(({ name, coming: part }): LearnedSegment => {
    const segment = comingSegment({ ...observed, name }, all, part);
    const seen = Math.round(part.seen.count.length * part.each);
    const there = { ...segment.coming!, joins: null, probability: null, spread: null };
    return { ...segment, seen, drawnAs, coming: there, notes: [...segment.notes, 'group-of-those-there'] };
  });
  const whole = comingSegment(observed, all, coming);
  if (!whole.coming?.joins) return parts;
  const { perWeek, dispersion } = whole.coming.newcomers;
  const joining = { ...whole, name: 'newcomers', size: 0, seen: 0, perWeek, dispersion, notes: [] };
  return [...parts, { ...joining, coming: { ...whole.coming, dropOut: null } }];
}

/**
 * Forecasts the days from `cut` on from those before, beside a forecast that repeats the 52 weeks before `cut`, or where there
 * is not so much, the weeks just before.
 *
 * @param groups into so many each segment is learned; a scenario has those who stay and leave group by group
 * @returns null where too little stands before
 */
export function holdOut(
  observed: readonly Observed[],
  cut: number,
  populationOf: (name: string) => number | null,
  groups = 1,
): HoldOut | null {
  let [forecast, actual, naive] = [0, 0, 0];
  const length = (observed[0]?.days.length ?? 0) - cut;
  const weeksBack = cut >= 364 ? 364 : Math.min(Math.ceil(length / 7), Math.floor(cut / 7)) * 7;
  if (weeksBack < 7 || length < 1) return null;
  // Where more is held back than is repeated, it is repeated again: the plain forecast knows nothing of the days held back, either.
  const before = (index: number): number => cut - weeksBack + (index % weeksBack);
  const byDay = Array.from({ length }, (): HeldDay => ({ forecast: 0, actual: 0, naive: 0 }));
  for (const one of observed) {
    const { name, days } = one;
    const after = days.slice(cut);
    actual += after.reduce((sum, day) => sum + day.events, 0);
    naive += after.reduce((sum, _, index) => sum + days[before(index)]!.events, 0);
    byDay.forEach((day, index) => {
      day.actual += after[index]!.events;
      day.naive += days[before(index)]!.events;
    });
    const past = fittedOf(one, populationOf(name), cut);
    // Segments that were hardly there before are forecast as they were: not at all.
    if (past === null) continue;
    const expected = past.coming === null ? expectedOf(past, after) : groupsAfter(past.coming, after, groups);
    forecast +=
      past.coming === null
        ? (past.fit.customers * past.fit.mean.value * exposureOf(after, past.profile)) / past.exposure
        : expected.reduce((sum, events) => sum + events, 0);
    expected.forEach((events, index) => (byDay[index]!.forecast += events));
  }
  const error = (value: number): number | null => (actual === 0 ? null : (value - actual) / actual);
  return {
    forecast,
    actual,
    error: error(forecast),
    naive,
    naiveError: error(naive),
    naiveDaysBack: weeksBack,
    days: byDay,
  };
}

/** Events of the days held back, by the hour of the clock. */
export interface HeldHours {
  /** As they were, and as the hours of the days before expect them, given how many events each day has. */
  hours: readonly { actual: number; forecast: number }[];
  /** How many events there are for each of the days before: so much wider is what chance explains. */
  share: number;
}

/**
 * Lays the hours of the days before `cut` over those from it on.
 *
 * @returns null where nothing is learned of hours, or one side has no events
 */
export function heldHours(observed: readonly Observed[], cut: number, population: number | null): HeldHours | null {
  const hours = Array.from({ length: 24 }, () => ({ actual: 0, forecast: 0 }));
  let [before, after] = [0, 0];
  for (const one of observed) {
    if (!one.hours?.isTold) return null;
    const { untilCut, all, lengths } = one.hours;
    const [early, late] = [one.days.slice(0, cut), one.days.slice(cut)];
    const scatter = fittedOf(one, population)?.profile.scatter ?? 1;
    const fit = fitHours(untilCut, early, lengths.slice(0, cut), scatter);
    expectedHours(fit.hours, late, lengths.slice(cut)).forEach((events, hour) => (hours[hour]!.forecast += events));
    all.forEach((events, hour) => {
      hours[hour]!.actual += events - untilCut[hour]!;
      before += untilCut[hour]!;
      after += events - untilCut[hour]!;
    });
  }
  return before === 0 || after === 0 ? null : { hours, share: after / before };
}

/** Events of all days by the hour of the clock, as they were and as fitted over all segments; null: nobody counted them. */
export function fittedHours(
  observed: readonly Observed[],
  population: number | null,
): { actual: number; fitted: number }[] | null {
  const hours = Array.from({ length: 24 }, () => ({ actual: 0, fitted: 0 }));
  for (const one of observed) {
    if (one.hours === undefined) return null;
    const { all, lengths } = one.hours;
    const weights = hoursOf(one, fittedOf(one, population)?.profile.scatter ?? 1).hours;
    expectedHours(weights, one.days, lengths).forEach((events, hour) => (hours[hour]!.fitted += events));
    all.forEach((events, hour) => (hours[hour]!.actual += events));
  }
  return hours;
}

/** The hours of a segment, and what is to be noted of them. */
function hoursOf({ hours, days }: Observed, scatter: number): { hours: number[] | null; notes: LearnedNote[] } {
  if (!hours?.isTold) return { hours: null, notes: [] };
  const fit = fitHours(hours.all, days, hours.lengths, scatter);
  return { hours: fit.hours, notes: fit.note === null ? [] : [fit.note] };
}

/** What is open of a segment’s weekdays, hours and amounts. */
function intervalsOf(
  { days, hours, amounts }: Observed,
  profile: ActivityProfile,
  weights: readonly number[] | null,
  amount: Amount | null,
): ShapeIntervals {
  return {
    weekdays: weekdayIntervals(days, profile),
    hours:
      hours === undefined || weights === null
        ? null
        : hourIntervals(weights, hours.all, days, hours.lengths, profile.scatter),
    amount: amount === null ? null : amountIntervals(amount, amounts?.many ?? 0),
  };
}

function groupsAfter(coming: ComingAndProfile, days: readonly ProfileDay[], groups: number): number[] {
  if (groups === 1) return comingAfter(coming, days);
  const parts = comingGroups(coming, Math.min(groups, MOST_GROUPS));
  return comingAfter(
    coming,
    days,
    parts.map((part) => part.coming),
  );
}

/** Events that a fit expects on each of some days. */
function expectedOf({ fit, profile, exposure }: Fitted, days: readonly ProfileDay[]): number[] {
  return days.map((day) => (fit.customers * fit.mean.value * exposureOf([day], profile)) / exposure);
}

/** Events that the fits of all days expect on each of them, over all segments. */
export function fittedDays(observed: readonly Observed[], population: number | null): number[] {
  const all = new Array<number>(observed[0]?.days.length ?? 0).fill(0);
  for (const one of observed) {
    const fit = fittedOf(one, population);
    if (fit === null) continue;
    const expected = fit.coming === null ? expectedOf(fit, one.days) : comingByDay(fit.coming, one.days);
    expected.forEach((events, day) => (all[day]! += events));
  }
  return all;
}

/** First events of customers on each day, of the segments of whom some join or leave; null: there are none such. */
export function firstEvents(
  observed: readonly Observed[],
  population: number | null,
): { actual: number; fitted: number }[] | null {
  const found = observed.flatMap((one) => {
    const coming = fittedOf(one, population)?.coming ?? null;
    return coming === null || one.comings === undefined ? [] : [{ one, coming, comings: one.comings }];
  });
  if (found.length === 0) return null;
  const byDay = (observed[0]?.days ?? []).map(() => ({ actual: 0, fitted: 0 }));
  for (const { one, coming, comings } of found)
    firstsByDay(coming, one.days).forEach((fitted, day) => {
      byDay[day]!.fitted += fitted;
      byDay[day]!.actual += comings.firsts[day]!;
    });
  return byDay;
}

interface Group {
  size: number;
  seen: number;
  /** Of all days, as `CountFit.mean`. */
  mean: number;
  dispersion: number;
}

/** A segment of whom some join or leave: those who are there at the end, and how newcomers come. */
function comingSegment(observed: Observed, { profile, season, fit }: Fitted, coming: ComingAndProfile): LearnedSegment {
  const { name, days, counts, amounts } = observed;
  const { at, perWeek: ofCustomers, dispersion } = remainingWithIntervals(coming);
  const { growthPerMonth, weekdays, scatter } = profile;
  const ofDays = moreOfDays(days, profile);
  const perWeek = widenedBy(ofCustomers, ofDays);
  const amount = amounts === null || amounts.many === 0 ? null : momentsOf(amounts);
  const hours = hoursOf(observed, scatter);
  const year = yearNotes(season, false).filter((note) => note === 'season-needs-year' || note === 'season-not-told');
  return {
    ...{ name, seen: seenOf(counts), size: Math.round(at.customers), perWeek, dispersion, weekdays, growthPerMonth },
    ...{ hours: hours.hours, season: season.season?.factors ?? null, scatter },
    amount,
    intervals: intervalsOf(observed, profile, hours.hours, amount),
    coming: learnedComing(coming, at),
    isSizeKnown: true,
    uncertainty: {
      ...{ perWeek: deviationOf(perWeek), growthPerMonth: 0 },
      // The number of those who are there stands as it is, so that their rate holds what is open of it.
      alone: at.perWeek === 0 ? 0 : Math.hypot(Math.sqrt(at.sumVariance) / (at.customers * at.perWeek), ofDays),
    },
    draws: [...comingDraws(coming), ...amountDraws(amount, amounts?.many ?? 0), ...weekdayDraws(days, profile)],
    drawnAs: name,
    notes: [
      'growth-as-coming',
      ...(days.length < 56 ? [] : year),
      ...hours.notes,
      ...(fit.isDispersionKnown ? [] : (['dispersion-not-told'] as const)),
    ],
  };
}

function segmentOf(
  name: string,
  observed: Observed,
  { fit, profile, exposure, sway, season }: Fitted,
  end: number,
  group: { size: number; seen: number; mean: Estimate; dispersion: Estimate },
): LearnedSegment {
  const { name: drawnAs, days, amounts, comings } = observed;
  const { growthPerMonth } = profile;
  const hours = hoursOf(observed, profile.scatter);
  const growth = Math.log1p(growthPerMonth.value);
  const perWeek = (mean: number): number => (mean / exposure) * Math.exp(growth * end);
  // What moves whole days moves the level of all of them, too.
  const ofDays = moreOfDays(days, profile);
  const widened = (to: number): number =>
    group.mean.value === 0 ? 0 : Math.hypot(Math.log(Math.max(to, 1e-12) / group.mean.value), sway(end), Z90 * ofDays);
  const value = perWeek(group.mean.value);
  // Given how many customers there are: their events scatter, and so do their own rates.
  const ofCounts =
    group.size * group.mean.value > 0
      ? Math.sqrt(1 / (group.size * group.mean.value) + group.dispersion.value / group.size)
      : 0;
  const amount = amounts === null || amounts.many === 0 ? null : momentsOf(amounts);
  const notes: LearnedNote[] = [
    ...(days.length < 56 ? (['short'] as const) : yearNotes(season, growth !== 0)),
    ...hours.notes,
    ...(fit.isDispersionKnown ? [] : (['dispersion-not-told'] as const)),
    ...(comings !== undefined && days.length >= LEAST_DAYS_OF_COMING ? (['coming-not-told'] as const) : []),
  ];
  return {
    ...{ name, seen: group.seen, size: Math.round(group.size), dispersion: group.dispersion, growthPerMonth },
    perWeek: {
      value,
      low: value * Math.exp(-widened(group.mean.low)),
      high: value * Math.exp(widened(group.mean.high)),
    },
    ...{
      weekdays: profile.weekdays,
      hours: hours.hours,
      season: season.season?.factors ?? null,
      scatter: profile.scatter,
    },
    amount,
    intervals: intervalsOf(observed, profile, hours.hours, amount),
    uncertainty: {
      perWeek: Math.hypot(ofCounts, Math.abs(sway(end)) / Z90, ofDays),
      growthPerMonth: growth === 0 ? 0 : (Math.log1p(growthPerMonth.high) - Math.log1p(growthPerMonth.low)) / (2 * Z90),
      alone: group.size * group.mean.value > 0 ? Math.hypot(Math.sqrt(1 / (group.size * group.mean.value)), ofDays) : 0,
    },
    draws: [
      ...profileDraws(days, profile, season, end),
      ...(fit.isDispersionKnown ? [dispersionDraw(group.dispersion)] : []),
      ...amountDraws(amount, amounts?.many ?? 0),
      ...weekdayDraws(days, profile),
    ],
    ...{ drawnAs, coming: null, notes, isSizeKnown: fit.isSizeKnown },
  };
}

/** By how much the logarithm of the level of all days is known less well because the days scatter more than the model’s do. */
function moreOfDays(days: readonly ProfileDay[], { scatter }: ActivityProfile): number {
  const events = days.reduce((sum, day) => sum + day.events, 0);
  return events === 0 ? 0 : Math.sqrt((scatter - 1) / events);
}

/** An interval with what the days leave open beside it; a standard deviation of the logarithm. */
function widenedBy({ value, low, high }: Estimate, deviation: number): Estimate {
  if (value === 0 || deviation === 0) return { value, low, high };
  const to = (end: number): number => Math.hypot(Math.log(Math.max(end, 1e-12) / value), Z90 * deviation);
  return { value, low: value * Math.exp(-to(low)), high: value * Math.exp(to(high)) };
}

/** What the days cannot tell of growth and season. */
function yearNotes({ span, season }: SeasonFit, grows: boolean): LearnedNote[] {
  if (span === 'one-year' && season !== null) return ['season-or-growth'];
  if (span === 'one-year' && grows) return ['growth-or-season'];
  return [
    ...(grows ? [] : (['growth-not-told'] as const)),
    ...(span === 'less-than-a-year'
      ? (['season-needs-year'] as const)
      : season === null
        ? (['season-not-told'] as const)
        : []),
  ];
}

/** Mean and coefficient of variation, so that sums of amounts are as they were. */
function momentsOf({ many, sum, squares }: { many: number; sum: number; squares: number }) {
  const mean = sum / many;
  return { mean, spread: Math.sqrt(Math.max(0, squares / many - mean * mean)) / mean };
}

function seenOf(counts: Histogram): number {
  return counts.reduce((sum, [count, customers]) => sum + (count > 0 ? customers : 0), 0);
}

/** Last count of each group but the last, so that each has about as many of the customers seen. */
function groupEnds(counts: Histogram, groups: number): number[] {
  const seen = counts.filter(([count]) => count > 0);
  const total = seenOf(seen);
  const ends: number[] = [];
  let sum = 0;
  for (const [count, customers] of seen.slice(0, -1)) {
    sum += customers;
    if (sum >= ((ends.length + 1) * total) / groups && ends.length < groups - 1) ends.push(count);
  }
  return ends;
}

function groupName(ends: readonly number[], index: number): string {
  const from = index === 0 ? 0 : (ends[index - 1] ?? 0) + 1;
  const to = ends[index];
  if (to === undefined) return index === 0 ? 'all' : `${String(from)} or more events`;
  return from === to ? `${String(from)} events` : `${String(from)} to ${String(to)} events`;
}

function groupsOf(fit: CountFit, counts: Histogram, ends: readonly number[]): Group[] {
  const sums = Array.from({ length: ends.length + 1 }, () => ({ size: 0, seen: 0, mean: 0, square: 0 }));
  const add = (count: number, customers: number): void => {
    const place = ends.findIndex((last) => count <= last);
    const sum = sums[place < 0 ? ends.length : place]!;
    const { mean, square } = posterior(fit, count);
    sum.size += customers;
    if (count > 0) sum.seen += customers;
    sum.mean += customers * mean;
    sum.square += customers * square;
  };
  for (const [count, customers] of counts) if (count > 0) add(count, customers);
  add(0, Math.max(0, fit.customers - seenOf(counts)));
  return sums.map(({ size, seen, mean, square }) => {
    if (size === 0) return { size, seen, mean: 0, dispersion: 0 };
    const ratio = mean / size;
    return { size, seen, mean: ratio * fit.mean.value, dispersion: Math.max(0, square / size / (ratio * ratio) - 1) };
  });
}

/** Beyond so many events a Poisson number is drawn as a normal one. */
const MANY = 50;

/**
 * As many customers, drawn with replacement: of each count a Poisson number of customers with the mean that were there.
 *
 * @param counts with customers of no event, where it is known how many there are
 */
function resampled(counts: Histogram, stream: RandomStream): Histogram {
  return counts.flatMap(([count, customers]) => {
    const drawn = poisson(customers, stream);
    return drawn === 0 ? [] : [[count, drawn] as const];
  });
}

function poisson(mean: number, stream: RandomStream): number {
  if (mean > MANY) return Math.max(0, Math.round(mean + Math.sqrt(mean) * stream.normal()));
  let many = 0;
  for (let at = stream.exponential(); at < mean; at += stream.exponential()) many += 1;
  return many;
}

/** The counts with those who had no event, where it is known how many customers there are. */
function withUnseen(counts: Histogram, population: number | null): Histogram {
  const seen = counts.filter(([count]) => count > 0);
  if (population === null) return seen;
  return [[0, Math.max(0, population - seenOf(seen))], ...seen];
}
