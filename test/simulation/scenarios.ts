import { readFileSync } from 'node:fs';
import path from 'node:path';
import { prepareScenario, type PreparedScenario } from '../../shared/simulation/prepared-scenario';
import { badgeBody as aBadgeBody, NEVER, OWNER } from '../domain/badge-bodies';

export const SCENARIOS = path.join(import.meta.dirname, '..', 'fixtures', 'scenarios');

export type Json = Record<string, unknown>;

/** A badge of direct awards that lives as long as {@link scenarioBody}, dated as a gateway prints it. */
export function badgeBody(changes: Json = {}): Json {
  const { startOn: _start, expiresOn: _end, ...rest } = aBadgeBody({ name: 'Test badge', earnedBadgeExpiry: NEVER });
  const life = { startOnISO: '2026-03-01T00:00:00Z', expiresOnISO: '2026-06-01T00:00:00Z' };
  return { ...rest, ...life, customerConstraints: [], badgeConstraints: [], ...changes };
}

/** A scenario of one badge and one segment with the given changes. */
export function scenarioBody(changes: Json = {}, badge: Json = {}): Json {
  return {
    schema: 'laurel/scenario@1',
    name: 'Test',
    seed: 3,
    timeZone: 'UTC',
    from: '2026-03-01T00:00:00Z',
    to: '2026-06-01T00:00:00Z',
    replications: 1,
    badges: [{ key: 'badge', badge: badgeBody(), owner: OWNER, trigger: { every: 1 }, ...badge }],
    customers: { segments: [{ name: 'regulars', size: 400, activity: { perWeek: 1.2, dispersion: 0.5 } }] },
    events: null,
    ...changes,
  };
}

export function prepared(body: unknown): PreparedScenario {
  const preparation = prepareScenario(body);
  if (!preparation.ok) throw new Error(JSON.stringify(preparation.findings));
  return preparation.prepared;
}

/** The ready fixture with its badge file put in place. */
export function springScenario(): Json {
  const body = JSON.parse(readFileSync(path.join(SCENARIOS, 'spring.scenario.json'), 'utf8')) as Json & {
    badges: Json[];
  };
  const badge = JSON.parse(readFileSync(path.join(SCENARIOS, 'badges', 'streak.badge.json'), 'utf8')) as Json;
  return { ...body, badges: [{ ...body.badges[0], badge }] };
}
