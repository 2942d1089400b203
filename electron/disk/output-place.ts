import {
  accessSync,
  constants,
  fstatSync,
  lstatSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { Failure } from '../../shared/ipc/errors';
import { codeOf, causeOf } from './system-reasons';
import { message, type MessagePart } from '../../shared/words/message';

/** A file that no output may replace: what is read for it, or where Laurel keeps its own. */
export interface KeptFile {
  /** Absolute path. */
  path: string;
  /** Completes "… is …": `the customer file`. */
  what: MessagePart;
  /** Names in the same folder that belong to it, such as a database's log; none unless given. */
  owns?: (name: string) => boolean;
}

/** Where an output goes. */
export type OutputPlace =
  /** A file of this folder, whole under its name or not at all. */
  | { kind: 'file'; path: string }
  /** A pipe or a device, written to as it is; `descriptor` where it is one that this process has open. */
  | { kind: 'stream'; path: string; descriptor: number | null };

const MOST_LINKS = 40;

/** `/dev/stdout` and its kin name what the process has open already, whatever that is. */
function ownDescriptor(file: string): number | null {
  if (file === '/dev/stdout') return 1;
  if (file === '/dev/stderr') return 2;
  const match = /^\/(?:dev|proc\/self|proc\/(\d+))\/fd\/(\d+)$/.exec(file);
  if (!match || (match[1] !== undefined && Number(match[1]) !== process.pid)) return null;
  return Number(match[2]);
}

/** Finds out what kind of place a target is. A link to a file is replaced, never followed; one to a device is followed. */
export function placeOf(target: string): OutputPlace {
  let at = target;
  for (let links = 0; links < MOST_LINKS; links += 1) {
    const descriptor = ownDescriptor(at);
    if (descriptor !== null) return { kind: 'stream', path: target, descriptor };
    const stats = lstatSync(at, { throwIfNoEntry: false });
    if (!stats?.isSymbolicLink()) break;
    at = path.resolve(path.dirname(at), readlinkSync(at));
  }
  const stats = statSync(target, { throwIfNoEntry: false });
  const isStream = stats !== undefined && (stats.isFIFO() || stats.isCharacterDevice() || stats.isBlockDevice());
  return isStream ? { kind: 'stream', path: target, descriptor: null } : { kind: 'file', path: target };
}

/** Names that two paths share although they are written differently: through links, and as hard links. */
class Identity {
  readonly #real: string;
  readonly #node: string | null;

  constructor(file: string) {
    const stats = statSync(file, { throwIfNoEntry: false, bigint: true });
    this.#node = stats ? `${String(stats.dev)}:${String(stats.ino)}` : null;
    this.#real = realOf(file);
  }

  is(other: Identity): boolean {
    return this.#real === other.#real || (this.#node !== null && this.#node === other.#node);
  }
}

/** The real path of what is there, or of where it would be. */
function realOf(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    try {
      return path.join(realpathSync(path.dirname(file)), path.basename(file));
    } catch {
      return path.resolve(file);
    }
  }
}

/** Every file of a kept one that is there, and the kept one itself. */
function filesOf(kept: KeptFile): string[] {
  if (!kept.owns) return [kept.path];
  const folder = path.dirname(kept.path);
  let names: string[] = [];
  try {
    names = readdirSync(folder).filter(kept.owns);
  } catch {
    // A folder that cannot be listed has no files that an output could be compared with.
  }
  return [kept.path, ...names.map((name) => path.join(folder, name))];
}

/** What a target would replace that must be kept; null: nothing. */
function keptUnder(target: string, keep: readonly KeptFile[]): MessagePart | null {
  const own = ownDescriptor(target);
  const identity = new Identity(target);
  const real = realOf(target);
  for (const kept of keep) {
    const isIt =
      filesOf(kept).some((file) => identity.is(new Identity(file)) || (own !== null && isOpenAs(own, file))) ||
      (kept.owns?.(path.basename(real)) === true && path.dirname(real) === path.dirname(realOf(kept.path)));
    if (isIt) return kept.what;
  }
  return null;
}

function isOpenAs(descriptor: number, file: string): boolean {
  try {
    const open = fstatSync(descriptor, { bigint: true });
    const stats = statSync(file, { bigint: true });
    return open.dev === stats.dev && open.ino === stats.ino;
  } catch {
    return false;
  }
}

/**
 * Refuses a target that could not be written or would destroy something, before any work is done for it.
 *
 * @param target absolute path
 * @param name as the person knows it, for the message
 * @param nothing what was not done, with its full stop: `Nothing was issued.`
 * @throws Failure `invalid-input`
 */
export function requireOutput(target: string, name: string, keep: readonly KeptFile[], nothing: MessagePart): void {
  const refuse = (why: MessagePart): Failure =>
    new Failure('invalid-input', message('system.notWritten', { name, why, nothing }));
  let place: OutputPlace;
  let kept: MessagePart | null;
  try {
    place = placeOf(target);
    kept = keptUnder(target, keep);
  } catch (error) {
    throw refuse(codeOf(error) === 'ENOENT' ? message('system.noFolder') : causeOf(error));
  }
  if (kept !== null) throw refuse(message('system.wouldBeLost', { kept }));
  if (place.kind === 'stream') return;
  const stats = statSync(target, { throwIfNoEntry: false });
  if (stats?.isDirectory()) throw refuse(message('system.nameFileInFolder'));
  if (stats?.isSocket()) throw refuse(message('system.nameOtherThanSocket'));
  const folder = path.dirname(target);
  if (!isThere(folder)) throw refuse(message('system.noSuchFolder', { folder: path.basename(folder) }));
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    if (stats) accessSync(target, constants.W_OK);
  } catch (error) {
    throw refuse(message('system.nameOtherPlace', { reason: causeOf(error) }));
  }
}

function isThere(folder: string): boolean {
  try {
    return statSync(folder).isDirectory();
  } catch {
    return false;
  }
}
