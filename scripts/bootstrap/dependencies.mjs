/**
 * The locked dependencies: are they all here, and if not, `npm ci`.
 *
 * `--ignore-scripts` belongs on that one call: the lock file loses better-sqlite3's `gypfile: false`, so npm would
 * start a compiler for a package that ships its binaries; as a setting in `.npmrc` it would disable `prestart` too.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { lastLines, npmReason, runNpm } from './run.mjs';
import { SetupError } from './report.mjs';

/** @param {string} file */
function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** @type {string | undefined} */
let libc;
function currentLibc() {
  const report = /** @type {{ header?: { glibcVersionRuntime?: string } }} */ (process.report.getReport());
  libc ??= report.header?.glibcVersionRuntime ? 'glibc' : 'musl';
  return libc;
}

/**
 * npm's rule for the fields os, cpu and libc of a package: one name or a list, plain or with `!` before each.
 * @param {string | string[] | undefined} field
 * @param {string} value
 */
function allows(field, value) {
  if (field === undefined) {
    return true;
  }
  const list = [field].flat();
  return list.some((entry) => entry.startsWith('!'))
    ? !list.includes(`!${value}`)
    : list.includes(value) || list.includes('any');
}

/** @param {{ os?: string | string[], cpu?: string | string[], libc?: string | string[] }} entry */
function suitsThisMachine(entry) {
  return (
    allows(entry.os, process.platform) &&
    allows(entry.cpu, process.arch) &&
    (entry.libc === undefined || process.platform !== 'linux' || allows(entry.libc, currentLibc()))
  );
}

/**
 * What is wrong with an installed tree, compared package by package with the lock file. npm writes its own record of
 * the tree last, so an interrupted installation has none; and an optional package that failed to download (the pinned
 * Node is one) is missing from it without any error from npm.
 *
 * @param {string} root folder with package-lock.json and node_modules
 * @returns {string | undefined} the first difference in words, or undefined when the tree is whole
 */
function differenceFromLock(root) {
  const lock = readJson(path.join(root, 'package-lock.json'));
  if (!lock) {
    throw new SetupError(
      'package-lock.json is missing or is not JSON.',
      'restore it from version control: git checkout -- package-lock.json',
    );
  }
  if (!existsSync(path.join(root, 'node_modules'))) {
    return 'not installed yet';
  }
  const installed = readJson(path.join(root, 'node_modules', '.package-lock.json'))?.packages;
  if (!installed) {
    return 'an earlier installation was interrupted';
  }
  for (const [location, wanted] of Object.entries(lock.packages)) {
    if (location === '' || wanted.link) {
      continue;
    }
    const found = installed[location];
    const name = location.replace(/^.*node_modules\//, '');
    if (!found) {
      const platformPackage = wanted.os !== undefined || wanted.cpu !== undefined;
      if (wanted.optional && !(platformPackage && suitsThisMachine(wanted))) {
        continue;
      }
      return `${name} is missing`;
    }
    if (found.version !== wanted.version) {
      return `the lock changed (${name} ${found.version} → ${wanted.version})`;
    }
    if (!existsSync(path.join(root, location, 'package.json'))) {
      return `${name} is not whole`;
    }
  }
  return undefined;
}

/**
 * Installs the locked dependencies when they are missing, incomplete or differ from the lock.
 *
 * @param {{ root: string, stateFolder: string }} places
 * @returns {Promise<string | undefined>} what was done, undefined when nothing was to do
 * @throws {SetupError} when npm fails
 */
export async function provideDependencies({ root, stateFolder }) {
  const marker = path.join(stateFolder, 'dependencies.json');
  const lockHash = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
  const remembered = readJson(marker);
  const reason =
    remembered?.state === 'installing' ? 'an earlier installation was interrupted' : differenceFromLock(root);
  const remember = (/** @type {'installing' | 'installed'} */ state) => {
    mkdirSync(stateFolder, { recursive: true });
    writeFileSync(marker, `${JSON.stringify({ state, lockHash })}\n`);
  };
  if (reason === undefined) {
    if (remembered?.lockHash !== lockHash) {
      remember('installed');
    }
    return undefined;
  }
  remember('installing');
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--include=dev', '--include=optional'];
  const finished = await runNpm(['ci', ...flags], { cwd: root });
  if (finished.code !== 0) {
    throw new SetupError(
      'npm ci could not install the locked dependencies.',
      /\bEUSAGE\b/.test(finished.output)
        ? 'package.json and package-lock.json disagree: restore both from version control, or run npm install and ' +
            'commit the lock it writes.'
        : 'check the network or the registry settings of npm (npm ping), then run the same command again.',
      npmReason(finished.output),
    );
  }
  const left = differenceFromLock(root);
  if (left !== undefined) {
    throw new SetupError(
      `npm ci ended without an error, but the tree differs from the lock: ${left}.`,
      'run the same command again; if it stays, your registry lacks that package for this platform.',
      lastLines(finished.output),
    );
  }
  remember('installed');
  return `installed from the lock, because: ${reason}`;
}
