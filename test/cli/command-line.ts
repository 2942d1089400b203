import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { bundleForNode } from '../../scripts/build/bundle-for-node.mjs';
import { workerEntries } from '../../scripts/build/entries.mjs';

const root = path.resolve(import.meta.dirname, '../..');
// Test files run side by side: each worker of the runner bundles into a folder of its own.
const folder = path.join(root, 'out', 'test-cli', process.env['VITEST_POOL_ID'] ?? '0');

export interface CommandEnd {
  code: number | null;
  out: string;
  error: string;
}

/** Bundles `laurel` with its workers, as the build does. */
export async function bundleCommandLine(): Promise<void> {
  await bundleForNode({ cli: path.join(root, 'electron/cli/index.ts'), ...workerEntries() }, folder);
}

/** Runs `laurel` as a process of its own. */
export async function laurel(cwd: string, ...args: string[]): Promise<CommandEnd> {
  const child = spawn(process.execPath, [path.join(folder, 'cli.js'), ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let error = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (out += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (error += chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, error };
}
