import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  DAY,
  instantOf,
  readInstant,
  toIso,
  toIsoExact,
  toSecondsJson,
  toSecondsText,
} from '../../shared/domain/instant';
import { instant, zone } from './arbitraries';

const read = (value: unknown): number => {
  const reading = readInstant(value);
  if (!reading.ok) throw new Error(reading.reason);
  return reading.instant;
};

describe('reading instants (T1)', () => {
  test('a number is seconds, with its microseconds', () => {
    expect(read(1715070653.447744)).toBe(1715070653447744);
    expect(read(1717935013.121711)).toBe(1717935013121711);
    expect(read(0)).toBe(0);
    expect(read(-1.5)).toBe(-1500000);
  });

  test('13 digits are seconds too, in a far year, with a warning', () => {
    const reading = readInstant(1769841665123);
    expect(reading).toMatchObject({ ok: true, looksLikeMilliseconds: true });
    expect(toSecondsText(read(1769841665123))).toBe('1769841665123.000000000');
    expect(toIso(read(1769841665000), 'UTC')).toMatch(/^\+58054-/);
    expect(readInstant(99_999_999_999)).toMatchObject({ looksLikeMilliseconds: false });
    expect(readInstant(1e11)).toMatchObject({ looksLikeMilliseconds: true });
  });

  test('what lies too far off is told so, to the last instant that does not', () => {
    const farthest = 2 ** 62 / 1_000_000;
    for (const seconds of [farthest, -farthest]) expect(readInstant(seconds)).toMatchObject({ ok: true });
    for (const seconds of [4_611_686_018_428, -4_611_686_018_428, 1e300, '+160000-01-01T00:00:00Z'])
      expect(readInstant(seconds)).toEqual({ ok: false, reason: 'is out of range' });
  });

  test.each([
    ['2024-04-23T13:44:15+05:30', '2024-04-23T08:14:15Z'],
    ['2025-11-03T21:51:00.192Z', '2025-11-03T21:51:00.192Z'],
    ['2026-02-04T06:56:48.123456Z', '2026-02-04T06:56:48.123456Z'],
    ['1969-12-31T23:59:59.999999Z', '1969-12-31T23:59:59.999999Z'],
  ])('%s is %s', (text, same) => {
    expect(toIsoExact(read(text))).toBe(same);
  });

  test.each([
    ['2026-01-01'],
    ['2026-01-01T00:00:00'],
    ['yesterday'],
    [''],
    ['1767225600'],
    [null],
    [true],
    [{}],
    [[]],
    [NaN],
    [Infinity],
    [1e15],
    ['2026-02-30T00:00:00Z'],
  ])('%j is refused', (value) => {
    expect(readInstant(value).ok).toBe(false);
  });

  test('a text without zone says so', () => {
    expect(readInstant('2026-01-01T00:00:00')).toMatchObject({
      reason: expect.stringContaining('time zone') as string,
    });
  });
});

describe('printing instants (T2)', () => {
  test('nine decimals survive JSON', () => {
    expect(JSON.stringify({ expiresOn: toSecondsJson(1715070653447744) })).toBe('{"expiresOn":1715070653.447744000}');
  });

  test('ISO is cut to seconds in the zone', () => {
    expect(toIso(instantOf('2024-05-07T08:30:53.999Z'), 'UTC')).toBe('2024-05-07T08:30:53Z');
    expect(toIso(instantOf('2024-05-07T08:14:15Z'), 'Asia/Kolkata')).toBe('2024-05-07T13:44:15+05:30');
    expect(toIso(instantOf('2024-01-07T08:14:15Z'), 'Europe/London')).toBe('2024-01-07T08:14:15Z');
    expect(toIso(-1, 'UTC')).toBe('1969-12-31T23:59:59Z');
  });

  test('what is printed reads back as the same microsecond', () => {
    fc.assert(
      fc.property(instant, zone, (at, inZone) => {
        expect(read(JSON.parse(toSecondsText(at)))).toBe(at);
        expect(read(toIsoExact(at))).toBe(at);
        const cut = read(toIso(at, inZone));
        expect(at - cut).toBeGreaterThanOrEqual(0);
        expect(at - cut).toBeLessThan(1_000_000);
      }),
      { numRuns: 2_000 },
    );
  });

  test('far dates keep their milliseconds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1e11, max: 4.6e12 }), fc.integer({ min: 0, max: 999 }), (seconds, millis) => {
        const text = `${seconds}.${String(millis).padStart(3, '0')}`;
        expect(toSecondsText(read(Number(text)))).toBe(`${text}000000`);
      }),
    );
    expect(DAY).toBe(86_400_000_000);
  });
});
