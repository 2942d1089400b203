import type { Zone } from './calendar';

/**
 * What an org decides for itself, and one switch for each point the published documents leave least certain.
 * The defaults are the reading Laurel holds to be the live gateway's.
 */
export interface OrgSettings {
  /** Zone of calendar work and of ISO output (semantics T4). */
  zone: Zone;
  /** Refuse an award in bulk while an earlier one of the same customer and badge is unexpired (semantics E10). */
  refuseOverlappingAwards: boolean;
  /** Accept a start date in the past without the migration header (semantics L4). */
  allowPastStart: boolean;
  /** Codes answered when a cap is reached; none is published (semantics C5). */
  customerLimitCode: number;
  badgeLimitCode: number;
  /** How far a requestId must be unique (semantics Q1). */
  requestIdScope: 'org' | 'endpoint' | 'badge';
  /** Whether weekly cycles change on the configured weekday or every seven days from the start (semantics W4). */
  weeklyCycles: 'weekday' | 'from-start';
  /** Rolling days and weeks as multiples of 24 hours, or as calendar dates including today (semantics C3). */
  rollingWindows: 'hours' | 'dates';
  /** Whether a revoked award stops counting for caps (semantics R2). */
  revokeFreesCaps: boolean;
  /** The ownerType under which MemberCare awards arrive; exempt from the claim check (semantics E4). */
  memberCareOwnerType: string;
  /** HTTP status of codes whose status no document names. */
  statusOf801: number;
  statusOf815: number;
  statusOf816: number;
  statusOf1039: number;
}

/** What a setting takes: one of some words, a word of one's own, yes or no, a code, the status of an answer, a zone. */
export type SettingValues =
  | { kind: 'choice'; of: readonly string[] }
  | { kind: 'word' | 'flag' | 'code' | 'status' | 'zone' };

type ValuesOf<T> = [T] extends [boolean]
  ? { kind: 'flag' }
  : [T] extends [number]
    ? { kind: 'code' | 'status' }
    : string extends T
      ? { kind: 'word' | 'zone' }
      : { kind: 'choice'; of: readonly T[] };

/** From this list the reader of a kept file, the practice org's form and the options of `laurel gateway` are made. */
export const SETTING_VALUES = {
  zone: { kind: 'zone' },
  refuseOverlappingAwards: { kind: 'flag' },
  allowPastStart: { kind: 'flag' },
  customerLimitCode: { kind: 'code' },
  badgeLimitCode: { kind: 'code' },
  requestIdScope: { kind: 'choice', of: ['org', 'endpoint', 'badge'] },
  weeklyCycles: { kind: 'choice', of: ['weekday', 'from-start'] },
  rollingWindows: { kind: 'choice', of: ['hours', 'dates'] },
  revokeFreesCaps: { kind: 'flag' },
  memberCareOwnerType: { kind: 'word' },
  statusOf801: { kind: 'status' },
  statusOf815: { kind: 'status' },
  statusOf816: { kind: 'status' },
  statusOf1039: { kind: 'status' },
} as const satisfies { readonly [K in keyof OrgSettings]: ValuesOf<OrgSettings[K]> };

export const DEFAULT_SETTINGS: Readonly<OrgSettings> = {
  zone: 'UTC',
  refuseOverlappingAwards: false,
  allowPastStart: false,
  customerLimitCode: 990001,
  badgeLimitCode: 990002,
  requestIdScope: 'org',
  weeklyCycles: 'weekday',
  rollingWindows: 'hours',
  revokeFreesCaps: true,
  memberCareOwnerType: 'Membercare',
  statusOf801: 409,
  statusOf815: 409,
  statusOf816: 400,
  statusOf1039: 409,
};
