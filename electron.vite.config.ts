import path from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';
import { externalPackages, nodeTarget, packageAliases, workerEntries } from './scripts/build/entries.mjs';
import { handbookPages } from './scripts/build/handbook-pages.mjs';
import { starts } from './scripts/build/starts.mjs';

const root = import.meta.dirname;
const source = (file: string): string => path.join(root, file);

// As with Node, the older runtime sets the target.
const chromeTarget = 'chrome130';

const startEntries = Object.fromEntries(Object.entries(starts).map(([name, file]) => [name, source(file)]));

export default defineConfig(({ command }) => ({
  main: {
    resolve: { alias: packageAliases },
    build: {
      target: nodeTarget,
      rolldownOptions: {
        // How workers are declared and addressed: scripts/build/entries.mjs.
        input: {
          // The app's build makes them by themselves; the development server watches them here.
          ...(command === 'serve' ? startEntries : {}),
          cli: source('electron/cli/index.ts'),
          ...workerEntries(root),
        },
        external: externalPackages,
        // Flat, because code addresses workers and entries relative to the file it was bundled into.
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      target: nodeTarget,
      // A sandboxed preload can load nothing but itself, and only as CommonJS.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: source('electron/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: source('renderer'),
    plugins: [svelte({ configFile: source('svelte.config.js') }), handbookPages()],
    build: {
      target: chromeTarget,
      minify: true,
      // An inlined asset is a data: address, which the page's content security policy refuses.
      assetsInlineLimit: 0,
      // In kB: nothing comes over a network.
      chunkSizeWarningLimit: 2_000,
      rolldownOptions: {
        input: source('renderer/index.html'),
        // What the first screen needs comes as one file: each further one would be asked of main while it starts too.
        output: { codeSplitting: { groups: [{ name: 'start', tags: ['$initial'] }] } },
      },
    },
  },
}));
