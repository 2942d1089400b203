import { Temporal } from 'temporal-polyfill';

/**
 * A point in time: whole microseconds since 1970-01-01T00:00:00Z.
 *
 * A plain integer, so that windows are compared and counted without rounding (semantics T2). Instants between the
 * years 1685 and 2255 are exact to the microsecond; further out, where only mistyped dates live (semantics T1: a
 * 13-digit number is read as seconds), they are exact to the millisecond.
 */
export type Instant = number;

export const MICROSECOND = 1;
export const SECOND = 1_000_000;
export const HOUR = 3_600 * SECOND;
export const DAY = 24 * HOUR;

/** Beyond this an instant could no longer be printed back as it was read; the gateway calls such a date unreadable. */
export const FARTHEST = 2 ** 62;

/** Numbers from here on were most likely meant as milliseconds (semantics T1, warning 990101). */
const LOOKS_LIKE_MILLISECONDS = 1e11;

/** Whether an instant is one that was most likely meant as milliseconds and read as seconds (semantics T1). */
export function looksLikeMilliseconds(instant: Instant): boolean {
  return Math.abs(instant) >= LOOKS_LIKE_MILLISECONDS * SECOND;
}

export type InstantReading =
  | { ok: true; instant: Instant; looksLikeMilliseconds: boolean }
  | { ok: false; reason: string };

function secondsTextToInstant(text: string): Instant | undefined {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) return undefined;
  const [, sign, whole = '0', fraction = ''] = match;
  const fractionInMicros = fraction.slice(0, 6).padEnd(6, '0');
  const nearby = Number(whole) < 2 ** 33;
  // Far out a sum of two rounded terms would lose the milliseconds that one rounding keeps.
  const micros = nearby ? Number(whole) * SECOND + Number(fractionInMicros) : Number(BigInt(whole + fractionInMicros));
  return sign ? -micros : micros;
}

function readNumber(seconds: number): InstantReading {
  if (!Number.isFinite(seconds)) return { ok: false, reason: 'is not a number' };
  // String() gives the shortest decimal that names this number: reading that keeps the microseconds that were typed,
  // multiplying the binary fraction would not.
  const text = Math.abs(seconds) < 1e-6 ? '0' : String(seconds);
  const instant = secondsTextToInstant(text);
  if (instant === undefined || Math.abs(instant) > FARTHEST) return { ok: false, reason: 'is out of range' };
  return { ok: true, instant, looksLikeMilliseconds: Math.abs(seconds) >= LOOKS_LIKE_MILLISECONDS };
}

function readText(text: string): InstantReading {
  let parsed: Temporal.Instant;
  try {
    parsed = Temporal.Instant.from(text.replace(/^\+(\d{5})-/, '+0$1-'));
  } catch {
    const zoneless = /^\d{4}-\d\d-\d\dT[\d:.,]+$/.test(text);
    return {
      ok: false,
      reason: zoneless ? 'has no time zone: end it with Z or an offset such as +05:30' : 'is not an ISO-8601 instant',
    };
  }
  const instant = Number(parsed.epochNanoseconds / 1000n - (parsed.epochNanoseconds % 1000n < 0n ? 1n : 0n));
  if (Math.abs(instant) > FARTHEST) return { ok: false, reason: 'is out of range' };
  return { ok: true, instant, looksLikeMilliseconds: false };
}

/**
 * Reads an instant as the gateway does (semantics T1): a JSON number is seconds since the epoch, fraction allowed;
 * a string is ISO-8601 with `Z` or an offset. Anything else is refused with a reason that completes "The date …".
 */
export function readInstant(value: unknown): InstantReading {
  if (typeof value === 'number') return readNumber(value);
  if (typeof value === 'string') return readText(value);
  return { ok: false, reason: 'is neither a number of seconds nor an ISO-8601 text' };
}

/** The instant of an ISO-8601 text written in code, a test or a file Laurel made itself; throws RangeError on anything else. */
export function instantOf(iso: string): Instant {
  const reading = readText(iso);
  if (!reading.ok) throw new RangeError(`The date ${iso} ${reading.reason}.`);
  return reading.instant;
}

/** Seconds since the epoch with nine decimals, as the gateway prints them (semantics T2): `1715070653.447744000`. */
export function toSecondsText(instant: Instant): string {
  const magnitude = Math.abs(instant);
  const whole = Math.floor(magnitude / SECOND);
  let micros = magnitude - whole * SECOND;
  let seconds = String(whole);
  if (magnitude > Number.MAX_SAFE_INTEGER) {
    // Past the exact range the last digits are noise: print the milliseconds that are still certain.
    const millis = (BigInt(magnitude) + 500n) / 1000n;
    seconds = String(millis / 1000n);
    micros = Number(millis % 1000n) * 1000;
  }
  return `${instant < 0 ? '-' : ''}${seconds}.${String(micros).padStart(6, '0')}000`;
}

/** A JSON number of seconds that keeps its nine decimals through JSON.stringify (semantics T2). */
export function toSecondsJson(instant: Instant): unknown {
  return JSON.rawJSON(toSecondsText(instant));
}

/** Seconds since the epoch as a number, for reading and comparing; never for calculating. */
export function toSeconds(instant: Instant): number {
  return Number(toSecondsText(instant));
}

const epochInstant = (instant: Instant): Temporal.Instant =>
  Temporal.Instant.fromEpochMilliseconds(Math.floor(instant / 1000));

/** ISO-8601 in the given zone, cut to whole seconds, `Z` for UTC (semantics T2): `2024-05-07T13:44:15+05:30`. */
export function toIso(instant: Instant, zone: string): string {
  const cut = epochInstant(Math.floor(instant / SECOND) * SECOND);
  const text =
    zone === 'UTC'
      ? cut.toString({ smallestUnit: 'second' })
      : cut.toZonedDateTimeISO(zone).toString({ smallestUnit: 'second', timeZoneName: 'never' });
  // The gateway prints years past 9999 as +57906, without the leading zero of ISO's six digits.
  const year = text.replace(/^\+0/, '+');
  return year.endsWith('+00:00') ? `${year.slice(0, -6)}Z` : year;
}

/** ISO-8601 in UTC with every microsecond that the instant has; reads back as the same instant. */
export function toIsoExact(instant: Instant): string {
  return Temporal.Instant.fromEpochNanoseconds(BigInt(Math.round(instant)) * 1000n).toString();
}

/** The instant of a JavaScript clock reading in milliseconds. */
export function fromMilliseconds(milliseconds: number): Instant {
  return Math.round(milliseconds * 1000);
}

/** Milliseconds since the epoch, fraction cut off, for JavaScript dates and axes. */
export function toMilliseconds(instant: Instant): number {
  return Math.floor(instant / 1000);
}
