import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instantOf, SECOND, toIsoExact } from '../../../shared/domain/instant';
import { readDateText } from '../../../renderer/lib/date-text';
import { formatTyped } from '../../../renderer/lib/format';
import { locale } from '../../../renderer/lib/locale.svelte';
import { words } from '../../../renderer/lib/say.svelte';
import { de } from '../../../shared/words/de';
import { en } from '../../../shared/words/en';

const now = instantOf('2026-11-18T10:20:30Z');
const read = (text: string, zone = 'UTC', edge: 'start' | 'end' = 'start', locale = 'en-US'): string => {
  const reading = readDateText(text, { zone, now, edge, locale });
  if (!reading.ok) return `refused: ${reading.reason}${reading.choices.map(({ label }) => ` [${label}]`).join('')}`;
  return `${toIsoExact(reading.instant)}${reading.note === undefined ? '' : ` (${reading.note})`}`;
};

describe('what is counted from a start', () => {
  const at = (text: string, start: string): string => {
    const since = { at: instantOf(start), called: 'the start' };
    const reading = readDateText(text, { zone: 'Europe/Berlin', now, edge: 'end', locale: 'en-US', since });
    return reading.ok ? `${toIsoExact(reading.instant)} ${reading.note ?? '-'}` : reading.reason;
  };

  test.each([
    ['in 5 weeks', '2027-03-01T00:00:00+01:00', '2027-04-04T22:00:00Z counted from the start'],
    ['+1 month', '2027-03-01T00:00:00+01:00', '2027-03-31T22:00:00Z counted from the start'],
    ['in 3 Monaten', '2027-03-01T00:00:00+01:00', '2027-05-31T22:00:00Z counted from the start'],
    // A start behind us would put the end behind us, too.
    ['in 5 weeks', '2026-03-01T00:00:00+01:00', '2026-12-23T10:20:30Z -'],
    ['5 weeks from now', '2027-03-01T00:00:00+01:00', '2026-12-23T10:20:30Z -'],
    ['tomorrow', '2027-03-01T00:00:00+01:00', '2026-11-19T22:59:59Z -'],
    ['end of next quarter', '2027-03-01T00:00:00+01:00', '2027-03-31T21:59:59Z -'],
  ])('%s from %s', (text, start, expected) => {
    expect(at(text, start)).toBe(expected);
  });
});

describe('dates as people type them', () => {
  test.each([
    ['now', '2026-11-18T10:20:30Z'],
    ['today', '2026-11-18T00:00:00Z'],
    ['Tomorrow', '2026-11-19T00:00:00Z'],
    ['in 3 months', '2027-02-18T10:20:30Z'],
    ['+2 weeks', '2026-12-02T10:20:30Z'],
    ['a year from now', '2027-11-18T10:20:30Z'],
    ['two days ago', '2026-11-16T10:20:30Z'],
    ['in 1 quarter', '2027-02-18T10:20:30Z'],
    ['start of next month', '2026-12-01T00:00:00Z'],
    ['beginning of this week', '2026-11-16T00:00:00Z'],
    ['end of next quarter', '2027-03-31T23:59:59Z'],
    ['end of the year', '2026-12-31T23:59:59Z'],
    ['q1 2027', '2027-01-01T00:00:00Z'],
    ['end of q2 2027', '2027-06-30T23:59:59Z'],
    ['1 March 2027', '2027-03-01T00:00:00Z'],
    ['next monday', '2026-11-23T00:00:00Z'],
    ['12 Dec at 9:30', '2026-12-12T09:30:00Z'],
    ['2027-03-01', '2027-03-01T00:00:00Z'],
    ['2027-03-01 09:05', '2027-03-01T09:05:00Z'],
    ['2027-03-01T09:05:01.250000', '2027-03-01T09:05:01.25Z'],
    ['2027-03-01T09:05:00+05:30', '2027-03-01T03:35:00Z'],
    ['1716803487', '2024-05-27T09:51:27Z (Read as seconds since 1970)'],
    ['1716803487000', '2024-05-27T09:51:27Z (Read as milliseconds since 1970)'],
    ['-86400', '1969-12-31T00:00:00Z (Read as seconds since 1970)'],
    ['20270301', '2027-03-01T00:00:00Z'],
    ['202703010905', '2027-03-01T09:05:00Z'],
    ['20270301090507', '2027-03-01T09:05:07Z'],
    ['2027-3-1', '2027-03-01T00:00:00Z'],
    ['2027/03/01', '2027-03-01T00:00:00Z'],
    ['2027.3.1', '2027-03-01T00:00:00Z'],
    ['2027年3月1日', '2027-03-01T00:00:00Z'],
    ['March 1, 2027', '2027-03-01T00:00:00Z'],
    ['1st of March 2027', '2027-03-01T00:00:00Z'],
    ['1-Mar-2027', '2027-03-01T00:00:00Z'],
    ['1 March 27', '2027-03-01T00:00:00Z'],
    ['Monday 1 March 2027', '2027-03-01T00:00:00Z'],
    ['Mon, 1 Mar 2027 09:30', '2027-03-01T09:30:00Z'],
    ['1 March 2027 at 9:30 pm', '2027-03-01T21:30:00Z'],
    ['1 March 2027 12 am', '2027-03-01T00:00:00Z'],
    ['1 March 9:30', '2027-03-01T09:30:00Z'],
    ['3/4/2027 9:30 pm', '2027-03-04T21:30:00Z'],
    ['March 2027', '2027-03-01T00:00:00Z'],
    ['29 February', '2028-02-29T00:00:00Z'],
    ['2027-03-01 09:00 UTC', '2027-03-01T09:00:00Z'],
    ['2027-03-01 09:00 -02:30', '2027-03-01T11:30:00Z'],
    ['٢٠٢٧-٠٣-٠١', '2027-03-01T00:00:00Z'],
    ['in 5 weeks', '2026-12-23T10:20:30Z'],
  ])('%s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  test('a date without a time means the given edge of its day', () => {
    expect(read('2027-03-01', 'UTC', 'end')).toBe('2027-03-01T23:59:59Z');
    expect(read('1 March 2027', 'UTC', 'end')).toBe('2027-03-01T23:59:59Z');
    expect(read('q1 2027', 'UTC', 'end')).toBe('2027-03-31T23:59:59Z');
    expect(read('2027-03-01 08:00', 'UTC', 'end')).toBe('2027-03-01T08:00:00Z');
  });

  test('the org zone decides what a day is, across a clock change too', () => {
    expect(read('2027-03-28', 'Europe/Berlin')).toBe('2027-03-27T23:00:00Z');
    expect(read('2027-03-28', 'Europe/Berlin', 'end')).toBe('2027-03-28T21:59:59Z');
    expect(read('tomorrow', 'Asia/Kolkata')).toBe('2026-11-18T18:30:00Z');
    expect(read('12 Dec at 9:30', 'Asia/Kolkata')).toBe('2026-12-12T04:00:00Z');
  });

  test.each(['soon', 'badge 3', '2027-13-01', '2027-02-30', 'in many months', '', 'in 9999999999 years'])(
    '“%s” is refused with a reason that helps',
    (text) => {
      expect(read(text)).toMatch(/^refused: .+/);
    },
  );
});

test('what a field shows reads back as the same instant, to the second', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 4_102_444_800 }),
      fc.constantFrom(
        'UTC',
        'Asia/Kolkata',
        'America/New_York',
        'Australia/Lord_Howe',
        'America/St_Johns',
        'Pacific/Apia',
      ),
      (seconds, zone) => {
        const shown = formatTyped(seconds * SECOND, zone);
        const reading = readDateText(shown, { zone, now, edge: 'end', locale: 'en-US' });
        if (!reading.ok) throw new Error(reading.reason);
        expect(formatTyped(reading.instant, zone)).toBe(shown);
        expect(reading.instant).toBe(seconds * SECOND);
      },
    ),
  );
});

describe('the order of day and month is the locale’s', () => {
  test.each<[string, string, string | RegExp]>([
    ['03/04/2027', 'en-US', '2027-03-04T00:00:00Z'],
    ['03/04/2027', 'en-GB', '2027-04-03T00:00:00Z'],
    ['03/04/2027', 'fr-FR', '2027-04-03T00:00:00Z'],
    ['03-04-2027', 'nl-NL', '2027-04-03T00:00:00Z'],
    ['3/4/27', 'en-US', '2027-03-04T00:00:00Z'],
    ['3/4', 'en-US', '2027-03-04T00:00:00Z'],
    ['3/4', 'en-GB', '2027-04-03T00:00:00Z'],
    ['08.02.2027', 'de-DE', '2027-02-08T00:00:00Z'],
    ['08.02.2027', 'en-GB', '2027-02-08T00:00:00Z'],
    ['08.02.2027', 'en-US', /can mean two days.*\[Monday 8 February 2027\] \[Monday 2 August 2027\]/],
    ['08.08.2027', 'en-US', '2027-08-08T00:00:00Z'],
    ['31.12.2027', 'en-US', '2027-12-31T00:00:00Z'],
    ['1.3.27', 'de-DE', '2027-03-01T00:00:00Z'],
    ['1. 3. 2027', 'cs-CZ', '2027-03-01T00:00:00Z'],
    ['1.3.', 'de-DE', '2027-03-01T00:00:00Z'],
    ['1.3.2027 9:30', 'de-DE', '2027-03-01T09:30:00Z'],
    ['1.3.2027 um 9.30 Uhr', 'de-DE', '2027-03-01T09:30:00Z'],
    ['1. März 2027', 'de-DE', '2027-03-01T00:00:00Z'],
    ['Montag, 1. März 2027', 'de-DE', '2027-03-01T00:00:00Z'],
    ['1er mars 2027', 'fr-FR', '2027-03-01T00:00:00Z'],
    ['1 de marzo de 2027', 'es-ES', '2027-03-01T00:00:00Z'],
    ['25/12/2027', 'en-US', /no month 25.*\[Saturday 25 December 2027\]/],
    ['12/25/2027', 'en-GB', /no month 25.*\[Saturday 25 December 2027\]/],
    ['03/04/2027', 'sv-SE', /can mean two days/],
    ['27/03/04', 'ja-JP', /can mean/],
    ['31/12/99', 'en-GB', /can mean two days.*1999.*2099/],
    ['01032027', 'en-US', /Which day.*\[Monday 1 March 2027\] \[Sunday 3 January 2027\]/],
  ])('“%s” in %s', (text, locale, expected) => {
    if (typeof expected === 'string') expect(read(text, 'UTC', 'start', locale)).toBe(expected);
    else expect(read(text, 'UTC', 'start', locale)).toMatch(expected);
  });
});

describe('what does not exist is said', () => {
  test.each<[string, RegExp]>([
    ['31 April 2027', /no day 31 in April 2027: it has 30 days/],
    ['2027-04-31', /no day 31 in April 2027/],
    ['29 Feb 2027', /no day 29 in February 2027: it has 28 days/],
    ['29.02.2027', /no day 29 in February 2027|no month 29/],
    ['20271301', /no month 13/],
    ['20270230', /no day 30 in February/],
    ['2027-13-01', /no month 13/],
    ['2027-00-10', /no month 0/],
    ['0 March 2027', /no day 0/],
    ['2027-03-01 24:00', /00:00 of the next day.*\[Tuesday 2 March 2027 00:00\]/],
    ['2027-03-01 25:00', /no hour 25/],
    ['2027-03-01 09:60', /no minute 60/],
    ['2027-03-01 09:00:60', /no second 60/],
    ['2027-03-01T09:00:60Z', /no second 60/],
    ['1 March 2027 13 pm', /no 13 pm/],
    ['Tuesday 1 March 2027', /is a Monday, not a Tuesday.*\[Monday 1 March 2027\]/],
    ['2027', /is a year. Which day/],
    ['270301', /not a date/],
    ['5', /not a date/],
    ['1.5', /not a date/],
    ['3-4', /not a date/],
    ['1/2/3/4', /not a date/],
    ['1 March - 5 March', /not a date/],
    ['99999999999999999', /not a date/],
  ])('“%s”', (text, said) => {
    expect(read(text)).toMatch(/^refused: /);
    expect(read(text)).toMatch(said);
  });
});

describe('clock changes', () => {
  test.each<[string, string, RegExp]>([
    [
      '2027-03-28 02:30',
      'Europe/Berlin',
      /does not exist in Europe\/Berlin.*\[Sunday 28 March 2027 01:30\] \[Sunday 28 March 2027 03:30\]/,
    ],
    ['28 March 2027 2:30 am', 'Europe/Berlin', /does not exist/],
    ['2027-10-31 02:30', 'Europe/Berlin', /twice.*first time \(UTC\+02:00\)\].*second time \(UTC\+01:00\)/],
    ['2027-10-03 02:15', 'Australia/Lord_Howe', /does not exist/],
    ['2027-04-04 01:45', 'Australia/Lord_Howe', /twice.*UTC\+11:00.*UTC\+10:30/],
    ['2010-11-06 23:30', 'America/St_Johns', /twice.*UTC-02:30.*UTC-03:30/],
    ['2011-12-30', 'Pacific/Apia', /no Friday 30 December 2011.*\[Saturday 31 December 2011 00:00\]/],
    ['2011-12-30 12:00', 'Pacific/Apia', /does not exist/],
    ['2018-11-04 00:00', 'America/Sao_Paulo', /does not exist/],
  ])('“%s” in %s is said or asked', (text, zone, said) => {
    expect(read(text, zone)).toMatch(said);
  });

  test('a day begins and ends where its zone lets it', () => {
    expect(read('2018-11-04', 'America/Sao_Paulo')).toBe('2018-11-04T03:00:00Z');
    expect(read('2011-12-29', 'Pacific/Apia', 'end')).toBe('2011-12-30T09:59:59Z');
    expect(read('2010-11-06', 'America/St_Johns', 'end')).toBe('2010-11-07T03:29:59Z');
  });

  test('the offset decides between the two', () => {
    expect(read('2027-10-31 02:30 +02:00', 'Europe/Berlin')).toBe('2027-10-31T00:30:00Z');
    expect(read('2027-10-31 02:30 +01:00', 'Europe/Berlin')).toBe('2027-10-31T01:30:00Z');
  });
});

describe('dates as people say them in German', () => {
  test.each([
    ['jetzt', '2026-11-18T10:20:30Z'],
    ['Heute', '2026-11-18T00:00:00Z'],
    ['morgen', '2026-11-19T00:00:00Z'],
    ['in 3 Monaten', '2027-02-18T10:20:30Z'],
    ['in einem Jahr', '2027-11-18T10:20:30Z'],
    ['vor zwei Tagen', '2026-11-16T10:20:30Z'],
    ['Anfang des nächsten Monats', '2026-12-01T00:00:00Z'],
    ['Anfang nächster Woche', '2026-11-23T00:00:00Z'],
    ['Beginn dieser Woche', '2026-11-16T00:00:00Z'],
    ['Ende des nächsten Quartals', '2027-03-31T23:59:59Z'],
    ['Ende dieses Jahres', '2026-12-31T23:59:59Z'],
    ['Ende des Jahres', '2026-12-31T23:59:59Z'],
    ['nächsten Montag', '2026-11-23T00:00:00Z'],
    ['1. März 2027', '2027-03-01T00:00:00Z'],
    ['Montag, 1. März 2027', '2027-03-01T00:00:00Z'],
  ])('%s', (text, instant) => {
    expect(read(text)).toBe(instant);
  });

  test('what is said half is not guessed', () => {
    expect(read('in drei')).toMatch(/^refused/);
    expect(read('Ende der Kampagne')).toMatch(/^refused/);
  });
});

test('every date that a field suggests is read, in each language', () => {
  for (const texts of [en.phrases, de.phrases])
    for (const [key, text] of Object.entries(texts))
      if (/^date[A-Z]/.test(key)) expect(read(text), text).not.toMatch(/^refused/);
});

test('answers in the language of the window', async () => {
  locale.chooseLanguage('de');
  await words.follow();
  try {
    expect(read('2027-02-30')).toBe('refused: Im Februar 2027 gibt es den 30. nicht: Der Monat hat 28 Tage.');
    expect(read('Dienstag, 1. März 2027')).toBe(
      'refused: Der 1. März 2027 ist ein Montag, kein Dienstag. [Montag, 1. März 2027]',
    );
  } finally {
    locale.chooseLanguage(null);
    await words.follow();
  }
});
