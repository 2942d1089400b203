import path from 'node:path';
import { app } from 'electron';
import type { UpdateAnswer } from '../../../shared/ipc/updates';
import type { Message } from '../../../shared/words/message';
import { updatesOfTest } from '../test-driver';
import { feedName, forbiddenBy, packageKind, readFeedFile, updatePlaces, type UpdateFeed } from './update-source';
import { Updates, type UpdatesParts } from './updates';
import type { PackageUpdater } from './updater';

/** The updates of the running app. @param userData folder of this person's data, absolute */
export function updatesOfApp(userData: string, parts: Pick<UpdatesParts, 'fetch' | 'tell'>): Updates {
  const { platform, env, arch, resourcesPath } = process;
  const about = { isPackaged: app.isPackaged, appFolder: app.getAppPath(), resources: resourcesPath, platform };
  const places = updatePlaces(about, env, updatesOfTest());
  const feed = places === null ? null : feedIn(places.feedFile);
  const forbidden = (): Message | null => (places === null ? null : forbiddenBy(places.managedFiles));
  return new Updates({
    ...parts,
    version: app.getVersion(),
    feed,
    feedName: feedName(platform, arch),
    forbidden,
    file: path.join(userData, 'updates.json'),
    openUpdater: () => {
      const kind = places === null ? null : packageKind(platform, places.packageTypeFile, env);
      return kind === null || feed === null ? null : open(kind, feed.address, parts.fetch, () => forbidden() === null);
    },
    now: () => Date.now(),
  });
}

function feedIn(file: string): UpdateFeed | null {
  try {
    return readFeedFile(file);
  } catch (error) {
    console.error('laurel: updates:', error instanceof Error ? error.message : error);
    return null;
  }
}

async function open(
  kind: NonNullable<ReturnType<typeof packageKind>>,
  address: URL,
  fetch: (...args: Parameters<UpdatesParts['fetch']>) => Promise<UpdateAnswer>,
  mayInstall: () => boolean,
): Promise<PackageUpdater> {
  const { openUpdater } = await import('./updater');
  const { ElectronAppAdapter } = await import('electron-updater/out/ElectronAppAdapter');
  return openUpdater({ kind, app: new ElectronAppAdapter(), address, fetch, mayInstall });
}
