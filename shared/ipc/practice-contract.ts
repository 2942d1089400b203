import { z } from 'zod';
import type { BadgeStatus, EarnType } from '../domain/badge';
import { SETTING_VALUES, type OrgSettings, type SettingValues } from '../domain/settings';
import type { Message } from '../words/message';
import { faultRule, faultSeed, type FaultTally } from '../gateway/fault-plan';
import { boundedList } from './bounded-list';
import { call, job } from './method';

/** One setting for each point that the published documents leave least certain; see `shared/gateway/switches`. */
export type PracticeSwitches = Omit<OrgSettings, 'zone'>;

function switchSchema(values: SettingValues): z.ZodType {
  switch (values.kind) {
    case 'flag':
      return z.boolean();
    case 'choice':
      return z.enum(values.of as readonly [string, ...string[]]);
    case 'code':
      return z.int().min(1).max(999_999_999);
    case 'status':
      return z.int().min(200).max(599);
    case 'word':
      return z.string().regex(/^\w{1,40}$/);
    case 'zone':
      return z.string().max(100);
  }
}

const { zone: _, ...switchValues } = SETTING_VALUES;

export const practiceSwitches = z.object(
  Object.fromEntries(Object.entries(switchValues).map(([key, values]) => [key, switchSchema(values)])) as {
    readonly [K in keyof PracticeSwitches]: z.ZodType<PracticeSwitches[K], PracticeSwitches[K]>;
  },
);

/** A rule as a person keeps it: it can be off without being lost. */
export const practiceFault = faultRule.extend({ isOn: z.boolean() });
export type PracticeFault = z.output<typeof practiceFault>;

export const practiceFaults = z.object({ seed: faultSeed, rules: boundedList(practiceFault, 50, 'lists.faults') });
export type PracticeFaults = z.output<typeof practiceFaults>;

export const practiceOptions = z.object({
  /** 0: any free one. Holds from the next start on, as do `keepsData` and `asksCredentials`. */
  port: z.int().min(0).max(65_535),
  /** The org lives in a file beside the workspace; else in memory until it stops. */
  keepsData: z.boolean(),
  /** Off: every program on this machine may call. */
  asksCredentials: z.boolean(),
  /** Where the clock stands; null: it runs with the machine's. Holds from the next call on. */
  clock: z.int().nullable(),
  timeZone: z.string().max(100),
  switches: practiceSwitches,
  faults: practiceFaults,
});
export type PracticeOptions = z.output<typeof practiceOptions>;

/** Everything the window knows of the practice org itself. */
export interface PracticeState {
  phase: 'stopped' | 'starting' | 'running' | 'stopping';
  /** `http://127.0.0.1:PORT` while it runs. */
  url: string | null;
  /** What callers must know; null while it does not run or asks for none. The same pair is OAuth's key and secret. */
  credentials: { user: string; password: string } | null;
  startedOn: number | null;
  /** Whether the org that runs is kept in the file. */
  isKept: boolean;
  /** Why it ended without being stopped, in plain words. */
  failure: Message | null;
  /** What a person should know about this start; null: nothing. */
  note: Message | null;
  options: PracticeOptions;
  /** Size of the kept org; null when there is none. */
  storedBytes: number | null;
  limits: { bodyBytes: number; tokenSeconds: number };
}

/** A practice org that was saved under a name. */
export interface PracticeSavedState {
  id: string;
  name: string;
  /** Null for a file that cannot be read as a state. */
  savedOn: number | null;
  /** Where its clock stands; null: it runs. */
  clock: number | null;
  bytes: number;
}

/** What the practice org was filled with from a pull. */
export interface PracticeFilled {
  badges: number;
  claims: number;
  groups: number;
  enrolments: number;
  awards: number;
  customers: number;
  leftOut: number;
  unreadable: readonly string[];
  /** Why the names of groups are not known; null: they are, or there are none. */
  groupsUnread: Message | null;
}

/** One request that came in. */
export interface PracticeCall {
  /** Counts from 1 since the start. */
  id: number;
  at: number;
  method: string;
  path: string;
  /** Name of the endpoint; null for anything else. */
  endpoint: string | null;
  /** Null when the connection was broken on purpose. */
  status: number | null;
  codes: readonly number[];
  /** What a refusal may come from, in words; the answer itself does not say it. */
  hints: readonly { code: number; message: string }[];
  milliseconds: number;
  fault: string | null;
}

export interface PracticeHeader {
  name: string;
  value: string;
}

/** A body's text, at most the first 64 K characters of `length`; null when it is not text. */
export interface PracticeBody {
  text: string | null;
  length: number;
}

export interface PracticeCallDetail {
  call: PracticeCall;
  /** Path with the query, as it was sent. */
  target: string;
  requestHeaders: readonly PracticeHeader[];
  requestBody: PracticeBody;
  /** Null when the connection was broken on purpose. */
  answer: { headers: readonly PracticeHeader[]; body: PracticeBody } | null;
}

/** Enrolments and awards ever made, revoked ones included; claims that are active. */
export interface PracticeTotals {
  badges: number;
  claims: number;
  enrolments: number;
  awards: number;
}

/** What has come in since the report before; the first one of a watch holds what is remembered. */
export interface PracticeTraffic {
  /** Counts the starts: calls of another run replace those before. */
  run: number;
  /** Requests answered since the start. */
  answered: number;
  /** Oldest first; of many at once only the latest. */
  calls: readonly PracticeCall[];
  totals: PracticeTotals;
  /** One for each fault rule that is on, in their order. */
  faults: readonly FaultTally[];
}

export interface PracticeReport {
  /** Null: as it was. */
  state: PracticeState | null;
  traffic: PracticeTraffic | null;
}

/** One badge as the practice org holds it. */
export interface PracticeBadge {
  id: string;
  name: string;
  status: BadgeStatus;
  earnType: EarnType;
  startOn: number;
  expiresOn: number;
  active: boolean;
  activeClaims: number;
  issuedCount: number;
  earnedCount: number;
}

export interface PracticeClaim {
  ownerType: string;
  referenceId: string;
  isActive: boolean;
}

/** One enrolment or award. */
export interface PracticeRecord {
  /** The id that callers see. */
  id: string;
  badgeId: string;
  badgeName: string;
  customerId: number;
  recordedOn: number;
  eventDate: number;
  expiresOn: number;
  revokedOn: number | null;
  ownerType: string;
  referenceId: string | null;
  requestId: string;
}

const offset = z.int().min(0).default(0);
const limit = z.int().min(1).max(500).default(100);
const badgeId = z.string().min(1).max(64);
const stateId = z.string().regex(/^[\w-]{1,120}$/);
const stateName = z.string().min(1).max(200);

export const practiceMethods = {
  'practice.get': call<PracticeState>()(() => z.object({})),
  /** Saves options. Zone, switches and faults hold from the next call on, the others from the next start. */
  'practice.configure': call<PracticeState>()(() => z.object({ options: practiceOptions.partial() })),
  /** `conflict` when the port is taken; already running: nothing happens. */
  'practice.start': call<PracticeState>()(() => z.object({})),
  /** Finishes the calls under way. */
  'practice.stop': call<PracticeState>()(() => z.object({})),
  /** Empties the org, running or kept; cannot be undone. */
  'practice.reset': call<PracticeState>()(() => z.object({})),
  /** The named states, newest first. */
  'practice.states': call<{ states: readonly PracticeSavedState[] }>()(() => z.object({})),
  /** `conflict` when the name is taken. The org has to run. */
  'practice.saveState': call<{ states: readonly PracticeSavedState[] }>()(() => z.object({ name: stateName })),
  /** Starts the org if need be; what it held is gone. Rules and clock become those of the state. */
  'practice.restoreState': call<PracticeState>()(() => z.object({ id: stateId })),
  'practice.copyState': call<{ states: readonly PracticeSavedState[] }>()(() =>
    z.object({ id: stateId, name: stateName }),
  ),
  'practice.removeState': call<{ states: readonly PracticeSavedState[] }>()(() => z.object({ id: stateId })),
  /** `target` is a place that a person chose. */
  'practice.exportState': call<{ name: string }>()(() => z.object({ id: stateId, target: z.string().max(200) })),
  /** `source` is a file that a person chose. */
  'practice.importState': call<{ states: readonly PracticeSavedState[] }>()(() =>
    z.object({ source: z.string().max(200), name: stateName }),
  ),
  /** Empties the org and fills it as another one was when it was pulled, its customers made up. */
  'practice.fill': call<PracticeFilled>()(() => z.object({ connectionId: z.int().min(1) })),
  /** Makes the connection for Sync, or sets the one that was made before; the org has to run. */
  'practice.connect': call<{ connectionId: number }>()(() => z.object({ name: z.string().min(1).max(100) })),
  /** Follows the practice org until it is cancelled. */
  'practice.watch': job<PracticeReport, { watched: number }>()(() => z.object({})),
  /** What is asked of an org that does not run is `not-found`. */
  'practice.call': call<PracticeCallDetail>()(() => z.object({ id: z.int().min(1) })),
  'practice.badges': call<{ total: number; rows: readonly PracticeBadge[] }>()(() =>
    z.object({ search: z.string().max(200).default(''), offset, limit }),
  ),
  'practice.badge': call<{ badge: PracticeBadge; claims: readonly PracticeClaim[] }>()(() => z.object({ id: badgeId })),
  'practice.records': call<{ total: number; rows: readonly PracticeRecord[] }>()(() =>
    z.object({
      kind: z.enum(['enrolment', 'award']),
      badgeId: badgeId.nullable().default(null),
      customerId: z.int().min(1).nullable().default(null),
      offset,
      limit,
    }),
  ),
};
