import path from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';
import { externalPackages, workerEntries } from './scripts/build/entries.mjs';
import { handbookPages } from './scripts/build/handbook-pages.mjs';

const root = import.meta.dirname;
const source = (file: string): string => path.join(root, file);

// One build runs on the official runtime and on the older fallback, so the older one sets the targets.
const nodeTarget = 'node20.18';
const chromeTarget = 'chrome130';

export default defineConfig({
  main: {
    build: {
      target: nodeTarget,
      rolldownOptions: {
        // How workers are declared and addressed: scripts/build/entries.mjs.
        input: {
          index: source('electron/main/index.ts'),
          backend: source('electron/backend/index.ts'),
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
      rolldownOptions: { input: source('renderer/index.html') },
    },
  },
});
