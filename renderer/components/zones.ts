import { say } from '../lib/say.svelte';
import type { SelectOption } from './Select.svelte';

/** Browsers still list these places by names that their people no longer use. */
const NAMES_OF_TODAY: Readonly<Record<string, string>> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Godthab': 'America/Nuuk',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
};

function offsetOf(zone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts();
  const offset = parts.find((part) => part.type === 'timeZoneName')?.value.replace('GMT', 'UTC') ?? '';
  return offset === 'UTC' ? 'UTC+00:00' : offset;
}

const place = (zone: string): string => zone.replaceAll('_', ' ');

/** All time zones the runtime knows, UTC first, with their present distance to UTC. */
export function zoneChoices(): SelectOption[] {
  const zones = Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC');
  return ['UTC', ...zones].map((listed) => {
    const zone = NAMES_OF_TODAY[listed] ?? listed;
    const offset = offsetOf(listed);
    return {
      value: zone,
      label: place(zone),
      description: zone === listed ? offset : say('components.zoneFormerly', { offset, name: place(listed) }),
    };
  });
}
