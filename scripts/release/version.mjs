/** The version of a release: said in several places, and the same in all of them. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { SetupError } from '../bootstrap/report.mjs';

/** @param {string} root @param {string} name */
const read = (root, name) => JSON.parse(readFileSync(path.join(root, name), 'utf8'));

/**
 * @param {string} root folder with package.json and package-lock.json
 * @param {string} [tag] that a release is made of: `v` and the version
 * @returns {string} the version
 * @throws {SetupError} when it is none, or is not the same everywhere
 */
export function requireOneVersion(root, tag) {
  const { version } = read(root, 'package.json');
  if (!/^\d+\.\d+\.\d+(?:-[0-9a-z.-]+)?$/i.test(version)) {
    throw new SetupError(`${version} in package.json is no version.`, 'write it as 1.2.3.');
  }
  const lock = read(root, 'package-lock.json');
  if (lock.version !== version || lock.packages['']?.version !== version) {
    throw new SetupError(`package-lock.json says ${lock.version}, package.json ${version}.`, 'run npm install.');
  }
  if (tag !== undefined && tag !== `v${version}`) {
    throw new SetupError(
      `the tag ${tag} is not the version ${version} of package.json.`,
      `set the version first, or tag the commit v${version}.`,
    );
  }
  return version;
}
