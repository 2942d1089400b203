import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { readRegularText } from '../../disk/regular-file';
import { message, type Message } from '../../../shared/words/message';
import { isThisMachine } from '../../../shared/ipc/this-machine';

/** Where this Laurel finds its updates, and by which key they are known. */
export interface UpdateFeed {
  /** Folder of the feed; ends with a slash. */
  address: URL;
  /** Ed25519. */
  key: KeyObject;
}

/** What decides about updates on the disk of this machine; all paths absolute. */
export interface UpdatePlaces {
  /** Part of the app, and inside its archive where it is packed. */
  feedFile: string;
  /** Written by the packager: `deb`, `rpm`. */
  packageTypeFile: string;
  /** The first that is there counts. */
  managedFiles: readonly string[];
}

const feedFile = z.object({ feed: z.string().nullable(), publicKey: z.string().nullable() });

const managedFile = z.object({ updates: z.enum(['off', 'allowed']).optional() });

/** Bytes; the setting is one line. */
const LARGEST_MANAGED = 64 * 1024;

/**
 * Where the answers lie. Nothing of the environment changes them for an app that is packed: whoever could set a variable
 * could otherwise bring a key of their own.
 *
 * @param app what Electron says about it: whether it is packed, where its code and its resources lie
 * @param testFolder what a test names in place of all of them; counts only where the app is not packed
 */
export function updatePlaces(
  app: { isPackaged: boolean; appFolder: string; resources: string; platform: string },
  environment: Readonly<Record<string, string | undefined>>,
  testFolder: string | undefined,
): UpdatePlaces | null {
  if (app.isPackaged) {
    return {
      feedFile: path.join(app.appFolder, 'resources', 'updates.json'),
      packageTypeFile: path.join(app.resources, 'package-type'),
      managedFiles: managedFiles(app.platform, environment),
    };
  }
  if (testFolder === undefined) return null;
  return {
    feedFile: path.join(testFolder, 'updates.json'),
    packageTypeFile: path.join(testFolder, 'package-type'),
    managedFiles: [path.join(testFolder, 'managed.json')],
  };
}

/** Where administrators put settings for everybody who uses a computer. */
function managedFiles(platform: string, environment: Readonly<Record<string, string | undefined>>): string[] {
  if (platform === 'darwin') return [path.posix.join('/Library', 'Application Support', 'Laurel', 'managed.json')];
  if (platform !== 'win32') return ['/etc/laurel/managed.json'];
  // The usual folder first: the variable is in the hands of whoever starts Laurel.
  const folders = ['C:\\ProgramData', environment['ProgramData'] ?? ''].filter((folder) => folder !== '');
  return folders.map((folder) => path.win32.join(folder, 'Laurel', 'managed.json'));
}

/** Null where this Laurel was made without an address, or without a key. @throws when what is there cannot be used */
export function readFeedFile(file: string): UpdateFeed | null {
  const { feed, publicKey } = feedFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  if (feed === null || publicKey === null) return null;
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('the key of the updates is no Ed25519 key');
  const address = new URL(feed.endsWith('/') ? feed : `${feed}/`);
  if (address.protocol !== 'https:' && !(address.protocol === 'http:' && isThisMachine(address.hostname))) {
    throw new Error('updates are fetched over https only');
  }
  return { address, key };
}

/**
 * What the managed setting says. A file that is there and cannot be understood forbids: whoever wrote it wanted something.
 *
 * @returns null where updates are allowed
 */
export function forbiddenBy(files: readonly string[]): Message | null {
  for (const file of files) {
    let text: string;
    try {
      text = readRegularText(file, LARGEST_MANAGED);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'ENOENT' || code === 'ENOTDIR') continue;
      return message('updates.managedUnread', { file });
    }
    try {
      return managedFile.parse(JSON.parse(text)).updates === 'off' ? message('updates.managedOff', { file }) : null;
    } catch {
      return message('updates.managedUnread', { file });
    }
  }
  return null;
}

/** How this copy of Laurel was installed, as far as it can renew itself; null: it cannot. */
export type PackageKind = 'nsis' | 'mac' | 'deb' | 'rpm' | 'appimage';

export function packageKind(
  platform: string,
  packageTypeFile: string,
  environment: Readonly<Record<string, string | undefined>>,
): PackageKind | null {
  if (platform === 'win32') return 'nsis';
  if (platform === 'darwin') return 'mac';
  try {
    const type = readFileSync(packageTypeFile, 'utf8').trim();
    if (type === 'deb' || type === 'rpm') return type;
  } catch {
    // Only packages that are installed have it.
  }
  return environment['APPIMAGE'] ? 'appimage' : null;
}

/** The name of the feed for a machine, as electron-builder calls it. */
export function feedName(platform: string, architecture: string): string {
  if (platform === 'win32') return 'latest.yml';
  if (platform === 'darwin') return 'latest-mac.yml';
  return architecture === 'x64' ? 'latest-linux.yml' : `latest-linux-${architecture}.yml`;
}
