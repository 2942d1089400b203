/**
 * `npm run bench [-- NAME…]`: runs the benches one after the other, on the built app and a display.
 *
 * `npm run bench` runs those of the window and the store; the benches whose file names start with `gateway`, `replay`,
 * `simulation` or `sync` have commands of their own (`npm run bench:gateway`). A name picks the files that start with it;
 * what begins with `--` goes to the bench (`npm run bench:replay -- --rows 100000000`).
 */
import { globSync } from 'node:fs';
import path from 'node:path';
import { root } from './bootstrap/places.mjs';
import { explain, say, SetupError } from './bootstrap/report.mjs';
import { hasDisplay } from './bootstrap/system-libraries.mjs';
import { buildApp } from './build/app.mjs';
import { runTypeScript } from './build/run-typescript.mjs';
import { startVirtualDisplay } from './virtual-display.mjs';

const ownCommands = ['gateway', 'replay', 'simulation', 'sync'];
const given = process.argv.slice(2);
const firstOption = given.findIndex((word) => word.startsWith('--'));
const asked = firstOption < 0 ? given : given.slice(0, firstOption);
const options = firstOption < 0 ? [] : given.slice(firstOption);

/** @param {string} file */
function isAsked(file) {
  const name = path.basename(file);
  return asked.length > 0
    ? asked.some((start) => name.startsWith(start))
    : !ownCommands.some((start) => name.startsWith(start));
}

try {
  const files = globSync('test/bench/**/*.bench.ts', { cwd: root }).filter(isAsked).sort();
  if (files.length === 0) {
    throw new SetupError(`no bench in test/bench is called ${asked.join(' or ')}.`, 'name the start of a file there.');
  }
  await buildApp();
  const virtual = hasDisplay() ? undefined : await startVirtualDisplay();
  try {
    const env = virtual ? { ...process.env, DISPLAY: virtual.display } : process.env;
    for (const file of files) {
      say(`\n${file}`);
      if ((await runTypeScript(file, options, env)) !== 0) {
        process.exitCode = 1;
      }
    }
  } finally {
    await virtual?.stop();
  }
} catch (error) {
  explain(error);
  process.exitCode = 1;
}
