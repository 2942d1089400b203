/** Requests that leave Laurel: without any secret, as other programs read them, and as Laurel reads them itself. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import type { LedgerAnswer, LedgerRequest, LedgerStore } from '../../../../db/workspace/ledger';
import { openWorkspace } from '../../../../db/workspace/workspace';
import { curlOf } from '../../../../electron/backend/sync/activity/curl';
import {
  commandsOf,
  MOST_SHARED,
  shareExchanges,
  type ShareOrder,
} from '../../../../electron/backend/sync/activity/share';
import { withoutSecrets } from '../../../../electron/backend/sync/activity/without-secrets';
import { isHar, readHar } from '../../../../electron/backend/fidelity/record/har';
import { isBruno, isPostman, readBruno, readPostman } from '../../../../electron/backend/fidelity/record/runs';
import { SECOND } from '../../../../shared/domain/instant';
import { temporaryFolder } from '../../../db/temporary-folder';
import { HAR } from './har-shape';

const NOW = Date.UTC(2026, 4, 4) * 1_000;
const CANARY = 'c4n4ry-S3cret';
const EVERYTHING = { connectionKey: null, search: '', outcomes: [] };
const BASE = 'https://org.example/api_gateway/v1/badges';
const CREATE: LedgerRequest = {
  ...{ connectionKey: 1, connectionName: 'North', purpose: 'create', badgeId: 'b', jobKey: null, method: 'POST' },
  url: `${BASE}/badgeMeta`,
  headers: [
    { name: 'Authorization', value: '(added when sent)' },
    { name: 'Content-Type', value: 'application/json' },
    { name: 'X-CAP-REQUEST-ID', value: 'r-1' },
  ],
  body: `{"name":"It's “Ünï”\\n}\\n{{authorization}}","apiKey":"${CANARY}","customers":[12345678901234567890]}`,
  sentOn: NOW,
};
const ANSWER: LedgerAnswer = {
  ...{ outcome: 'answered', answeredOn: NOW + SECOND, status: 201, codes: [], sentence: 'Created.' },
  headers: [
    { name: 'Content-Type', value: 'application/json' },
    { name: 'Set-Cookie', value: CANARY },
  ],
  body: `{"data":{"id":"b"},"session":{"token":"${CANARY}","password":"${CANARY}","note":"Bearer ${CANARY}"}}`,
};
const READ: LedgerRequest = {
  ...CREATE,
  ...{ purpose: 'list', method: 'GET', body: null, headers: [], sentOn: NOW + 2 * SECOND },
  url: `https://me:${CANARY}@org.example/api_gateway/v1/badges/badgeMeta?page=0&api_key=${CANARY}&name=a%20b`,
};

async function filled(): Promise<LedgerStore> {
  const { ledger } = await openWorkspace(path.join(temporaryFolder(), 'w.laurel'));
  const [create, read, lost, token] = [
    CREATE,
    READ,
    { ...CREATE, sentOn: NOW + 3 * SECOND },
    { ...CREATE, purpose: 'token', body: `key=${CANARY}`, sentOn: NOW + 4 * SECOND },
  ].map((request) => ledger.begin(request, true));
  ledger.settle(create!, ANSWER, true);
  ledger.settle(read!, { ...ANSWER, status: 200, body: `secret: ${CANARY}` }, true);
  ledger.settle(
    lost!,
    { ...ANSWER, outcome: 'unknown', answeredOn: null, status: null, headers: [], body: null },
    true,
  );
  ledger.settle(token!, { ...ANSWER, body: `{"t":"${CANARY}"}` }, true);
  return ledger;
}

async function shared(ledger: LedgerStore, form: ShareOrder['form']): Promise<Buffer> {
  const file = path.join(temporaryFolder(), `shared.${form}`);
  const order = { file: { path: file, name: 'shared' }, form, progress: () => undefined };
  expect(await shareExchanges(ledger, EVERYTHING, { ...order, signal: new AbortController().signal })).toBe(4);
  return readFileSync(file);
}

describe('what is shared', () => {
  test('is an archive with everything that HAR 1.2 asks for, and is read back', async () => {
    const value = JSON.parse((await shared(await filled(), 'har')).toString('utf8')) as object;
    const ajv = new Ajv({ strict: false });
    expect(ajv.validate(HAR, value), JSON.stringify(ajv.errors)).toBe(true);
    expect(isHar(value)).toBe(true);
    const { calls, broken } = readHar(value);
    expect([calls.length, broken]).toEqual([4, 0]);
    expect(calls[0]).toMatchObject({ at: NOW, milliseconds: 1_000, method: 'POST', url: CREATE.url });
    expect(calls[0]?.body.text).toBe(CREATE.body?.replace(CANARY, '[secret]'));
    expect(calls[0]?.answer?.status).toBe(201);
    expect(calls[2]?.answer).toBeNull();
  });

  test('is a Postman collection, whose examples are read back', async () => {
    const value = JSON.parse((await shared(await filled(), 'postman')).toString('utf8')) as { item: unknown[] };
    expect([isPostman(value), value.item.length]).toEqual([true, 4]);
    const { calls, broken } = readPostman(value);
    // The one that was lost has no example.
    expect([calls.map(({ method }) => method), broken]).toEqual([['POST', 'GET', 'POST'], 0]);
    expect(calls[0]?.body.text).toBe(CREATE.body?.replace(CANARY, '[secret]'));
    expect(calls[1]?.url).toContain('name=a%20b');
  });

  test('is a folder of Bruno, whose run is read back and whose bodies end nothing', async () => {
    const files = unzipSync(await shared(await filled(), 'bruno'));
    const text = (name: string): string => Buffer.from(files[`Laurel/${name}`]!).toString('utf8');
    expect(JSON.parse(text('bruno.json'))).toMatchObject({ version: '1', type: 'collection' });
    expect(Object.keys(files).filter((name) => name.endsWith('.bru'))).toHaveLength(4);
    const create = text('001-create.bru');
    expect(create).toContain(`post {\n  url: ${CREATE.url}\n  body: json\n  auth: none\n}\n`);
    expect(create).toContain('Authorization: {{authorization}}');
    expect(create.split('\n').filter((line) => line === '}')).toHaveLength(5);
    const run = JSON.parse(text('run.json')) as unknown;
    expect(isBruno(run)).toBe(true);
    const { calls } = readBruno(run);
    expect(calls.map(({ method, answer }) => [method, answer?.status ?? null])).toEqual([
      ['POST', 201],
      ['GET', 200],
      ['POST', null],
      ['POST', 201],
    ]);
    expect(calls[0]?.body.text).toContain('12345678901234567890');
  });

  test('has no secret in any byte, in no form', async () => {
    const ledger = await filled();
    const written = [await shared(ledger, 'har'), await shared(ledger, 'postman')];
    const folder = Object.values(unzipSync(await shared(ledger, 'bruno'))).map((bytes) => Buffer.from(bytes));
    const commands = ledger
      .list(EVERYTHING, 0, 9)
      .lines.map((line) => Buffer.from(curlOf(withoutSecrets(line, ledger.contents(line.key)), 'linux')));
    const forms = [CANARY, Buffer.from(CANARY).toString('base64').replace(/=+$/, ''), encodeURIComponent(CANARY)];
    for (const bytes of [...written, ...folder, ...commands]) {
      for (const form of forms) expect(bytes.includes(form)).toBe(false);
    }
    expect([written.length, folder.length, commands.length]).toEqual([2, 6, 4]);
  });

  test('holds those that were chosen, each once, oldest first, also as commands', async () => {
    const ledger = await filled();
    const keys = ledger.list(EVERYTHING, 0, 9).lines.map(({ key }) => key);
    const [newest = 0, , , oldest = 0] = keys;
    const file = { path: path.join(temporaryFolder(), 'x.har'), name: 'x.har' };
    const order = { file, form: 'har', progress: () => undefined, signal: new AbortController().signal } as const;
    expect(await shareExchanges(ledger, [newest, oldest, newest], order)).toBe(2);
    const { log } = JSON.parse(readFileSync(file.path, 'utf8')) as { log: { entries: { startedDateTime: string }[] } };
    const times = log.entries.map(({ startedDateTime }) => startedDateTime);
    expect(times).toEqual([...times].sort());
    expect(times).toHaveLength(2);
    const commands = await commandsOf(ledger, [newest, oldest], 'linux');
    const alone = [oldest, newest].map((key) =>
      curlOf(withoutSecrets(ledger.find(key)!, ledger.contents(key)), 'linux'),
    );
    expect(commands).toBe(alone.join('\n'));
    await expect(commandsOf(ledger, [newest, 99], 'linux')).rejects.toMatchObject({ code: 'not-found' });
  });

  test('is refused where it would be too much, or nothing', async () => {
    const { ledger, ...workspace } = await openWorkspace(path.join(temporaryFolder(), 'w.laurel'));
    const order = { form: 'har', progress: () => undefined, signal: new AbortController().signal } as const;
    const file = { path: path.join(temporaryFolder(), 'x.har'), name: 'x.har' };
    await expect(shareExchanges(ledger, EVERYTHING, { ...order, file })).rejects.toMatchObject({
      code: 'invalid-input',
    });
    await expect(shareExchanges(ledger, [4], { ...order, file })).rejects.toMatchObject({ code: 'not-found' });
    for (let line = 0; line <= MOST_SHARED; line += 1) ledger.begin(READ, false);
    await expect(shareExchanges(ledger, EVERYTHING, { ...order, file })).rejects.toMatchObject({
      code: 'invalid-input',
    });
    expect(workspace).toBeDefined();
  });
});

test.skipIf(process.platform === 'win32')('a command gives a shell the very bytes', async () => {
  const ledger = await filled();
  const line = ledger.find(1)!;
  const command = curlOf(withoutSecrets(line, ledger.contents(1)), 'linux');
  // In the place of curl: what it is given, one argument after the other.
  const printed = execFileSync('sh', ['-c', `curl() { printf '%s\\0' "$@"; }; AUTHORIZATION=mine; ${command}`]);
  const words = printed.toString('utf8').split('\0');
  expect(words).toEqual([
    ...['--request', 'POST', CREATE.url, '--header', 'Authorization: mine'],
    ...['--header', 'Content-Type: application/json', '--header', 'X-CAP-REQUEST-ID: r-1'],
    ...['--data-raw', CREATE.body?.replace(CANARY, '[secret]'), ''],
  ]);
});

test('a command for Windows is one line, with its quotes and its variable', async () => {
  const ledger = await filled();
  const command = curlOf(withoutSecrets(ledger.find(1)!, ledger.contents(1)), 'win32');
  expect(command.trimEnd()).not.toContain('\n');
  expect(command).toContain('--header "Authorization: %AUTHORIZATION%" --header "Content-Type: application/json"');
  expect(command).toContain(String.raw`--data-raw "{\"name\":\"It's`);
});
