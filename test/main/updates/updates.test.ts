import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { UpdateFetcher } from '../../../electron/backend/updates/fetch-update';
import { openUpdater } from '../../../electron/main/updates/updater';
import { Updates } from '../../../electron/main/updates/updates';
import type { UpdatesState } from '../../../shared/ipc/updates';
import { inEnglish } from '../../../shared/words/english';
import { message, type Message } from '../../../shared/words/message';
import { DIRECTLY } from '../../backend/network/directly';
import { deadPort } from '../../backend/network/proxy';
import { FEED, FeedServer, feedText, newKeys, type KeyPair } from './feed-server';

const CURRENT = '1.4.0';
const DAY_MS = 86_400_000;

/** A Laurel of version 1.4.0 that was installed as an AppImage, and a server of updates beside it. */
async function installed({ before, address }: { before?: (folder: string) => void; address?: URL } = {}): Promise<{
  server: FeedServer;
  keys: KeyPair;
  updates: Updates;
  folder: string;
  appImage: string;
  told: UpdatesState[];
  forbid(said: Message | null): void;
  clock: { now: number };
  /** Ends Laurel as Electron would. */
  quit(): void;
  /** The next start, in the version that is named. */
  again(version: string): Updates;
}> {
  const server = await FeedServer.start();
  const folder = mkdtempSync(path.join(tmpdir(), 'laurel-updates-'));
  const appImage = path.join(folder, 'Laurel.AppImage');
  writeFileSync(appImage, '#!/bin/sh\n# the old one\n');
  chmodSync(appImage, 0o755);
  process.env['APPIMAGE'] = appImage;
  before?.(folder);
  const fetcher = new UpdateFetcher(DIRECTLY, { connect: 2_000, idle: 2_000, total: 10_000 });
  onTestFinished(async () => {
    fetcher.close();
    delete process.env['APPIMAGE'];
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const keys = newKeys();
  const told: UpdatesState[] = [];
  const clock = { now: Date.UTC(2026, 10, 27) };
  const quits: ((exitCode: number) => void)[] = [];
  let forbidden: Message | null = null;
  const feed = { address: address ?? server.address, key: keys.publicKey };
  const fetch: UpdateFetcher['fetch'] = (...asked) => fetcher.fetch(...asked);
  const startOf = (version: string): Updates =>
    new Updates({
      ...{ version, feed, feedName: FEED, fetch, file: path.join(folder, 'updates.json') },
      forbidden: () => forbidden,
      openUpdater: () =>
        openUpdater({
          ...{ kind: 'appimage', address: feed.address, fetch, mayInstall: () => forbidden === null },
          app: {
            ...{ version, name: 'Laurel', isPackaged: true, appUpdateConfigPath: '/nowhere' },
            ...{ userDataPath: folder, baseCachePath: path.join(folder, 'cache') },
            whenReady: () => Promise.resolve(),
            relaunch: () => undefined,
            quit: () => undefined,
            onQuit: (handler) => void quits.push(handler),
          },
        }),
      now: () => clock.now,
      tell: (state) => void told.push(state),
    });
  return {
    ...{ server, keys, folder, appImage, told, clock, updates: startOf(CURRENT), again: startOf },
    forbid: (said) => (forbidden = said),
    quit: () => quits.forEach((handler) => handler(0)),
  };
}

const packageOf = (text = '# the new one\n'): { name: string; bytes: Buffer } => ({
  name: 'Laurel-1.5.0-linux-x86_64.AppImage',
  bytes: Buffer.from(`#!/bin/sh\n${text}`),
});

const saidBy = ({ state }: Updates): string => (state.lastCheck === null ? '' : inEnglish(state.lastCheck.said));

test('a newer version that is signed is offered, downloaded, and put in place when Laurel quits', async () => {
  const { server, keys, updates, appImage, quit, again, told } = await installed();
  // More than one piece of a download.
  const file = packageOf('# the new one\n'.repeat(600_000));
  server.publish(keys, '1.5.0', file);
  await updates.check();
  expect(updates.state).toMatchObject({ offered: { version: '1.5.0', bytes: file.bytes.length, isInstallable: true } });
  expect(server.asked).toEqual([FEED, `${FEED}.sig`]);
  await updates.download();
  expect(updates.state).toMatchObject({ waiting: '1.5.0', offered: null, work: null });
  expect(saidBy(updates)).toBe('Version 1.5.0 was downloaded.');
  expect(server.asked.filter((name) => name === file.name)).toHaveLength(3);
  expect(told.flatMap(({ progress }) => (progress === null ? [] : [progress.done]))).toEqual([
    0,
    4 * 1024 * 1024,
    8 * 1024 * 1024,
    file.bytes.length,
  ]);
  expect(readFileSync(appImage, 'utf8')).toContain('the old one');
  quit();
  expect(readFileSync(appImage).equals(file.bytes)).toBe(true);
  expect(saidBy(again('1.5.0'))).toBe('Laurel was updated to version 1.5.0.');
});

test('what waits is not installed once an administrator forbids updates', async () => {
  const { server, keys, updates, appImage, quit, forbid } = await installed();
  server.publish(keys, '1.5.0', packageOf());
  await updates.check();
  await updates.download();
  forbid(message('updates.managedOff', { file: '/etc/laurel/managed.json' }));
  quit();
  expect(readFileSync(appImage, 'utf8')).toContain('the old one');
});

test('a version that was downloaded and is not there at the next start is told', async () => {
  const { server, keys, updates, again } = await installed();
  server.publish(keys, '1.5.0', packageOf());
  await updates.check();
  await updates.download();
  const next = again(CURRENT);
  expect(next.state.lastCheck?.result).toBe('failed');
  expect(saidBy(next)).toContain('1.5.0 was downloaded, but this is still version 1.4.0');
  expect(saidBy(again(CURRENT))).toBe(saidBy(next));
});

test('a package that is changed after the download is not installed', async () => {
  const { server, keys, updates, folder, appImage, quit } = await installed();
  const file = packageOf();
  server.publish(keys, '1.5.0', file);
  await updates.check();
  await updates.download();
  const downloaded = path.join(folder, 'cache', 'laurel-updater', 'pending', file.name);
  expect(existsSync(downloaded)).toBe(true);
  writeFileSync(downloaded, '#!/bin/sh\n# somebody else’s\n');
  quit();
  expect(readFileSync(appImage, 'utf8')).toContain('the old one');
});

test('the version that runs is the newest, an older one is refused, and neither is offered', async () => {
  const { server, keys, updates } = await installed();
  server.publish(keys, CURRENT, packageOf());
  await updates.check();
  expect(updates.state).toMatchObject({ offered: null, lastCheck: { result: 'newest' } });
  expect(saidBy(updates)).toBe('You have the newest version, 1.4.0.');
  for (const older of ['1.3.9', '1.4.0-beta.1', '0.9.0']) {
    server.publish(keys, older, packageOf());
    await updates.check();
    expect(updates.state).toMatchObject({ offered: null, lastCheck: { result: 'failed' } });
    expect(saidBy(updates)).toContain(`${older}, older than your 1.4.0`);
  }
  await updates.download();
  expect(updates.state.waiting).toBeNull();
});

test.each<[string, (server: FeedServer, keys: KeyPair) => void, RegExp]>([
  ['another key signed it', (server) => server.publish(newKeys(), '1.5.0', packageOf()), /not signed by whoever makes/],
  [
    'a byte was changed after signing',
    (server, keys) => {
      server.publish(keys, '1.5.0', packageOf());
      server.files.set(FEED, Buffer.from(feedText('1.5.1', packageOf())));
    },
    /not signed by whoever makes/,
  ],
  [
    'the signature is no signature',
    (server, keys) => {
      server.publish(keys, '1.5.0', packageOf());
      server.files.set(`${FEED}.sig`, Buffer.from('<html>'));
    },
    /not signed by whoever makes/,
  ],
  [
    'the signature is missing',
    (server, keys) => {
      server.publish(keys, '1.5.0', packageOf());
      server.files.delete(`${FEED}.sig`);
    },
    /no signature beside/,
  ],
  ['it is no YAML', (server, keys) => server.putFeed(keys, '{{{ nothing'), /cannot be read/],
  ['it is empty', (server, keys) => server.putFeed(keys, ''), /cannot be read/],
  ['it has no files', (server, keys) => server.putFeed(keys, 'version: 1.5.0\nfiles: []\n'), /cannot be read/],
  ['its version is none', (server, keys) => server.putFeed(keys, feedText('newest', packageOf())), /cannot be read/],
  [
    'its hash is none',
    (server, keys) =>
      server.putFeed(keys, 'version: 1.5.0\nfiles:\n  - url: a.AppImage\n    sha512: abc\n    size: 3\n'),
    /cannot be read/,
  ],
  [
    'its package lies elsewhere',
    (server, keys) =>
      server.putFeed(keys, feedText('1.5.0', { ...packageOf(), name: 'https://elsewhere.example/a.AppImage' })),
    /points to another place/,
  ],
  [
    'its package lies above it',
    (server, keys) => server.putFeed(keys, feedText('1.5.0', { ...packageOf(), name: '../a.AppImage' })),
    /points to another place/,
  ],
  ['there is none', () => undefined, /nothing about versions for this computer \(404\)/],
  [
    'it is redirected',
    (server, keys) => {
      server.publish(keys, '1.5.0', packageOf());
      server.trouble = (_request, response) => {
        response.writeHead(302, { location: `${server.address.href}elsewhere/latest-linux.yml` }).end();
        return true;
      };
    },
    /Laurel does not follow/,
  ],
  [
    'the server fails',
    (server) => {
      server.trouble = (_request, response) => {
        response.writeHead(503).end();
        return true;
      };
    },
    /answered 503/,
  ],
  [
    'it breaks off',
    (server) => {
      server.trouble = (_request, response) => {
        response.writeHead(200, { 'content-length': 500 });
        response.write('version: 1.5.0', () => response.destroy());
        return true;
      };
    },
    /broke off in the middle/,
  ],
  [
    'it is huge',
    (server) => {
      server.files.set(FEED, Buffer.alloc(300_000, 32));
    },
    /another number of bytes/,
  ],
])('nothing is offered where %s', async (_what, prepare, said) => {
  const { server, keys, updates } = await installed();
  prepare(server, keys);
  await updates.check();
  expect(saidBy(updates)).toMatch(said);
  expect(updates.state).toMatchObject({ offered: null, work: null, lastCheck: { result: 'failed' } });
  await updates.download();
  expect(updates.state.waiting).toBeNull();
  expect(server.asked.every((name) => name.startsWith(FEED))).toBe(true);
});

test('a server that cannot be reached is named', async () => {
  const address = new URL(`http://127.0.0.1:${String(await deadPort())}/stable/`);
  const { updates } = await installed({ address });
  await updates.check();
  expect(saidBy(updates)).toContain(`${address.host} cannot be reached`);
});

test.each<[string, (server: FeedServer, name: string) => void, RegExp]>([
  ['is another', (server, name) => server.files.set(name, Buffer.from(`#!/bin/sh\n# the NEW one\n`)), /check sum/],
  ['is shorter', (server, name) => server.files.set(name, Buffer.from('#!/bin/sh\n')), /another number of bytes/],
  ['is gone', (server, name) => server.files.delete(name), /404/],
  [
    'breaks off',
    (server, name) => {
      server.trouble = (request, response) => {
        if (request.url?.endsWith(name) !== true) return false;
        response.writeHead(206, { 'content-length': 24 });
        response.write('#!/bin/sh', () => response.destroy());
        return true;
      };
    },
    /broke off in the middle/,
  ],
  [
    'is redirected',
    (server, name) => {
      server.trouble = (request, response) => {
        if (request.url?.endsWith(name) !== true) return false;
        response.writeHead(307, { location: `${server.address.href}elsewhere` }).end();
        return true;
      };
    },
    /Laurel does not follow/,
  ],
])('nothing is installed where the package %s', async (_what, spoil, said) => {
  const { server, keys, updates, folder, appImage, quit } = await installed();
  const file = packageOf();
  server.publish(keys, '1.5.0', file);
  await updates.check();
  spoil(server, file.name);
  await updates.download();
  expect(saidBy(updates)).toMatch(said);
  expect(updates.state).toMatchObject({ waiting: null, work: null, progress: null, lastCheck: { result: 'failed' } });
  expect(existsSync(path.join(folder, 'cache', 'laurel-updater', 'pending', file.name))).toBe(false);
  expect(server.asked).not.toContain('elsewhere');
  quit();
  expect(readFileSync(appImage, 'utf8')).toContain('the old one');
  // What went wrong once is tried again.
  server.trouble = null;
  server.files.set(file.name, file.bytes);
  await updates.check();
  await updates.download();
  expect(updates.state.waiting).toBe('1.5.0');
});

test('a server that knows no pieces sends the package at once', async () => {
  const { server, keys, updates } = await installed();
  const file = packageOf('# the new one\n'.repeat(400_000));
  server.publish(keys, '1.5.0', file);
  server.trouble = (request) => {
    delete request.headers.range;
    return false;
  };
  await updates.check();
  await updates.download();
  expect(updates.state.waiting).toBe('1.5.0');
  expect(server.asked.filter((name) => name === file.name)).toHaveLength(1);
});

test('a download can be stopped', async () => {
  const { server, keys, updates } = await installed();
  const file = packageOf();
  server.publish(keys, '1.5.0', file);
  await updates.check();
  server.trouble = (request) => {
    if (request.url?.endsWith(file.name) !== true) return false;
    updates.stop();
    return true;
  };
  await updates.download();
  expect(saidBy(updates)).toBe('The download was stopped. Nothing was installed.');
  expect(updates.state).toMatchObject({ waiting: null, offered: { version: '1.5.0' } });
});

test('nothing is asked for before a person said so, nor more than once a day', async () => {
  const { server, keys, updates, clock } = await installed();
  server.publish(keys, CURRENT, packageOf());
  await updates.checkWhenDue();
  expect(updates.state.choice).toBe('unasked');
  updates.choose(false);
  await updates.checkWhenDue();
  expect(server.asked).toEqual([]);
  updates.choose(true);
  await updates.checkWhenDue();
  expect(server.asked).toHaveLength(2);
  clock.now += DAY_MS - 1;
  await updates.checkWhenDue();
  expect(server.asked).toHaveLength(2);
  clock.now += 1;
  await updates.checkWhenDue();
  expect(server.asked).toHaveLength(4);
  // A clock that is set back must not put the next look off for months.
  clock.now -= 100 * DAY_MS;
  await updates.checkWhenDue();
  expect(server.asked).toHaveLength(6);
});

test('what a person answered holds at the next start, and a scribbled file asks again', async () => {
  const { updates, again, folder } = await installed();
  updates.choose(true);
  expect(again(CURRENT).state.choice).toBe('on');
  writeFileSync(path.join(folder, 'updates.json'), '{"choice": "on", "lastCh');
  expect(again(CURRENT).state.choice).toBe('unasked');
});

test('where it is forbidden nothing leaves, whatever a person asks for', async () => {
  const { server, keys, updates, forbid } = await installed();
  server.publish(keys, '1.5.0', packageOf());
  updates.choose(true);
  await updates.check();
  expect(server.asked).toHaveLength(2);
  forbid(message('updates.managedOff', { file: '/etc/laurel/managed.json' }));
  await updates.download();
  await updates.check();
  await updates.checkWhenDue();
  expect(server.asked).toHaveLength(2);
  expect(updates.state).toMatchObject({ availability: 'managed', waiting: null });
});
