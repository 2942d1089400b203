import path from 'node:path';
import { expect, test } from 'vitest';
import { workerEntries } from '../../../../scripts/build/entries.mjs';
import { bundleForNode } from '../../../../scripts/build/bundle-for-node.mjs';
import { temporaryFolder } from '../../../db/temporary-folder';
import { surviveTakingBack } from './survival';

test('awards and enrolments taken back, a tenth of all requests failing, Laurel killed at random: each once, and only the job’s', async () => {
  const folder = path.resolve(import.meta.dirname, '../../../../out/test-children/take-back');
  await bundleForNode(
    { 'live-laurel': path.join(import.meta.dirname, 'children/live-laurel.ts'), ...workerEntries() },
    folder,
  );
  const program = [path.join(folder, 'live-laurel.js')];
  for (const [action, customers] of [
    ['award', 150],
    ['enrol', 1_200],
  ] as const) {
    const run = { seed: 1, customers, chunkSize: 200, folder: temporaryFolder(), program, action };
    const { kills, requests } = await surviveTakingBack(run);
    // Without a kill in the middle nothing of this would have been tried.
    expect(kills).toBeGreaterThan(0);
    expect(requests).toBeGreaterThan(50);
  }
});
