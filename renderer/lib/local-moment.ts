import { Temporal } from 'temporal-polyfill';
import type { Zone } from '../../shared/domain/calendar';
import { dateInWords, momentInWords, monthWord } from './date-words';
import { say } from './say.svelte';

/** A reading a person can choose. */
export interface MomentChoice {
  label: string;
  moment: Temporal.ZonedDateTime;
}

/** One moment, or why there is none, with what may have been meant. */
export type MomentReading =
  | { moment: Temporal.ZonedDateTime; reason?: undefined }
  | { moment?: undefined; reason: string; choices: readonly MomentChoice[] };

/** Numbers of a date as they were typed, not yet known to exist. */
export interface DateNumbers {
  year: number;
  month: number;
  day: number;
}

/** A time of day as it was typed; 24:00 is not one. */
export interface TimeNumbers {
  hour: number;
  minute: number;
  second: number;
  microsecond: number;
}

const refused = (reason: string, choices: readonly MomentChoice[] = []): MomentReading => ({ reason, choices });

/** The date, or why it does not exist, in words. */
export function existingDate({ year, month, day }: DateNumbers): Temporal.PlainDate | string {
  if (month < 1 || month > 12) return say('phrases.noSuchMonth', { month: String(month) });
  const days = new Temporal.PlainYearMonth(year, month).daysInMonth;
  if (day < 1 || day > days)
    return say('phrases.noSuchDayOfMonth', { day: String(day), month: monthWord(month), year: String(year), days });
  return new Temporal.PlainDate(year, month, day);
}

/** What is wrong with a time of day, in words; null: it exists. */
function timeFault({ hour, minute, second }: TimeNumbers): string | null {
  if (hour > 23) return say('phrases.noSuchHour', { hour: String(hour) });
  if (minute > 59) return say('phrases.noSuchMinute', { minute: String(minute) });
  if (second > 59) return say('phrases.noSuchSecond', { second: String(second) });
  return null;
}

/**
 * A date without a time, at the given edge of its day: the first moment, or the last whole second. A day that the zone
 * skipped has neither.
 */
export function dayEdge(date: Temporal.PlainDate, zone: Zone, edge: 'start' | 'end'): MomentReading {
  const first = date.toZonedDateTime(zone);
  if (Temporal.PlainDate.compare(first.toPlainDate(), date) !== 0)
    return refused(say('phrases.skippedDay', { date: dateInWords(date), zone }), [choiceOf(first)]);
  if (edge === 'start') return { moment: first };
  // Where clocks go back over midnight the last seconds come twice; the day ends after the second time.
  return { moment: date.toPlainDateTime('23:59:59').toZonedDateTime(zone, { disambiguation: 'later' }) };
}

const choiceOf = (moment: Temporal.ZonedDateTime): MomentChoice => ({ label: momentInWords(moment), moment });

/** A date and a time in a zone. A time that a clock change skips is said, one that it repeats is asked for. */
export function localMoment(date: Temporal.PlainDate, time: TimeNumbers, zone: Zone): MomentReading {
  if (time.hour === 24 && time.minute === 0 && time.second === 0 && time.microsecond === 0) {
    const next = date.add({ days: 1 }).toZonedDateTime(zone);
    return refused(say('phrases.endOfDay'), [choiceOf(next)]);
  }
  const fault = timeFault(time);
  if (fault !== null) return refused(fault);
  const { hour, minute, second, microsecond } = time;
  const local = date.toPlainDateTime({
    hour,
    minute,
    second,
    millisecond: Math.floor(microsecond / 1000),
    microsecond: microsecond % 1000,
  });
  const earlier = local.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const later = local.toZonedDateTime(zone, { disambiguation: 'later' });
  if (Temporal.ZonedDateTime.compare(earlier, later) === 0) return { moment: earlier };
  if (!earlier.toPlainDateTime().equals(local))
    return refused(say('phrases.skippedTime', { zone }), [choiceOf(earlier), choiceOf(later)]);
  return refused(
    say('phrases.timeTwice', { zone }),
    [earlier, later].map((moment, order) => ({
      label: say(order === 0 ? 'phrases.firstOfTwo' : 'phrases.secondOfTwo', {
        moment: momentInWords(moment),
        offset: moment.offset,
      }),
      moment,
    })),
  );
}
