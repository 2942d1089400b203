import type { CopiedFile } from '../../shared/ipc/backups-contract';
import { say } from '../lib/say.svelte';

const WORDS = {
  workspace: 'backups.copyOfWorkspace',
  org: 'backups.copyOfOrg',
  practice: 'backups.copyOfPractice',
} as const satisfies Record<CopiedFile, string>;

/** Of which file a copy from before an update is, in words. */
export function copyWords(of: CopiedFile): string {
  return say(WORDS[of]);
}
