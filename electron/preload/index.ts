import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { CHANNELS, PAGE_MESSAGES } from '../../shared/ipc/channel-names';
import type { MenuMessage, StateMessage } from '../../shared/ipc/channel-names';
import type { FirstWords, NativeApi, PickedFile } from '../../shared/ipc/native';
import type { UpdatesState } from '../../shared/ipc/updates';

let heldPort: MessagePort | undefined;
let pageListens = false;
let state: StateMessage = { state: 'starting', detail: null };
const stateListeners = new Set<(message: StateMessage) => void>();

// A port can reach the page only as a window message, and only once the page listens.
function handOverPort(): void {
  if (!pageListens || !heldPort) return;
  window.postMessage(PAGE_MESSAGES.port, window.location.origin, [heldPort]);
  heldPort = undefined;
}
window.addEventListener('message', (event) => {
  if (event.source !== window || event.data !== PAGE_MESSAGES.listening) return;
  pageListens = true;
  handOverPort();
});
ipcRenderer.on(CHANNELS.port, (event) => {
  heldPort = event.ports[0];
  handOverPort();
});
ipcRenderer.on(CHANNELS.state, (_event, message: StateMessage) => {
  state = message;
  for (const listener of stateListeners) listener(message);
});

const FIRST = '--laurel-first=';
const first = process.argv.find((argument) => argument.startsWith(FIRST))?.slice(FIRST.length);

const api: NativeApi = {
  platform: process.platform,
  first:
    first === undefined
      ? { workspace: '', isFirstStart: false, language: null, theme: 'system' }
      : (JSON.parse(decodeURIComponent(first)) as FirstWords),
  pickCustomerFile: () => ipcRenderer.invoke(CHANNELS.pickCustomerFile),
  pickTableFolder: () => ipcRenderer.invoke(CHANNELS.pickTableFolder),
  pickScenarioFile: () => ipcRenderer.invoke(CHANNELS.pickScenarioFile),
  pickPlanFile: (kind) => ipcRenderer.invoke(CHANNELS.pickPlanFile, kind),
  pickRecordingFile: () => ipcRenderer.invoke(CHANNELS.pickRecordingFile),
  pickStateFile: () => ipcRenderer.invoke(CHANNELS.pickStateFile),
  pickNetworkFile: (kind) => ipcRenderer.invoke(CHANNELS.pickNetworkFile, kind),
  acceptDroppedFile: async (file) => {
    const path = file instanceof File ? webUtils.getPathForFile(file) : '';
    return path === '' ? null : ((await ipcRenderer.invoke(CHANNELS.acceptDroppedFile, path)) as PickedFile | null);
  },
  takeNamedFiles: () => ipcRenderer.invoke(CHANNELS.takeNamedFiles),
  onFilesWaiting: (listener) => {
    const hear = (): void => listener();
    ipcRenderer.on(CHANNELS.filesWaiting, hear);
    return () => ipcRenderer.off(CHANNELS.filesWaiting, hear);
  },
  noteBadgeFile: (file) => {
    const path = file instanceof File ? webUtils.getPathForFile(file) : '';
    if (path !== '') ipcRenderer.send(CHANNELS.noteBadgeFile, path);
  },
  pickExportFile: () => ipcRenderer.invoke(CHANNELS.pickExportFile),
  pickArtFile: (kind) => ipcRenderer.invoke(CHANNELS.pickArtFile, kind),
  pickLogoFile: () => ipcRenderer.invoke(CHANNELS.pickLogoFile),
  pickFolder: (use) => ipcRenderer.invoke(CHANNELS.pickFolder, use),
  pickSaveTarget: (suggestedName) => ipcRenderer.invoke(CHANNELS.pickSaveTarget, suggestedName),
  // Only while a person has just clicked or typed: a browser that opens by itself could carry anything away.
  openExternal: (url) =>
    navigator.userActivation.isActive ? ipcRenderer.invoke(CHANNELS.openExternal, url) : Promise.resolve(false),
  showInFolder: (token) => ipcRenderer.invoke(CHANNELS.showInFolder, token),
  openWritten: (token) => ipcRenderer.invoke(CHANNELS.openWritten, token),
  restartBackend: () => ipcRenderer.invoke(CHANNELS.restartBackend),
  newWorkspace: () => ipcRenderer.invoke(CHANNELS.newWorkspace),
  openWorkspace: () => ipcRenderer.invoke(CHANNELS.openWorkspace),
  moveWorkspace: () => ipcRenderer.send(CHANNELS.moveWorkspace),
  onMenuCommand: (listener) => {
    const hear = (_event: unknown, message: MenuMessage): void => listener(message.command);
    ipcRenderer.on(CHANNELS.menuCommand, hear);
    return () => ipcRenderer.off(CHANNELS.menuCommand, hear);
  },
  onBackendState: (listener) => {
    const hear = (message: StateMessage): void => listener(message.state, message.detail);
    stateListeners.add(hear);
    hear(state);
    return () => stateListeners.delete(hear);
  },
  updatesState: () => ipcRenderer.invoke(CHANNELS.updatesState),
  onUpdates: (listener) => {
    const hear = (_event: unknown, told: UpdatesState): void => listener(told);
    ipcRenderer.on(CHANNELS.updates, hear);
    return () => ipcRenderer.off(CHANNELS.updates, hear);
  },
  chooseUpdates: (on) => ipcRenderer.send(CHANNELS.chooseUpdates, on),
  checkForUpdates: () => ipcRenderer.send(CHANNELS.checkForUpdates),
  downloadUpdate: () => ipcRenderer.send(CHANNELS.downloadUpdate),
  stopUpdate: () => ipcRenderer.send(CHANNELS.stopUpdate),
  ready: () => ipcRenderer.send(CHANNELS.ready),
  setTheme: (theme) => ipcRenderer.send(CHANNELS.setTheme, theme),
  setLanguage: (language) => ipcRenderer.send(CHANNELS.setLanguage, language),
};

contextBridge.exposeInMainWorld('laurel', api);
ipcRenderer.send(CHANNELS.hello);
