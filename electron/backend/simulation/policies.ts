import path from 'node:path';
import { filesBelow } from '../../disk/files-below';
import { readRegular } from '../../disk/regular-file';
import { causeOf } from '../../disk/system-reasons';
import { message } from '../../../shared/words/message';
import { jsonMistake } from '../../../shared/words/json-mistakes';
import { readJson } from '../../../shared/domain/json';
import { readJsonBytes } from '../../../shared/domain/json-bytes';
import type { Finding } from '../../../shared/simulation/json-path';
import { isTooDeep, TOO_DEEP } from '../../../shared/simulation/nesting';
import { readPolicy, type Policy } from '../../../shared/simulation/policy';
import { lintCode, verdictsOf, type Verdict } from '../../../shared/simulation/policy-verdict';
import { finding } from '../../../shared/simulation/json-path';
import { partsOfPath } from '../../../shared/simulation/scenario-value';
import { loadScenario } from './load-scenario';
import { fileNamedIn, type NamedByPerson } from './named-files';
import type { ResultRules } from '../../../shared/simulation/result-rules';
import { isUnplayed, NOTHING_PLAYED } from './judged-policies';
import { runSimulation, type SimulationOptions } from './run';

/** Bytes; as of a scenario. */
const LARGEST = 64_000_000;
export const ENDING = '.policy.json';

/** What became of one policy file. */
export interface PolicyReport {
  /** As it was named, or found in a folder that was. */
  file: string;
  ok: boolean;
  /** Null where the policy or its scenario could not be read. */
  run: { scenario: string; engine: string; seed: number; replications: number } | null;
  /** What is wrong with the policy or its scenario, so that nothing could be judged. */
  mistakes: { file: string; path: string; message: string }[];
  /** In the order of the policy's expectations. */
  verdicts: Verdict[];
}

/** Policy files that a person named, and those in folders that were. @throws the system's error where one cannot be read */
export function policyFilesIn(cwd: string, named: readonly string[]): string[] {
  return filesBelow(cwd, named, ENDING);
}

/** @returns `body` as well where it is JSON, whatever it says */
export function readPolicyFile(
  file: string,
): { ok: true; policy: Policy; body: unknown } | { ok: false; findings: Finding[]; body?: unknown } {
  const not = (found: Finding) => ({ ok: false as const, findings: [found] });
  let bytes: Uint8Array;
  try {
    bytes = readRegular(file, LARGEST);
  } catch (error) {
    return not(finding('', message('scenarios.cannotBeRead', { reason: causeOf(error) })));
  }
  const decoded = readJsonBytes(bytes, TextDecoder);
  if (!decoded.ok) return not(finding('', message('scenarios.text', { text: decoded.reason })));
  const reading = readJson(decoded.text);
  if (!reading.ok) return not(finding('', jsonMistake(reading.mistake)));
  if (isTooDeep(reading.value)) return { ok: false, findings: [finding('', TOO_DEEP)] };
  return { ...readPolicy(reading.value), body: reading.value };
}

/**
 * Runs the scenario of a policy file and judges what came of it.
 *
 * @param name of the file, relative to `cwd`
 * @param named files outside the policy's folder that scenarios may read
 * @param options `warned` hears, before the run, of what the scenario's file warns of
 * @param rules that the scenario is judged by; null: as Laurel reads the documents
 * @throws Failure as `runSimulation` does; `cancelled` where the signal was raised
 */
export async function runPolicy(
  cwd: string,
  name: string,
  named: NamedByPerson,
  options: SimulationOptions & { warned?(file: string, warnings: readonly Finding[]): void },
  rules: ResultRules | null = null,
): Promise<PolicyReport> {
  const file = path.resolve(cwd, name);
  const told = (of: string, findings: readonly Finding[]): PolicyReport => ({
    file: name,
    ok: false,
    run: null,
    mistakes: findings.map(({ path: place, message }) => ({ file: of, path: place, message })),
    verdicts: [],
  });
  const read = readPolicyFile(file);
  if (!read.ok) return told(name, read.findings);
  const { policy } = read;
  const found = fileNamedIn(path.dirname(file), policy.scenario, named);
  if (!found.ok)
    return told(name, [
      finding('scenario', message('scenarios.ofFile', { file: policy.scenario, reason: found.reason })),
    ]);
  const settings = Object.entries(policy.set).map(([place, value]) => ({ path: place, value }));
  const loaded = loadScenario(found.path, settings, named, rules);
  if (!loaded.ok) return told(path.join(path.dirname(name), policy.scenario), loaded.findings);
  // A slip of the pen in a setting would be judged as if it had not been made.
  const unknown = loaded.warnings.filter(
    (warning) =>
      lintCode(warning) === 'unknownField' &&
      settings.some((setting) => partsOfPath(setting.path).join() === partsOfPath(warning.path).join()),
  );
  if (unknown.length > 0)
    return told(
      name,
      unknown.map(({ path: place, message }) => ({ path: `set: ${place}`, message })),
    );
  options.warned?.(path.join(path.dirname(name), policy.scenario), loaded.warnings);
  const { result, replications, replay } = await runSimulation(loaded.job, options);
  replay?.dispose();
  if (isUnplayed(loaded.prepared, result.events.total)) return told(name, [NOTHING_PLAYED]);
  const verdicts = verdictsOf(policy, replications, loaded.warnings, loaded.job.settings);
  return {
    file: name,
    ok: verdicts.every(({ ok }) => ok),
    run: {
      scenario: result.scenario,
      engine: result.engine,
      seed: result.seed,
      replications: result.replications,
    },
    mistakes: [],
    // What a program reads is the English text; words for a window would double it.
    verdicts: verdicts.map(withoutWords),
  };
}

function withoutWords(verdict: Verdict): Verdict {
  if (verdict.kind === 'mistake') {
    const { words: _, ...mistake } = verdict;
    return mistake;
  }
  return verdict.kind === 'lint'
    ? { ...verdict, found: verdict.found.map(({ words: _, ...found }) => found) }
    : verdict;
}
