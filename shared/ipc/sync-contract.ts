import { z } from 'zod';
import type { FieldChange, SyncState } from '../gateway/compare';
import type { MeaningField } from '../gateway/meaning';
import type { Reference } from '../gateway/references';
import { auditMethods } from './audit-contract';
import { heldMethods } from './held-contract';
import { chosenDefinitions, definitionsMethods } from './definitions-contract';
import { promotionMethods } from './promotion-contract';
import { orgRulesMethods } from './org-rules-contract';
import { jobBegin, jobQueueMethods } from './job-queue-contract';
import { jobDraft, jobOwner, liveCustomers, lookAheadMethods } from './look-ahead-contract';
import { importMethods } from './import-contract';
import { takeBackMethods, type LiveAction } from './take-back-contract';
import { boundedList } from './bounded-list';
import { call, job } from './method';
import type { Message } from '../words/message';
import type { NetworkHop } from './network-contract';

const id = z.int().min(1);
const badgeId = z.string().min(1).max(64);

/** How a connection proves who it is; secrets are given once and never come back. */
export const credentialsInput = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('basic'), user: z.string().max(400), password: z.string().max(4_000) }),
  z.object({ kind: z.literal('oauth'), key: z.string().max(4_000), secret: z.string().max(4_000) }),
]);
export type CredentialsInput = z.input<typeof credentialsInput>;

export const connectionInput = z.object({
  name: z.string().min(1).max(200),
  /** Scheme, host and port, for example `https://eu.api.example.com`. http only for loopback. */
  baseUrl: z.string().max(2_000),
  kind: z.enum(['practice', 'test', 'production']),
  timeZone: z.string().max(100),
  /** Customers in one bulk request, requests at once, and requests a second that the org allows. */
  chunkSize: z.int().min(1).max(10_000).default(500),
  parallel: z.int().min(1).max(16).default(4),
  perSecond: z.int().min(1).max(1_000).default(20),
});
export type ConnectionInput = z.input<typeof connectionInput>;

export interface ConnectionView {
  id: number;
  name: string;
  baseUrl: string;
  kind: 'practice' | 'test' | 'production';
  timeZone: string;
  chunkSize: number;
  parallel: number;
  perSecond: number;
  auth: 'basic' | 'oauth';
  /** The user or key, cut to its first characters; never the secret. */
  account: string;
  /** `keychain`: kept by the operating system; `session`: until Laurel quits; `missing`: must be entered again. */
  secret: 'keychain' | 'accepted-risk' | 'session' | 'missing';
  /** Production is read-only until a person unlocks it (for this session). */
  writable: boolean;
  state: 'unknown' | 'online' | 'offline' | 'unauthorized';
  lastPulledOn: number | null;
}

export interface ConnectionTest {
  ok: boolean;
  /** The hop that failed; null: none did. */
  hop: NetworkHop | null;
  /** One line a person can act on: name not found, certificate, 401, not a badge gateway, clock skew … */
  sentence: Message;
  clockSkewSeconds: number | null;
  badges: number | null;
}

export interface SyncRow {
  badgeId: string;
  /** Id in the live org; null while it is known only here. */
  remoteId: string | null;
  name: string;
  state: SyncState | 'only-here' | 'only-live' | 'unreadable' | 'unknown';
  /** Differences, refusals expected, and problems that keep it from being pushed. */
  differences: number;
  refusals: number;
  problems: number;
  lastSyncedOn: number | null;
}

export interface DifferenceView {
  field: MeaningField;
  label: Message;
  change: FieldChange;
  /** Values in words, in the connection's zone. */
  base: Message | null;
  draft: Message;
  live: Message;
  /** The gateway would refuse this change, with its code (723, 724, 826, 714 …). */
  refusal: { code: number; message: string; advice: Message } | null;
  /** For fixed windows of a started badge: cycles around the edit, before and after (semantics W6, W7). */
  cycles: { before: readonly CycleView[]; after: readonly CycleView[] } | null;
}

export interface CycleView {
  from: number;
  to: number;
  label: Message;
}

export interface ComparisonView {
  row: SyncRow;
  /** Digest of the draft's design, which no org has; null: there is none. */
  art: string | null;
  differences: readonly DifferenceView[];
  claims: readonly { ownerType: string; referenceId: string; here: boolean; live: boolean }[];
  /** What a push would bring about that no gateway refuses or mentions, in words. */
  warnings: readonly { code: number; message: Message; path: string }[];
  /** Of which org the ids are that the draft carries; null: there is no draft, or no other org is concerned. */
  ids: BadgeIds | null;
}

export interface BadgeIds {
  /** Null: nobody can tell of which it is. */
  home: { id: number; name: string } | null;
  /** Of these they may be. */
  among: readonly { id: number; name: string }[];
  /** Ids that the live badge has, and that nobody has told for the home. */
  untoldThere: readonly Reference[];
}

/** What a request of a push does to a badge. */
export type BadgePurpose = 'create' | 'update' | 'activate' | 'deactivate' | 'claim' | 'unclaim';
/** What one does to the definition of a group or of a custom field. */
export const DEFINITION_PURPOSES = ['create-group', 'update-group', 'create-field', 'update-field'] as const;
export type DefinitionPurpose = (typeof DEFINITION_PURPOSES)[number];

/** Whether a request of a push is about a definition, and not about a badge. */
export function isDefinitionPurpose(purpose: string): purpose is DefinitionPurpose {
  return DEFINITION_PURPOSES.some((each) => each === purpose);
}

/** One request exactly as it would leave: what is sent equals what is shown, byte for byte. */
export interface PlannedRequest {
  /** Names this plan's bytes; push sends exactly these or nothing. */
  key: string;
  badgeId: string;
  /** Of the badge, or of the group or custom field that is defined. */
  badgeName: string;
  purpose: BadgePurpose | DefinitionPurpose;
  /** Whose claim it is about; null: the request is about no claim. */
  claim: { ownerType: string; referenceId: string } | null;
  method: string;
  url: string;
  /** A group that this push makes before: the id that the org gives it stands in the place of its name; null: none. */
  group: string | null;
  /** Without secrets; the authorisation header stands as `Authorization: (added when sent)`. */
  headers: readonly { name: string; value: string }[];
  body: string | null;
}

export interface PushPlan {
  planId: string;
  connectionId: number;
  requests: readonly PlannedRequest[];
  /** Badges that cannot be pushed, and why. */
  held: readonly {
    badgeId: string;
    name: string;
    reason: Message;
    /** What the gateway would refuse, each on its field. */
    errors: PushedRequest['errors'];
    /** The first field that has to be mended in the draft; null: it is not one field. */
    path: string | null;
    /** Ids of another org, whose partners in this one nobody has told; null: it is not that. */
    missing: { home: { id: number; name: string }; references: readonly Reference[] } | null;
  }[];
  /**
   * Badges whose ids go as they stand, though nobody said of which of several orgs they are: they came as files, or were written
   * here. Null: there are none.
   */
  unsaid: {
    badges: readonly { badgeId: string; name: string }[];
    /** Of these they may be. */
    among: readonly { id: number; name: string }[];
  } | null;
  /** What follows once these requests are done, because its bytes are not known before: plan again then. */
  later: readonly { badgeId: string; name: string; reason: Message }[];
}

export interface PushedRequest {
  key: string;
  badgeId: string;
  badgeName: string;
  purpose: PlannedRequest['purpose'];
  claim: PlannedRequest['claim'];
  outcome: 'done' | 'refused' | 'unknown' | 'skipped';
  sentence: Message;
  /** `path` names the field of the body, `advice` what to do; null where nobody can tell. */
  errors: readonly { code: number; message: string; path: string | null; advice: Message | null }[];
}

/** One line of the ledger: a request that left (or was about to), and what came back. */
export interface LedgerEntry {
  id: number;
  connectionId: number;
  connectionName: string;
  purpose: string;
  method: string;
  url: string;
  sentOn: number;
  answeredOn: number | null;
  outcome: 'sending' | 'answered' | 'refused' | 'unknown' | 'failed';
  status: number | null;
  codes: readonly number[];
  sentence: string;
  taskId: number | null;
}

/** What requests were sent for: one push, one pull, one job. */
export interface ActivityTask {
  id: number;
  kind: 'push' | 'pull' | 'job' | 'settling' | 'probe' | 'look' | 'test' | 'claim' | 'other';
  connectionId: number;
  connectionName: string;
  jobId: number | null;
  /** Names of the badges it was about; null: not known. */
  about: string | null;
  startedOn: number;
  /** When the last of its requests left, or was answered. */
  lastOn: number;
  requests: number;
  /** Of these, those that change something. */
  writes: number;
  sending: number;
  answered: number;
  refused: number;
  unknown: number;
  failed: number;
  /** Of these, those that were asked for. */
  matching: number;
}

/** Where a look through the requests went on: below this one. */
export interface ActivityPlace {
  on: number;
  key: number;
}

export interface LiveJobView {
  id: number;
  connectionId: number;
  connectionName: string;
  badgeName: string;
  remoteBadgeId: string;
  action: LiveAction;
  /** Of a take-back: the job that gave it; null: none, a file named it, or its rows are still being read. */
  takesBack: number | null;
  state: 'queued' | 'running' | 'paused' | 'waiting-for-org' | 'done' | 'cancelled';
  /** Its place among the jobs of its org that wait for their turn, from 1; null: it waits for none. */
  place: number | null;
  /** When it starts by itself; null: it waits for no time. */
  startsOn: number | null;
  /** It waits, nothing of it was sent, and how it was filled in is kept. */
  canTakeOut: boolean;
  /** Why it waits or paused, in words. */
  note: string | null;
  total: number;
  waiting: number;
  sent: number;
  done: number;
  refused: number;
  unknown: number;
  perSecond: number | null;
  secondsLeft: number | null;
  startedOn: number;
  endedOn: number | null;
  /** Most frequent first, with what to do about each; null where nobody can tell. */
  refusals: readonly { code: number; label: Message; count: number; advice: Message | null; canRetry: boolean }[];
  /** Refused customers whom trying again may serve. */
  retryable: number;
}

/** A badge of a kept simulation. */
export interface ServedBadge {
  resultId: number;
  badgeKey: string;
  simulation: string;
  badge: string;
  ranOn: number;
}

export interface LiveCustomerRow {
  ordinal: number;
  customer: string;
  state: 'waiting' | 'sent' | 'done' | 'refused' | 'unknown';
  issuedId: string | null;
  code: number | null;
  label: Message;
  /** Of an import: the award that it writes, its date and its expiry; null in any other job. */
  award: { eventDate: number; expiresOn: number } | null;
}

/** Requests that can be chosen and shared at a time: other programs open a file as a whole. */
export const MOST_CHOSEN = 1_000;

/** Which requests are asked for; what is left out does not matter. */
const activityFilter = {
  connectionId: id.optional(),
  search: z.string().max(200).default(''),
  outcome: boundedList(z.string().max(20), 100, 'lists.outcomes').default([]),
  purposes: boundedList(z.string().max(60), 100, 'lists.requests').default([]),
  kinds: boundedList(
    z.enum(['push', 'pull', 'job', 'settling', 'probe', 'look', 'test', 'claim', 'other']),
    20,
    'lists.requests',
  ).default([]),
  badgeId: z.string().max(100).optional(),
  /** A short name of an endpoint. */
  endpoint: z.string().max(60).optional(),
  from: z.int().optional(),
  /** Exclusive. */
  until: z.int().optional(),
  taskId: id.optional(),
  /** False: only what changes something in an org. */
  reads: z.boolean().default(true),
  /** Looks on below this one. */
  before: z.object({ on: z.int(), key: z.int() }).optional(),
};

/** Requests that a person chose one by one, by their numbers in the ledger. */
const chosenRequests = boundedList(id, MOST_CHOSEN, 'lists.requests').min(1);

const activityPage = {
  offset: z.int().min(0).default(0),
  limit: z.int().min(1).max(500).default(100),
};

export const syncMethods = {
  'connections.list': call<{ connections: readonly ConnectionView[]; keychain: 'available' | 'none' }>()(() =>
    z.object({}),
  ),
  /** `acceptRisk` keeps the secret on disk although the system has no real keychain. */
  'connections.save': call<ConnectionView>()(() =>
    z.object({
      id: id.optional(),
      connection: connectionInput,
      credentials: credentialsInput.optional(),
      acceptRisk: z.boolean().default(false),
      /** The name of the production org, where the guard of one is lifted by what is saved. */
      typedName: z.string().max(200).optional(),
    }),
  ),
  'connections.delete': call<{ deleted: boolean }>()(() => z.object({ id })),
  'connections.test': call<ConnectionTest>()(() =>
    z.object({ id: id.optional(), connection: connectionInput.optional(), credentials: credentialsInput.optional() }),
  ),
  /** Unlocks production for writing in this session; the name must be typed exactly. */
  'connections.unlock': call<ConnectionView>()(() => z.object({ id, typedName: z.string().max(200) })),
  'connections.lock': call<ConnectionView>()(() => z.object({ id })),

  'sync.pull': job<
    { done: number; total: number | null },
    { pulled: number; added: number; changed: number; gone: number; sentence: Message }
  >()(() => z.object({ connectionId: id })),
  'sync.list': call<{ total: number; rows: readonly SyncRow[]; counts: Readonly<Record<string, number>> }>()(() =>
    z.object({
      connectionId: id,
      search: z.string().max(200).default(''),
      state: boundedList(z.string().max(40), 100, 'lists.states').default([]),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(500).default(100),
    }),
  ),
  'sync.compare': call<ComparisonView>()(() => z.object({ connectionId: id, badgeId })),
  /** Takes one side of a field; the draft changes, nothing is sent. Resolving to `live` is an ordinary, undoable edit. */
  'sync.resolve': call<ComparisonView>()(() =>
    z.object({
      connectionId: id,
      badgeId,
      choices: boundedList(
        z.object({ field: z.string().max(60), take: z.enum(['draft', 'live']) }),
        100,
        'lists.fields',
      ).min(1),
    }),
  ),
  /** Makes a draft of a badge that exists only in the live org. */
  'sync.adopt': call<{ created: readonly string[] }>()(() =>
    z.object({ connectionId: id, remoteIds: boundedList(badgeId, 10_000, 'lists.badges').min(1) }),
  ),
  /** Shows every request of a push; sends nothing (a dry run). */
  'sync.plan': call<PushPlan>()(() =>
    z.object({
      connectionId: id,
      badgeIds: boundedList(badgeId, 1_000, 'lists.badges'),
      definitions: z.object(chosenDefinitions).prefault({}),
    }),
  ),
  /** Sends exactly the planned requests. For production `typedName` must be the connection's name. */
  'sync.push': job<
    { done: number; total: number; current: string },
    /** `taskId`: of the push in Activity; null where nothing left that changes something. */
    { results: readonly PushedRequest[]; sentence: Message; taskId: number | null }
  >()(() =>
    z.object({
      planId: z.string().max(100),
      keys: boundedList(z.string().max(100), 100_000, 'lists.requests').min(1),
      typedName: z.string().max(200).optional(),
    }),
  ),

  /** Newest first. `total` counts those looked through; `next` is where to look on, null: there is nothing below. */
  'activity.list': call<{ total: number; rows: readonly LedgerEntry[]; next: ActivityPlace | null }>()(() =>
    z.object({ ...activityFilter, ...activityPage }),
  ),
  /** What the requests were for, newest first. */
  'activity.tasks': call<{ total: number; rows: readonly ActivityTask[]; next: ActivityPlace | null }>()(() =>
    z.object({ ...activityFilter, ...activityPage }),
  ),
  /** What can be chosen in the filters: badges by name, and purposes that occur. */
  'activity.choices': call<{ badges: readonly { id: string; name: string }[]; purposes: readonly string[] }>()(() =>
    z.object({}),
  ),
  'activity.get': call<{
    entry: LedgerEntry;
    /** What to do about each of the entry's codes that is known, in their order. */
    advice: readonly { code: number; advice: Message }[];
    requestHeaders: readonly { name: string; value: string }[];
    requestBody: string | null;
    responseHeaders: readonly { name: string; value: string }[];
    responseBody: string | null;
  }>()(() => z.object({ id })),
  /** Requests as commands of a shell, oldest first; who is calling is the reader's own. */
  'activity.curl': call<{ text: string }>()(() => z.object({ ids: chosenRequests })),
  /** Writes the requests that a filter finds, or those that were chosen, for other programs, without secrets. */
  'activity.share': job<{ done: number; total: number }, { rows: number; name: string }>()(() =>
    z.object({
      ...activityFilter,
      /** Only these; the filter is not asked then. */
      ids: chosenRequests.optional(),
      form: z.enum(['har', 'postman', 'bruno']),
      target: z.string().min(1).max(100),
    }),
  ),
  /** Writes the requests that a filter finds as a table, newest first; `done` of `total` were looked through. */
  'activity.export': job<{ done: number; total: number }, { rows: number; name: string }>()(() =>
    z.object({ ...activityFilter, target: z.string().min(1).max(100) }),
  ),

  ...lookAheadMethods,
  ...takeBackMethods,
  ...importMethods,
  ...jobQueueMethods,
  ...auditMethods,
  ...heldMethods,
  ...orgRulesMethods,
  ...definitionsMethods,
  ...promotionMethods,
  /** Starts a live bulk job; it goes on by itself, over restarts, until it is done, paused or cancelled. */
  'liveJobs.start': call<LiveJobView>()(() =>
    z.object({
      connectionId: id,
      remoteBadgeId: badgeId,
      action: z.enum(['enrol', 'award']),
      owner: jobOwner,
      eventDate: z.int().nullable().default(null),
      customers: liveCustomers,
      begin: jobBegin,
      /** How it was filled in, kept while it waits, so that it can be taken out and changed. */
      form: jobDraft.optional(),
      /**
       * What a look ahead showed to the person who starts, by its `seen`; null: the badge could not be looked at, and it
       * was decided to start all the same. Where it is left out, only a job that no look has anything to ask about starts.
       */
      looked: z.string().max(100).nullable().optional(),
      typedName: z.string().max(200).optional(),
    }),
  ),
  /** Badges of kept simulations, whose served customers a job can be for; the latest simulations first. */
  'liveJobs.simulations': call<{ badges: readonly ServedBadge[] }>()(() =>
    z.object({ limit: z.int().min(1).max(200).default(50) }),
  ),
  'liveJobs.list': call<{ jobs: readonly LiveJobView[] }>()(() => z.object({})),
  'liveJobs.get': call<LiveJobView>()(() => z.object({ id })),
  /** Follows all live jobs until cancelled: each report is the present state of one job. */
  'liveJobs.watch': job<LiveJobView, { watched: number }>()(() => z.object({})),
  'liveJobs.pause': call<LiveJobView>()(() => z.object({ id })),
  'liveJobs.resume': call<LiveJobView>()(() => z.object({ id })),
  'liveJobs.cancel': call<LiveJobView>()(() => z.object({ id })),
  /** Puts refused customers whom that may serve back to waiting, under fresh request ids. */
  'liveJobs.retryRefused': call<LiveJobView>()(() => z.object({ id, typedName: z.string().max(200).optional() })),
  'liveJobs.rows': call<{ total: number; rows: readonly LiveCustomerRow[] }>()(() =>
    z.object({
      id,
      state: boundedList(z.enum(['waiting', 'sent', 'done', 'refused', 'unknown']), 100, 'lists.states').default([]),
      customer: z.string().max(40).default(''),
      offset: z.int().min(0),
      limit: z.int().min(1).max(500),
    }),
  ),
  'liveJobs.export': job<{ done: number; total: number }, { rows: number; name: string }>()(() =>
    z.object({ id, target: z.string().min(1).max(100) }),
  ),
};
