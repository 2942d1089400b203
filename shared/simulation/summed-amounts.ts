import type { Instant } from '../domain/instant';

/** Amounts are added as whole millionths, so that 0.1 + 0.2 reaches 0.3 and taking one out leaves no crumbs. */
const MILLIONTHS = 1_000_000;

/** An amount as a whole number of millionths. */
export function inMillionths(amount: number): number {
  return Math.round(amount * MILLIONTHS);
}

const NONE = -1;

/** For each customer, the amounts within a rolling window and their sum, as linked lists over one growing pool. */
export class SummedAmounts {
  private readonly first: Int32Array;
  private readonly last: Int32Array;
  private readonly sum: Float64Array;
  private at = new Float64Array(1024);
  private amount = new Float64Array(1024);
  private next = new Int32Array(1024);
  private used = 0;
  private free = NONE;

  /** @param span length of the window in microseconds: it holds (t − span, t] */
  constructor(
    customers: number,
    private readonly span: number,
  ) {
    this.first = new Int32Array(customers).fill(NONE);
    this.last = new Int32Array(customers).fill(NONE);
    this.sum = new Float64Array(customers);
  }

  private place(): number {
    if (this.free !== NONE) {
      const place = this.free;
      this.free = this.next[place]!;
      return place;
    }
    if (this.used === this.at.length) {
      const grown = <T extends Float64Array | Int32Array>(from: T, into: T): T => {
        into.set(from);
        return into;
      };
      this.at = grown(this.at, new Float64Array(2 * this.used));
      this.amount = grown(this.amount, new Float64Array(2 * this.used));
      this.next = grown(this.next, new Int32Array(2 * this.used));
    }
    return this.used++;
  }

  /** Adds an amount (in millionths) and returns the sum over the window that ends now. */
  add(customer: number, at: Instant, amount: number): number {
    let sum = this.sum[customer]!;
    let first = this.first[customer]!;
    while (first !== NONE && this.at[first]! <= at - this.span) {
      sum -= this.amount[first]!;
      const next = this.next[first]!;
      this.next[first] = this.free;
      this.free = first;
      first = next;
    }
    const place = this.place();
    this.at[place] = at;
    this.amount[place] = amount;
    this.next[place] = NONE;
    if (first === NONE) first = place;
    else this.next[this.last[customer]!] = place;
    this.first[customer] = first;
    this.last[customer] = place;
    this.sum[customer] = sum + amount;
    return sum + amount;
  }

  /** The sum starts again at zero. */
  clear(customer: number): void {
    const first = this.first[customer]!;
    if (first !== NONE) {
      this.next[this.last[customer]!] = this.free;
      this.free = first;
    }
    this.first[customer] = NONE;
    this.last[customer] = NONE;
    this.sum[customer] = 0;
  }
}
