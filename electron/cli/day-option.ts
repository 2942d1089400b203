import { startOfDate, type CalendarDate, type Zone } from '../../shared/domain/calendar';
import { readInstant, type Instant } from '../../shared/domain/instant';
import { dateText } from '../../shared/simulation/timeline';
import { UsageError } from './command';

/** The date of a day such as 2026-12-24; null where a text is no day that there is. */
function dayIn(text: string): CalendarDate | null {
  const instant = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  const date = instant / 86_400_000;
  // Some runtimes read the 31st of a shorter month as the 1st of the next.
  return Number.isNaN(instant) || dateText(date) !== text ? null : date;
}

/** Reads an option that is a day. @throws UsageError */
export function dayFrom(text: string, option: string): CalendarDate {
  const date = dayIn(text);
  if (date === null) throw new UsageError(`${option} must be a day such as 2026-12-24, not ${text}.`);
  return date;
}

/**
 * Reads an end of a period: an instant, or a day of a zone, which is in the period whole.
 *
 * @param side a period begins with its `--from`, and ends before its `--to`; null where none was said
 * @throws UsageError
 */
export function periodEndFrom(text: string | undefined, side: '--from' | '--to', zone: Zone): Instant | null {
  if (text === undefined) return null;
  const date = dayIn(text);
  if (date !== null) return startOfDate(side === '--from' ? date : date + 1, zone);
  const reading = readInstant(text);
  if (reading.ok) return reading.instant;
  throw new UsageError(
    `${side} is a day such as 2025-01-31, or an ISO instant such as 2025-01-01T00:00:00Z, not “${text}”.`,
  );
}
