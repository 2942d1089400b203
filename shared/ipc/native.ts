import type { Language, Message } from '../words/message';
import type { UpdatesState } from './updates';
import { SCREEN_IDS, type ScreenCommand } from './screens';

/** A file or folder a person chose; the page knows its name and size, never its path. */
export interface PickedFile {
  token: string;
  name: string;
  bytes: number;
}

/** A folder a person chose. */
export interface PickedFolder {
  token: string;
  name: string;
}

/** What is looked for: a certificate or a key, or a proxy script. */
export const NETWORK_FILE_KINDS = ['certificate', 'script'] as const;
export type NetworkFileKind = (typeof NETWORK_FILE_KINDS)[number];

/** What is looked for in the designer: an own picture, a design, or a list of addresses. */
export const ART_FILE_KINDS = ['picture', 'design', 'addresses'] as const;
export type ArtFileKind = (typeof ART_FILE_KINDS)[number];

/** What a folder is chosen for: to put backups, an export, pictures or badges into, to read an export from, or to work with. */
export const FOLDER_USES = ['backups', 'export', 'import', 'pictures', 'badges', 'workspace'] as const;
export type FolderUse = (typeof FOLDER_USES)[number];

export interface SaveTarget {
  token: string;
  name: string;
}

/** Types of files that Laurel opens by their names: `*.badge.json`, `*.scenario.json`. */
export const NAMED_FILE_KINDS = ['badge', 'scenario'] as const;
export type NamedFileKind = (typeof NAMED_FILE_KINDS)[number];

/** A file that Laurel was asked to open from outside its window, or why it cannot be opened. */
export type NamedFile = { kind: NamedFileKind; file: PickedFile } | { kind: 'refused'; name: string; reason: Message };

/** Commands of the native menu that the page carries out; the palette offers the same ones. */
export const MENU_COMMANDS = [
  'badge.new',
  'badge.duplicate',
  'badge.delete',
  'badge.trash',
  'badge.importJson',
  'edit.undo',
  'edit.redo',
  'edit.find',
  'run',
  'practice.toggle',
  ...SCREEN_IDS.map((id): ScreenCommand => `go.${id}`),
  'view.palette',
  'view.shortcuts',
  'view.theme.light',
  'view.theme.dark',
  'view.theme.system',
  'help.handbook',
  'workspace.new',
  'workspace.open',
  'workspace.move',
  'help.samples',
  'help.about',
] as const;
export type MenuCommand = (typeof MENU_COMMANDS)[number];

/** `shut`: the workspace cannot be opened, and the backend answers about its backups only. */
export type BackendState = 'starting' | 'ready' | 'restarting' | 'lost' | 'shut';

/** What a page knows before it has asked anything. */
export interface FirstWords {
  /** Name of the workspace; empty for the one in Laurel's own folder. */
  workspace: string;
  /** Nobody has used Laurel on this account before. */
  isFirstStart: boolean;
  /** What the windows before this one speak and look like, for a page that remembers nothing of its own. */
  language: Language | null;
  theme: 'light' | 'dark' | 'system';
}

export const PLAN_FILE_KINDS = ['plan', 'partners'] as const;
export type PlanFileKind = (typeof PLAN_FILE_KINDS)[number];

/** What the preload script gives the page as `window.laurel`, besides the MessagePort. */
export interface NativeApi {
  readonly platform: string;
  readonly first: FirstWords;
  pickCustomerFile(): Promise<PickedFile | null>;
  /** A folder whose files are one table. */
  pickTableFolder(): Promise<PickedFile | null>;
  pickScenarioFile(): Promise<PickedFile | null>;
  /** A plan that was saved, to be looked at and applied, or a table of partners. */
  pickPlanFile(kind: PlanFileKind): Promise<PickedFile | null>;
  /** A recording, or what one is made of. */
  pickRecordingFile(): Promise<PickedFile | null>;
  /** A state of a practice org that was saved as a file. */
  pickStateFile(): Promise<PickedFile | null>;
  pickNetworkFile(kind: NetworkFileKind): Promise<PickedFile | null>;
  /** The next files that Laurel was asked to open by its command line, the system, or the menu; none: no more wait. */
  takeNamedFiles(): Promise<readonly NamedFile[]>;
  /** Hears each time that such files begin to wait. */
  onFilesWaiting(listener: () => void): () => void;
  /** The argument is the DOM File of a badge that was imported: it comes among the recent files. */
  noteBadgeFile(file: object): void;
  /** The argument is the DOM File of a drop; anything else is refused with null. */
  acceptDroppedFile(file: object): Promise<PickedFile | null>;
  pickExportFile(): Promise<PickedFile | null>;
  pickArtFile(kind: ArtFileKind): Promise<PickedFile | null>;
  /** A picture for reports. */
  pickLogoFile(): Promise<PickedFile | null>;
  pickFolder(use: FolderUse): Promise<PickedFolder | null>;
  pickSaveTarget(suggestedName: string): Promise<SaveTarget | null>;
  /** http(s) only, after parsing; anything else is refused. */
  openExternal(url: string): Promise<boolean>;
  showInFolder(token: string): Promise<void>;
  /** Opens a report that was just written with the system's own program. */
  openWritten(token: string): Promise<void>;
  restartBackend(): Promise<void>;
  /** Asks where a new workspace is to lie, and opens it in a window of its own. */
  newWorkspace(): Promise<void>;
  /** Asks for a workspace, and opens it in a window of its own. */
  openWorkspace(): Promise<void>;
  /** Asks where this workspace is to lie; this window closes, and one at the new place opens. */
  moveWorkspace(): void;
  onMenuCommand(listener: (command: MenuCommand) => void): () => void;
  onBackendState(listener: (state: BackendState, detail: Message | null) => void): () => void;
  updatesState(): Promise<UpdatesState>;
  onUpdates(listener: (state: UpdatesState) => void): () => void;
  /** Whether Laurel looks for updates by itself from now on. */
  chooseUpdates(on: boolean): void;
  checkForUpdates(): void;
  /** Downloads the version that was offered; it is installed when Laurel quits. */
  downloadUpdate(): void;
  /** Gives up the download. */
  stopUpdate(): void;
  /** Tells main that the first screen stands: main prints `laurel: ready`. */
  ready(): void;
  setTheme(theme: 'light' | 'dark' | 'system'): void;
  /** The language of the window, which its menu and the dialogs of the system then speak, too. */
  setLanguage(language: Language): void;
}
