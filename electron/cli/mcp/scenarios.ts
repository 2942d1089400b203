import { z } from 'zod';
import { findingLine } from '../simulation-words';
import { loadScenario } from '../../backend/simulation/load-scenario';
import { partsOfPath, type Setting } from '../../../shared/simulation/scenario-value';
import { UsageError } from '../command';
import type { Loaded } from '../loaded-scenario';
import { linesFailure } from '../plain-failure';
import { carried } from '../../../shared/simulation/scenario-mistakes';
import { message } from '../../../shared/words/message';
import { isWithin } from './bounds';
import type { Roots } from './roots';

/** Characters of a value to set, which may be a whole badge. */
const LONGEST_VALUE = 1_000_000;

/** Values of a scenario that a call changes. */
const setting = z.strictObject({
  path: z
    .string()
    .min(1)
    .max(500)
    .describe('Path of the value, such as badges.0.badge.badgeConstraints.0.maxEarnLimit; places count from 0.'),
  value: z
    .unknown()
    .refine((given) => isWithin(given, LONGEST_VALUE), {
      error: carried(message('scenarios.mostCharacters', { most: LONGEST_VALUE })),
    })
    .describe(`The new value, as JSON; ${LONGEST_VALUE.toLocaleString('en')} characters at most.`),
});

/** Arguments of every tool that runs a scenario. */
export const SCENARIO_INPUT = {
  scenario: z.string().min(1).max(4_000).describe('Path of a *.scenario.json file; list_files names those there are.'),
  set: z.array(setting).max(200).default([]).describe('Values to change for this call only; no file is written.'),
  seed: z.int().optional().describe('Another seed; the same scenario, seed and version give the same numbers.'),
};

export const replications = z
  .int()
  .min(1)
  .max(100_000)
  .optional()
  .describe('Run this many times on different draws; bounded together with the number of customers.');

type Given = {
  set: readonly { path: string; value: unknown }[];
  seed?: number | undefined;
  replications?: number | undefined;
};

/** What a call changes in a scenario. @throws UsageError for what would let it read another file */
export function settingsOf({ set, seed, replications: runs }: Given): Setting[] {
  const settings: Setting[] = set.map(({ path, value }) => ({ path, value }));
  const another = settings.find(({ path }) => partsOfPath(path)[0] === 'events');
  if (another !== undefined)
    throw new UsageError(
      `set cannot change ${another.path}: which transactions are read stands in the scenario's file. Name a scenario that reads the ones you mean.`,
    );
  if (seed !== undefined) settings.push({ path: 'seed', value: seed });
  if (runs !== undefined) settings.push({ path: 'replications', value: runs });
  return settings;
}

/** A scenario inside the folders that may be read. @throws Failure with every mistake in it */
export function loadInside(roots: Roots, name: string, settings: readonly Setting[]): Loaded {
  const loaded = loadScenario(roots.find(name), settings, { paths: roots.folders });
  if (loaded.ok) return loaded;
  const lines = loaded.findings.map((each) => findingLine(name, each));
  throw linesFailure('invalid-input', ['The scenario has mistakes, and nothing was run. Mend these first:', ...lines]);
}

/** What a scenario that can be run warns of, such as a value to set that the engine does not know. */
export function warningsOf({ warnings }: Loaded): { path: string; message: string }[] {
  return warnings.map(({ path, message }) => ({ path, message }));
}
