import type { ActivityProfile, ProfileDay } from './activity-profile';
import { isByChance, type Estimate } from './count-model';
import { solved } from './normal-equations';

/** What the days of a file can say of a year’s course. */
export type SeasonSpan = 'less-than-a-year' | 'one-year' | 'told-apart';

/** What was found of it; without a season, the profile is that of weekdays and growth alone. */
export interface SeasonFit {
  span: SeasonSpan;
  season:
    | (ActivityProfile & {
        season: number[];
        factors: Estimate[];
        weight: (direction: Direction) => number;
        /** How two directions go together, on the scale of logarithms. */
        covariance: (left: Direction, right: Direction) => number;
      })
    | null;
}

/** How much a number moves with the logarithms of the growth and of the twelve factors. */
export interface Direction {
  growth: number;
  /** By month, before the factors are brought to a mean of 1. */
  months: readonly number[];
}

const Z90 = 1.6448536269514722;
/** Days from which on a month of the calendar counts as seen, and as seen in two years. */
const SEEN = 20;
const SEEN_TWICE = 45;
/** Months of the calendar that have to be seen twice, before growth can be told from season. */
const MONTHS_TWICE = 6;
/** Share of files without a season in which one may be found. */
const CHANCE = 2.3263478740408408;
const MONTHS = 12;

/** What the days of a file are long enough for. */
export function seasonSpan(days: readonly ProfileDay[]): SeasonSpan {
  const seen = new Array<number>(MONTHS).fill(0);
  for (const { month } of days) seen[month]! += 1;
  if (seen.some((many) => many < SEEN)) return 'less-than-a-year';
  return seen.filter((many) => many >= SEEN_TWICE).length >= MONTHS_TWICE ? 'told-apart' : 'one-year';
}

interface Regression {
  weekdays: number[];
  /** Logarithms of the factors; null: no event in the month. */
  months: (number | null)[];
  growth: number;
  logLikelihood: number;
  scatter: number;
  parameters: number;
  /** Inverse of the information, and where its rows stand. */
  covariance: (left: readonly number[], right: readonly number[]) => number;
  rowOf: { month: readonly number[]; growth: number };
  size: number;
}

/**
 * Weekdays, growth and the twelve months by maximum likelihood (a Poisson regression on days), by Newton’s method.
 *
 * @param isSeasonal whether months have factors
 */
function regression(days: readonly ProfileDay[], grows: boolean, isSeasonal: boolean): Regression {
  const [ofWeekday, ofMonth] = [new Array<number>(7).fill(0), new Array<number>(MONTHS).fill(0)];
  for (const { events, weekDay, month } of days) {
    ofWeekday[weekDay]! += events;
    ofMonth[month]! += events;
  }
  // A weekday or a month without an event has a weight of nothing, and no logarithm.
  const counted = days.filter(
    ({ weekDay, month, length }) => ofWeekday[weekDay]! > 0 && (!isSeasonal || ofMonth[month]! > 0) && length > 0,
  );
  let size = 0;
  const weekdayRow = ofWeekday.map((events) => (events > 0 ? size++ : -1));
  // The first month seen is the measure of the others.
  const reference = isSeasonal ? ofMonth.findIndex((events) => events > 0) : -1;
  const monthRow = ofMonth.map((events, month) => (isSeasonal && events > 0 && month !== reference ? size++ : -1));
  const growthRow = grows ? size++ : -1;
  const middle = counted.reduce((sum, { months }) => sum + months, 0) / counted.length;
  const events = counted.reduce((sum, day) => sum + day.events, 0);
  const length = counted.reduce((sum, day) => sum + day.length, 0);
  const at = new Array<number>(size).fill(0);
  for (const row of weekdayRow) if (row >= 0) at[row] = Math.log(events / length);
  const rows = counted.map((day) => [weekdayRow[day.weekDay]!, monthRow[day.month]!].filter((row) => row >= 0));
  const logMean = (index: number): number => {
    const day = counted[index]!;
    let sum = Math.log(day.length);
    for (const row of rows[index]!) sum += at[row]!;
    return grows ? sum + at[growthRow]! * (day.months - middle) : sum;
  };
  let information: number[][] = [];
  for (let step = 0; step < 60; step += 1) {
    const gradient = new Array<number>(size).fill(0);
    information = Array.from({ length: size }, () => new Array<number>(size).fill(0));
    counted.forEach((day, index) => {
      const mean = Math.exp(logMean(index));
      const values: [number, number][] = rows[index]!.map((row) => [row, 1]);
      if (grows) values.push([growthRow, day.months - middle]);
      for (const [row, value] of values) {
        gradient[row]! += (day.events - mean) * value;
        for (const [column, other] of values) information[row]![column]! += mean * value * other;
      }
    });
    const change = solved(information, gradient);
    const most = Math.max(...change.map(Math.abs));
    change.forEach((by, row) => (at[row]! += by * Math.min(1, 1 / most)));
    if (most < 1e-10) break;
  }
  let logLikelihood = 0;
  let pearson = 0;
  const weeks = new Map<number, { off: number; mean: number }>();
  counted.forEach((day, index) => {
    const log = logMean(index);
    const mean = Math.exp(log);
    logLikelihood += day.events * log - mean;
    pearson += (day.events - mean) ** 2 / mean;
    const number = Math.floor(index / 7);
    const week = weeks.get(number) ?? { off: 0, mean: 0 };
    weeks.set(number, { off: week.off + day.events - mean, mean: week.mean + mean });
  });
  const ofWeeks = [...weeks.values()].reduce((sum, { off, mean }) => sum + (off * off) / mean, 0);
  const free = (many: number): number => Math.max(1, many - size);
  const [byDays, byWeeks] = [pearson / free(counted.length), ofWeeks / free(weeks.size)];
  // What moves whole weeks moves months, too, and days alone would not show it; weeks are fewer, and scatter by chance.
  const isMoved = byWeeks > 1 + CHANCE * Math.sqrt(2 / free(weeks.size));
  const scatter = Math.max(1, byDays, isMoved ? byWeeks : 1);
  const all = weekdayRow.map((row) => (row < 0 ? 0 : Math.exp(at[row]!)));
  const mean = all.reduce((sum, weight) => sum + weight, 0) / 7;
  return {
    weekdays: all.map((weight) => weight / mean),
    months: monthRow.map((row, month) => (row >= 0 ? at[row]! : month === reference ? 0 : null)),
    growth: grows ? at[growthRow]! : 0,
    ...{ logLikelihood, scatter, parameters: size, size },
    covariance: (left, right) =>
      scatter * solved(information, right).reduce((sum, value, row) => sum + value * left[row]!, 0),
    rowOf: { month: monthRow, growth: growthRow },
  };
}

/** Twelve factors of mean 1 of months of which the logarithms are known; null: no event in the month. */
function factorsOf(months: readonly (number | null)[]): number[] {
  const shares = months.map((log) => (log === null ? 0 : Math.exp(log)));
  const sum = shares.reduce((all, share) => all + share, 0);
  return shares.map((share) => (share * MONTHS) / sum);
}

/** The twelve factors that make some days most likely, whatever chance would explain, where nothing grows. */
export const seasonFactors = (days: readonly ProfileDay[]): number[] => factorsOf(regression(days, false, true).months);

/**
 * A year’s course as twelve factors of mean 1, January first, where the days are enough for it and chance does not explain
 * it. With months seen in two years growth is fitted beside it; with one year only, whatever rose or fell in it counts as
 * season: then growth is none, and its interval what the days within the months say.
 *
 * @param mayGrow false: growth is none, whatever the days say
 */
export function fitSeason(days: readonly ProfileDay[], mayGrow = true): SeasonFit {
  const span = seasonSpan(days);
  const events = days.reduce((sum, day) => sum + day.events, 0);
  if (span === 'less-than-a-year' || events <= 100) return { span, season: null };
  const [plain, whole] = [regression(days, true, false), regression(days, true, true)];
  const more = whole.size - plain.size;
  const beyond = (2 * (whole.logLikelihood - plain.logLikelihood)) / whole.scatter;
  // Wilson and Hilferty: the quantile of χ² by the normal one.
  const bound = more * (1 - 2 / (9 * more) + CHANCE * Math.sqrt(2 / (9 * more))) ** 3;
  // In months without an event the plain fit expects some, which the likelihood of the other days does not hold.
  const hasEmptyMonth = whole.months.includes(null);
  if (more <= 0 || (beyond <= bound && !hasEmptyMonth)) return { span, season: null };
  const one = whole.rowOf.growth;
  const unit = Array.from({ length: whole.size }, (_, row) => (row === one ? 1 : 0));
  const error = Math.sqrt(whole.covariance(unit, unit));
  const logs = { low: whole.growth - Z90 * error, high: whole.growth + Z90 * error };
  const ends = [logs.low, logs.high].map(Math.expm1) as [number, number];
  const grows = mayGrow && span === 'told-apart' && !isByChance(logs);
  const fit = grows ? whole : regression(days, false, true);
  const shares = fit.months.map((log) => (log === null ? 0 : Math.exp(log)));
  const sum = shares.reduce((all, share) => all + share, 0);
  const season = factorsOf(fit.months);
  const vectorOf = ({ growth, months }: Direction): number[] => {
    const vector = new Array<number>(fit.size).fill(0);
    if (fit.rowOf.growth >= 0) vector[fit.rowOf.growth] = growth;
    const all = months.reduce((total, part) => total + part, 0);
    fit.rowOf.month.forEach((row, month) => {
      // Factors have a mean of 1: one that rises presses all of them.
      if (row >= 0) vector[row] = months[month]! - (all * shares[month]!) / sum;
    });
    return vector;
  };
  const covariance = (left: Direction, right: Direction): number => fit.covariance(vectorOf(left), vectorOf(right));
  const weight = (direction: Direction): number => Z90 * Math.sqrt(Math.max(0, covariance(direction, direction)));
  const perFactor = days.reduce((total, day) => total + day.events, 0) / days.length;
  const factors = season.map((value, month): Estimate => {
    if (value === 0) {
      const lasted = days.reduce((total, day) => total + (day.month === month ? day.length : 0), 0);
      return { value, low: 0, high: (Math.LN10 * fit.scatter) / Math.max(perFactor * lasted, 1e-9) };
    }
    const off = weight({ growth: 0, months: season.map((_, other) => (other === month ? 1 : 0)) });
    return { value, low: value * Math.exp(-off), high: value * Math.exp(off) };
  });
  return {
    span,
    season: {
      weekdays: fit.weekdays,
      growthPerMonth: grows
        ? { value: Math.expm1(fit.growth), low: ends[0], high: ends[1] }
        : { value: 0, low: Math.min(0, ends[0]), high: Math.max(0, ends[1]) },
      ...{ scatter: fit.scatter, season, factors, weight, covariance },
    },
  };
}
