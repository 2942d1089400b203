import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { findBackups, storedBackups } from '../../../db/backups/backups';
import { chooseBackupFolder, readBackupNote } from '../../../db/backups/place';
import { takeBackup } from '../../../db/backups/take';
import { orgFileOf } from '../../../db/kinds';
import { realFile } from '../../../db/real-file';
import { shutStoreOf } from './shut-store-of';
import { moveStore } from '../../../electron/disk/move-store';
import { instantOf } from '../../../shared/domain/instant';
import { Failure } from '../../../shared/ipc/errors';
import { message } from '../../../shared/words/message';
import { askInProcess } from '../../cli/command-line';
import { temporaryFolder } from '../../db/temporary-folder';
import { testBackend } from '../open-backend';

const NOW = instantOf('2026-05-05T10:00:00Z');

/** A workspace that is closed. */
async function closedWorkspace(): Promise<string> {
  const backend = await testBackend();
  await backend.call('badges.addSamples', {});
  await backend.close();
  return realFile(backend.workspacePath);
}

const take = async (workspaceFile: string): Promise<string> =>
  (await takeBackup({ workspaceFile, occasion: 'by-hand', appVersion: '1', now: NOW })).backup.id;
const listed = (file: string): string[] => storedBackups(file).map(({ id }) => id);

test('backups stay in the list when another folder is chosen, and another, and the usual one again', async () => {
  const file = await closedWorkspace();
  const [first, second] = [temporaryFolder(), temporaryFolder()];
  chooseBackupFolder(file, first);
  const one = await take(file);
  chooseBackupFolder(file, second);
  expect(listed(file)).toEqual([one]);
  const two = await take(file);
  chooseBackupFolder(file, null);
  const three = await take(file);
  expect(listed(file).sort()).toEqual([one, two, three].sort());
  // A folder without backups is of no interest once another is chosen.
  chooseBackupFolder(file, temporaryFolder());
  chooseBackupFolder(file, first);
  expect(readBackupNote(file).earlier).toEqual([second]);
});

test('a workspace that is moved under another name, by Laurel or by hand, keeps its backups', async () => {
  const file = await closedWorkspace();
  chooseBackupFolder(file, temporaryFolder());
  const one = await take(file);
  const { id } = readBackupNote(file);
  const renamed = path.join(temporaryFolder(), 'renamed.laurel');
  await moveStore(file, renamed, {
    shut: () => Promise.resolve(),
    begins: () => undefined,
    placed: () => undefined,
    takenBack: () => expect.unreachable(),
  });
  expect(listed(renamed)).toEqual([one]);
  const two = await take(renamed);
  expect(readBackupNote(renamed).id).toBe(id);
  expect(listed(renamed).sort()).toEqual([one, two].sort());
  const byHand = path.join(path.dirname(renamed), 'by-hand.laurel');
  for (const end of ['', '-org', '-backup-note']) renameSync(renamed + end, byHand + end);
  expect(listed(byHand).sort()).toEqual([one, two].sort());
});

test('a workspace that was copied with its note is another one: it lists and rotates its own backups', async () => {
  const file = await closedWorkspace();
  chooseBackupFolder(file, temporaryFolder());
  const one = await take(file);
  const copy = path.join(temporaryFolder(), path.basename(file));
  for (const end of ['', '-org', '-backup-note']) copyFileSync(file + end, copy + end);
  expect(listed(copy)).toEqual([]);
  expect(readBackupNote(copy).id).toBe(readBackupNote(copy).id);
  const two = await take(copy);
  chooseBackupFolder(copy, null);
  expect(listed(copy)).toEqual([two]);
  expect(listed(file)).toEqual([one]);
  // Also once the original is gone.
  rmSync(file);
  expect(listed(copy)).toEqual([two]);
});

test('a folder of backups that is away is named, in the window, where the workspace cannot be opened, and by the command line', async () => {
  const file = await closedWorkspace();
  const chosen = path.join(temporaryFolder(), 'disk');
  renameSync(temporaryFolder(), chosen);
  chooseBackupFolder(file, chosen);
  const one = await take(file);
  renameSync(chosen, `${chosen}-unplugged`);
  expect(findBackups(file)).toEqual({ backups: [], away: [chosen] });
  const shut = shutStoreOf(file, new Failure('database', message('store.this')));
  expect(await shut['backups.list']({})).toMatchObject({ backups: [], away: [chosen] });
  const said = await askInProcess(path.dirname(file), 'backup', 'list', '--workspace', file);
  expect(said).toMatchObject({ code: 0, out: '' });
  expect(said.error).toContain(`The folder ${chosen} cannot be looked into now`);
  const forgotten = await askInProcess(path.dirname(file), 'forget', '1', '--workspace', file);
  expect(forgotten.out).toContain(`The folder ${chosen} cannot be looked into now`);
  // It stays in sight as an earlier one, and its backups come back with it.
  chooseBackupFolder(file, null);
  expect(findBackups(file).away).toEqual([chosen]);
  renameSync(`${chosen}-unplugged`, chosen);
  expect(listed(file)).toContain(one);
  expect(existsSync(orgFileOf(file))).toBe(true);
});
