/**
 * `npm start`: builds what changed and opens Laurel's window. Without a display it opens the window on a virtual one,
 * saves a picture of it when it is ready, and ends: nobody could use or close that window.
 *
 * Agreement with electron/main: with `LAUREL_SCREENSHOT=<path>` in its environment it saves a PNG of the ready window
 * there and quits with code 0.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { root } from './bootstrap/places.mjs';
import { explain, say, SetupError, step } from './bootstrap/report.mjs';
import { hasDisplay } from './bootstrap/system-libraries.mjs';
import { buildApp } from './build/app.mjs';
import { electronPath, runtimeArguments } from './runtime-path.mjs';
import { startVirtualDisplay } from './virtual-display.mjs';

const readyLimitMs = 90_000;

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {number} [limitMs]
 * @returns {Promise<{ code: number, late: boolean, output: string }>}
 */
async function openWindow(env, limitMs) {
  const { executable } = await electronPath();
  const quiet = limitMs !== undefined;
  return new Promise((resolve, reject) => {
    const child = spawn(executable, [...runtimeArguments(), root, ...process.argv.slice(2)], {
      env,
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    });
    let output = '';
    let late = false;
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    const limit =
      limitMs === undefined
        ? undefined
        : setTimeout(() => {
            late = true;
            child.kill('SIGKILL');
          }, limitMs);
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
      process.on(signal, () => child.kill(signal));
    }
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(limit);
      resolve({ code: code ?? 1, late, output });
    });
  });
}

/**
 * Whether a PNG was saved: a window captured before it was painted gives an empty file.
 * @param {string} file
 */
function isPicture(file) {
  try {
    return readFileSync(file).subarray(1, 4).toString('latin1') === 'PNG';
  } catch {
    return false;
  }
}

/** @param {NodeJS.ProcessEnv} env */
async function openOnVirtualDisplay(env) {
  say('There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so the window opens on a virtual one.');
  const picture = path.join(root, 'test-results', 'start.png');
  mkdirSync(path.dirname(picture), { recursive: true });
  rmSync(picture, { force: true });
  const { display, stop } = await startVirtualDisplay();
  try {
    const window = await openWindow({ ...env, DISPLAY: display, LAUREL_SCREENSHOT: picture }, readyLimitMs);
    if (window.late || window.code !== 0 || !isPicture(picture)) {
      throw new SetupError(
        window.late
          ? `the window was not ready after ${readyLimitMs / 1000} s.`
          : `Laurel ended with code ${window.code} and without a picture of a ready window.`,
        'read the output above; npm run laurel -- --help shows the way to work without a window.',
        window.output,
      );
    }
  } finally {
    await stop();
  }
  say(`The window was ready. Its picture: ${picture}`);
  say('Laurel has quit again, since nobody can see that window. To work without one: npm run laurel -- --help');
}

try {
  await step('build', async () => ((await buildApp()).built ? 'made anew, because the sources changed' : undefined));
  const env = { ...process.env };
  // Set by some editors' terminals; it would turn the app into a plain Node.
  delete env.ELECTRON_RUN_AS_NODE;
  if (hasDisplay()) {
    process.exitCode = (await openWindow(env)).code;
  } else {
    await openOnVirtualDisplay(env);
  }
} catch (error) {
  explain(error);
  process.exitCode = 1;
}
