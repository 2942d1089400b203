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
