import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { NAMED_FILE_KINDS } from '../../shared/ipc/native';
import { readRegularText } from '../disk/regular-file';
import { writeWholeNow } from '../disk/whole-file';

/** As many as a menu shows without being read through. */
const MOST = 10;

const recentFile = z.object({ path: z.string().min(1).max(32_767), kind: z.enum(NAMED_FILE_KINDS) });
const recentFiles = z.object({ files: z.array(recentFile).max(1_000) });
/** A file that was opened, by its absolute path, and what as. */
export type RecentFile = z.infer<typeof recentFile>;

/** The files opened last, the newest first, kept in a file of their own beside the window's state. */
export class RecentFiles {
  readonly #file: string;
  readonly #changed: () => void;
  #entries: readonly RecentFile[];

  /** @param changed is told after each change */
  constructor(file: string, changed: () => void) {
    this.#file = file;
    this.#changed = changed;
    this.#entries = readEntries(file);
  }

  get entries(): readonly RecentFile[] {
    return this.#entries;
  }

  note(entry: RecentFile): void {
    this.#keep([entry, ...this.#entries.filter(({ path: known }) => known !== entry.path)].slice(0, MOST));
  }

  /** Forgets a file that is gone. @returns whether it was known */
  drop(file: string): boolean {
    const left = this.#entries.filter(({ path: known }) => known !== file);
    if (left.length === this.#entries.length) return false;
    this.#keep(left);
    return true;
  }

  clear(): void {
    this.#keep([]);
  }

  /** Saved whole or not at all. Failing to is no reason to trouble anybody: the menu has them until Laurel ends. */
  #keep(entries: readonly RecentFile[]): void {
    this.#entries = entries;
    try {
      mkdirSync(path.dirname(this.#file), { recursive: true });
      writeWholeNow(this.#file, `${JSON.stringify({ files: entries }, null, 2)}\n`);
    } catch (error) {
      console.error('laurel: the recent files could not be saved:', error);
    }
    this.#changed();
  }
}

/** What each is called in the menu: its name, with its folder where two are called the same. */
export function recentLabels(entries: readonly { readonly path: string }[]): string[] {
  const names = entries.map(({ path: file }) => path.basename(file));
  return entries.map(({ path: file }, index) => {
    const name = names[index] ?? '';
    return names.filter((other) => other === name).length === 1 ? name : `${name} (${path.dirname(file)})`;
  });
}

/** A file that is missing or damaged is as good as none. */
function readEntries(file: string): readonly RecentFile[] {
  try {
    const parsed = recentFiles.safeParse(JSON.parse(readRegularText(file, 10_000_000)));
    return parsed.success ? parsed.data.files.filter((entry) => path.isAbsolute(entry.path)).slice(0, MOST) : [];
  } catch {
    return [];
  }
}
