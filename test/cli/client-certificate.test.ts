/** `laurel diff`, `plan` and `apply` at a gateway that asks who is calling. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { issue } from '../backend/network/certificates';
import { CREDENTIALS, liveBody, startOrg, type TestOrg } from '../backend/sync/practice-org';
import { temporaryFolder } from '../db/temporary-folder';
import { askInProcess, type CommandEnd } from './command-line';

afterEach(() => vi.unstubAllEnvs());

const company = issue({ name: 'Company Root', isAuthority: true });
const clerk = issue({ name: 'Clerk', signer: company, client: true });

/** The org behind TLS that lets in whoever shows a certificate of the company. @returns its address */
async function behindTls(org: TestOrg): Promise<string> {
  const own = issue({ name: 'localhost', hosts: ['localhost'], signer: company });
  const { port: orgPort } = new URL(org.url);
  const pass = (request: IncomingMessage, response: ServerResponse): void => {
    const { method, url: target, headers } = request;
    const host = `127.0.0.1:${orgPort}`;
    const on = send({ port: orgPort, method, path: target, headers: { ...headers, host } }, (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(response);
    });
    request.pipe(on);
  };
  const options = { ...own, requestCert: true, rejectUnauthorized: true, ca: company.cert };
  const server = createServer(options, pass);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `https://localhost:${String((server.address() as AddressInfo).port)}`;
}

test('a gateway that wants a client certificate is compared with, planned for and written to with one', async () => {
  const org = await startOrg();
  onTestFinished(() => org.stop());
  const address = await behindTls(org);
  const folder = temporaryFolder();
  mkdirSync(path.join(folder, 'badges'));
  const body = liveBody({ name: 'New', startOn: '2090-01-01T00:00:00Z' });
  writeFileSync(path.join(folder, 'badges', 'new.badge.json'), JSON.stringify(body));
  writeFileSync(path.join(folder, 'company.pem'), company.cert);
  writeFileSync(path.join(folder, 'clerk.pem'), clerk.cert);
  writeFileSync(path.join(folder, 'clerk.key'), clerk.key);
  vi.stubEnv('SSL_CERT_FILE', path.join(folder, 'company.pem'));
  vi.stubEnv('LAUREL_ORG_USER', CREDENTIALS.user);
  vi.stubEnv('LAUREL_ORG_PASSWORD', CREDENTIALS.password);
  const ask = (...args: string[]): Promise<CommandEnd> => askInProcess(folder, ...args);
  const shown = ['--client-certificate', 'clerk.pem', '--client-key', 'clerk.key'];
  const at = ['badges', '--org', address, '--kind', 'test'];

  const without = await ask('diff', ...at);
  expect(without.code).toBe(1);
  expect(without.error).toContain('wants a client certificate');
  expect(org.activity).toEqual([]);
  const alone = await ask('diff', ...at, '--client-key', 'clerk.key');
  expect(alone).toMatchObject({ code: 2, error: expect.stringContaining('belongs to --client-certificate') as string });

  expect((await ask('diff', ...at, ...shown)).out).toContain('1 new');
  expect((await ask('plan', ...at, '--out', 'new.plan.json', ...shown)).error).toBe('');
  expect(await ask('apply', 'new.plan.json', ...shown)).toMatchObject({ code: 0, error: '' });
  expect([...org.store.badges()].map(({ definition }) => definition.name)).toEqual(['New']);
});
