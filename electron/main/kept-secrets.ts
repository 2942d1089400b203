import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { readRegular } from '../disk/regular-file';
import { writeWholeNow } from '../disk/whole-file';

/** Bytes; secrets are short. */
const LARGEST = 16_000_000;

/** A credential as it lies on the disk. */
export interface KeptSecret {
  place: 'keychain' | 'accepted-risk';
  /** Base64 of the sealed bytes. */
  sealed: string;
}

const keptSecret = z.object({ place: z.enum(['keychain', 'accepted-risk']), sealed: z.string() });

const OWNER_ONLY = 0o600;

/** Entries by id, whatever each of them is: one that this version cannot read is kept as it came. */
type Entries = Map<string, unknown>;

/**
 * The file of kept secrets. A save changes the one entry it is about: entries that cannot be read are written back as
 * they are, and a file that is no JSON any more is first set aside, with every entry that is still whole taken over.
 */
export class KeptSecrets {
  readonly #file: string;

  /** @param file absolute */
  constructor(file: string) {
    this.#file = file;
  }

  /** @returns null when there is none of this id, or it cannot be read */
  find(id: string): KeptSecret | null {
    const entry = keptSecret.safeParse(this.#read().entries.get(id));
    return entry.success ? entry.data : null;
  }

  /** @throws the system's error when it cannot be written; what was kept before is kept then */
  put(id: string, secret: KeptSecret): void {
    const { entries, isWhole } = this.#read();
    if (!isWhole) this.#setAside();
    entries.set(id, secret);
    this.#write(entries);
  }

  /** @throws as {@link put} */
  remove(id: string): void {
    const { entries, isWhole } = this.#read();
    if (!entries.has(id)) return;
    if (!isWhole) this.#setAside();
    entries.delete(id);
    this.#write(entries);
  }

  #read(): { entries: Entries; isWhole: boolean } {
    let text: string;
    try {
      text = readRegular(this.#file, LARGEST).toString('utf8');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
        return { entries: new Map(), isWhole: true };
      // It is there and may not be read now: writing another in its place would lose it.
      throw error;
    }
    try {
      const value: unknown = JSON.parse(text);
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
        return { entries: new Map(Object.entries(value)), isWhole: true };
      }
    } catch {
      // Cut short or scribbled over.
    }
    return { entries: wholeEntriesIn(text), isWhole: false };
  }

  #setAside(): void {
    const aside = freeNameBeside(this.#file);
    writeFileSync(aside, readRegular(this.#file, LARGEST), { mode: OWNER_ONLY, flag: 'wx' });
    console.error(
      `laurel: ${path.basename(this.#file)} could not be read whole; it is kept as ${path.basename(aside)}`,
    );
  }

  #write(entries: Entries): void {
    writePrivate(this.#file, JSON.stringify(Object.fromEntries(entries)));
  }
}

/** Entries that are whole in a text that is not: each is an id and an object without others in it. */
function wholeEntriesIn(text: string): Entries {
  const entries: Entries = new Map();
  for (const [, id = '', entry = ''] of text.matchAll(/"([^"\\]+)"\s*:\s*(\{[^{}]*\})/g)) {
    try {
      const value: unknown = JSON.parse(entry);
      if (keptSecret.safeParse(value).success) entries.set(id, value);
    } catch {
      // Not whole after all.
    }
  }
  return entries;
}

/** Writes a file that only its owner may read, as a whole or not at all. */
export function writePrivate(file: string, content: string | Uint8Array): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeWholeNow(file, content, OWNER_ONLY);
}

/** A name beside a file, under which what cannot be read of it is kept; no earlier one is written over. */
export function freeNameBeside(file: string): string {
  for (let number = 1; ; number += 1) {
    const aside = `${file}.unreadable-${String(number)}`;
    if (!existsSync(aside)) return aside;
  }
}
