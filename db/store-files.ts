import path from 'node:path';
import type { KeptFile } from '../electron/disk/output-place';
import { message } from '../shared/words/message';

/**
 * What belongs to a database file by its name: its logs, locks, org and practice files (`w.laurel-wal`,
 * `w.laurel-org-shm`), and the copies from before an update (`w.laurel.v0001.backup`).
 *
 * @param file the workspace's or org's own file, absolute
 */
export function storeFiles(file: string): KeptFile {
  const base = path.basename(file);
  return {
    path: file,
    what: message('store.ownFile'),
    owns: (name) =>
      name === base ||
      (name.startsWith(base) && /^(?:-[a-z-]+|(?:-[a-z]+)?\.v\d+\.backup.*)$/.test(name.slice(base.length))),
  };
}
