/**
 * Bundles TypeScript that runs under plain Node: the workers of the tests, benches and scripts. The same bundler as
 * the app's, so that `import.meta.glob('….sql', { query: '?raw' })` means the same everywhere.
 */
import { build } from 'vite';
import { root } from '../bootstrap/places.mjs';
import { externalPackages, packageAliases } from './entries.mjs';

/**
 * Bundles entries with the packages they use, as the app's own build does: hundreds of files of packages, each looked up
 * with the package.json above it, take longer to load than most tests of a process or a worker take.
 *
 * @param {Record<string, string>} entries output name without `.js` → absolute path of the source
 * @param {string} outDir absolute; emptied first
 * @param {{ packagesOutside?: boolean }} [options] for programs that use tools which cannot be bundled
 */
export async function bundleForNode(entries, outDir, { packagesOutside = false } = {}) {
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    envDir: false,
    publicDir: false,
    resolve: { alias: packageAliases },
    ssr: { noExternal: packagesOutside ? [] : true },
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
