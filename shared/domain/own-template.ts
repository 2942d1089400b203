import { changeBody } from './bulk-change';
import { dateField } from './body-dates';
import type { JsonObject } from './body-reader';
import { addDays, type Zone } from './calendar';
import type { Instant } from './instant';

const WEEK_DAYS = 7;
const WEEK = WEEK_DAYS * 86_400_000_000;

/**
 * What a template of a person's own becomes: the same body under another name. Where it would begin in the past (722), all
 * its dates are moved by whole weeks, so that it begins on the same day of the week, at the same time of day, in the
 * future. Dates that cannot be read stay as they are, and the form says so.
 *
 * @param body the create body that was kept
 * @param zone of the org, in which days are counted
 */
export function bodyOfTemplate(
  body: JsonObject,
  { name, now, zone }: { name: string; now: Instant; zone: Zone },
): JsonObject {
  const named = { ...body, name };
  const start = dateField(body, 'startOn').instant;
  if (start === null || start > now) return named;
  // A day that the clock makes longer or shorter can leave it just before now.
  let weeks = Math.floor((now - start) / WEEK) + 1;
  while (addDays(start, weeks * WEEK_DAYS, zone) <= now) weeks += 1;
  const days = weeks * WEEK_DAYS;
  const moved = changeBody(named, { kind: 'dates', which: 'all', days }, zone);
  if (!('kept' in moved)) return moved.body;
  const begun = changeBody(named, { kind: 'dates', which: 'start', days }, zone);
  return 'kept' in begun ? named : begun.body;
}
