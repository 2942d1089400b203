/** What weekdays and the spread of amounts are said to leave open, held against what they do. */
import { expect, test } from 'vitest';
import { fitProfile, type ProfileDay } from '../../../shared/simulation/learning/activity-profile';
import { amountDraws, weekdayDraws } from '../../../shared/simulation/learning/uncertain-draws';
import { weekdayIntervals } from '../../../shared/simulation/learning/shape-intervals';
import { RandomStream } from '../../../shared/simulation/random';
import { amountsFound, shapeCoverage } from './shape-coverage';

const Z90 = 1.6449;

const SETTINGS = 500;

/** By counting exponential waits. */
function poisson(stream: RandomStream, mean: number): number {
  let [many, wait] = [0, -Math.log(1 - stream.uniform())];
  while (wait < mean) {
    many += 1;
    wait -= Math.log(1 - stream.uniform());
  }
  return many;
}

test('nine of ten weekday weights lie where their draws say', () => {
  const stream = new RandomStream([1, 'weekday coverage']);
  const truth = [0.7, 0.8, 0.9, 1, 1.2, 1.5, 0.9];
  let covered = 0;
  for (let setting = 0; setting < SETTINGS; setting += 1) {
    const level = 3 + 20 * stream.uniform();
    const days = Array.from({ length: 140 }, (_, day): ProfileDay => ({
      ...{ events: poisson(stream, level * truth[day % 7]!), weekDay: day % 7, month: 0, length: 1, months: 0 },
    }));
    const profile = fitProfile(days, false);
    const place = setting % 7;
    const moves = weekdayDraws(days, profile).map(({ there }) => there.weekdays!);
    const deviation = Math.sqrt(moves.reduce((sum, move) => sum + move[place]! ** 2, 0));
    // Beside another day, so that the level plays no part.
    const other = (place + 3) % 7;
    const also = Math.sqrt(moves.reduce((sum, move) => sum + move[other]! ** 2, 0));
    const off = Math.log(profile.weekdays[place]! / profile.weekdays[other]! / (truth[place]! / truth[other]!));
    if (Math.abs(off) <= Z90 * Math.hypot(deviation, also)) covered += 1;
  }
  expect(covered / SETTINGS).toBeGreaterThan(0.86);
  expect(covered / SETTINGS).toBeLessThan(0.95);
  // Of thirteen days no weekday is told from another.
  const few = Array.from({ length: 13 }, (_, day): ProfileDay => ({
    ...{ events: 9, weekDay: day % 7, month: 0, length: 1, months: 0 },
  }));
  expect(weekdayDraws(few, fitProfile(few, false))).toEqual([]);
});

test('nine of ten means and spreads of amounts lie where their draws say, and both together', () => {
  const stream = new RandomStream([1, 'amount coverage']);
  const covered = { mean: 0, spread: 0, both: 0 };
  for (let setting = 0; setting < SETTINGS; setting += 1) {
    const [spread, many] = [0.2 + 0.6 * stream.uniform(), 400 + Math.round(2000 * stream.uniform())];
    const found = amountsFound(spread, many, stream);
    const draws = amountDraws(found, many).map(({ there }) => there);
    const of = (by: (move: (typeof draws)[number]) => number): number =>
      Math.sqrt(draws.reduce((all, move) => all + by(move) ** 2, 0));
    const [first, second] = [Math.log(found.mean), Math.log(found.spread / spread)];
    if (Math.abs(first) <= Z90 * of(({ amount = 0 }) => amount)) covered.mean += 1;
    if (Math.abs(second) <= Z90 * of(({ amountSpread = 0 }) => amountSpread)) covered.spread += 1;
    // What hangs together: the mean of the squares, which is both.
    const sumOff = 2 * first + (2 * spread * spread * second) / (1 + spread * spread);
    const shape = (2 * spread * spread) / (1 + spread * spread);
    const deviation = of(({ amount = 0, amountSpread = 0 }) => 2 * amount + shape * amountSpread);
    if (Math.abs(sumOff) <= Z90 * deviation) covered.both += 1;
  }
  for (const [what, many] of Object.entries(covered)) {
    expect(many / SETTINGS, what).toBeGreaterThan(0.85);
    expect(many / SETTINGS, what).toBeLessThan(0.95);
  }
  expect(amountDraws(null, 0)).toEqual([]);
  expect(amountDraws({ mean: 5, spread: 0 }, 9)).toEqual([]);
});

test('intervals of weekdays, hours and amounts cover the truth in some nine of ten settings', () => {
  // `npm run fuzz -- learning` holds each to 85 to 95 % of 500.
  for (const [what, share] of Object.entries(shapeCoverage(200))) {
    expect(share, what).toBeGreaterThan(0.84);
    expect(share, what).toBeLessThan(0.96);
  }
});

test('a weekday on which nobody came may have been one on which few come, and of too few days none is known', () => {
  const closed = Array.from({ length: 70 }, (_, day): ProfileDay => ({
    ...{ events: day % 7 === 6 ? 0 : 10, weekDay: day % 7, month: 0, length: 1, months: 0 },
  }));
  const sunday = weekdayIntervals(closed, fitProfile(closed, false))![6]!;
  // Ten Sundays would have had 600 / 7 events, were they days like all: of 2.3 none comes in one of ten cases.
  expect([sunday.value, sunday.low]).toEqual([0, 0]);
  expect(sunday.high).toBeCloseTo(2.302585 / (600 / 7), 6);
  const few = closed.slice(0, 13);
  expect(weekdayIntervals(few, fitProfile(few, false))).toBeNull();
});
