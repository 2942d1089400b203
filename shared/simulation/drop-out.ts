import { exp, ln } from './portable-math';
import type { RandomStream } from './random';

/** After each of their events a customer leaves for good with a probability of their own. */
export interface DropOut {
  /** Of an average customer, from 0 to 1. */
  probability: number;
  /** Squared coefficient of variation of the customers' own probabilities (Beta): 0, all are alike. */
  dispersion: number;
}

/** Both shapes of the Beta distribution of a drop-out. @returns null where all customers have one probability */
export function betaShapes({ probability, dispersion }: DropOut): { a: number; b: number } | null {
  if (dispersion === 0 || probability === 0 || probability === 1) return null;
  const all = (1 - probability) / (probability * dispersion) - 1;
  return { a: probability * all, b: (1 - probability) * all };
}

/** The dispersion that probabilities of a mean cannot reach: there each is 0 or 1. */
export const mostDispersion = (probability: number): number =>
  probability === 0 ? Infinity : (1 - probability) / probability;

/** Draws a customer's own probability. */
export function drawnProbability(dropOut: DropOut, stream: RandomStream): number {
  const shapes = betaShapes(dropOut);
  if (shapes === null) return dropOut.probability;
  const [left, right] = [stream.gamma(shapes.a), stream.gamma(shapes.b)];
  // Shapes next to nothing draw nothing twice: then it is one of both ends.
  if (left + right === 0) return stream.uniform() < dropOut.probability ? 1 : 0;
  return left / (left + right);
}

/** Points of the rule of trapezoids, and how far down the density is followed, in logarithms. */
const POINTS = 256;
const DEPTH = 30;
/** Probabilities that differ by less are one. */
const LEAST_DISPERSION = 1e-8;

/** Points and weights that sum to 1 over the customers' own probabilities. */
function probabilities(dropOut: DropOut): { p: number; weight: number }[] {
  const shapes = betaShapes(dropOut);
  if (shapes === null || dropOut.dispersion < LEAST_DISPERSION) return [{ p: dropOut.probability, weight: 1 }];
  const { a, b } = shapes;
  // On the scale of log odds the density has one peak and falls on both sides as an exponential, poles or none.
  const logDensity = (z: number): number => -a * ln(1 + exp(-z)) - b * ln(1 + exp(z));
  const middle = ln(a / b);
  const floor = logDensity(middle) - DEPTH;
  // A peak that is narrower than the points would lie between them.
  const width = Math.sqrt(1 / a + 1 / b);
  const end = (direction: number): number => {
    let away = Math.min(1, 8 * width);
    while (away < 600 && logDensity(middle + direction * away) > floor) away *= 1.5;
    return middle + direction * away;
  };
  const [low, high] = [end(-1), end(1)];
  const points = Array.from({ length: POINTS }, (_, index) => {
    const z = low + ((high - low) * index) / (POINTS - 1);
    return { p: 1 / (1 + exp(-z)), weight: exp(logDensity(z) - floor - DEPTH) };
  });
  const sum = points.reduce((all, { weight }) => all + weight, 0);
  return points.map(({ p, weight }) => ({ p, weight: weight / sum }));
}

/**
 * Events that an average customer is expected to have from their first instant on, by the weeks of average activity that
 * passed.
 *
 * @param dispersion of the customers' rates
 */
export function expectedEvents(
  perWeek: number,
  dispersion: number,
  dropOut: DropOut | null,
): (weeks: number) => number {
  if (dropOut === null || dropOut.probability === 0) return (weeks) => perWeek * weeks;
  const points = probabilities(dropOut);
  const ofRate = (p: number, weeks: number): number => {
    const x = p * perWeek * weeks;
    // What is next to nothing would be lost in the difference from 1.
    if (x < 1e-9) return perWeek * weeks;
    return dispersion === 0 ? (1 - exp(-x)) / p : (1 - exp(-ln(1 + dispersion * x) / dispersion)) / p;
  };
  return (weeks) => points.reduce((sum, { p, weight }) => sum + weight * ofRate(p, weeks), 0);
}

/**
 * Events that are expected of customers who are there from the beginning and of newcomers, in so many more weeks of average
 * activity, one stretch after the other.
 *
 * @param joins newcomers a week of average activity
 * @param one what is expected of one customer up to so many weeks after their first instant
 */
export function expectedStretches(
  there: number,
  joins: number,
  one: (weeks: number) => number,
): (weeks: number) => number {
  let [passed, before] = [0, 0];
  return (weeks) => {
    const [middle, after] = [one(passed + weeks / 2), one(passed + weeks)];
    // Whoever joined so long ago has had what is expected up to then: by Simpson's rule over the stretch.
    const ofNewcomers = joins * weeks * (1 + (before + 4 * middle + after) / 6);
    const sum = there * (after - before) + ofNewcomers;
    [passed, before] = [passed + weeks, after];
    return sum;
  };
}
