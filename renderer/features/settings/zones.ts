import type { SelectOption } from '../../components/Select.svelte';

function offsetOf(zone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts();
  return parts.find((part) => part.type === 'timeZoneName')?.value.replace('GMT', 'UTC') ?? '';
}

/** All time zones the runtime knows, UTC first, with their present distance to UTC. */
export function zoneChoices(): SelectOption[] {
  const zones = Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC');
  return ['UTC', ...zones].map((zone) => ({
    value: zone,
    label: zone.replaceAll('_', ' '),
    description: offsetOf(zone),
  }));
}
