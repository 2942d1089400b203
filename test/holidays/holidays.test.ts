import { expect, test } from 'vitest';
import { partsOfDate, weekDayOf } from '../../shared/domain/calendar';
import { COUNTRY_CODES, countryOf, type CountryCode } from '../../shared/holidays/countries';
import { dateOf } from '../../shared/holidays/dates';
import { orthodoxEaster, westernEaster } from '../../shared/holidays/easter';
import { FIRST_YEAR, holidaysIn, LAST_YEAR } from '../../shared/holidays/holidays';
import { dateText } from '../../shared/simulation/timeline';

const daysOf = (country: CountryCode, year: number): string[] =>
  holidaysIn(country, dateOf(year, 1, 1), dateOf(year, 12, 31)).map(({ date }) => dateText(date).slice(5));
const named = (country: CountryCode, name: string): string[] =>
  holidaysIn(country, dateOf(FIRST_YEAR, 1, 1), dateOf(LAST_YEAR, 12, 31))
    .filter((holiday) => holiday.name === `holidays.${name}` && !holiday.isInLieu)
    .map(({ date }) => dateText(date));

test('Easter of both calendars', () => {
  const years = [2024, 2025, 2026, 2027, 2028, 2029, 2030, 2038];
  expect(years.map((year) => dateText(westernEaster(year)))).toEqual([
    ...['2024-03-31', '2025-04-20', '2026-04-05', '2027-03-28', '2028-04-16', '2029-04-01', '2030-04-21', '2038-04-25'],
  ]);
  expect(years.map((year) => dateText(orthodoxEaster(year)))).toEqual([
    ...['2024-05-05', '2025-04-20', '2026-04-12', '2027-05-02', '2028-04-16', '2029-04-08', '2030-04-28', '2038-04-25'],
  ]);
});

/** As published by the governments; days in lieu beside the days themselves. */
const PUBLISHED: readonly [CountryCode, number, string][] = [
  ['AT', 2025, '01-01 01-06 04-21 05-01 05-29 06-09 06-19 08-15 10-26 11-01 12-08 12-25 12-26'],
  ['AU', 2022, '01-01 01-03 01-26 04-15 04-18 04-25 12-25 12-26 12-27'],
  ['AU', 2027, '01-01 01-26 03-26 03-29 04-25 12-25 12-26 12-27 12-28'],
  ['BE', 2026, '01-01 04-06 05-01 05-14 05-25 07-21 08-15 11-01 11-11 12-25'],
  ['BR', 2024, '01-01 03-29 04-21 05-01 09-07 10-12 11-02 11-15 11-20 12-25'],
  ['CA', 2026, '01-01 04-03 05-18 07-01 09-07 09-30 10-12 11-11 12-25 12-26'],
  ['CH', 2026, '01-01 05-14 08-01 12-25'],
  ['CN', 2025, '01-01 01-28 01-29 01-30 01-31 04-04 05-01 05-02 05-31 10-01 10-02 10-03 10-06'],
  [
    'CO',
    2025,
    '01-01 01-06 03-24 04-17 04-18 05-01 06-02 06-23 06-30 06-30 07-20 08-07 08-18 10-13 11-03 11-17 12-08 12-25',
  ],
  ['CZ', 2025, '01-01 04-18 04-21 05-01 05-08 07-05 07-06 09-28 10-28 11-17 12-24 12-25 12-26'],
  ['DE', 2026, '01-01 04-03 04-06 05-01 05-14 05-25 10-03 12-25 12-26'],
  ['DK', 2023, '01-01 04-06 04-07 04-09 04-10 05-05 05-18 05-28 05-29 12-25 12-26'],
  ['DK', 2024, '01-01 03-28 03-29 03-31 04-01 05-09 05-19 05-20 12-25 12-26'],
  ['EE', 2025, '01-01 02-24 04-18 04-20 05-01 06-08 06-23 06-24 08-20 12-24 12-25 12-26'],
  ['ES', 2025, '01-01 01-06 04-18 05-01 08-15 10-12 11-01 12-06 12-08 12-25'],
  ['FI', 2025, '01-01 01-06 04-18 04-20 04-21 05-01 05-29 06-08 06-21 11-01 12-06 12-25 12-26'],
  ['FR', 2025, '01-01 04-21 05-01 05-08 05-29 06-09 07-14 08-15 11-01 11-11 12-25'],
  ['GB', 2022, '01-01 01-03 04-15 04-18 05-02 06-02 08-29 12-25 12-26 12-27'],
  ['GB', 2026, '01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-26 12-28'],
  ['GB', 2027, '01-01 03-26 03-29 05-03 05-31 08-30 12-25 12-26 12-27 12-28'],
  ['GR', 2025, '01-01 01-06 03-03 03-25 04-18 04-21 05-01 06-09 08-15 10-28 12-25 12-26'],
  ['HR', 2025, '01-01 01-06 04-20 04-21 05-01 05-30 06-19 06-22 08-05 08-15 11-01 11-18 12-25 12-26'],
  ['IE', 2024, '01-01 02-05 03-17 04-01 05-06 06-03 08-05 10-28 12-25 12-26'],
  ['IN', 2026, '01-26 08-15 10-02'],
  ['IT', 2025, '01-01 01-06 04-21 04-25 05-01 06-02 08-15 11-01 12-08 12-25 12-26'],
  [
    'JP',
    2024,
    '01-01 01-08 02-11 02-12 02-23 03-20 04-29 05-03 05-04 05-05 05-06 07-15 08-11 08-12 09-16 09-22 09-23 10-14 11-03 11-04 11-23',
  ],
  [
    'JP',
    2026,
    '01-01 01-12 02-11 02-23 03-20 04-29 05-03 05-04 05-05 05-06 07-20 08-11 09-21 09-22 09-23 10-12 11-03 11-23',
  ],
  ['LT', 2025, '01-01 02-16 03-11 04-20 04-21 05-01 05-04 06-01 06-24 07-06 08-15 11-01 11-02 12-24 12-25 12-26'],
  ['LU', 2025, '01-01 04-21 05-01 05-09 05-29 06-09 06-23 08-15 11-01 12-25 12-26'],
  ['MX', 2024, '01-01 02-05 03-18 05-01 09-16 10-01 11-18 12-25'],
  ['MX', 2025, '01-01 02-03 03-17 05-01 09-16 11-17 12-25'],
  ['NL', 2025, '01-01 04-18 04-21 04-26 05-05 05-29 06-09 12-25 12-26'],
  ['NO', 2025, '01-01 04-17 04-18 04-20 04-21 05-01 05-17 05-29 06-08 06-09 12-25 12-26'],
  ['NZ', 2023, '01-01 01-02 01-03 02-06 04-07 04-10 04-25 06-05 07-14 10-23 12-25 12-26'],
  ['NZ', 2026, '01-01 01-02 02-06 04-03 04-06 04-25 04-27 06-01 07-10 10-26 12-25 12-26 12-28'],
  ['PL', 2025, '01-01 01-06 04-20 04-21 05-01 05-03 06-08 06-19 08-15 11-01 11-11 12-24 12-25 12-26'],
  ['PT', 2025, '01-01 04-18 04-20 04-25 05-01 06-10 06-19 08-15 10-05 11-01 12-01 12-08 12-25'],
  ['RO', 2024, '01-01 01-02 01-06 01-07 01-24 05-01 05-03 05-05 05-06 06-01 06-23 06-24 08-15 11-30 12-01 12-25 12-26'],
  ['SE', 2025, '01-01 01-06 04-18 04-20 04-21 05-01 05-29 06-06 06-08 06-21 11-01 12-25 12-26'],
  ['SI', 2025, '01-01 01-02 02-08 04-20 04-21 04-27 05-01 05-02 06-08 06-25 08-15 10-31 11-01 12-25 12-26'],
  ['US', 2026, '01-01 01-19 02-16 05-25 06-19 07-03 07-04 09-07 10-12 11-11 11-26 12-25'],
  ['US', 2027, '01-01 01-18 02-15 05-31 06-18 06-19 07-04 07-05 09-06 10-11 11-11 11-25 12-24 12-25 12-31'],
  ['ZA', 2024, '01-01 03-21 03-29 04-01 04-27 05-01 06-16 06-17 08-09 09-24 12-16 12-25 12-26'],
];

test.each(PUBLISHED)('%s in %i', (country, year, days) => {
  expect(daysOf(country, year).join(' ')).toBe(days);
});

test('every country is held to a published year', () => {
  expect([...new Set(PUBLISHED.map(([country]) => country))].sort()).toEqual(COUNTRY_CODES);
});

test('days of other calendars, as their countries announced them', () => {
  expect(named('CN', 'chineseNewYear').slice(0, 9)).toEqual([
    ...['2022-02-01', '2023-01-22', '2024-02-10', '2025-01-29', '2026-02-17', '2027-02-06', '2028-01-26', '2029-02-13'],
    '2030-02-03',
  ]);
  expect(named('CN', 'dragonBoat').slice(0, 5)).toEqual([
    ...['2022-06-03', '2023-06-22', '2024-06-10', '2025-05-31', '2026-06-19'],
  ]);
  expect(named('CN', 'midAutumn').slice(0, 5)).toEqual([
    ...['2022-09-10', '2023-09-29', '2024-09-17', '2025-10-06', '2026-09-25'],
  ]);
  expect(named('CN', 'qingming').slice(0, 5)).toEqual([
    ...['2022-04-05', '2023-04-05', '2024-04-04', '2025-04-04', '2026-04-05'],
  ]);
  const matariki = named('NZ', 'matariki');
  expect(matariki).toHaveLength(LAST_YEAR - FIRST_YEAR + 1);
  expect(new Set(matariki.map((text) => weekDayOf(Date.parse(text) / 86_400_000)))).toEqual(new Set([4]));
});

test('the lists of the Chinese calendar are those of the runtime, but for a day where the moon is new near midnight', () => {
  const parts = new Intl.DateTimeFormat('en-u-ca-chinese', { month: 'numeric', day: 'numeric', timeZone: 'UTC' });
  const reckoned = (text: string, shift: number): string =>
    parts
      .formatToParts(Date.parse(text) + shift * 86_400_000)
      .filter(({ type }) => type === 'month' || type === 'day')
      .map(({ value }) => value)
      .join('/');
  const off: string[] = [];
  for (const [name, day] of [
    ['chineseNewYear', '1/1'],
    ['dragonBoat', '5/5'],
    ['midAutumn', '8/15'],
  ] as const) {
    expect(named('CN', name)).toHaveLength(LAST_YEAR - FIRST_YEAR + 1);
    for (const text of named('CN', name)) {
      const shift = [0, 1, -1].find((days) => reckoned(text, days) === day);
      expect(shift, text).toBeDefined();
      if (shift !== 0) off.push(text);
    }
  }
  expect(off.length).toBeLessThan(6);
});

test('every year of every country is in order, and no day is told twice for one holiday', () => {
  for (const country of COUNTRY_CODES) {
    const all = holidaysIn(country, dateOf(FIRST_YEAR, 1, 1), dateOf(LAST_YEAR, 12, 31));
    const keys = all.map(({ date, name, isInLieu }) => `${String(date)} ${name} ${String(isInLieu)}`);
    expect(new Set(keys).size, country).toBe(keys.length);
    expect(
      all.map(({ date }) => date),
      country,
    ).toEqual(all.map(({ date }) => date).sort((a, b) => a - b));
  }
});

test('days of a period across years, none of years that are not known, and codes in small letters', () => {
  const found = holidaysIn('US', dateOf(2021, 12, 1), dateOf(2022, 1, 10));
  expect(found.map(({ date }) => partsOfDate(date))).toEqual([{ year: 2022, month: 1, day: 1 }]);
  expect(holidaysIn('DE', dateOf(2041, 1, 1), dateOf(2050, 1, 1))).toEqual([]);
  expect(holidaysIn('DE', dateOf(2026, 12, 25), dateOf(2026, 12, 25))).toHaveLength(1);
  expect([countryOf('de'), countryOf('XX')]).toEqual(['DE', undefined]);
});
