import { expect, test } from 'vitest';
import { PortionedWork, portionsOf } from '../../../renderer/features/badges/portioned-work';

const ids = Array.from({ length: 1_700 }, (_, index) => `id${index}`);

test('every id is acted on once, in order, and progress says how far it is', async () => {
  let second = 0;
  const seen: string[] = [];
  const progress: unknown[] = [];
  const work: PortionedWork = new PortionedWork(
    'Duplicating',
    ids.length,
    portionsOf(ids, (portion) => {
      progress.push([work.progress?.done, work.progress?.perSecond, work.share]);
      seen.push(...portion);
      return Promise.resolve();
    }),
    () => (second += 1),
  );
  await work.run();
  expect(work).toMatchObject({ state: 'finished', answer: 1_700, title: 'Duplicating', total: 1_700 });
  expect(seen).toEqual(ids);
  expect(progress).toEqual([
    [0, 0, 0],
    [500, 250, 500 / 1_700],
    [1_000, 1_000 / 3, 1_000 / 1_700],
    [1_500, 375, 1_500 / 1_700],
  ]);
});

test('a cancellation ends after the portion under way and says how much was done', async () => {
  const work: PortionedWork = new PortionedWork(
    'Deleting',
    ids.length,
    portionsOf(ids, () => {
      work.cancel();
      return Promise.resolve();
    }),
  );
  await work.run();
  expect(work.answer).toBe(500);
});

test('a portion that fails ends it', async () => {
  const full = new Error('The disk is full.');
  const work = new PortionedWork('Deleting', ids.length, () => Promise.reject(full));
  await work.run();
  expect(work).toMatchObject({ state: 'failed', failure: full, answer: null });
});
