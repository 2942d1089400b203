import { renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { PracticeOrg } from '../../../electron/backend/practice/org';
import { startPracticeOrg } from '../../../electron/backend/practice/host';
import { smallDisk } from '../../db/small-disk';
import { temporaryFolder } from '../../db/temporary-folder';
import { basic, CREDENTIALS, serve } from './serve';
import { badgeText } from '../../domain/badge-bodies';

const BADGES = '/api_gateway/v1/badges/badgeMeta';

const create = (url: string, name: string): Promise<Response> =>
  fetch(`${url}${BADGES}`, {
    method: 'POST',
    headers: { authorization: basic(CREDENTIALS), 'content-type': 'application/json' },
    body: badgeText({ name, startOn: '2999-01-01T00:00:00Z', expiresOn: '2999-12-31T00:00:00Z' }),
  });

test('a data file is one practice org at a time', async () => {
  const file = path.join(temporaryFolder(), 'practice');
  const options = { file, settings: {}, now: null };
  const first = await PracticeOrg.open(options);
  await expect(PracticeOrg.open(options)).rejects.toMatchObject({
    code: 'database',
    message: expect.stringContaining('already open in another practice org') as string,
  });
  first.close();
  (await PracticeOrg.open(options)).close();
});

test('a data file that is deleted or replaced is answered as that, and never with a 201', async () => {
  const file = path.join(temporaryFolder(), 'practice');
  const { url, failures, stop } = await serve({ file });
  onTestFinished(stop);
  expect((await create(url, 'one')).status).toBe(201);
  renameSync(file, `${file}.aside`);
  for (const replace of [false, true]) {
    if (replace) writeFileSync(file, '');
    const answer = await create(url, 'two');
    expect(answer.status).toBe(500);
    expect(JSON.stringify(await answer.json())).toContain('practice was deleted, moved or replaced');
    const read = await fetch(`${url}${BADGES}/list`, { headers: { authorization: basic(CREDENTIALS) } });
    expect(read.status).toBe(500);
  }
  renameSync(`${file}.aside`, file);
  expect((await create(url, 'two')).status).toBe(201);
  expect(failures).toHaveLength(4);
});

test('a full disk is told by its name, whatever was to be kept, and nothing of it is', async ({ skip }) => {
  const disk = smallDisk(600);
  if (disk === null) return skip('this process may not mount a disk');
  const file = path.join(disk.folder, 'practice');
  const { url, stop } = await serve({ file });
  onTestFinished(stop);
  expect((await create(url, 'one')).status).toBe(201);
  expect(() => writeFileSync(path.join(disk.folder, 'filler'), Buffer.alloc(2_000_000))).toThrow('ENOSPC');
  let refused = '';
  for (let number = 0; number < 500 && refused === ''; number += 1) {
    const answer = await create(url, `more ${number}`);
    if (answer.status !== 201) refused = await answer.text();
  }
  expect(refused).toMatch(/Keeping this request failed and nothing was changed\. The disk is full\. Free some space/);
  await stop();
  rmSync(path.join(disk.folder, 'filler'));
  const org = await PracticeOrg.open({ file, settings: {}, now: null });
  onTestFinished(() => org.close());
  expect(() => writeFileSync(path.join(disk.folder, 'filler'), Buffer.alloc(2_000_000))).toThrow('ENOSPC');
  expect(() => {
    for (let number = 0; number < 500; number += 1) org.empty();
  }).toThrow(/Emptying the practice org failed and nothing was changed\. The disk is full/);
});

test('the window is told that the data of its practice org is gone, and the call under way is answered', async () => {
  const file = path.join(temporaryFolder(), 'practice');
  const org = await startPracticeOrg({ file, port: 0, settings: {}, faults: null, credentials: CREDENTIALS });
  onTestFinished(() => org.stop());
  expect((await create(org.url, 'one')).status).toBe(201);
  renameSync(file, `${file}.aside`);
  expect((await create(org.url, 'two')).status).toBe(500);
  expect(await org.ended).toMatchObject({
    code: 'database',
    message: expect.stringContaining('was deleted, moved or replaced') as string,
  });
});
