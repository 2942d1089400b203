import { lockFile } from '../../../db/lock';
import { contract, type Handlers } from '../../../shared/ipc/contract';
import { Failure } from '../../../shared/ipc/errors';
import { message } from '../../../shared/words/message';
import { backupHandlers } from './backups/handlers';

/**
 * What answers where a workspace cannot be opened: its backups can be listed, looked into and put back, and every other
 * call is told why.
 *
 * @param workspaceFile absolute real path
 * @param folder of a token, as of an open workspace
 */
export function shutStoreHandlers(
  workspaceFile: string,
  failure: Failure,
  folder: (token: string) => string,
): Handlers {
  const refuse = (): never => {
    throw failure;
  };
  const refusals = Object.fromEntries(Object.keys(contract).map((name) => [name, refuse])) as unknown as Handlers;
  return {
    ...refusals,
    ...backupHandlers({
      workspaceFile,
      trouble: () => null,
      take: refuse,
      beforeDeletion: refuse,
      requireOurs: () => {
        try {
          lockFile(workspaceFile, 'window', 0).release();
        } catch {
          throw new Failure('database', message('backups.stillOpen'));
        }
      },
      folder,
    }),
  };
}
