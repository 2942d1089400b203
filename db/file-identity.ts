import { statSync } from 'node:fs';
import { Failure } from '../shared/ipc/errors';
import { message } from '../shared/words/message';
import { fileTitle } from './failures';

/**
 * Notices that an open file was deleted, moved or replaced. SQLite goes on writing to the file it has opened, which then
 * has no name any more: everything would seem to be kept and be gone at the end.
 */
export class FileIdentity {
  readonly #file: string;
  readonly #device: bigint;
  readonly #number: bigint;

  /** @param file absolute path of a file that was just opened */
  constructor(file: string) {
    const { dev, ino } = statSync(file, { bigint: true });
    this.#file = file;
    this.#device = dev;
    this.#number = ino;
  }

  /** Whether the path still leads to the file that was opened. */
  get isThere(): boolean {
    const found = statSync(this.#file, { bigint: true, throwIfNoEntry: false });
    return found?.ino === this.#number && found.dev === this.#device;
  }

  /** @throws Failure `database` when the path leads nowhere, or to another file */
  require(): void {
    if (this.isThere) return;
    throw new Failure('database', message('store.replaced', { file: fileTitle(this.#file) }));
  }
}
