import path from 'node:path';
import type { Finding } from '../../shared/simulation/json-path';
import type { NamedByPerson } from '../backend/simulation/named-files';
import { loadScenario } from '../backend/simulation/load-scenario';

/** A finding as it is printed: in English, with no key. */
type ToldFinding = Pick<Finding, 'path' | 'message'>;

const told = ({ path, message }: Finding): ToldFinding => ({ path, message });

/** What is wrong with a scenario file, and what a person would want to know before running it. */
export interface ScenarioCheck {
  ok: boolean;
  mistakes: ToldFinding[];
  warnings: ToldFinding[];
}

/** Whether a file is a scenario by its name. */
export function isScenarioName(file: string): boolean {
  return file.endsWith('.scenario.json');
}

/** Validates a scenario with its badges and lints it, without running it. */
export function checkScenarioFile(cwd: string, file: string, named: NamedByPerson): ScenarioCheck {
  const loaded = loadScenario(path.resolve(cwd, file), [], named);
  return loaded.ok
    ? { ok: true, mistakes: [], warnings: loaded.warnings.map(told) }
    : { ok: false, mistakes: loaded.findings.map(told), warnings: [] };
}
