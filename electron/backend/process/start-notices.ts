import path from 'node:path';
import type { Workspace } from '../../../db/workspace/workspace';
import type { IssuanceSide } from '../context';

/** What happened at this start that a person should know, in plain sentences. */
export function noticesOf(
  workspace: Workspace,
  issuance: Pick<IssuanceSide, 'backup' | 'hasRequest' | 'otherHistory' | 'odd'>,
): readonly string[] {
  const notices: string[] = [];
  for (const copy of [workspace.backup, issuance.backup]) {
    if (copy === null) continue;
    notices.push(
      `The workspace was brought up to date for this version. A copy from before is kept as ${path.basename(copy)}.`,
    );
  }
  for (const { name, stored } of workspace.settings.odd) {
    notices.push(
      `The setting “${name}” holds ${stored}, which this version of Laurel does not know. It is kept as it is, and its default is used.`,
    );
  }
  notices.push(...workspace.odd(), ...issuance.odd);
  if (issuance.otherHistory !== null) notices.push(issuance.otherHistory);
  for (const { title, requestId, cause } of workspace.jobs.takeUnfinished()) {
    notices.push(
      requestId !== null && issuance.hasRequest(requestId)
        ? `${title} had just finished when Laurel ended. Its result is in the history.`
        : cause === null
          ? `${title} was cut short: Laurel ended, or could not write any more, before it was done. Nothing of it was kept; start it again when you are ready.`
          : `${title} was not done: ${cause} Nothing of it was kept; start it again when you are ready.`,
    );
  }
  return notices;
}
