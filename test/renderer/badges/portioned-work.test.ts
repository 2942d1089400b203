import { expect, test } from 'vitest';
import { PortionedWork } from '../../../renderer/features/badges/portioned-work.svelte';

const ids = Array.from({ length: 1_700 }, (_, index) => `id${index}`);

test('every id is acted on once, in order, and progress says how far it is', async () => {
  let second = 0;
  const work = new PortionedWork(() => (second += 1));
  const seen: string[] = [];
  const progress: (number | undefined)[] = [];
  const done = await work.run('Duplicating', ids, (portion) => {
    progress.push(work.progress?.done);
    seen.push(...portion);
    return Promise.resolve();
  });
  expect(done).toBe(1_700);
  expect(seen).toEqual(ids);
  expect(progress).toEqual([0, 500, 1_000, 1_500]);
  expect(work.progress).toBeNull();
});

test('a cancellation ends after the portion under way and says how much was done', async () => {
  const work = new PortionedWork();
  const done = await work.run('Deleting', ids, () => {
    work.cancel();
    return Promise.resolve();
  });
  expect(done).toBe(500);
  expect(await work.run('Deleting', ids, () => Promise.resolve())).toBe(1_700);
});

test('a portion that fails ends it, and leaves nothing showing', async () => {
  const work = new PortionedWork();
  await expect(work.run('Deleting', ids, () => Promise.reject(new Error('The disk is full.')))).rejects.toThrow('disk');
  expect(work.progress).toBeNull();
});
