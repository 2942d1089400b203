import { z } from 'zod';
import { boundedList } from './bounded-list';
import { call } from './method';
import { policyText, type PolicyText } from './policies-contract';
import { askedScenario, type ScenarioOpening } from './simulation-contract';

/** How the files of scenarios and policies end. */
export const SCENARIO_ENDING = '.scenario.json';
export const POLICY_ENDING = '.policy.json';
/** Scenarios that one workspace keeps. */
export const MOST_KEPT_SCENARIOS = 1_000;

/** A scenario of the workspace, which is a file of its folder where it has one. */
export interface KeptScenario {
  /** Path of its file in the folder: what it is known by, with a folder or without. */
  file: string;
  /** As the scenario says; that of the file where it says none. */
  name: string;
  /** How many policies name it. */
  policies: number;
  /** Another one with every change of it or of a policy beside it. */
  version: string;
}

/** Which state of a scenario and its policies an editor has. */
export interface KeptState {
  file: string;
  version: string;
  /** Badges that it takes from files, as these were when it was opened; a state of an older version has none. */
  named?: readonly NamedBadge[] | undefined;
}

const file = z.string().min(1).max(4_000);
const namedBadge = z.object({
  /** Of the badge in the scenario. */
  key: z.string().max(1_000),
  /** As the scenario names it. */
  file,
  /** Of the badge in it, however it is written there. */
  digest: z.string().max(100),
});
export type NamedBadge = z.infer<typeof namedBadge>;
const document = z.object({ file, text: z.string().max(4_000_000) });
/** A document as it was, to have it back. */
export type RemovedDocument = z.infer<typeof document>;

export const keptScenariosMethods = {
  /** By name. */
  'scenarios.list': call<readonly KeptScenario[]>()(() => z.object({})),
  /** Those whose name or file has every word of a search, by name; at most `limit`. */
  'scenarios.find': call<readonly Pick<KeptScenario, 'file' | 'name'>[]>()(() =>
    z.object({ search: z.string().min(1).max(200), limit: z.number().int().min(1).max(100) }),
  ),
  /** Not-found where it is gone. */
  'scenarios.open': call<ScenarioOpening & { kept: KeptState }>()(() => z.object({ file })),
  /**
   * Keeps a scenario with the policies beside it. Conflict where the one of this file is another than the version that was
   * opened, unless it is to be replaced. `moved` are badge files that stay named, and whose badge is another by now than the
   * one in the editor.
   */
  'scenarios.keep': call<KeptState & { policies: readonly PolicyText[]; moved: readonly string[] }>()(() =>
    z.object({
      scenario: askedScenario,
      policies: boundedList(policyText, 100, 'lists.policies'),
      /** Null: it is a new one, under a free name. */
      kept: z
        .object({
          file,
          version: z.string().max(100),
          named: boundedList(namedBadge, 1_000, 'lists.badges').readonly().optional(),
          replace: z.boolean().default(false),
        })
        .nullable(),
    }),
  ),
  /** Takes a scenario and its policies away, and their files with them. Not-found where it is gone. */
  'scenarios.remove': call<{ removed: readonly RemovedDocument[] }>()(() => z.object({ file })),
  /** Brings back what was taken away; what is there by now stays. */
  'scenarios.putBack': call<null>()(() => z.object({ documents: boundedList(document, 1_000, 'lists.policies') })),
};
