import { expect, test } from 'vitest';
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
