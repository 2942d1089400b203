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

/**
 * Holds requests to a rate: a bucket that fills at `perSecond` and holds a tenth of a second's worth, at least one, so
 * that no burst exceeds what the org allows.
 */
export class RateLimit {
  readonly #perMillisecond: number;
  readonly #capacity: number;
  readonly #clock: () => number;
  #tokens: number;
  #filledAt: number;
  /** Until then nobody may call: the org said so. */
  #closedUntil = 0;

  /** @param clock steady milliseconds */
  constructor(perSecond: number, clock: () => number = () => performance.now()) {
    this.#perMillisecond = perSecond / 1_000;
    this.#capacity = Math.max(1, perSecond / 10);
    this.#tokens = this.#capacity;
    this.#clock = clock;
    this.#filledAt = clock();
  }

  /** Takes a turn. @returns milliseconds to wait before the request may leave; turns are given in order */
  take(): number {
    const now = this.#clock();
    this.#tokens = Math.min(this.#capacity, this.#tokens + (now - this.#filledAt) * this.#perMillisecond);
    this.#filledAt = now;
    this.#tokens -= 1;
    const forToken = this.#tokens >= 0 ? 0 : -this.#tokens / this.#perMillisecond;
    return Math.max(forToken, this.#closedUntil - now, 0);
  }

  /** Nobody calls for this long. */
  closeFor(milliseconds: number): void {
    this.#closedUntil = Math.max(this.#closedUntil, this.#clock() + milliseconds);
  }

  /** Waits for a turn. */
  async turn(signal?: AbortSignal): Promise<void> {
    const milliseconds = this.take();
    if (milliseconds > 0) await pause(milliseconds, signal);
  }
}
