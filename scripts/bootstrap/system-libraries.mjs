/**
 * What the system must bring on Linux: the libraries the Electron runtime links to, a virtual display where there is
 * no real one, and a Chromium for the component tests. Installs them itself only as root on a Debian family system.
 */
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { SetupError } from './report.mjs';
import { lastLines, run } from './run.mjs';

/** Packages whose dependencies bring every library that Electron links to on a bare Debian 12. */
const libraryPackages = ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1'];
const chromiumNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * Finds a program as a shell would.
 * @param {string[]} names
 * @returns {string | undefined} absolute path of the first that exists
 */
export function findProgram(names) {
  for (const name of names) {
    for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
      const file = path.join(folder, name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        continue;
      }
    }
  }
  return undefined;
}

/** @returns {string | undefined} the Chromium that runs the component tests */
export function chromiumPath() {
  return findProgram(chromiumNames);
}

/** @returns {boolean} whether this session has a display to open a window on */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/**
 * @param {string} executable of the Electron runtime
 * @returns {Promise<string[]>} names of the libraries that the loader cannot find
 */
async function missingLibraries(executable) {
  const answer = await run('ldd', [executable]);
  return [...answer.stdout.matchAll(/^\s*(\S+) => not found/gm)].map((match) => String(match[1]));
}

/**
 * @param {{ executable: string, display: boolean, browser: boolean }} needs
 * @returns {Promise<{ missing: string[], packages: string[] }>} in words, and as Debian packages
 */
async function lacking({ executable, display, browser }) {
  const missing = await missingLibraries(executable);
  const packages = missing.length > 0 ? [...libraryPackages] : [];
  if (display && !findProgram(['Xvfb'])) {
    missing.push('Xvfb (the virtual display)');
    packages.push('xvfb', 'xauth');
  }
  if (browser && !chromiumPath()) {
    missing.push('chromium (for the component tests)');
    packages.push('chromium');
  }
  return { missing, packages };
}

function isDebianFamily() {
  try {
    return (
      existsSync('/usr/bin/apt-get') && /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'))
    );
  } catch {
    return false;
  }
}

/**
 * The names by which this release knows the packages: since the change to 64-bit time some carry the ending t64.
 * @param {string[]} packages
 */
async function namesHere(packages) {
  return Promise.all(
    packages.map(async (name) => {
      const known = async (/** @type {string} */ candidate) =>
        (await run('apt-cache', ['madison', candidate])).stdout.trim() !== '';
      return !(await known(name)) && (await known(`${name}t64`)) ? `${name}t64` : name;
    }),
  );
}

/** @param {string[]} packages */
async function installPackages(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = ['-y', '-q', '-o', 'DPkg::Lock::Timeout=600'];
  const updated = await run('apt-get', ['update', ...options], { env });
  const names = await namesHere(packages);
  const installed = await run('apt-get', ['install', '--no-install-recommends', ...options, ...names], { env });
  if (installed.code !== 0) {
    throw new SetupError(
      `apt-get could not install ${names.join(' ')}.`,
      `check the package sources of this system, then run: apt-get update && apt-get install ${names.join(' ')}`,
      lastLines(updated.code === 0 ? installed.output : `${updated.output}\n${installed.output}`),
    );
  }
  return names;
}

/**
 * Makes sure that the system brings what is needed. A compiler, and what benches compare with, are only wished for: they are
 * installed where that can be done without asking, and nothing fails for want of them.
 *
 * @param {{ executable: string, display: boolean, browser: boolean, compiler?: boolean, bench?: boolean }} needs
 *   `display`: a virtual display will be used; `browser`: component tests will run; `compiler`: the store's module will be
 *   built; `bench`: benches will run
 * @param {boolean} [asRoot] whether it may install them itself
 * @returns {Promise<string | undefined>} what was installed, undefined when nothing was missing
 * @throws {SetupError} that names what is missing with the exact command
 */
export async function provideSystemLibraries(needs, asRoot = process.getuid?.() === 0) {
  if (process.platform !== 'linux') {
    return undefined;
  }
  const { missing, packages } = await lacking(needs);
  const wished = asRoot && isDebianFamily() ? wishes(needs) : [];
  if (missing.length === 0) {
    return wished.length > 0 ? installWished(wished) : undefined;
  }
  if (!isDebianFamily()) {
    throw new SetupError(
      `this system lacks ${missing.join(', ')}.`,
      'install them with the package manager of this system; their Debian packages are called ' +
        `${packages.join(' ')}. Then run the same command again.`,
    );
  }
  if (!asRoot) {
    throw new SetupError(
      `this system lacks ${missing.join(', ')}.`,
      `run: sudo apt-get update && sudo apt-get install ${(await namesHere(packages)).join(' ')}`,
    );
  }
  const names = await installPackages(packages);
  const left = await lacking(needs);
  if (left.missing.length > 0) {
    throw new SetupError(
      `apt-get installed ${names.join(' ')}, yet this system still lacks ${left.missing.join(', ')}.`,
      'find the packages that bring them and install those, then run the same command again.',
    );
  }
  if (wished.length > 0) {
    await installWished(wished);
  }
  return `installed ${names.join(' ')}`;
}

/**
 * @param {{ compiler?: boolean, bench?: boolean }} needs
 * @returns {string[]} packages of what is wished for and not there
 */
function wishes({ compiler, bench }) {
  return [
    ...(compiler && !findProgram(['g++', 'c++', 'clang++']) ? ['g++'] : []),
    ...(bench && !findProgram(['gcc', 'cc', 'clang']) ? ['gcc', 'libc6-dev'] : []),
    ...(bench && !existsSync('/usr/lib/python3/dist-packages/simpy') ? ['python3-simpy3'] : []),
  ];
}

/**
 * Brings what `npm run slices` carries slices with, where that can be done without asking; it leaves out and names what is not there.
 *
 * @returns {Promise<string | undefined>} what was installed, undefined when nothing was missing or nothing can be installed
 */
export async function provideSchedulers() {
  if (process.getuid?.() !== 0 || !isDebianFamily()) {
    return undefined;
  }
  // Their daemons lie where only root's path leads.
  const daemon = (/** @type {string} */ name) => findProgram([name]) ?? existsSync(`/usr/sbin/${name}`);
  const wished = [
    ...(findProgram(['parallel']) ? [] : ['parallel']),
    ...(daemon('sshd') ? [] : ['openssh-server']),
    ...(daemon('munged') ? [] : ['munge']),
    ...(daemon('slurmctld') && daemon('slurmd') && findProgram(['sbatch']) ? [] : ['slurm-wlm']),
  ];
  return wished.length > 0 ? installWished(wished) : undefined;
}

/** @param {string[]} packages */
async function installWished(packages) {
  try {
    return `installed ${(await installPackages(packages)).join(' ')}`;
  } catch {
    return `${packages.join(' ')} could not be installed; what needs it says so and is left out`;
  }
}
