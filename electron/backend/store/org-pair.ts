import { readFileSync, rmSync, statSync } from 'node:fs';
import { z } from 'zod';
import { fileTitle } from '../../../db/failures';
import { orgFileOf } from '../../../db/kinds';
import { realFile, requirePlainFile } from '../../../db/real-file';
import type { OrgMark } from '../../../db/org/org-store';
import type { Workspace } from '../../../db/workspace/workspace';
import { Failure } from '../../../shared/ipc/errors';

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
    `${fileTitle(workspaceFile)} is missing, but the history that belongs to it is there (${fileTitle(org)}). Nothing was changed. ` +
      `Put the workspace back beside it, or move ${fileTitle(org)} to another folder to begin with an empty workspace.`,
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
  throw new Failure(
    'database',
    `${fileTitle(orgFile)}, which holds what was issued in this workspace, is ${statSync(orgFile, { throwIfNoEntry: false }) ? 'empty' : 'missing'}. Nothing was changed. ` +
      `Put it back beside the workspace. If it is lost for good, put a text file of that name there which says “${NEW_HISTORY}”, and Laurel begins one.`,
  );
}

/**
 * Remembers in the workspace which org file is its own.
 *
 * @returns a sentence for people when it is another one than before; null otherwise
 */
export function pairWith(workspace: Workspace, orgFile: string, found: OrgMark): string | null {
  const known = markOf(workspace);
  if (known?.salt === found.salt && known.createdOn === found.createdOn) return null;
  workspace.settings.keep('orgFile', found);
  if (known === null) return null;
  return `${fileTitle(orgFile)} is another history than the one this workspace had before. Its requests and counts are shown from now on.`;
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
