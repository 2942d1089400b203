import type { Database } from 'better-sqlite3';
import { eq, isNotNull, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { named, prepareForDriver } from '../driver-statements';
import { given, givenColumns } from '../given';
import { lazily } from '../lazily';
import { isList, jsonOr } from '../stored-json';
import { badges, folderFiles } from './schema';

/** Which file holds which draft, without the text that both last agreed on. */
export interface FolderRow {
  badgeKey: number;
  /** Path in the folder with `/` between its parts, without `.badge.json`. */
  place: string;
  /** Whether both last agreed on a body, rather than on there being no file. */
  hasBase: boolean;
  baseArt: string | null;
  /** Units of which nothing is known of a common past. */
  open: readonly string[];
  /** The revision of the draft that says the base. */
  revision: number | null;
  bodySeen: string | null;
  artSeen: string | null;
}

/** The same as it is written. */
export interface FolderEntry extends Omit<FolderRow, 'hasBase'> {
  base: string | null;
}

/** One draft as the folder looks at it, deleted ones that can come back included. */
export interface FolderDraft {
  key: number;
  id: string;
  name: string;
  revision: number;
  isDeleted: boolean;
  art: string | null;
}

/** Columns in their order: as an array a row costs half of what it does as an object. */
type RawRow = [
  badgeKey: number,
  place: string,
  baseArt: string | null,
  open: string,
  revision: number | null,
  bodySeen: string | null,
  artSeen: string | null,
  hasBase: number,
];
type RawDraft = [key: number, id: string, name: string, revision: number, deletedOn: number | null, art: string | null];

function prepareQueries(connection: Database) {
  const database = drizzle(connection);
  const ofBadge = eq(folderFiles.badgeKey, given(folderFiles.badgeKey, 'badgeKey'));
  const { badgeKey, place, baseArt, open, revision, bodySeen, artSeen } = folderFiles;
  const columns = ['place', 'base', 'baseArt', 'open', 'revision', 'bodySeen', 'artSeen'] as const;
  const { key, id, name, deletedOn, art } = badges;
  return lazily({
    // Thousands in one answer: the driver takes a third of the builder's time.
    rows: () =>
      prepareForDriver<[], RawRow>(
        connection,
        database
          .select({
            ...named({ badgeKey, place, baseArt, open, revision, bodySeen, artSeen }),
            hasBase: isNotNull(folderFiles.base).as('hasBase'),
          })
          .from(folderFiles),
      ).raw(),
    drafts: () =>
      prepareForDriver<[], RawDraft>(
        connection,
        database.select(named({ key, id, name, revision: badges.revision, deletedOn, art })).from(badges),
      ).raw(),
    base: () => database.select({ base: folderFiles.base }).from(folderFiles).where(ofBadge).prepare(),
    changes: () =>
      database
        .select({ changes: sql<number>`total_changes()` })
        .from(sql`(VALUES (1))`)
        .prepare(),
    put: () =>
      database
        .insert(folderFiles)
        .values(givenColumns(folderFiles, 'badgeKey', ...columns))
        .onConflictDoUpdate({ target: folderFiles.badgeKey, set: givenColumns(folderFiles, ...columns) })
        .prepare(),
    remove: () => database.delete(folderFiles).where(ofBadge).prepare(),
    clear: () => database.delete(folderFiles).prepare(),
  });
}

/** What a workspace folder and the drafts last agreed on. */
export class FolderFileStore {
  readonly #queries: ReturnType<typeof prepareQueries>;

  constructor(connection: Database) {
    this.#queries = prepareQueries(connection);
  }

  rows(): FolderRow[] {
    return this.#queries.rows.all().map(([badgeKey, place, baseArt, open, revision, bodySeen, artSeen, hasBase]) => ({
      badgeKey,
      place,
      baseArt,
      revision,
      bodySeen,
      artSeen,
      hasBase: hasBase === 1,
      open: open === '[]' ? [] : jsonOr<string[]>(open, [], isList),
    }));
  }

  /** The text that a draft and its file last agreed on; null: that there is no file. */
  base(badgeKey: number): string | null {
    return this.#queries.base.get({ badgeKey })?.base ?? null;
  }

  /** All drafts, those in the trash too. */
  drafts(): FolderDraft[] {
    return this.#queries.drafts.all().map(([key, id, name, revision, deletedOn, art]) => ({
      key,
      id,
      name,
      revision,
      art,
      isDeleted: deletedOn !== null,
    }));
  }

  put({ open, ...entry }: FolderEntry): void {
    this.#queries.put.run({ ...entry, open: JSON.stringify(open) });
  }

  /** Forgets that a draft has a file. */
  remove(badgeKey: number): void {
    this.#queries.remove.run({ badgeKey });
  }

  /** Forgets everything about a folder: what both agreed on in one means nothing in another. */
  clear(): void {
    this.#queries.clear.run({});
  }

  /** Grows with every change of this workspace by this process: what is the same has not moved. */
  changes(): number {
    return this.#queries.changes.get({})?.changes ?? 0;
  }
}
