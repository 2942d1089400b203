import type { Instant } from '../domain/instant';
import type { EventSlice, EventSource } from './event-slice';
import type { BadgeKernel } from './kernel';
import { monthText, type Timeline } from './timeline';

/** Served and turned away among the customers of one segment who joined in one month. */
export interface CrowdingRow {
  /** Null where the events name no segments. */
  segment: string | null;
  /** Month of the customers' first event, such as `2026-03`. */
  joined: string;
  served: number;
  turnedAway: number;
}

const NOT_YET = 0xffff;

/** A source that also notes the day of each customer's first event. */
export class JoiningSource implements EventSource {
  readonly customers: number;
  readonly segmentNames: readonly string[];
  readonly segmentOf: Uint16Array | null;
  readonly blocks: readonly string[];
  readonly joinsAt: Float64Array | null;
  private readonly joinedOn: Uint16Array;

  constructor(
    private readonly source: EventSource,
    private readonly timeline: Timeline,
  ) {
    this.customers = source.customers;
    this.segmentNames = source.segmentNames;
    this.segmentOf = source.segmentOf;
    this.blocks = source.blocks;
    this.joinsAt = source.joinsAt ?? null;
    this.joinedOn = new Uint16Array(source.customers).fill(NOT_YET);
  }

  idOf(customer: number): number {
    return this.source.idOf(customer);
  }

  next(until: Instant, mayBeApart?: boolean): EventSlice | null {
    const slice = this.source.next(until, mayBeApart);
    if (slice === null) return null;
    const { starts, days } = this.timeline;
    for (const { low, high } of slice.ranges) {
      let day = this.timeline.dayAt(slice.at[low]!);
      for (let index = low; index < high; index += 1) {
        const customer = slice.customer[index]!;
        if (this.joinedOn[customer] !== NOT_YET) continue;
        while (day < days - 1 && starts[day + 1]! <= slice.at[index]!) day += 1;
        this.joinedOn[customer] = Math.min(day, NOT_YET - 1);
      }
    }
    return slice;
  }

  get progress(): number {
    return this.source.progress;
  }

  /** Who was crowded out of a badge: customers with an attempt, by segment and by the month they joined in. */
  crowdingOf(kernel: BadgeKernel): CrowdingRow[] {
    const rows = new Map<string, CrowdingRow>();
    const months = Array.from({ length: this.timeline.days }, (_, day) => monthText(this.timeline.dateOf(day)));
    for (let customer = 0; customer < this.customers; customer += 1) {
      if (!kernel.tally.hasAttempted(customer)) continue;
      const segment = this.segmentOf === null ? null : (this.segmentNames[this.segmentOf[customer]!] ?? null);
      const joined = months[this.joinedOn[customer]!] ?? '';
      const key = `${joined}\n${segment ?? ''}`;
      let row = rows.get(key);
      if (row === undefined) rows.set(key, (row = { segment, joined, served: 0, turnedAway: 0 }));
      if (kernel.tally.awardsOf(customer) > 0) row.served += 1;
      else row.turnedAway += 1;
    }
    const order = new Map(this.segmentNames.map((name, index) => [name, index]));
    const place = (row: CrowdingRow): number => (row.segment === null ? 0 : (order.get(row.segment) ?? 0));
    return [...rows.values()].sort(
      (left, right) =>
        place(left) - place(right) || (left.joined < right.joined ? -1 : left.joined > right.joined ? 1 : 0),
    );
  }
}
