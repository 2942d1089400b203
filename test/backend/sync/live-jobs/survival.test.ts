import path from 'node:path';
import { expect, test } from 'vitest';
import { workerEntries } from '../../../../scripts/build/entries.mjs';
import { bundleForNode } from '../../../../scripts/build/bundle-for-node.mjs';
import { temporaryFolder } from '../../../db/temporary-folder';
import { atLength } from '../../../setup/length';
import { survive } from './survival';

/** `npm run fuzz:sync` runs twenty-five. */
const SEEDS = [1];
const CUSTOMERS = atLength(3_000, 10_000);

test(`${String(CUSTOMERS)} customers, a tenth of all requests failing, Laurel killed at random: each once, or refused for a reason`, async () => {
  const folder = path.resolve(import.meta.dirname, '../../../../out/test-children/live-laurel');
  await bundleForNode(
    { 'live-laurel': path.join(import.meta.dirname, 'children/live-laurel.ts'), ...workerEntries() },
    folder,
  );
  for (const seed of SEEDS) {
    const { kills, requests } = await survive({
      ...{ seed, customers: CUSTOMERS, chunkSize: 100 },
      folder: temporaryFolder(),
      program: [path.join(folder, 'live-laurel.js')],
    });
    // Without a kill in the middle nothing of this would have been tried.
    expect(kills).toBeGreaterThan(0);
    expect(requests).toBeGreaterThan(100);
  }
});
