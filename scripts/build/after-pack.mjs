/** electron-builder's hook: sets the fuses of the packed runtime, so that it runs Laurel's own code and nothing else. */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { flipFuses, FuseVersion } from '@electron/fuses';
import { FUSES } from './fuses.mjs';

/**
 * @param {import('electron-builder').AfterPackContext} context
 * @returns {string} the file that carries the fuses
 */
function executableOf({ appOutDir, electronPlatformName, packager }) {
  const product = packager.appInfo.productFilename;
  switch (electronPlatformName) {
    case 'darwin':
      return path.join(appOutDir, `${product}.app`);
    case 'win32':
      return path.join(appOutDir, `${product}.exe`);
    default:
      return path.join(appOutDir, /** @type {import('electron-builder').LinuxPackager} */ (packager).executableName);
  }
}

/** @param {import('electron-builder').AfterPackContext} context */
function resourcesOf({ appOutDir, electronPlatformName, packager }) {
  return electronPlatformName === 'darwin'
    ? path.join(appOutDir, `${packager.appInfo.productFilename}.app`, 'Contents', 'Resources')
    : path.join(appOutDir, 'resources');
}

/** @param {import('electron-builder').AfterPackContext} context */
export default async function afterPack(context) {
  // The runtime's own starter of any folder named on the command line has no place in a finished app.
  await rm(path.join(resourcesOf(context), 'default_app.asar'), { force: true });
  await flipFuses(executableOf(context), {
    version: FuseVersion.V1,
    // On Apple silicon a changed executable must be signed anew before it may run.
    resetAdHocDarwinSignature: context.electronPlatformName === 'darwin',
    ...FUSES,
  });
}
