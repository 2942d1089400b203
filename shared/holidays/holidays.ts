import { partsOfDate, weekDayOf, type CalendarDate } from '../domain/calendar';
import { COUNTRIES, type CountryCode } from './countries';
import type { HolidayName } from './names';
import type { InLieu } from './rule';

/** The years of which holidays are known: before, some were others; the laws that hold now may change at any time. */
export const FIRST_YEAR = 2022;
export const LAST_YEAR = 2040;

/** A public holiday on its day. */
export interface Holiday {
  date: CalendarDate;
  name: HolidayName;
  /** Whether it is the day that is free in the place of one that falls on a weekend. */
  isInLieu: boolean;
}

const SATURDAY = 5;
const SUNDAY = 6;

function dayInLieu(date: CalendarDate, how: InLieu, taken: ReadonlySet<CalendarDate>): CalendarDate | null {
  const weekDay = weekDayOf(date);
  if (weekDay < SATURDAY) return null;
  if (how === 'nearest-weekday') return weekDay === SATURDAY ? date - 1 : date + 1;
  if (how === 'next-weekday') {
    let next = date + 1;
    while (weekDayOf(next) >= SATURDAY || taken.has(next)) next += 1;
    return next;
  }
  if (weekDay !== SUNDAY) return null;
  if (how === 'monday-after-sunday') return taken.has(date + 1) ? null : date + 1;
  let next = date + 1;
  while (taken.has(next)) next += 1;
  return next;
}

function holidaysOfYear(country: CountryCode, year: number): Holiday[] {
  const { holidays, bridges = false } = COUNTRIES[country];
  const dated = holidays.flatMap(({ when, since = -Infinity, until = Infinity, ...rest }) => {
    const date = year < since || year > until ? null : when(year);
    return date === null ? [] : [{ ...rest, date }];
  });
  dated.sort((a, b) => a.date - b.date);
  const taken = new Set(dated.map(({ date }) => date));
  const all: Holiday[] = dated.map(({ date, name }) => ({ date, name, isInLieu: false }));
  for (const { date, name, inLieu } of dated) {
    const free = inLieu === undefined ? null : dayInLieu(date, inLieu, taken);
    if (free === null) continue;
    taken.add(free);
    all.push({ date: free, name, isInLieu: true });
  }
  if (bridges)
    for (const { date } of dated)
      if (taken.has(date + 2) && !taken.has(date + 1) && weekDayOf(date + 1) < SUNDAY)
        all.push({ date: date + 1, name: 'holidays.citizensHoliday', isInLieu: false });
  return all;
}

/**
 * The public holidays that hold in a whole country, by the laws of today, in order. Days of regions and days proclaimed for one year are
 * not among them.
 *
 * @param from first day
 * @param to last day, included; days outside of `FIRST_YEAR` to `LAST_YEAR` have no holidays
 */
export function holidaysIn(country: CountryCode, from: CalendarDate, to: CalendarDate): Holiday[] {
  const first = Math.max(FIRST_YEAR, partsOfDate(from).year);
  const end = Math.min(LAST_YEAR, partsOfDate(to).year);
  const found: Holiday[] = [];
  // A day in lieu may fall into the year before or after.
  for (let year = first - 1; year <= end + 1; year += 1) found.push(...holidaysOfYear(country, year));
  const within = ({ date }: Holiday): boolean => {
    const { year } = partsOfDate(date);
    return date >= from && date <= to && year >= FIRST_YEAR && year <= LAST_YEAR;
  };
  return found.filter(within).sort((a, b) => a.date - b.date);
}
