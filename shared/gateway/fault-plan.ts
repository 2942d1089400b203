import { z } from 'zod';

/** What can be made to go wrong with a call, in the order in which the window offers it. */
export const FAULT_KINDS = [
  'latency',
  '429',
  '500',
  '502',
  'reset-before-commit',
  'reset-after-commit',
  'cut-body',
  'no-answer',
  'expire-tokens',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export const faultRule = z.strictObject({
  /** Endpoint name (`earn`), or method and path (`POST /api_gateway/v1/badges/customer/earn`, `*` for any rest). */
  route: z.string().max(500).optional(),
  /** requestId of the body, or X-CAP-REQUEST-ID. */
  requestId: z.string().max(500).optional(),
  /** Part of the matching requests that get the fault, 0–1. */
  share: z.number().min(0).max(1).default(1),
  /** Matching requests that pass before the first fault. */
  after: z.int().min(0).default(0),
  /** Faults after which the rule is used up. */
  count: z.int().min(1).optional(),
  /** Matching requests that pass in each minute, counted from the first of it; only those beyond get the fault. */
  perMinute: z.int().min(1).max(1_000_000).optional(),
  fault: z.enum(FAULT_KINDS),
  /** For latency. */
  milliseconds: z.int().min(0).max(600_000).default(1_000),
  /** For 429; a rule with `perMinute` says how long its minute still lasts instead. */
  retryAfterSeconds: z.int().min(0).max(86_400).default(1),
});
export type FaultRule = z.output<typeof faultRule>;

/** The seed decides which of the matching requests are struck; the same seed and order of calls give the same faults. */
export const faultSeed = z.int().min(0).max(4_294_967_295);

export const faultPlan = z.strictObject({ seed: faultSeed.default(1), rules: z.array(faultRule) });
export type FaultPlan = z.output<typeof faultPlan>;

/** How a rule has fared since its plan was put in force. */
export interface FaultTally {
  /** Requests that the rule fits. */
  met: number;
  /** Requests that got its fault. */
  struck: number;
}
