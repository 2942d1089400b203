/**
 * Becomes `default_app.asar` of the fallback runtime, which has none: starts the app folder named on the command line
 * with the name, version, app path and user data folder that Electron's own loader would give it.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as electron from 'electron';

// Two calls that Electron keeps for a loader like this one, and therefore does not declare.
const app =
  /** @type {typeof electron.app & { setVersion(version: string): void, setAppPath(folder: string): void }} */ (
    electron.app
  );

/**
 * @param {string} message
 * @returns {never}
 */
function refuse(message) {
  console.error(message);
  process.exit(1);
}

const given = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
if (given === undefined) {
  refuse('Name the folder of the app: electron [options] FOLDER');
}

const folder = path.resolve(given);
let manifest;
try {
  manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
} catch (error) {
  refuse(`No app in ${folder}: ${/** @type {Error} */ (error).message}`);
}

Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true });
app.setVersion(manifest.version ?? '');
app.setName(manifest.productName ?? manifest.name);
app.setDesktopName(manifest.desktopName ?? `${app.getName()}.desktop`);
app.setAppPath(folder);
// The runtime was built under another product's name, and would otherwise keep the data in that product's folder.
app.setPath('userData', path.join(app.getPath('appData'), app.getName()));

// Awaited, because Electron gets ready once this module has run, and what an app declares beforehand has to be heard.
try {
  await import(pathToFileURL(path.join(folder, manifest.main ?? 'index.js')).href);
} catch (error) {
  refuse(`The app threw an error while it was loaded.\n${/** @type {Error} */ (error)?.stack ?? error}`);
}
