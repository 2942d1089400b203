import { say } from '../lib/say.svelte';
import { updates } from '../lib/updates.svelte';
import type { Command } from './commands.svelte';
import { navigation } from './navigation.svelte';

/** Looks for an update, where the settings show what comes of it; nothing where there is nowhere to look. */
export function updateCommands(): Command[] {
  if (updates.state?.availability !== 'feed') return [];
  return [
    {
      id: 'updates.check',
      title: say('updates.command'),
      group: 'help',
      keywords: say('updates.keywords'),
      run: () => {
        navigation.go('settings');
        window.laurel.checkForUpdates();
      },
    },
  ];
}
