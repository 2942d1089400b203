import type { JudgedPolicy, PolicyText } from '../../../shared/ipc/policies-contract';
import { canonical } from '../../../shared/gateway/meaning';
import { finding } from '../../../shared/simulation/json-path';
import { lintScenario } from '../../../shared/simulation/lint';
import { readPolicy } from '../../../shared/simulation/policy';
import { lintCode, verdictsOf } from '../../../shared/simulation/policy-verdict';
import type { OrgSettings } from '../../../shared/domain/settings';
import { prepareScenario } from '../../../shared/simulation/prepared-scenario';
import { partsOfPath, setInScenario, valueAt, withSettings } from '../../../shared/simulation/scenario-value';
import type { BadgeResult } from '../../../shared/simulation/result';

type Runs = readonly Readonly<Record<string, BadgeResult>>[];

/**
 * Judges what a scenario came to by policies, each as `laurel test` does: one whose settings are not those of the
 * scenario is judged by a run with them.
 *
 * @param rules that the scenario is judged by, as settings
 * @param runs the replications of the scenario as it stands
 * @param runAgain runs a version of it, by the same rules
 */
export async function judgePolicies(
  body: unknown,
  rules: Partial<OrgSettings> | undefined,
  policies: readonly PolicyText[],
  runs: Runs,
  runAgain: (body: unknown) => Promise<Runs>,
): Promise<JudgedPolicy[]> {
  const judged: JudgedPolicy[] = [];
  for (const policy of policies) judged.push(await judge(body, rules, policy, runs, runAgain));
  return judged;
}

async function judge(
  body: unknown,
  rules: Partial<OrgSettings> | undefined,
  policy: PolicyText,
  runs: Runs,
  runAgain: (body: unknown) => Promise<Runs>,
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
  const verdicts = verdictsOf(reading.policy, judgedBy, warnings);
  return {
    ...policy,
    ok: verdicts.every(({ ok }) => ok),
    mistakes: [],
    verdicts,
    set: settings.map(({ path }) => path),
    replications: judgedBy.length,
  };
}
