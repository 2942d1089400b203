import { faultPlan, type FaultPlan, type FaultRule, type FaultTally } from '../../../../shared/gateway/fault-plan';
import { parseBody } from '../../../../shared/gateway/router';
import { mistakesIn, mistakeSentence } from '../../../../shared/simulation/scenario-mistakes';
import { inEnglish } from '../../../../shared/words/english';

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
  const result = faultPlan.safeParse(parsed.body, { error: mistakeSentence });
  if (result.success) return result.data;
  const [first] = mistakesIn(result.error);
  const place = first === undefined || first.path.length === 0 ? 'the plan' : first.path.join('.');
  throw new FaultPlanError(`${place} ${first === undefined ? 'is wrong' : inEnglish(first.words)}`);
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

const MINUTE = 60_000;

/** Requests that a rule let pass since a minute began. */
interface Minute {
  began: number;
  passed: number;
}

/** Decides, in the order in which requests arrive, what goes wrong; the same seed and order give the same faults. */
export class FaultInjector {
  readonly #rules: { rule: FaultRule; roll: () => number; met: number; given: number; minute: Minute | null }[];
  readonly #now: () => number;
  readonly #looksAtIds: boolean;

  /** @param now milliseconds of a clock that never goes back; the machine's unless given */
  constructor(plan: FaultPlan, now: () => number = () => performance.now()) {
    this.#now = now;
    // Each rule has dice of its own, so that adding one does not change when the others strike.
    this.#rules = plan.rules.map((rule, index) => ({
      rule,
      roll: dice(plan.seed + index * 7919),
      met: 0,
      given: 0,
      minute: null,
    }));
    this.#looksAtIds = plan.rules.some((rule) => rule.requestId !== undefined);
  }

  /** How each rule has fared so far, in the plan's order. */
  get tallies(): FaultTally[] {
    return this.#rules.map(({ met, given }) => ({ met, struck: given }));
  }

  decide(target: FaultTarget): Faults {
    const faults: Faults = { delayMilliseconds: 0, kind: null, retryAfterSeconds: 0 };
    const ids = this.#looksAtIds ? requestIdsOf(target) : [];
    for (const entry of this.#rules) {
      const { rule } = entry;
      if (!isRoute(rule, target) || (rule.requestId !== undefined && !ids.includes(rule.requestId))) continue;
      entry.met += 1;
      if (entry.met <= rule.after || (rule.count !== undefined && entry.given >= rule.count)) continue;
      const left = rule.perMinute === undefined ? null : this.#leftOfMinute(entry, rule.perMinute);
      if (left === 0) continue;
      if (entry.roll() >= rule.share) continue;
      if (rule.fault === 'latency') {
        faults.delayMilliseconds += rule.milliseconds;
      } else if (faults.kind === null) {
        faults.kind = rule.fault;
        faults.retryAfterSeconds = left === null ? rule.retryAfterSeconds : Math.ceil(left / 1_000);
      } else continue;
      entry.given += 1;
    }
    return faults;
  }

  /** Milliseconds until a rule's minute is over, if it has passed as many requests as it may; else 0, and one passed. */
  #leftOfMinute(entry: { minute: Minute | null }, most: number): number {
    const now = this.#now();
    if (entry.minute === null || now - entry.minute.began >= MINUTE) entry.minute = { began: now, passed: 0 };
    if (entry.minute.passed >= most) return entry.minute.began + MINUTE - now;
    entry.minute.passed += 1;
    return 0;
  }
}
