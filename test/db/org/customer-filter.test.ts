import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CustomerFilter } from '../../../db/org/customer-filter';

describe('CustomerFilter', () => {
  it('never calls a customer new that it has met', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), { maxLength: 500 }),
        (customers) => {
          const filter = new CustomerFilter(1024);
          for (const customer of customers) filter.add(customer);
          for (const customer of customers) {
            expect(filter.mayHold(customer)).toBe(true);
            expect(filter.add(customer)).toBe(false);
          }
        },
      ),
    );
  });

  it.each([
    ['consecutive ids', (index: number) => 1_000_000_000 + index],
    ['ids that differ in their upper digits only', (index: number) => 7 + index * 2 ** 32],
    ['every thousandth id', (index: number) => 1 + index * 1_000],
  ])('takes fewer than one new customer in a hundred for an old one: %s', (_name, idOf) => {
    const filter = new CustomerFilter(256 * 1024);
    let mistaken = 0;
    for (let index = 0; index < 100_000; index++) if (!filter.add(idOf(index))) mistaken += 1;
    expect(mistaken).toBeLessThan(1_000);
    expect(filter.isCrowded).toBe(false);
  });
});
