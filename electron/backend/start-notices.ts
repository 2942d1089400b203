import path from 'node:path';
import type { OpenedDatabase } from '../../db/open';
import type { Workspace } from '../../db/workspace/workspace';

/**
 * What happened at this start that a person should know, in plain sentences.
 *
 * @param hasRequest whether the org file holds an answered request of this id
 */
export function noticesOf(
  workspace: Workspace,
  org: Pick<OpenedDatabase, 'backup'>,
  hasRequest: (requestId: string) => boolean,
): readonly string[] {
  const notices: string[] = [];
  for (const copy of [workspace.backup, org.backup]) {
    if (copy !== null)
      notices.push(
        `The workspace was brought up to date for this version. A copy from before is kept as ${path.basename(copy)}.`,
      );
  }
  for (const { title, requestId } of workspace.jobs.takeUnfinished()) {
    notices.push(
      requestId !== null && hasRequest(requestId)
        ? `${title} had just finished when Laurel ended. Its result is in the history.`
        : `${title} was cut short when Laurel ended. Nothing of it was kept; start it again when you are ready.`,
    );
  }
  return notices;
}
