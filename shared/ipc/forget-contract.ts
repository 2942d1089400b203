import { z } from 'zod';
import type { Instant } from '../domain/instant';
import { call, job } from './method';
import type { BackupOccasion, CopiedFile } from './backups-contract';

/**
 * Where a customer can stand: `records` enrolments and awards of the local org; `requests` lines of its requests that got
 * nothing, and its roster; `practice` the kept practice org; `states` its saved states; `ledger` requests to gateways and
 * their answers; `jobs` rows of live jobs; `results` kept simulations; `notes` what Laurel keeps beside them.
 */
export const FORGET_KINDS = [
  'records',
  'requests',
  'practice',
  'states',
  'ledger',
  'jobs',
  'results',
  'notes',
] as const;
export type ForgetKind = (typeof FORGET_KINDS)[number];

export interface ForgetCount {
  kind: ForgetKind;
  /** Rows in which the customer stands. */
  rows: number;
}

/** A backup that holds the customer, or may. */
export interface ForgetBackup {
  id: string;
  madeOn: Instant;
  occasion: BackupOccasion;
  /** The file of which it is a copy alone, from before an update; null: a whole backup. */
  copyOf: CopiedFile | null;
  /** Null where it cannot be read: then nobody knows. */
  rows: number | null;
  /** When the rotation lets go of it at the latest, where newer ones are made; null: it stays until it is deleted. */
  until: Instant | null;
}

export interface ForgetLook {
  /** What else is known to be this customer: ids and identifiers of the rosters. */
  also: readonly string[];
  /** Kinds in which they stand, and no others. */
  found: readonly ForgetCount[];
  /** Live jobs that are not over and name them: while one is not, nothing is erased. */
  openJobs: readonly { badge: string; connection: string }[];
  backups: readonly ForgetBackup[];
  /** Folders that may hold more of them, for people to read, and cannot be looked into now. */
  away: readonly string[];
}

export interface Forgotten extends ForgetLook {
  /** Negative; stands where the id was. */
  standIn: number;
}

export interface ForgetProgress {
  kind: ForgetKind | 'backups';
  /** Rows looked at so far. */
  rows: number;
}

/** What may be given up by itself after a time. */
export const RETAINED = ['activity', 'jobs', 'results'] as const;
export type Retained = (typeof RETAINED)[number];

/** Days; null keeps for good. */
export const retention = z.object({
  activity: z.int().min(1).max(3_650).nullable().default(null),
  jobs: z.int().min(1).max(3_650).nullable().default(null),
  results: z.int().min(1).max(3_650).nullable().default(null),
});
export type Retention = z.output<typeof retention>;

const customer = z.string().trim().min(1).max(200);

export const forgetMethods = {
  /** Where a customer stands, with nothing changed. */
  'forget.look': job<ForgetProgress, ForgetLook>()(() => z.object({ customer })),
  /**
   * Erases a customer everywhere but in backups, which are named. What counts stays counted: a stand-in has their place.
   */
  'forget.run': job<ForgetProgress, Forgotten>()(() => z.object({ customer })),
  'retention.get': call<Retention>()(() => z.object({})),
  /** How many rows a change would take away at once. */
  'retention.look': call<Record<Retained, number>>()(() => retention),
  'retention.set': call<Retention>()(() => retention),
};
