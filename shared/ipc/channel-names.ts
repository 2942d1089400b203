import type { Message } from '../words/message';
import type { BackendState, MenuCommand } from './native';

/** Names of the messages between the preload script and main. */
export const CHANNELS = {
  pickCustomerFile: 'native.pickCustomerFile',
  pickTableFolder: 'native.pickTableFolder',
  pickScenarioFile: 'native.pickScenarioFile',
  pickPlanFile: 'native.pickPlanFile',
  pickRecordingFile: 'native.pickRecordingFile',
  pickStateFile: 'native.pickStateFile',
  pickNetworkFile: 'native.pickNetworkFile',
  acceptDroppedFile: 'native.acceptDroppedFile',
  pickArtFile: 'native.pickArtFile',
  pickLogoFile: 'native.pickLogoFile',
  openWritten: 'native.openWritten',
  pickExportFile: 'native.pickExportFile',
  pickFolder: 'native.pickFolder',
  takeNamedFiles: 'native.takeNamedFiles',
  filesWaiting: 'native.filesWaiting',
  noteBadgeFile: 'native.noteBadgeFile',
  pickSaveTarget: 'native.pickSaveTarget',
  openExternal: 'native.openExternal',
  showInFolder: 'native.showInFolder',
  restartBackend: 'native.restartBackend',
  newWorkspace: 'native.newWorkspace',
  openWorkspace: 'native.openWorkspace',
  moveWorkspace: 'native.moveWorkspace',
  setTheme: 'native.setTheme',
  setLanguage: 'native.setLanguage',
  ready: 'native.ready',
  updatesState: 'updates.state',
  chooseUpdates: 'updates.choose',
  checkForUpdates: 'updates.check',
  downloadUpdate: 'updates.download',
  stopUpdate: 'updates.stop',
  /** What is known of updates has changed. */
  updates: 'updates.changed',
  /** A page has begun to load and asks for its port. */
  hello: 'backend.hello',
  port: 'backend.port',
  state: 'backend.state',
  menuCommand: 'menu.command',
} as const;

/** What passes between the preload script and the page as window messages, because a port can travel no other way. */
export const PAGE_MESSAGES = { listening: 'laurel:listening', port: 'laurel:port' } as const;

/** What main tells the page about its backend. */
export interface StateMessage {
  state: BackendState;
  /** For `lost` and `shut`: what happened and what to do. Else null. */
  detail: Message | null;
}

export interface MenuMessage {
  command: MenuCommand;
}
