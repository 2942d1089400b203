import type { OrgSettings } from '../../../shared/domain/settings';
import { isZone } from '../../../shared/domain/calendar';
import type { Handlers } from '../../../shared/ipc/contract';
import { Failure } from '../../../shared/ipc/errors';
import { WORKSPACE_SWITCHES, workspaceSettingsOf } from '../../../shared/ipc/workspace-contract';
import type { BackendContext } from '../context';
import { message } from '../../../shared/words/message';

/** Handlers of `settings.*`. */
export function settingsHandlers({
  workspace,
}: Pick<BackendContext, 'workspace'>): Pick<Handlers, 'settings.get' | 'settings.update'> {
  return {
    'settings.get': () => workspaceSettingsOf(workspace.settings.current),
    'settings.update': ({ timeZone, ...switches }) => {
      const changes: Partial<OrgSettings> = {};
      if (timeZone !== undefined) {
        if (!isZone(timeZone)) {
          throw new Failure('invalid-input', message('settings.noSuchZone', { timeZone }));
        }
        changes.zone = timeZone;
      }
      for (const name of WORKSPACE_SWITCHES) {
        const value = switches[name];
        if (value !== undefined) changes[name] = value;
      }
      return workspaceSettingsOf(workspace.settings.update(changes));
    },
  };
}
