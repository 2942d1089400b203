import { weekDayOf, WEEK_DAYS, type CalendarDate, type WeekDay } from '../domain/calendar';
import { orthodoxEaster, westernEaster } from './easter';

/** Day of each year on which a holiday falls; null: on none. */
export type When = (year: number) => CalendarDate | null;

/** The date of a year, a month (1–12) and a day of the Gregorian calendar. */
export function dateOf(year: number, month: number, day: number): CalendarDate {
  return Date.UTC(year, month - 1, day) / 86_400_000;
}

/** The first such day of the week on or after a date. */
export function onOrAfter(date: CalendarDate, weekDay: WeekDay): CalendarDate {
  return date + ((WEEK_DAYS.indexOf(weekDay) - weekDayOf(date) + 7) % 7);
}

/** The same date each year. */
export const fixed =
  (month: number, day: number): When =>
  (year) =>
    dateOf(year, month, day);

/** The first such day of the week on or after a date of each year. */
export const from =
  (weekDay: WeekDay, month: number, day: number): When =>
  (year) =>
    onOrAfter(dateOf(year, month, day), weekDay);

/** The n-th such day of the week in a month. */
export const nth = (n: number, weekDay: WeekDay, month: number): When => from(weekDay, month, 7 * n - 6);

/** The last such day of the week in a month. */
export const last =
  (weekDay: WeekDay, month: number): When =>
  (year) =>
    onOrAfter(dateOf(year, month + 1, 1) - 7, weekDay);

/** So many days after Easter Sunday, as most churches keep it. */
export const easter =
  (days: number): When =>
  (year) =>
    westernEaster(year) + days;

/** So many days after Easter Sunday of the Orthodox churches. */
export const orthodox =
  (days: number): When =>
  (year) =>
    orthodoxEaster(year) + days;

/** So many days after another. */
export const daysAfter =
  (other: When, days: number): When =>
  (year) => {
    const date = other(year);
    return date === null ? null : date + days;
  };

/** What stands in a list, by year, each as month and day; in other years what the rule says. */
export const listed =
  (list: Readonly<Record<number, readonly [month: number, day: number]>>, otherwise: When = () => null): When =>
  (year) => {
    const found = list[year];
    return found === undefined ? otherwise(year) : dateOf(year, ...found);
  };
