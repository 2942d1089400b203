import type { JudgedPolicy, PolicyText } from '../../../shared/ipc/policies-contract';
import { canonical } from '../../../shared/gateway/meaning';
import { finding } from '../../../shared/simulation/json-path';
import { lintScenario } from '../../../shared/simulation/lint';
import { readPolicy } from '../../../shared/simulation/policy';
import { lintCode, verdictsOf } from '../../../shared/simulation/policy-verdict';
import type { OrgSettings } from '../../../shared/domain/settings';
import { prepareScenario, type PreparedScenario } from '../../../shared/simulation/prepared-scenario';
import { partsOfPath, setInScenario, valueAt, withSettings } from '../../../shared/simulation/scenario-value';
import type { BadgeResult } from '../../../shared/simulation/result';
import { message } from '../../../shared/words/message';

/** What policies judge: every replication's badges, and how many events were played. */
export interface JudgedRuns {
  replications: readonly Readonly<Record<string, BadgeResult>>[];
  events: number;
}

/** Of nothing that was played nothing can be said: nobody is turned away, and a cap lasts. */
export const NOTHING_PLAYED = finding('scenario', message('scenarios.policyNothingPlayed'));

/** Whether a scenario replays a file of which no row was played. */
export const isUnplayed = ({ scenario }: PreparedScenario, events: number): boolean =>
  scenario.events !== null && events === 0;

/**
 * Judges what a scenario came to by policies, each as `laurel test` does: one whose settings are not those of the
 * scenario is judged by a run with them.
 *
 * @param rules that the scenario is judged by, as settings
 * @param runs of the scenario as it stands
 * @param runAgain runs a version of it, by the same rules
 */
export async function judgePolicies(
  body: unknown,
  rules: Partial<OrgSettings> | undefined,
  policies: readonly PolicyText[],
  runs: JudgedRuns,
  runAgain: (body: unknown) => Promise<JudgedRuns>,
): Promise<JudgedPolicy[]> {
  const judged: JudgedPolicy[] = [];
  for (const policy of policies) judged.push(await judge(body, rules, policy, runs, runAgain));
  return judged;
}

async function judge(
  body: unknown,
  rules: Partial<OrgSettings> | undefined,
  policy: PolicyText,
  runs: JudgedRuns,
  runAgain: (body: unknown) => Promise<JudgedRuns>,
): Promise<JudgedPolicy> {
  const not = (mistakes: JudgedPolicy['mistakes']): JudgedPolicy => ({
    ...{ ...policy, ok: false, mistakes, verdicts: [], set: [], replications: 0 },
  });
  const reading = readPolicy(policy.body);
  if (!reading.ok) return not(reading.findings);
  const settings = Object.entries(reading.policy.set)
    .map(([path, value]) => ({ path, value }))
    .filter(({ path, value }) => canonical(valueAt(body, path)) !== canonical(value));
  const copy = withSettings(body, []);
  const unset = settings.flatMap((setting) => {
    const reason = setInScenario(copy, setting);
    return reason === null ? [] : [finding(`set: ${setting.path}`, reason)];
  });
  if (unset.length > 0) return not(unset);
  const preparation = prepareScenario(copy, rules);
  if (!preparation.ok) return not(preparation.findings);
  const warnings = lintScenario(preparation.prepared, copy);
  // A slip of the pen in a setting would be judged as if it had not been made.
  const slips = warnings.filter(
    (warning) =>
      lintCode(warning) === 'unknownField' &&
      settings.some(({ path }) => partsOfPath(path).join() === partsOfPath(warning.path).join()),
  );
  if (slips.length > 0) return not(slips.map((slip) => ({ ...slip, path: `set: ${slip.path}` })));
  const judgedBy = settings.length === 0 ? runs : await runAgain(copy);
  if (isUnplayed(preparation.prepared, judgedBy.events)) return not([NOTHING_PLAYED]);
  const verdicts = verdictsOf(reading.policy, judgedBy.replications, warnings, rules);
  return {
    ...policy,
    ok: verdicts.every(({ ok }) => ok),
    mistakes: [],
    verdicts,
    set: settings.map(({ path }) => path),
    replications: judgedBy.replications.length,
  };
}
