/** The command line as a bundle, for the tests that start it as a process. */
import { existsSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { inject } from 'vitest';
import { exclusively } from '../../scripts/bootstrap/exclusive.mjs';
import { bundleForNode } from '../../scripts/build/bundle-for-node.mjs';
import { workerEntries } from '../../scripts/build/entries.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of this run of the runner alone, absolute; it goes with the run. None where sources change in a run. */
    runFolder?: string;
  }
}

const root = path.resolve(import.meta.dirname, '../..');
const runFolder = inject('runFolder');
const folder = path.join(
  ...(runFolder === undefined
    ? [root, 'out', 'test-cli', process.env['VITEST_POOL_ID'] ?? '0']
    : [runFolder, 'command-line']),
);

/** Path of what {@link bundleCommandLine} has bundled. */
export const commandLine = path.join(folder, 'cli.js');

/**
 * Bundles `laurel` with its workers, as the build does: once for all the test files of a run that ask for it, and
 * for each of them where the runner works on sources that change, as it does for mutation tests.
 */
export async function bundleCommandLine(): Promise<void> {
  await exclusively(`${folder}.lock`, async () => {
    if (runFolder !== undefined && existsSync(folder)) return;
    const unfinished = `${folder}.unfinished`;
    await bundleForNode({ cli: path.join(root, 'electron/cli/index.ts'), ...workerEntries() }, unfinished);
    rmSync(folder, { recursive: true, force: true });
    renameSync(unfinished, folder);
  });
}
