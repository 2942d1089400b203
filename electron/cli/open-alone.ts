import { version } from '../../package.json';
import { backUpBeforeUpdate, noteVersion } from '../../db/backups/update';
import { openWorkspace, type Workspace } from '../../db/workspace/workspace';
import { fromMilliseconds } from '../../shared/domain/instant';

/**
 * Opens what people write by hand in a workspace, for one command that writes there, without anything else being begun.
 * Where it is of an earlier version it is brought up to date, and as in the window both files are saved as a backup first.
 *
 * @param workspaceFile absolute real path; its org file stands beside it
 * @throws Failure `database` or `database-newer`
 */
export async function openWorkspaceAlone(workspaceFile: string): Promise<Workspace> {
  const workspace = await openWorkspace(workspaceFile, 'command', async () => {
    const order = { workspaceFile, appVersion: version, now: fromMilliseconds(Date.now()) };
    return (await backUpBeforeUpdate(order)) !== null;
  });
  noteVersion(workspaceFile, version);
  return workspace;
}
