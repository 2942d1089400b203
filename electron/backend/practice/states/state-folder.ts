import { mkdirSync, readdirSync, readSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { imageWithout } from '../../../../db/forget/image';
import { isObject } from '../../../../shared/domain/body-reader';
import { readInstant } from '../../../../shared/domain/instant';
import type { Person } from '../../../../shared/fidelity/without-person';
import { Failure } from '../../../../shared/ipc/errors';
import type { PracticeSavedState } from '../../../../shared/ipc/practice-contract';
import { message } from '../../../../shared/words/message';
import { closeRegular, openRegular } from '../../../disk/regular-file';
import { writeWhole } from '../../../disk/whole-file';
import type { SavedState } from './saved-state';
import { readStateFile, STATE_ENDING, textOfState } from './state-file';

/** Bytes of a file's beginning that say what it is; a name has up to 200 characters. */
const HEAD_BYTES = 16 * 1024;
const ID = /^[\w-]{1,120}$/;

/** The named states of one workspace: files in a folder beside it, each of which can be copied out as it is. */
export class StateFolder {
  readonly #folder: string;
  readonly #randomBytes: (length: number) => Uint8Array;

  /** @param folder absolute; made when the first state is saved */
  constructor(folder: string, randomBytes: (length: number) => Uint8Array) {
    this.#folder = folder;
    this.#randomBytes = randomBytes;
  }

  /** Newest first. A file that cannot be read as a state is listed without its date. */
  list(): PracticeSavedState[] {
    let names: string[];
    try {
      names = readdirSync(this.#folder);
    } catch {
      return [];
    }
    return names
      .filter((name) => name.endsWith(STATE_ENDING) && ID.test(name.slice(0, -STATE_ENDING.length)))
      .flatMap((name) => {
        const file = path.join(this.#folder, name);
        const stats = statSync(file, { throwIfNoEntry: false });
        if (stats?.isFile() !== true) return [];
        const id = name.slice(0, -STATE_ENDING.length);
        return [{ id, bytes: stats.size, ...(headOf(file) ?? { name: id, savedOn: null, clock: null }) }];
      })
      .sort((one, other) => (other.savedOn ?? 0) - (one.savedOn ?? 0) || (one.name < other.name ? -1 : 1));
  }

  /** The file of a state. @throws Failure `not-found` */
  fileOf(id: string): { file: string; name: string } {
    const found = this.list().find((state) => state.id === id);
    if (found) return { file: path.join(this.#folder, `${id}${STATE_ENDING}`), name: found.name };
    throw new Failure('not-found', message('practiceStates.gone'));
  }

  /**
   * A place for a state that is about to be written; the folder is made.
   *
   * @throws Failure `invalid-input` for a name of nothing, `conflict` for one that is taken
   */
  placeFor(name: string): { file: string; name: string } {
    const given = name.trim();
    if (given === '') throw new Failure('invalid-input', message('practiceStates.nameMissing'));
    if (this.list().some((state) => state.name.toLowerCase() === given.toLowerCase())) {
      throw new Failure('conflict', message('practiceStates.nameTaken', { name: given }));
    }
    mkdirSync(this.#folder, { recursive: true });
    const plain = given
      .normalize('NFKD')
      .replaceAll(/[^\w]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .toLowerCase()
      .slice(0, 60);
    const id = `${plain === '' ? 'state' : plain}-${Buffer.from(this.#randomBytes(4)).toString('hex')}`;
    return { file: path.join(this.#folder, `${id}${STATE_ENDING}`), name: given };
  }

  /** Copies a state under another name. @throws Failure as `placeFor` and `fileOf` do, and when it cannot be read */
  async copy(id: string, name: string): Promise<void> {
    const from = this.fileOf(id);
    await this.#keep(from.file, from.name, name);
  }

  /** Takes in a file that a person chose. @throws Failure when it is no state, or its name is taken */
  async take(file: string, fileName: string, name: string): Promise<void> {
    await this.#keep(file, fileName, name);
  }

  async #keep(file: string, fileName: string, name: string): Promise<void> {
    const state = readStateFile(file, fileName);
    const place = this.placeFor(name);
    await writeWhole(place.file, textOfState({ ...state, name: place.name }));
  }

  /** Copies a state out, byte for byte. @throws Failure `not-found`, `internal` in plain words */
  async give(id: string, target: string, targetName: string): Promise<void> {
    const { file, name } = this.fileOf(id);
    await writeWhole(target, textOfState(readStateFile(file, name)), { name: targetName });
  }

  /**
   * Counts the rows of all states in which a customer stands, and takes the customer out of them where it erases. A file
   * that is no state is passed over.
   *
   * @throws Failure `internal` in plain words where a state cannot be written
   */
  async without(person: Person, erases: boolean): Promise<number> {
    let found = 0;
    for (const { id } of this.list()) {
      const { file, name } = this.fileOf(id);
      let state: SavedState;
      try {
        state = readStateFile(file, name);
      } catch (error) {
        if (error instanceof Failure) continue;
        throw error;
      }
      const { image, rows } = imageWithout(state.org, person);
      found += rows;
      if (rows > 0 && erases) await writeWhole(file, textOfState({ ...state, org: image }));
    }
    return found;
  }

  remove(id: string): void {
    rmSync(this.fileOf(id).file, { force: true });
  }
}

/** What a state's file says of itself before it comes to what the org holds; null when it says nothing. */
function headOf(file: string): Pick<PracticeSavedState, 'name' | 'savedOn' | 'clock'> | null {
  try {
    const buffer = Buffer.alloc(HEAD_BYTES);
    const { handle } = openRegular(file);
    let length: number;
    try {
      length = readSync(handle, buffer, 0, buffer.length, 0);
    } finally {
      closeRegular(handle);
    }
    const text = buffer.subarray(0, length).toString('utf8');
    const end = text.indexOf(',\n  "org": {');
    const head: unknown = JSON.parse(`${text.slice(0, end)}\n}`);
    if (!isObject(head) || typeof head['name'] !== 'string') return null;
    const savedOn = readInstant(head['savedOn']);
    const clock = head['clock'] === null ? null : readInstant(head['clock']);
    if (!savedOn.ok || clock?.ok === false) return null;
    return { name: head['name'], savedOn: savedOn.instant, clock: clock === null ? null : clock.instant };
  } catch {
    return null;
  }
}
