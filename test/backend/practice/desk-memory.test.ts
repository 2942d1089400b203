import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { PracticeDesk } from '../../../electron/backend/practice/desk';
import type { ActivityListener } from '../../../electron/backend/practice/activity';
import { serve } from './serve';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const held = (): number => {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

test('of large calls the list keeps a copy of the start, and not the whole', async () => {
  let note: ActivityListener = () => undefined;
  const served = await serve({ credentials: null, onActivity: (...told) => note(...told) });
  const desk = new PracticeDesk(served.org);
  note = desk.note;
  const send = async (): Promise<void> => {
    const body = JSON.stringify({ name: 'x'.repeat(4_000_000) });
    await (await fetch(`${served.url}/api_gateway/v1/badges/group`, { method: 'POST', body })).text();
  };
  await send();
  const before = held();
  for (let turn = 0; turn < 10; turn += 1) await send();
  // What the client and its sockets still hold of the last calls goes by and by; what the list holds stays.
  await expect.poll(() => (held() - before) / 1024 / 1024, { timeout: 20_000, interval: 250 }).toBeLessThan(20);
  const { calls } = desk.news();
  expect(calls).toHaveLength(11);
  const { requestBody } = await desk.answer('call', { id: 11 });
  expect([requestBody.text?.length, requestBody.length]).toEqual([65_536, 4_000_011]);
  await served.stop();
});
