import type { OrgSettings } from '../domain/settings';
import { message } from '../words/message';
import { finding, type Finding } from './json-path';
import { readScenario, type Scenario } from './scenario';
import { openBadge, settingsOf, type SimulatedBadge } from './simulated-badge';
import { stretchesOf, type Stretch } from './stretches';
import { Timeline } from './timeline';

/** A scenario whose badges exist and are claimed: all that a run needs besides its events. */
export interface PreparedScenario {
  scenario: Scenario;
  badges: readonly SimulatedBadge[];
  timeline: Timeline;
  /** By badge: the parts of the period over which its rules stand still. */
  stretches: readonly (readonly Stretch[])[];
}

export type Preparation = { ok: true; prepared: PreparedScenario } | { ok: false; findings: Finding[] };

/**
 * Reads a scenario whose badges are create bodies (paths have been replaced by what the files hold), and creates them.
 *
 * @param host settings of the org to simulate; the zone is the scenario's own
 */
export function prepareScenario(body: unknown, host: Partial<OrgSettings> = {}): Preparation {
  const reading = readScenario(body);
  if (!reading.ok) return reading;
  const { scenario } = reading;
  const findings: Finding[] = [];
  const badges: SimulatedBadge[] = [];
  scenario.badges.forEach((entry, index) => {
    const place = `badges[${index}].badge`;
    if (typeof entry.badge === 'string') {
      findings.push(finding(place, message('scenarios.unresolved', { path: entry.badge })));
      return;
    }
    const opening = openBadge(entry, entry.badge, scenario.from, settingsOf(scenario, host));
    if (opening.ok) badges.push(opening.badge);
    else
      findings.push(
        ...opening.findings.map((found) => ({ ...found, path: found.path === '' ? place : `${place}.${found.path}` })),
      );
  });
  if (findings.length > 0) return { ok: false, findings };
  const timeline = new Timeline(scenario.from, scenario.to, scenario.timeZone);
  return {
    ok: true,
    prepared: { scenario, badges, timeline, stretches: badges.map((badge) => stretchesOf(badge, timeline)) },
  };
}
