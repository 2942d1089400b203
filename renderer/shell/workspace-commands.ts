import { say } from '../lib/say.svelte';
import type { Command } from './commands.svelte';

/** What is done with workspaces as files. Main asks where, and opens the windows. */
export function workspaceCommands(): Command[] {
  const keywords = say('workspaces.keywords');
  return [
    {
      ...{ id: 'workspace.new', title: say('workspaces.newWorkspace'), group: 'workspace', keywords },
      run: () => void window.laurel.newWorkspace(),
    },
    {
      ...{ id: 'workspace.open', title: say('workspaces.openWorkspace'), group: 'workspace', keywords },
      run: () => void window.laurel.openWorkspace(),
    },
    {
      ...{ id: 'workspace.move', title: say('workspaces.moveWorkspace'), group: 'workspace', keywords },
      run: () => window.laurel.moveWorkspace(),
    },
  ];
}
