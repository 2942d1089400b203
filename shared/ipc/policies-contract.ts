import { z } from 'zod';
import type { Finding } from '../simulation/json-path';
import type { Verdict } from '../simulation/policy-verdict';
import { boundedList } from './bounded-list';
import { call, job } from './method';
import type { PickedFile } from './native';
import type { RunProgress } from './simulation-contract';

/** A policy (`laurel/policy@1`) as it stands in its file, and what that is called. */
export const policyText = z.object({ name: z.string().min(1).max(1000), body: z.record(z.string(), z.unknown()) });
export type PolicyText = z.input<typeof policyText>;

/** What came of a policy beside a result. */
export interface JudgedPolicy extends PolicyText {
  ok: boolean;
  /** What is wrong with it, so that nothing could be judged. */
  mistakes: readonly Finding[];
  /** In the order of its expectations. */
  verdicts: readonly Verdict[];
  /** Settings of its own that the run beside it does not have: it was judged by a run with them. */
  set: readonly string[];
  /** Runs that it was judged by. */
  replications: number;
}

export type PolicyOpening =
  | {
      ok: true;
      policy: PolicyText;
      /** The scenario file that it names, where that is at hand. */
      scenario: PickedFile | null;
    }
  | { ok: false; name: string; mistakes: readonly Finding[] };

export const policiesMethods = {
  /** Reads a policy file that was chosen. */
  'simulation.openPolicy': call<PolicyOpening>()(() => z.object({ token: z.string().min(1).max(100) })),
  /** Judges a kept result by these policies, and keeps with it what came of it. The scenario is run again for it. */
  'simulation.judge': job<RunProgress, { policies: readonly JudgedPolicy[] }>()(() =>
    z.object({ id: z.int(), policies: boundedList(policyText, 100, 'lists.policies') }),
  ),
};
