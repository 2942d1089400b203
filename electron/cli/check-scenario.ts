import path from 'node:path';
import type { Finding } from '../../shared/simulation/json-path';
import type { NamedByPerson } from '../backend/simulation/named-files';
import { loadScenario } from '../backend/simulation/load-scenario';

/** What is wrong with a scenario file, and what a person would want to know before running it. */
export interface ScenarioCheck {
  ok: boolean;
  mistakes: Finding[];
  warnings: Finding[];
}

/** Whether a file is a scenario by its name. */
export function isScenarioName(file: string): boolean {
  return file.endsWith('.scenario.json');
}

/** Validates a scenario with its badges and lints it, without running it. */
export function checkScenarioFile(cwd: string, file: string, named: NamedByPerson): ScenarioCheck {
  const loaded = loadScenario(path.resolve(cwd, file), [], named);
  return loaded.ok
    ? { ok: true, mistakes: [], warnings: loaded.warnings }
    : { ok: false, mistakes: loaded.findings, warnings: [] };
}
