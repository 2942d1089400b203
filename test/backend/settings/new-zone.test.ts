import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openBackend, type Backend, type BackendOptions } from '../../../electron/backend/backend';
import { zoneOfNew } from '../../../electron/backend/settings/new-zone';
import { inEnglish } from '../../../shared/words/english';
import { temporaryFolder } from '../../db/temporary-folder';
import { testBackend } from '../open-backend';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

async function opened(workspacePath: string, newZone: BackendOptions['newZone']): Promise<Backend> {
  const given = newZone === undefined ? {} : { newZone };
  return openBackend({ workspacePath, appVersion: '1', runtime: '', log, ...given });
}

async function found(workspacePath: string, newZone: BackendOptions['newZone']): Promise<[string, string[]]> {
  const backend = await opened(workspacePath, newZone);
  try {
    return [(await backend.handlers['settings.get']({})).timeZone, backend.notices.map(inEnglish)];
  } finally {
    await backend.close();
  }
}

test('a new workspace takes the zone of the one in front, while that is open, and says so once', async () => {
  const front = await testBackend();
  await front.call('settings.update', { timeZone: 'Pacific/Apia' });
  const file = path.join(temporaryFolder(), 'new.laurel');
  const newZone = { from: front.workspacePath, isTold: true };
  expect(await found(file, newZone)).toEqual([
    'Pacific/Apia',
    [
      'This workspace counts days in Pacific/Apia, the time zone of the workspace that was in front. Settings changes it.',
    ],
  ]);
  await front.call('settings.update', { timeZone: 'Asia/Tokyo' });
  expect(await found(file, newZone)).toEqual(['Pacific/Apia', []]);
});

test('where a person is asked for the zone, it is not told; a command counts in UTC', async () => {
  const front = await testBackend();
  await front.call('settings.update', { timeZone: 'Pacific/Apia' });
  const place = (): string => path.join(temporaryFolder(), 'new.laurel');
  expect(await found(place(), { from: front.workspacePath, isTold: false })).toEqual(['Pacific/Apia', []]);
  expect(await found(place(), undefined)).toEqual(['UTC', []]);
});

test('without a workspace that can be read, the zone is that of this computer', () => {
  const broken = path.join(temporaryFolder(), 'broken.laurel');
  writeFileSync(broken, 'This is not a workspace.');
  for (const from of [null, broken, path.join(temporaryFolder(), 'gone.laurel')]) {
    const { zone, said } = zoneOfNew(from, 'Asia/Tokyo');
    expect(zone).toBe('Asia/Tokyo');
    expect(said?.key).toBe('workspaces.newZoneHere');
  }
  expect(zoneOfNew(null, 'UTC')).toEqual({ zone: 'UTC', said: null });
  expect(zoneOfNew(null, 'Etc/Unknown')).toEqual({ zone: 'UTC', said: null });
});
