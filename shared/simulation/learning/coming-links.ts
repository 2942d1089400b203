import type { ComingSample } from './coming';
import type { ComingFit } from './coming-fit';
import type { ComingModel } from './coming-model';
import { lowerFactor } from './normal-equations';
import type { SeasonFit } from './season-profile';

/** One standard normal draw: what it moves of a fit's numbers, on their own scale, and of the logarithms of the months. */
export interface LinkedMove {
  numbers: readonly number[];
  months: readonly number[];
}

const MONTHS = 12;
/** Of a logarithm: small enough to be a slope, large enough not to be lost in the last digits. */
const STEP = 0.02;
/** Turns of days and customers for a move; they end sooner where neither moves the other any more. */
const TURNS = 200;
const STILL = 1e-9;

const plus = (left: readonly number[], right: readonly number[]): number[] =>
  left.map((value, place) => value + right[place]!);
/** A matrix by its columns, times a vector. */
const times = (columns: readonly (readonly number[])[], by: readonly number[], size: number): number[] =>
  Array.from({ length: size }, (_, row) => columns.reduce((sum, column, place) => sum + column[row]! * by[place]!, 0));
const unit = (size: number, place: number, value: number): number[] =>
  Array.from({ length: size }, (_, at) => (at === place ? value : 0));

/** What a fit's months move of its numbers: with the clock of their customers, whose likelihood then is largest elsewhere. By month. */
export function numbersByMonths(fit: ComingFit, sample: ComingSample): number[][] {
  return Array.from({ length: MONTHS }, (_, month) => {
    const [more, less] = [STEP, -STEP].map((step) => fit.slope(sample.byMonths(unit(MONTHS, month, step))));
    const slope = more!.map((value, axis) => (value - less![axis]!) / (2 * STEP));
    return fit.covariance.map((row) => row.reduce((sum, value, axis) => sum + value * slope[axis]!, 0));
  });
}

/** What each of a fit's numbers moves of the months: with how many customers are there on each day. By number. */
export function monthsByNumbers(fit: ComingFit, seasonBy: (model: ComingModel) => number[]): number[][] {
  const size = fit.at.length;
  return fit.at.map((_, axis) => {
    const [more, less] = [STEP, -STEP].map((step) => seasonBy(fit.moved(unit(size, axis, step))));
    return more!.map((factor, month) =>
      factor > 0 && less![month]! > 0 ? Math.log(factor / less![month]!) / (2 * STEP) : 0,
    );
  });
}

/**
 * What the data leave open of who joins, who leaves and the season, together. Each is fitted given the other, in turns, and
 * errs by itself and with what the other errs by: where the last months count too much, silence in them looks like
 * leaving, and where too few are taken for gone, the months in which they no longer came look quiet. So an error of either goes
 * round as the fit did, until nothing moves any more.
 */
export function linkedMoves(
  fit: ComingFit,
  { season }: SeasonFit,
  sample: ComingSample,
  seasonBy: (model: ComingModel) => number[],
): LinkedMove[] {
  const size = fit.at.length;
  const columnsOf = (root: readonly (readonly number[])[]): number[][] =>
    root.map((_, column) => root.map((row) => row[column]!)).filter((column) => column.some((value) => value !== 0));
  const [noNumbers, noMonths] = [new Array<number>(size).fill(0), new Array<number>(MONTHS).fill(0)];
  const ofNumbers = columnsOf(lowerFactor(fit.covariance)).map((numbers) => ({ numbers, months: noMonths }));
  if (season === null) return ofNumbers;
  const direction = (month: number): { growth: number; months: number[] } => ({
    growth: 0,
    months: unit(MONTHS, month, 1),
  });
  const covariance = noMonths.map((_, row) =>
    noMonths.map((__, column) => season.covariance(direction(row), direction(column))),
  );
  const ofMonths = columnsOf(lowerFactor(covariance)).map((months) => ({ numbers: noNumbers, months }));
  const [byMonths, byNumbers] = [numbersByMonths(fit, sample), monthsByNumbers(fit, seasonBy)];
  const goneRound = ({ numbers: own, months: alone }: LinkedMove): LinkedMove => {
    const monthsOf = (numbers: readonly number[]): number[] => plus(alone, times(byNumbers, numbers, MONTHS));
    const begin = plus(own, times(byMonths, alone, size));
    let numbers = begin;
    for (let turn = 0; turn < TURNS; turn += 1) {
      const next = plus(own, times(byMonths, monthsOf(numbers), size));
      const moved = Math.max(...next.map((value, axis) => Math.abs(value - numbers[axis]!)));
      // Where it would grow without end the data say next to nothing of it, and one turn has to do.
      if (!(moved < 1e3)) return { numbers: begin, months: monthsOf(own) };
      numbers = next;
      if (moved < STILL) break;
    }
    return { numbers, months: monthsOf(numbers) };
  };
  return [...ofNumbers, ...ofMonths].map(goneRound);
}
