import { afterEach, expect, test } from 'vitest';
import { ConnectionForm } from '../../../renderer/features/sync/connection-form.svelte';
import { Connections } from '../../../renderer/orgs/connections.svelte';
import { reachSentence } from '../../../renderer/orgs/org-looks';
import { connectionView, scripted } from './scripted-backend';
import { saidFailure } from '../../ipc/said-failure';

afterEach(() => localStorage.clear());

test('a new connection says what is missing, sends the secret once, and forgets it when it is saved', async () => {
  const { door, asked } = scripted({ 'connections.save': () => connectionView() });
  const connections = new Connections(door);
  const form = new ConnectionForm(connections, null, 'Europe/Berlin');
  expect(form.blocked).toBe('Give the connection a name.');
  form.name = 'Acme UAT ';
  expect(form.blocked).toBe('Enter the address of the org.');
  form.baseUrl = 'https://uat.example.com';
  expect(form.blocked).toBe('Enter user and password.');
  form.secret = 'canary';
  expect(form.blocked).toBe('Enter the user.');
  form.account = 'laurel';
  expect(form.blocked).toBeNull();
  expect(await form.save()).toMatchObject({ id: 1 });
  expect(asked[0]?.input).toMatchObject({
    connection: { name: 'Acme UAT', timeZone: 'Europe/Berlin', chunkSize: 500 },
    credentials: { kind: 'basic', user: 'laurel', password: 'canary' },
    acceptRisk: false,
  });
  expect(form.secret).toBe('');
  expect(connections.list).toHaveLength(1);
});

test('an edited connection keeps its secret, but not at another address', async () => {
  const { door, asked } = scripted({ 'connections.save': () => connectionView({ name: 'New name' }) });
  const form = new ConnectionForm(new Connections(door), connectionView(), 'UTC');
  form.name = 'New name';
  expect(form.blocked).toBeNull();
  form.baseUrl = 'https://elsewhere.example.com';
  expect(form.blocked).toMatch(/credentials must be entered again/);
  form.baseUrl = 'https://uat.example.com';
  await form.save();
  expect(asked[0]?.input).toMatchObject({ id: 1, connection: { name: 'New name' } });
  expect(asked[0]?.input).not.toHaveProperty('credentials');
});

test('what cannot be saved keeps what was typed, and says why', async () => {
  const { door } = scripted({
    'connections.save': () => {
      throw saidFailure('conflict', 'Another connection is called Acme.');
    },
  });
  const form = new ConnectionForm(new Connections(door), null, 'UTC');
  form.name = 'Acme';
  form.baseUrl = 'https://acme.example.com';
  form.account = 'u';
  form.secret = 'p';
  expect(await form.save()).toBeNull();
  expect(form.failure).toMatchObject({ code: 'conflict' });
  expect(form.secret).toBe('p');
  expect(form.busy).toBeNull();
});

test('the chosen connection comes back after a start, and one that is gone gives way to the practice org', async () => {
  let list = [connectionView()];
  const { door } = scripted({ 'connections.list': () => ({ connections: list, keychain: 'none' }) });
  const first = new Connections(door);
  await first.load();
  expect(first.keychain).toBe('none');
  first.show({ kind: 'connection', id: 1 });
  expect(first.chosen?.name).toBe('Acme UAT');
  const second = new Connections(door);
  await second.load();
  expect(second.chosen?.name).toBe('Acme UAT');
  list = [];
  await second.load();
  expect(second.shown).toEqual({ kind: 'practice' });
  expect(second.chosen).toBeNull();
});

test('a locked production org is never told of as reachable', () => {
  const production = connectionView({ kind: 'production', writable: false });
  expect(reachSentence(production)).toBe('Acme UAT (production, uat.example.com) is read-only until you unlock it.');
  expect(reachSentence({ ...production, writable: true })).toContain('Push and live jobs go to Acme UAT (production');
});
