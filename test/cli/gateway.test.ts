import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { readStateFile } from '../../electron/backend/practice/states/state-file';
import { instantOf } from '../../shared/domain/instant';
import { startGatewayProcess } from '../backend/practice/gateway-process';
import { basic } from '../backend/practice/serve';
import { bundleCommandLine } from '../setup/command-line-once';
import { temporaryFolder } from '../db/temporary-folder';
import { operationsOf, type Json } from '../gateway/document-answers';
import { askInProcess } from './command-line';

test('--openapi prints one document, as the switches set it, and starts nothing', async () => {
  const cwd = temporaryFolder();
  const { code, out, error } = await askInProcess(cwd, 'gateway', '--openapi', '--port', '8099', '--status-801', '400');
  expect([code, error]).toEqual([0, '']);
  const document = JSON.parse(out) as Json;
  expect(document).toMatchObject({ openapi: '3.1.1', servers: [{ url: 'http://127.0.0.1:8099' }] });
  const issue = operationsOf(document).find(({ operationId }) => operationId === 'issueBulk');
  expect(issue?.statuses).toEqual(['200', '400', '404', '409', '401', 'default'].sort());
  expect((await askInProcess(cwd, 'gateway', '--openapi', '--status-801', 'often')).code).toBe(2);
});

beforeAll(bundleCommandLine, 120_000);

const FIXTURE = path.resolve('test/fixtures/practice-states/every-table.practice-state.json');
const ACCESS = { user: 'u', password: 'p' };
const access = ['--user', ACCESS.user, '--password', ACCESS.password];

async function awardOne(url: string): Promise<number> {
  const answer = await fetch(`${url}/api_gateway/v1/badges/customer/earn`, {
    method: 'POST',
    headers: { authorization: basic(ACCESS), 'content-type': 'application/json' },
    body: JSON.stringify({
      badgeMetaId: '0000000000000000000000b1',
      customerId: 2,
      requestId: 'after',
      triggeredBy: { ownerType: 'Loyalty', referenceId: '626' },
    }),
  });
  return answer.status;
}

test('--state begins each time with the same org and clock; with --keep it goes on from the end of the time before', async () => {
  const file = path.join(temporaryFolder(), 'one.practice-state.json');
  copyFileSync(FIXTURE, file);
  for (const [more, before] of [
    [[], 200],
    [[], 200],
    [['--keep'], 200],
    [['--keep'], 400],
  ] as const) {
    const gateway = await startGatewayProcess('--state', file, ...more, ...access);
    expect(await awardOne(gateway.url)).toBe(before);
    gateway.child.kill('SIGTERM');
    expect(await gateway.ended).toBe(0);
    if (more.length === 0) expect(readFileSync(file, 'utf8')).toBe(readFileSync(FIXTURE, 'utf8'));
  }
  const kept = readStateFile(file);
  expect(kept).toMatchObject({ name: 'Every table', clock: instantOf('2026-03-10T12:00:00Z') });
  expect(kept.org.tables.find(({ name }) => name === 'awards')?.rows).toHaveLength(4);
}, 60_000);

test('--pictures serves a folder of pictures to whoever asks', async () => {
  const folder = temporaryFolder();
  const png = Buffer.from('89504e470d0a1a0a', 'hex');
  writeFileSync(path.join(folder, 'crest-000000b1.EARNED.png'), png);
  writeFileSync(path.join(folder, 'notes.txt'), 'nobody else reads them');
  const gateway = await startGatewayProcess('--pictures', folder, ...access);
  const picture = await fetch(`${gateway.url}/pictures/crest-000000b1.EARNED.png`);
  expect([picture.status, Buffer.from(await picture.arrayBuffer())]).toEqual([200, png]);
  expect((await fetch(`${gateway.url}/pictures/notes.txt`)).status).toBe(404);
  gateway.child.kill('SIGTERM');
  expect(await gateway.ended).toBe(0);
}, 60_000);

test.each([
  [['--pictures', 'package.json'], 1, '--pictures: there is no folder package.json'],
  [['--state', FIXTURE, '--data', 'x'], 2, 'Use one of --data, --memory and --state'],
  [['--keep'], 2, '--keep belongs to --state'],
  [['--preset', 'sunny'], 2, '--preset is one of rate-limit, slow-friday'],
  [['--preset', 'rate-limit', '--faults', 'f'], 2, 'Use --faults or --preset'],
  [['--state', 'none.json'], 1, 'cannot be read: there is no such file'],
  [['--state', 'package.json'], 1, 'package.json is no state of a practice org'],
] as const)('%j is refused in words', async (args, code, words) => {
  const end = await askInProcess(process.cwd(), 'gateway', ...args);
  expect([end.code, end.out]).toEqual([code, '']);
  expect(end.error).toContain(words);
});
