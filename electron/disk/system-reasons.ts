import { Failure } from '../../shared/ipc/errors';
import { inEnglish } from '../../shared/words/english';
import { message, type Message, type MessagePart, type PlainKey } from '../../shared/words/message';

/** What the operating system's error codes mean, for people; each completes "… cannot be read: …" or "… written (…)". */
const REASONS: Readonly<Record<string, PlainKey>> = {
  ENOENT: 'system.noFile',
  EISDIR: 'system.folder',
  ENOTDIR: 'system.pathIsFile',
  EEXIST: 'system.pathIsFile',
  EACCES: 'system.noPermission',
  EPERM: 'system.noPermission',
  EROFS: 'system.readOnly',
  ENOSPC: 'system.full',
  EDQUOT: 'system.quota',
  EFBIG: 'system.tooLarge',
  EIO: 'system.diskError',
  ENAMETOOLONG: 'system.nameTooLong',
  ELOOP: 'system.circle',
  EMFILE: 'system.tooManyOpen',
  ENFILE: 'system.tooManyOpen',
  EPIPE: 'system.readerEnded',
  ENXIO: 'system.noOtherEnd',
  ERR_INVALID_ARG_VALUE: 'system.badName',
};

const ELSEWHERE = 'system.elsewhere';
const SPACE = 'system.space';
const ALLOW = 'system.allow';
const OTHER_NAME = 'system.otherName';

/** What helps against the cause, without its full stop: “…, and export again.” */
const ADVICE: Readonly<Record<string, PlainKey>> = {
  ENOSPC: SPACE,
  EDQUOT: SPACE,
  EACCES: ALLOW,
  EPERM: ALLOW,
  EROFS: 'system.makeWritable',
  EIO: 'system.checkDisk',
  ENAMETOOLONG: OTHER_NAME,
  ERR_INVALID_ARG_VALUE: OTHER_NAME,
  EISDIR: OTHER_NAME,
  EMFILE: 'system.closePrograms',
  ENFILE: 'system.closePrograms',
};

/** What a person can do about what the system refused, for before “, and …”. */
export function adviceOn(error: unknown): Message {
  return message(ADVICE[codeOf(error) ?? ''] ?? ELSEWHERE);
}

/** The system's code of an error; undefined where it has none. A failure of Laurel's own has a code, too: that is none. */
export function codeOf(error: unknown): string | undefined {
  if (error instanceof Failure) return undefined;
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Why the system refused: a message, or the system's own text where it has none. */
export function causeOf(error: unknown): MessagePart {
  if (error instanceof NotRegular || error instanceof Failure) return error.words;
  const code = codeOf(error);
  const key = REASONS[code ?? ''];
  return key === undefined ? (code ?? (error instanceof Error ? error.message : String(error))) : message(key);
}

/** Why the system refused, in English words. */
export function reasonOf(error: unknown): string {
  const cause = causeOf(error);
  return typeof cause === 'object' ? inEnglish(cause) : String(cause);
}

/** What was to be read is no file, or too large for what it is meant to be. The message completes "… cannot be read: …". */
export class NotRegular extends Error {
  override readonly name = 'NotRegular';
  /** As the system's errors have one: whoever words those words this one too. */
  readonly code = 'NOT_REGULAR';

  constructor(readonly words: Message) {
    super(inEnglish(words));
  }
}
