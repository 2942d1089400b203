import { codeOf, NotRegular } from '../../electron/disk/system-reasons';
import { Failure } from '../../shared/ipc/errors';
import { message, type Message } from '../../shared/words/message';

const FULL = message('backups.reasonFull');
const READ_ONLY = message('backups.reasonReadOnly');
const FORBIDDEN = message('backups.reasonForbidden');
const GONE = message('backups.reasonGone');
const BROKEN = message('backups.reasonBroken');
const DAMAGED = message('backups.reasonDamaged');

/** By the beginning of a code of the system or of SQLite; a longer one stands before a shorter one. */
const REASONS: readonly (readonly [prefix: string, reason: Message])[] = [
  ['ENOSPC', FULL],
  ['EDQUOT', FULL],
  ['EFBIG', FULL],
  ['EROFS', READ_ONLY],
  ['EACCES', FORBIDDEN],
  ['EPERM', FORBIDDEN],
  ['ENOENT', GONE],
  ['ENOTDIR', GONE],
  ['EIO', BROKEN],
  ['SQLITE_FULL', FULL],
  ['SQLITE_IOERR', BROKEN],
  ['SQLITE_READONLY', READ_ONLY],
  ['SQLITE_PERM', FORBIDDEN],
  ['SQLITE_CANTOPEN', GONE],
  ['SQLITE_CORRUPT', DAMAGED],
  ['SQLITE_NOTADB', DAMAGED],
];

/** What a code of the system or of SQLite means, as a clause for people. */
export function reasonOfCode(code: string): Message {
  return REASONS.find(([prefix]) => code.startsWith(prefix))?.[1] ?? message('backups.reasonOther', { code });
}

/** Why work on backups failed, as a clause for people; null where the error is neither the system's nor SQLite's. */
export function reasonOfError(error: unknown): Message | null {
  if (error instanceof DamagedFile) return DAMAGED;
  if (error instanceof NotRegular) return error.words;
  const code = codeOf(error);
  return code === undefined || code.startsWith('ERR_') ? null : reasonOfCode(code);
}

/** Makes a failure for people of what the system or SQLite threw; anything else is given back as it is. */
export function inWords(error: unknown, words: (reason: Message) => Message): unknown {
  if (error instanceof Failure) return error;
  const reason = reasonOfError(error);
  return reason === null ? error : new Failure('database', words(reason));
}

/** A file of a workspace is not whole. */
export class DamagedFile extends Error {
  override readonly name = 'DamagedFile';
}
