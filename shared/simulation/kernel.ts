import type { Instant } from '../domain/instant';
import { ATTEMPTED, AwardTally, COUNT } from './award-tally';
import {
  BadgeTotalCap,
  BadgeWindowCap,
  CompiledCaps,
  CustomerTotalCap,
  RollingCap,
  type CompiledCap,
} from './compiled-caps';
import { EnrolmentWaves } from './enrolment-waves';
import type { EventSlice, EventSource } from './event-slice';
import { InOrder } from './in-order';
import { RandomStream } from './random';
import { DenseTimes } from './recent-times';
import { firstAtOrAfter } from './replay-source';
import type { Scenario } from './scenario';
import type { SimulatedBadge } from './simulated-badge';
import type { Stretch } from './stretches';
import { TriggerState, type Attempts } from './triggers';
import { judgeByLoop, windowLoop } from './window-loops';

type Sequence = Pick<Attempts, 'at' | 'customer'>;

/** Hears of every decision in the order of time; for explanations. */
export interface Observer {
  /** @param cap the cap that refused the attempt; null when it was awarded (code null) or refused by another rule */
  decided(customer: number, at: Instant, code: number | null, cap: CompiledCap | null): void;
}

/**
 * One badge of a simulation. Decides every attempt as `shared/domain` would, on counters in typed arrays.
 *
 * Badges of one scenario share events but no state, so each is taken through a slice on its own. Customers of a badge
 * touch each other only through its badge-level caps: where none of them can be reached within a slice, or a total is
 * used up already, blocks of customers are judged one after the other while their counters are in the cache; else the
 * slice is put in order of time first. Both ways decide alike.
 */
export class BadgeKernel {
  readonly tally: AwardTally;
  readonly caps: CompiledCaps;
  readonly waves: EnrolmentWaves;
  readonly attemptsByDay: Uint32Array;
  readonly awardedByDay: Uint32Array;
  awarded = 0;
  attempts = 0;
  /** Attempts refused whole: 810, 811, 815. Those refused by a cap are counted in the cap. */
  readonly refused = new Map<number, number>();
  firstRejectedAt: Instant = Infinity;
  /** Set before the first slice; makes the kernel put every slice in order and judge one attempt at a time. */
  observer: Observer | null = null;
  private readonly triggers: TriggerState;
  private readonly inOrder = new InOrder();
  private readonly enrolsFirst: boolean;
  /** The first stretch that later slices can lie in. */
  private stretch = 0;
  private capsNow: readonly CompiledCap[] = [];

  /** @param stretches of this badge over the scenario's period */
  constructor(
    readonly badge: SimulatedBadge,
    private readonly stretches: readonly Stretch[],
    scenario: Pick<Scenario, 'seed' | 'from' | 'to' | 'timeZone'>,
    source: EventSource,
    replication: number,
  ) {
    const { trigger, key } = badge.entry;
    const draws =
      trigger.probability < 1
        ? source.blocks.map((block) => new RandomStream(['probability', scenario.seed, replication, key, block]))
        : [];
    const days = (stretches.at(-1)?.day ?? 0) + 1;
    this.tally = new AwardTally(source.customers);
    this.triggers = new TriggerState(trigger, source.customers, draws, scenario);
    this.caps = new CompiledCaps(badge, stretches, this.tally, source.customers);
    this.waves = new EnrolmentWaves(badge, source, scenario, replication);
    this.enrolsFirst = badge.definition.earnType === 'ISSUE_EARN';
    this.attemptsByDay = new Uint32Array(days);
    this.awardedByDay = new Uint32Array(days);
  }

  get qualifying(): number {
    return this.triggers.qualifying;
  }

  /** The award that filled a BADGE_FIXED_VALUE cap for good; null when none did. */
  get exhaustedAt(): Instant | null {
    const filled = this.caps.all.flatMap((cap) =>
      cap instanceof BadgeTotalCap && cap.filledAt === cap.filledAt ? [cap.filledAt] : [],
    );
    return filled.length === 0 ? null : Math.min(...filled);
  }

  /** Makes the issueBulk calls that are due at or before an instant; slices must not reach past the next one. */
  enrolUntil(instant: Instant): void {
    while (this.waves.nextAt <= instant) this.waves.runNext();
  }

  /**
   * Whether customers touch each other nowhere from here on: what has once become so stays so, and their events may come
   * in any order among them.
   */
  get isApart(): boolean {
    return this.observer === null && this.sharedCaps.length === 0;
  }

  /** Caps by which an award of one customer can change the answer to another: none once a total is used up. */
  private get sharedCaps(): readonly CompiledCap[] {
    const shared = this.caps.all.filter((cap) => cap.level === 'BADGE' && cap.limit > 0);
    return shared.some((cap) => cap instanceof BadgeTotalCap && cap.isReached()) ? [] : shared;
  }

  /** Takes the events of a slice. */
  take(slice: EventSlice): void {
    while (this.stretches[this.stretch]!.end <= slice.from) this.stretch += 1;
    const attempts = this.triggers.attemptsOf(slice);
    if (attempts.ranges.length > 1 && (this.observer !== null || this.customersMeetIn(attempts))) {
      const length = this.inOrder.merge(attempts.at, attempts.customer, attempts.ranges);
      this.takeSequence(this.inOrder, 0, length);
    } else {
      for (const { low, high } of attempts.ranges) this.takeSequence(attempts, low, high);
    }
  }

  /** Calls `each` for every stretch that some of a sequence lies in. */
  private eachStretch(
    { at }: Sequence,
    low: number,
    high: number,
    each: (stretch: number, low: number, high: number) => void,
  ): void {
    let stretch = this.stretch;
    let position = low;
    while (position < high) {
      while (this.stretches[stretch]!.end <= at[position]!) stretch += 1;
      const end = firstAtOrAfter(at, position, high, this.stretches[stretch]!.end);
      each(stretch, position, end);
      position = end;
    }
  }

  /** Whether an award of one customer of the slice can change the answer to another. */
  private customersMeetIn(attempts: Attempts): boolean {
    const shared = this.sharedCaps;
    if (shared.some((cap) => cap instanceof RollingCap)) return true;
    const byStretch = new Map<number, number>();
    for (const { low, high } of attempts.ranges) {
      this.eachStretch(attempts, low, high, (stretch, from, to) =>
        byStretch.set(stretch, (byStretch.get(stretch) ?? 0) + to - from),
      );
    }
    return shared.some((cap) => {
      if (cap instanceof BadgeTotalCap) {
        let most = cap.total;
        for (const count of byStretch.values()) most += count;
        // Were it filled within the slice, which award filled it would matter.
        return most >= cap.limit;
      }
      if (!(cap instanceof BadgeWindowCap)) return true;
      const most = new Map<number, number>();
      for (const [stretch, count] of byStretch) {
        const cycle = cap.cycles[stretch]!;
        if (cycle !== 0) most.set(cycle, (most.get(cycle) ?? 0) + count);
      }
      return [...most].some(
        ([cycle, count]) => cap.counts[cycle]! < cap.limit && cap.counts[cycle]! + count > cap.limit,
      );
    });
  }

  private takeSequence(sequence: Sequence, low: number, high: number): void {
    this.eachStretch(sequence, low, high, (stretch, from, to) => {
      const { refusal, day } = this.stretches[stretch]!;
      const before = this.awarded;
      if (refusal !== null) {
        this.refuseAll(sequence, from, to, refusal);
      } else {
        this.capsNow = this.caps.enter(stretch);
        this.judge(sequence, from, to);
      }
      this.attempts += to - from;
      this.attemptsByDay[day] = this.attemptsByDay[day]! + (to - from);
      this.awardedByDay[day] = this.awardedByDay[day]! + (this.awarded - before);
    });
  }

  private refuseAll({ customer, at }: Sequence, low: number, high: number, code: number): void {
    for (let index = low; index < high; index += 1) this.tally.addAttempt(customer[index]!);
    this.refused.set(code, (this.refused.get(code) ?? 0) + high - low);
    this.noteRejection(at[low]!);
    if (this.observer !== null)
      for (let index = low; index < high; index += 1) this.observer.decided(customer[index]!, at[index]!, code, null);
  }

  private noteRejection(at: Instant): void {
    if (at < this.firstRejectedAt) this.firstRejectedAt = at;
  }

  /** Shapes that most badges have go through loops of their own; every other mix through the general one. */
  private judge(attempts: Sequence, low: number, high: number): void {
    if (this.observer !== null) {
      this.judgeObserved(attempts, low, high, this.observer);
      return;
    }
    const usedUp = this.capsNow.findIndex((cap) => cap instanceof BadgeTotalCap && cap.isReached());
    if (usedUp >= 0 && !this.enrolsFirst) {
      this.refuseByCaps(attempts, low, high, this.capsNow.slice(0, usedUp), this.capsNow[usedUp]!);
      return;
    }
    // A total with room for every attempt here can wait until they are judged.
    const roomy = this.capsNow.filter((cap) => cap instanceof BadgeTotalCap && cap.total + high - low < cap.limit);
    const [cap, ...others] = roomy.length === 0 ? this.capsNow : this.capsNow.filter((each) => !roomy.includes(each));
    const before = this.awarded;
    if (this.enrolsFirst || cap === undefined || others.length > 0 || !this.judgeByOne(attempts, low, high, cap)) {
      this.judgeEach(attempts, low, high);
      return;
    }
    for (const total of roomy) if (total instanceof BadgeTotalCap) total.total += this.awarded - before;
  }

  /** Judges by a loop made for the only cap there is; false where there is no such loop. */
  private judgeByOne(attempts: Sequence, low: number, high: number, cap: CompiledCap): boolean {
    if (cap instanceof CustomerTotalCap && cap.limit <= COUNT) {
      this.judgeByTotal(attempts, low, high, cap);
      return true;
    }
    return cap instanceof RollingCap && cap.level === 'CUSTOMER' && this.judgeByWindow(attempts, low, high, cap);
  }

  private judgeByTotal({ customer, at }: Sequence, low: number, high: number, cap: CustomerTotalCap): void {
    const { state } = this.tally;
    const { limit } = cap;
    let awarded = 0;
    let firstRejected = -1;
    for (let index = low; index < high; index += 1) {
      const who = customer[index]!;
      const known = state[who]!;
      if ((known & COUNT) < limit) {
        state[who] = (known | ATTEMPTED) + 1;
        awarded += 1;
      } else {
        state[who] = known | ATTEMPTED;
        if (firstRejected < 0) firstRejected = index;
      }
    }
    this.awarded += awarded;
    cap.rejected += high - low - awarded;
    if (firstRejected >= 0) this.noteRejection(at[firstRejected]!);
  }

  /** A rolling limit alone; false where no loop is made for it. */
  private judgeByWindow(attempts: Sequence, low: number, high: number, cap: RollingCap): boolean {
    const { times, fixedDistance } = cap;
    if (!(times instanceof DenseTimes) || fixedDistance === null) return false;
    const loop = windowLoop(times.capacity);
    if (loop === null) return false;
    const { awarded, firstRejected } = judgeByLoop(loop, attempts, low, high, times.times, fixedDistance, this.tally);
    this.awarded += awarded;
    cap.rejected += high - low - awarded;
    if (firstRejected >= 0) this.noteRejection(attempts.at[firstRejected]!);
    return true;
  }

  /** Nobody is awarded any more: only which cap refuses an attempt is asked, those `before` the one that is used up first. */
  private refuseByCaps(
    { customer, at }: Sequence,
    low: number,
    high: number,
    before: readonly CompiledCap[],
    usedUp: CompiledCap,
  ): void {
    const { state } = this.tally;
    const [only] = before;
    if (before.length === 1 && only instanceof RollingCap && only.isOfCustomersAtDistance) {
      const { times, capacity } = only.times as DenseTimes;
      const distance = only.fixedDistance!;
      let rejected = 0;
      for (let index = low; index < high; index += 1) {
        const who = customer[index]!;
        state[who] = state[who]! | ATTEMPTED;
        if (times[who * capacity]! >= at[index]! - distance) rejected += 1;
      }
      only.rejected += rejected;
      usedUp.rejected += high - low - rejected;
    } else {
      for (let index = low; index < high; index += 1) {
        const who = customer[index]!;
        state[who] = state[who]! | ATTEMPTED;
        const breached = before.find((cap) => cap.isReached(who, at[index]!)) ?? usedUp;
        breached.rejected += 1;
      }
    }
    this.noteRejection(at[low]!);
  }

  private judgeObserved(attempts: Sequence, low: number, high: number, observer: Observer): void {
    const { customerLimitCode, badgeLimitCode } = this.badge.org.settings;
    for (let index = low; index < high; index += 1) {
      const awarded = this.awarded;
      const rejected = this.capsNow.map((cap) => cap.rejected);
      this.judgeEach(attempts, index, index + 1);
      const breached = this.capsNow.find((cap, place) => cap.rejected !== rejected[place]) ?? null;
      const limitCode = breached?.level === 'CUSTOMER' ? customerLimitCode : badgeLimitCode;
      const code = this.awarded > awarded ? null : breached === null ? 811 : limitCode;
      observer.decided(attempts.customer[index]!, attempts.at[index]!, code, breached);
    }
  }

  private judgeEach({ customer, at }: Sequence, low: number, high: number): void {
    const { capsNow, tally, enrolsFirst } = this;
    const { waveOf, expiresOn, isEmpty } = this.waves;
    let unenrolled = 0;
    for (let index = low; index < high; index += 1) {
      const who = customer[index]!;
      const now = at[index]!;
      tally.addAttempt(who);
      if (enrolsFirst && (isEmpty || expiresOn[waveOf[who]!]! <= now)) {
        unenrolled += 1;
        this.noteRejection(now);
        continue;
      }
      let breached: CompiledCap | null = null;
      for (const cap of capsNow) {
        if (cap.isReached(who, now)) {
          breached = cap;
          break;
        }
      }
      if (breached !== null) {
        breached.rejected += 1;
        this.noteRejection(now);
        continue;
      }
      for (const cap of capsNow) cap.add(who, now);
      tally.addAward(who);
      this.awarded += 1;
    }
    if (unenrolled > 0) this.refused.set(811, (this.refused.get(811) ?? 0) + unenrolled);
  }
}
