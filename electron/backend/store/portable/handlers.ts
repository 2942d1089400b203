import { existsSync } from 'node:fs';
import path from 'node:path';
import { orderPlacing } from '../../../../db/backups/restore';
import { buildFromExport, isEmptyWorkspace } from '../../../../db/portable/import';
import { writeExport } from '../../../../db/portable/write-export';
import { toIso, type Instant } from '../../../../shared/domain/instant';
import type { Handlers } from '../../../../shared/ipc/contract';
import { Failure } from '../../../../shared/ipc/errors';
import { message } from '../../../../shared/words/message';
import type { BackendContext } from '../../context';

/** A folder of the day's name that is not there yet: what stands in the chosen one is never touched. */
function newFolderIn(chosen: { path: string; name: string }, at: Instant): { path: string; name: string } {
  const day = `laurel-export-${toIso(at, 'UTC').slice(0, 10)}`;
  let own = day;
  for (let number = 2; existsSync(path.join(chosen.path, own)); number += 1) own = `${day}-${String(number)}`;
  return { path: path.join(chosen.path, own), name: `${chosen.name}/${own}` };
}

/** Handlers of `portable.*`. */
export function portableHandlers(
  { files, now }: Pick<BackendContext, 'files' | 'now'>,
  workspaceFile: string,
  appVersion: string,
): Pick<Handlers, 'portable.export' | 'portable.import'> {
  return {
    'portable.export': async ({ target, form }, { signal, progress }) => {
      const at = now();
      const place = form === 'zip' ? files.output(target) : newFolderIn(files.find(target, 'folder'), at);
      const order = { workspaceFile, appVersion, now: at, progress };
      return { files: await writeExport(order, { path: place.path, form, signal }), name: place.name };
    },
    'portable.import': async ({ source, form }, { signal, progress }) => {
      if (!isEmptyWorkspace(workspaceFile)) throw new Failure('conflict', message('portable.notEmpty'));
      const from = files.find(source, form === 'zip' ? 'read' : 'folder').path;
      orderPlacing(workspaceFile, await buildFromExport({ source: from, workspaceFile, signal, progress }));
      return { ordered: true };
    },
  };
}
