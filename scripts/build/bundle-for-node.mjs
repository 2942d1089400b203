/**
 * Bundles TypeScript that runs under plain Node: the workers of the tests, benches and scripts. The same bundler as
 * the app's, so that `import.meta.glob('….sql', { query: '?raw' })` means the same everywhere.
 */
import { build } from 'vite';
import { root } from '../bootstrap/places.mjs';
import { externalPackages } from './entries.mjs';

/**
 * Bundles entries and leaves all packages of node_modules outside: tests and benches run them as they are installed. The
 * app's own build takes them in, apart from native ones, so a bench leaves out what that saves at the start.
 *
 * @param {Record<string, string>} entries output name without `.js` → absolute path of the source
 * @param {string} outDir absolute; emptied first
 */
export async function bundleForNode(entries, outDir) {
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    envDir: false,
    publicDir: false,
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      target: 'node22',
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        input: entries,
        external: externalPackages,
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
}
