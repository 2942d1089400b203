import { getContext, setContext } from 'svelte';
import type { Zone } from '../../shared/domain/calendar';

const KEY = Symbol('zone of the org');

/** Tells everything below in which zone times are shown (semantics T4). */
export function provideOrgZone(zone: () => Zone): void {
  setContext(KEY, zone);
}

/** The zone in which times are shown; UTC for a component that stands alone. */
export function orgZone(): () => Zone {
  return getContext<(() => Zone) | undefined>(KEY) ?? (() => 'UTC');
}
