import { DEFAULT_SETTINGS } from '../../shared/domain/settings';
import { workspaceSettingsOf, type WorkspaceSettings, type WorkspaceView } from '../../shared/ipc/workspace-contract';
import { backend } from './backend';

/** What every screen needs to know of the open workspace: its settings and its description. */
class Workspace {
  settings = $state.raw<WorkspaceSettings>(workspaceSettingsOf(DEFAULT_SETTINGS));
  view = $state.raw<WorkspaceView | null>(null);

  /** The org's time zone, in which every time is shown. */
  get zone(): string {
    return this.settings.timeZone;
  }

  async load(): Promise<void> {
    const [settings, view] = await Promise.all([backend('settings.get', {}), backend('workspace.describe', {})]);
    this.settings = settings;
    this.view = view;
  }

  async describe(): Promise<WorkspaceView> {
    this.view = await backend('workspace.describe', {});
    return this.view;
  }

  async update(change: Partial<WorkspaceSettings>): Promise<void> {
    this.settings = await backend('settings.update', change);
  }
}

export const workspace = new Workspace();
