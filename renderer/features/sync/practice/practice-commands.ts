import type { Command } from '../../../shell/commands.svelte';
import { navigation } from '../../../shell/navigation.svelte';
import { toasts } from '../../../shell/toasts.svelte';
import type { Practice } from './practice.svelte';
import { say } from '../../../lib/say.svelte';

/** What can be done with the practice org from wherever one is. */
export function practiceCommands(practice: Practice): Command[] {
  const url = practice.state?.url ?? null;
  return [
    {
      id: 'practice.toggle',
      title: practice.isRunning ? say('practice.commandStop') : say('practice.commandStart'),
      group: 'run',
      keywords: say('practice.commandToggleKeywords'),
      disabledReason:
        practice.isBusy || practice.state === null
          ? say('practice.busy')
          : practice.isRunning
            ? null
            : practice.unstartable,
      run: () => {
        navigation.go('sync');
        void practice.toggle();
      },
    },
    {
      id: 'practice.copyAddress',
      title: say('practice.commandCopy'),
      group: 'run',
      keywords: say('practice.commandCopyKeywords'),
      disabledReason: url === null ? say('practice.notRunningNow') : null,
      run: () => {
        if (url !== null)
          void navigator.clipboard.writeText(url).then(() => toasts.info(say('practice.onClipboard', { url })));
      },
    },
    {
      id: 'practice.calls',
      title: say('practice.commandCalls'),
      group: 'go',
      keywords: say('practice.commandCallsKeywords'),
      run: () => {
        practice.tab = 'calls';
        navigation.go('sync');
      },
    },
    {
      id: 'practice.faults',
      title: say('practice.commandFaults'),
      group: 'go',
      keywords: say('practice.commandFaultsKeywords'),
      run: () => {
        practice.tab = 'faults';
        navigation.go('sync');
      },
    },
  ];
}
