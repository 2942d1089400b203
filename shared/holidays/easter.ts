import type { CalendarDate } from '../domain/calendar';
import { dateOf } from './dates';

/** Easter Sunday of the Gregorian calendar (the computus of Meeus, Jones and Butcher). */
export function westernEaster(year: number): CalendarDate {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const ofCentury = year % 100;
  const moon = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - Math.floor(century / 4) - moon + 15) % 30;
  const toSunday = (32 + 2 * (century % 4) + 2 * Math.floor(ofCentury / 4) - epact - (ofCentury % 4)) % 7;
  const late = Math.floor((golden + 11 * epact + 22 * toSunday) / 451);
  const counted = epact + toSunday - 7 * late + 114;
  return dateOf(year, Math.floor(counted / 31), (counted % 31) + 1);
}

/** How many days the Julian calendar is behind, from 1900 to 2099. */
const JULIAN_DAYS = 13;

/** Easter Sunday of the Orthodox churches, reckoned by the Julian calendar and told by the Gregorian (Meeus). Valid from 1900 to 2099. */
export function orthodoxEaster(year: number): CalendarDate {
  const moon = (19 * (year % 19) + 15) % 30;
  const toSunday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7;
  const counted = moon + toSunday + 114;
  return dateOf(year, Math.floor(counted / 31), (counted % 31) + 1) + JULIAN_DAYS;
}
