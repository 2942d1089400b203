/** Bit of a customer's state: they attempted the badge. */
export const ATTEMPTED = 0x8000;
/** Bits of a customer's state that count awards. */
export const COUNT = 0x7fff;
/** State of a customer whose count goes on elsewhere: only `addAward` may add to it. */
export const FULL = ATTEMPTED | COUNT;

/** For each customer, whether they attempted a badge and how many awards they have: two bytes each. */
export class AwardTally {
  /** Bit 15: attempted. Bits 0–14: awards, up to 32,767; what goes beyond is in `beyond`. */
  readonly state: Uint16Array;
  private readonly beyond = new Map<number, number>();

  constructor(customers: number) {
    this.state = new Uint16Array(customers);
  }

  addAttempt(customer: number): void {
    this.state[customer] = this.state[customer]! | ATTEMPTED;
  }

  addAward(customer: number): void {
    const state = this.state[customer]!;
    if ((state & COUNT) === COUNT) this.beyond.set(customer, (this.beyond.get(customer) ?? 0) + 1);
    else this.state[customer] = state + 1;
  }

  hasAttempted(customer: number): boolean {
    return (this.state[customer]! & ATTEMPTED) !== 0;
  }

  awardsOf(customer: number): number {
    const count = this.state[customer]! & COUNT;
    return count === COUNT ? COUNT + (this.beyond.get(customer) ?? 0) : count;
  }
}
