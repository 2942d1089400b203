import type { HolidayName } from './names';
import type { When } from './dates';

/**
 * Which day is free in place of one that falls on a weekend: the next weekday that is no holiday; the Monday after a Sunday, where it is
 * none; Friday for a Saturday and Monday for a Sunday; or the next day after a Sunday that is no holiday.
 */
export type InLieu = 'next-weekday' | 'monday-after-sunday' | 'nearest-weekday' | 'next-day-after-sunday';

/** A holiday of a country. */
export interface HolidayRule {
  name: HolidayName;
  when: When;
  /** First and last year in which it is one; absent: all. */
  since?: number;
  until?: number;
  /** Absent: none is. */
  inLieu?: InLieu;
}

/** The holidays of a country that hold in the whole of it. */
export interface Country {
  holidays: readonly HolidayRule[];
  /** Whether a weekday between two holidays is one, too. */
  bridges?: boolean;
}

/** A holiday from all there is to say of it. */
export function rule(name: HolidayName, when: When, rest: Omit<HolidayRule, 'name' | 'when'> = {}): HolidayRule {
  return { name, when, ...rest };
}
