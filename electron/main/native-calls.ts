import { randomUUID } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import {
  app,
  dialog,
  ipcMain,
  shell,
  type WebContents,
  type FileFilter,
  type IpcMainEvent,
  type IpcMainInvokeEvent,
  type OpenDialogOptions,
} from 'electron';
import { z } from 'zod';
import { CHANNELS } from '../../shared/ipc/channel-names';
import type { FolderUse, NamedFileKind, PickedFile, PickedFolder, SaveTarget } from '../../shared/ipc/native';
import { nativeInputs } from '../../shared/ipc/native-inputs';
import type { Language } from '../../shared/words/message';
import type { Speaker } from '../../shared/words/speaker';
import { openExternal } from './external-links';
import { kindOfFile } from './named-files';
import { isTrustedSender, type PageAddress } from './page-address';
import type { RecentFiles } from './recent-files';
import { suggestedName } from './suggested-name';
import type { Updates } from './updates/updates';
import type { WorkspaceActions } from './workspace-actions';
import type { WorkspaceWindow } from './workspace-window';

export type Theme = z.infer<typeof nativeInputs.theme>;

export interface NativeCallsHost {
  page: PageAddress;
  recent: RecentFiles;
  /** The workspace whose page this is; null where it is no page of Laurel's. */
  of(contents: WebContents): WorkspaceWindow | null;
  actions: WorkspaceActions;
  updates: Updates;
  onReady(workspace: WorkspaceWindow): void;
  onTheme(theme: Theme): void;
  onLanguage(language: Language): void;
  /** Words in the language of the window. */
  say: Speaker['say'];
}

/** Answers what the preload script asks, for the page's own frame only. No answer holds a path. */
export function answerNativeCalls(host: NativeCallsHost): void {
  const { recent, say, actions, updates } = host;
  const withAllFiles = (name: string, extensions: string[]): FileFilter[] => [
    { name, extensions },
    { name: say('shell.allFiles'), extensions: ['*'] },
  ];

  /** What a table can be saved as, the suggested format first; other files have one format. */
  const tableFormats = (named: string): FileFilter[] => {
    const formats = [
      { name: say('shell.csvFile'), extensions: ['csv'] },
      { name: say('shell.excelFile'), extensions: ['xlsx'] },
      { name: say('shell.parquetFile'), extensions: ['parquet'] },
    ];
    const suggested = path.extname(named).slice(1);
    if (suggested === 'html') return [{ name: say('report.htmlFile'), extensions: ['html'] }];
    if (suggested === 'pdf') return [{ name: say('report.pdfFile'), extensions: ['pdf'] }];
    const isSuggested = ({ extensions }: FileFilter): boolean => extensions.includes(suggested);
    if (!formats.some(isSuggested)) return [];
    return [...formats.filter(isSuggested), ...formats.filter((format) => !isSuggested(format))];
  };

  /** The workspace whose page asks; null where what asks is not to be trusted. */
  const asking = (event: IpcMainEvent | IpcMainInvokeEvent): WorkspaceWindow | null => {
    const frame = event.senderFrame;
    if (!frame) return null;
    const workspace = host.of(event.sender);
    const sender = { origin: frame.origin, isMainFrame: frame.parent === null, isOurWindow: workspace !== null };
    return isTrustedSender(sender, host.page) ? workspace : null;
  };

  const answer = <S extends z.ZodType>(
    channel: string,
    input: S,
    handle: (input: z.output<S>, workspace: WorkspaceWindow) => unknown,
  ): void => {
    ipcMain.handle(channel, (event, raw: unknown) => {
      const workspace = asking(event);
      if (!workspace) throw new Error('Refused: this does not come from Laurel’s page.');
      return handle(input.parse(raw), workspace);
    });
  };

  const hear = <S extends z.ZodType>(
    channel: string,
    input: S,
    handle: (input: z.output<S>, workspace: WorkspaceWindow) => void,
  ): void => {
    ipcMain.on(channel, (event, raw: unknown) => {
      const parsed = input.safeParse(raw);
      const workspace = asking(event);
      if (workspace && parsed.success) handle(parsed.data, workspace);
    });
  };

  const grantRead = async ({ backend }: WorkspaceWindow, file: string): Promise<PickedFile | null> => {
    if (!path.isAbsolute(file)) return null;
    const found = await stat(file).catch(() => null);
    if (found?.isFile() !== true && found?.isDirectory() !== true) return null;
    const picked = {
      token: randomUUID(),
      name: path.basename(file),
      bytes: found.isFile() ? found.size : await bytesWithin(file),
    };
    await backend.grantFile({ ...picked, path: file, mode: 'read' });
    return picked;
  };

  const askForFile = async (
    workspace: WorkspaceWindow,
    options: OpenDialogOptions,
    kind: NamedFileKind | null = null,
  ): Promise<PickedFile | null> => {
    const { window } = workspace;
    if (!window) return null;
    const choice = await dialog.showOpenDialog(window, { properties: ['openFile'], ...options });
    const file = choice.canceled ? undefined : choice.filePaths[0];
    const picked = file === undefined ? null : await grantRead(workspace, file);
    if (file !== undefined && picked !== null && kind !== null) recent.note({ path: file, kind });
    return picked;
  };

  answer(CHANNELS.pickCustomerFile, z.undefined(), (_, workspace) =>
    askForFile(workspace, {
      title: say('shell.chooseCustomers'),
      buttonLabel: say('shell.chooseCustomersButton'),
      filters: withAllFiles(say('shell.customerFiles'), [
        'csv',
        'txt',
        'tsv',
        'gz',
        'zst',
        'xlsx',
        'xlsm',
        'xls',
        'xlsb',
        'ods',
        'parquet',
      ]),
    }),
  );

  answer(CHANNELS.pickTableFolder, z.undefined(), (_, workspace) =>
    askForFile(workspace, {
      title: say('shell.chooseFolder'),
      buttonLabel: say('shell.chooseCustomersButton'),
      properties: ['openDirectory'],
    }),
  );

  answer(CHANNELS.pickScenarioFile, z.undefined(), (_, workspace) =>
    askForFile(
      workspace,
      {
        title: say('shell.openScenario'),
        buttonLabel: say('shell.openScenarioButton'),
        filters: withAllFiles(say('shell.scenarioFiles'), ['json']),
      },
      'scenario',
    ),
  );

  answer(CHANNELS.pickPlanFile, nativeInputs.planFileKind, (kind, workspace) =>
    askForFile(workspace, {
      title: say(kind === 'plan' ? 'plans.chooseTitle' : 'partners.chooseTitle'),
      buttonLabel: say(kind === 'plan' ? 'plans.chooseButton' : 'partners.chooseButton'),
      filters: withAllFiles(say(kind === 'plan' ? 'plans.files' : 'partners.files'), ['json']),
    }),
  );

  answer(CHANNELS.pickRecordingFile, z.undefined(), (_, workspace) =>
    askForFile(workspace, {
      title: say('fidelity.chooseTitle'),
      buttonLabel: say('fidelity.chooseButton'),
      filters: withAllFiles(say('fidelity.files'), ['har', 'json']),
    }),
  );

  answer(CHANNELS.pickStateFile, z.undefined(), (_, workspace) =>
    askForFile(workspace, {
      title: say('practiceStates.chooseTitle'),
      buttonLabel: say('practiceStates.chooseButton'),
      filters: withAllFiles(say('practiceStates.files'), ['json']),
    }),
  );

  answer(CHANNELS.pickNetworkFile, nativeInputs.networkFileKind, (kind, workspace) =>
    askForFile(workspace, {
      title: say(kind === 'script' ? 'network.choosePacTitle' : 'network.chooseCertificate'),
      buttonLabel: say('network.chooseButton'),
      filters:
        kind === 'script'
          ? withAllFiles(say('network.pacFiles'), ['pac', 'js', 'dat'])
          : withAllFiles(say('network.certificateFiles'), ['pem', 'crt', 'cer', 'der', 'pfx', 'p12', 'key']),
    }),
  );

  answer(CHANNELS.acceptDroppedFile, nativeInputs.droppedPath, async (file, workspace) => {
    const picked = await grantRead(workspace, file);
    if (picked !== null && kindOfFile(file) === 'scenario') recent.note({ path: file, kind: 'scenario' });
    return picked;
  });

  answer(CHANNELS.takeNamedFiles, z.undefined(), (_, { opening }) => opening.take());

  hear(CHANNELS.noteBadgeFile, nativeInputs.droppedPath, (file) => {
    if (path.isAbsolute(file)) recent.note({ path: file, kind: 'badge' });
  });

  answer(
    CHANNELS.pickSaveTarget,
    nativeInputs.suggestedName,
    async (suggested, { window, backend }): Promise<SaveTarget | null> => {
      if (!window) return null;
      const choice = await dialog.showSaveDialog(window, {
        title: say('shell.saveAs'),
        defaultPath: path.join(app.getPath('documents'), suggestedName(suggested)),
        filters: tableFormats(suggested),
      });
      if (choice.canceled || choice.filePath === '') return null;
      const target = { token: randomUUID(), name: path.basename(choice.filePath) };
      await backend.grantFile({ ...target, path: choice.filePath, bytes: 0, mode: 'write' });
      return target;
    },
  );

  answer(CHANNELS.pickExportFile, z.undefined(), (_, workspace) =>
    askForFile(workspace, {
      title: say('portable.importTitle'),
      buttonLabel: say('portable.importButton'),
      filters: withAllFiles(say('portable.importFiles'), ['zip']),
    }),
  );

  const ART_FILES = {
    picture: ['art.choosePicture', 'art.pictureFiles', ['png', 'svg']],
    design: ['art.chooseDesign', 'art.designFiles', ['json']],
    addresses: ['art.chooseAddresses', 'art.addressFiles', ['csv', 'tsv', 'txt']],
  } as const;

  answer(CHANNELS.pickArtFile, nativeInputs.artFileKind, (kind, workspace) => {
    const [title, files, endings] = ART_FILES[kind];
    return askForFile(workspace, {
      title: say(title),
      buttonLabel: say('art.chooseButton'),
      filters: withAllFiles(say(files), [...endings]),
    });
  });

  answer(CHANNELS.pickLogoFile, z.undefined(), (_, workspace) =>
    askForFile(workspace, {
      title: say('report.chooseLogoTitle'),
      buttonLabel: say('report.chooseLogoButton'),
      filters: withAllFiles(say('report.pictures'), ['png', 'svg']),
    }),
  );

  const FOLDER_WORDS = {
    backups: ['backups.chooseFolderTitle', 'backups.chooseFolderButton'],
    export: ['portable.exportFolderTitle', 'portable.exportFolderButton'],
    import: ['portable.importTitle', 'portable.importButton'],
    pictures: ['art.chooseFolder', 'art.chooseFolderButton'],
    badges: ['transfer.chooseFolder', 'art.chooseFolderButton'],
    workspace: ['folder.chooseTitle', 'folder.chooseButton'],
  } as const satisfies Record<FolderUse, unknown>;

  answer(
    CHANNELS.pickFolder,
    nativeInputs.folderUse,
    async (use, { window, backend }): Promise<PickedFolder | null> => {
      if (!window) return null;
      const [title, button] = FOLDER_WORDS[use];
      const choice = await dialog.showOpenDialog(window, {
        title: say(title),
        buttonLabel: say(button),
        properties: use === 'import' ? ['openDirectory'] : ['openDirectory', 'createDirectory'],
      });
      const folder = choice.canceled ? undefined : choice.filePaths[0];
      if (folder === undefined) return null;
      const picked = { token: randomUUID(), name: path.basename(folder) };
      await backend.grantFile({ ...picked, path: folder, bytes: 0, mode: 'folder' });
      return picked;
    },
  );

  answer(CHANNELS.openExternal, nativeInputs.url, openExternal);

  answer(CHANNELS.showInFolder, nativeInputs.token, (token, { backend }) => {
    const grant = backend.findGrant(token);
    if (grant) shell.showItemInFolder(grant.path);
  });

  // Reports and nothing else: whatever else was written, no click here starts it.
  answer(CHANNELS.openWritten, nativeInputs.token, async (token, { backend }) => {
    const grant = backend.findGrant(token);
    if (grant?.mode === 'write' && /\.(html|pdf)$/i.test(grant.path)) await shell.openPath(grant.path);
  });

  answer(CHANNELS.restartBackend, z.undefined(), (_, { backend }) => backend.restart());
  answer(CHANNELS.newWorkspace, z.undefined(), (_, { window }) => (window ? actions.create(window) : undefined));
  answer(CHANNELS.openWorkspace, z.undefined(), (_, { window }) => (window ? actions.choose(window) : undefined));
  // Not waited for: the page that asked is closed on the way.
  hear(CHANNELS.moveWorkspace, z.undefined(), (_, workspace) => void actions.move(workspace));
  answer(CHANNELS.updatesState, z.undefined(), () => updates.state);
  hear(CHANNELS.chooseUpdates, nativeInputs.updates, (on) => updates.choose(on));
  hear(CHANNELS.checkForUpdates, z.undefined(), () => void updates.check());
  hear(CHANNELS.downloadUpdate, z.undefined(), () => void updates.download());
  hear(CHANNELS.stopUpdate, z.undefined(), () => updates.stop());
  hear(CHANNELS.hello, z.undefined(), (_, workspace) => workspace.welcomePage());
  hear(CHANNELS.ready, z.undefined(), (_, workspace) => host.onReady(workspace));
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
