import type { SeenCustomers } from '../domain/org';

/** The customers one call has met; a call's body bounds how many there are. */
export class CustomersOfRequest implements SeenCustomers {
  private readonly seen = new Set<number>();

  add(customerId: number): boolean {
    if (this.seen.has(customerId)) return false;
    this.seen.add(customerId);
    return true;
  }
}
