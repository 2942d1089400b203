import type { BackupProgress } from '../../shared/ipc/backups-contract';
import { formatBytes } from '../lib/format';
import { say } from '../lib/say.svelte';

/** How far a backup is, in words. */
export function progressWords({ stage, done, total }: BackupProgress): string {
  return say(stage === 'copy' ? 'backups.copying' : 'backups.checking', {
    done: formatBytes(done),
    total: formatBytes(total),
  });
}
