import { z } from 'zod';
import type { Message } from '../words/message';
import { boundedList } from './bounded-list';
import { call, job } from './method';
import type { PushedRequest, PushPlan } from './sync-contract';

const token = z.string().min(1).max(100);

/** A plan file as a person looks at it before anything is sent. */
export interface PlanLook {
  /** The requests that are still to be sent. */
  plan: PushPlan;
  file: string;
  madeOn: number;
  madeBy: string;
  /** What of the live state is no longer as the plan has it; where there is any, nothing of it can be sent. */
  moved: readonly Message[];
  /** Names of orgs whose ids became those of this one by partners that this workspace was not told: whether they still hold is not checked. */
  unchecked: readonly string[];
  /** Requests of the plan that an earlier application carried out. */
  doneBefore: number;
}

export const plansMethods = {
  /** Writes requests of a push that was planned, with the live state they rest on, as a file; sends nothing. */
  'plans.save': call<{ name: string; requests: number }>()(() =>
    z.object({
      planId: z.string().max(100),
      keys: boundedList(z.string().max(100), 100_000, 'lists.requests').min(1),
      target: token,
    }),
  ),
  /** Writes the groups and custom fields here as a file that `laurel plan` and `laurel diff` read. */
  'plans.saveDefinitions': call<{ name: string }>()(() => z.object({ target: token })),
  /** Writes what an org calls things of the org that badges come from as a file that `laurel plan` and `laurel diff` read. */
  'plans.savePartners': call<{ name: string; partners: number }>()(() =>
    z.object({ connectionId: z.int().min(1), from: z.int().min(1), target: token }),
  ),
  /**
   * Takes over what such a file says: it counts where it says otherwise, and what it does not have stays. `from` is the
   * other connection that it is about, `rest` what stands here and not in it, `own` how many badges are noted anew as having the
   * ids of its `to`, and `unknown` how many names of such no badge here has, or several.
   */
  'plans.takePartners': call<{
    name: string;
    from: number;
    told: number;
    same: number;
    rest: number;
    own: number;
    unknown: number;
  }>()(() => z.object({ connectionId: z.int().min(1), source: token })),
  /** Reads a plan file, and how the org stands against it now; sends nothing. */
  'plans.open': job<{ done: number; total: number }, PlanLook>()(() =>
    z.object({ connectionId: z.int().min(1), source: token }),
  ),
  /** Sends what of an opened plan is still to be done. For production `typedName` must be the connection's name. */
  'plans.apply': job<
    { done: number; total: number; current: string },
    /** `taskId`: of the push in Activity; null where nothing left that changes something. */
    { results: readonly PushedRequest[]; sentence: Message; taskId: number | null }
  >()(() => z.object({ planId: z.string().max(100), typedName: z.string().max(200).optional() })),
};
