import { ATTEMPTED, FULL, type AwardTally } from './award-tally';

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
 * A kernel's inner loop where a rolling window is a badge's only limit: judges attempts and writes who is awarded.
 *
 * @param times the latest awards of each customer, oldest first
 * @param distance from an attempt back to the first instant of its window
 * @param awardees filled with the customers awarded; long enough for all attempts
 */
type WindowLoop = (
  attempts: Attempts,
  low: number,
  high: number,
  times: Float64Array,
  distance: number,
  awardees: Uint32Array,
) => LoopEnd;

// Loops for one and for three awards are written out: with the number as a constant they run twice as fast as one loop
// for any number, and they are what most badges with a rolling limit use.

const oneInWindow: WindowLoop = ({ at, customer }, low, high, times, distance, awardees) => {
  let awarded = 0;
  let firstRejected = -1;
  for (let index = low; index < high; index += 1) {
    const who = customer[index]!;
    const now = at[index]!;
    if (times[who]! < now - distance) {
      times[who] = now;
      awardees[awarded] = who;
      awarded += 1;
    } else if (firstRejected < 0) {
      firstRejected = index;
    }
  }
  return { awarded, firstRejected };
};

const threeInWindow: WindowLoop = ({ at, customer }, low, high, times, distance, awardees) => {
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
      awardees[awarded] = who;
      awarded += 1;
    } else if (firstRejected < 0) {
      firstRejected = index;
    }
  }
  return { awarded, firstRejected };
};

/** The loop for so many awards in a window, or null where there is none of its own. */
export function windowLoop(awards: number): WindowLoop | null {
  if (awards === 1) return oneInWindow;
  return awards === 3 ? threeInWindow : null;
}

/** Attempts judged before their awards are tallied: few enough that the list of awardees stays in the cache. */
const AT_ONCE = 4096;
const awardees = new Uint32Array(AT_ONCE);

/**
 * Judges attempts by a window and tallies them. In two steps, because windows and tally lie far apart in memory and a
 * processor waits less for one of them at a time. Whom a window refuses was awarded before, so has attempted already.
 */
export function judgeByLoop(
  loop: WindowLoop,
  attempts: Attempts,
  low: number,
  high: number,
  times: Float64Array,
  distance: number,
  tally: AwardTally,
): LoopEnd {
  const { state } = tally;
  const end: LoopEnd = { awarded: 0, firstRejected: -1 };
  for (let from = low; from < high; from += AT_ONCE) {
    const { awarded, firstRejected } = loop(attempts, from, Math.min(high, from + AT_ONCE), times, distance, awardees);
    for (let index = 0; index < awarded; index += 1) {
      const who = awardees[index]!;
      const known = state[who]! | ATTEMPTED;
      if (known === FULL) tally.addAward(who);
      else state[who] = known + 1;
    }
    end.awarded += awarded;
    if (end.firstRejected < 0) end.firstRejected = firstRejected;
  }
  return end;
}
