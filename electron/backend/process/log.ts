import path from 'node:path';
import pino, { type Logger } from 'pino';
import { message } from '../../../shared/words/message';
import { adviceOn, causeOf, NotRegular } from '../../disk/system-reasons';
import { Failure } from '../../../shared/ipc/errors';
import { LogFile } from './log-file';

const MOST_BYTES = 5_000_000;
const MOST_ASIDE = 3;

/** Names under which something secret may hang, at the top of a line or one or two levels below. */
const SECRETS = [
  'authorization',
  'Authorization',
  'password',
  'secret',
  'apiKey',
  'accessToken',
  'refreshToken',
  'cookie',
];

export interface BackendLog {
  log: Logger;
  close(): void;
}

/**
 * Opens the backend's log, JSON lines in `backend.log` of the folder, at most 20 MB with what is kept aside. Errors are
 * logged under `err` in full. Values under the names of secrets are never written.
 *
 * @throws Failure `internal` when the file cannot be written
 */
export function openLog(folder: string): BackendLog {
  const file = openLogFile(path.join(folder, 'backend.log'));
  const log = pino(
    {
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '(secret)' },
    },
    file,
  );
  return { log, close: () => file.close() };
}

function openLogFile(file: string): LogFile {
  try {
    return new LogFile(file, MOST_BYTES, MOST_ASIDE);
  } catch (error) {
    throw new Failure(
      'internal',
      message('store.logNotWritten', {
        file,
        reason: causeOf(error),
        advice: error instanceof NotRegular ? message('store.moveAway') : adviceOn(error),
      }),
    );
  }
}
