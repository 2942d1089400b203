import type { Command } from '../../shell/commands.svelte';
import { navigation } from '../../shell/navigation.svelte';
import { toasts } from '../../shell/toasts.svelte';
import { kindWord } from '../../orgs/org-looks';
import type { Connections } from '../../orgs/connections.svelte';
import type { OrgPages } from './org-pages.svelte';
import { say } from '../../lib/say.svelte';

/** What can be done with the connections from wherever one is; each command names the org that it reaches. */
export function syncCommands(connections: Connections, pages: OrgPages): Command[] {
  const { chosen } = connections;
  const own: Command[] = [
    {
      id: 'sync.connect',
      title: say('sync.commandConnect'),
      group: 'run',
      keywords: say('sync.commandConnectKeywords'),
      run: () => {
        connections.show({ kind: 'new' });
        navigation.go('sync');
      },
    },
  ];
  for (const { id, name, kind } of connections.list) {
    own.push({
      id: `sync.open.${String(id)}`,
      title: say('sync.commandOpen', { name, kind: kindWord(kind) }),
      group: 'go',
      keywords: say('sync.commandOpenKeywords'),
      run: () => {
        connections.show({ kind: 'connection', id });
        navigation.go('sync');
      },
    });
  }
  if (chosen === null) return own;
  own.push({
    id: 'sync.pull',
    title: say('sync.pullFrom', { name: chosen.name }),
    group: 'run',
    keywords: say('sync.commandPullKeywords'),
    run: () => {
      pages.show('badges');
      navigation.go('sync');
      void pages.badgesOf(chosen.id).pull();
    },
  });
  if (chosen.kind === 'production' && chosen.writable) {
    own.push({
      id: 'sync.lock',
      title: say('sync.commandLock', { name: chosen.name }),
      group: 'run',
      run: () => void connections.lock(chosen.id).catch((error: unknown) => toasts.failure(error)),
    });
  }
  return own;
}
