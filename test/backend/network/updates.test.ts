import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import type { Passages, ProxyLogin } from '../../../electron/backend/network/passage';
import { UpdateFetcher } from '../../../electron/backend/updates/fetch-update';
import { message } from '../../../shared/words/message';
import { FeedServer, newKeys } from '../../main/updates/feed-server';
import { LoopbackProxy } from './proxy';

const nobody = new AbortController().signal;

async function fetching(passages: (proxyPort: number) => Passages): Promise<{
  server: FeedServer;
  proxy: LoopbackProxy;
  fetch: (name: string, target?: { path: string; bytes: number }) => ReturnType<UpdateFetcher['fetch']>;
  folder: string;
}> {
  const server = await FeedServer.start();
  const proxy = await LoopbackProxy.start({ login: { user: 'ada', password: 'secret' } });
  const folder = mkdtempSync(path.join(tmpdir(), 'laurel-update-ways-'));
  const fetcher = new UpdateFetcher(passages(proxy.port));
  onTestFinished(async () => {
    fetcher.close();
    rmSync(folder, { recursive: true, force: true });
    await Promise.all([server.stop(), proxy.stop()]);
  });
  const fetch = (name: string, target: { path: string; bytes: number } | null = null) =>
    fetcher.fetch({ url: new URL(name, server.address).href, target }, () => undefined, nobody);
  return { server, proxy, fetch, folder };
}

const trust = { version: 1, authorities: tls.rootCertificates, client: null };

const byProxy =
  (login: ProxyLogin | null) =>
  (port: number): Passages => ({
    passageTo: () => Promise.resolve({ ways: [{ protocol: 'http:', host: '127.0.0.1', port, login }], trust }),
  });

const LOGIN = { user: 'ada', password: 'secret' };

test('a feed and a package go through the proxy that the settings name, with its credentials', async () => {
  const { server, proxy, fetch, folder } = await fetching(byProxy(LOGIN));
  const bytes = Buffer.from('a package');
  server.publish(newKeys(), '1.5.0', { name: 'laurel.deb', bytes });
  expect((await fetch('latest-linux.yml')).kind).toBe('body');
  const target = path.join(folder, 'laurel.deb');
  expect(await fetch('laurel.deb', { path: target, bytes: bytes.length })).toEqual({ kind: 'saved' });
  expect(readFileSync(target).equals(bytes)).toBe(true);
  expect(proxy.asked).toHaveLength(2);
  expect(server.asked).toHaveLength(2);
});

test('a proxy that refuses is named, and nothing goes around it', async () => {
  const { server, fetch } = await fetching(byProxy(null));
  expect(await fetch('latest-linux.yml')).toMatchObject({
    kind: 'failed',
    said: { key: 'network.proxyWantsCredentials' },
  });
  expect(server.asked).toEqual([]);
});

test('settings that name no way are told, and nothing is sent', async () => {
  const said = message('network.pacMissing');
  const { server, proxy, fetch } = await fetching(() => ({
    passageTo: () => Promise.resolve({ hop: 'settings', said }),
  }));
  expect(await fetch('latest-linux.yml')).toEqual({ kind: 'failed', said });
  expect([...server.asked, ...proxy.asked]).toEqual([]);
});
