import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instantOf, SECOND, toIsoExact } from '../../../shared/domain/instant';
import { readDateText } from '../../../renderer/lib/date-text';
import { formatTyped } from '../../../renderer/lib/format';

const now = instantOf('2026-11-18T10:20:30Z');
const read = (text: string, zone = 'UTC', edge: 'start' | 'end' = 'start'): string => {
  const reading = readDateText(text, { zone, now, edge });
  return reading.ok ? toIsoExact(reading.instant) : `refused: ${reading.reason}`;
};

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
    ['1716803487', '2024-05-27T09:51:27Z'],
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
      fc.constantFrom('UTC', 'Asia/Kolkata', 'America/New_York', 'Australia/Lord_Howe'),
      (seconds, zone) => {
        const shown = formatTyped(seconds * SECOND, zone);
        const reading = readDateText(shown, { zone, now, edge: 'end' });
        // The hour that a clock change repeats has one name for two instants.
        if (!reading.ok) throw new Error(reading.reason);
        expect(formatTyped(reading.instant, zone)).toBe(shown);
        if (zone === 'UTC' || zone === 'Asia/Kolkata') expect(reading.instant).toBe(seconds * SECOND);
      },
    ),
  );
});
