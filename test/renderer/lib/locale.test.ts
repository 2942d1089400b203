import { afterEach, expect, test } from 'vitest';
import { compact, money, plain } from '../../../renderer/features/simulate/answers';
import { dayText, longDayText, monthText } from '../../../renderer/features/simulate/day-text';
import { valueWords } from '../../../renderer/features/simulate/knob-words';
import { millisecondsText, timeOfDay } from '../../../renderer/features/sync/practice/call-wording';
import { formatNumber, formatRelative, formatShare } from '../../../renderer/lib/format';
import { locale } from '../../../renderer/lib/locale.svelte';
import { DAY, instantOf } from '../../../shared/domain/instant';

const NOW = instantOf('2026-03-01T09:00:00Z');

afterEach(() => locale.choose(null));

/** All ways in which a number, a date or a distance in time is written. */
const written = (): string[] => [
  formatNumber(1234),
  formatShare(0.125),
  formatRelative(NOW + 3 * DAY, NOW),
  formatRelative(NOW - 2 * DAY, NOW),
  formatRelative(NOW, NOW),
  plain(1234.56),
  compact(12_345),
  money(12.5, 'EUR'),
  dayText('2026-12-01'),
  longDayText('2026-12-01'),
  monthText('2026-12'),
  valueWords(1234.5),
  millisecondsText(1.25),
  timeOfDay(NOW, 'UTC'),
];

test('numbers, dates and distances in time are written by the chosen locale, and by another once that is chosen', () => {
  locale.choose('de-DE');
  expect(written()).toEqual([
    '1.234',
    '12,5\u00a0%',
    'in 3 Tagen',
    'vorgestern',
    'jetzt',
    '1.234,6',
    '12.345',
    '12,5 EUR',
    '1. Dez.',
    '1. Dez. 2026',
    'Dez. 2026',
    '1.234,5',
    '1,25',
    '09:00:00',
  ]);
  locale.choose('en-GB');
  expect(written()).toEqual([
    '1,234',
    '12.5%',
    'in 3 days',
    '2 days ago',
    'now',
    '1,234.6',
    '12.3k',
    '12.5 EUR',
    '1 Dec',
    '1 Dec 2026',
    'Dec 2026',
    '1,234.5',
    '1.25',
    '09:00:00',
  ]);
});
