/**
 * What a start waits for: main and the backend, each bundled by itself, so that it is one file and holds nothing that
 * only the other, the command line or a worker needs. What they load when it is asked for stays in files of its own.
 *
 * With the rest of `out/main` they would share some eighty small files, each to be found, read and linked at every start.
 */
import path from 'node:path';
import { build } from 'vite';
import { root } from '../bootstrap/places.mjs';
import { externalPackages, nodeTarget } from './entries.mjs';

const outDir = path.join(root, 'out', 'main');

/** Output name without `.js` → source, relative to the repository. */
export const starts = { index: 'electron/main/index.ts', backend: 'electron/backend/index.ts' };

/** Bundles them into `out/main`, beside what is there. */
export async function bundleStarts() {
  for (const [name, source] of Object.entries(starts)) {
    await build({
      root,
      configFile: false,
      logLevel: 'warn',
      envDir: false,
      publicDir: false,
      ssr: { noExternal: true },
      build: {
        ssr: true,
        outDir,
        emptyOutDir: false,
        target: nodeTarget,
        minify: false,
        rolldownOptions: {
          input: { [name]: path.join(root, source) },
          external: externalPackages,
          output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: `${name}-[name]-[hash].js` },
        },
      },
    });
  }
}
