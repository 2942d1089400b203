import path from 'node:path';
import { expect, test } from 'vitest';
import { workerEntries } from '../../../../scripts/build/entries.mjs';
import { bundleForNode } from '../../../../scripts/build/bundle-for-node.mjs';
import { temporaryFolder } from '../../../db/temporary-folder';
import { surviveImporting } from './survival';

test('past awards imported, a tenth of all requests failing, Laurel killed at random: each once', async () => {
  const folder = path.resolve(import.meta.dirname, '../../../../out/test-children/import');
  await bundleForNode(
    { 'live-laurel': path.join(import.meta.dirname, 'children/live-laurel.ts'), ...workerEntries() },
    folder,
  );
  const program = [path.join(folder, 'live-laurel.js')];
  const run = { seed: 1, customers: 150, chunkSize: 20, folder: temporaryFolder(), program };
  const { kills, requests } = await surviveImporting(run);
  // Without a kill in the middle nothing of this would have been tried.
  expect(kills).toBeGreaterThan(0);
  expect(requests).toBeGreaterThan(50);
});
