import path from 'node:path';
import { expect, test } from 'vitest';
import { workerEntries } from '../../../scripts/build/entries.mjs';
import { bundleChild } from '../../db/child-program';

test.each([
  ['while it is busy and hears of nothing', 'now'],
  ['before the backend began to watch it', 'late'],
])('a backend whose main was killed ends: %s', async (_, role) => {
  const source = path.join(import.meta.dirname, 'children', 'orphan.ts');
  const start = await bundleChild('orphan', source, workerEntries());
  const main = start(role);
  await main.said('busy');
  main.kill();
  // The busy process holds the same pipe: only when it is gone, too, is the pipe closed.
  expect((await main.ended).signal).toBe('SIGKILL');
});
