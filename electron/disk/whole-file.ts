import {
  closeSync,
  constants,
  fchmodSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  write,
  writeFileSync,
} from 'node:fs';
import { open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Failure } from '../../shared/ipc/errors';
import { placeOf } from './output-place';
import { adviceOn, codeOf, causeOf } from './system-reasons';
import { unfinishedBeside } from './unfinished';
import { message, type Message } from '../../shared/words/message';

export type Content = string | Uint8Array | Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

export interface WritingOptions {
  /** What the person calls the file; its own name unless given. */
  name?: string;
  signal?: { readonly aborted: boolean };
  /** What a person does once the cause is gone, `export again`; otherwise it is saved again. */
  again?: Message;
}

const PERMISSIONS = 0o777;
const POLL_MILLISECONDS = 20;
const writeTo = promisify(write);

async function* portionsOf(content: Content): AsyncGenerator<Uint8Array> {
  if (typeof content === 'string' || content instanceof Uint8Array) yield bytesOf(content);
  else for await (const portion of content) yield bytesOf(portion);
}

const bytesOf = (portion: string | Uint8Array): Uint8Array =>
  typeof portion === 'string' ? Buffer.from(portion, 'utf8') : portion;

function refuseCancelled(signal: WritingOptions['signal']): void {
  if (signal?.aborted) throw new Failure('cancelled', message('system.exportCancelled'));
}

/**
 * The one way in which Laurel writes a file for a person: into a new file beside it whose name nobody can guess, which
 * takes the name once it is complete. A kill, a full disk or a cancel leaves what stood there before. A link is
 * replaced, never followed. Pipes and devices, `/dev/stdout` among them, are written to as they are.
 *
 * @param target absolute path
 * @param content in one piece, or in portions that are asked for one after the other
 * @throws Failure `cancelled`, or `internal` in plain words; what the content itself throws
 */
export async function writeWhole(target: string, content: Content, options: WritingOptions = {}): Promise<void> {
  const { signal } = options;
  refuseCancelled(signal);
  const name = options.name ?? path.basename(target);
  const again = options.again ?? message('system.saveAgain');
  let isStream = false;
  try {
    const place = placeOf(target);
    isStream = place.kind === 'stream';
    if (place.kind === 'stream') await writeStream(place, content, signal);
    else await writeFile(place.path, content, signal);
  } catch (error) {
    if (error instanceof Failure || codeOf(error) === undefined) throw error;
    const isGone = codeOf(error) === 'ENOENT';
    const reason = isGone ? message('system.folderGone') : causeOf(error);
    throw new Failure(
      'internal',
      isStream
        ? message('system.notWrittenToEnd', { name, reason })
        : message(isGone ? 'system.notWrittenGone' : 'system.notWrittenKept', {
            name,
            reason,
            advice: adviceOn(error),
            again,
          }),
    );
  }
}

async function writeFile(target: string, content: Content, signal: WritingOptions['signal']): Promise<void> {
  const unfinished = unfinishedBeside(target);
  const earlier = await stat(target).catch(() => null);
  const file = await open(unfinished, 'wx');
  try {
    try {
      if (earlier?.isFile()) await file.chmod(earlier.mode & PERMISSIONS);
      for await (const portion of portionsOf(content)) {
        refuseCancelled(signal);
        await file.writeFile(portion);
      }
      refuseCancelled(signal);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, target);
  } catch (error) {
    // What hindered the writing may hinder the removal too, and is the better reason to tell.
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw error;
  }
}

async function writeStream(
  place: { path: string; descriptor: number | null },
  content: Content,
  signal: WritingOptions['signal'],
): Promise<void> {
  const file = place.descriptor === null ? await openStream(place.path, signal) : null;
  const descriptor = file?.fd ?? (place.descriptor as number);
  try {
    for await (const portion of portionsOf(content)) {
      for (let written = 0; written < portion.length;) {
        refuseCancelled(signal);
        try {
          written += (await writeTo(descriptor, portion, written, portion.length - written, null)).bytesWritten;
        } catch (error) {
          if (codeOf(error) !== 'EAGAIN') throw error;
          await wait(POLL_MILLISECONDS);
        }
      }
    }
  } finally {
    await file?.close();
  }
}

/** Opens a pipe without waiting for its reader in the system, where nothing could end the wait. */
async function openStream(target: string, signal: WritingOptions['signal']): Promise<FileHandle> {
  for (;;) {
    refuseCancelled(signal);
    try {
      return await open(target, constants.O_WRONLY | (constants.O_NONBLOCK ?? 0));
    } catch (error) {
      if (codeOf(error) !== 'ENXIO' || !statSync(target).isFIFO()) throw error;
      await wait(POLL_MILLISECONDS);
    }
  }
}

/**
 * {@link writeWhole} for a few bytes that a process keeps for itself, at once.
 *
 * @param mode of the file where it is new
 * @throws the system's error; what stood there before is as it was
 */
export function writeWholeNow(target: string, content: string | Uint8Array, mode = 0o666): void {
  const unfinished = unfinishedBeside(target);
  const file = openSync(unfinished, 'wx', mode);
  try {
    try {
      const earlier = statSync(target, { throwIfNoEntry: false });
      if (earlier?.isFile()) fchmodSync(file, earlier.mode & mode & PERMISSIONS);
      writeFileSync(file, content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(unfinished, target);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}
