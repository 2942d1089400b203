import { partsOfDate, dateAt, type Zone } from '../domain/calendar';
import type { Instant } from '../domain/instant';

const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];

/** `14 March 2026` in a zone. */
export function dayInWords(at: Instant, zone: Zone): string {
  const { year, month, day } = partsOfDate(dateAt(at, zone));
  return `${day} ${MONTHS[month - 1] ?? ''} ${year}`;
}

/** `2026-03-14` of a day as {@link dayInWords} says it; null for any other text. */
export function dayOfWords(text: string): string | null {
  const [, day = '', name = '', year = ''] = /^(\d{1,2}) ([A-Z][a-z]+) (\d{4})$/.exec(text) ?? [];
  const month = MONTHS.indexOf(name) + 1;
  return month === 0 ? null : `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`;
}
