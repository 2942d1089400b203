import { storeFiles } from '../../../db/store-files';
import { GrantedFiles } from '../../../electron/backend/files/granted-files';
import { shutStoreHandlers } from '../../../electron/backend/store/shut-store';
import type { Handlers } from '../../../shared/ipc/contract';
import type { Failure } from '../../../shared/ipc/errors';

/** What answers for a workspace that cannot be opened. */
export function shutStoreOf(
  workspaceFile: string,
  failure: Failure,
  logFolder: string | null = null,
  files = new GrantedFiles([storeFiles(workspaceFile)]),
): Handlers {
  const runtime = 'Runtime of the tests, backend in this process';
  return shutStoreHandlers({ workspaceFile, failure, files, appVersion: '1.2.3', runtime, logFolder });
}
