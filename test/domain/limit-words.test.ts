import { expect, test } from 'vitest';
import type { Constraint } from '../../shared/domain/badge';
import { WEEK_DAYS as DAYS } from '../../shared/domain/calendar';
import { customerRolls, limitInWords, weekDayInWords } from '../../shared/domain/limit-words';
import { speakerOf } from '../../shared/words/spoken';

const english = await speakerOf('en');
const german = await speakerOf('de');

const rolling = (
  days: [number, number],
  weeks: [number, number],
  months: [number, number],
): Extract<Constraint, { kind: 'CUSTOMER_ROLLING_WINDOW' }> => ({
  kind: 'CUSTOMER_ROLLING_WINDOW',
  ...{ rollForDays: days[0], maxEarnForDays: days[1] },
  ...{ rollForWeeks: weeks[0], maxEarnForWeeks: weeks[1] },
  ...{ rollForMonths: months[0], maxEarnForMonths: months[1] },
});

const cycle = (changes: object): Constraint => ({
  kind: 'FIXED_WINDOW',
  durationType: 'DAYS',
  refreshRate: null,
  startDayOfTheWeek: null,
  maxEarnLimit: 1200,
  fromDate: null,
  untilDate: null,
  ...changes,
});

test.each<[Constraint, string]>([
  [{ kind: 'NO_LIMIT' }, 'no limit'],
  [{ kind: 'FIXED_VALUE', maxEarnLimit: 5000 }, '5,000 in all'],
  [cycle({ refreshRate: 1 }), '1,200 each day'],
  [cycle({}), '1,200 each day'],
  [cycle({ refreshRate: 3, maxEarnLimit: 2 }), '2 every 3 days'],
  [cycle({ durationType: 'WEEKS', startDayOfTheWeek: 'WEDNESDAY' }), '1,200 each week from Wednesday'],
  [cycle({ durationType: 'WEEKS' }), '1,200 each week from Monday'],
  [cycle({ durationType: 'MONTHS' }), '1,200 each calendar month'],
  [{ kind: 'BADGE_ROLLING_WINDOW', rollType: 'DAYS', rollValue: 1, maxEarnLimit: 7 }, '7 in any day'],
  [{ kind: 'BADGE_ROLLING_WINDOW', rollType: 'WEEKS', rollValue: 2, maxEarnLimit: 7 }, '7 in any 2 weeks'],
  [{ kind: 'BADGE_ROLLING_WINDOW', rollType: 'MONTHS', rollValue: 1, maxEarnLimit: 7 }, '7 in any month'],
  [rolling([7, 2], [0, 5], [3, 4]), '2 in any 7 days, 4 in any 3 months'],
  [rolling([0, 2], [1, 1500], [0, 4]), '1,500 in any week'],
])('%j is said as a person would', (constraint, words) => {
  expect(limitInWords(english, constraint, 'CUSTOMER')).toBe(`Each customer: ${words}`);
  expect(limitInWords(english, constraint, 'BADGE')).toBe(`All customers: ${words}`);
});

test('a rolling limit of a customer is one for each unit that looks back at all', () => {
  expect(customerRolls(rolling([7, 2], [1, 5], [3, 0]))).toEqual([
    { unit: 'DAYS', value: 7, limit: 2 },
    { unit: 'WEEKS', value: 1, limit: 5 },
    { unit: 'MONTHS', value: 3, limit: 0 },
  ]);
  expect(customerRolls(rolling([0, 2], [0, 5], [0, 1]))).toEqual([]);
});

test('in German with its numbers', () => {
  const cap: Constraint = { kind: 'FIXED_VALUE', maxEarnLimit: 5000 };
  expect(limitInWords(german, cap, 'BADGE')).toContain('5.000');
});

test('each day of the week has its name', () => {
  expect(DAYS.map((day) => weekDayInWords(english, day).toUpperCase())).toEqual([...DAYS]);
});
