import type { OrgSettings } from '../../../shared/domain/settings';
import { isZone } from '../../../shared/domain/calendar';
import type { Handlers } from '../../../shared/ipc/contract';
import { Failure } from '../../../shared/ipc/errors';
import type { WorkspaceSettings } from '../../../shared/ipc/workspace-contract';
import type { BackendContext } from '../context';
import { message } from '../../../shared/words/message';

/** Handlers of `settings.*`. */
export function settingsHandlers({
  workspace,
}: Pick<BackendContext, 'workspace'>): Pick<Handlers, 'settings.get' | 'settings.update'> {
  return {
    'settings.get': () => view(workspace.settings.current),
    'settings.update': ({ timeZone, refuseOverlappingAwards, allowPastStart }) => {
      const changes: Partial<OrgSettings> = {};
      if (timeZone !== undefined) {
        if (!isZone(timeZone)) {
          throw new Failure('invalid-input', message('settings.noSuchZone', { timeZone }));
        }
        changes.zone = timeZone;
      }
      if (refuseOverlappingAwards !== undefined) changes.refuseOverlappingAwards = refuseOverlappingAwards;
      if (allowPastStart !== undefined) changes.allowPastStart = allowPastStart;
      return view(workspace.settings.update(changes));
    },
  };
}

function view({ zone, refuseOverlappingAwards, allowPastStart }: Readonly<OrgSettings>): WorkspaceSettings {
  return { timeZone: zone, refuseOverlappingAwards, allowPastStart };
}
