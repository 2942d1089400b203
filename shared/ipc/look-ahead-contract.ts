import { z } from 'zod';
import type { Message } from '../words/message';
import { customerSource } from './issuance-contract';
import { draftBadge, type KeptDraft } from './form-draft';
import { draftBegin } from './job-queue-contract';
import { call, job } from './method';

const connectionId = z.int().min(1);
const remoteBadgeId = z.string().min(1).max(64);
const action = z.enum(['enrol', 'award']);
export const jobOwner = z.object({ ownerType: z.string().max(100), referenceId: z.string().max(200) });

/** Where the customers of a live job come from. */
export const liveCustomers = z.union([
  customerSource,
  /** The customers that succeeded in a local request. */
  z.object({ kind: z.literal('request'), requestId: z.int() }),
  /** The customers whom a simulation served. */
  z.object({ kind: z.literal('simulation'), resultId: z.int(), badgeKey: z.string().max(200) }),
]);

const rows = z.object({
  total: z.int().min(0),
  /** Customers that would be sent, each once. */
  good: z.int().min(0),
  /** Rows that name no customer, and rows that name one again: neither is ever sent. */
  bad: z.int().min(0),
  duplicate: z.int().min(0),
});
/** What the rows of a job are, counted by the reader that the job itself uses. */
export type LiveRowCounts = z.output<typeof rows>;

/** What can be done about a finding, beside it. */
export type LookFix =
  /** Claim the badge in the org for this owner. */
  | { kind: 'claim'; ownerType: string; referenceId: string }
  /** Choose another owner: of those that claimed the badge, or of those that may claim it. */
  | {
      kind: 'owners';
      claimed: readonly { ownerType: string; referenceId: string }[];
      allowed: readonly string[];
    }
  | { kind: 'action'; action: 'enrol' | 'award' }
  /** Choose a date of the event: from, inclusive, to, exclusive. */
  | { kind: 'date'; from: number; to: number };

/**
 * What a look finds. `refuses`: the org would refuse every row, so the job is not started. `asks`: it most likely would,
 * by what it counts or by a clock that may be another; a person decides. `some`: it would refuse some rows. `says`: worth
 * knowing.
 */
export interface LookFinding {
  kind: 'refuses' | 'asks' | 'some' | 'says';
  /** The code that rows would be refused with; null: none is known. */
  code: number | null;
  words: Message;
  advice: Message | null;
  fix: LookFix | null;
  /** How many customers can be served at most, by what the org counts; null: the finding is about no number. */
  atMost: number | null;
}

/** The badge as the org has it at the moment of the look. */
export interface LookedBadge {
  name: string;
  status: 'UPCOMING' | 'LIVE' | 'EXPIRED';
  active: boolean;
  earnType: 'EARN' | 'ISSUE_EARN';
  startOn: number;
  expiresOn: number;
  allowedOwners: readonly string[];
  claims: readonly { ownerType: string; referenceId: string }[];
  /** As the org counts; null where it does not say. */
  issuedCount: number | null;
  earnedCount: number | null;
}

/** What is to be expected of a live job before its first request. */
export interface LookAhead {
  /** Null where the badge could not be looked at, or where the org has none. */
  badge: LookedBadge | null;
  /** Why it could not be looked at; null: it was. A person decides then whether to start all the same. */
  unread: Message | null;
  lookedOn: number;
  /** Most serious first. */
  findings: readonly LookFinding[];
  /** Requests with customers in them, and how many seconds they take at least at the rate of the connection; null: not counted yet. */
  requests: number | null;
  secondsAtLeast: number | null;
  /** Names what was seen. A start that was decided on it is refused where something else is found by then. */
  seen: string;
}

/** How a job is filled in, before it is started: everything as it was typed. */
export const jobDraft = z.object({
  /** Whether the form stood open. */
  isOpen: z.boolean(),
  action,
  badge: draftBadge.nullable(),
  owner: z
    .object({ ownerType: z.string().max(100), referenceId: z.string().max(200), isClaimed: z.boolean() })
    .nullable(),
  source: z.enum(['list', 'request', 'simulation']),
  customers: z.object({
    kind: z.enum(['file', 'paste', 'range']),
    pasted: z.string().max(20_000_000),
    rangeFrom: z.string().max(1_000),
    rangeTo: z.string().max(1_000),
    /** The file by its token, and what was chosen of it. */
    file: z
      .object({
        token: z.string().min(1).max(100),
        name: z.string().max(1_000),
        column: z.int().min(0).nullable(),
        sheet: z.string().max(200).nullable(),
      })
      .nullable(),
  }),
  requestId: z.int().nullable(),
  simulation: z.object({ resultId: z.int(), badgeKey: z.string().max(200) }).nullable(),
  eventDate: z.int().nullable(),
  /** What stands typed in the field of the event date and is none yet; left out where nothing does. */
  eventDateTyped: z.string().max(1_000).optional(),
  /** Left out where nothing was chosen of it. */
  begin: draftBegin.optional(),
});
export type JobDraft = z.output<typeof jobDraft>;

export type KeptJobDraft = KeptDraft<JobDraft>;

export const lookAheadMethods = {
  /** Counts the rows of a job as it would read them. Nothing is sent. */
  'liveJobs.countRows': job<{ done: number; total: number | null }, LiveRowCounts>()(() =>
    z.object({ connectionId, customers: liveCustomers }),
  ),
  /** Looks at the badge in the org and says what would become of the job. Reads only. */
  'liveJobs.lookAhead': call<LookAhead>()(() =>
    z.object({
      connectionId,
      remoteBadgeId,
      action,
      /** Null: not chosen yet. */
      owner: jobOwner.nullable(),
      eventDate: z.int().nullable().default(null),
      /** Null: not counted yet. */
      rows: rows.nullable().default(null),
      /** Read the badge again although it was read a moment ago. */
      again: z.boolean().default(false),
    }),
  ),
  /** Claims the badge in the org, so that awards can be made in this owner's name. For production with the org's name. */
  'liveJobs.claim': call<{ sentence: Message }>()(() =>
    z.object({ connectionId, remoteBadgeId, owner: jobOwner, typedName: z.string().max(200).optional() }),
  ),
  'liveJobs.draft': call<KeptJobDraft | null>()(() => z.object({ connectionId })),
  /** Null: the draft is gone. */
  'liveJobs.keepDraft': call<null>()(() => z.object({ connectionId, draft: jobDraft.nullable() })),
};
