/** The built app packed around a runtime, as every package holds it, and what can be read back from it. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { nodePath } from '../bootstrap/pinned-node.mjs';
import { modulesFolder, root } from '../bootstrap/places.mjs';
import { say, SetupError } from '../bootstrap/report.mjs';
import { lastLines, run } from '../bootstrap/run.mjs';
import { FUSES } from '../build/fuses.mjs';
import { compileStarts } from './compiled-starts.mjs';

/**
 * Packs `out/` with electron-builder.
 *
 * @param {object} options
 * @param {string} options.runtimeFolder where the runtime's executable lies
 * @param {string} options.runtimeVersion
 * @param {string} options.output folder that it goes into
 * @param {string} [options.version] of Laurel, in place of package.json's
 * @param {readonly string[]} [options.targets] of electron-builder; a folder unless given
 * @param {readonly string[]} [options.more] options of electron-builder
 * @throws {SetupError} with the packager's last lines
 */
export async function pack({ runtimeFolder, runtimeVersion, output, version, targets = ['--dir'], more = [] }) {
  say(`compiled code of starts: ${await compileStarts()}`);
  const packed = await run(
    nodePath(),
    [
      path.join(modulesFolder, 'electron-builder', 'cli.js'),
      ...targets,
      ...['--config', 'electron-builder.yml', `-c.electronVersion=${runtimeVersion}`],
      ...[`-c.electronDist=${runtimeFolder}`, `-c.directories.output=${output}`, '--publish', 'never'],
      ...(version === undefined ? [] : [`-c.extraMetadata.version=${version}`]),
      ...more,
    ],
    { cwd: root },
  );
  if (packed.code !== 0) {
    throw new SetupError(
      'Laurel could not be packaged.',
      'correct what is named above, then run the same command again.',
      lastLines(packed.output, 40),
    );
  }
}

/**
 * Reads the fuses back from a built executable.
 *
 * @param {string} executable
 * @returns {Promise<string[]>} those that are not as Laurel needs them, in words; none where all are
 */
export async function wrongFuses(executable) {
  if (!existsSync(executable)) {
    return [`${executable} is not there`];
  }
  const wire = await getCurrentFuseWire(executable);
  const on = '1'.charCodeAt(0);
  return Object.entries(FUSES).flatMap(([option, wanted]) => {
    const state = /** @type {Record<string, number>} */ (/** @type {unknown} */ (wire))[option];
    return (state === on) === wanted ? [] : [`${FuseV1Options[Number(option)]} is ${wanted ? 'off' : 'on'}`];
  });
}

/**
 * The executables of what electron-builder packed into a folder: one for each processor, on every platform.
 *
 * @param {string} folder its output
 * @returns {string[]} paths; of a Mac the app. None where nothing is packed
 */
export function packedExecutables(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && (entry.name.endsWith('-unpacked') || /^mac(-|$)/.test(entry.name)))
    .flatMap(({ name }) => ['Laurel.app', 'Laurel.exe', 'laurel'].map((file) => path.join(folder, name, file)))
    .filter((file) => existsSync(file))
    .sort();
}

/**
 * Reads the fuses back from every executable.
 *
 * @param {readonly string[]} executables
 * @throws {SetupError} where one is not as Laurel needs it, or none is there
 * @returns {Promise<string>} in words
 */
export async function requireFuses(executables) {
  if (executables.length === 0) throw new SetupError('nothing is packed here.', 'build the packages first.');
  const wrong = [];
  for (const file of executables)
    wrong.push(...(await wrongFuses(file)).map((fuse) => `${path.basename(file)}: ${fuse}`));
  if (wrong.length > 0) throw new SetupError(`fuses are wrong: ${wrong.join(', ')}.`, 'see scripts/build/fuses.mjs.');
  return `as they must be, read back from ${executables.length === 1 ? 'the executable' : `${executables.length} executables`}`;
}
