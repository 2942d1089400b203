/**
 * Whether a name is that of a database file or of something that belongs to it: its logs, locks, org and practice files
 * (`w.laurel-wal`, `w.laurel-org-shm`), its backups, and the copies from before an update (`w.laurel.v0001.backup`).
 *
 * @param base name of the workspace's or org's own file
 * @param name of another file or folder beside it
 */
export function belongsToStore(base: string, name: string): boolean {
  return (
    name === base ||
    (name.startsWith(base) && /^(?:-[a-z-]+|(?:-[a-z]+)?\.v\d+\.backup.*)$/.test(name.slice(base.length)))
  );
}

/**
 * Whether a name that belongs to a store is that of a lock, or of the mark of a move: of one process, so that it is not
 * copied with the rest.
 */
export function isLock(name: string): boolean {
  return /-(?:lock(?:-holder)?|moving)$/.test(name);
}
