import { expect, test } from 'vitest';
import { networkForm } from '../../../renderer/features/settings/network.svelte';
import type { Door } from '../../../renderer/lib/backend';

const SAVED = {
  ...{ mode: 'system', pacAddress: '', pacFile: null, proxy: '', bypass: ['localhost'], proxyAccount: '' },
  ...{ proxySecret: 'missing', systemCertificates: true, authorities: [], clientCertificate: null, keychain: 'none' },
};

const door = ((method: string) =>
  Promise.resolve(method === 'network.get' ? SAVED : { connections: [] })) as unknown as Door;

test('what was typed and not saved outlives a look at another screen', async () => {
  const form = networkForm(door);
  await form.load();
  expect(form.bypass).toBe('localhost');
  expect(form.isChanged).toBe(false);
  form.mode = 'manual';
  form.proxy = 'proxy.example.com:8080';
  form.bypass = 'localhost, 192.168.*';
  const again = networkForm(door);
  await again.load();
  expect(again).toMatchObject({ mode: 'manual', proxy: 'proxy.example.com:8080', bypass: 'localhost, 192.168.*' });
  expect(again.isChanged).toBe(true);
});
