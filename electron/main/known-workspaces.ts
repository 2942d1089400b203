import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { readRegularText } from '../disk/regular-file';
import { writeWholeNow } from '../disk/whole-file';

/** As many as a menu shows without being read through. */
const MOST = 10;

/** The workspace in Laurel's own folder keeps its window, log and page where they always were. */
export const OWN_ID = 'own';

const knownWorkspace = z.object({
  path: z.string().min(1).max(32_767),
  id: z.string().regex(/^(?:own|[0-9a-f]{16})$/),
});
/** A workspace's file, absolute, and what its window's place, its log and its page's memory are kept under. */
export type KnownWorkspace = z.infer<typeof knownWorkspace>;

const stored = z.object({
  recent: z.array(knownWorkspace).max(1_000).catch([]),
  /** Ids of those whose windows were open when Laurel last ended. */
  open: z.array(z.string()).max(1_000).catch([]),
});

/**
 * The workspaces opened last, the newest first, and those whose windows were open, kept in a file of this person's data.
 * An id stays with a workspace that is moved, so that what its window remembers moves with it.
 */
export class KnownWorkspaces {
  readonly #file: string;
  readonly #changed: () => void;
  #recent: readonly KnownWorkspace[];
  #open: readonly string[];

  /**
   * @param own path of the workspace in Laurel's own folder
   * @param changed is told after each change of the recent ones
   */
  constructor(file: string, own: string, changed: () => void) {
    this.#file = file;
    this.#changed = changed;
    const read = readStored(file);
    this.#recent = read?.recent ?? [{ path: own, id: OWN_ID }];
    this.#open = read?.open ?? [];
  }

  get recent(): readonly KnownWorkspace[] {
    return this.#recent;
  }

  /** Those whose windows were open when Laurel last ended. */
  get wereOpen(): readonly KnownWorkspace[] {
    return this.#open.flatMap((id) => this.#recent.filter((known) => known.id === id));
  }

  /** Puts a workspace in front. @returns it with the id it had, or a new one */
  note(file: string): KnownWorkspace {
    const known = this.#recent.find((entry) => entry.path === file) ?? {
      path: file,
      id: randomBytes(8).toString('hex'),
    };
    this.#keep([known, ...this.#recent.filter(({ id }) => id !== known.id)], this.#open);
    return known;
  }

  /** A workspace lies elsewhere from now on. */
  moved(id: string, file: string): void {
    const others = this.#recent.filter((known) => known.path !== file || known.id === id);
    this.#keep(
      others.map((known) => (known.id === id ? { id, path: file } : known)),
      this.#open,
    );
  }

  /** Forgets a workspace that is gone. */
  drop(file: string): void {
    this.#keep(
      this.#recent.filter((known) => known.path !== file),
      this.#open,
    );
  }

  /** Forgets all but those with these ids: their windows are open. */
  clear(keep: readonly string[]): void {
    this.#keep(
      this.#recent.filter(({ id }) => keep.includes(id)),
      this.#open,
    );
  }

  /** Remembers whose windows are open, by their ids. */
  noteOpen(ids: readonly string[]): void {
    this.#keep(this.#recent, ids);
  }

  /** Saved whole or not at all. Failing to is no reason to trouble anybody: the menu has them until Laurel ends. */
  #keep(recent: readonly KnownWorkspace[], open: readonly string[]): void {
    this.#recent = recent.filter(({ id }, index) => index < MOST || open.includes(id));
    this.#open = open;
    try {
      mkdirSync(path.dirname(this.#file), { recursive: true });
      writeWholeNow(this.#file, `${JSON.stringify({ recent: this.#recent, open }, null, 2)}\n`);
    } catch (error) {
      console.error('laurel: the recent workspaces could not be saved:', error);
    }
    this.#changed();
  }
}

/** Null: a file that is missing or damaged is as good as none. */
function readStored(file: string): z.infer<typeof stored> | null {
  try {
    const parsed = stored.safeParse(JSON.parse(readRegularText(file, 10_000_000)));
    if (!parsed.success) return null;
    const recent = parsed.data.recent.filter((entry) => path.isAbsolute(entry.path));
    return recent.length === 0 ? null : { ...parsed.data, recent };
  } catch {
    return null;
  }
}
