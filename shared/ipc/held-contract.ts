import { z } from 'zod';
import { CUSTOMER_IDENTIFIER_KINDS } from '../domain/org';
import type { Message } from '../words/message';
import { call } from './method';

const connectionId = z.int().min(1);

/** How a customer is named to an org: by the number that it gives them, or by one of the four kinds that it documents. */
const CUSTOMER_NAMES = ['id', ...CUSTOMER_IDENTIFIER_KINDS] as const;

const customer = z.object({
  by: z.enum(CUSTOMER_NAMES).default('id'),
  value: z.string().trim().min(1).max(200),
});
export type NamedCustomer = z.output<typeof customer>;

/** A badge that an org lists for a customer. What it does not say is null. */
export interface HeldBadge {
  remoteBadgeId: string;
  name: string;
  earnType: 'EARN' | 'ISSUE_EARN' | null;
  status: 'UPCOMING' | 'LIVE' | 'EXPIRED' | null;
  /** Awards that stand, expired ones included. */
  awards: number | null;
  lastEarnedOn: number | null;
  enrolment: 'ACTIVE' | 'UPCOMING' | 'EXPIRED' | 'REVOKED' | null;
}

/** An enrolment or award as the org tells of it. Instants in microseconds; what it does not say is null. */
export interface HeldRecord {
  id: string;
  status: 'ACTIVE' | 'LIVE' | 'UPCOMING' | 'EXPIRED' | 'REVOKED' | null;
  recordedOn: number | null;
  eventDate: number | null;
  expiresOn: number | null;
  revokedOn: number | null;
  ownerType: string | null;
  referenceId: string | null;
}

/** One limit that an award of now must pass. */
export interface HeldLimit {
  level: 'CUSTOMER' | 'BADGE';
  constraintType: string;
  /** `2 in the last 7 days`. */
  words: Message;
  limit: number;
  /** Awards from here, inclusive, to there, exclusive, count; null: over the badge's whole life. */
  from: number | null;
  to: number | null;
  /** By the rules from the customer's awards that the org tells; null: it tells none whole, or the limit is the badge's. */
  counted: number | null;
  /** By the org's own count; null: it does not say. */
  told: number | null;
  state: 'full' | 'open' | 'unknown';
  /** Ids of the customer's awards that count, latest first. */
  usedUpBy: readonly string[];
  /** When the next place frees if nothing else is awarded; null where it never does, or nobody can tell. */
  freesAt: number | null;
  freesNote: Message | null;
}

/** What the rules say would happen now. */
export interface HeldVerdict {
  action: 'enrol' | 'award';
  outcome: 'yes' | 'no' | 'unknown';
  /** The code it would be refused with; null: none, or not known which. */
  code: number | null;
  words: Message;
  advice: Message | null;
}

/** One badge of an org and one customer: what the org tells, and what the rules say of now. */
export interface CustomerLook {
  /** False: the org knows no such customer, and nothing else is said. */
  isKnown: boolean;
  lookedOn: number;
  badge: {
    remoteBadgeId: string;
    name: string;
    status: 'UPCOMING' | 'LIVE' | 'EXPIRED';
    active: boolean;
    earnType: 'EARN' | 'ISSUE_EARN';
    startOn: number;
    expiresOn: number;
  };
  /** Latest first; null: the org does not tell them whole. */
  enrolments: readonly HeldRecord[] | null;
  awards: readonly HeldRecord[] | null;
  limits: readonly HeldLimit[];
  verdicts: readonly HeldVerdict[];
}

export const heldMethods = {
  /** The badges that an org lists for a customer. Reads only. */
  'held.badges': call<{ isKnown: boolean; badges: readonly HeldBadge[]; isWhole: boolean }>()(() =>
    z.object({ connectionId, customer }),
  ),
  /** What the customer holds of one badge, and what would happen now. Reads only. */
  'held.look': call<CustomerLook>()(() =>
    z.object({ connectionId, customer, remoteBadgeId: z.string().min(1).max(64) }),
  ),
};
