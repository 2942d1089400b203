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

/**
 * Output name without `.js` → source, relative to the repository, for the development server, which runs them as they
 * are.
 */
export const starts = { index: 'electron/main/index.ts', backend: 'electron/backend/index.ts' };

/**
 * What is bundled by itself: the code as CommonJS, whose compiled form can be kept from start to start
 * (`electron/disk/compiled-code.ts`), and what runs it under the names of the above.
 *
 * @type {readonly { name: string, source: string, format: 'cjs' | 'es' }[]}
 */
const bundles = [
  { name: 'main', source: starts.index, format: 'cjs' },
  { name: 'backend', source: starts.backend, format: 'cjs' },
  { name: 'index', source: 'electron/main/start.ts', format: 'es' },
  { name: 'backend', source: 'electron/backend/start.ts', format: 'es' },
];

/** Letters beyond ASCII as escapes: a source of single bytes is read, hashed and held in a third of the time. */
const inAscii = {
  name: 'laurel-in-ascii',
  generateBundle(/** @type {unknown} */ _options, /** @type {import('vite').Rolldown.OutputBundle} */ bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk') continue;
      chunk.code = chunk.code.replaceAll(
        /[^\0-\x7f]/g,
        (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
      );
    }
  },
};

/** Bundles them into `out/main`, beside what is there. */
export async function bundleStarts() {
  for (const { name, source, format } of bundles) {
    const ending = format === 'cjs' ? 'cjs' : 'js';
    await build({
      root,
      configFile: false,
      logLevel: 'warn',
      envDir: false,
      publicDir: false,
      plugins: format === 'cjs' ? [inAscii] : [],
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
          output: {
            ...{ format, entryFileNames: `[name].${ending}`, chunkFileNames: `${name}-[name]-[hash].${ending}` },
          },
        },
      },
    });
  }
}
