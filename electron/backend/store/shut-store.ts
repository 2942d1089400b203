import { lockFile } from '../../../db/lock';
import { contract, type Handlers } from '../../../shared/ipc/contract';
import { Failure } from '../../../shared/ipc/errors';
import { message } from '../../../shared/words/message';
import { fromMilliseconds } from '../../../shared/domain/instant';
import type { GrantedFiles } from '../files/granted-files';
import { backupHandlers } from './backups/handlers';
import { diagnosticsHandlers, type DiagnosticsFacts } from './diagnostics';

/** What is known of a workspace that cannot be opened, and of this start. */
export interface ShutStore extends Omit<DiagnosticsFacts, 'now' | 'workspace'> {
  failure: Failure;
  /** What a person chose, for backups and diagnostics. */
  files: GrantedFiles;
}

/**
 * What answers where a workspace cannot be opened: its backups can be listed, looked into and put back, diagnostics shown and
 * saved, and every other call is told why.
 */
export function shutStoreHandlers({ failure, files, ...facts }: ShutStore): Handlers {
  const { workspaceFile } = facts;
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
      folder: (token) => files.find(token, 'folder').path,
    }),
    ...diagnosticsHandlers(files, () => ({ ...facts, now: fromMilliseconds(Date.now()), workspace: failure })),
  };
}
