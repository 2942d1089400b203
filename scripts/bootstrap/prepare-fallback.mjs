/**
 * Makes an unpacked fallback runtime start an app folder as the official one does. Runs under the pinned Node, because
 * its two tools need it: `node prepare-fallback.mjs FOLDER`.
 */
import path from 'node:path';
import { createPackage } from '@electron/asar';
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';

const folder = process.argv[2];
if (!folder) {
  throw new Error('name the folder of the unpacked runtime');
}

await flipFuses(path.join(folder, 'electron'), {
  version: FuseVersion.V1,
  // Playwright drives the app through the inspector.
  [FuseV1Options.EnableNodeCliInspectArguments]: true,
  // Its snapshot belongs to the program the runtime was built for, and is not unpacked.
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
});
await createPackage(path.join(import.meta.dirname, 'loader'), path.join(folder, 'resources', 'default_app.asar'));
