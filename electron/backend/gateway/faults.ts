import { z } from 'zod';
import { parseBody } from '../../../shared/gateway/router';

const KINDS = [
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

const ruleSchema = z.strictObject({
  /** Endpoint name (`earn`), or method and path (`POST /api_gateway/v1/badges/customer/earn`, `*` for any rest). */
  route: z.string().optional(),
  /** requestId of the body, or X-CAP-REQUEST-ID. */
  requestId: z.string().optional(),
  /** Part of the matching requests that get the fault, 0–1. */
  share: z.number().min(0).max(1).default(1),
  /** Matching requests that pass before the first fault. */
  after: z.int().min(0).default(0),
  /** Faults after which the rule is used up. */
  count: z.int().min(1).optional(),
  fault: z.enum(KINDS),
  /** For latency. */
  milliseconds: z.int().min(0).max(600_000).default(1_000),
  /** For 429. */
  retryAfterSeconds: z.int().min(0).max(86_400).default(1),
});

const planSchema = z.strictObject({
  seed: z.int().min(0).default(1),
  rules: z.array(ruleSchema),
});

export type FaultPlan = z.output<typeof planSchema>;
type FaultRule = z.output<typeof ruleSchema>;

/** What is to go wrong with one request: waiting first, then at most one other fault. */
export interface Faults {
  delayMilliseconds: number;
  kind: Exclude<FaultRule['fault'], 'latency'> | null;
  retryAfterSeconds: number;
}

/** Thrown for a fault file that cannot be used; its message says where and why. */
export class FaultPlanError extends Error {
  override readonly name = 'FaultPlanError';
}

/** @throws FaultPlanError naming the field that is wrong */
export function readFaultPlan(text: string): FaultPlan {
  const parsed = parseBody(text);
  if (!parsed.ok) throw new FaultPlanError(parsed.error.message);
  const result = planSchema.safeParse(parsed.body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const place = issue === undefined || issue.path.length === 0 ? 'the plan' : issue.path.join('.');
  throw new FaultPlanError(`${place}: ${issue?.message ?? 'is wrong'}`);
}

/** What a rule looks at. */
export interface FaultTarget {
  endpoint: string;
  method: string;
  path: string;
  body: string | null;
  requestIdHeader: string | undefined;
}

function requestIdsOf(target: FaultTarget): string[] {
  const parsed = parseBody(target.body);
  const id: unknown =
    parsed.ok && typeof parsed.body === 'object'
      ? (parsed.body as { requestId?: unknown } | null)?.requestId
      : undefined;
  const ids = typeof id === 'string' || typeof id === 'number' ? [String(id)] : [];
  return target.requestIdHeader === undefined ? ids : [...ids, target.requestIdHeader];
}

function isRoute(rule: FaultRule, target: FaultTarget): boolean {
  if (rule.route === undefined || rule.route === '*' || rule.route === target.endpoint) return true;
  const route = `${target.method} ${target.path}`;
  return rule.route.endsWith('*') ? route.startsWith(rule.route.slice(0, -1)) : route === rule.route;
}

/** A generator of numbers from 0 to 1 that a seed decides (Mulberry32). */
function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Decides, in the order in which requests arrive, what goes wrong; the same seed and order give the same faults. */
export class FaultInjector {
  readonly #rules: { rule: FaultRule; roll: () => number; met: number; given: number }[];
  readonly #looksAtIds: boolean;

  constructor(plan: FaultPlan) {
    // Each rule has dice of its own, so that adding one does not change when the others strike.
    this.#rules = plan.rules.map((rule, index) => ({ rule, roll: dice(plan.seed + index * 7919), met: 0, given: 0 }));
    this.#looksAtIds = plan.rules.some((rule) => rule.requestId !== undefined);
  }

  decide(target: FaultTarget): Faults {
    const faults: Faults = { delayMilliseconds: 0, kind: null, retryAfterSeconds: 0 };
    const ids = this.#looksAtIds ? requestIdsOf(target) : [];
    for (const entry of this.#rules) {
      const { rule } = entry;
      if (!isRoute(rule, target) || (rule.requestId !== undefined && !ids.includes(rule.requestId))) continue;
      entry.met += 1;
      if (entry.met <= rule.after || (rule.count !== undefined && entry.given >= rule.count)) continue;
      if (entry.roll() >= rule.share) continue;
      if (rule.fault === 'latency') {
        faults.delayMilliseconds += rule.milliseconds;
      } else if (faults.kind === null) {
        faults.kind = rule.fault;
        faults.retryAfterSeconds = rule.retryAfterSeconds;
      } else continue;
      entry.given += 1;
    }
    return faults;
  }
}
