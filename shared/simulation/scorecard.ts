import { band } from './bands';
import type { Band } from './result';
import type { UnknownDays, Uplift } from './uplift';

/** Days of a week of the card: weeks are counted from the scenario's first day. */
const WEEK = 7;
/** Standard deviations beyond which a month, a rate or an amount is not what chance explains. */
const BEYOND_CHANCE = 3;
/** Less than this share is no explanation, however well it is known. */
const LEAST_SHARE = 0.03;

/** Where what really came lies, held against P10 to P90. */
export type Place = 'in' | 'below' | 'above';

/** What really came of a week, or of all weeks up to its end, and what was forecast. */
export interface Scored {
  actual: number;
  forecast: Band;
  place: Place;
}

/** A week of which all is known. */
export interface ScoredWeek {
  /** First and last day, both included, as `2026-12-24`. */
  from: string;
  to: string;
  week: Scored;
  /** From the beginning to the end of this week. */
  total: Scored;
}

/**
 * What would explain that awards are out of their band. `rate` and `amounts` are of a file of purchases: `actual` and `expected` are purchases
 * in all, or their mean amount. `since`: weeks were as forecast until the day before `from`, and are off alike since then; `ratio` is of these. `season`: a month is not as the others. `even`: the weeks are off alike. `unclear`: they are not, and
 * no month stands out. `other`: purchases came as they were expected, so it lies in what earns, in enrolment or in limits. `ratio` is
 * actual over expected.
 */
export type Cause =
  | { code: 'rate' | 'amounts'; ratio: number; actual: number; expected: number }
  | { code: 'season'; ratio: number; month: string }
  | { code: 'since'; ratio: number; from: string }
  | { code: 'even' | 'unclear' | 'other'; ratio: number };

/** A forecast held against what really came. */
export interface Scorecard {
  /** Whole weeks, in order; empty: not even the first one is over. */
  weeks: ScoredWeek[];
  /** Where the total stands at the end of the last one; null: there is none. */
  place: Place | null;
  /** First day of the week from which on the total has been out of its band without a break; null: it is in. */
  since: string | null;
  /** Weeks that are out of their own band. */
  weeksOut: number;
  /** Why it is out; empty where it is in. */
  causes: Cause[];
}

/** Over which days and how many customers an uplift was counted. */
export interface Compared {
  /** First and last day, both included, as `2026-12-24`; null: the purchases of the groups have no day in common. */
  days: { from: string; to: string; unknown: (Omit<UnknownDays, 'day'> & { day: string })[] } | null;
  /** Customers who could get the badge, and those kept out. */
  reached: number;
  control: number;
  /** Customers of the scenario; null: some join, or they are replayed. */
  scenario: number | null;
}

/** A scorecard with the uplift, where a group was kept out and its purchases are known. */
export interface Score extends Scorecard {
  /** Null: it cannot be told; absent: nobody asked. */
  uplift?: Uplift | null;
  /** The same of what customers spent; absent where the purchases have no amounts, too. */
  upliftOfAmounts?: Uplift | null;
  /** Absent as `uplift` is. */
  compared?: Compared;
  /** Days from the beginning of which all awards are known. */
  known: number;
  runs: number;
}

/** Purchases of a group of days, as counted and as a scenario expects them. */
export interface Purchases {
  /** By day. */
  actual: ArrayLike<number>;
  expected: ArrayLike<number>;
  /** Variance of a day's sum over the mean: customers differ, so days of a whole base scatter more than a Poisson process does. */
  scatter: number;
  /** Mean amounts and their standard error; null: there are none. */
  amount: { actual: number; expected: number; error: number } | null;
}

/** First day of the weeks that are off alike after others were as forecast: it is to be learned from there; null: there is none. */
export function sinceOf({ causes }: Pick<Scorecard, 'causes'>): string | null {
  for (const cause of causes) if (cause.code === 'since') return cause.from;
  return null;
}

/** What of a scenario says how many customers it has; of a body as it was written, too. */
export interface SizedScenario {
  customers?: {
    segments: readonly { size: number; joins?: { perWeek: number } | null | undefined }[];
  } | null;
}

/** Customers of a scenario with segments of known sizes; null: they are replayed from a file, or some join, and how many is drawn. */
export function customersOf({ customers }: SizedScenario): number | null {
  if (customers?.segments.some(({ joins }) => (joins?.perWeek ?? 0) > 0)) return null;
  return customers?.segments.reduce((sum, { size }) => sum + size, 0) ?? null;
}

const placeOf = (actual: number, { p10, p90 }: Band): Place => (actual < p10 ? 'below' : actual > p90 ? 'above' : 'in');

/** A number that came, against the same number of each run. */
export function scoredOf(actual: number, runs: readonly number[]): Scored {
  const forecast = band(runs);
  return { actual, forecast, place: placeOf(actual, forecast) };
}

/** Sum of days. @param to excluded */
function sumOf(values: ArrayLike<number>, from: number, to: number): number {
  let sum = 0;
  for (let day = from; day < to; day += 1) sum += values[day] ?? 0;
  return sum;
}

/**
 * Lays what really came over the bands of a forecast, week by week. Bands of weeks and of totals are percentiles over the runs'
 * own sums: percentiles of days are never added up.
 *
 * @param days of the period, as `2026-12-24`
 * @param runs awards by day of each run, at least two
 * @param actual awards by day
 * @param known days of which all is known: later ones are not judged
 * @param purchases what was bought in these days, where it is known
 */
export function scoreForecast(
  days: readonly string[],
  runs: readonly ArrayLike<number>[],
  actual: ArrayLike<number>,
  known: number,
  purchases: Purchases | null,
): Scorecard {
  const scored = (from: number, to: number): Scored =>
    scoredOf(
      sumOf(actual, from, to),
      runs.map((run) => sumOf(run, from, to)),
    );
  const weeks: ScoredWeek[] = [];
  for (let from = 0; from + WEEK <= Math.min(known, days.length); from += WEEK) {
    const to = from + WEEK;
    weeks.push({ from: days[from]!, to: days[to - 1]!, week: scored(from, to), total: scored(0, to) });
  }
  const place = weeks.at(-1)?.total.place ?? null;
  const lastIn = weeks.findLastIndex(({ total }) => total.place !== place);
  const isOut = place !== null && place !== 'in';
  return {
    ...{ weeks, place, since: isOut ? (weeks[lastIn + 1]?.from ?? null) : null },
    weeksOut: weeks.filter(({ week }) => week.place !== 'in').length,
    causes: isOut ? causesOf(days.slice(0, weeks.length * WEEK), runs, actual, purchases) : [],
  };
}

function causesOf(
  days: readonly string[],
  runs: readonly ArrayLike<number>[],
  actual: ArrayLike<number>,
  purchases: Purchases | null,
): Cause[] {
  const all = band(runs.map((run) => sumOf(run, 0, days.length)));
  // Of a forecast of nothing everything is more, and nothing explains by how much.
  if (all.mean === 0) return [];
  const ratio = sumOf(actual, 0, days.length) / all.mean;
  const level: Cause[] = [];
  if (purchases !== null) {
    const [came, expected] = [sumOf(purchases.actual, 0, days.length), sumOf(purchases.expected, 0, days.length)];
    const off = came / expected - 1;
    if (
      Math.abs(off) >= LEAST_SHARE &&
      Math.abs(came - expected) > BEYOND_CHANCE * Math.sqrt(expected * purchases.scatter)
    )
      level.push({ code: 'rate', ratio: came / expected, actual: came, expected });
    const { amount } = purchases;
    if (
      amount !== null &&
      Math.abs(amount.actual / amount.expected - 1) >= LEAST_SHARE &&
      Math.abs(amount.actual - amount.expected) > BEYOND_CHANCE * amount.error
    )
      level.push({
        ...{ code: 'amounts', ratio: amount.actual / amount.expected },
        ...{ actual: amount.actual, expected: amount.expected },
      });
  }
  const weeks = weeksOf(days, runs, actual);
  const step = stepOf(weeks, ratio);
  const since: Cause | null = step && { code: 'since', ratio: step.ratio, from: days[step.place * WEEK]! };
  const season = since ?? seasonOf(days, runs, actual, ratio);
  const causes = season === null ? level : [...level, season];
  if (causes.length > 0) return causes;
  if (purchases !== null) return [{ code: 'other', ratio }];
  return [{ code: areAlike(weeks, ratio) ? 'even' : 'unclear', ratio }];
}

/** What came of a stretch of days, and what the runs had in it. */
export interface Stretch {
  came: number;
  sums: readonly number[];
}

function stretchOf(runs: readonly ArrayLike<number>[], actual: ArrayLike<number>, from: number, to: number): Stretch {
  return { came: sumOf(actual, from, to), sums: runs.map((run) => sumOf(run, from, to)) };
}

/** How far a stretch is from its forecast, after the level of all is set right, in standard deviations; null: nothing is expected. */
function offOf({ came, sums }: Stretch, ratio: number): { off: number; share: number } | null {
  const mean = (sums.reduce((sum, value) => sum + value, 0) / sums.length) * ratio;
  if (mean === 0) return null;
  const variance = sums.reduce((sum, value) => sum + (value * ratio - mean) ** 2, 0) / Math.max(1, sums.length - 1);
  // Of few runs the spread is not well known, and counts scatter by chance at least.
  return { off: (came - mean) / Math.sqrt(Math.max(variance, mean)), share: came / mean };
}

/** The squares of what stretches are off one level by: their sum, of so many. */
function squaresOf(stretches: readonly Stretch[], ratio: number): { sum: number; many: number } {
  const squares = stretches.flatMap((stretch) => {
    const found = offOf(stretch, ratio);
    return found === null ? [] : [found.off ** 2];
  });
  return { sum: squares.reduce((total, square) => total + square, 0), many: squares.length };
}

/** Whether stretches differ no more from one level than they do by chance: the squares of what they are off by add up to their number. */
export function areAlike(stretches: readonly Stretch[], ratio: number): boolean {
  const { sum, many } = squaresOf(stretches, ratio);
  return sum <= many + BEYOND_CHANCE * Math.sqrt(2 * many);
}

/** What came over what the runs had on average; null: nothing was expected. */
export function ratioOf(stretches: readonly Stretch[]): number | null {
  let [came, expected] = [0, 0];
  for (const stretch of stretches) {
    came += stretch.came;
    expected += stretch.sums.reduce((sum, value) => sum + value, 0) / stretch.sums.length;
  }
  return expected === 0 ? null : came / expected;
}

/**
 * The stretch from which on all are off alike, where those before it are as they were forecast.
 *
 * @param ratio of all of them
 * @returns null where all are off alike, or no such stretch explains it
 */
export function stepOf(stretches: readonly Stretch[], ratio: number): { place: number; ratio: number } | null {
  if (areAlike(stretches, ratio)) return null;
  let best: { place: number; ratio: number; sum: number } | null = null;
  for (let place = 1; place < stretches.length; place += 1) {
    const [before, after] = [stretches.slice(0, place), stretches.slice(place)];
    const level = ratioOf(after);
    if (level === null || !areAlike(before, 1) || !areAlike(after, level)) continue;
    const sum = squaresOf(before, 1).sum + squaresOf(after, level).sum;
    if (Math.abs(level - 1) >= LEAST_SHARE && (best === null || sum < best.sum)) best = { place, ratio: level, sum };
  }
  return best;
}

/**
 * The stretch that is least as the others, after the level of all is set right.
 *
 * @returns null where chance explains each, or there is one only
 */
export function oddOneOf(stretches: readonly Stretch[], ratio: number): { place: number; ratio: number } | null {
  if (stretches.length < 2 || ratio === 0) return null;
  let worst: { place: number; ratio: number; off: number } | null = null;
  stretches.forEach((stretch, place) => {
    const found = offOf(stretch, ratio);
    if (found === null) return;
    const off = Math.abs(found.off);
    if (off <= BEYOND_CHANCE || Math.abs(found.share - 1) < LEAST_SHARE) return;
    if (worst === null || off > worst.off) worst = { place, ratio: found.share, off };
  });
  return worst;
}

/** The month that is least as the others; null: chance explains each, or there is one month only. */
function seasonOf(
  days: readonly string[],
  runs: readonly ArrayLike<number>[],
  actual: ArrayLike<number>,
  ratio: number,
): Cause | null {
  const months: { month: string; from: number; to: number }[] = [];
  days.forEach((day, index) => {
    const month = day.slice(0, 7);
    const last = months.at(-1);
    if (last?.month === month) last.to = index + 1;
    else months.push({ month, from: index, to: index + 1 });
  });
  const odd = oddOneOf(
    months.map(({ from, to }) => stretchOf(runs, actual, from, to)),
    ratio,
  );
  return odd && { code: 'season', ratio: odd.ratio, month: months[odd.place]!.month };
}

function weeksOf(days: readonly string[], runs: readonly ArrayLike<number>[], actual: ArrayLike<number>): Stretch[] {
  return Array.from({ length: Math.ceil(days.length / WEEK) }, (_, week) =>
    stretchOf(runs, actual, week * WEEK, Math.min((week + 1) * WEEK, days.length)),
  );
}
