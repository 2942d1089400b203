/** Each stretch of a simulated period counts to the date that the clocks of its zone show (semantics T4). */
import { expect, test } from 'vitest';
import { dateAt } from '../../shared/domain/calendar';
import { HOUR, instantOf } from '../../shared/domain/instant';
import { stretchesOf } from '../../shared/simulation/stretches';
import { badgeBody, prepared, scenarioBody } from './scenarios';

const periods: readonly [zone: string, from: string, to: string][] = [
  ['America/St_Johns', '2010-11-05T00:00:00Z', '2010-11-10T00:00:00Z'],
  // From within the first minute of the 7th, and from within the hour of the 6th that comes again.
  ['America/St_Johns', '2010-11-07T02:30:30Z', '2010-11-09T00:00:00Z'],
  ['America/St_Johns', '2010-11-07T03:00:00Z', '2010-11-09T00:00:00Z'],
  ['Pacific/Apia', '2011-12-27T00:00:00Z', '2012-01-03T00:00:00Z'],
  ['Europe/Berlin', '2026-10-23T00:00:00Z', '2026-10-28T00:00:00Z'],
];

test.each(periods)('%s from %s to %s', (timeZone, from, to) => {
  const badge = badgeBody({ startOnISO: '2010-01-01T00:00:00Z', expiresOnISO: '2030-01-01T00:00:00Z' });
  const scenario = scenarioBody({ timeZone, from, to }, { badge });
  const { badges, timeline } = prepared(scenario);
  const stretches = stretchesOf(badges[0]!, timeline);
  expect([stretches[0]?.start, stretches.at(-1)?.end]).toEqual([instantOf(from), instantOf(to)]);
  for (const [index, { start, end, day }] of stretches.entries()) {
    expect(start, 'one after the other').toBe(index === 0 ? timeline.from : stretches[index - 1]!.end);
    for (const at of [start, (start + end) / 2, end - 1]) {
      const shown = Math.max(dateAt(at, timeZone), timeline.firstDate);
      expect(timeline.dateOf(day), new Date(at / 1_000).toISOString()).toBe(shown);
    }
    expect(end - start).toBeLessThanOrEqual(25 * HOUR);
  }
});
