import { expectedEvents, expectedStretches, type DropOut } from '../drop-out';
import { RandomStream } from '../random';
import { activityOf, fitProfile, type ActivityProfile, type ProfileDay } from './activity-profile';
import { fitComing, gainOf, stayingLikelihood, type ComingFit } from './coming-fit';
import {
  rateByDay,
  remaining,
  seenShare,
  type ComingModel,
  type Remaining,
  type SeenCustomers,
  type SeenDays,
} from './coming-model';
import type { Estimate } from './count-model';
import { fitSeason, seasonFactors, type SeasonFit } from './season-profile';

/** Some of the customers of a file, by the days on which they came; days from 0. */
export interface Comings {
  count: ArrayLike<number>;
  first: ArrayLike<number>;
  last: ArrayLike<number>;
  /** The same of the days before those that are held back; a count of 0: not seen by then. */
  countUntilCut: ArrayLike<number>;
  lastUntilCut: ArrayLike<number>;
  /** First events on each day, of all customers. */
  firsts: ArrayLike<number>;
  /** So many of them, at even distances, are what the numbers are fitted to, which takes its time; absent: all. */
  fitted?: number;
}

/** Most customers that numbers are fitted to. */
export const MOST_FITTED = 4_000;
/** Most customers who are known one by one: who of them is there is asked a few times, and not thousands of times. */
export const MOST_COMINGS = 100_000;

/** What was learned of who joins and who leaves. */
export interface LearnedComing {
  /** Newcomers a week of average activity; null: none that chance could not explain. */
  joins: Estimate | null;
  /** That an average newcomer leaves after an event but the first; null: nobody leaves. */
  probability: Estimate | null;
  /** Squared coefficient of variation of newcomers' own probabilities; null: nobody leaves. */
  spread: Estimate | null;
  /** How newcomers act. */
  newcomers: { perWeek: Estimate; dispersion: Estimate; dropOut: DropOut | null };
  /** How those leave who are there at the end, by their events. */
  dropOut: DropOut | null;
}

/** A fit of who joins and leaves, with the profile of the days beside it. */
export interface ComingAndProfile {
  fit: ComingFit;
  profile: ActivityProfile;
  season: SeasonFit;
  seen: SeenCustomers;
  /** How many customers each of them stands for. */
  each: number;
  unseen: number | null;
  /** Those of them to whom the numbers were fitted, and how many each of these stands for. */
  sample: ComingSample;
  /** What the days say of the season, given the customers of a model: twelve factors, January first. */
  seasonBy: (model: ComingModel) => number[];
}

/** Customers to whom numbers were fitted. */
export interface ComingSample {
  seen: SeenCustomers;
  each: number;
  /** The same customers by a clock whose months count more, by their logarithms. */
  byMonths: (more: readonly number[]) => SeenCustomers;
}

/** Turns of days and customers; they end sooner where neither moves the other any more. */
const ROUNDS = 15;
const STILL = 1e-3;
const DRAWS = 60;
const Z90 = 1.6448536269514722;

/** Weeks of average activity that a day is worth. */
const worthOf = (day: ProfileDay, profile: ActivityProfile): number => activityOf(day, profile) / 7;

/** The customers by the clock of a profile: whoever came on a day counts as having come in its middle. */
function byClock(days: readonly ProfileDay[], profile: ActivityProfile, comings: Comings, isUntilCut: boolean) {
  const begins = new Float64Array(days.length + 1);
  days.forEach((day, index) => (begins[index + 1] = begins[index]! + worthOf(day, profile)));
  const middle = (day: number): number => (begins[day]! + begins[day + 1]!) / 2;
  const seen = { count: [] as number[], first: [] as number[], last: [] as number[], weeks: begins[days.length]! };
  const onDays = { first: [] as number[], last: [] as number[] };
  const [counts, lasts] = isUntilCut ? [comings.countUntilCut, comings.lastUntilCut] : [comings.count, comings.last];
  for (let index = 0; index < counts.length; index += 1) {
    if (counts[index] === 0) continue;
    seen.count.push(counts[index]!);
    seen.first.push(middle(comings.first[index]!));
    seen.last.push(middle(lasts[index]!));
    onDays.first.push(comings.first[index]!);
    onDays.last.push(lasts[index]!);
  }
  return { seen, onDays };
}

/** So many of some numbers at even distances; all where there are no more. */
function evenly(of: ArrayLike<number>, most: number | undefined): number[] {
  const { length } = of;
  if (most === undefined || length <= most) return Array.from(of);
  return Array.from({ length: most }, (_, place) => of[Math.floor((place * length) / most)]!);
}

/** So many customers at even distances; all where there are no more. */
function thinned(seen: SeenCustomers, most: number | undefined): SeenCustomers {
  if (most === undefined || seen.count.length <= most) return seen;
  const { count, first, last, weeks } = seen;
  return { count: evenly(count, most), first: evenly(first, most), last: evenly(last, most), weeks };
}

/** How newcomers of a model leave; null: nobody does. */
export const dropOutOf = ({ leaving }: ComingModel): DropOut | null =>
  leaving === null
    ? null
    : {
        probability: leaving.a / (leaving.a + leaving.b),
        dispersion: leaving.b / (leaving.a * (leaving.a + leaving.b + 1)),
      };

const oneOf = (model: ComingModel): ((weeks: number) => number) =>
  expectedEvents(model.perWeek, model.dispersion, dropOutOf(model));

/** Events that are expected on each of the days that were learned from. */
export function comingByDay(
  { fit: { model }, profile }: Pick<ComingAndProfile, 'fit' | 'profile'>,
  days: readonly ProfileDay[],
): number[] {
  const upTo = expectedStretches(model.there, model.joins, oneOf(model));
  return days.map((day) => upTo(worthOf(day, profile)));
}

/** First events of customers that are expected on each of those days. */
export function firstsByDay({ fit: { model }, profile }: ComingAndProfile, days: readonly ProfileDay[]): number[] {
  let weeks = 0;
  return days.map((day) => {
    const worth = worthOf(day, profile);
    const before = seenShare(model, weeks);
    weeks += worth;
    return model.there * (seenShare(model, weeks) - before) + model.joins * worth;
  });
}

/**
 * Fits who joins and who leaves together with weekdays and season. Each is fitted with what the other says, in turns: the
 * days by how many customers are expected to be there on each, and the customers by the clock of the days. What rises or
 * falls over time counts as customers who come and go: each one's own rate does not grow.
 *
 * Numbers are fitted to some customers where there are many, and who of all is there is asked with them: how many are there of a sample
 * alone, and how often they come, is off by the luck of the sample, which is most of what a forecast would be off by.
 *
 * @param seenInAll customers with an event, of whom `comings` may be a sample
 * @param isUntilCut whether the days are only those before the ones held back
 * @param plain the days of customers of whom nobody comes and goes, who may grow
 * @returns null where chance, or a growth of each, explains newcomers and drop-out
 */
export function fitComingDays(
  days: readonly ProfileDay[],
  comings: Comings,
  isUntilCut: boolean,
  seenInAll: number,
  population: number | null,
  begin: { perWeek: number; dispersion: number; there: number },
  plain: ActivityProfile,
): ComingAndProfile | null {
  const unseen = population === null ? null : Math.max(0, population - seenInAll);
  const all = { seenInAll, unseen };
  const sampleOf = (seen: SeenCustomers): SeenCustomers => thinned(seen, comings.fitted);
  let state = turned(days, comings, isUntilCut, { profile: fitProfile(days, false), fit: null }, all);
  for (let look = 0; look < 2; look += 1) {
    // What was taken by a first clock may be none by the last.
    const fit = fitComing(sampleOf(state.seen), unseen, begin, seenInAll);
    if (fit === null) return null;
    if (look > 0 && fit.parts.length === state.fit?.parts.length) break;
    state = { ...state, fit };
    for (let round = 0; round < ROUNDS && state.fit !== null; round += 1) {
      const before = days.map((day) => worthOf(day, state.profile));
      state = turned(days, comings, isUntilCut, state, all);
      const again: ComingFit | null = fitComing(sampleOf(state.seen), unseen, begin, seenInAll, state.fit);
      state = { ...state, fit: again };
      const moved = days.map((day, index) => Math.abs(Math.log(worthOf(day, state.profile) / before[index]!)) || 0);
      if (Math.max(...moved) < STILL) break;
    }
  }
  const { fit, profile, season, seen } = state;
  if (fit === null) return null;
  // By the clock of the calendar both are of the same events, so that they can be told from each other.
  const staying = sampleOf(byClock(days, plain, comings, isUntilCut).seen);
  const sample = sampleOf(seen);
  const share = sample.count.length / seenInAll;
  const gain =
    fit.logLikelihood -
    stayingLikelihood(staying, unseen, begin, seenInAll) +
    share * (timesOf(days, profile) - timesOf(days, plain));
  if (2 * gain <= gainOf(fit.parts) * Math.max(1, profile.scatter)) return null;
  const byMonths = (more: readonly number[]): SeenCustomers =>
    sampleOf(byClock(days, withMonths(profile, more), comings, isUntilCut).seen);
  const onDays = {
    first: evenly(state.onDays.first, comings.fitted),
    last: evenly(state.onDays.last, comings.fitted),
  };
  const seasonBy = (model: ComingModel): number[] => {
    const some = { ...model, there: model.there * share, joins: model.joins * share };
    const rates = rateByDay(some, sample, onDays, days.length, unseen === null ? null : unseen * share);
    return seasonFactors(withPeople(days, (day) => rates[day]! + some.joins));
  };
  return {
    ...{ fit, profile, season, seen, each: seenInAll / seen.count.length, unseen, seasonBy },
    sample: { seen: sample, each: 1 / share, byMonths },
  };
}

/** A profile whose months count more, by their logarithms. */
function withMonths(profile: ActivityProfile, more: readonly number[]): ActivityProfile {
  const { season } = profile;
  return season === undefined
    ? profile
    : { ...profile, season: season.map((factor, month) => factor * Math.exp(more[month]!)) };
}

/** Days that are as long as there are people on them. */
function withPeople(days: readonly ProfileDay[], people: (day: number) => number): ProfileDay[] {
  const there = days.map((_, day) => people(day));
  const most = there.reduce((largest, value) => Math.max(largest, value), 0);
  return days.map((day, index) => ({ ...day, length: (day.length * there[index]!) / most }));
}

interface Turn {
  profile: ActivityProfile;
  season: SeasonFit;
  seen: SeenCustomers;
  onDays: SeenDays;
  fit: ComingFit | null;
}

/**
 * The days’ profile given how many customers are there on each, and the customers by its clock.
 *
 * How many that are hangs on what was seen of each: by the luck of who joined and who left, more of them are there in one
 * month than the model expects of any file, and that is no season. Of customers who were not looked at it is what the model
 * expects.
 */
function turned(
  days: readonly ProfileDay[],
  comings: Comings,
  isUntilCut: boolean,
  { profile, fit }: Pick<Turn, 'profile' | 'fit'>,
  { seenInAll, unseen }: { seenInAll: number; unseen: number | null },
): Turn {
  const plain: SeasonFit = { span: 'less-than-a-year', season: null };
  const before = byClock(days, profile, comings, isUntilCut);
  if (fit === null) return { profile, fit, season: plain, ...before };
  const share = before.seen.count.length / seenInAll;
  const looked = { ...fit.model, there: fit.model.there * share, joins: fit.model.joins * share };
  const rates = rateByDay(looked, before.seen, before.onDays, days.length, unseen === null ? null : unseen * share);
  const expected = share < 1 ? comingByDay({ fit, profile }, days) : null;
  const adjusted = withPeople(days, (day) => {
    const worth = worthOf(days[day]!, profile);
    const others = expected !== null && worth > 0 ? (1 - share) * (expected[day]! / worth) : 0;
    return rates[day]! + fit.model.joins * share + others;
  });
  const season = fitSeason(adjusted, false);
  if (season.season === null) {
    const even = fitProfile(adjusted, false);
    return { profile: even, fit, season, ...byClock(days, even, comings, isUntilCut) };
  }
  const { season: factors, factors: _, weight: __, covariance: ___, ...rest } = season.season;
  const seasonal = { ...rest, season: factors };
  return { profile: seasonal, fit, season, ...byClock(days, seasonal, comings, isUntilCut) };
}

/** What the days of the events add to a log-likelihood by a profile’s clock. */
function timesOf(days: readonly ProfileDay[], profile: ActivityProfile): number {
  return days.reduce((sum, day) => sum + (day.events === 0 ? 0 : day.events * Math.log(worthOf(day, profile))), 0);
}

/** Who is there at the end, with 90 % intervals of models that are as likely as the data make them. */
export function remainingWithIntervals({
  fit,
  seen,
  each,
  unseen,
  sample,
}: Pick<ComingAndProfile, 'fit' | 'seen' | 'each' | 'unseen'> & { sample: Pick<ComingSample, 'seen' | 'each'> }): {
  at: Remaining;
  perWeek: Estimate;
  dispersion: Estimate;
} {
  const at = remaining(fit.model, seen, each, unseen);
  const own = Z90 * Math.sqrt(at.rateVariance);
  const stream = new RandomStream([1, 'learned-remaining']);
  const ofSample = (model: ComingModel): Remaining => remaining(model, sample.seen, sample.each, unseen);
  const drawn = Array.from({ length: DRAWS }, () => ofSample(fit.drawn(() => stream.normal())));
  const middle = sample.seen === seen ? at : ofSample(fit.model);
  const estimate = (of: (one: Remaining) => number): Estimate => {
    const value = of(at);
    // By how much other numbers move it a sample tells as well as all of them.
    const whole = of(middle) > 0 ? value / of(middle) : 1;
    const values = drawn.map((one) => of(one) * whole).sort((one, other) => one - other);
    const end = (share: number): number => values[Math.round(share * (DRAWS - 1))]!;
    return { value, low: Math.min(value, end(0.05)), high: Math.max(value, end(0.95)) };
  };
  const perWeek = estimate((one) => one.perWeek);
  // What the model's numbers leave open, and what customers' own rates do, of whom so many have been seen so often.
  const wider = (end: number): number =>
    perWeek.value === 0 ? 0 : Math.exp(Math.hypot(Math.log(end / perWeek.value), own / perWeek.value));
  return {
    at,
    perWeek: {
      value: perWeek.value,
      low: perWeek.value / Math.max(1, wider(perWeek.low)),
      high: perWeek.value * Math.max(1, wider(perWeek.high)),
    },
    dispersion: estimate(({ dispersion }) => dispersion),
  };
}

/**
 * Events that are expected on days that follow those that were learned from.
 *
 * @param groups the same fit, each with some of its customers
 */
export function comingAfter(
  found: ComingAndProfile,
  days: readonly ProfileDay[],
  groups: readonly ComingAndProfile[] = [found],
): number[] {
  const { model } = found.fit;
  const old = groups.map(({ seen, each, unseen }) => {
    const at = remaining(model, seen, each, unseen);
    return expectedStretches(at.customers, 0, expectedEvents(at.perWeek, at.dispersion, at.dropOut));
  });
  const joined = expectedStretches(0, model.joins, oneOf(model));
  return days.map((day) => {
    const worth = worthOf(day, found.profile);
    return old.reduce((sum, upTo) => sum + upTo(worth), 0) + joined(worth);
  });
}

/** What is told of it. */
export function learnedComing({ fit }: ComingAndProfile, { dropOut }: Remaining): LearnedComing {
  return {
    ...{ joins: fit.joins, probability: fit.probability, spread: fit.spread },
    newcomers: { perWeek: fit.perWeek, dispersion: fit.dispersion, dropOut: dropOutOf(fit.model) },
    dropOut,
  };
}
