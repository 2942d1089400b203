import { dateTimeFormat } from '../../lib/format';
import { say } from '../../lib/say.svelte';

const DAY = { timeZone: 'UTC', day: 'numeric', month: 'short' } as const;

const dayOf = (day: string, options: Intl.DateTimeFormatOptions): string =>
  dateTimeFormat(options).format(new Date(`${day}T00:00:00Z`));

/** `2026-03-01` on an axis. */
export const dayText = (day: string): string => dayOf(day, DAY);

/** `2026-03-01` in a sentence. */
export const longDayText = (day: string): string => dayOf(day, { ...DAY, year: 'numeric' });

/** `2026-03`. */
export const monthText = (month: string): string =>
  month === '' ? say('simulate.noEvent') : dayOf(`${month}-01`, { timeZone: 'UTC', month: 'short', year: 'numeric' });
