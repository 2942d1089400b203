import { DAY, type Instant } from '../domain/instant';

const WEEK = 7;

/**
 * By how many days rows have to be later for the first of them to lie in the first week of a period: whole weeks, so that each row
 * stays on its weekday.
 */
export function weeksOnto(first: Instant, from: Instant): number {
  return Math.ceil((from - first) / (WEEK * DAY)) * WEEK;
}
