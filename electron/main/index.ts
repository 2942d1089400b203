import path from 'node:path';
import { app, dialog, Menu } from 'electron';
import { declareAppScheme } from './app-protocol';
import { LaurelApp } from './laurel-app';
import { filesHandedOver, filesOnCommandLine } from './named-files';
import { keepOffTheNetwork } from './network-silence';
import { pageAddress } from './page-address';
import { chosenUserData } from './places';
import { carryOutPrint, printOrderOf } from './print-order';
import { untilDriverWatches } from './test-driver';
import { languageOf } from '../../shared/words/message';
import { MainWords } from './words';

const userData = chosenUserData(process.env, app.commandLine.getSwitchValue('user-data-dir'));
if (userData !== null) app.setPath('userData', userData);

const page = pageAddress(app.isPackaged ? null : (process.env['ELECTRON_RENDERER_URL'] ?? null));
keepOffTheNetwork(app.commandLine, page);
declareAppScheme();
// Electron would make a menu of its own first, which nobody is meant to see.
Menu.setApplicationMenu(null);

const files = filesOnCommandLine({
  argv: process.argv,
  appFolder: app.isPackaged ? null : path.resolve(app.getAppPath()),
  workingFolder: process.cwd(),
});

const printing = printOrderOf(app.commandLine, app.isPackaged);

// A second start has its own working folder, so it hands over what its files are called from everywhere.
if (printing !== null) {
  app.on('window-all-closed', () => undefined);
  void carryOutPrint(printing);
} else if (app.requestSingleInstanceLock({ files })) {
  const laurel = new LaurelApp(import.meta.dirname, page, path.resolve(app.getPath('userData')));
  laurel.openFiles(files);
  app.on('second-instance', (_event, _argv, _workingFolder, data) => laurel.openFiles(filesHandedOver(data)));
  app.on('open-file', (event, file) => {
    event.preventDefault();
    laurel.openFiles([file]);
  });
  app.on('activate', () => laurel.focus());
  app.on('window-all-closed', () => laurel.allWindowsClosed());
  app.on('before-quit', () => laurel.noteQuit());
  app.on('will-quit', (event) => laurel.holdQuitUntilClosed(event));
  laurel.startBackendEarly();
  // Not awaited at the top level: Electron gets ready only after this module has run.
  app
    .whenReady()
    .then(() => untilDriverWatches())
    .then(() => laurel.open())
    .catch((error: unknown) => {
      console.error(error);
      void sayThatItCannotStart(String(error)).finally(() => app.exit(1));
    });
} else {
  console.log('laurel: is open already; its window comes to the front');
  app.exit(0);
}

/** There is no page yet that could tell its language: the system's is spoken. */
async function sayThatItCannotStart(reason: string): Promise<void> {
  const words = new MainWords();
  await words.follow(languageOf(app.getPreferredSystemLanguages()[0] ?? '') ?? 'en');
  dialog.showErrorBox(words.say('failures.couldNotStart'), words.say('failures.couldNotStartBecause', { reason }));
}
