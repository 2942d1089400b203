import { toIso, type Instant } from '../../../shared/domain/instant';
import type { Zone } from '../../../shared/domain/calendar';

/** An instant for a person: `2026-11-22 14:05`, in the org's zone. */
export function instantInWords(instant: Instant, zone: Zone): string {
  return toIso(instant, zone).slice(0, 16).replace('T', ' ');
}
