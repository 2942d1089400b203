import type { Command } from '../../../shell/commands.svelte';
import { navigation } from '../../../shell/navigation.svelte';
import { toasts } from '../../../shell/toasts.svelte';
import type { Practice } from './practice.svelte';

/** What can be done with the practice org from wherever one is. */
export function practiceCommands(practice: Practice): Command[] {
  const url = practice.state?.url ?? null;
  return [
    {
      id: 'practice.toggle',
      title: practice.isRunning ? 'Stop the practice org' : 'Start the practice org',
      group: 'Run',
      keywords: 'gateway server sync practise',
      disabledReason:
        practice.isBusy || practice.state === null
          ? 'It is starting or stopping just now.'
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
      title: 'Copy the address of the practice org',
      group: 'Run',
      keywords: 'url gateway',
      disabledReason: url === null ? 'The practice org is not running.' : null,
      run: () => {
        if (url !== null)
          void navigator.clipboard.writeText(url).then(() => toasts.info(`${url} is on the clipboard.`));
      },
    },
    {
      id: 'practice.calls',
      title: 'Show the calls of the practice org',
      group: 'Go',
      keywords: 'requests log live',
      run: () => {
        practice.tab = 'calls';
        navigation.go('sync');
      },
    },
    {
      id: 'practice.faults',
      title: 'Show the faults of the practice org',
      group: 'Go',
      keywords: 'latency 429 500 errors chaos',
      run: () => {
        practice.tab = 'faults';
        navigation.go('sync');
      },
    },
  ];
}
