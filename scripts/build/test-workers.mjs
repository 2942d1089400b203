/** vitest's global set-up: bundles the workers once, because a worker thread cannot run TypeScript that imports more. */
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { root } from '../bootstrap/places.mjs';
import { bundleForNode } from './bundle-for-node.mjs';
import { workerEntries } from './entries.mjs';

/** @param {{ provide: (name: 'runFolder', value: string) => void }} [project] none where only the workers are asked for */
export default async function setup(project) {
  // What test files bundle for themselves and share: test/setup/command-line-once.ts.
  const runFolder = path.join(root, 'out', 'test-runs', randomUUID());
  project?.provide('runFolder', runFolder);
  const entries = workerEntries();
  if (Object.keys(entries).length > 0) {
    await bundleForNode(entries, path.join(root, 'out', 'test-workers'));
  }
  return () => rmSync(runFolder, { recursive: true, force: true });
}
