import { mkdirSync, renameSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { closeRegular, openRegularToAppend } from '../../disk/regular-file';

/** A log that cannot fill the disk: when the file is full it moves aside, and the oldest one aside is dropped. */
export class LogFile {
  readonly #path: string;
  readonly #mostBytes: number;
  readonly #mostAside: number;
  #file: number;
  #bytes: number;

  /**
   * Opens the file and goes on where it ends.
   *
   * @throws NotRegular, or the system's error
   * @param mostBytes of one file; a single longer line still goes in whole
   * @param mostAside files kept as `NAME.1` (the youngest), `NAME.2` …
   */
  constructor(file: string, mostBytes: number, mostAside: number) {
    this.#path = file;
    this.#mostBytes = mostBytes;
    this.#mostAside = mostAside;
    mkdirSync(path.dirname(file), { recursive: true });
    ({ handle: this.#file, size: this.#bytes } = openRegularToAppend(file));
  }

  /** Written before it returns, so that the last line before a crash is there. A full disk loses lines, not work. */
  write(line: string): void {
    const bytes = Buffer.from(line);
    try {
      if (this.#bytes > 0 && this.#bytes + bytes.length > this.#mostBytes) this.#moveAside();
      writeSync(this.#file, bytes);
      this.#bytes += bytes.length;
    } catch (error) {
      process.stderr.write(`laurel: a line could not be logged (${String(error)}): ${line}`);
    }
  }

  close(): void {
    closeRegular(this.#file);
  }

  #moveAside(): void {
    closeRegular(this.#file);
    try {
      rmSync(`${this.#path}.${this.#mostAside}`, { force: true });
      for (let age = this.#mostAside - 1; age >= 1; age--)
        moveIfThere(`${this.#path}.${age}`, `${this.#path}.${age + 1}`);
      renameSync(this.#path, `${this.#path}.1`);
    } finally {
      ({ handle: this.#file, size: this.#bytes } = openRegularToAppend(this.#path));
    }
  }
}

function moveIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
