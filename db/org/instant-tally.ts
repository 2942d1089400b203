import type { Instant } from '../../shared/domain/instant';
import type { Span } from '../../shared/domain/org';

/** Distinct instants a block holds before it is cut in two; keeps an insertion and a count near a microsecond. */
const BLOCK_SIZE = 1024;

interface Block {
  instants: number[];
  counts: number[];
  sum: number;
}

/**
 * How many records fall into a span of time, for spans that are asked and records that are added alternately, millions
 * of times. Records of one instant are one entry; entries stand in sorted blocks, each with its sum, so that neither an
 * insertion in the middle nor a count over everything walks all entries.
 */
export class InstantTally {
  #blocks: Block[] = [{ instants: [], counts: [], sum: 0 }];
  #total = 0;

  get total(): number {
    return this.#total;
  }

  /** Adds `count` records at an instant; a negative count takes away records that were added before. */
  add(instant: Instant, count: number): void {
    if (count === 0) return;
    this.#total += count;
    const blockIndex = this.#blockOf(instant);
    const block = this.#blocks[blockIndex] as Block;
    block.sum += count;
    const at = lowerBound(block.instants, instant);
    if (block.instants[at] === instant) {
      block.counts[at] = (block.counts[at] as number) + count;
      return;
    }
    if (at === block.instants.length) {
      block.instants.push(instant);
      block.counts.push(count);
    } else {
      block.instants.splice(at, 0, instant);
      block.counts.splice(at, 0, count);
    }
    if (block.instants.length > BLOCK_SIZE) this.#split(blockIndex);
  }

  /** Records at instants within the span; null: all of them. */
  count(span: Span | null): number {
    if (span === null) return this.#total;
    if (span.to <= span.from) return 0;
    const all = this.#before(span.to) - this.#before(span.from);
    return span.holes?.reduce((left, hole) => left - this.count(hole), all) ?? all;
  }

  /** Records before an instant. */
  #before(instant: Instant): number {
    const blockIndex = this.#blockOf(instant);
    let sum = 0;
    for (let index = 0; index < blockIndex; index++) sum += (this.#blocks[index] as Block).sum;
    const block = this.#blocks[blockIndex] as Block;
    const last = block.instants.length - 1;
    if (last >= 0 && (block.instants[last] as number) < instant) return sum + block.sum;
    const end = lowerBound(block.instants, instant);
    for (let index = 0; index < end; index++) sum += block.counts[index] as number;
    return sum;
  }

  /** The last block that starts at or before an instant. */
  #blockOf(instant: Instant): number {
    let low = 0;
    let high = this.#blocks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (((this.#blocks[middle] as Block).instants[0] as number) <= instant) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #split(blockIndex: number): void {
    const block = this.#blocks[blockIndex] as Block;
    // Records mostly arrive in order: a full last block is left full, and the next one starts empty but for the newest.
    const isLast = blockIndex === this.#blocks.length - 1;
    const half = isLast ? block.instants.length - 1 : block.instants.length >> 1;
    const instants = block.instants.splice(half);
    const counts = block.counts.splice(half);
    const sum = counts.reduce((total, count) => total + count, 0);
    block.sum -= sum;
    this.#blocks.splice(blockIndex + 1, 0, { instants, counts, sum });
  }
}

function lowerBound(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
