import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { beforeAll, expect, test, vi } from 'vitest';
import { bundleCommandLine, commandLine } from '../../setup/command-line-once';
import { startGatewayProcess } from './gateway-process';
import { basic, CREDENTIALS } from './serve';

const ARGS = [
  '--memory',
  '--now',
  '2026-03-10T12:00:00Z',
  '--user',
  CREDENTIALS.user,
  '--password',
  CREDENTIALS.password,
];
const LIST = '/api_gateway/v1/badges/badgeMeta';
const headers = { authorization: basic(CREDENTIALS) };

beforeAll(bundleCommandLine);

test('says where it listens, then one line of JSON for each request', async () => {
  const gateway = await startGatewayProcess(...ARGS, '--tz', 'Asia/Kolkata', '--status-815', '418');
  expect(gateway.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(gateway.errors()).toBe('');
  const earn = await fetch(`${gateway.url}/api_gateway/v1/badges/customer/earn`, {
    method: 'POST',
    headers,
    body: '{}',
  });
  expect(earn.status).toBe(400);
  expect((await fetch(gateway.url + LIST)).status).toBe(401);
  gateway.child.kill('SIGTERM');
  expect(await gateway.ended).toBe(0);
  expect(gateway.lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { at: '2026-03-10T12:00:00Z', method: 'POST', endpoint: 'earn', status: 400, codes: [804, 812, 803], fault: null },
    { method: 'GET', path: LIST, status: 401, codes: [401] },
  ]);
});

test('shows what callers send without letting it act on a terminal', async () => {
  const gateway = await startGatewayProcess(...ARGS);
  const { port } = new URL(gateway.url);
  const acting = '\x9b31m\x1b]0;x\x07\x85';
  const socket = net.connect(Number(port), '127.0.0.1');
  socket.end(Buffer.from(`${acting} / HTTP/1.1\r\n\r\n`, 'latin1'));
  socket.resume();
  await once(socket, 'close');
  await vi.waitFor(() => expect(gateway.lines).toHaveLength(1), { timeout: 20_000, interval: 20 });
  // oxlint-disable-next-line no-control-regex -- these are what must not be there
  expect(gateway.lines[0]).not.toMatch(/[\x00-\x1f\x7f-\x9f]/);
  expect(JSON.parse(gateway.lines[0] ?? '')).toMatchObject({ status: 400, path: `${acting} / HTTP/1.1` });
});

test('makes new credentials and shows them where nobody parses them', async () => {
  const gateway = await startGatewayProcess('--memory');
  await vi.waitFor(() => expect(gateway.errors()).toMatch(/password \S+\n/), { timeout: 20_000, interval: 20 });
  const [, user = '', password = ''] = /User (\S+), password (\S+)/.exec(gateway.errors()) ?? [];
  expect((await fetch(gateway.url + LIST, { headers: { authorization: basic({ user, password }) } })).status).toBe(200);
  const other = await startGatewayProcess('--memory');
  expect(other.errors()).not.toContain(password);
});

test('SIGTERM lets a call that is under way finish, and does not wait for connections that say nothing', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'laurel-faults-'));
  const faults = path.join(folder, 'faults.json');
  writeFileSync(faults, JSON.stringify({ rules: [{ route: 'earn', fault: 'no-answer' }] }));
  const gateway = await startGatewayProcess(...ARGS, '--faults', faults);
  const port = Number(new URL(gateway.url).port);

  const silent = net.connect(port, '127.0.0.1');
  silent.on('error', () => undefined);
  await once(silent, 'connect');
  const withheld = fetch(`${gateway.url}/api_gateway/v1/badges/customer/earn`, { method: 'POST', headers, body: '{}' });

  // Half of a call is sent before the signal, the rest after it.
  const body = '{"name":"Late","rank":1}';
  const slow = net.connect(port, '127.0.0.1');
  let answer = '';
  slow.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
  slow.write(
    `POST /api_gateway/v1/badges/group HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: ${headers.authorization}\r\n` +
      `Content-Length: ${body.length}\r\n\r\n${body.slice(0, 5)}`,
  );
  // Whatever came before an answered call has been read.
  await vi.waitFor(() => expect(gateway.lines.join()).toContain('no-answer'), { timeout: 20_000, interval: 20 });
  expect((await fetch(gateway.url + LIST, { headers })).status).toBe(200);
  gateway.child.kill('SIGTERM');
  await expect(withheld).rejects.toThrow();
  slow.write(body.slice(5));
  await once(slow, 'close');
  expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  expect(answer).toContain('"Late"');
  expect(await gateway.ended).toBe(0);
  silent.destroy();
});

test.each([
  { args: ['--port', 'x'], says: '--port' },
  { args: ['--now', '2026-03-10T12:00:00'], says: '--now' },
  { args: ['--tz', 'Mars/Base'], says: '--tz' },
  { args: ['--user', 'a'], says: '--password' },
  { args: ['--user', 'a:b', '--password', 'c'], says: 'colon' },
  { args: ['--user', 'a', '--password', 'c', '--no-auth'], says: '--no-auth' },
  { args: ['--memory', '--data', 'x'], says: '--data' },
  { args: ['--weekly-cycles', 'sometimes'], says: '--weekly-cycles' },
  { args: ['--status-801', '99'], says: '--status-801' },
  { args: ['--faults', '/no/such/file'], says: 'cannot be read' },
  { args: ['--nonsense'], says: '--nonsense' },
])('refuses $args and says why', async ({ args, says }) => {
  await expect(startGatewayProcess(...args)).rejects.toThrow(says);
});

test('names a port that is taken', async () => {
  const gateway = await startGatewayProcess('--memory');
  await expect(startGatewayProcess('--memory', '--port', new URL(gateway.url).port)).rejects.toThrow(
    /ended with 1: .*taken/,
  );
});

test('ends when npm, which does not pass its signal on, is ended by its process id', async ({ skip }) => {
  if (process.platform === 'win32') return skip('npm is ended otherwise there');
  const folder = mkdtempSync(path.join(tmpdir(), 'laurel-npm-'));
  const starter = pathToFileURL(path.resolve(import.meta.dirname, '../../../scripts/under-npm.mjs')).href;
  const call = [commandLine, 'gateway', '--json', '--memory', '--no-auth'];
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ scripts: { laurel: 'node start.mjs' } }));
  writeFileSync(
    path.join(folder, 'start.mjs'),
    `import { runUnderNpm } from ${JSON.stringify(starter)};\nrunUnderNpm(process.execPath, ${JSON.stringify(call)});\n`,
  );
  const { INIT_CWD: _, ...env } = process.env;
  const npm = spawn('npm', ['run', '--silent', 'laurel'], { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const first = (await once(createInterface({ input: npm.stdout }), 'line')) as [string];
  const { listening } = JSON.parse(first[0]) as { listening: string };
  expect((await fetch(listening + LIST)).status).toBe(200);
  npm.kill('SIGTERM');
  await vi.waitFor(() => expect(fetch(listening + LIST)).rejects.toThrow(), { timeout: 30_000, interval: 200 });
  rmSync(folder, { recursive: true });
});
