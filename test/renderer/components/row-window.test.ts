import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RowWindow } from '../../../renderer/components/row-window.svelte';

const windowOver = (count: number, rowHeight = 30, viewport = 600): RowWindow => {
  const rows = new RowWindow({ count: () => count, rowHeight: () => rowHeight });
  rows.resized(viewport);
  return rows;
};

describe('rows in view', () => {
  test('a short list stands at its true place', () => {
    const rows = windowOver(1_000);
    expect(rows.bent).toBe(false);
    rows.scrolled(3_000);
    expect(rows.offset).toBe(3_000);
    expect(rows.first).toBeLessThanOrEqual(100);
    expect(rows.end).toBeGreaterThanOrEqual(120);
    expect(rows.shift).toBe(rows.first * 30);
  });

  test('a list that became shorter never shows rows past its end', () => {
    const rows = windowOver(10);
    rows.scrolled(90_000);
    expect(rows.offset).toBe(0);
    expect([rows.first, rows.end]).toEqual([0, 10]);
  });

  test('ten million rows fit a box a browser can lay out, and the scrollbar reaches the last one', () => {
    const rows = windowOver(10_000_000);
    expect(rows.bent).toBe(true);
    expect(rows.boxHeight).toBeLessThan(16_000_000);
    rows.scrolled(rows.boxHeight - 600);
    expect(rows.end).toBe(10_000_000);
  });

  test('the wheel moves by rows on the bent scale, and the scroll event after it takes nothing away', () => {
    const rows = windowOver(10_000_000);
    rows.scrolled(5_000_000);
    const before = rows.offset;
    const top = rows.moveBy(90);
    rows.scrolled(top);
    expect(rows.offset - before).toBeCloseTo(90, 3);
  });

  test('revealing any row brings it wholly into view', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000_000 }),
        fc.integer({ min: 0, max: 9_999_999 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (count, wanted, from) => {
          const rows = windowOver(count);
          rows.scrolled(Math.floor(from * Math.max(0, rows.boxHeight - 600)));
          const index = wanted % count;
          const top = rows.reveal(index);
          if (top !== null) rows.scrolled(top);
          expect(index * 30).toBeGreaterThanOrEqual(rows.offset - 0.01);
          expect((index + 1) * 30).toBeLessThanOrEqual(rows.offset + 600.01);
          expect(rows.first).toBeLessThanOrEqual(index);
          expect(rows.end).toBeGreaterThan(index);
        },
      ),
    );
  });
});
