import { readInstant } from '../../../shared/domain/instant';
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

/** Whether a text is a day that there is, such as `2026-12-24`. */
export const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && readInstant(`${text}T00:00:00Z`).ok;
