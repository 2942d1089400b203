import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openBackend } from '../../../electron/backend/backend';
import { contract, type Handlers } from '../../../shared/ipc/contract';
import { temporaryFolder } from '../../db/temporary-folder';

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
    files: { integrity: 'ok', counts: { badges: 1 } },
    backups: { made: [{ occasion: 'by-hand', bar: null }] },
    log: [{ msg: 'starting' }, { msg: 'a handler failed', error: { type: 'Error', at: ['save backend.js:12:34'] } }],
  });
  await backend.close();
});
