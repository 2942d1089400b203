/** vitest's global set-up: bundles the workers once, because a worker thread cannot run TypeScript that imports more. */
import path from 'node:path';
import { root } from '../bootstrap/places.mjs';
import { bundleForNode } from './bundle-for-node.mjs';
import { workerEntries } from './entries.mjs';

export default async function setup() {
  const entries = workerEntries();
  if (Object.keys(entries).length > 0) {
    await bundleForNode(entries, path.join(root, 'out', 'test-workers'));
  }
}
