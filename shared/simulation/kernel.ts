import type { Instant } from '../domain/instant';
import type { OrgSettings } from '../domain/settings';
import { AwardTally } from './award-tally';
import { BadgeTotalCap, CompiledCaps, CustomerRollingCap, CustomerTotalCap, type CompiledCap } from './compiled-caps';
import { EnrolmentWaves } from './enrolment-waves';
import type { EventBatch, EventSource } from './event-batch';
import { RandomStream } from './random';
import type { Scenario } from './scenario';
import { awardRefusalAt, type SimulatedBadge } from './simulated-badge';
import type { Timeline } from './timeline';
import { TriggerState, type Attempts } from './triggers';

/** First position from `low` on whose instant is `limit` or later. */
function firstAtOrAfter(at: Float64Array, low: number, high: number, limit: Instant): number {
  if (at[high - 1]! < limit) return high;
  let from = low;
  let to = high;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (at[middle]! < limit) from = middle + 1;
    else to = middle;
  }
  return from;
}

/**
 * One badge of a simulation. Decides every attempt as `shared/domain` would, on counters in typed arrays.
 *
 * Badges of one scenario share events but no state, so each is taken through a batch on its own. Between two midnights,
 * and between the badge's start and end, the rules' dates stand still; they are asked for once each such stretch.
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
  firstRejectedAt: Instant = NaN;
  private readonly triggers: TriggerState;
  private readonly enrolsFirst: boolean;
  private stretchEnd: Instant = -Infinity;
  private day = 0;
  private refusal: number | null = null;
  private capsNow: readonly CompiledCap[] = [];

  constructor(
    readonly badge: SimulatedBadge,
    scenario: Pick<Scenario, 'seed' | 'to'>,
    private readonly timeline: Timeline,
    source: EventSource,
    replication: number,
  ) {
    const settings: OrgSettings = badge.org.settings;
    const draws = new RandomStream(['probability', scenario.seed, replication, badge.entry.key]);
    this.tally = new AwardTally(source.customers);
    this.triggers = new TriggerState(badge.entry.trigger, source.customers, draws);
    this.caps = new CompiledCaps(badge.definition, settings, this.tally, source.customers, timeline.days);
    this.waves = new EnrolmentWaves(badge, source, scenario, replication);
    this.enrolsFirst = badge.definition.earnType === 'ISSUE_EARN';
    this.attemptsByDay = new Uint32Array(timeline.days);
    this.awardedByDay = new Uint32Array(timeline.days);
  }

  get qualifying(): number {
    return this.triggers.qualifying;
  }

  /** The award that filled a BADGE_FIXED_VALUE cap for good; NaN when none did. */
  get exhaustedAt(): Instant {
    const filled = this.caps.all.flatMap((cap) => (cap instanceof BadgeTotalCap && !Number.isNaN(cap.filledAt) ? [cap.filledAt] : []));
    return filled.length === 0 ? NaN : Math.min(...filled);
  }

  /** Takes the events from `low` up to, not including, `high`: none earlier than any taken before. */
  take(batch: EventBatch, low = 0, high = batch.length): void {
    const takesAll = this.triggers.takesAll(batch);
    let position = low;
    while (position < high) {
      const at = batch.at[position]!;
      while (this.waves.nextAt <= at) this.waves.runNext();
      if (at >= this.stretchEnd) this.enterStretch(at);
      const end = firstAtOrAfter(batch.at, position, high, Math.min(this.stretchEnd, this.waves.nextAt));
      if (takesAll) {
        this.triggers.qualifying += end - position;
        this.judge(batch, position, end);
      } else {
        const attempts = this.triggers.attemptsOf(batch, position, end);
        this.judge(attempts, 0, attempts.length);
      }
      position = end;
    }
  }

  /** After the last event: what is still to be enrolled within the period. */
  finish(): void {
    while (this.waves.nextAt < Infinity) this.waves.runNext();
  }

  private enterStretch(at: Instant): void {
    const { startOn, expiresOn } = this.badge.definition;
    this.day = this.timeline.dayAt(at);
    let end = this.timeline.starts[this.day + 1]!;
    if (startOn > at) end = Math.min(end, startOn);
    if (expiresOn > at) end = Math.min(end, expiresOn);
    this.stretchEnd = end;
    this.refusal = awardRefusalAt(this.badge, at);
    this.caps.enter(at);
    this.capsNow = this.caps.all.filter((cap) => cap.inForce);
  }

  private judge(attempts: Pick<Attempts, 'at' | 'customer'>, low: number, high: number): void {
    if (high === low) return;
    this.attempts += high - low;
    this.attemptsByDay[this.day] = this.attemptsByDay[this.day]! + (high - low);
    const before = this.awarded;
    if (this.refusal !== null) this.refuseAll(attempts, low, high, this.refusal);
    else if (this.enrolsFirst) this.judgeEach(attempts, low, high);
    else this.judgeDirect(attempts, low, high);
    this.awardedByDay[this.day] = this.awardedByDay[this.day]! + (this.awarded - before);
  }

  private refuseAll(attempts: Pick<Attempts, 'at' | 'customer'>, low: number, high: number, code: number): void {
    for (let index = low; index < high; index += 1) this.tally.addAttempt(attempts.customer[index]!);
    this.countRefused(code, high - low, attempts.at[low]!);
  }

  private countRefused(code: number, count: number, at: Instant): void {
    this.refused.set(code, (this.refused.get(code) ?? 0) + count);
    this.noteRejection(at);
  }

  private noteRejection(at: Instant): void {
    if (Number.isNaN(this.firstRejectedAt)) this.firstRejectedAt = at;
  }

  /** The two shapes that most badges have go through loops of their own; every other mix through the general one. */
  private judgeDirect(attempts: Pick<Attempts, 'at' | 'customer'>, low: number, high: number): void {
    const [cap, ...others] = this.capsNow;
    if (others.length === 0 && cap instanceof CustomerTotalCap && cap.limit <= AwardTally.COUNT) {
      this.judgeByTotal(attempts, low, high, cap);
    } else if (others.length === 0 && cap instanceof CustomerRollingCap) {
      this.judgeByWindow(attempts, low, high, cap);
    } else {
      this.judgeEach(attempts, low, high);
    }
  }

  private judgeByTotal({ customer, at }: Pick<Attempts, 'at' | 'customer'>, low: number, high: number, cap: CustomerTotalCap): void {
    const { state } = this.tally;
    const limit = cap.limit;
    let awarded = 0;
    let firstRejected = -1;
    for (let index = low; index < high; index += 1) {
      const who = customer[index]!;
      const known = state[who]!;
      if ((known & AwardTally.COUNT) < limit) {
        state[who] = (known | AwardTally.ATTEMPTED) + 1;
        awarded += 1;
      } else {
        state[who] = known | AwardTally.ATTEMPTED;
        if (firstRejected < 0) firstRejected = index;
      }
    }
    this.awarded += awarded;
    cap.rejected += high - low - awarded;
    if (firstRejected >= 0) this.noteRejection(at[firstRejected]!);
  }

  private judgeByWindow({ customer, at }: Pick<Attempts, 'at' | 'customer'>, low: number, high: number, cap: CustomerRollingCap): void {
    const { tally } = this;
    const { times, start } = cap;
    for (let index = low; index < high; index += 1) {
      const who = customer[index]!;
      const now = at[index]!;
      tally.addAttempt(who);
      if (times === null || times.oldest(who) >= start.at(now)) {
        cap.rejected += 1;
        this.noteRejection(now);
      } else {
        times.add(who, now);
        tally.addAward(who);
        this.awarded += 1;
      }
    }
  }

  private judgeEach(attempts: Pick<Attempts, 'at' | 'customer'>, low: number, high: number): void {
    const { capsNow, tally, enrolsFirst } = this;
    const { waveOf, expiresOn, isEmpty } = this.waves;
    let unenrolled = 0;
    for (let index = low; index < high; index += 1) {
      const who = attempts.customer[index]!;
      const now = attempts.at[index]!;
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
