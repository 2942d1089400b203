import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InstantTally } from '../../../db/org/instant-tally';

describe('InstantTally', () => {
  it('counts as a plain list does, over any additions, removals and spans', () => {
    const entry = fc.record({ instant: fc.integer({ min: 0, max: 5_000 }), count: fc.integer({ min: 1, max: 5 }) });
    const span = fc.record({ from: fc.integer({ min: -10, max: 5_100 }), to: fc.integer({ min: -10, max: 5_100 }) });
    fc.assert(
      fc.property(
        fc.array(entry, { maxLength: 4_000, size: 'max' }),
        fc.array(span, { maxLength: 20 }),
        (entries, spans) => {
          const tally = new InstantTally();
          const list: { instant: number; count: number }[] = [];
          entries.forEach((added, index) => {
            const count = index % 7 === 6 ? -1 : added.count;
            tally.add(added.instant, count);
            list.push({ instant: added.instant, count });
          });
          const naive = (from: number, to: number): number =>
            list.filter(({ instant }) => instant >= from && instant < to).reduce((sum, { count }) => sum + count, 0);
          expect(tally.count(null)).toBe(naive(-Infinity, Infinity));
          for (const { from, to } of spans) expect(tally.count({ from, to })).toBe(naive(from, to));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('stays exact when instants arrive in order and fill many blocks', () => {
    const tally = new InstantTally();
    for (let instant = 0; instant < 10_000; instant++) tally.add(instant, 1);
    expect(tally.count({ from: 1_023, to: 9_001 })).toBe(7_978);
    expect(tally.count({ from: 10_000, to: 20_000 })).toBe(0);
    expect(tally.total).toBe(10_000);
  });
});
