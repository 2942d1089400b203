import { setTimeout as wait } from 'node:timers/promises';

/** Chance, 0 ≤ x < 1; tests pass a seeded one. */
export type Dice = () => number;

/** How long to wait before trying again, in milliseconds. */
export interface BackoffTimes {
  first: number;
  most: number;
}

export const BACKOFF_TIMES: Readonly<BackoffTimes> = { first: 500, most: 60_000 };

/**
 * Exponential backoff with full jitter: any time up to first · 2^tries, so that many clients that failed together do not
 * come back together.
 *
 * @param retryAfter what the org asked for, in milliseconds; never less is waited
 */
export function backoff(tries: number, dice: Dice, times: BackoffTimes, retryAfter: number | null = null): number {
  const jittered = dice() * Math.min(times.most, times.first * 2 ** Math.min(tries, 30));
  return Math.max(jittered, retryAfter ?? 0);
}

/** Waits, or stops waiting when the signal says so; never rejects. */
export async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  await wait(milliseconds, undefined, signal ? { signal } : {}).catch(() => undefined);
}

/** A rate as it lies in memory that threads share: nanoseconds, each an atomic of its own. */
export type SharedRate = SharedArrayBuffer;

/** Places in a {@link SharedRate}: when the next request would be due, until when nobody may call, and one request's share. */
const DUE = 0;
const CLOSED_UNTIL = 1;
const INTERVAL = 2;
const PLACES = 3;
const NANOSECONDS = 1e6;

/** Steady milliseconds that all threads of this process count from the same instant, as `performance.now()` does not. */
const processClock = (): number => Number(process.hrtime.bigint()) / NANOSECONDS;
const nanoseconds = (milliseconds: number): bigint => BigInt(Math.round(milliseconds * NANOSECONDS));

/**
 * Holds requests to a rate: a bucket that fills at `perSecond` and holds a tenth of a second's worth, at least one, so
 * that no burst exceeds what the org allows. It may be shared by threads, which together never exceed it
 * (docs/decisions/0204).
 */
export class RateLimit {
  /** What another thread is given, so that both hold to one rate. */
  readonly shared: SharedRate;
  readonly #places: BigInt64Array;
  readonly #clock: () => number;

  /**
   * @param rate requests a second, more than 0; or what another thread shares
   * @param clock steady milliseconds, the same for all who share
   */
  constructor(rate: number | SharedRate, clock: () => number = processClock) {
    this.#clock = clock;
    if (typeof rate !== 'number') {
      this.shared = rate;
      this.#places = new BigInt64Array(rate);
      return;
    }
    this.shared = new SharedArrayBuffer(PLACES * BigInt64Array.BYTES_PER_ELEMENT);
    this.#places = new BigInt64Array(this.shared);
    this.setRate(rate);
    // Full: whatever the clock says.
    Atomics.store(this.#places, DUE, nanoseconds(clock()) - this.#lead());
    Atomics.store(this.#places, CLOSED_UNTIL, nanoseconds(clock()));
  }

  /** From now on so many requests a second, for all who share. */
  setRate(perSecond: number): void {
    Atomics.store(this.#places, INTERVAL, nanoseconds(1_000 / perSecond));
  }

  /** Takes a turn. @returns milliseconds to wait before the request may leave; turns are given in order */
  take(): number {
    const now = nanoseconds(this.#clock());
    const interval = Atomics.load(this.#places, INTERVAL);
    const full = now - this.#lead();
    for (;;) {
      const due = Atomics.load(this.#places, DUE);
      const closedUntil = Atomics.load(this.#places, CLOSED_UNTIL);
      // Who waited while nobody might call does not leave with all the others at once.
      const open = closedUntil > now && closedUntil > due ? closedUntil : due;
      const mine = open > full ? open : full;
      // Where another thread took a turn in between, this one is the next.
      if (Atomics.compareExchange(this.#places, DUE, due, mine + interval) === due)
        return mine > now ? Number(mine - now) / NANOSECONDS : 0;
    }
  }

  /** Nobody calls for this long. */
  closeFor(milliseconds: number): void {
    const until = nanoseconds(this.#clock() + milliseconds);
    for (;;) {
      const before = Atomics.load(this.#places, CLOSED_UNTIL);
      if (before >= until || Atomics.compareExchange(this.#places, CLOSED_UNTIL, before, until) === before) return;
    }
  }

  /** Waits for a turn, and for another where the org was closed meanwhile. */
  async turn(signal?: AbortSignal): Promise<void> {
    for (;;) {
      const closedBefore = Atomics.load(this.#places, CLOSED_UNTIL);
      const milliseconds = this.take();
      if (milliseconds === 0) return;
      await pause(milliseconds, signal);
      if (signal?.aborted) return;
      const closedUntil = Atomics.load(this.#places, CLOSED_UNTIL);
      if (closedUntil === closedBefore || closedUntil <= nanoseconds(this.#clock())) return;
    }
  }

  /** How far ahead of its time a request may leave where nobody called for a while. */
  #lead(): bigint {
    const interval = Number(Atomics.load(this.#places, INTERVAL));
    const perSecond = (1_000 * NANOSECONDS) / interval;
    return BigInt(Math.round((Math.max(1, perSecond / 10) - 1) * interval));
  }
}
