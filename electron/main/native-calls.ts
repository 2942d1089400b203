import { randomUUID } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import {
  app,
  dialog,
  ipcMain,
  shell,
  type BrowserWindow,
  type FileFilter,
  type IpcMainEvent,
  type IpcMainInvokeEvent,
  type OpenDialogOptions,
} from 'electron';
import { z } from 'zod';
import { CHANNELS } from '../../shared/ipc/channel-names';
import type { NamedFileKind, PickedFile, PickedFolder, SaveTarget } from '../../shared/ipc/native';
import { nativeInputs } from '../../shared/ipc/native-inputs';
import type { Language } from '../../shared/words/message';
import type { Speaker } from '../../shared/words/speaker';
import type { BackendHost } from './backend-host';
import { openExternal } from './external-links';
import { kindOfFile } from './named-files';
import type { OpeningFiles } from './opening-files';
import { isTrustedSender, type PageAddress } from './page-address';
import type { RecentFiles } from './recent-files';

export type Theme = z.infer<typeof nativeInputs.theme>;

export interface NativeCallsHost {
  page: PageAddress;
  backend: BackendHost;
  opening: OpeningFiles;
  recent: RecentFiles;
  window(): BrowserWindow | null;
  onHello(): void;
  onReady(): void;
  onTheme(theme: Theme): void;
  onLanguage(language: Language): void;
  /** Words in the language of the window. */
  say: Speaker['say'];
}

/** Answers what the preload script asks, for the page's own frame only. No answer holds a path. */
export function answerNativeCalls(host: NativeCallsHost): void {
  const { backend, opening, recent, say } = host;
  const withAllFiles = (name: string, extensions: string[]): FileFilter[] => [
    { name, extensions },
    { name: say('shell.allFiles'), extensions: ['*'] },
  ];

  /** What a table can be saved as, the suggested format first; other files have one format. */
  const tableFormats = (suggestedName: string): FileFilter[] => {
    const formats = [
      { name: say('shell.csvFile'), extensions: ['csv'] },
      { name: say('shell.excelFile'), extensions: ['xlsx'] },
      { name: say('shell.parquetFile'), extensions: ['parquet'] },
    ];
    const suggested = path.extname(suggestedName).slice(1);
    const isSuggested = ({ extensions }: FileFilter): boolean => extensions.includes(suggested);
    if (!formats.some(isSuggested)) return [];
    return [...formats.filter(isSuggested), ...formats.filter((format) => !isSuggested(format))];
  };

  const trusted = (event: IpcMainEvent | IpcMainInvokeEvent): boolean => {
    const frame = event.senderFrame;
    if (!frame) return false;
    return isTrustedSender(
      {
        origin: frame.origin,
        isMainFrame: frame.parent === null,
        isOurWindow: event.sender === host.window()?.webContents,
      },
      host.page,
    );
  };

  const answer = <S extends z.ZodType>(channel: string, input: S, handle: (input: z.output<S>) => unknown): void => {
    ipcMain.handle(channel, (event, raw: unknown) => {
      if (!trusted(event)) throw new Error('Refused: this does not come from Laurel’s page.');
      return handle(input.parse(raw));
    });
  };

  const hear = <S extends z.ZodType>(channel: string, input: S, handle: (input: z.output<S>) => void): void => {
    ipcMain.on(channel, (event, raw: unknown) => {
      const parsed = input.safeParse(raw);
      if (trusted(event) && parsed.success) handle(parsed.data);
    });
  };

  const grantRead = async (file: string): Promise<PickedFile | null> => {
    if (!path.isAbsolute(file)) return null;
    const found = await stat(file).catch(() => null);
    if (found?.isFile() !== true && found?.isDirectory() !== true) return null;
    const picked = {
      token: randomUUID(),
      name: path.basename(file),
      bytes: found.isFile() ? found.size : await bytesWithin(file),
    };
    backend.grantFile({ ...picked, path: file, mode: 'read' });
    return picked;
  };

  const askForFile = async (
    options: OpenDialogOptions,
    kind: NamedFileKind | null = null,
  ): Promise<PickedFile | null> => {
    const window = host.window();
    if (!window) return null;
    const choice = await dialog.showOpenDialog(window, { properties: ['openFile'], ...options });
    const file = choice.canceled ? undefined : choice.filePaths[0];
    const picked = file === undefined ? null : await grantRead(file);
    if (file !== undefined && picked !== null && kind !== null) recent.note({ path: file, kind });
    return picked;
  };

  answer(CHANNELS.pickCustomerFile, z.undefined(), () =>
    askForFile({
      title: say('shell.chooseCustomers'),
      buttonLabel: say('shell.chooseCustomersButton'),
      filters: withAllFiles(say('shell.customerFiles'), ['csv', 'txt', 'tsv', 'gz', 'zst', 'xlsx', 'parquet']),
    }),
  );

  answer(CHANNELS.pickTableFolder, z.undefined(), () =>
    askForFile({
      title: say('shell.chooseFolder'),
      buttonLabel: say('shell.chooseCustomersButton'),
      properties: ['openDirectory'],
    }),
  );

  answer(CHANNELS.pickScenarioFile, z.undefined(), () =>
    askForFile(
      {
        title: say('shell.openScenario'),
        buttonLabel: say('shell.openScenarioButton'),
        filters: withAllFiles(say('shell.scenarioFiles'), ['json']),
      },
      'scenario',
    ),
  );

  answer(CHANNELS.pickNetworkFile, nativeInputs.networkFileKind, (kind) =>
    askForFile({
      title: say(kind === 'script' ? 'network.choosePacTitle' : 'network.chooseCertificate'),
      buttonLabel: say('network.chooseButton'),
      filters:
        kind === 'script'
          ? withAllFiles(say('network.pacFiles'), ['pac', 'js', 'dat'])
          : withAllFiles(say('network.certificateFiles'), ['pem', 'crt', 'cer', 'der', 'pfx', 'p12', 'key']),
    }),
  );

  answer(CHANNELS.acceptDroppedFile, nativeInputs.droppedPath, async (file) => {
    const picked = await grantRead(file);
    if (picked !== null && kindOfFile(file) === 'scenario') recent.note({ path: file, kind: 'scenario' });
    return picked;
  });

  answer(CHANNELS.takeNamedFiles, z.undefined(), () => opening.take());

  hear(CHANNELS.noteBadgeFile, nativeInputs.droppedPath, (file) => {
    if (path.isAbsolute(file)) recent.note({ path: file, kind: 'badge' });
  });

  answer(CHANNELS.pickSaveTarget, nativeInputs.suggestedName, async (suggestedName): Promise<SaveTarget | null> => {
    const window = host.window();
    if (!window) return null;
    const choice = await dialog.showSaveDialog(window, {
      title: say('shell.saveAs'),
      defaultPath: path.join(app.getPath('documents'), fileName(suggestedName)),
      filters: tableFormats(suggestedName),
    });
    if (choice.canceled || choice.filePath === '') return null;
    const target = { token: randomUUID(), name: path.basename(choice.filePath) };
    backend.grantFile({ ...target, path: choice.filePath, bytes: 0, mode: 'write' });
    return target;
  });

  answer(CHANNELS.pickExportFile, z.undefined(), () =>
    askForFile({
      title: say('portable.importTitle'),
      buttonLabel: say('portable.importButton'),
      filters: withAllFiles(say('portable.importFiles'), ['zip']),
    }),
  );

  answer(CHANNELS.pickBackupFolder, z.undefined(), async (): Promise<PickedFolder | null> => {
    const window = host.window();
    if (!window) return null;
    const choice = await dialog.showOpenDialog(window, {
      title: say('backups.chooseFolderTitle'),
      buttonLabel: say('backups.chooseFolderButton'),
      properties: ['openDirectory', 'createDirectory'],
    });
    const folder = choice.canceled ? undefined : choice.filePaths[0];
    if (folder === undefined) return null;
    const picked = { token: randomUUID(), name: path.basename(folder) };
    backend.grantFile({ ...picked, path: folder, bytes: 0, mode: 'folder' });
    return picked;
  });

  answer(CHANNELS.openExternal, nativeInputs.url, openExternal);

  answer(CHANNELS.showInFolder, nativeInputs.token, (token) => {
    const grant = backend.findGrant(token);
    if (grant) shell.showItemInFolder(grant.path);
  });

  answer(CHANNELS.restartBackend, z.undefined(), () => backend.restart());
  hear(CHANNELS.hello, z.undefined(), host.onHello);
  hear(CHANNELS.ready, z.undefined(), host.onReady);
  hear(CHANNELS.setTheme, nativeInputs.theme, host.onTheme);
  hear(CHANNELS.setLanguage, nativeInputs.language, host.onLanguage);
}

/** Bytes of the files that lie in a folder itself: how large it is at least, for people. */
async function bytesWithin(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      stat(path.join(folder, entry.name)).then(
        ({ size }) => size,
        () => 0,
      ),
    );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** A suggestion comes from the page, and may name a file but no folder. */
function fileName(suggested: string): string {
  // oxlint-disable-next-line no-control-regex -- these are what no file system takes in a name
  const name = suggested.replace(/[\u0000-\u001f<>:"/\\|?*]/g, '-').replace(/^\.+/, '');
  return name === '' ? 'laurel.csv' : name;
}
