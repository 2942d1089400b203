import { expect, test } from 'vitest';
import { RowPages, type LoadedPage } from '../../../renderer/lib/row-pages.svelte';

/** A list of `size` rows whose pages are answered when the test says so. */
function list(size: number) {
  const waiting: { answer: () => void; fail: () => void }[] = [];
  const asked: number[] = [];
  const load = (offset: number, limit: number): Promise<LoadedPage<number>> => {
    asked.push(offset);
    const rows = Array.from({ length: Math.max(0, Math.min(limit, size - offset)) }, (_, place) => offset + place);
    return new Promise((resolve, reject) => {
      waiting.push({ answer: () => resolve({ total: size, rows }), fail: () => reject(new Error('lost')) });
    });
  };
  const settle = async (how: 'answer' | 'fail' = 'answer') => {
    while (waiting.length > 0) {
      waiting.shift()?.[how]();
      await new Promise((resolve) => setTimeout(resolve));
    }
  };
  return { load, asked, settle };
}

test('reads the page in view and the next one it reaches into, and knows the total', async () => {
  const source = list(1_000);
  const pages = new RowPages(source.load, 100, 10);
  pages.want(0, 20);
  await source.settle();
  pages.want(150, 210);
  await source.settle();
  expect(pages.total).toBe(1_000);
  expect([pages.at(0), pages.at(199), pages.at(210), pages.at(300)]).toEqual([0, 199, 210, undefined]);
  expect(source.asked).toEqual([0, 100, 200]);
});

test('a flung scrollbar asks for where it stops, not for every page it passes', async () => {
  const source = list(1_000_000);
  const pages = new RowPages(source.load, 100, 10);
  pages.want(0, 30);
  await source.settle();
  for (let top = 1_000; top <= 900_000; top += 1_000) pages.want(top, top + 30);
  await source.settle();
  expect(pages.at(900_000)).toBe(900_000);
  expect(source.asked.length).toBeLessThan(6);
});

test('forgets the farthest pages and reads them again when they come back into view', async () => {
  const source = list(10_000);
  const pages = new RowPages(source.load, 100, 3);
  for (const top of [0, 100, 200, 300]) {
    pages.want(top, top + 30);
    await source.settle();
  }
  expect(pages.at(0)).toBeUndefined();
  expect(pages.at(330)).toBe(330);
  pages.want(0, 30);
  await source.settle();
  expect(pages.at(0)).toBe(0);
});

test('an answer from before a reload is dropped', async () => {
  let size = 500;
  const held: (() => void)[] = [];
  const pages = new RowPages<string>(
    (offset) =>
      new Promise((resolve) => {
        const total = size;
        const answer = () => resolve({ total, rows: [`${offset} of ${total}`] });
        if (held.length === 0) held.push(answer);
        else answer();
      }),
    100,
  );
  pages.want(0, 10);
  size = 7;
  await pages.reload();
  held[0]?.();
  await new Promise((resolve) => setTimeout(resolve));
  expect(pages.total).toBe(7);
  expect(pages.at(0)).toBe('0 of 7');
});

test('a page that cannot be read is said, and the next scroll tries again', async () => {
  const source = list(500);
  const pages = new RowPages(source.load, 100);
  pages.want(0, 10);
  await source.settle('fail');
  expect(pages.failure).toBeInstanceOf(Error);
  expect(source.asked).toEqual([0]);
  pages.want(0, 10);
  await source.settle();
  expect(pages.failure).toBeNull();
  expect(pages.at(5)).toBe(5);
});
