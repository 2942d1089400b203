/**
 * What is bundled for Node, for the app's build, for the tests and for scripts alike.
 *
 * A worker is declared by its file name alone: `electron/backend/**` or `electron/cli/**`, ending in `.worker.ts`.
 * Every worker is emitted flat, as `<name>.worker.js` beside the bundle that starts it, and is addressed with
 * `new Worker(workerUrl('<name>'))` from `electron/backend/process/worker-url.ts`. Names are therefore unique.
 */
import { globSync } from 'node:fs';
import path from 'node:path';
import { root } from '../bootstrap/places.mjs';

/** Packages that stay outside every bundle: native code, an engine that reads its own file, and the runtime's own module. */
export const externalPackages = [
  'electron',
  'better-sqlite3',
  'quickjs-wasi',
  '@duckdb/node-api',
  'harfbuzzjs',
  '@resvg/resvg-wasm',
  'woff2-encoder/decompress',
];

// Its build for Node declares a `require` of its own, and so does what electron-vite puts before a chunk that has one.
export const packageAliases = [{ find: /^fflate$/, replacement: 'fflate/browser' }];

/** One build runs on the official runtime and on the older fallback, so the older one sets the target. */
export const nodeTarget = 'node20.18';

/**
 * @param {string} [folder] of the sources; the repository unless a test plants its own
 * @returns {Record<string, string>} output name without `.js` → absolute path of the worker's source
 * @throws {Error} when two workers have one name
 */
export function workerEntries(folder = root) {
  /** @type {Record<string, string>} */
  const entries = {};
  for (const file of globSync('electron/{backend,cli}/**/*.worker.ts', { cwd: folder }).sort()) {
    const name = path.basename(file, '.ts');
    if (Object.hasOwn(entries, name)) {
      throw new Error(`Two workers are called ${name}: all are emitted into one folder, so rename one of them.`);
    }
    entries[name] = path.join(folder, file);
  }
  return entries;
}
