import type { Instant } from '../domain/instant';
import { drawnProbability, type DropOut } from './drop-out';
import { exp } from './portable-math';
import type { RandomStream } from './random';

/** How amounts are drawn. */
export interface AmountDraws {
  mean: number;
  logMean: number;
  logDeviation: number;
}

export interface PresenceOptions {
  /** Index of the block's first customer, and how many there are. */
  first: number;
  size: number;
  /** When each of them joins, ascending: that is their first event. Null: they are all there from the beginning. */
  joins: Float64Array | null;
  dropOut: DropOut | null;
  /** Draws probabilities of leaving, and whether a customer does. */
  leaving: RandomStream;
  /** Amounts of first events; null: events have none. */
  amount: (AmountDraws & { stream: RandomStream }) | null;
}

type Append = (at: Float64Array, customer: Uint32Array, amount: Float64Array, count: number) => void;

const ROOM = 16_384;

/**
 * Who of a block of customers is there. Its events are drawn as if all of them were from the beginning to the end, and what
 * comes before somebody joined or after they left is thrown away (thinning), so that what stays is exactly the process of
 * those who are there.
 */
export class Presence {
  /** Customers of the block who have joined. */
  #joined: number;
  /** 1: has left. */
  readonly #left: Uint8Array;
  /** Each customer's own probability of leaving after an event. */
  readonly #probabilities: Float64Array | null;
  readonly #at = new Float64Array(ROOM);
  readonly #customer = new Uint32Array(ROOM);
  readonly #amount = new Float64Array(ROOM);
  #count = 0;

  constructor(private readonly options: PresenceOptions) {
    const { size, joins, dropOut, leaving } = options;
    this.#joined = joins === null ? size : 0;
    this.#left = new Uint8Array(size);
    this.#probabilities =
      dropOut === null ? null : Float64Array.from({ length: size }, () => drawnProbability(dropOut, leaving));
  }

  /** Takes events that were drawn, in their order. */
  take(at: Float64Array, customer: Uint32Array, amount: Float64Array, count: number, append: Append): void {
    const { first, leaving } = this.options;
    for (let index = 0; index < count; index += 1) {
      this.#join(at[index]!, true, append);
      const place = customer[index]! - first;
      if (place >= this.#joined || this.#left[place] !== 0) continue;
      this.#add(at[index]!, place, amount[index]!, append);
      if (this.#probabilities !== null && leaving.uniform() < this.#probabilities[place]!) this.#left[place] = 1;
    }
  }

  /** Ends a stretch of time: whoever joins before `until` has. */
  end(until: Instant, append: Append): void {
    this.#join(until, false, append);
    if (this.#count > 0) append(this.#at, this.#customer, this.#amount, this.#count);
    this.#count = 0;
  }

  #join(until: Instant, isIncluded: boolean, append: Append): void {
    const { joins, amount, size } = this.options;
    if (joins === null) return;
    while (this.#joined < size) {
      const at = joins[this.#joined]!;
      if (isIncluded ? at > until : at >= until) return;
      this.#joined += 1;
      this.#add(at, this.#joined - 1, amount === null ? NaN : drawnAmount(amount), append);
    }
  }

  #add(at: Instant, place: number, amount: number, append: Append): void {
    if (this.#count === ROOM) {
      append(this.#at, this.#customer, this.#amount, ROOM);
      this.#count = 0;
    }
    this.#at[this.#count] = at;
    this.#customer[this.#count] = this.options.first + place;
    this.#amount[this.#count] = amount;
    this.#count += 1;
  }
}

function drawnAmount({ mean, logMean, logDeviation, stream }: AmountDraws & { stream: RandomStream }): number {
  return logDeviation === 0 ? mean : exp(logMean + logDeviation * stream.normal());
}

/**
 * The instants at which newcomers join, ascending: a Poisson process whose rate follows the activity.
 *
 * @param perWeek of average activity
 * @param activity relative, of each stretch of time
 * @param starts where the stretches begin, one more than there are
 */
export function drawnJoins(
  perWeek: number,
  activity: Float64Array,
  starts: Float64Array,
  stream: RandomStream,
): Float64Array {
  const joins: number[] = [];
  const perMicrosecond = perWeek / WEEK;
  let need = stream.exponential();
  for (let stretch = 0; stretch < activity.length; stretch += 1) {
    const rate = perMicrosecond * activity[stretch]!;
    const length = starts[stretch + 1]! - starts[stretch]!;
    let position = 0;
    while (rate > 0 && need <= (length - position) * rate) {
      position += need / rate;
      joins.push(starts[stretch]! + Math.min(length - 1, Math.floor(position)));
      need = stream.exponential();
    }
    need -= (length - position) * rate;
  }
  return Float64Array.from(joins);
}

const WEEK = 7 * 86_400_000_000;
