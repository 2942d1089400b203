import { answerSentence } from '../../../shared/simulation/answer-sentence';
import { lintScenario } from '../../../shared/simulation/lint';
import type { BadgeAnswers } from '../../../shared/ipc/simulation-contract';
import { prepareScenario, type PreparedScenario } from '../../../shared/simulation/prepared-scenario';
import { keptResultRules, settingsOfRules } from '../../../shared/simulation/result-rules';
import type { BadgeResult, SimulationResult } from '../../../shared/simulation/result';
import { whyNobody } from '../../../shared/simulation/why-nobody';
import type { ReportBadge, ReportVersion } from '../../../shared/report/report-model';
import { capOf } from '../simulation/simulations';

/**
 * A version of a scenario that is at hand.
 *
 * @param replications the badges of each run, or null where only the result of all is known
 */
export function scenarioVersion(
  { name, changes, body }: { name: string; changes: readonly string[]; body: unknown },
  prepared: PreparedScenario,
  result: SimulationResult,
  replications: readonly Readonly<Record<string, BadgeResult>>[] | null,
): ReportVersion {
  const { scenario } = prepared;
  return {
    ...{ name, changes, result, scenario, findings: lintScenario(prepared, body) },
    badges: prepared.badges.map((badge): ReportBadge => {
      const { key } = badge.entry;
      const runs = replications?.map((answers) => answers[key]!) ?? [result.badges[key]!];
      const cap = capOf(badge);
      const whys = runs.map((run) => whyNobody(badge, scenario, run));
      const nobody = whys.includes(null) ? null : (whys[0] ?? null);
      const exhausted = runs.map(({ exhaustedAt }) => exhaustedAt);
      return {
        ...{ key, name: badge.definition.name, definition: badge.definition, cap, nobody },
        sentence: answerSentence({
          ...{ result, key, name: badge.definition.name, zone: scenario.timeZone, exhausted, nobody },
          // Without the runs themselves it is not known in how many of them the cap is gone by a day.
          cap: replications === null && result.replications > 1 ? null : cap,
        }),
      };
    }),
  };
}

/** A version of which there is the result and nothing else. */
export function resultVersion(name: string, result: SimulationResult): ReportVersion {
  return {
    ...{ name, result, changes: [], scenario: null, findings: [] },
    badges: Object.keys(result.badges).map((key): ReportBadge => ({
      ...{ key, name: key, definition: null, cap: null, nobody: null },
      sentence: answerSentence({
        ...{ result, key, name: key, zone: 'UTC', cap: null, exhausted: [], nobody: null },
      }),
    })),
  };
}

/** A version that a workspace keeps, with the answers that were told when it was run. @param name as it is kept */
export function keptVersion(
  name: string,
  body: unknown,
  result: SimulationResult,
  answers: readonly BadgeAnswers[],
): ReportVersion {
  const preparation = prepareScenario(body, settingsOfRules(keptResultRules(result)));
  // What this version of Laurel reads no more was answered all the same.
  const prepared = preparation.ok ? preparation.prepared : null;
  return {
    ...{ name, changes: [], result, scenario: prepared?.scenario ?? null },
    findings: prepared === null ? [] : lintScenario(prepared, body),
    badges: answers.map(({ key, name: badge, sentence, nobody, cap }): ReportBadge => ({
      ...{ key, name: badge, sentence, nobody: nobody ?? null, cap },
      definition: prepared?.badges.find(({ entry }) => entry.key === key)?.definition ?? null,
    })),
  };
}
