import { describe, expect, test } from 'vitest';
import { neverInWords, type NeverReason } from '../../shared/domain/explain';
import { readKeptSentence } from '../../shared/simulation/kept-sentences';
import { de } from '../../shared/words/de';
import { inEnglish } from '../../shared/words/english';
import { message, type Message } from '../../shared/words/message';
import { speaker } from '../../shared/words/speaker';

const { sayMessage } = speaker('de', de, 'de-DE');
const inGerman = (text: string): string | undefined => readKeptSentence(text)?.map(sayMessage).join(' ');

describe('an answer that is kept in English is read back as its key and facts', () => {
  const day = '14 March 2026';
  const name = 'Pumpkin “the first”, 50 % off. Really';
  test.each<Message>([
    message('answers.capLasts', { cap: 12_000 }),
    message('answers.capLastsInRuns', { cap: 1, runs: 1_000 }),
    message('answers.capRunsOut', { cap: 1_500, day }),
    message('answers.capGoneInAll', { cap: 5, day }),
    message('answers.capGoneInHalf', { cap: 5, day }),
    message('answers.capGoneInHalfLater', { cap: 5, day, ever: 9 }),
    message('answers.capGoneInSome', { cap: 5, day, count: 3, runs: 2_000 }),
    message('answers.capGoneInSomeLater', { cap: 5, day, count: 3, runs: 20, ever: 19 }),
    message('answers.nobodyTries', { name }),
    message('answers.onlyOneGets', { name }),
    message('answers.onlyOneTurnedAway', { name }),
    message('answers.allGet', { name, count: 40_000 }),
    message('answers.noneGet', { name, count: 2 }),
    message('answers.shareTurnedAway', { name, count: 4_321, share: 0.123 }),
    message('answers.nobodyNotActive', { name }),
    message('answers.nobodyNotClaimed', { name, reason: message('scenarios.noOwner') }),
    message('answers.nobodyNotClaimed', { name, reason: message('scenarios.noKindOfOwner', { type: 'Nobody' }) }),
    message('answers.nobodyNotClaimed', { name, reason: 'The gateway says no' }),
    message('answers.nobodyStartsLater', { name, day }),
    message('answers.nobodyEndedBefore', { name, day }),
    message('answers.nobodyEnrolled', { name }),
    message('answers.nobodyEnrolledRefused', { name }),
    message('answers.nobodyQualifies', { name }),
    message('answers.nobodyZeroLimit', { name }),
    message('answers.noRowInPeriod', { first: '2026-03-01T00:00:00Z', last: '2026-04-01T00:00:00Z' }),
  ])('$key', (words) => {
    const values = 'day' in words.values ? { ...words.values, day: '2026-03-14' } : words.values;
    expect(readKeptSentence(inEnglish(words))).toEqual([{ key: words.key, values }]);
  });

  test('what becomes of the cap stands before what becomes of the customers', () => {
    expect(
      inGerman(
        'The cap of 1,000 is gone by 2 May 2026 in 3 of 20 runs. 40.5 % of the 2,468 customers who try for “Mr. A. B.” are turned away.',
      ),
    ).toBe(
      'Die Obergrenze von 1.000 ist in 3 von 20 Läufen bis zum 2026-05-02 aufgebraucht. 40,5\u00a0% der 2.468 Kunden, die es mit „Mr. A. B.“ versuchen, gehen leer aus.',
    );
  });

  test('a text that no message gives is left as it is', () => {
    expect(readKeptSentence('It was told otherwise once.')).toBeNull();
    expect(readKeptSentence('The cap of 5 runs out on 2 May 2026. It was told otherwise once.')).toBeNull();
    expect(readKeptSentence('')).toBeNull();
  });
});

test.each<NeverReason>(['limit-is-zero', 'counts-for-ever', 'last-cycle', 'badge-ends', 'enrolment-ends'])(
  'why a place never frees is read back: %s',
  (reason) => {
    expect(readKeptSentence(neverInWords(reason))).toHaveLength(1);
  },
);

test.each([
  ['1,500 in all', '1.500 insgesamt'],
  ['2 in each cycle', '2 je Zyklus'],
  ['2 in the last day', '2 am letzten Tag'],
  ['2 in the last week', '2 in der letzten Woche'],
  ['2 in the last month', '2 im letzten Monat'],
  ['2 in the last 7 days', '2 in den letzten 7 Tagen'],
  ['2 in the last 3 weeks', '2 in den letzten 3 Wochen'],
  ['2 in the last 12 months', '2 in den letzten 12 Monaten'],
])('a limit is read back: %s', (english, german) => {
  expect(inGerman(english)).toBe(german);
});
