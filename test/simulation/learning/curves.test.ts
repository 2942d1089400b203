import { expect, test } from 'vitest';
import { judgeFit, learnedCurves } from '../../../shared/simulation/learning/curves';
import type { HoldOut } from '../../../shared/simulation/learning/learn';

/** 84 days of 100 events, the last 28 held back; Sundays forecast so many, all others as they came. */
const DAYS = Array.from({ length: 84 }, (_, day) => ({
  day: new Date(Date.UTC(2025, 0, 6 + day)).toISOString().slice(0, 10),
  weekDay: day % 7,
  actual: 1000,
  fitted: 1000,
}));
const CUT = 56;

function held(forecast: (weekDay: number) => number, naive = 1000): HoldOut {
  const days = DAYS.slice(CUT).map(({ weekDay }) => ({ forecast: forecast(weekDay), actual: 1000, naive }));
  const sum = (of: 'forecast' | 'naive'): number => days.reduce((all, day) => all + day[of], 0);
  const off = (of: 'forecast' | 'naive'): number => (sum(of) - 28_000) / 28_000;
  return {
    ...{ forecast: sum('forecast'), actual: 28_000, error: off('forecast'), naive: sum('naive') },
    ...{ naiveError: off('naive'), naiveDaysBack: 28, days },
  };
}

test('a Sunday that is forecast too low is named, apart from the level of all days', () => {
  const verdict = judgeFit(
    DAYS,
    CUT,
    held((weekDay) => (weekDay === 6 ? 800 : 1000)),
    1,
  );
  expect(verdict).toMatchObject({ grade: 'good', isBeaten: true, weekday: { day: 6 }, month: null });
  expect(verdict.weekday?.error).toBeCloseTo(-0.177, 2);
  expect(
    judgeFit(
      DAYS,
      CUT,
      held(() => 900),
      1,
    ),
  ).toMatchObject({ grade: 'fair', weekday: null });
  expect(
    judgeFit(
      DAYS,
      CUT,
      held(() => 700, 1400),
      1,
    ),
  ).toMatchObject({ grade: 'poor', isBeaten: false });
});

test('what chance explains is not named: less than three deviations of days that scatter so', () => {
  const forecast = held((weekDay) => (weekDay === 6 ? 940 : 1000));
  expect(judgeFit(DAYS, CUT, forecast, 1).weekday).toMatchObject({ day: 6 });
  expect(judgeFit(DAYS, CUT, forecast, 4).weekday).toBeNull();
});

test('a month that all days together do not explain is named, with or without days held back', () => {
  const season = DAYS.map((day) => (day.day.startsWith('2025-03') ? { ...day, actual: 1300 } : day));
  expect(judgeFit(season, CUT, null, 1)).toMatchObject({ grade: 'untold', month: { month: '2025-03' } });
  expect(judgeFit(season, CUT, null, 1).month?.error).toBeCloseTo(-0.23, 2);
});

test('an hour of the days held back is named where chance explains it less than once in hundreds of times', () => {
  const judged = (actual: number, share: number, scatter = 1) =>
    judgeFit(
      DAYS,
      CUT,
      held(() => 1000),
      scatter,
      {
        hours: Array.from({ length: 24 }, (_, hour) => ({ actual: hour === 20 ? actual : 1000, forecast: 1000 })),
        share,
      },
    ).hour;
  expect(judged(800, 0.25)).toMatchObject({ hour: 20, error: 0.25 });
  expect(judged(1250, 0.25)).toMatchObject({ hour: 20, error: -0.2 });
  // 3.6 deviations of Poisson counts, but the hours before are known no better than by four times as many events.
  expect(judged(1114, 0)).toMatchObject({ hour: 20 });
  expect(judged(1114, 0.25)).toBeNull();
  expect(judged(800, 0.25, 4)).toBeNull();
  // An hour at which a shop closes now: how much too many were expected no share can say.
  expect(judged(0, 0.25)).toEqual({ hour: 20, error: null });
});

test('a weekday and a month on which nobody came any more are named, too', () => {
  const closed = held(() => 1000);
  const sundays = {
    ...closed,
    days: closed.days.map((day, index) => (index % 7 === 6 ? { ...day, actual: 0 } : day)),
  };
  expect(judgeFit(DAYS, CUT, sundays, 1).weekday).toEqual({ day: 6, error: null });
  const march = DAYS.map((day) => (day.day.startsWith('2025-03') ? { ...day, actual: 0 } : day));
  expect(judgeFit(march, CUT, null, 1).month).toEqual({ month: '2025-03', error: null });
});

test('curves are of whole weeks, and dates alone have no hours', () => {
  const days = DAYS.slice(0, 80);
  const { weeks, weekdays, held: weeksHeld, hours } = learnedCurves(days, null, 56, null);
  expect(weeks).toHaveLength(11);
  expect(weeks.at(-1)).toEqual({ from: '2025-03-17', actual: 7000, fitted: 7000 });
  expect(learnedCurves(days.slice(0, 3), null, 2, null).weeks).toMatchObject([{ actual: 3000 }]);
  expect(weekdays[6]).toEqual({ actual: 1000, fitted: 1000 });
  expect([weeksHeld, hours]).toEqual([null, null]);
});
