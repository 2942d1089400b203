import path from 'node:path';
import type { Finding } from '../../shared/simulation/json-path';
import type { ResultRules } from '../../shared/simulation/result-rules';
import type { Setting } from '../../shared/simulation/scenario-value';
import { loadScenario, type LoadedScenario } from '../backend/simulation/load-scenario';
import type { NamedByPerson } from '../backend/simulation/named-files';
import type { Terminal } from './command';
import { findingLine } from './simulation-words';

/** A scenario that can be run. */
export type Loaded = Extract<LoadedScenario, { ok: true }>;

/** Warnings of a file on standard error, such as a value to set that the engine does not know. */
export function tellWarnings(
  terminal: Terminal,
  file: string,
  warnings: readonly Pick<Finding, 'path' | 'message'>[],
): void {
  for (const warning of warnings) terminal.error(`${findingLine(file, warning)} (warning)`);
}

/**
 * What is wrong with scenarios that were read, and what they warn of, on standard error; what several of one file have
 * in common is said once.
 *
 * @returns the scenarios in their order; null where one has mistakes
 */
export function toldOf(
  terminal: Terminal,
  read: readonly { file: string; scenario: LoadedScenario }[],
): readonly Loaded[] | null {
  const told = new Set<string>();
  const once = (file: string, { path: at, message }: Finding, tell: () => void): void => {
    const key = JSON.stringify([file, at, message]);
    if (!told.has(key)) tell();
    told.add(key);
  };
  for (const { file, scenario } of read) {
    if (scenario.ok)
      for (const warning of scenario.warnings) once(file, warning, () => tellWarnings(terminal, file, [warning]));
    else for (const finding of scenario.findings) once(file, finding, () => terminal.error(findingLine(file, finding)));
  }
  const sound = read.flatMap(({ scenario }) => (scenario.ok ? [scenario] : []));
  return sound.length === read.length ? sound : null;
}

/**
 * Reads a scenario that a person named, tells its mistakes and warnings on standard error.
 *
 * @returns null where it has mistakes
 */
export function loadTold(
  terminal: Terminal,
  file: string,
  settings: readonly Setting[],
  named: NamedByPerson,
  rules: ResultRules | null,
): Loaded | null {
  const scenario = loadScenario(path.resolve(terminal.cwd, file), settings, named, rules);
  return toldOf(terminal, [{ file, scenario }])?.[0] ?? null;
}
