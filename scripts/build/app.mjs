/**
 * The app's build, made anew only when what it is made of has changed. What it is made of: every source file, the
 * configuration of the build and the lock.
 */
import { createHash } from 'node:crypto';
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { lastLines, run } from '../bootstrap/run.mjs';
import { exclusively } from '../bootstrap/exclusive.mjs';
import { nodePath } from '../bootstrap/pinned-node.mjs';
import { modulesFolder, root, stateFolder } from '../bootstrap/places.mjs';
import { SetupError } from '../bootstrap/report.mjs';
import { bundleStarts } from './starts.mjs';

const stamp = path.join(root, 'out', 'built-from.json');
const sources = [
  'shared/**/*',
  'db/**/*',
  'electron/**/*',
  'renderer/**/*',
  'docs/handbook/**/*',
  'scripts/build/*',
  'electron.vite.config.ts',
  'svelte.config.js',
  'package.json',
  'package-lock.json',
];
const products = [
  ...['main/index.js', 'main/main.cjs', 'main/backend.js', 'main/backend.cjs', 'main/cli.js'],
  ...['preload/index.cjs', 'renderer/index.html'],
];

function sourceHash() {
  const hash = createHash('sha256');
  const files = globSync(sources, { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
  for (const file of files) {
    hash.update(`${path.relative(root, file)}\0`);
    hash.update(createHash('sha256').update(readFileSync(file)).digest());
  }
  return hash.digest('hex');
}

/** @param {string} hash */
function isBuiltFrom(hash) {
  try {
    const built = JSON.parse(readFileSync(stamp, 'utf8'));
    for (const product of products) {
      readFileSync(path.join(root, 'out', product));
    }
    return built.hash === hash;
  } catch {
    return false;
  }
}

/** @param {string} said by the bundler */
function notBuilt(said) {
  const advice = 'correct what the bundler names above, then run the same command again.';
  return new SetupError('Laurel could not be built.', advice, lastLines(said, 40));
}

/** Makes the next build start anew: what the development server writes into `out/` is not the app's build. */
export function forgetBuild() {
  rmSync(stamp, { force: true });
}

/**
 * Builds the app into `out/` if its sources changed since the last build.
 *
 * @param {{ always?: boolean }} [options]
 * @returns {Promise<{ built: boolean, output: string }>} `output` is what the bundler said
 * @throws {SetupError} with the bundler's words when it fails; the last build then no longer counts as current
 */
export function buildApp({ always = false } = {}) {
  return exclusively(path.join(stateFolder, 'build.lock'), async () => {
    const hash = sourceHash();
    if (!always && isBuiltFrom(hash)) {
      return { built: false, output: '' };
    }
    forgetBuild();
    const bundler = path.join(modulesFolder, 'electron-vite', 'bin', 'electron-vite.js');
    // The bundler asks for a runtime even where it starts none; the command line needs none.
    const env = { ...process.env, ELECTRON_EXEC_PATH: process.env.ELECTRON_EXEC_PATH ?? 'none' };
    const finished = await run(nodePath(), [bundler, 'build', '--logLevel', 'warn'], { cwd: root, env });
    if (finished.code !== 0) {
      throw notBuilt(finished.output);
    }
    await bundleStarts().catch((error) => {
      throw notBuilt(String(error?.message ?? error));
    });
    mkdirSync(path.dirname(stamp), { recursive: true });
    writeFileSync(stamp, `${JSON.stringify({ hash })}\n`);
    return { built: true, output: finished.output };
  });
}
