import type { Command } from '../../shell/commands.svelte';
import { navigation } from '../../shell/navigation.svelte';
import { toasts } from '../../shell/toasts.svelte';
import type { Connections } from '../../orgs/connections.svelte';
import type { OrgPages } from './org-pages.svelte';

/** What can be done with the connections from wherever one is; each command names the org that it reaches. */
export function syncCommands(connections: Connections, pages: OrgPages): Command[] {
  const { chosen } = connections;
  const own: Command[] = [
    {
      id: 'sync.connect',
      title: 'Connect to an org…',
      group: 'Run',
      keywords: 'connection add gateway live uat production',
      run: () => {
        connections.show({ kind: 'new' });
        navigation.go('sync');
      },
    },
  ];
  for (const { id, name, kind } of connections.list) {
    own.push({
      id: `sync.open.${String(id)}`,
      title: `Go to ${name} (${kind})`,
      group: 'Go',
      keywords: 'connection org sync',
      run: () => {
        connections.show({ kind: 'connection', id });
        navigation.go('sync');
      },
    });
  }
  if (chosen === null) return own;
  own.push({
    id: 'sync.pull',
    title: `Pull from ${chosen.name}`,
    group: 'Run',
    keywords: 'sync fetch download badges',
    run: () => {
      pages.show('badges');
      navigation.go('sync');
      void pages.badgesOf(chosen.id).pull();
    },
  });
  if (chosen.kind === 'production' && chosen.writable) {
    own.push({
      id: 'sync.lock',
      title: `Lock ${chosen.name} against writing`,
      group: 'Run',
      run: () => void connections.lock(chosen.id).catch((error: unknown) => toasts.failure(error)),
    });
  }
  return own;
}
