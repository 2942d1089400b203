import path from 'node:path';
import type { Workspace } from '../../../db/workspace/workspace';
import { readJobCause, readJobTitle } from '../../../shared/words/kept-jobs';
import { message, type Message } from '../../../shared/words/message';
import type { IssuanceSide } from '../context';

/** What happened at this start that a person should know. */
export function noticesOf(
  workspace: Workspace,
  issuance: Pick<IssuanceSide, 'backup' | 'hasRequest' | 'otherHistory' | 'odd'>,
): readonly Message[] {
  const notices: Message[] = [];
  for (const copy of [workspace.backup, issuance.backup]) {
    if (copy !== null) notices.push(message('store.broughtUpToDate', { copy: path.basename(copy) }));
  }
  for (const { name, stored } of workspace.settings.odd) notices.push(message('store.oddSetting', { name, stored }));
  notices.push(...workspace.odd(), ...issuance.odd);
  if (issuance.otherHistory !== null) notices.push(issuance.otherHistory);
  for (const { title, requestId, cause } of workspace.jobs.takeUnfinished()) {
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
