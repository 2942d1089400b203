import type { UnfinishedJob } from '../../../db/workspace/jobs';
import type { Workspace } from '../../../db/workspace/workspace';
import { readJobCause, readJobTitle } from '../../../shared/words/kept-jobs';
import { message, type Message } from '../../../shared/words/message';
import type { IssuanceSide } from '../context';

/**
 * What happened at this start, or before, that a person should know.
 *
 * @param wasUpdated whether the workspace was brought up to date and nobody was told
 * @param unfinished work that earlier starts left under way
 */
export function noticesOf(
  workspace: Workspace,
  issuance: Pick<IssuanceSide, 'hasRequest' | 'otherHistory' | 'odd'>,
  { wasUpdated, unfinished }: { wasUpdated: boolean; unfinished: readonly UnfinishedJob[] },
): readonly Message[] {
  const notices: Message[] = [];
  if (wasUpdated) notices.push(message('store.broughtUpToDate'));
  for (const { name, stored } of workspace.settings.odd) notices.push(message('store.oddSetting', { name, stored }));
  notices.push(...workspace.odd(), ...issuance.odd);
  if (issuance.otherHistory !== null) notices.push(issuance.otherHistory);
  for (const { title, requestId, cause } of unfinished) {
    const job = readJobTitle(title, requestId) ?? title;
    notices.push(
      requestId !== null && issuance.hasRequest(requestId)
        ? message('store.jobHadFinished', { job })
        : cause === null
          ? message('store.jobCutShort', { job })
          : message('store.jobNotDone', { job, cause: readJobCause(cause) ?? cause }),
    );
  }
  return notices;
}
