import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import tls from 'node:tls';
import { expect, test } from 'vitest';
import { GrantedFiles } from '../../../electron/backend/files/granted-files';
import { openBackend } from '../../../electron/backend/backend';
import { lastDeathFile, lastDeathText, readLastDeath } from '../../../electron/disk/last-death';
import { contract, type Handlers } from '../../../shared/ipc/contract';
import type { Failure } from '../../../shared/ipc/errors';
import { storeFiles } from '../../../db/store-files';
import { temporaryFolder } from '../../db/temporary-folder';
import { shutStoreOf } from './shut-store-of';

const CANARY = 'canary-7f3a91';
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

test('diagnostics hold versions, integrity and the log, and no canary of what people typed, chose or keep secret', async () => {
  const folder = path.join(temporaryFolder(), CANARY);
  const logFolder = path.join(folder, 'logs');
  mkdirSync(logFolder, { recursive: true });
  const stack = `Error: ${CANARY} was refused\n    at save (/home/${CANARY}/out/main/backend.js:12:34)`;
  const lines = [
    `{"level":"info","time":"2026-05-04T10:00:00Z","msg":"starting","version":"${CANARY}"}`,
    JSON.stringify({
      level: 'error',
      msg: 'a handler failed',
      method: 'badges.save',
      url: `https://${CANARY}`,
      err: { type: 'Error', message: CANARY, stack },
    }),
    `cut ${CANARY}`,
  ];
  writeFileSync(path.join(logFolder, 'backend.log'), lines.join('\n'));
  writeFileSync(lastDeathFile(logFolder), lastDeathText('2026-05-04T09:59:00.000Z', 11, `${CANARY} was the last word`));
  const backend = await openBackend({
    workspacePath: path.join(folder, `${CANARY}.laurel`),
    appVersion: '1.2.3',
    runtime: 'Runtime of the tests, backend in this process',
    log: silent,
    logFolder,
  });
  const call = (name: keyof Handlers, input: unknown): Promise<unknown> => {
    const handler = backend.handlers[name] as (given: unknown) => unknown;
    return Promise.resolve(handler(contract[name].input.parse(input)));
  };
  await call('badges.create', { body: JSON.stringify({ name: CANARY }), label: CANARY, migration: false });
  const connection = {
    name: CANARY,
    baseUrl: `https://${CANARY}.example`,
    kind: 'test',
    timeZone: 'UTC',
    chunkSize: 10,
    parallel: 1,
    perSecond: 1,
  };
  const credentials = { kind: 'basic', user: CANARY, password: CANARY };
  await call('connections.save', { connection, credentials, acceptRisk: true });
  const certificate = path.join(folder, `${CANARY}.pem`);
  writeFileSync(certificate, tls.rootCertificates[0]!);
  const grant = (token: string, file: string, mode: 'read' | 'write'): void =>
    backend.grantFile(token, { path: file, name: path.basename(file), bytes: 0, mode });
  grant('authority', certificate, 'read');
  await call('network.addAuthorities', { file: 'authority' });
  await call('network.update', {
    ...{ mode: 'manual', proxy: `socks5://${CANARY}.example:1080`, bypass: [`${CANARY}.example`, '10.0.0.0/8'] },
    ...{ pacAddress: `https://${CANARY}.example/proxy.pac`, systemCertificates: false, acceptRisk: true },
    proxyCredentials: { user: CANARY, password: CANARY },
  });
  await backend.handlers['backups.take']({}, { signal: new AbortController().signal, progress: () => undefined });
  const target = path.join(folder, 'diagnostics.json');
  backend.grantFile('out', { path: target, name: 'diagnostics.json', bytes: 0, mode: 'write' });
  await expect(Promise.resolve().then(() => call('diagnostics.save', { target: 'out' }))).rejects.toThrow(
    'before they are saved',
  );
  const { text } = (await call('diagnostics.make', {})) as { text: string };
  await call('diagnostics.save', { target: 'out' });
  expect(readFileSync(target, 'utf8')).toBe(text);
  expect(text).not.toContain(CANARY);
  expect(JSON.parse(text)).toMatchObject({
    laurel: '1.2.3',
    runtime: 'Runtime of the tests, backend in this process',
    connections: [{ kind: 'test', auth: 'basic' }],
    network: {
      ...{ mode: 'manual', script: 'address', proxy: 'socks5', proxyCredentials: true, exceptions: 2 },
      ...{ systemCertificates: false, authorities: 1, clientCertificate: false },
    },
    lastDeath: { at: '2026-05-04T09:59:00.000Z', code: 11, signal: 'SIGSEGV' },
    files: { integrity: 'ok', counts: { badges: 1 } },
    backups: { made: [{ occasion: 'by-hand', bar: null }] },
    log: [{ msg: 'starting' }, { msg: 'a handler failed', error: { type: 'Error', at: ['save backend.js:12:34'] } }],
  });
  await backend.close();
});

test('of a workspace that cannot be opened, diagnostics say why and what is there, and hold no canary either', async () => {
  const folder = path.join(temporaryFolder(), CANARY);
  const logFolder = path.join(folder, 'logs');
  mkdirSync(logFolder, { recursive: true });
  const file = path.join(folder, `${CANARY}.laurel`);
  const garbage = `${CANARY} is no workspace. `.repeat(400);
  writeFileSync(file, garbage);
  writeFileSync(`${file}.v0003.backup`, CANARY);
  writeFileSync(lastDeathFile(logFolder), lastDeathText('2026-05-04T09:59:00.000Z', null, CANARY));
  const options = { workspacePath: file, appVersion: '1.2.3', runtime: 'Runtime of the tests', log: silent };
  const failure = (await openBackend(options).catch((error: unknown) => error)) as Failure;
  expect(failure.message).toContain(CANARY);
  const files = new GrantedFiles([storeFiles(file)]);
  const shut = shutStoreOf(file, failure, logFolder, files);
  const target = path.join(folder, 'diagnostics.json');
  files.grant('out', { path: target, name: 'diagnostics.json', bytes: 0, mode: 'write' });
  files.grant('over', { path: file, name: path.basename(file), bytes: 0, mode: 'write' });
  const { text } = await shut['diagnostics.make']({});
  await expect(shut['diagnostics.save']({ target: 'over' })).rejects.toThrow();
  expect(readFileSync(file, 'utf8')).toBe(garbage);
  expect(await shut['diagnostics.save']({ target: 'out' })).toEqual({ name: 'diagnostics.json' });
  expect(readFileSync(target, 'utf8')).toBe(text);
  expect(text).not.toContain(CANARY);
  expect(JSON.parse(text)).toMatchObject({
    laurel: '1.2.3',
    refused: { code: 'database', said: 'store.foreign' },
    files: { integrity: 'SQLITE_NOTADB' },
    lastDeath: { at: '2026-05-04T09:59:00.000Z', code: null, signal: null },
    backups: { interval: 'hour', made: [], copies: [{ of: 'workspace', bytes: CANARY.length }] },
  });
});

test('what is no note of a death is none', () => {
  const folder = temporaryFolder();
  expect(readLastDeath(folder)).toBeNull();
  writeFileSync(lastDeathFile(folder), `${CANARY} The background process ended with exit code 1.\n`);
  expect(readLastDeath(folder)).toBeNull();
  writeFileSync(lastDeathFile(folder), lastDeathText('2026-05-04T09:59:00.000Z', 70, `exit code 3, as ${CANARY}`));
  expect(readLastDeath(folder)).toEqual({ at: '2026-05-04T09:59:00.000Z', code: 70, signal: null });
});
