import { openAward } from '../../shared/domain/award';
import { decideClaim } from '../../shared/domain/claims';
import { openEnrolment } from '../../shared/domain/enrolment';
import { DAY } from '../../shared/domain/instant';
import type { IssuanceInput } from '../../shared/domain/issuance-input';
import { MemoryOrg } from '../../shared/domain/memory-org';
import { readBadge } from '../../shared/domain/read-badge';
import type { EventRange, EventSlice, EventSource } from '../../shared/simulation/event-slice';
import type { BadgeKernel } from '../../shared/simulation/kernel';
import { prepareScenario, type PreparedScenario } from '../../shared/simulation/prepared-scenario';
import { ReplaySource, type ReplayColumns } from '../../shared/simulation/replay-source';
import { badgeResult } from '../../shared/simulation/result';
import { kernelsOf, takeAll } from '../../shared/simulation/simulate';
import { randomHistory, type RandomHistory } from './random-history';

/** Decisions in words: `ok`, `811`, `990001 CUSTOMER_BADGE_FIXED_VALUE`; for a wave `3 enrolled, 1 x 1040`. */
export type Decisions = string[];

const EVERYBODY = { add: () => true };

/** A history's waves and events as one sequence: waves before events of the same instant, each kind in its order. */
function steps(history: RandomHistory): ({ wave: number } | { event: number })[] {
  const waves = history.waves
    .map((wave, index) => ({ at: wave.at, wave: index }))
    .filter((wave) => wave.at < history.to)
    .sort((left, right) => left.at - right.at);
  const all: ({ wave: number } | { event: number })[] = [];
  let next = 0;
  history.events.forEach((event, index) => {
    while (next < waves.length && (waves[next]?.at ?? 0) <= event.at) all.push({ wave: waves[next++]?.wave ?? 0 });
    all.push({ event: index });
  });
  while (next < waves.length) all.push({ wave: waves[next++]?.wave ?? 0 });
  return all;
}

const customersInWords = (enrolled: number, refused: readonly (readonly [number, number])[]): string =>
  [
    `${enrolled} enrolled`,
    ...refused.filter(([, count]) => count > 0).map(([code, count]) => `${count} x ${code}`),
  ].join(', ');

/** What `shared/domain` decides, call by call. */
export function decisionsOfRules(history: RandomHistory): Decisions {
  const org = new MemoryOrg(history.settings);
  const { definition } = readBadge(history.body);
  if (definition === null) throw new Error('The random badge cannot be read');
  let badge = org.addBadge(definition, history.from);
  if (history.owner.ownerType === 'Loyalty') {
    const claim = decideClaim(badge, 'Loyalty', history.owner.referenceId);
    if (claim.ok) badge = org.setClaims(badge, claim.claims);
  }
  let calls = 0;
  const input = (): IssuanceInput => ({
    badgeMetaId: badge.id,
    requestId: `call ${++calls}`,
    triggeredBy: history.owner,
    eventDate: null,
  });
  return steps(history).map((step) => {
    if ('wave' in step) {
      const wave = history.waves[step.wave]!;
      const opening = openEnrolment(org, input(), wave.at, EVERYBODY);
      if (!opening.ok) return customersInWords(0, [[opening.errors[0]!.code, wave.customers.length]]);
      const outcomes = wave.customers.map((customer) => opening.run.enrol(customer + 1).ok);
      return customersInWords(outcomes.filter((ok) => ok).length, [[1040, outcomes.filter((ok) => !ok).length]]);
    }
    const { at, customer } = history.events[step.event]!;
    const opening = openAward(org, input(), 'earn', 'given', at, EVERYBODY);
    if (!opening.ok) return String(opening.errors[0]!.code);
    const decision = opening.run.decide(customer + 1);
    if (!decision.ok)
      return decision.breach === null
        ? String(decision.code)
        : `${decision.code} ${decision.breach.cap.constraintType}`;
    opening.run.begin();
    opening.run.record(customer + 1, decision.enrolmentKey);
    return 'ok';
  });
}

function prepare(history: RandomHistory): PreparedScenario {
  const body = {
    schema: 'laurel/scenario@1',
    name: 'comparison',
    timeZone: history.settings.zone,
    from: history.from / 1_000_000,
    to: history.to / 1_000_000,
    badges: [
      {
        key: 'badge',
        badge: history.body,
        owner: history.owner,
        enrol: history.waves.map((wave) => ({
          at: wave.at / 1_000_000,
          segments: wave.customers.map((customer) => `customer ${customer}`),
        })),
      },
    ],
    events: { csv: 'history.csv', customer: 'customer', at: 'at', segment: 'segment' },
  };
  const preparation = prepareScenario(body, history.settings);
  if (!preparation.ok) throw new Error(`${String(history.body['name'])}: ${JSON.stringify(preparation.findings)}`);
  return preparation.prepared;
}

/** Every customer is a segment, so that a wave can name any of them. */
function columnsOf(history: RandomHistory): ReplayColumns {
  return {
    at: Float64Array.from(history.events, (event) => event.at),
    customer: Uint32Array.from(history.events, (event) => event.customer),
    amount: null,
    ids: Float64Array.from({ length: history.customers }, (_, customer) => customer + 1),
    segmentNames: Array.from({ length: history.customers }, (_, customer) => `customer ${customer}`),
    segmentOf: Uint16Array.from({ length: history.customers }, (_, customer) => customer),
  };
}

/** Everything a kernel has counted so far, by the word for the decision. */
function counters(kernel: BadgeKernel): Map<string, number> {
  const { settings } = kernel.badge.org;
  const all = new Map<string, number>([['ok', kernel.awarded]]);
  for (const [code, count] of kernel.refused) all.set(String(code), count);
  for (const cap of kernel.caps.all) {
    const word = `${cap.level === 'CUSTOMER' ? settings.customerLimitCode : settings.badgeLimitCode} ${cap.constraintType}`;
    all.set(word, (all.get(word) ?? 0) + cap.rejected);
  }
  return all;
}

function sliceOf({ at, customer }: ReplayColumns, low: number, high: number): EventSlice {
  return {
    from: at[low]!,
    length: high - low,
    at: at.subarray(low, high),
    customer: customer.subarray(low, high),
    amount: null,
    ranges: [{ block: 0, low: 0, high: high - low }],
  };
}

/**
 * The same events with every customer a block, as synthetic customers come; in slices of a few days each, which are given
 * block after block where that may be.
 */
class BlockSource extends ReplaySource implements EventSource {
  override readonly blocks: readonly string[] = this.segmentNames;
  private passed = 0;
  private end: number;
  private readonly apart: EventSlice[] = [];

  constructor(
    private readonly all: ReplayColumns,
    private readonly from: number,
    private readonly span: number,
  ) {
    super(all);
    this.end = from + span;
  }

  override next(until: number, mayBeApart = false): EventSlice | null {
    const waiting = this.apart.shift();
    if (waiting !== undefined) return waiting;
    const slice = this.together(until);
    if (slice === null || !mayBeApart) return slice;
    for (const { block, low, high } of slice.ranges) {
      const [at, customer] = [slice.at.slice(low, high), slice.customer.slice(low, high)];
      const ranges = [{ block, low: 0, high: high - low }];
      this.apart.push({ from: slice.from, length: high - low, at, customer, amount: null, ranges });
    }
    return this.apart.shift()!;
  }

  private together(until: number): EventSlice | null {
    const { at, customer } = this.all;
    const low = this.passed;
    if (low >= at.length || at[low]! >= until) return null;
    while (this.end <= at[low]!) this.end += this.span;
    let high = low;
    while (high < at.length && at[high]! < Math.min(until, this.end)) high += 1;
    this.passed = high;
    const ranges: EventRange[] = [];
    const order: number[] = [];
    for (let block = 0; block < this.customers; block += 1) {
      const start = order.length;
      for (let index = low; index < high; index += 1) if (customer[index] === block) order.push(index);
      if (order.length > start) ranges.push({ block, low: start, high: order.length });
    }
    return {
      from: Math.max(this.from, this.end - this.span),
      length: high - low,
      at: Float64Array.from(order, (index) => at[index]!),
      customer: Uint32Array.from(order, (index) => customer[index]!),
      amount: null,
      ranges,
    };
  }
}

function decisionsOfKernel(history: RandomHistory, kernel: BadgeKernel, columns: ReplayColumns): Decisions {
  return steps(history).map((step) => {
    if ('wave' in step) {
      const enrolled = kernel.waves.enrolled;
      const rejected = new Map(kernel.waves.rejected);
      kernel.waves.runNext();
      return customersInWords(
        kernel.waves.enrolled - enrolled,
        [...kernel.waves.rejected].map(([code, count]) => [code, count - (rejected.get(code) ?? 0)] as const),
      );
    }
    const before = counters(kernel);
    kernel.take(sliceOf(columns, step.event, step.event + 1));
    const moved = [...counters(kernel)].filter(([word, count]) => count !== (before.get(word) ?? 0));
    return moved.map(([word]) => word).join(' and ');
  });
}

/**
 * Takes one random history through the rules and through the kernel, decision by decision; then through the kernel again
 * in slices, once in order of time and once with every customer apart. Returns what differs, or null.
 */
export function differenceIn(seed: number): string | null {
  return differenceOf(randomHistory(seed), seed);
}

/** As {@link differenceIn}, of a history that was made by hand. */
export function differenceOf(history: RandomHistory, seed = 1): string | null {
  const prepared = prepare(history);
  const columns = columnsOf(history);
  const stepwise = new ReplaySource(columns);
  const [kernel] = kernelsOf(prepared, stepwise, 0);
  const expected = decisionsOfRules(history);
  const found = decisionsOfKernel(history, kernel!, columns);
  const at = expected.findIndex((decision, index) => decision !== found[index]);
  if (at >= 0) {
    const step = JSON.stringify(steps(history)[at]);
    return `history ${seed}, step ${at} ${step}: the rules say "${expected[at]}", the kernel says "${found[at]}"`;
  }
  const result = JSON.stringify(badgeResult(kernel!, stepwise, prepared.timeline));
  const others = {
    'in slices': new ReplaySource(columns, 5),
    'with customers apart': new BlockSource(columns, prepared.scenario.from, (1 + (seed % 9)) * DAY),
  };
  for (const [how, source] of Object.entries(others)) {
    const kernels = kernelsOf(prepared, source, 0);
    takeAll(kernels, source);
    const other = JSON.stringify(badgeResult(kernels[0]!, source, prepared.timeline));
    if (other !== result)
      return `history ${seed}: taken one by one and ${how}, the events gave different results\n${result}\n${other}`;
  }
  return null;
}

/** Which decisions a history has, to see that random histories reach all of them. */
export function decisionsIn(seed: number): Decisions {
  return decisionsOfRules(randomHistory(seed));
}
