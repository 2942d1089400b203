import {
  closeSync,
  constants,
  createReadStream,
  fstatSync,
  openSync,
  readSync,
  statSync,
  type ReadStream,
  type Stats,
} from 'node:fs';
import { NotRegular } from './system-reasons';
import { type Message, message } from '../../shared/words/message';

/** What stands under a path when it is no file that can be read from start to end; null: it is one. */
export function strangeKindOf(stats: Pick<Stats, keyof Stats & `is${string}`>): Message | null {
  if (stats.isFile()) return null;
  if (stats.isDirectory()) return message('system.folder');
  if (stats.isFIFO()) return message('system.pipe');
  if (stats.isSocket()) return message('system.socket');
  return message('system.device');
}

/**
 * Opens a file for reading, and nothing else: a pipe would keep its reader waiting, and a device may never end.
 *
 * @throws NotRegular, or the system's error
 */
export function openRegular(path: string): { handle: number; size: number } {
  // Looked at before it is opened, because opening a device can do something; and again once it is open.
  refuseStrange(statSync(path));
  const handle = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = fstatSync(handle);
    refuseStrange(stats);
    return { handle, size: stats.size };
  } catch (error) {
    closeSync(handle);
    throw error;
  }
}

/**
 * Opens a file to write at its end, making it where there is none: a pipe under its name would wait for a reader.
 *
 * @throws NotRegular, or the system's error
 */
export function openRegularToAppend(path: string): { handle: number; size: number } {
  requireRegularOrNone(path);
  const { O_WRONLY, O_APPEND, O_CREAT, O_NONBLOCK } = constants;
  const handle = openSync(path, O_WRONLY | O_APPEND | O_CREAT | (O_NONBLOCK ?? 0), 0o666);
  try {
    const stats = fstatSync(handle);
    refuseStrange(stats);
    return { handle, size: stats.size };
  } catch (error) {
    closeSync(handle);
    throw error;
  }
}

/** Closes what {@link openRegular} or {@link openRegularToAppend} opened. */
export function closeRegular(handle: number): void {
  closeSync(handle);
}

function refuseStrange(stats: Stats): void {
  const strange = strangeKindOf(stats);
  if (strange !== null) throw new NotRegular(strange);
}

/**
 * Refuses what stands under a path if it is there and no file, before a library opens it that might wait for ever.
 *
 * @throws NotRegular
 */
export function requireRegularOrNone(path: string): void {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats) refuseStrange(stats);
}

/**
 * The bytes of a file.
 *
 * @param most bytes it may have; a file that is longer is refused, whatever length the system gave before
 * @throws NotRegular, or the system's error
 */
export function readRegular(path: string, most: number): Buffer {
  const { handle, size } = openRegular(path);
  try {
    const tooLarge = (): NotRegular => new NotRegular(message('system.largerThan', { megabytes: most / 1_000_000 }));
    if (size > most) throw tooLarge();
    const parts: Buffer[] = [];
    let length = 0;
    for (;;) {
      const part = Buffer.allocUnsafe(Math.max(64 * 1024, Math.min(size - length + 1, 16 * 1024 * 1024)));
      const read = readSync(handle, part, 0, part.length, null);
      if (read === 0) return Buffer.concat(parts, length);
      parts.push(part.subarray(0, read));
      length += read;
      if (length > most) throw tooLarge();
    }
  } finally {
    closeSync(handle);
  }
}

/**
 * The bytes of a file in portions, for what is too large to hold.
 *
 * @param part which bytes, both ends inclusive; by default all. What is to become text is read as `encoding`
 * @throws NotRegular, or the system's error, at once; while it is read, the system's error
 */
export function streamRegular(
  path: string,
  part: { start?: number; end?: number; highWaterMark?: number; encoding?: BufferEncoding } = {},
): ReadStream {
  return createReadStream(path, { ...part, fd: openRegular(path).handle, start: part.start ?? 0 });
}

/** The text of a file in UTF-8, without a byte-order mark. @throws as readRegular */
export function readRegularText(path: string, most: number): string {
  const text = readRegular(path, most).toString('utf8');
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}
