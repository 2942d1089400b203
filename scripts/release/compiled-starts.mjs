/** Starts the built app once before it is packed, so that it brings the compiled code of its starts along. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { root } from '../bootstrap/places.mjs';
import { hasDisplay } from '../bootstrap/system-libraries.mjs';
import { electronPath, runtimeArguments } from '../runtime-path.mjs';
import { startVirtualDisplay } from '../virtual-display.mjs';

const LIMIT_MS = 60_000;
const BETWEEN_LOOKS_MS = 200;
const folder = path.join(root, 'out', 'main', 'compiled');
const files = ['main.bin', 'backend.bin'].map((name) => path.join(folder, name));

/**
 * Makes the compiled code of main and the backend with the runtime that the package holds: `decisions/0172`. An app
 * without it works, and starts more slowly.
 *
 * @returns {Promise<string>} what became of it, in words
 */
export async function compileStarts() {
  const { executable, hosts } = await electronPath();
  // The backend of a package always runs in its own runtime.
  if (!hosts) return 'left out, because the backend does not run in this runtime';
  rmSync(folder, { recursive: true, force: true });
  const virtual = hasDisplay() ? undefined : await startVirtualDisplay();
  const userData = mkdtempSync(path.join(tmpdir(), 'laurel-compiled-'));
  try {
    const child = spawn(executable, [...runtimeArguments(), root], {
      stdio: 'ignore',
      env: { ...process.env, LAUREL_USER_DATA: userData, ...(virtual ? { DISPLAY: virtual.display } : {}) },
    });
    const ended = once(child, 'exit');
    const until = Date.now() + LIMIT_MS;
    while (!files.every((file) => existsSync(file)) && child.exitCode === null && Date.now() < until) {
      await wait(BETWEEN_LOOKS_MS);
    }
    child.kill('SIGTERM');
    await ended;
  } finally {
    await virtual?.stop();
    rmSync(userData, { recursive: true, force: true, maxRetries: 3 });
  }
  const made = files.filter((file) => existsSync(file));
  if (made.length < files.length) return `left out, because the app did not make it within ${LIMIT_MS / 1000} s`;
  const megabytes = made.reduce((sum, file) => sum + statSync(file).size, 0) / 1_000_000;
  return `${megabytes.toFixed(1)} MB`;
}
