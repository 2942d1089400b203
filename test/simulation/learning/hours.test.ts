import { describe, expect, test } from 'vitest';
import { expectedHours, fitHours, hoursOfDays, TimesOfDay } from '../../../shared/simulation/learning/hour-profile';
import { RandomStream } from '../../../shared/simulation/random';
import { Timeline } from '../../../shared/simulation/timeline';

const HOURS = [0.5, 0.2, 3, 0, 0, 0, 1, 4, 9, 7, 5, 6, 14, 9, 6, 6, 8, 12, 15, 11, 6, 3, 2, 1];
const MEAN = HOURS.reduce((sum, weight) => sum + weight, 0) / 24;
const WHOLE = new Array<number>(24).fill(1);

const at = (text: string): number => Date.parse(text) * 1000;
const daysOf = (perDay: readonly number[]): { events: number }[] => perDay.map((events) => ({ events }));
const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

/** Poisson counts of what is expected. */
function drawn(expected: readonly number[], seed: number): number[] {
  const stream = new RandomStream([seed, 'hours']);
  return expected.map((rate) => {
    let events = 0;
    for (let passed = stream.exponential(); passed < rate; passed += stream.exponential()) events += 1;
    return events;
  });
}

describe('the hours of days', () => {
  test('are whole but for a change of the clock and the ends of the period', () => {
    const timeline = new Timeline(at('2026-03-28T09:30:00+01:00'), at('2026-03-31T06:15:00+02:00'), 'Europe/Berlin');
    const lengths = hoursOfDays(timeline);
    expect(lengths[0]!.slice(8, 11)).toEqual([0, 0.5, 1]);
    expect(lengths[1]!.slice(1, 4)).toEqual([1, 0, 1]);
    expect(lengths[2]).toEqual(WHOLE);
    expect(lengths[3]!.slice(5, 8)).toEqual([1, 0.25, 0]);
    const autumn = new Timeline(at('2026-10-24T00:00:00+02:00'), at('2026-10-27T00:00:00+01:00'), 'Europe/Berlin');
    const [before, change, after] = hoursOfDays(autumn);
    expect(change!.slice(1, 4)).toEqual([1, 2, 1]);
    // Days that are alike share one list, so that a long file holds few.
    expect(before).toBe(after);
  });
});

describe('weights of the hours', () => {
  test('are those of the counts, of mean 1, where every day is whole', () => {
    const days = daysOf(new Array<number>(20).fill(sum(HOURS) * 10));
    const fit = fitHours(
      HOURS.map((weight) => weight * 200),
      days,
      days.map(() => WHOLE),
      1,
    );
    expect(fit.hours).toHaveLength(24);
    fit.hours!.forEach((weight, hour) => expect(weight).toBeCloseTo(HOURS[hour]! / MEAN, 10));
  });

  test('allow for hours that some days do not have, however many events each day has', () => {
    const half = WHOLE.map((_, hour) => (hour < 12 ? 0 : 1));
    const twice = WHOLE.map((_, hour) => (hour === 2 ? 2 : hour === 3 ? 0 : 1));
    const lengths = [
      ...new Array<readonly number[]>(10).fill(WHOLE),
      ...new Array<readonly number[]>(9).fill(half),
      twice,
    ];
    const days = daysOf(lengths.map((_, day) => 500 + 300 * (day % 4)));
    const fit = fitHours(expectedHours(HOURS, days, lengths), days, lengths, 1);
    fit.hours!.forEach((weight, hour) => expect(weight).toBeCloseTo(HOURS[hour]! / MEAN, 6));
  });

  test('lie within chance of what they were drawn with', () => {
    const days = daysOf(new Array<number>(60).fill(400));
    const lengths = days.map(() => WHOLE);
    const counts = drawn(expectedHours(HOURS, days, lengths), 3);
    const fit = fitHours(counts, days, lengths, 1);
    fit.hours!.forEach((weight, hour) => {
      const expected = (HOURS[hour]! / MEAN) * (24_000 / 24);
      expect(Math.abs(weight * 1000 - expected)).toBeLessThan(4 * Math.sqrt(expected) + 1e-9);
    });
  });

  test('are none where chance explains hours that are alike, or days scatter as much', () => {
    const days = daysOf(new Array<number>(60).fill(400));
    const lengths = days.map(() => WHOLE);
    let told = 0;
    for (let seed = 0; seed < 300; seed += 1)
      if (fitHours(drawn(expectedHours(null, days, lengths), seed), days, lengths, 1).hours !== null) told += 1;
    // One of a hundred: 3, and 10 are four deviations off.
    expect(told).toBeLessThan(11);
    const slight = WHOLE.map((_, hour) => 1000 + (hour < 12 ? 60 : -60));
    expect(fitHours(slight, days, lengths, 1).hours).not.toBeNull();
    expect(fitHours(slight, days, lengths, 3)).toEqual({ hours: null, note: 'hours-not-told' });
  });

  test('need events, days, and every hour of the clock', () => {
    const short = { hours: null, note: 'hours-short' };
    const days = daysOf(new Array<number>(7).fill(100));
    const lengths = days.map(() => WHOLE);
    const counts = HOURS.map((weight) => (weight / sum(HOURS)) * 700);
    expect(fitHours(counts, days, lengths, 1).hours).not.toBeNull();
    expect(fitHours(counts, days.slice(1), lengths.slice(1), 1)).toEqual(short);
    expect(
      fitHours(
        counts.map((count) => count / 3),
        days,
        lengths,
        1,
      ),
    ).toEqual(short);
    const noNight = WHOLE.map((_, hour) => (hour < 6 ? 0 : 1));
    expect(
      fitHours(
        counts,
        days,
        days.map(() => noNight),
        1,
      ),
    ).toEqual(short);
  });
});

describe('what the times of day of a file say', () => {
  /** A shop's events on so many days, at instants that something rounds. */
  function shop(days: number, perDay: number, second: (uniform: number, day: number) => number): TimesOfDay {
    const times = new TimesOfDay();
    const stream = new RandomStream(['shop']);
    for (let day = 0; day < days; day += 1)
      for (let event = 0; event < perDay; event += 1) times.add(second(stream.uniform(), day), day);
    return times;
  }
  const open = (uniform: number): number => Math.floor(9 * 3600 + uniform * 11 * 3600);
  const roundedTo = (step: number) => (uniform: number) => Math.floor(open(uniform) / step) * step;

  test.each([1, 60, 300, 900, 1800, 3600])('times rounded to %i seconds are times', (step) => {
    expect(shop(60, 40, roundedTo(step)).judged()).toEqual({ kind: 'timed' });
  });

  test('midnight alone is a date', () => {
    expect(shop(3, 2, () => 0).judged()).toEqual({ kind: 'dates' });
  });

  test('what imports write at a few times of day is told with them', () => {
    expect(shop(60, 40, () => 7200).judged()).toEqual({ kind: 'stamped', share: 1, at: ['02:00'] });
    const three = shop(60, 40, (uniform) => [6 * 3600, 14 * 3600, 22 * 3600 + 30][Math.floor(uniform * 3)]!).judged();
    expect(three).toMatchObject({ kind: 'stamped', share: 1 });
    expect(three.kind === 'stamped' && three.at.toSorted()).toEqual(['06:00', '14:00', '22:00:30']);
  });

  test('dates without a time of day among others are told as midnight, and how many they are', () => {
    const mixed = shop(60, 40, (uniform) => (uniform < 0.2 ? 0 : open(uniform))).judged();
    expect(mixed).toMatchObject({ kind: 'stamped', at: ['00:00'] });
    expect(mixed.kind === 'stamped' && Math.abs(mixed.share - 0.2)).toBeLessThan(0.05);
  });

  test('a receipt of many rows is no stamp, nor are few events', () => {
    const times = shop(60, 10, open);
    for (let row = 0; row < 20; row += 1) times.add(11 * 3600 + 17 * 60 + 5, 70);
    expect(times.judged()).toEqual({ kind: 'timed' });
    expect(shop(20, 2, () => 7200).judged()).toEqual({ kind: 'timed' });
  });
});
