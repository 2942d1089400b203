import { orderPlacing } from '../../../db/backups/restore';
import { buildFromExport, isEmptyWorkspace } from '../../../db/portable/import';
import { writeExport } from '../../../db/portable/write-export';
import type { Handlers } from '../../../shared/ipc/contract';
import { Failure } from '../../../shared/ipc/errors';
import { message } from '../../../shared/words/message';
import type { BackendContext } from '../context';

/** Handlers of `portable.*`. */
export function portableHandlers(
  { files, now }: Pick<BackendContext, 'files' | 'now'>,
  workspaceFile: string,
  appVersion: string,
): Pick<Handlers, 'portable.export' | 'portable.import'> {
  return {
    'portable.export': async ({ target }, { signal, progress }) => {
      const { path, name } = files.output(target);
      const order = { workspaceFile, appVersion, now: now(), progress };
      return { files: await writeExport(order, { path, form: 'zip', signal }), name };
    },
    'portable.import': async ({ source }, { signal, progress }) => {
      if (!isEmptyWorkspace(workspaceFile)) throw new Failure('conflict', message('portable.notEmpty'));
      const { path } = files.find(source, 'read');
      orderPlacing(workspaceFile, await buildFromExport({ source: path, workspaceFile, signal, progress }));
      return { ordered: true };
    },
  };
}
