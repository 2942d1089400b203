import { dateOf, easter, fixed, from, last, listed, nth, onOrAfter, orthodox } from './dates';
import { rule, type Country } from './rule';

const newYear = rule('holidays.newYear', fixed(1, 1));
const newYearSecond = rule('holidays.newYearSecond', fixed(1, 2));
const epiphany = rule('holidays.epiphany', fixed(1, 6));
const maundyThursday = rule('holidays.maundyThursday', easter(-3));
const goodFriday = rule('holidays.goodFriday', easter(-2));
const easterSunday = rule('holidays.easterSunday', easter(0));
const easterMonday = rule('holidays.easterMonday', easter(1));
const labourDay = rule('holidays.labourDay', fixed(5, 1));
const ascension = rule('holidays.ascension', easter(39));
const whitSunday = rule('holidays.whitSunday', easter(49));
const whitMonday = rule('holidays.whitMonday', easter(50));
const corpusChristi = rule('holidays.corpusChristi', easter(60));
const assumption = rule('holidays.assumption', fixed(8, 15));
const allSaints = rule('holidays.allSaints', fixed(11, 1));
const immaculateConception = rule('holidays.immaculateConception', fixed(12, 8));
const christmasEve = rule('holidays.christmasEve', fixed(12, 24));
const christmas = rule('holidays.christmas', fixed(12, 25));
const christmasSecond = rule('holidays.christmasSecond', fixed(12, 26));
const stStephen = rule('holidays.stStephen', fixed(12, 26));
const victoryDay = rule('holidays.victoryDay', fixed(5, 8));
const armistice = rule('holidays.armistice', fixed(11, 11));
const midsummer = rule('holidays.midsummer', from('SATURDAY', 6, 20));
const stJohn = rule('holidays.stJohn', fixed(6, 24));
const nationalDay = (month: number, day: number) => rule('holidays.nationalDay', fixed(month, day));
const independenceDay = (month: number, day: number) => rule('holidays.independenceDay', fixed(month, day));
const weekendMoves = { inLieu: 'next-weekday' } as const;

/** Countries of Europe; `GB` is England and Wales, `CH` what all its cantons have. */
export const EUROPE = {
  AT: {
    holidays: [
      ...[newYear, epiphany, easterMonday, labourDay, ascension, whitMonday, corpusChristi, assumption],
      ...[nationalDay(10, 26), allSaints, immaculateConception, christmas, stStephen],
    ],
  },
  BE: {
    holidays: [
      ...[newYear, easterMonday, labourDay, ascension, whitMonday, nationalDay(7, 21), assumption, allSaints],
      ...[armistice, christmas],
    ],
  },
  CH: { holidays: [newYear, ascension, nationalDay(8, 1), christmas] },
  CZ: {
    holidays: [
      ...[newYear, goodFriday, easterMonday, labourDay, victoryDay],
      rule('holidays.cyrilAndMethodius', fixed(7, 5)),
      rule('holidays.janHus', fixed(7, 6)),
      rule('holidays.czechStatehood', fixed(9, 28)),
      independenceDay(10, 28),
      rule('holidays.freedomAndDemocracy', fixed(11, 17)),
      ...[christmasEve, christmas, christmasSecond],
    ],
  },
  DE: {
    holidays: [
      ...[newYear, goodFriday, easterMonday, labourDay, ascension, whitMonday],
      rule('holidays.germanUnity', fixed(10, 3)),
      ...[christmas, christmasSecond],
    ],
  },
  DK: {
    holidays: [
      ...[newYear, maundyThursday, goodFriday, easterSunday, easterMonday],
      rule('holidays.greatPrayerDay', easter(26), { until: 2023 }),
      ...[ascension, whitSunday, whitMonday, christmas, christmasSecond],
    ],
  },
  EE: {
    holidays: [
      ...[newYear, independenceDay(2, 24), goodFriday, easterSunday, labourDay, whitSunday],
      rule('holidays.victoryDay', fixed(6, 23)),
      stJohn,
      rule('holidays.independenceRestored', fixed(8, 20)),
      ...[christmasEve, christmas, christmasSecond],
    ],
  },
  ES: {
    holidays: [
      ...[newYear, epiphany, goodFriday, labourDay, assumption, nationalDay(10, 12), allSaints],
      rule('holidays.constitutionDay', fixed(12, 6)),
      ...[immaculateConception, christmas],
    ],
  },
  FI: {
    holidays: [
      ...[newYear, epiphany, goodFriday, easterSunday, easterMonday, labourDay, ascension, whitSunday, midsummer],
      rule('holidays.allSaints', from('SATURDAY', 10, 31)),
      ...[independenceDay(12, 6), christmas, stStephen],
    ],
  },
  FR: {
    holidays: [
      ...[newYear, easterMonday, labourDay, victoryDay, ascension, whitMonday, nationalDay(7, 14), assumption],
      ...[allSaints, armistice, christmas],
    ],
  },
  GB: {
    holidays: [
      rule('holidays.newYear', fixed(1, 1), weekendMoves),
      ...[goodFriday, easterMonday],
      rule('holidays.earlyMayHoliday', nth(1, 'MONDAY', 5)),
      rule('holidays.springHoliday', listed({ 2022: [6, 2] }, last('MONDAY', 5))),
      rule('holidays.summerHoliday', last('MONDAY', 8)),
      rule('holidays.christmas', fixed(12, 25), weekendMoves),
      rule('holidays.boxingDay', fixed(12, 26), weekendMoves),
    ],
  },
  GR: {
    holidays: [
      ...[newYear, epiphany],
      rule('holidays.cleanMonday', orthodox(-48)),
      independenceDay(3, 25),
      rule('holidays.goodFriday', orthodox(-2)),
      rule('holidays.easterMonday', orthodox(1)),
      labourDay,
      rule('holidays.whitMonday', orthodox(50)),
      assumption,
      rule('holidays.ochiDay', fixed(10, 28)),
      ...[christmas, christmasSecond],
    ],
  },
  HR: {
    holidays: [
      ...[newYear, epiphany, easterSunday, easterMonday, labourDay, nationalDay(5, 30), corpusChristi],
      rule('holidays.antiFascistDay', fixed(6, 22)),
      rule('holidays.croatianVictory', fixed(8, 5)),
      ...[assumption, allSaints],
      rule('holidays.remembranceDay', fixed(11, 18)),
      ...[christmas, stStephen],
    ],
  },
  IE: {
    holidays: [
      newYear,
      // The first Monday, or the first of February where that is a Friday.
      rule('holidays.stBrigid', (year) => firstMondayOrFriday(dateOf(year, 2, 1)), { since: 2023 }),
      rule('holidays.stPatrick', fixed(3, 17)),
      easterMonday,
      rule('holidays.mayHoliday', nth(1, 'MONDAY', 5)),
      rule('holidays.juneHoliday', nth(1, 'MONDAY', 6)),
      rule('holidays.augustHoliday', nth(1, 'MONDAY', 8)),
      rule('holidays.octoberHoliday', last('MONDAY', 10)),
      ...[christmas, stStephen],
    ],
  },
  IT: {
    holidays: [
      ...[newYear, epiphany, easterMonday],
      rule('holidays.liberationDay', fixed(4, 25)),
      labourDay,
      rule('holidays.republicDay', fixed(6, 2)),
      assumption,
      rule('holidays.stFrancis', fixed(10, 4), { since: 2026 }),
      ...[allSaints, immaculateConception, christmas, stStephen],
    ],
  },
  LT: {
    holidays: [
      newYear,
      rule('holidays.stateRestored', fixed(2, 16)),
      rule('holidays.independenceRestored', fixed(3, 11)),
      ...[easterSunday, easterMonday, labourDay],
      rule('holidays.mothersDay', nth(1, 'SUNDAY', 5)),
      rule('holidays.fathersDay', nth(1, 'SUNDAY', 6)),
      stJohn,
      rule('holidays.statehoodDay', fixed(7, 6)),
      ...[assumption, allSaints],
      rule('holidays.allSouls', fixed(11, 2)),
      ...[christmasEve, christmas, christmasSecond],
    ],
  },
  LU: {
    holidays: [
      ...[newYear, easterMonday, labourDay],
      rule('holidays.europeDay', fixed(5, 9)),
      ...[ascension, whitMonday, nationalDay(6, 23), assumption, allSaints, christmas, stStephen],
    ],
  },
  NL: {
    holidays: [
      ...[newYear, goodFriday, easterMonday],
      // The day before, where it would be a Sunday.
      rule(
        'holidays.kingsDay',
        (year) => dateOf(year, 4, 27) - (onOrAfter(dateOf(year, 4, 27), 'SUNDAY') === dateOf(year, 4, 27) ? 1 : 0),
      ),
      rule('holidays.liberationDay', fixed(5, 5)),
      ...[ascension, whitMonday, christmas, christmasSecond],
    ],
  },
  NO: {
    holidays: [
      ...[newYear, maundyThursday, goodFriday, easterSunday, easterMonday, labourDay],
      rule('holidays.constitutionDay', fixed(5, 17)),
      ...[ascension, whitSunday, whitMonday, christmas, christmasSecond],
    ],
  },
  PL: {
    holidays: [
      ...[newYear, epiphany, easterSunday, easterMonday, labourDay],
      rule('holidays.constitutionDay', fixed(5, 3)),
      ...[whitSunday, corpusChristi, assumption, allSaints, independenceDay(11, 11)],
      rule('holidays.christmasEve', fixed(12, 24), { since: 2025 }),
      ...[christmas, christmasSecond],
    ],
  },
  PT: {
    holidays: [
      ...[newYear, goodFriday, easterSunday],
      rule('holidays.freedomDay', fixed(4, 25)),
      ...[labourDay, corpusChristi],
      rule('holidays.portugalDay', fixed(6, 10)),
      assumption,
      rule('holidays.republicDay', fixed(10, 5)),
      allSaints,
      rule('holidays.independenceRestored', fixed(12, 1)),
      ...[immaculateConception, christmas],
    ],
  },
  RO: {
    holidays: [
      ...[newYear, newYearSecond],
      rule('holidays.epiphany', fixed(1, 6), { since: 2024 }),
      rule('holidays.stJohnTheBaptist', fixed(1, 7), { since: 2024 }),
      rule('holidays.unificationDay', fixed(1, 24)),
      rule('holidays.goodFriday', orthodox(-2)),
      rule('holidays.easterSunday', orthodox(0)),
      rule('holidays.easterMonday', orthodox(1)),
      labourDay,
      rule('holidays.childrensDay', fixed(6, 1)),
      rule('holidays.whitSunday', orthodox(49)),
      rule('holidays.whitMonday', orthodox(50)),
      rule('holidays.assumption', fixed(8, 15)),
      rule('holidays.stAndrew', fixed(11, 30)),
      ...[nationalDay(12, 1), christmas, christmasSecond],
    ],
  },
  SE: {
    holidays: [
      ...[newYear, epiphany, goodFriday, easterSunday, easterMonday, labourDay, ascension, whitSunday],
      ...[nationalDay(6, 6), midsummer],
      rule('holidays.allSaints', from('SATURDAY', 10, 31)),
      ...[christmas, christmasSecond],
    ],
  },
  SI: {
    holidays: [
      ...[newYear, newYearSecond],
      rule('holidays.preserenDay', fixed(2, 8)),
      ...[easterSunday, easterMonday],
      rule('holidays.uprisingDay', fixed(4, 27)),
      labourDay,
      rule('holidays.labourDaySecond', fixed(5, 2)),
      whitSunday,
      rule('holidays.statehoodDay', fixed(6, 25)),
      assumption,
      rule('holidays.reformationDay', fixed(10, 31)),
      allSaints,
      christmas,
      rule('holidays.independenceAndUnity', fixed(12, 26)),
    ],
  },
} satisfies Record<string, Country>;

function firstMondayOrFriday(first: number): number {
  return onOrAfter(first, 'FRIDAY') === first ? first : onOrAfter(first, 'MONDAY');
}
