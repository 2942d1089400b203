import { z } from 'zod';
import type { Message } from '../words/message';
import { draftBadge, draftFile, type KeptDraft } from './form-draft';
import { draftBegin, jobBegin } from './job-queue-contract';
import { call, job } from './method';
import type { LiveJobView } from './sync-contract';

/** What a live job takes back: enrolments (revokeIssue) or awards (revokeEarn). */
const TAKING_BACK = ['revoke-enrolment', 'revoke-award'] as const;
/** What a live job gives. */
export type GivingAction = 'enrol' | 'award';
/** What a live job writes as a file gives it: awards of the past (semantics M1). */
type WritingAction = 'import';
export type TakeBackAction = (typeof TAKING_BACK)[number];
export type LiveAction = GivingAction | WritingAction | TakeBackAction;

/** Whether a job takes back, instead of giving. */
export function takesBack(action: LiveAction): action is TakeBackAction {
  return action === 'revoke-enrolment' || action === 'revoke-award';
}

/** The job that takes back what this one gives; of one that takes back, the one that gives it. */
export const OPPOSITE = {
  enrol: 'revoke-enrolment',
  award: 'revoke-award',
  import: 'revoke-award',
  'revoke-enrolment': 'enrol',
  'revoke-award': 'award',
} as const satisfies Record<LiveAction, LiveAction>;

/** What kind of record a job is about: enrolments or awards. */
export function recordsOf(action: LiveAction): GivingAction {
  if (action === 'import') return 'award';
  return takesBack(action) ? OPPOSITE[action] : action;
}

const connectionId = z.int().min(1);

/** Which records are to be taken back. */
const takeBackSource = z.discriminatedUnion('kind', [
  /** What an ended job gave: to everybody, or to those whose id has this in it, as the filter of its rows does. */
  z.object({ kind: z.literal('job'), jobId: z.int().min(1), customer: z.string().max(40).default('') }),
  /**
   * A table. `records`: with a column of customers and one of record ids, as Laurel exports the rows of a job; `customers`:
   * whatever these hold of the badge when a look is made.
   */
  z.object({
    kind: z.literal('file'),
    token: z.string().min(1).max(100),
    names: z.enum(['records', 'customers']).default('records'),
    action: z.enum(TAKING_BACK),
    remoteBadgeId: z.string().min(1).max(64),
  }),
]);
export type TakeBackSource = z.output<typeof takeBackSource>;

/** What a take-back would do, before anything is sent. */
export interface TakeBackLook {
  action: TakeBackAction;
  /** As the org calls it now. */
  badgeName: string;
  remoteBadgeId: string;
  /** Rows that were gone through, and records that would be revoked, each once. */
  total: number;
  records: number;
  /** Why the other rows are left out, most frequent first. */
  leftOut: readonly { count: number; words: Message }[];
  /** The first records, for a look at them. */
  sample: readonly { customer: string; record: string }[];
  requests: number;
  secondsAtLeast: number;
  /** What is worth knowing before. */
  notes: readonly Message[];
  /** Names just these records of this badge: a take-back that finds others when it starts sends nothing. */
  seen: string;
}

/** How a take-back is filled in, before it is started. */
export const takeBackDraft = z.object({
  /** Whether the form stood open. */
  isOpen: z.boolean(),
  /** The job whose gifts are taken back, and its badge; null: what a file names is. */
  job: z.object({ id: z.int().min(1), badgeName: z.string().max(10_000) }).nullable(),
  /** Part of a customer id, to take back from those of the job only. */
  customer: z.string().max(1_000),
  action: z.enum(TAKING_BACK),
  names: z.enum(['records', 'customers']),
  badge: draftBadge.nullable(),
  file: draftFile.nullable(),
  /** Left out where nothing was chosen of it. */
  begin: draftBegin.optional(),
});
export type TakeBackDraft = z.output<typeof takeBackDraft>;

export const takeBackMethods = {
  /** Goes through the rows and reads the badge. Nothing is sent that changes anything. */
  'liveJobs.lookBack': job<{ done: number; total: number | null }, TakeBackLook>()(() =>
    z.object({ connectionId, source: takeBackSource }),
  ),
  /** Starts a live job that revokes what a look showed. For production with the org's name. */
  'liveJobs.takeBack': call<LiveJobView>()(() =>
    z.object({
      connectionId,
      source: takeBackSource,
      seen: z.string().min(1).max(100),
      begin: jobBegin,
      /** How it was filled in, kept while it waits, so that it can be taken out and changed. */
      form: takeBackDraft.optional(),
      typedName: z.string().max(200).optional(),
    }),
  ),
  'liveJobs.takeBackDraft': call<KeptDraft<TakeBackDraft> | null>()(() => z.object({ connectionId })),
  /** Null: the draft is gone. */
  'liveJobs.keepTakeBackDraft': call<null>()(() => z.object({ connectionId, draft: takeBackDraft.nullable() })),
};
