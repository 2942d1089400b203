import type { BadgeDefinition } from '../domain/badge';
import { addMonths, dateAt, startOfDate } from '../domain/calendar';
import { capsInForce, rollingSpan, type Cap } from '../domain/caps';
import { DAY, type Instant } from '../domain/instant';
import type { OrgSettings } from '../domain/settings';
import type { AwardTally } from './award-tally';
import { recentTimes, type RecentTimes } from './recent-times';

type CapSettings = Pick<OrgSettings, 'zone' | 'weeklyCycles' | 'rollingWindows'>;

/** What a cap is recognised by as its dates move on. */
const capKey = (cap: Cap): string => `${cap.level} ${cap.index} ${cap.roll?.unit ?? ''}`;

/**
 * Where the window of a rolling cap begins, for instants of one day. Usually a fixed distance back; on a day whose
 * clock changes, or that looks back to one, calendar months have no fixed distance and the rules are asked each time.
 */
class RollingStart {
  private distance = 0;
  private fixed = NaN;
  private asksRules = false;

  constructor(
    private readonly roll: NonNullable<Cap['roll']>,
    private readonly settings: CapSettings,
  ) {}

  enter(at: Instant): void {
    const { unit, value } = this.roll;
    const from = rollingSpan(unit, value, at, this.settings).from;
    this.fixed = unit !== 'MONTHS' && this.settings.rollingWindows === 'dates' ? from : NaN;
    this.distance = at - from;
    this.asksRules = unit === 'MONTHS' && !(this.isEvenDay(at) && this.isEvenDay(addMonths(at, -value, this.settings.zone)));
  }

  private isEvenDay(at: Instant): boolean {
    const { zone } = this.settings;
    if (zone === 'UTC') return true;
    const date = dateAt(at, zone);
    return startOfDate(date + 1, zone) - startOfDate(date, zone) === DAY;
  }

  at(now: Instant): Instant {
    if (this.asksRules) return rollingSpan(this.roll.unit, this.roll.value, now, this.settings).from;
    return Number.isNaN(this.fixed) ? now - this.distance : this.fixed;
  }
}

/** One cap of a badge as the kernel keeps it: the cap's dates for the current day, and its counters. */
export abstract class CompiledCap {
  inForce = false;
  /** Attempts that this cap refused. */
  rejected = 0;
  /** The cap as the rules state it for the current day. */
  current: Cap;

  constructor(cap: Cap) {
    this.current = cap;
  }

  get limit(): number {
    return this.current.limit;
  }

  get constraintType(): string {
    return this.current.constraintType;
  }

  get level(): Cap['level'] {
    return this.current.level;
  }

  /** A new day: `cap` as it is in force from `at` on, or undefined when it no longer is (semantics W3). */
  enter(cap: Cap | undefined, at: Instant): void {
    this.inForce = cap !== undefined;
    if (cap !== undefined) {
      this.current = cap;
      this.moveTo(cap, at);
    }
  }

  protected abstract moveTo(cap: Cap, at: Instant): void;
  abstract isReached(customer: number, at: Instant): boolean;
  abstract add(customer: number, at: Instant): void;
  /** Awards that count now; for a rolling cap no more than its limit is known. */
  abstract count(customer: number, at: Instant): number;
}

/** CUSTOMER_BADGE_FIXED_VALUE: the tally of awards is its counter (semantics C1). */
export class CustomerTotalCap extends CompiledCap {
  constructor(
    cap: Cap,
    private readonly tally: AwardTally,
  ) {
    super(cap);
  }

  protected moveTo(): void {
    // A total has no dates.
  }

  isReached(customer: number): boolean {
    return this.tally.awardsOf(customer) >= this.current.limit;
  }

  add(): void {
    // The tally counts the award.
  }

  count(customer: number): number {
    return this.tally.awardsOf(customer);
  }
}

const CYCLE = 0x10000;

/** CUSTOMER_BADGE_FIXED_WINDOW: for each customer the cycle of the latest award and the awards in it (semantics W1). */
export class CustomerWindowCap extends CompiledCap {
  private cycle = 0;
  private cycleFrom = NaN;
  /** cycle × 65,536 + count; as doubles where a limit or the number of cycles leaves 16 bits. */
  private readonly state: Uint32Array | Float64Array;
  private readonly unit: number;

  constructor(cap: Cap, customers: number, days: number) {
    super(cap);
    const isCompact = cap.limit < CYCLE && days + 1 < CYCLE;
    this.unit = isCompact ? CYCLE : 2 ** 32;
    this.state = isCompact ? new Uint32Array(customers) : new Float64Array(customers);
  }

  protected moveTo(cap: Cap): void {
    if (cap.span === null || cap.span.from === this.cycleFrom) return;
    this.cycleFrom = cap.span.from;
    this.cycle += 1;
  }

  isReached(customer: number): boolean {
    return this.count(customer) >= this.current.limit;
  }

  add(customer: number): void {
    const floor = this.cycle * this.unit;
    const state = this.state[customer]!;
    this.state[customer] = (state < floor ? floor : state) + 1;
  }

  count(customer: number): number {
    const count = this.state[customer]! - this.cycle * this.unit;
    return count < 0 ? 0 : count;
  }
}

/** One window of CUSTOMER_BADGE_ROLLING_WINDOW (semantics C3). */
export class CustomerRollingCap extends CompiledCap {
  readonly times: RecentTimes | null;
  readonly start: RollingStart;

  constructor(cap: Cap, customers: number, settings: CapSettings) {
    super(cap);
    if (cap.roll === null) throw new Error('A rolling cap without a window');
    this.times = cap.limit > 0 ? recentTimes(customers, cap.limit) : null;
    this.start = new RollingStart(cap.roll, settings);
  }

  protected moveTo(_cap: Cap, at: Instant): void {
    this.start.enter(at);
  }

  isReached(customer: number, at: Instant): boolean {
    return this.times === null || this.times.oldest(customer) >= this.start.at(at);
  }

  add(customer: number, at: Instant): void {
    this.times?.add(customer, at);
  }

  count(customer: number, at: Instant): number {
    return this.times?.countSince(customer, this.start.at(at)) ?? 0;
  }
}

/** BADGE_FIXED_VALUE: knows the award that filled it for good. */
export class BadgeTotalCap extends CompiledCap {
  private total = 0;
  filledAt = NaN;

  protected moveTo(): void {
    // A total has no dates.
  }

  isReached(): boolean {
    return this.total >= this.current.limit;
  }

  add(_customer: number, at: Instant): void {
    this.total += 1;
    if (this.total === this.current.limit) this.filledAt = at;
  }

  count(): number {
    return this.total;
  }
}

/** BADGE_FIXED_WINDOW: awards in the current cycle. */
export class BadgeWindowCap extends CompiledCap {
  private cycleFrom = NaN;
  private inCycle = 0;

  protected moveTo(cap: Cap): void {
    if (cap.span === null || cap.span.from === this.cycleFrom) return;
    this.cycleFrom = cap.span.from;
    this.inCycle = 0;
  }

  isReached(): boolean {
    return this.inCycle >= this.current.limit;
  }

  add(): void {
    this.inCycle += 1;
  }

  count(): number {
    return this.inCycle;
  }
}

/** BADGE_ROLLING_WINDOW: the instants of the latest awards, as many as the limit. */
export class BadgeRollingCap extends CompiledCap {
  private readonly times: RecentTimes | null;
  private readonly start: RollingStart;

  constructor(cap: Cap, settings: CapSettings) {
    super(cap);
    if (cap.roll === null) throw new Error('A rolling cap without a window');
    this.times = cap.limit > 0 ? recentTimes(1, cap.limit) : null;
    this.start = new RollingStart(cap.roll, settings);
  }

  protected moveTo(_cap: Cap, at: Instant): void {
    this.start.enter(at);
  }

  isReached(_customer: number, at: Instant): boolean {
    return this.times === null || this.times.oldest(0) >= this.start.at(at);
  }

  add(_customer: number, at: Instant): void {
    this.times?.add(0, at);
  }

  count(_customer: number, at: Instant): number {
    return this.times?.countSince(0, this.start.at(at)) ?? 0;
  }
}

/** All caps of a badge, customer level first, in the order in which they are judged (semantics C5). */
export class CompiledCaps {
  readonly all: readonly CompiledCap[];
  private readonly byKey: ReadonlyMap<string, CompiledCap>;

  constructor(
    private readonly definition: BadgeDefinition,
    private readonly settings: CapSettings,
    tally: AwardTally,
    customers: number,
    days: number,
  ) {
    // At the badge's start every cap that ever applies is in force: fixed windows begin there (semantics W3).
    const caps = capsInForce(definition, definition.startOn, definition.startOn, settings);
    this.all = caps.map((cap) => {
      if (cap.level === 'CUSTOMER') {
        if (cap.roll !== null) return new CustomerRollingCap(cap, customers, settings);
        return cap.span === null ? new CustomerTotalCap(cap, tally) : new CustomerWindowCap(cap, customers, days);
      }
      if (cap.roll !== null) return new BadgeRollingCap(cap, settings);
      return cap.span === null ? new BadgeTotalCap(cap) : new BadgeWindowCap(cap);
    });
    this.byKey = new Map(caps.map((cap, index) => [capKey(cap), this.all[index]!]));
  }

  /** Takes the caps' dates for the day, or part of a day, that begins at `at`. */
  enter(at: Instant): void {
    const inForce = new Map(capsInForce(this.definition, at, at, this.settings).map((cap) => [capKey(cap), cap]));
    for (const [key, compiled] of this.byKey) compiled.enter(inForce.get(key), at);
  }
}
