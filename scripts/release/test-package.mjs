/**
 * A Debian package around the runtime that is here, for tests: built with the system's own dpkg-deb, marked as a test
 * package, and never published. With the stand-in runtime it brings the store's module that set-up built for it.
 */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
// @ts-expect-error -- it has no types
import debian from 'electron-installer-debian';
import { root } from '../bootstrap/places.mjs';
import { SetupError } from '../bootstrap/report.mjs';
import { storeModule } from '../bootstrap/store-module.mjs';
import { electronPath } from '../runtime-path.mjs';
import { pack } from './packed-app.mjs';

const ARCHITECTURES = /** @type {const} */ ({ x64: 'amd64', arm64: 'arm64' });

/** The types of files that open Laurel, as the system is told of them. */
const typesOfFiles = () =>
  [
    ...readFileSync(path.join(root, 'scripts', 'build', 'laurel-files.xml'), 'utf8').matchAll(
      /mime-type type="([^"]+)"/g,
    ),
  ].map(([, type]) => type);

/**
 * Builds the package.
 *
 * @param {string} output folder
 * @param {string} version of Laurel that it claims to be
 * @returns {Promise<{ file: string, folder: string, executable: string }>} the package, the folder it was made of, and
 *   the runtime's executable in that
 */
export async function testPackage(output, version) {
  const architecture = /** @type {Record<string, string>} */ (ARCHITECTURES)[process.arch];
  if (process.platform !== 'linux' || architecture === undefined) {
    throw new SetupError('a Debian package is made on Linux, x64 or arm64.', 'run this there.');
  }
  const runtime = await electronPath();
  await pack({
    runtimeFolder: path.dirname(runtime.executable),
    runtimeVersion: runtime.version,
    output,
    version,
    more: [
      '-c.extraMetadata.description=Laurel, built for tests around a stand-in runtime: not for people',
      '-c.linux.executableName=laurel',
    ],
  });
  const folder = path.join(output, readdirSync(output).find((name) => /^linux.*unpacked$/.test(name)) ?? '');
  const module = await storeModule(runtime);
  if (module !== undefined) {
    const place = path.join(folder, 'resources', 'test-runtime');
    mkdirSync(place, { recursive: true });
    copyFileSync(module, path.join(place, 'store-module.node'));
  }
  // What the installer reads the runtime's version from; the packager leaves it out.
  writeFileSync(path.join(folder, 'version'), runtime.version);
  copyFileSync(path.join(root, 'LICENSE'), path.join(folder, 'LICENSE'));
  const packages = path.join(output, 'deb');
  rmSync(packages, { recursive: true, force: true });
  await debian({
    src: folder,
    dest: packages,
    arch: architecture,
    options: {
      // Debian has a package “laurel” already, of something else.
      name: 'laurel-studio',
      bin: 'laurel',
      version,
      productName: 'Laurel',
      genericName: 'Badge studio',
      description: 'studio for loyalty badges (TEST PACKAGE, not for people)',
      productDescription: 'Built for tests around the runtime of the machine that made it.',
      maintainer: 'Laurel <none@example.org>',
      section: 'office',
      categories: ['Office'],
      mimeType: typesOfFiles(),
      icon: path.join(root, 'resources', 'icon.png'),
      compression: 'gzip',
    },
  });
  const made = readdirSync(packages).find((name) => name.endsWith('.deb'));
  if (made === undefined) throw new SetupError('dpkg-deb made no package.', 'read what it said above.');
  return { file: path.join(packages, made), folder, executable: path.join(folder, 'laurel') };
}
