/** Live orgs, one beside the other: what is said of one is said of no other. */
import { expect, test } from 'vitest';
import type { ConnectionStore, StoredConnection } from '../../../db/workspace/connections';
import { Failure } from '../../../shared/ipc/errors';
import { NOW, testWorkspace } from './open-workspace';

const GIVEN = {
  ...{ baseUrl: 'https://one.example', kind: 'test' as const, timeZone: 'UTC', chunkSize: 1, parallel: 1 },
  ...{ perSecond: 1, auth: 'basic' as const, account: '', secretId: 'a' },
};

async function three(): Promise<{ store: ConnectionStore; all: StoredConnection[] }> {
  const store = (await testWorkspace()).current.connections;
  return { store, all: ['One', 'Two', 'Three'].map((name) => store.add({ ...GIVEN, name, secretId: name })) };
}

test('changing one changes all that is said of it, and nothing of another', async () => {
  const { store, all } = await three();
  const [one, two, three_] = all as [StoredConnection, StoredConnection, StoredConnection];
  expect(new Set(all.map(({ key }) => key)).size).toBe(3);
  const changed = {
    ...{ key: two.key, name: 'Second', baseUrl: 'https://two.example', kind: 'production' as const, chunkSize: 20 },
    ...{ timeZone: 'Asia/Kolkata', parallel: 4, perSecond: 9, auth: 'oauth' as const, account: 'b', secretId: 'c' },
  };
  expect(store.update(changed)).toEqual({ ...two, ...changed });
  expect(store.list()).toEqual([one, { ...two, ...changed }, three_]);
  store.pulled(one.key, NOW, { tillId: '7' });
  store.setFieldDefaults(three_.key, { tillId: '8' });
  expect(store.list().map(({ lastPulledOn, fieldDefaults }) => [lastPulledOn, fieldDefaults])).toEqual([
    [NOW, { tillId: '7' }],
    [null, {}],
    [null, { tillId: '8' }],
  ]);
});

test('deleting one leaves the others, and what is gone is said to be', async () => {
  const { store, all } = await three();
  const [one, two, three_] = all as [StoredConnection, StoredConnection, StoredConnection];
  expect([store.delete(two.key), store.delete(two.key)]).toEqual([true, false]);
  expect(store.list()).toEqual([one, three_]);
  expect(store.find(two.key)).toBeUndefined();
  expect(() => store.get(two.key)).toThrow(Failure);
});
