import type { Database } from 'better-sqlite3';
import { and, eq, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm';
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

/** A draft that has a file or could have one, as little of it as tells whether it moved. */
export interface FolderLine {
  key: number;
  /** As in {@link FolderRow}; null: the folder knows nothing of it. */
  place: string | null;
  /**
   * The digests of the files that say just what the draft says now ({@link seenDigests}); null: it moved since both last agreed,
   * or the folder never had it, or something of it is open.
   */
  seen: string | null;
}

/** The digests of a badge's files as one text, as {@link FolderLine} has them. */
export const seenDigests = (body: string, art: string | null): string => (art === null ? body : `${body} ${art}`);

/** Columns in their order: as an array a row costs half of what it does as an object. */
type RawLine = [key: number, place: string | null, seen: string | null];

function prepareQueries(connection: Database) {
  const database = drizzle(connection);
  const ofBadge = eq(folderFiles.badgeKey, given(folderFiles.badgeKey, 'badgeKey'));
  const { badgeKey, place, base, baseArt, open, bodySeen, artSeen } = folderFiles;
  const columns = ['place', 'base', 'baseArt', 'open', 'revision', 'bodySeen', 'artSeen'] as const;
  const { key, id, name, deletedOn, art } = badges;
  const shared = database
    .select({ name })
    .from(badges)
    .where(isNull(deletedOn))
    .groupBy(name)
    .having(sql`count(*) > 1`);
  return lazily({
    // Thousands in one answer: the driver takes a third of the builder's time.
    lines: () =>
      prepareForDriver<[], RawLine>(
        connection,
        database
          .select({
            ...named({ key, place }),
            // As one text: ten thousand more values of an answer take as long as reading a tenth of the files.
            seen: sql`CASE WHEN ${and(
              ...[isNotNull(base), eq(folderFiles.revision, badges.revision), eq(open, '[]'), isNull(deletedOn)],
              ...[sql`${baseArt} IS ${art}`, sql`(${baseArt} IS NULL) = (${artSeen} IS NULL)`],
            )} THEN ${bodySeen} || coalesce(' ' || ${artSeen}, '') END`.as('seen'),
          })
          .from(badges)
          .leftJoin(folderFiles, eq(badgeKey, key))
          .where(or(isNull(deletedOn), isNotNull(badgeKey))),
      ).raw(),
    namesakes: () =>
      database
        .select({ key })
        .from(badges)
        .where(and(isNull(deletedOn), inArray(name, shared)))
        .prepare(),
    called: () =>
      database
        .select({ key })
        .from(badges)
        .where(and(isNull(deletedOn), eq(name, given(name, 'name'))))
        .prepare(),
    one: () =>
      database
        .select({
          draft: { key, id, name, revision: badges.revision, deletedOn, art },
          row: {
            ...{ badgeKey, place, baseArt, open, revision: folderFiles.revision, bodySeen, artSeen },
            hasBase: sql<number>`${isNotNull(base)}`.as('hasBase'),
          },
        })
        .from(badges)
        .leftJoin(folderFiles, eq(badgeKey, key))
        .where(eq(key, given(key, 'key')))
        .prepare(),
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

  /** In the order of the drafts' keys. Those in the trash only where they have a place in the folder. */
  lines(): FolderLine[] {
    return this.#queries.lines.all().map(([key, place, seen]) => ({ key, place, seen }));
  }

  /** Drafts outside the trash that share their name with another one, or are called as one of these, by their keys. */
  namesakes(names: readonly string[]): ReadonlySet<number> {
    const called = names.flatMap((name) => this.#queries.called.all({ name }));
    return new Set([...this.#queries.namesakes.all({}), ...called].map(({ key }) => key));
  }

  /** One draft with what is known of its file; undefined: there is none. */
  one(key: number): { draft: FolderDraft; row: FolderRow | null } | undefined {
    const found = this.#queries.one.get({ key });
    if (found === undefined) return undefined;
    const { deletedOn, ...draft } = found.draft;
    const { row } = found;
    return {
      draft: { ...draft, isDeleted: deletedOn !== null },
      row: row === null ? null : { ...row, hasBase: row.hasBase === 1, open: jsonOr<string[]>(row.open, [], isList) },
    };
  }

  /** The text that a draft and its file last agreed on; null: that there is no file. */
  base(badgeKey: number): string | null {
    return this.#queries.base.get({ badgeKey })?.base ?? null;
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
