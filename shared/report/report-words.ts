import { dateAt, partsOfDate, type Zone } from '../domain/calendar';
import { readInstant, type Instant } from '../domain/instant';
import { readKeptSentence } from '../simulation/kept-sentences';
import type { Speaker } from '../words/speaker';

/** How numbers and days are written in one language. */
export class ReportWords {
  readonly #number: Intl.NumberFormat;
  readonly #fine: Intl.NumberFormat;
  readonly #money: Intl.NumberFormat;
  readonly #cents: Intl.NumberFormat;
  readonly #percent: Intl.NumberFormat;
  readonly #compact: Intl.NumberFormat;
  readonly #day: Intl.DateTimeFormat;
  readonly #shortDay: Intl.DateTimeFormat;

  constructor(readonly speaker: Speaker) {
    const { locale, language } = speaker;
    this.#number = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
    this.#fine = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
    this.#money = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
    this.#cents = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
    this.#percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
    this.#compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
    // The day before its month, as the sentences of an answer have it.
    const dates = language === 'en' ? 'en-GB' : locale;
    this.#day = new Intl.DateTimeFormat(dates, { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' });
    this.#shortDay = new Intl.DateTimeFormat(dates, { timeZone: 'UTC', day: 'numeric', month: 'short' });
  }

  get say(): Speaker['say'] {
    return this.speaker.say;
  }

  /** A count; a mean below a hundred has a decimal. */
  count(value: number): string {
    return (Math.abs(value) < 100 ? this.#fine : this.#number).format(value);
  }

  /** A few digits after the point, as people give rates. */
  rate(value: number): string {
    return this.#money.format(value);
  }

  money(value: number, currency: string): string {
    const amount = this.amount(value);
    return currency === '' ? amount : `${amount} ${currency}`;
  }

  /** Money without its currency; below a hundred with its cents, where it has any. */
  amount(value: number): string {
    if (Math.abs(value) >= 100) return this.#number.format(value);
    return (Number.isInteger(value) ? this.#number : this.#cents).format(value);
  }

  share(value: number): string {
    return this.#percent.format(value);
  }

  /** Short enough for an axis. */
  axis(value: number): string {
    return Math.abs(value) < 10_000 ? this.count(value) : this.#compact.format(value);
  }

  signed(value: number, words: string): string {
    return value > 0 ? `+${words}` : words.replace('-', '−');
  }

  /** `2026-03-14` as `14 March 2026`. */
  day(day: string): string {
    return this.#day.format(new Date(`${day}T00:00:00Z`));
  }

  /** `2026-03-14` as `14 Mar`. */
  shortDay(day: string): string {
    return day === '' ? '' : this.#shortDay.format(new Date(`${day}T00:00:00Z`));
  }

  /** `December`, from 1. */
  month(month: number): string {
    const options = { timeZone: 'UTC', month: 'long' } as const;
    return new Date(Date.UTC(2026, month - 1, 1)).toLocaleDateString(this.speaker.locale, options);
  }

  /** The day an instant of a result lies on. */
  dayOf(instant: string | Instant, zone: Zone): string {
    const reading = typeof instant === 'number' ? { ok: true as const, instant } : readInstant(instant);
    if (!reading.ok) return String(instant);
    const { year, month, day } = partsOfDate(dateAt(reading.instant, zone));
    return this.day(`${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}`);
  }

  /** An answer that is kept in English, in this language; a text of an older version stays as it was kept. */
  kept(text: string): string {
    if (this.speaker.language === 'en') return text;
    const messages = readKeptSentence(text);
    if (messages === null) return text;
    return messages
      .map(({ key, values }) =>
        this.speaker.sayMessage({
          key,
          values: typeof values['day'] === 'string' ? { ...values, day: this.day(values['day']) } : values,
        }),
      )
      .join(' ');
  }
}

const twoDigits = (part: number): string => String(part).padStart(2, '0');
