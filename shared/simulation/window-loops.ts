import { AwardTally } from './award-tally';

/** What a loop came to. */
export interface LoopEnd {
  awarded: number;
  /** Position of the first attempt that was refused; -1: none was. */
  firstRejected: number;
}

interface Attempts {
  at: Float64Array;
  customer: Uint32Array;
}

/**
 * One award in a rolling window: the kernel's inner loop where that is a badge's only limit.
 *
 * Loops for one and for three awards are written out, because with the number of awards as a constant they run twice as
 * fast as one loop for any number; they are what most badges with a rolling limit use.
 *
 * @param times the latest award of each customer
 * @param distance from an attempt back to the first instant of its window
 */
export function oneInWindow(
  { at, customer }: Attempts,
  low: number,
  high: number,
  times: Float64Array,
  tally: AwardTally,
  distance: number,
): LoopEnd {
  const { state } = tally;
  let awarded = 0;
  let firstRejected = -1;
  for (let index = low; index < high; index += 1) {
    const who = customer[index]!;
    const now = at[index]!;
    if (times[who]! < now - distance) {
      times[who] = now;
      tally.addAttempt(who);
      tally.addAward(who);
      awarded += 1;
    } else {
      state[who] = state[who]! | AwardTally.ATTEMPTED;
      if (firstRejected < 0) firstRejected = index;
    }
  }
  return { awarded, firstRejected };
}

/** Three awards in a rolling window. @param times the latest three awards of each customer, oldest first */
export function threeInWindow(
  { at, customer }: Attempts,
  low: number,
  high: number,
  times: Float64Array,
  tally: AwardTally,
  distance: number,
): LoopEnd {
  const { state } = tally;
  let awarded = 0;
  let firstRejected = -1;
  for (let index = low; index < high; index += 1) {
    const who = customer[index]!;
    const now = at[index]!;
    const slot = who * 3;
    if (times[slot]! < now - distance) {
      times[slot] = times[slot + 1]!;
      times[slot + 1] = times[slot + 2]!;
      times[slot + 2] = now;
      tally.addAttempt(who);
      tally.addAward(who);
      awarded += 1;
    } else {
      state[who] = state[who]! | AwardTally.ATTEMPTED;
      if (firstRejected < 0) firstRejected = index;
    }
  }
  return { awarded, firstRejected };
}
