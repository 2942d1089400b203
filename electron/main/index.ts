import path from 'node:path';
import { app, dialog, Menu } from 'electron';
import { declareAppScheme } from './app-protocol';
import { LaurelApp } from './laurel-app';
import { chosenUserData } from './places';
import { untilDriverWatches } from './test-driver';

const userData = chosenUserData(process.env, app.commandLine.getSwitchValue('user-data-dir'));
if (userData !== null) app.setPath('userData', userData);

// Everything Laurel does works without a network, and it asks for none by itself.
app.commandLine.appendSwitch('disable-background-networking');
app.commandLine.appendSwitch('disable-component-update');
declareAppScheme();
// Electron would make a menu of its own first, which nobody is meant to see.
Menu.setApplicationMenu(null);

if (app.requestSingleInstanceLock()) {
  const laurel = new LaurelApp(import.meta.dirname, path.resolve(app.getPath('userData')));
  app.on('second-instance', () => laurel.focus());
  app.on('activate', () => laurel.focus());
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => laurel.holdQuitUntilClosed(event));
  laurel.startBackendEarly();
  // Not awaited at the top level: Electron gets ready only after this module has run.
  app
    .whenReady()
    .then(() => untilDriverWatches())
    .then(() => laurel.open())
    .catch((error: unknown) => {
      console.error(error);
      dialog.showErrorBox('Laurel could not start', `${String(error)}\n\nNothing was changed.`);
      app.exit(1);
    });
} else {
  console.log('laurel: is open already; its window comes to the front');
  app.exit(0);
}
