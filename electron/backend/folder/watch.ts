import { watch as watchFolders } from 'chokidar';

/** Between the first word of a change and the look at it: a program that writes many files says so many times. */
const BREATH_MS = 120;

/** What is told of changes in a folder, until it is closed. */
export interface FolderWatch {
  close(): Promise<void>;
}

/**
 * Watches a folder and all below it, apart from what git keeps. What is told may come late or, on a shared drive, never:
 * whoever needs to know looks from time to time, too.
 *
 * @param onchange something changed; told once for what comes together
 */
export function watchFolder(folder: string, onchange: () => void): FolderWatch {
  let timer: NodeJS.Timeout | undefined;
  const tell = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      onchange();
    }, BREATH_MS);
  };
  // Only folders are watched, which tell of their files: a watch for each of ten thousand files is more than systems allow.
  const watcher = watchFolders(folder, {
    ignored: (place, stats) =>
      stats?.isFile() === true || /(?:^|[\\/])(?:\.[^\\/]+|node_modules)$/.test(place.slice(folder.length)),
    followSymlinks: false,
    ignoreInitial: true,
    ignorePermissionErrors: true,
  });
  // What changed before everything was watched was told of by nobody.
  watcher.on('ready', tell);
  watcher.on('raw', tell);
  watcher.on('all', tell);
  // A folder that cannot be watched is still looked at from time to time.
  watcher.on('error', () => undefined);
  return {
    close: async () => {
      clearTimeout(timer);
      await watcher.close();
    },
  };
}
