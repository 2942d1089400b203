/** Where the Electron runtime is that the set-up provided. For the scripts, the e2e tests and packaging. */
import { currentRuntime } from './bootstrap/electron-runtime.mjs';
import { storeModule } from './bootstrap/store-module.mjs';

/**
 * The Electron executable to run Laurel with.
 *
 * @returns {Promise<{ executable: string, fallback: boolean, version: string, hosts: boolean }>} `fallback` is true for the
 *   runtime of closed networks, whose Node-API is too old for better-sqlite3 as it ships; `hosts` is true where the
 *   backend runs inside the runtime, because that is official or the store's module was built for it
 * @throws {Error} when the set-up has not provided one
 */
export async function electronPath() {
  const runtime = await currentRuntime();
  if (!runtime) {
    throw new Error('There is no Electron runtime yet. Run: npm run setup');
  }
  return { ...runtime, hosts: !runtime.fallback || (await storeModule(runtime)) !== undefined };
}

/**
 * What must be passed to the runtime on this machine: Chromium's own sandbox cannot work as root (containers, CI) and
 * stays on everywhere else.
 * @returns {string[]}
 */
export function runtimeArguments() {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}
