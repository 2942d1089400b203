import type { JsonObject } from './body-reader';
import type { Zone } from './calendar';
import { readInstant, SECOND, toIso, toIsoExact, toSeconds, type Instant } from './instant';

/** A date in a body: the key that holds it (the ISO twin wins: semantics T3), and what it says. */
export interface DateReading {
  key: string;
  instant: Instant | null;
  /** What is there when it is no date. */
  unreadable: string | null;
}

export function dateField(holder: JsonObject, key: string): DateReading {
  const twin = `${key}ISO`;
  const used = holder[twin] !== undefined && holder[twin] !== null ? twin : key;
  const value = holder[used];
  if (value === undefined || value === null) return { key: used, instant: null, unreadable: null };
  const reading = readInstant(value);
  return reading.ok
    ? { key: used, instant: reading.instant, unreadable: null }
    : { key: used, instant: null, unreadable: typeof value === 'string' ? value : JSON.stringify(value) };
}

/** How a date is written into a body: seconds where seconds were, else ISO-8601 in the org's zone (semantics T1). */
export function dateValue(instant: Instant, before: unknown, zone: Zone): string | number {
  if (typeof before === 'number') return toSeconds(instant);
  return instant % SECOND === 0 ? toIso(instant, zone) : toIsoExact(instant);
}

/** The key that says whether a badge is active: `active` wins over its synonym (semantics L3). */
export function activeKey(body: JsonObject): 'active' | 'isActive' {
  const has = (key: string): boolean => body[key] !== undefined && body[key] !== null;
  return !has('active') && has('isActive') ? 'isActive' : 'active';
}
