import { toIso, toSecondsJson, type Instant } from '../domain/instant';
import type { Zone } from '../domain/calendar';

/**
 * A dated response field and its ISO twin (gateway-api section 0): `{ startOn: 1716803487.000000000, startOnISO: '…' }`.
 * Both are null when there is no date.
 */
export function dated<K extends string>(key: K, instant: Instant | null, zone: Zone): Record<K | `${K}ISO`, unknown> {
  const pair: Record<string, unknown> = {
    [key]: instant === null ? null : toSecondsJson(instant),
    [`${key}ISO`]: instant === null ? null : isoOf(instant, zone),
  };
  return pair;
}

/** Dates so far out that no calendar reaches them (semantics T1: milliseconds read as seconds) have no ISO form. */
function isoOf(instant: Instant, zone: Zone): string | null {
  try {
    return toIso(instant, zone);
  } catch {
    return null;
  }
}
