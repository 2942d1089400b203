import { dateOf, daysAfter, easter, fixed, from, last, listed, nth, onOrAfter, type When } from './dates';
import { rule, type Country, type HolidayRule, type InLieu } from './rule';
import type { HolidayName } from './names';

const newYear = rule('holidays.newYear', fixed(1, 1));
const goodFriday = rule('holidays.goodFriday', easter(-2));
const easterMonday = rule('holidays.easterMonday', easter(1));
const labourDay = rule('holidays.labourDay', fixed(5, 1));
const christmas = rule('holidays.christmas', fixed(12, 25));
const nextWeekday = { inLieu: 'next-weekday' } as const;

/** Holidays of which all move from a weekend in the same way. */
function moving(inLieu: InLieu, ...holidays: readonly [HolidayName, When][]): HolidayRule[] {
  return holidays.map(([name, when]) => rule(name, when, { inLieu }));
}

/** The Monday on or after a date of each year. */
const mondayFrom = (month: number, day: number): When => from('MONDAY', month, day);

/** The Monday before a date of each year. */
const mondayBefore =
  (month: number, day: number): When =>
  (year) =>
    onOrAfter(dateOf(year, month, day) - 7, 'MONDAY');

/** An equinox in Japan, by the formula of its calendars for 1980 to 2099. */
const equinox =
  (month: number, base: number): When =>
  (year) =>
    dateOf(year, month, Math.floor(base + 0.242_194 * (year - 1980)) - Math.floor((year - 1980) / 4));

// Days of the Chinese calendar as almanacs print them: a runtime's own reckoning is a day off where the moon is new near midnight (2027, 2030).
/** The first day of the first month. */
const chineseNewYear = listed({
  ...{ 2022: [2, 1], 2023: [1, 22], 2024: [2, 10], 2025: [1, 29], 2026: [2, 17], 2027: [2, 6], 2028: [1, 26] },
  ...{ 2029: [2, 13], 2030: [2, 3], 2031: [1, 23], 2032: [2, 11], 2033: [1, 31], 2034: [2, 19], 2035: [2, 8] },
  ...{ 2036: [1, 28], 2037: [2, 15], 2038: [2, 4], 2039: [1, 24], 2040: [2, 12] },
});

/** The fifth day of the fifth month. */
const dragonBoat = listed({
  ...{ 2022: [6, 3], 2023: [6, 22], 2024: [6, 10], 2025: [5, 31], 2026: [6, 19], 2027: [6, 9], 2028: [5, 28] },
  ...{ 2029: [6, 16], 2030: [6, 5], 2031: [6, 24], 2032: [6, 12], 2033: [6, 1], 2034: [6, 20], 2035: [6, 10] },
  ...{ 2036: [5, 30], 2037: [6, 18], 2038: [6, 7], 2039: [5, 27], 2040: [6, 14] },
});

/** The fifteenth day of the eighth month. */
const midAutumn = listed({
  ...{ 2022: [9, 10], 2023: [9, 29], 2024: [9, 17], 2025: [10, 6], 2026: [9, 25], 2027: [9, 15], 2028: [10, 3] },
  ...{ 2029: [9, 22], 2030: [9, 12], 2031: [10, 1], 2032: [9, 19], 2033: [9, 8], 2034: [9, 27], 2035: [9, 16] },
  ...{ 2036: [10, 4], 2037: [9, 24], 2038: [9, 13], 2039: [10, 2], 2040: [9, 20] },
});

/** The solar term of clear and bright days, by the formula for 2001 to 2099. */
const qingming: When = (year) =>
  dateOf(year, 4, Math.floor((year % 100) * 0.2422 + 4.81) - Math.floor((year % 100) / 4));

/** Every sixth year, when the president takes office. */
const mexicanHandover: When = (year) => ((year - 2024) % 6 === 0 ? dateOf(year, 10, 1) : null);

/** As the act on Matariki lists them. */
const matariki = listed({
  ...{ 2022: [6, 24], 2023: [7, 14], 2024: [6, 28], 2025: [6, 20], 2026: [7, 10], 2027: [6, 25], 2028: [7, 14] },
  ...{ 2029: [7, 6], 2030: [6, 21], 2031: [7, 11], 2032: [7, 2], 2033: [6, 24], 2034: [7, 7], 2035: [6, 29] },
  ...{ 2036: [7, 18], 2037: [7, 10], 2038: [6, 25], 2039: [7, 15], 2040: [7, 6] },
});

/** Countries of the other continents; `CA` and `US` are the days of federal law. */
export const WORLD = {
  AU: {
    holidays: [
      rule('holidays.newYear', fixed(1, 1), nextWeekday),
      rule('holidays.australiaDay', fixed(1, 26), nextWeekday),
      ...[goodFriday, easterMonday],
      rule('holidays.anzacDay', fixed(4, 25)),
      rule('holidays.christmas', fixed(12, 25), nextWeekday),
      rule('holidays.boxingDay', fixed(12, 26), nextWeekday),
    ],
  },
  BR: {
    holidays: [
      ...[newYear, goodFriday],
      rule('holidays.tiradentes', fixed(4, 21)),
      labourDay,
      rule('holidays.independenceDay', fixed(9, 7)),
      rule('holidays.aparecida', fixed(10, 12)),
      rule('holidays.allSouls', fixed(11, 2)),
      rule('holidays.republicDay', fixed(11, 15)),
      rule('holidays.blackAwareness', fixed(11, 20), { since: 2024 }),
      christmas,
    ],
  },
  CA: {
    holidays: [
      ...[newYear, goodFriday],
      rule('holidays.victoriaDay', mondayBefore(5, 25)),
      rule('holidays.canadaDay', fixed(7, 1), { inLieu: 'monday-after-sunday' }),
      rule('holidays.labourDay', nth(1, 'MONDAY', 9)),
      rule('holidays.truthAndReconciliation', fixed(9, 30)),
      rule('holidays.thanksgiving', nth(2, 'MONDAY', 10)),
      rule('holidays.remembranceDay', fixed(11, 11)),
      christmas,
      rule('holidays.boxingDay', fixed(12, 26)),
    ],
  },
  CN: {
    holidays: [
      newYear,
      rule('holidays.chineseNewYearEve', daysAfter(chineseNewYear, -1), { since: 2025 }),
      rule('holidays.chineseNewYear', chineseNewYear),
      rule('holidays.springFestival', daysAfter(chineseNewYear, 1)),
      rule('holidays.springFestival', daysAfter(chineseNewYear, 2)),
      rule('holidays.qingming', qingming),
      labourDay,
      rule('holidays.labourDaySecond', fixed(5, 2), { since: 2025 }),
      rule('holidays.dragonBoat', dragonBoat),
      rule('holidays.midAutumn', midAutumn),
      rule('holidays.nationalDay', fixed(10, 1)),
      rule('holidays.nationalDay', fixed(10, 2)),
      rule('holidays.nationalDay', fixed(10, 3)),
    ],
  },
  CO: {
    holidays: [
      newYear,
      rule('holidays.epiphany', mondayFrom(1, 6)),
      rule('holidays.stJoseph', mondayFrom(3, 19)),
      rule('holidays.maundyThursday', easter(-3)),
      ...[goodFriday, labourDay],
      rule('holidays.ascension', easter(43)),
      rule('holidays.corpusChristi', easter(64)),
      rule('holidays.sacredHeart', easter(71)),
      rule('holidays.peterAndPaul', mondayFrom(6, 29)),
      rule('holidays.independenceDay', fixed(7, 20)),
      rule('holidays.boyacaDay', fixed(8, 7)),
      rule('holidays.assumption', mondayFrom(8, 15)),
      rule('holidays.columbusDay', mondayFrom(10, 12)),
      rule('holidays.allSaints', mondayFrom(11, 1)),
      rule('holidays.cartagenaDay', mondayFrom(11, 11)),
      rule('holidays.immaculateConception', fixed(12, 8)),
      christmas,
    ],
  },
  IN: {
    holidays: [
      rule('holidays.republicDay', fixed(1, 26)),
      rule('holidays.independenceDay', fixed(8, 15)),
      rule('holidays.gandhiBirthday', fixed(10, 2)),
    ],
  },
  JP: {
    bridges: true,
    holidays: moving(
      'next-day-after-sunday',
      ['holidays.newYear', fixed(1, 1)],
      ['holidays.comingOfAge', nth(2, 'MONDAY', 1)],
      ['holidays.foundationDay', fixed(2, 11)],
      ['holidays.emperorsBirthday', fixed(2, 23)],
      ['holidays.vernalEquinox', equinox(3, 20.8431)],
      ['holidays.showaDay', fixed(4, 29)],
      ['holidays.constitutionDay', fixed(5, 3)],
      ['holidays.greeneryDay', fixed(5, 4)],
      ['holidays.childrensDay', fixed(5, 5)],
      ['holidays.marineDay', nth(3, 'MONDAY', 7)],
      ['holidays.mountainDay', fixed(8, 11)],
      ['holidays.respectForTheAged', nth(3, 'MONDAY', 9)],
      ['holidays.autumnalEquinox', equinox(9, 23.2488)],
      ['holidays.sportsDay', nth(2, 'MONDAY', 10)],
      ['holidays.cultureDay', fixed(11, 3)],
      ['holidays.labourThanksgiving', fixed(11, 23)],
    ),
  },
  MX: {
    holidays: [
      newYear,
      rule('holidays.constitutionDay', nth(1, 'MONDAY', 2)),
      rule('holidays.juarezBirthday', nth(3, 'MONDAY', 3)),
      labourDay,
      rule('holidays.independenceDay', fixed(9, 16)),
      rule('holidays.handover', mexicanHandover),
      rule('holidays.revolutionDay', nth(3, 'MONDAY', 11)),
      christmas,
    ],
  },
  NZ: {
    holidays: [
      rule('holidays.newYear', fixed(1, 1), nextWeekday),
      rule('holidays.newYearSecond', fixed(1, 2), nextWeekday),
      rule('holidays.waitangiDay', fixed(2, 6), nextWeekday),
      ...[goodFriday, easterMonday],
      rule('holidays.anzacDay', fixed(4, 25), nextWeekday),
      rule('holidays.kingsBirthday', nth(1, 'MONDAY', 6)),
      rule('holidays.matariki', matariki),
      rule('holidays.labourDay', nth(4, 'MONDAY', 10)),
      rule('holidays.christmas', fixed(12, 25), nextWeekday),
      rule('holidays.boxingDay', fixed(12, 26), nextWeekday),
    ],
  },
  US: {
    holidays: moving(
      'nearest-weekday',
      ['holidays.newYear', fixed(1, 1)],
      ['holidays.martinLutherKing', nth(3, 'MONDAY', 1)],
      ['holidays.presidentsDay', nth(3, 'MONDAY', 2)],
      ['holidays.memorialDay', last('MONDAY', 5)],
      ['holidays.juneteenth', fixed(6, 19)],
      ['holidays.independenceDay', fixed(7, 4)],
      ['holidays.labourDay', nth(1, 'MONDAY', 9)],
      ['holidays.columbusDay', nth(2, 'MONDAY', 10)],
      ['holidays.veteransDay', fixed(11, 11)],
      ['holidays.thanksgiving', nth(4, 'THURSDAY', 11)],
      ['holidays.christmas', fixed(12, 25)],
    ),
  },
  ZA: {
    holidays: moving(
      'monday-after-sunday',
      ['holidays.newYear', fixed(1, 1)],
      ['holidays.humanRightsDay', fixed(3, 21)],
      ['holidays.goodFriday', easter(-2)],
      ['holidays.familyDay', easter(1)],
      ['holidays.freedomDay', fixed(4, 27)],
      ['holidays.labourDay', fixed(5, 1)],
      ['holidays.youthDay', fixed(6, 16)],
      ['holidays.womensDay', fixed(8, 9)],
      ['holidays.heritageDay', fixed(9, 24)],
      ['holidays.reconciliationDay', fixed(12, 16)],
      ['holidays.christmas', fixed(12, 25)],
      ['holidays.goodwillDay', fixed(12, 26)],
    ),
  },
} satisfies Record<string, Country>;
