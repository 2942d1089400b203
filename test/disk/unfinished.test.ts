import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { removeAbandoned, unfinishedBeside } from '../../electron/disk/unfinished';
import { temporaryFolder } from '../db/temporary-folder';

const DEAD = spawnSync(process.execPath, ['--version']).pid;
const CHANCE = '0123456789abcdef01234567';

test('what dead processes have left is removed by its name, and nothing else is', () => {
  const folder = temporaryFolder();
  const own = path.basename(unfinishedBeside(path.join(folder, 'x')));
  const dead = own.replace(`-${String(process.pid)}-`, `-${String(DEAD)}-`);
  const elsewhere = `.laurel-00000000-${String(DEAD)}-${CHANCE}.unfinished`;
  const earlier = `.laurel-${CHANCE}.unfinished`;
  const file = (name: string): void => writeFileSync(path.join(folder, name), 'x');
  for (const name of [own, elsewhere, earlier]) file(name);
  const weekOld = [`.laurel-00000001-1-${CHANCE}.unfinished`, `.laurel-${CHANCE.replace('0', 'f')}.unfinished`];
  for (const name of weekOld) {
    file(name);
    utimesSync(path.join(folder, name), 1, 1);
  }
  const foreign = ['.laurel-mine.unfinished', 'report.unfinished', `x${dead}`, `${dead}.csv`, '.laurel-12.unfinished'];
  for (const name of foreign) {
    file(name);
    utimesSync(path.join(folder, name), 1, 1);
  }
  file(dead);
  mkdirSync(path.join(folder, `${dead}-files`, 'workspace'), { recursive: true });
  mkdirSync(path.join(folder, 'precious'));
  file('precious/work');
  const link = dead.replace(/[0-9a-f]{24}/, CHANCE);
  symlinkSync(path.join(folder, 'precious'), path.join(folder, link));
  const waited = dead.replace(/[0-9a-f]{24}/, CHANCE.replace('0', 'e'));
  file(waited);
  removeAbandoned(folder, new Set([waited]));
  expect(readdirSync(folder).sort()).toEqual([own, elsewhere, earlier, waited, 'precious', ...foreign].sort());
  expect(readdirSync(path.join(folder, 'precious'))).toEqual(['work']);
  removeAbandoned(path.join(folder, 'not there'));
});
