import { readInstant, toIso, type Instant } from '../../../../shared/domain/instant';
import type { Zone } from '../../../../shared/domain/calendar';
import type { Recording } from '../../../../shared/fidelity/recording';

const WRITTEN = /"\w+ISO"\s*:\s*"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(Z|[+-]\d\d:\d\d))"/g;
/** Different dates that are looked at; more would tell no more. */
const MOST_DATES = 200;

/** Zones that many orgs have, before others that keep the same time. */
const COMMON: readonly Zone[] = [
  ...['UTC', 'Asia/Kolkata', 'Europe/Berlin', 'Europe/London', 'America/New_York', 'America/Chicago'],
  ...['America/Los_Angeles', 'Asia/Singapore', 'Asia/Dubai', 'Asia/Tokyo', 'Australia/Sydney', 'America/Sao_Paulo'],
];

/** The offsets that an org wrote, each with an instant: of each day one. */
function offsetsOf({ calls }: Pick<Recording, 'calls'>): { at: Instant; offset: string }[] {
  const found = new Map<string, { at: Instant; offset: string }>();
  for (const { answer } of calls) {
    for (const [, text = '', offset = ''] of (answer?.body ?? '').matchAll(WRITTEN)) {
      const reading = readInstant(text);
      if (reading.ok) found.set(`${text.slice(0, 10)} ${offset}`, { at: reading.instant, offset });
      if (found.size >= MOST_DATES) return [...found.values()];
    }
  }
  return [...found.values()];
}

function keeps(zone: Zone, { at, offset }: { at: Instant; offset: string }): boolean {
  try {
    const written = toIso(at, zone);
    return offset === 'Z' ? written.endsWith('Z') : written.endsWith(offset);
  } catch {
    // Past what a calendar reaches: it tells nothing.
    return true;
  }
}

/**
 * The zone in which an org writes its dates, as far as its answers tell: others may keep the same time. Null where no
 * answer has such a date, or none fits all of them.
 */
export function toldZone(recording: Pick<Recording, 'calls'>): Zone | null {
  const offsets = offsetsOf(recording);
  if (offsets.length === 0) return null;
  const zones = [...COMMON, ...Intl.supportedValuesOf('timeZone')];
  return zones.find((zone) => offsets.every((written) => keeps(zone, written))) ?? null;
}
