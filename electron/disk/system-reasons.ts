/** What the operating system's error codes mean, for people; each completes "… cannot be read: …" or "… written (…)". */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is a file, not a folder',
  EEXIST: 'a part of its path is a file, not a folder',
  EACCES: 'you have no permission',
  EPERM: 'you have no permission',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your share of the disk is used up',
  EFBIG: 'it would be larger than the system allows',
  EIO: 'the disk reported an error',
  ENAMETOOLONG: 'its name is too long',
  ELOOP: 'its links lead in a circle',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  EPIPE: 'the program that read it has ended',
  ENXIO: 'nothing is at its other end',
  ERR_INVALID_ARG_VALUE: 'its name has a character that no file can have',
};

const ELSEWHERE = 'Choose another place';
const SPACE = 'Free some space, or choose another place';
const ALLOW = 'Allow writing to it, or choose another place';
const OTHER_NAME = 'Choose another name';

/** What helps against the cause, without its full stop: “…, and export again.” */
const ADVICE: Readonly<Record<string, string>> = {
  ENOSPC: SPACE,
  EDQUOT: SPACE,
  EACCES: ALLOW,
  EPERM: ALLOW,
  EROFS: 'Make the disk writable, or choose another place',
  EIO: 'Check that the disk is still connected, or choose another place',
  ENAMETOOLONG: OTHER_NAME,
  ERR_INVALID_ARG_VALUE: OTHER_NAME,
  EISDIR: OTHER_NAME,
  EMFILE: 'Close other programs',
  ENFILE: 'Close other programs',
};

/** What a person can do about what the system refused, for before “, and …”. */
export function adviceOn(error: unknown): string {
  return ADVICE[codeOf(error) ?? ''] ?? ELSEWHERE;
}

/** The system's code of an error; undefined where it has none. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Why the system refused, in words. */
export function reasonOf(error: unknown): string {
  if (error instanceof NotRegular) return error.message;
  const code = codeOf(error);
  return REASONS[code ?? ''] ?? code ?? (error instanceof Error ? error.message : String(error));
}

/** What was to be read is no file, or too large for what it is meant to be. The message completes "… cannot be read: …". */
export class NotRegular extends Error {
  override readonly name = 'NotRegular';
}
