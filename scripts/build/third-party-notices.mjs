/**
 * The notices of third-party code in what is shipped: every package that the app's sources import, and what those depend
 * on in their turn, each with its licence and the words that must travel with it. Read from the lock and from the
 * installed packages alone, so that the same lock gives the same bytes on every machine.
 */
import { globSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { SetupError } from '../bootstrap/report.mjs';

/** Where it is kept, below the repository. */
export const noticesFile = 'THIRD-PARTY-NOTICES.md';

const shipped = '{shared,db,electron,renderer}/**/*.{ts,svelte}';
const importedName = /(?:\bfrom|\bimport)\s*\(?\s*'((?:@[\w.-]+\/)?[\w][\w.-]*)(?:\/[^']*)?'/g;
const licenceName = /^(licen[cs]e|copying|notice)([.-].*)?$/i;

/**
 * @typedef {{ version?: string, license?: string, dependencies?: Record<string, string>,
 *   peerDependencies?: Record<string, string>, optional?: boolean, os?: unknown }} Locked
 */

/**
 * The packages that sources name in an import, our own files and Node's modules left out.
 * @param {string} root
 */
function importedPackages(root) {
  /** @type {Set<string>} */
  const names = new Set();
  for (const file of globSync(shipped, { cwd: root })) {
    for (const [, name] of readFileSync(path.join(root, file), 'utf8').matchAll(importedName)) {
      if (name) {
        names.add(name);
      }
    }
  }
  return names;
}

/**
 * The place of a package in the lock, as Node looks for it: in the folder that asks, then in each above.
 * @param {Record<string, Locked>} packages
 * @param {string} name
 * @param {string} from place of the package that asks; empty: our own sources
 */
function placeOf(packages, name, from) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const place = `${folder}${folder === '' ? '' : '/'}node_modules/${name}`;
    if (packages[place]) {
      return place;
    }
    if (folder === '') {
      return undefined;
    }
  }
}

/**
 * Everything that is shipped, by its place in the lock.
 * @param {string} root
 * @param {Record<string, Locked>} packages
 */
function shippedPlaces(root, packages) {
  /** @type {Set<string>} */
  const places = new Set();
  /** @type {[name: string, from: string][]} */
  const asked = [...importedPackages(root)].map((name) => [name, '']);
  for (let next = asked.pop(); next; next = asked.pop()) {
    const [name, from] = next;
    const place = placeOf(packages, name, from);
    const locked = place === undefined ? undefined : packages[place];
    // The runtime brings its own notices, which lie beside it in the package; of types nothing is shipped.
    if (!place || !locked || places.has(place) || name === 'electron' || name.startsWith('@types/')) {
      continue;
    }
    places.add(place);
    for (const needed of Object.keys({ ...locked.dependencies, ...locked.peerDependencies })) {
      asked.push([needed, place]);
    }
  }
  return [...places];
}

/**
 * What of the lock is shipped, as `name@version`; the runtime is not among it.
 *
 * @param {string} root
 */
export function shippedPackages(root) {
  /** @type {Record<string, Locked>} */
  const packages = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages;
  return new Set(
    shippedPlaces(root, packages).map(
      (place) => `${place.slice(place.lastIndexOf('node_modules/') + 13)}@${packages[place]?.version ?? ''}`,
    ),
  );
}

/** @param {string} folder of an installed package */
function licenceText(folder) {
  const files = readdirSync(folder)
    .filter((name) => licenceName.test(name))
    .sort();
  return files
    .map((name) => readFileSync(path.join(folder, name), 'utf8').replaceAll('\r\n', '\n').trim())
    .join('\n\n');
}

/**
 * @param {string} root folder with package-lock.json, node_modules and the sources
 * @returns {string} the contents of THIRD-PARTY-NOTICES.md
 * @throws {SetupError} when a package that is shipped names no licence
 */
export function thirdPartyNotices(root) {
  /** @type {Record<string, Locked>} */
  const packages = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages;
  const parts = shippedPlaces(root, packages).map((place) => {
    const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const { version, license } = packages[place] ?? {};
    const text = licenceText(path.join(root, place));
    if (!license && text === '') {
      throw new SetupError(
        `${name} ${version} is shipped and names no licence.`,
        'find out under which licence it may be passed on, or do without it.',
      );
    }
    const quoted = text === '' ? '' : `\n\n\`\`\`text\n${text.replace(/[ \t]+$/gm, '')}\n\`\`\``;
    return {
      title: `${name} ${version}`,
      section: `## ${name} ${version}\n\nLicence: ${license ?? 'as below'}${quoted}\n`,
    };
  });
  parts.sort((left, right) => (left.title < right.title ? -1 : 1));
  const unique = [...new Map(parts.map(({ title, section }) => [title, section])).values()];
  return [
    '# Third-party notices',
    '',
    'Laurel is made with the packages below, which are part of what `npm run package` makes. Electron and Chromium bring',
    'their own notices, which lie beside the program. Written by `npm run notices`; a test holds it to the lock.',
    '',
    unique.join('\n'),
  ].join('\n');
}
