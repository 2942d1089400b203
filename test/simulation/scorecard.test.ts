import { expect, test } from 'vitest';
import { scoreForecast } from '../../shared/simulation/scorecard';
import {
  comparedDays,
  upliftOf,
  upliftOfAmounts,
  type BuyingGroup,
  type DatedGroup,
  type SpendingGroup,
} from '../../shared/simulation/uplift';

/** A Poisson number by counting exponential waits, and a Gamma number of mean 1 with a whole shape. */
function dice(seed: number) {
  let state = seed >>> 0;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b_3c6d);
    mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a_2d39);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32 + 2 ** -33;
  };
  const poisson = (mean: number): number => {
    let [many, wait] = [0, -Math.log(next())];
    while (wait < mean) {
      many += 1;
      wait -= Math.log(next());
    }
    return many;
  };
  const gamma = (shape: number): number => {
    let sum = 0;
    for (let index = 0; index < shape; index += 1) sum -= Math.log(next());
    return sum / shape;
  };
  /** Log-normal of mean 1. @param spread coefficient of variation */
  const amount = (spread: number): number => {
    const variance = Math.log1p(spread * spread);
    const normal = Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());
    return Math.exp(Math.sqrt(variance) * normal - variance / 2);
  };
  return { poisson, gamma, amount };
}

const DAYS = Array.from({ length: 91 }, (_, day) => new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10));
const MEAN = 40;
const { poisson } = dice(7);
const draw = (factor: (day: number) => number = () => 1) => DAYS.map((_, day) => poisson(MEAN * factor(day)));
const RUNS = Array.from({ length: 200 }, () => draw());

test('weeks are whole ones of which all is known, and their bands are of the runs’ own sums', () => {
  const score = scoreForecast(DAYS, RUNS, draw(), 48, null);
  expect(score.weeks.map(({ from, to }) => `${from} ${to}`)).toEqual([
    ...['2026-01-01 2026-01-07', '2026-01-08 2026-01-14', '2026-01-15 2026-01-21', '2026-01-22 2026-01-28'],
    ...['2026-01-29 2026-02-04', '2026-02-05 2026-02-11'],
  ]);
  const { total } = score.weeks.at(-1)!;
  const sums = RUNS.map((run) => run.slice(0, 42).reduce((sum, value) => sum + value, 0)).sort((a, b) => a - b);
  expect(total.forecast.p10).toBeCloseTo(sums[19]! + 0.9 * (sums[20]! - sums[19]!), 9);
  // Far narrower than percentiles of days added up, which would be ±1.28·√40 a day.
  expect(total.forecast.p90 - total.forecast.p10).toBeLessThan(42 * 2 * 1.28 * Math.sqrt(40) * 0.3);
  expect(scoreForecast(DAYS, RUNS, draw(), 6, null)).toMatchObject({ weeks: [], place: null, since: null, causes: [] });
});

test('of forecasts that are right, eight of ten are in band, and two of ten weeks are out', () => {
  let [inBand, out] = [0, 0];
  for (let index = 0; index < 300; index += 1) {
    const score = scoreForecast(DAYS, RUNS, draw(), 91, null);
    inBand += score.place === 'in' ? 1 : 0;
    out += score.weeksOut;
  }
  expect(inBand / 300).toBeGreaterThan(0.72);
  expect(inBand / 300).toBeLessThan(0.88);
  expect(out / (300 * 13)).toBeGreaterThan(0.15);
  expect(out / (300 * 13)).toBeLessThan(0.25);
});

test('out since the week in which it began, and not before', () => {
  const fewer = scoreForecast(
    DAYS,
    RUNS,
    draw((day) => (day < 35 ? 1 : 0.6)),
    91,
    null,
  );
  expect(fewer.place).toBe('below');
  // The first five weeks are as forecast, so that it takes a week or two until the total shows it.
  expect(['2026-02-05', '2026-02-12', '2026-02-19']).toContain(fewer.since);
});

test('a level that is off is told from a month that is', () => {
  expect(
    scoreForecast(
      DAYS,
      RUNS,
      draw(() => 1.2),
      91,
      null,
    ).causes,
  ).toMatchObject([{ code: 'even' }]);
  const inFebruary = (day: number): number => (DAYS[day]!.startsWith('2026-02') ? 1.8 : 1);
  const [cause] = scoreForecast(DAYS, RUNS, draw(inFebruary), 91, null).causes;
  expect(cause).toMatchObject({ code: 'season', month: '2026-02' });
  expect(cause!.ratio).toBeGreaterThan(1.3);
});

test('weeks that are off in different ways, in no month alone, are not said to be off alike', () => {
  const uneven = (day: number): number => (day < 7 ? 0.1 : day < 14 ? 1.6 : 0.5);
  expect(scoreForecast(DAYS.slice(0, 28), RUNS, draw(uneven), 28, null).causes).toMatchObject([{ code: 'unclear' }]);
  const codes = Array.from(
    { length: 100 },
    () =>
      scoreForecast(
        DAYS,
        RUNS,
        draw(() => 0.8),
        91,
        null,
      ).causes[0]?.code,
  );
  expect(codes.filter((code) => code === 'even').length).toBeGreaterThan(90);
});

test('with purchases, rate and amounts are told apart; where both are as expected, it is something else', () => {
  const awards = draw(() => 1.3);
  const of = (rate: number, amount: number) => {
    const expected = DAYS.map(() => 1000);
    const actual = DAYS.map(() => poisson(100 * rate) * 10);
    const bought = { actual, expected, scatter: 10, amount: { actual: 20 * amount, expected: 20, error: 0.05 } };
    return scoreForecast(DAYS, RUNS, awards, 91, bought).causes;
  };
  expect(of(1.3, 1)).toMatchObject([{ code: 'rate' }]);
  expect(of(1.3, 1)[0]!.ratio).toBeCloseTo(1.3, 1);
  expect(of(1, 0.8)).toMatchObject([{ code: 'amounts', ratio: 0.8 }]);
  expect(of(1.3, 1.5).map(({ code }) => code)).toEqual(['rate', 'amounts']);
  expect(of(1, 1)).toMatchObject([{ code: 'other' }]);
});

test('the interval of the uplift holds the truth in about 90 of 100 cases, in 500 settings', () => {
  const random = dice(11);
  let held = 0;
  for (let setting = 0; setting < 500; setting += 1) {
    const [size, controlSize] = [300 + (setting % 7) * 150, 150 + (setting % 5) * 100];
    const [mean, uplift] = [0.8 + (setting % 6), ((setting % 9) - 3) * 0.08];
    const shape = 1 + (setting % 3);
    const group = (many: number, rate: number): BuyingGroup => {
      const counts = new Map<number, number>();
      for (let customer = 0; customer < many; customer += 1) {
        const purchases = random.poisson(rate * random.gamma(shape));
        if (purchases > 0) counts.set(purchases, (counts.get(purchases) ?? 0) + 1);
      }
      return { size: many, counts: [...counts] };
    };
    const { low, high } = upliftOf(group(size, mean * (1 + uplift)), group(controlSize, mean))!;
    if (low <= uplift && uplift <= high) held += 1;
  }
  expect(held / 500).toBeGreaterThan(0.86);
  expect(held / 500).toBeLessThan(0.94);
});

test('no uplift is told of a group that bought nothing', () => {
  expect(upliftOf({ size: 10, counts: [[1, 5]] }, { size: 10, counts: [] })).toBeNull();
  expect(upliftOf({ size: 1, counts: [[1, 1]] }, { size: 10, counts: [[1, 5]] })).toBeNull();
  const same = {
    size: 100,
    counts: [
      [1, 40],
      [2, 10],
    ] as const,
  };
  expect(upliftOf(same, same)).toMatchObject({ value: 0, reached: 0.6, control: 0.6 });
});

test('the interval of the uplift of amounts holds the truth in about 90 of 100 cases, in 500 settings', () => {
  const random = dice(23);
  let held = 0;
  for (let setting = 0; setting < 500; setting += 1) {
    const [size, controlSize] = [300 + (setting % 7) * 150, 150 + (setting % 5) * 100];
    const [mean, spread] = [0.8 + (setting % 6), 0.3 + (setting % 5) * 0.3];
    const [more, dearer] = [1 + ((setting % 9) - 3) * 0.05, 1 + ((setting % 4) - 1) * 0.05];
    const group = (many: number, rate: number, price: number): SpendingGroup => {
      const all = { size: many, sum: 0, squares: 0 };
      for (let customer = 0; customer < many; customer += 1) {
        let spent = 0;
        for (let left = random.poisson(rate * random.gamma(2)); left > 0; left -= 1)
          spent += price * random.amount(spread);
        all.sum += spent;
        all.squares += spent * spent;
      }
      return all;
    };
    const { low, high } = upliftOfAmounts(group(size, mean * more, 20 * dearer), group(controlSize, mean, 20))!;
    const uplift = more * dearer - 1;
    if (low <= uplift && uplift <= high) held += 1;
  }
  expect(held / 500).toBeGreaterThan(0.86);
  expect(held / 500).toBeLessThan(0.94);
});

test('no uplift of amounts is told where as much was given back as was spent', () => {
  const spent = { size: 10, sum: 50, squares: 400 };
  expect(upliftOfAmounts(spent, { size: 10, sum: 0, squares: 30 })).toBeNull();
  expect(upliftOfAmounts({ size: 10, sum: -5, squares: 30 }, spent)).toBeNull();
  expect(upliftOfAmounts(spent, { ...spent, sum: 40 })).toMatchObject({ reached: 5, control: 4 });
});

test('of a forecast of nothing no cause is told, which would be infinitely off', () => {
  const days = Array.from({ length: 14 }, (_, day) => `2026-03-${String(day + 1).padStart(2, '0')}`);
  const nothing = Array.from({ length: 20 }, () => days.map(() => 0));
  const card = scoreForecast(
    days,
    nothing,
    days.map(() => 3),
    14,
    null,
  );
  expect([card.place, card.causes]).toEqual(['above', []]);
});

test('days are left out where one group has no purchase and chance does not explain it, and not otherwise', () => {
  const random = dice(31);
  const group = (size: number, perDay: number, from = 0, to = 56): DatedGroup => {
    const byDay = new Float64Array(56);
    let customers = 0;
    for (let customer = 0; customer < size; customer += 1) {
      const rate = perDay * random.gamma(1);
      let bought = 0;
      for (let day = 0; day < 56; day += 1) {
        const many = random.poisson(day % 7 === 6 ? 0 : rate);
        if (day < from || day >= to) continue;
        byDay[day]! += many;
        bought += many;
      }
      if (bought > 0) customers += 1;
    }
    return { byDay, customers };
  };
  let cut = 0;
  for (let setting = 0; setting < 500; setting += 1) {
    const found = comparedDays(
      { reached: group(400, 0.1), control: group(3 + (setting % 12) * 4, 0.02 + (setting % 4) * 0.04) },
      56,
    );
    if ((found?.unknown.length ?? 0) > 0) cut += 1;
  }
  // Both ends of both groups are looked at.
  expect(cut / 500).toBeLessThan(0.03);
  const whole = group(400, 0.1);
  const ends = (of: DatedGroup, days = 56) => comparedDays({ reached: whole, control: of }, days);
  expect(ends(group(100, 0.1, 0, 28))).toMatchObject({ from: 0, to: 27, unknown: [{ of: 'control', where: 'after' }] });
  expect(ends(group(100, 0.1, 21))).toMatchObject({ from: 21, to: 55, unknown: [{ of: 'control', where: 'before' }] });
  expect(ends(group(100, 0.1, 14, 41))).toMatchObject({ from: 14, to: 41, unknown: [{ day: 14 }, { day: 40 }] });
  // Two customers may be away for weeks.
  expect(ends(group(2, 0.3, 0, 42))).toMatchObject({ to: 55, unknown: [] });
  expect(comparedDays({ reached: group(100, 0.1, 0, 20), control: group(100, 0.1, 25) }, 56)).toBeNull();
  expect(ends(group(100, 0.1), 12)).toMatchObject({ from: 0, to: 12 });
  expect(ends({ byDay: new Float64Array(56), customers: 0 })).toMatchObject({ from: 0, to: 55, unknown: [] });
});
