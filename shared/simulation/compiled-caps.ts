import { capsInForce, rollingSpan, type Cap } from '../domain/caps';
import type { Instant } from '../domain/instant';
import type { OrgSettings } from '../domain/settings';
import type { AwardTally } from './award-tally';
import { DenseTimes, recentTimes, type RecentTimes } from './recent-times';
import type { SimulatedBadge } from './simulated-badge';
import type { DatedCap, Stretch } from './stretches';

type CapSettings = Pick<OrgSettings, 'zone' | 'weeklyCycles' | 'rollingWindows'>;

/** What a cap is recognised by as its dates move on. */
const capKey = (cap: Cap): string => `${cap.level} ${cap.index} ${cap.roll?.unit ?? ''}`;

/** One cap of a badge as the kernel keeps it: its dates by stretch, and its counters. */
export abstract class CompiledCap {
  readonly limit: number;
  readonly constraintType: string;
  readonly level: Cap['level'];
  /** Attempts that this cap refused. */
  rejected = 0;

  constructor(
    /** The cap as the rules state it at the badge's start; only its dates change. */
    readonly cap: Cap,
    /** By stretch; undefined where the cap is not in force (semantics W3). */
    protected readonly byStretch: readonly (DatedCap | undefined)[],
  ) {
    this.limit = cap.limit;
    this.constraintType = cap.constraintType;
    this.level = cap.level;
  }

  isInForce(stretch: number): boolean {
    return this.byStretch[stretch] !== undefined;
  }

  /** Takes the dates of a stretch; stretches may be entered again, for another block of customers. */
  abstract enter(stretch: number): void;
  abstract isReached(customer: number, at: Instant): boolean;
  abstract add(customer: number, at: Instant): void;
}

/** CUSTOMER_BADGE_FIXED_VALUE: the tally of awards is its counter (semantics C1). */
export class CustomerTotalCap extends CompiledCap {
  constructor(
    cap: Cap,
    byStretch: readonly (DatedCap | undefined)[],
    private readonly tally: AwardTally,
  ) {
    super(cap, byStretch);
  }

  enter(): void {
    // A total has no dates.
  }

  isReached(customer: number): boolean {
    return this.tally.awardsOf(customer) >= this.limit;
  }

  add(): void {
    // The tally counts the award.
  }
}

/**
 * Numbers the cycles of a fixed window in order, from 1: the number of each stretch; 0 where none is in force. A cycle is
 * met again where clocks go back over midnight (semantics T4).
 */
function cyclesByStretch(byStretch: readonly (DatedCap | undefined)[]): Uint32Array {
  const cycles = new Map<Instant, number>();
  return Uint32Array.from(byStretch, (dated) => {
    const span = dated?.cap.span ?? null;
    if (span === null) return 0;
    const cycle = cycles.get(span.from) ?? cycles.size + 1;
    cycles.set(span.from, cycle);
    return cycle;
  });
}

/** Whether a cycle is met again after another one began. */
function hasReturns(byStretch: readonly (DatedCap | undefined)[]): boolean {
  const cycles = cyclesByStretch(byStretch).filter((cycle) => cycle > 0);
  return cycles.some((cycle, stretch) => stretch > 0 && cycle < cycles[stretch - 1]!);
}

const CYCLE = 0x10000;

/** CUSTOMER_BADGE_FIXED_WINDOW: for each customer the cycle of the latest award and the awards in it (semantics W1). */
class CustomerWindowCap extends CompiledCap {
  private floor = 0;
  private readonly cycles: Uint32Array;
  /** cycle × unit + count; as doubles where a limit or the number of cycles leaves 16 bits. */
  private readonly state: Uint32Array | Float64Array;
  private readonly unit: number;

  constructor(cap: Cap, byStretch: readonly (DatedCap | undefined)[], customers: number) {
    super(cap, byStretch);
    this.cycles = cyclesByStretch(byStretch);
    const isCompact = cap.limit < CYCLE && byStretch.length < CYCLE;
    this.unit = isCompact ? CYCLE : 2 ** 32;
    this.state = isCompact ? new Uint32Array(customers) : new Float64Array(customers);
  }

  enter(stretch: number): void {
    this.floor = this.cycles[stretch]! * this.unit;
  }

  isReached(customer: number): boolean {
    return this.state[customer]! - this.floor >= this.limit || this.limit === 0;
  }

  add(customer: number): void {
    const state = this.state[customer]!;
    this.state[customer] = (state < this.floor ? this.floor : state) + 1;
  }
}

/** CUSTOMER_BADGE_FIXED_WINDOW where a cycle is met again after the next one began: every count is kept. */
class CustomerReturningWindowCap extends CompiledCap {
  private readonly cycles: Uint32Array;
  private readonly counts = new Map<number, Map<number, number>>();
  private cycle = 0;

  constructor(cap: Cap, byStretch: readonly (DatedCap | undefined)[]) {
    super(cap, byStretch);
    this.cycles = cyclesByStretch(byStretch);
  }

  enter(stretch: number): void {
    this.cycle = this.cycles[stretch]!;
  }

  isReached(customer: number): boolean {
    return (this.counts.get(customer)?.get(this.cycle) ?? 0) >= this.limit;
  }

  add(customer: number): void {
    const counts = this.counts.get(customer) ?? new Map<number, number>();
    counts.set(this.cycle, (counts.get(this.cycle) ?? 0) + 1);
    this.counts.set(customer, counts);
  }
}

/** A rolling window: CUSTOMER_BADGE_ROLLING_WINDOW with one ring a customer, BADGE_ROLLING_WINDOW with one in all (semantics C3). */
export class RollingCap extends CompiledCap {
  readonly times: RecentTimes | null;
  private readonly roll: NonNullable<Cap['roll']>;
  private readonly isOfBadge: boolean;
  /** Where the windows of the current stretch begin, or how far back; both null where the rules must be asked. */
  fixedStart: Instant | null = null;
  fixedDistance: number | null = null;

  constructor(
    cap: Cap,
    byStretch: readonly (DatedCap | undefined)[],
    customers: number,
    private readonly settings: CapSettings,
  ) {
    super(cap, byStretch);
    if (cap.roll === null) throw new Error('A rolling cap without a window');
    this.roll = cap.roll;
    this.isOfBadge = cap.level === 'BADGE';
    this.times = cap.limit > 0 ? recentTimes(this.isOfBadge ? 1 : customers, cap.limit) : null;
  }

  enter(stretch: number): void {
    const start = this.byStretch[stretch]?.start;
    this.fixedStart = start?.from ?? null;
    this.fixedDistance = start?.distance ?? null;
  }

  /** Whether each customer's latest awards lie side by side and all windows are as long as one another. */
  get isOfCustomersAtDistance(): boolean {
    return !this.isOfBadge && this.times instanceof DenseTimes && this.fixedDistance !== null;
  }

  /** Where the window that ends now begins. */
  startAt(now: Instant): Instant {
    if (this.fixedDistance !== null) return now - this.fixedDistance;
    return this.fixedStart ?? rollingSpan(this.roll.unit, this.roll.value, now, this.settings).from;
  }

  isReached(customer: number, at: Instant): boolean {
    return this.times === null || this.times.oldest(this.isOfBadge ? 0 : customer) >= this.startAt(at);
  }

  add(customer: number, at: Instant): void {
    this.times?.add(this.isOfBadge ? 0 : customer, at);
  }
}

/** BADGE_FIXED_VALUE: knows the award that filled it for good. */
export class BadgeTotalCap extends CompiledCap {
  total = 0;
  filledAt = NaN;

  enter(): void {
    // A total has no dates.
  }

  isReached(): boolean {
    return this.total >= this.limit;
  }

  add(_customer: number, at: Instant): void {
    this.total += 1;
    if (this.total === this.limit) this.filledAt = at;
  }
}

/** BADGE_FIXED_WINDOW: awards by cycle. */
export class BadgeWindowCap extends CompiledCap {
  readonly cycles: Uint32Array;
  readonly counts: Float64Array;
  private cycle = 0;

  constructor(cap: Cap, byStretch: readonly (DatedCap | undefined)[]) {
    super(cap, byStretch);
    this.cycles = cyclesByStretch(byStretch);
    this.counts = new Float64Array(byStretch.length + 1);
  }

  enter(stretch: number): void {
    this.cycle = this.cycles[stretch]!;
  }

  isReached(): boolean {
    return this.counts[this.cycle]! >= this.limit;
  }

  add(): void {
    this.counts[this.cycle] = this.counts[this.cycle]! + 1;
  }
}

/** All caps of a badge, customer level first, in the order in which they are judged (semantics C5). */
export class CompiledCaps {
  readonly all: readonly CompiledCap[];
  /** The caps in force, by stretch; stretches with the same caps share one list. */
  private readonly inForce: readonly (readonly CompiledCap[])[];

  constructor(badge: SimulatedBadge, stretches: readonly Stretch[], tally: AwardTally, customers: number) {
    const { definition } = badge;
    const { settings } = badge.org;
    const dated = stretches.map((stretch) => new Map(stretch.caps.map((dated) => [capKey(dated.cap), dated])));
    // At the badge's start every cap that ever applies is in force: fixed windows begin there (semantics W3).
    this.all = capsInForce(definition, definition.startOn, definition.startOn, settings).map((cap) => {
      const key = capKey(cap);
      const byStretch = dated.map((caps) => caps.get(key));
      if (cap.roll !== null) return new RollingCap(cap, byStretch, customers, settings);
      if (cap.level === 'BADGE')
        return cap.span === null ? new BadgeTotalCap(cap, byStretch) : new BadgeWindowCap(cap, byStretch);
      if (cap.span === null) return new CustomerTotalCap(cap, byStretch, tally);
      return hasReturns(byStretch)
        ? new CustomerReturningWindowCap(cap, byStretch)
        : new CustomerWindowCap(cap, byStretch, customers);
    });
    const lists = new Map<string, readonly CompiledCap[]>();
    this.inForce = stretches.map((_, stretch) => {
      const list = this.all.filter((cap) => cap.isInForce(stretch));
      const key = this.all.map((cap) => (cap.isInForce(stretch) ? '1' : '0')).join('');
      const known = lists.get(key);
      if (known === undefined) lists.set(key, list);
      return known ?? list;
    });
  }

  /** The caps in force in a stretch, with its dates. */
  enter(stretch: number): readonly CompiledCap[] {
    const caps = this.inForce[stretch]!;
    for (const cap of caps) cap.enter(stretch);
    return caps;
  }
}
