import { realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { reasonOf } from '../../disk/system-reasons';
import { UsageError } from '../command';
import { plainFailure } from '../plain-failure';

/** What begins so names a computer, which a mere look would already send credentials to. */
const OF_A_NETWORK = /^[\\/]{2}/;

function isWithin(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative === '' || (relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative));
}

/** The folders that a program may name files of, and nothing else of this machine. */
export class Roots {
  /** Real paths, in the order in which they were named. */
  readonly folders: readonly string[];

  /** @throws UsageError where one is no folder */
  constructor(cwd: string, named: readonly string[]) {
    this.folders = (named.length === 0 ? ['.'] : named).map((name) => {
      try {
        const folder = realpathSync.native(path.resolve(cwd, name));
        if (statSync(folder).isDirectory()) return folder;
      } catch (error) {
        throw new UsageError(`--root ${name} cannot be read: ${reasonOf(error)}.`);
      }
      throw new UsageError(`--root ${name} is no folder.`);
    });
  }

  /**
   * The real path of something inside, links followed. What lies outside is not even looked for.
   *
   * @param name relative to the first folder in which it is found, or absolute
   * @throws Failure `invalid-input` for what lies outside, `not-found` for what is not there
   */
  find(name: string): string {
    if (name.includes('\0') || name.trim() === '')
      throw plainFailure('invalid-input', 'The name of the file is empty.');
    const places = OF_A_NETWORK.test(name)
      ? []
      : this.folders.map((folder) => path.resolve(folder, name)).filter((file) => this.#isNamed(file));
    if (places.length === 0) throw this.#outside(name);
    let reason = '';
    for (const place of places) {
      try {
        const real = realpathSync.native(place);
        if (!this.holds(real)) throw this.#outside(name);
        return real;
      } catch (error) {
        if (!(error instanceof Error) || !('code' in error) || error.code !== 'ENOENT') {
          throw error instanceof Error && 'syscall' in error ? unread(name, reasonOf(error)) : error;
        }
        reason = reasonOf(error);
      }
    }
    throw unread(name, reason);
  }

  /** Whether a real path lies inside. */
  holds(real: string): boolean {
    return this.#isNamed(real);
  }

  /** A path as answers name it: within its folder where there is one, with the folder where there are several. */
  nameOf(real: string): string {
    const folder = this.folders.find((each) => isWithin(each, real));
    if (folder === undefined || this.folders.length > 1) return real;
    return path.relative(folder, real);
  }

  #isNamed(file: string): boolean {
    return this.folders.some((folder) => isWithin(folder, file));
  }

  #outside(name: string): Error {
    return plainFailure(
      'invalid-input',
      `${name} lies outside of what may be read here: ${this.folders.join(', ')}. Name a file inside, or start laurel mcp with --root FOLDER.`,
    );
  }
}

function unread(name: string, reason: string): Error {
  return plainFailure('not-found', `${name} cannot be read: ${reason}. list_files names what is there.`);
}
