import { HOUR, SECOND, type Instant } from '../../../../shared/domain/instant';
import { isRecordId } from '../../../../db/workspace/live-chunks';

/**
 * How far instants of one org may lie apart: ids and Date headers are cut to seconds, and the machines of one org differ
 * a little.
 */
const MARGIN = 5 * SECOND;
/** How far the clock of an org's front may be from the one its records are made by, as long as it stays so. */
const FRONT_MARGIN = HOUR;
/** The same for the two ways in which a record says when it was made. */
const RECORD_MARGIN = 2 * SECOND;

/** What one answered request tells of the clock. */
export interface ClockSample {
  /** Ids of the records that it made. */
  ids: readonly string[];
  /** Seconds since the epoch by the Date header; null without one. */
  serverSeconds: number | null;
}

/** The second in which a record was made, by the org's clock: the first eight digits of its id (gateway-api section 0). */
export function creationSecondOf(recordId: string): Instant {
  return parseInt(recordId.slice(0, 8), 16) * SECOND;
}

/**
 * An org's clock as the ids of its records show it, once they have proved to be clocks: all ids of one request begin with
 * one second; it keeps its distance from the Date header; it says the same as the record itself; and it moves on. One
 * sample that contradicts takes all of that back for good; one that shows no time only ends the use of it, and what was
 * noted before still holds (docs/decisions/0032).
 */
export class OrgClock {
  readonly #floor: Instant | null;
  #latest: Instant | null = null;
  #startedOn: Instant | null;
  #distance: Instant | null = null;
  #isConfirmed: boolean;
  #isBroken = false;
  #isRetired = false;

  /**
   * @param floor what {@link sentAfter} was in an earlier run of the job: the clock had proved to be one, and cannot have
   *   gone back since
   * @param firstId of a record that the job made at its beginning, if it has
   */
  constructor(floor: Instant | null, firstId: string | null = null) {
    this.#floor = floor;
    this.#isConfirmed = floor !== null;
    this.#startedOn = firstId === null ? null : creationSecondOf(firstId);
  }

  /** No further instant is to be had: customers have to be read before their requests leave. */
  get isOver(): boolean {
    return this.#isBroken || this.#isRetired;
  }

  /** The ids of this org are no clock; instants that were taken from them mean nothing. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  /** Whether a record has still to be read for comparing it with its id. */
  get wantsConfirmation(): boolean {
    return !this.isOver && !this.#isConfirmed && this.#startedOn !== null;
  }

  /**
   * An instant that records of a request that leaves now do not fall behind, and that everything of before the job does;
   * null while there is none: customers have then to be read before their request leaves.
   */
  get sentAfter(): Instant | null {
    if (this.isOver || !this.#isConfirmed) return null;
    if (this.#latest === null || this.#startedOn === null) return this.#floor;
    const sentAfter = this.#latest - MARGIN;
    return sentAfter > Math.max(this.#startedOn, this.#floor ?? this.#startedOn) ? sentAfter : this.#floor;
  }

  /** Takes what an answer shows. One that made no records shows nothing. */
  note({ ids, serverSeconds }: ClockSample): void {
    if (ids.length === 0 || this.#isBroken) return;
    if (serverSeconds === null || !ids.every(isRecordId)) this.#isRetired = true;
    else this.#isBroken = !this.#fits(ids, serverSeconds);
  }

  /** Takes what the org says of one of those records when it is read. */
  confirm(id: string, madeOn: Instant | null): void {
    if (madeOn !== null && isRecordId(id) && Math.abs(creationSecondOf(id) - madeOn) <= RECORD_MARGIN)
      this.#isConfirmed = true;
    else this.#isBroken = true;
  }

  #fits(ids: readonly string[], serverSeconds: number): boolean {
    const seconds = ids.map(creationSecondOf);
    const first = Math.min(...seconds);
    const last = Math.max(...seconds);
    const distance = last - Math.floor(serverSeconds) * SECOND;
    if (last - first > SECOND || Math.abs(distance) > FRONT_MARGIN) return false;
    if (this.#distance !== null && Math.abs(distance - this.#distance) > MARGIN) return false;
    if (last < (this.#latest === null ? (this.#floor ?? last) : this.#latest - MARGIN)) return false;
    this.#distance ??= distance;
    this.#startedOn ??= last;
    this.#latest = Math.max(this.#latest ?? last, last);
    return true;
  }
}
