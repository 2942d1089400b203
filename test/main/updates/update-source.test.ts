import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  feedName,
  forbiddenBy,
  packageKind,
  readFeedFile,
  updatePlaces,
} from '../../../electron/main/updates/update-source';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'laurel-update-source-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const repository = path.resolve(import.meta.dirname, '..', '..', '..');
const app = { isPackaged: true, appFolder: '/opt/laurel/app.asar', resources: '/opt/laurel', platform: 'linux' };
const publicKey = generateKeyPairSync('ed25519').publicKey.export({ format: 'der', type: 'spki' }).toString('base64');

function feedFile(content: unknown): string {
  const file = path.join(folder, 'updates.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

test('no variable gives a packed Laurel another address, key or setting', () => {
  const environment = { LAUREL_TEST: '1', LAUREL_TEST_UPDATES: folder, LAUREL_USER_DATA: folder };
  expect(updatePlaces(app, environment, folder)).toEqual({
    feedFile: '/opt/laurel/app.asar/resources/updates.json',
    packageTypeFile: '/opt/laurel/package-type',
    managedFiles: ['/etc/laurel/managed.json'],
  });
  const onWindows = updatePlaces({ ...app, platform: 'win32' }, { ProgramData: 'D:\\Mine' }, folder);
  expect(onWindows?.managedFiles).toEqual(['C:\\ProgramData\\Laurel\\managed.json', 'D:\\Mine\\Laurel\\managed.json']);
});

test('a Laurel that is not packed has updates in tests alone', () => {
  expect(updatePlaces({ ...app, isPackaged: false }, {}, undefined)).toBeNull();
  expect(updatePlaces({ ...app, isPackaged: false }, {}, folder)?.feedFile).toBe(path.join(folder, 'updates.json'));
});

test('the address ends with a slash, and both an address and a key are needed', () => {
  expect(readFeedFile(feedFile({ feed: 'https://a.example/stable', publicKey }))?.address.href).toBe(
    'https://a.example/stable/',
  );
  expect(readFeedFile(feedFile({ feed: null, publicKey }))).toBeNull();
  expect(readFeedFile(feedFile({ feed: 'https://a.example/', publicKey: null }))).toBeNull();
  expect(() => readFeedFile(path.join(repository, 'resources', 'updates.json'))).not.toThrow();
});

test.each([
  ['plain http', { feed: 'http://a.example/', publicKey }],
  ['another scheme', { feed: 'file:///tmp/', publicKey }],
  ['a key that is none', { feed: 'https://a.example/', publicKey: 'AAAA' }],
  [
    'a key of another kind',
    {
      feed: 'https://a.example/',
      publicKey: generateKeyPairSync('x25519').publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    },
  ],
  ['no JSON', 'nothing'],
])('%s is not taken', (_what, content) => {
  expect(() => readFeedFile(feedFile(content))).toThrow();
});

test('the setting of a computer forbids, allows, or says nothing; what cannot be understood forbids', () => {
  const managed = path.join(folder, 'managed.json');
  const other = path.join(folder, 'nowhere', 'managed.json');
  expect(forbiddenBy([managed, other])).toBeNull();
  writeFileSync(managed, '{ "updates": "off" }');
  expect(forbiddenBy([other, managed])?.key).toBe('updates.managedOff');
  writeFileSync(managed, '{ "updates": "allowed", "other": 1 }');
  expect(forbiddenBy([managed])).toBeNull();
  writeFileSync(managed, '{ "other": 1 }');
  expect(forbiddenBy([managed])).toBeNull();
  for (const text of ['', '{', '[]', '"off"', '{ "updates": "of" }', '{ "updates": false }']) {
    writeFileSync(managed, text);
    expect(forbiddenBy([managed])?.key, text).toBe('updates.managedUnread');
  }
  rmSync(managed);
  mkdirSync(managed);
  expect(forbiddenBy([managed])?.key).toBe('updates.managedUnread');
});

test('how it was installed says how it renews itself', () => {
  const file = path.join(folder, 'package-type');
  expect(packageKind('win32', file, {})).toBe('nsis');
  expect(packageKind('darwin', file, {})).toBe('mac');
  expect(packageKind('linux', file, {})).toBeNull();
  expect(packageKind('linux', file, { APPIMAGE: '/opt/Laurel.AppImage' })).toBe('appimage');
  writeFileSync(file, 'deb\n');
  expect(packageKind('linux', file, { APPIMAGE: '/opt/Laurel.AppImage' })).toBe('deb');
  writeFileSync(file, 'rpm');
  expect(packageKind('linux', file, {})).toBe('rpm');
  writeFileSync(file, 'pacman');
  expect(packageKind('linux', file, {})).toBeNull();
});

test('the feed of a machine', () => {
  expect(feedName('win32', 'x64')).toBe('latest.yml');
  expect(feedName('darwin', 'arm64')).toBe('latest-mac.yml');
  expect(feedName('linux', 'x64')).toBe('latest-linux.yml');
  expect(feedName('linux', 'arm64')).toBe('latest-linux-arm64.yml');
});
