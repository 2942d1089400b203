import { dateAt, partsOfDate, type CalendarDate } from '../../../shared/domain/calendar';
import { readInstant } from '../../../shared/domain/instant';
import type { CountryCode } from '../../../shared/holidays/countries';
import { FIRST_YEAR, holidaysIn, LAST_YEAR, type Holiday } from '../../../shared/holidays/holidays';
import { dateText } from '../../../shared/simulation/timeline';
import type { Speaker } from '../../../shared/words/speaker';
import { words } from '../../lib/say.svelte';
import type { CalendarDraft, ScenarioDraft } from './scenario-draft';

/** A public holiday as it would stand in the calendar. */
export interface HolidayChoice {
  /** Tells it from the others of the list. */
  key: string;
  /** As `2026-12-25`. */
  day: string;
  name: string;
  /** Whether an entry of the calendar has this day and name already, in whatever language. */
  isThere: boolean;
}

/** What a holiday is called in a language. */
function holidayName({ name, isInLieu }: Holiday, speaker: Speaker): string {
  const holiday = speaker.say(name);
  return isInLieu ? speaker.say('calendar.inLieu', { holiday }) : holiday;
}

/** First and last day of a scenario, in its zone; null: its period cannot be read. */
function daysOf(draft: Pick<ScenarioDraft, 'from' | 'to' | 'timeZone'>): [CalendarDate, CalendarDate] | null {
  const [from, to] = [readInstant(draft.from), readInstant(draft.to)];
  return from.ok && to.ok && to.instant > from.instant
    ? [dateAt(from.instant, draft.timeZone), dateAt(to.instant - 1, draft.timeZone)]
    : null;
}

/**
 * The holidays of a country in the period of a scenario; null: the period cannot be read.
 *
 * @param others of languages in which an entry may have been named, beside that of the window
 */
export function holidayChoices(
  country: CountryCode,
  draft: Pick<ScenarioDraft, 'from' | 'to' | 'timeZone'>,
  entries: readonly CalendarDraft[],
  others: readonly Speaker[],
): HolidayChoice[] | null {
  const days = daysOf(draft);
  return days === null
    ? null
    : holidaysIn(country, ...days).map((holiday) => {
        const [day, name] = [dateText(holiday.date), holidayName(holiday, words.speaker)];
        const names = new Set([name, ...others.map((speaker) => holidayName(holiday, speaker))]);
        const isThere = entries.some((entry) => entry.from === day && names.has(entry.name ?? ''));
        return { key: `${day} ${name}`, day, name, isThere };
      });
}

/** Whether a part of the period lies in years of which no holidays are known. */
export function reachesUnknownYears(draft: Pick<ScenarioDraft, 'from' | 'to' | 'timeZone'>): boolean {
  const days = daysOf(draft);
  return days !== null && (partsOfDate(days[0]).year < FIRST_YEAR || partsOfDate(days[1]).year > LAST_YEAR);
}

/** The country that a locale names; null: none, or one whose holidays are not known. */
export function regionOf(locale: string): string | null {
  return new Intl.Locale(locale).region ?? null;
}

/** What a country is called in the language of the window. */
export const countryName = (code: CountryCode): string =>
  new Intl.DisplayNames(words.speaker.language, { type: 'region' }).of(code) ?? code;
