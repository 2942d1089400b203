import { readFileSync, rmSync, statSync } from 'node:fs';
import { z } from 'zod';
import { fileTitle } from '../../../db/failures';
import { orgFileOf } from '../../../db/kinds';
import { realFile, requirePlainFile } from '../../../db/real-file';
import type { OrgMark } from '../../../db/org/org-store';
import type { Workspace } from '../../../db/workspace/workspace';
import { Failure } from '../../../shared/ipc/errors';
import { message, type Message } from '../../../shared/words/message';

/** What a person writes into a file in the place of an org file that is lost for good. */
const NEW_HISTORY = 'new history';

const orgMark = z.object({ orgId: z.number(), salt: z.number(), createdOn: z.number() });

/**
 * @throws Failure `database` when a workspace is to be made beside an org file that is there already: the workspace it
 *   belongs to is missing, and an empty one in its place would hide that
 */
export function refuseLoneOrgFile(workspaceFile: string): void {
  if ((requirePlainFile(workspaceFile)?.size ?? 0) > 0) return;
  const org = realFile(orgFileOf(workspaceFile));
  if ((requirePlainFile(org)?.size ?? 0) === 0) return;
  throw new Failure(
    'database',
    message('store.workspaceMissing', { file: fileTitle(workspaceFile), org: fileTitle(org) }),
  );
}

/**
 * Makes sure that a workspace gets its own org file, and an empty one only where it had none.
 *
 * @returns whether a person chose to begin a new history
 * @throws Failure `database` when the org file that the workspace had is missing or empty
 */
export function requireOrgFile(workspace: Workspace, orgFile: string): { beginsAnew: boolean } {
  const size = requirePlainFile(orgFile)?.size ?? 0;
  if (size > 0) {
    if (!asksForNewHistory(orgFile)) return { beginsAnew: false };
    rmSync(orgFile);
    return { beginsAnew: true };
  }
  // Workspaces of earlier versions carry no mark; they had an org file from their first start on.
  const hadOne = markOf(workspace) !== null || (!workspace.wasCreated && workspace.hasContent());
  if (!hadOne) return { beginsAnew: false };
  const key = statSync(orgFile, { throwIfNoEntry: false }) ? 'store.historyEmpty' : 'store.historyMissing';
  throw new Failure('database', message(key, { org: fileTitle(orgFile), asked: NEW_HISTORY }));
}

/**
 * Remembers in the workspace which org file is its own.
 *
 * @returns words for people when it is another one than before; null otherwise
 */
export function pairWith(workspace: Workspace, orgFile: string, found: OrgMark): Message | null {
  const known = markOf(workspace);
  if (known?.salt === found.salt && known.createdOn === found.createdOn) return null;
  workspace.settings.keep('orgFile', found);
  if (known === null) return null;
  return message('store.otherHistory', { org: fileTitle(orgFile) });
}

function markOf(workspace: Workspace): OrgMark | null {
  const mark = orgMark.safeParse(workspace.settings.kept('orgFile'));
  return mark.success ? mark.data : null;
}

function asksForNewHistory(file: string): boolean {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats && (!stats.isFile() || stats.size > 64)) return false;
  return readFileSync(file, 'utf8').trim().toLowerCase() === NEW_HISTORY;
}
