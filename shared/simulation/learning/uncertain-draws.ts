import { exposureSlope, type ActivityProfile, type ProfileDay } from './activity-profile';
import { dropOutOf, type ComingAndProfile } from './coming';
import { linkedMoves } from './coming-links';
import { remaining, type ComingModel, type Remaining } from './coming-model';
import { deviationOf, type Estimate } from './count-model';
import { lowerFactor } from './normal-equations';
import type { Direction, SeasonFit } from './season-profile';
import { amountVariances, type Amount } from './shape-intervals';

/** By how much one standard normal draw moves the logarithms of a segment's numbers; log odds of `leaving`. */
export interface Moves {
  perWeek?: number;
  growthPerMonth?: number;
  joins?: number;
  amount?: number;
  dispersion?: number;
  leaving?: number;
  leavingDispersion?: number;
  amountSpread?: number;
  /** Monday first. */
  weekdays?: number[];
  /** January first. */
  season?: number[];
}

/** One draw: what it moves of those who are there, and of newcomers beside them; null: there are none. */
export interface LearnedDraw {
  there: Moves;
  newcomers: Moves | null;
}

const MONTHS = 12;
const everyMonth = (of: (month: number) => number): number[] => Array.from({ length: MONTHS }, (_, month) => of(month));

/** The draws of directions that hang together. @param moves what direction `index` moves, by so much */
function drawsOf<T>(
  directions: readonly Direction[],
  covariance: (left: Direction, right: Direction) => number,
  moves: (by: (index: number) => number) => T,
): T[] {
  const root = lowerFactor(directions.map((left) => directions.map((right) => covariance(left, right))));
  return directions.flatMap((_, column) =>
    root.some((row) => row[column] !== 0) ? [moves((index) => root[index]![column]!)] : [],
  );
}

/**
 * What weekdays, growth and season leave open, drawn together. The rate is that of the end of the days: what growth or a
 * month is more, it is less, so that the days that were learned from keep the events that they had.
 *
 * @param end mean Gregorian months from the start of the days to their end
 */
export function profileDraws(
  days: readonly ProfileDay[],
  profile: ActivityProfile,
  { season }: SeasonFit,
  end: number,
): LearnedDraw[] {
  const slope = exposureSlope(days, profile);
  const { value, low, high } = profile.growthPerMonth;
  const growth = value === 0 ? 0 : deviationOf({ low: 1 + low, high: 1 + high });
  if (season === null) {
    if (growth === 0) return [];
    return [{ there: { growthPerMonth: growth, perWeek: growth * (end - slope.growth) }, newcomers: null }];
  }
  const none = everyMonth(() => 0);
  const directions: Direction[] = [
    { growth: value === 0 ? 0 : 1, months: none },
    { growth: value === 0 ? 0 : end - slope.growth, months: slope.months.map((share) => -share) },
    ...none.map((_, month) => ({ growth: 0, months: everyMonth((other) => (other === month ? 1 : 0)) })),
  ];
  return drawsOf(directions, season.covariance, (by) => ({
    there: { growthPerMonth: by(0), perWeek: by(1), season: everyMonth((month) => by(2 + month)) },
    newcomers: null,
  }));
}

/**
 * What who joins and who leaves leaves open, and the season beside it, drawn together. The number of those who are there stands
 * in the scenario as it is, so their rate moves as all their events do.
 */
export function comingDraws({ fit, sample, unseen, season, seasonBy }: ComingAndProfile): LearnedDraw[] {
  return linkedMoves(fit, season, sample, seasonBy).map(({ numbers, months }): LearnedDraw => {
    const isSeasonal = months.some((move) => move !== 0);
    const stateOf = (sign: 1 | -1): { model: ComingModel; at: Remaining } => {
      const model = fit.moved(numbers.map((move) => sign * move));
      const seen = isSeasonal ? sample.byMonths(months.map((move) => sign * move)) : sample.seen;
      return { model, at: remaining(model, seen, sample.each, unseen) };
    };
    const [more, less] = [stateOf(1), stateOf(-1)];
    const by = (of: (state: typeof more) => number): number => {
      const [high, low] = [of(more), of(less)];
      return high > 0 && low > 0 ? Math.log(high / low) / 2 : 0;
    };
    const odds = (probability: number | undefined): number =>
      probability === undefined || probability >= 1 ? 0 : probability / (1 - probability);
    const ofMonths = isSeasonal ? { season: [...months] } : {};
    return {
      there: {
        perWeek: by(({ at }) => at.customers * at.perWeek),
        dispersion: by(({ at }) => at.dispersion),
        leaving: by(({ at }) => odds(at.dropOut?.probability)),
        leavingDispersion: by(({ at }) => at.dropOut?.dispersion ?? 0),
        ...ofMonths,
      },
      newcomers: {
        perWeek: by(({ model }) => model.perWeek),
        dispersion: by(({ model }) => model.dispersion),
        joins: by(({ model }) => model.joins),
        leaving: by(({ model }) => odds(dropOutOf(model)?.probability)),
        leavingDispersion: by(({ model }) => dropOutOf(model)?.dispersion ?? 0),
        ...ofMonths,
      },
    };
  });
}

/** What the customers' own differences leave open, by their interval; a draw that moves nothing keeps its place among those of other groups. */
export function dispersionDraw(dispersion: Estimate): LearnedDraw {
  const deviation = deviationOf(dispersion);
  return { there: deviation === 0 ? {} : { dispersion: deviation }, newcomers: null };
}

/**
 * What the events of each weekday leave open of its weight, each day by itself: a simulation sets the mean of all seven right. Their counts
 * scatter as much more as the days do.
 */
export function weekdayDraws(days: readonly ProfileDay[], { weekdays, scatter }: ActivityProfile): LearnedDraw[] {
  // Of too few days no weekday was told from another.
  if (weekdays.every((weight) => weight === weekdays[0])) return [];
  const events = new Array<number>(weekdays.length).fill(0);
  for (const day of days) events[day.weekDay]! += day.events;
  return events.flatMap((many, place) => {
    if (many === 0) return [];
    const moved = { weekdays: weekdays.map((_, day) => (day === place ? Math.sqrt(scatter / many) : 0)) };
    return [{ there: moved, newcomers: moved }];
  });
}

/** What so many amounts, each of them by itself, leave open of their mean and of their spread, drawn together. */
export function amountDraws(amount: Amount | null, many: number): LearnedDraw[] {
  if (amount === null || amount.spread === 0) return [];
  const variances = amountVariances(amount, many);
  const ofMean = Math.sqrt(variances.mean);
  const alike = variances.both / ofMean;
  const together = { amount: ofMean, amountSpread: alike };
  const alone = { amountSpread: Math.sqrt(Math.max(0, variances.spread - alike * alike)) };
  return [together, alone].map((moved) => ({ there: moved, newcomers: moved }));
}
