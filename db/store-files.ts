import path from 'node:path';
import type { KeptFile } from '../electron/disk/output-place';
import { belongsToStore } from '../electron/disk/store-names';
import { message } from '../shared/words/message';

/**
 * What belongs to a database file by its name.
 *
 * @param file the workspace's or org's own file, absolute
 */
export function storeFiles(file: string): KeptFile {
  const base = path.basename(file);
  return {
    path: file,
    what: message('store.ownFile'),
    owns: (name) => belongsToStore(base, name),
  };
}
