import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { causeOf, codeOf, NotRegular, reasonOf } from '../../electron/disk/system-reasons';
import { Failure } from '../../shared/ipc/errors';
import { message } from '../../shared/words/message';
import { temporaryFolder } from '../db/temporary-folder';

test('the system has codes and reasons; a failure of Laurel’s own has words, and no code of the system', () => {
  let missing: unknown;
  try {
    readFileSync(path.join(temporaryFolder(), 'none'));
  } catch (error) {
    missing = error;
  }
  expect([codeOf(missing), causeOf(missing)]).toEqual(['ENOENT', message('system.noFile')]);
  const own = new Failure('cancelled', message('audit.stopped'));
  expect([codeOf(own), causeOf(own), reasonOf(own)]).toEqual([undefined, message('audit.stopped'), own.message]);
  const odd = new NotRegular(message('system.folder'));
  expect([codeOf(odd), causeOf(odd)]).toEqual(['NOT_REGULAR', message('system.folder')]);
  expect([codeOf('text'), causeOf(new Error('why')), causeOf('text')]).toEqual([undefined, 'why', 'text']);
  const other = Object.assign(new Error('why'), { code: 'EOTHER' });
  expect([codeOf(other), causeOf(other)]).toEqual(['EOTHER', 'EOTHER']);
});
