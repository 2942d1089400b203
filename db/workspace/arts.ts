import type { Database } from 'better-sqlite3';
import { eq, isNotNull, notInArray, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { given, givenColumns } from '../given';
import { lazily } from '../lazily';
import { artPictures, arts, artUses, revisions } from './schema';

/** A design as it is kept: its own pictures apart from it, since many designs share one. */
export interface KeptArt {
  digest: string;
  /** `laurel/badge-art@1` as JSON, the `data` of its pictures empty. */
  design: string;
  pictures: ReadonlyMap<string, Buffer>;
}

function prepareQueries(connection: Database) {
  const database = drizzle(connection);
  return lazily({
    find: () =>
      database
        .select({ design: arts.design })
        .from(arts)
        .where(eq(arts.digest, given(arts.digest, 'digest')))
        .prepare(),
    pictures: () =>
      database
        .select({ key: artPictures.key, bytes: artPictures.bytes })
        .from(artUses)
        .innerJoin(artPictures, eq(artPictures.key, artUses.picture))
        .where(eq(artUses.art, given(artUses.art, 'digest')))
        .prepare(),
    add: () =>
      database
        .insert(arts)
        .values(givenColumns(arts, 'digest', 'design'))
        .onConflictDoNothing()
        .prepare(),
    addPicture: () =>
      database
        .insert(artPictures)
        .values(givenColumns(artPictures, 'key', 'bytes'))
        .onConflictDoNothing()
        .prepare(),
    addUse: () =>
      database
        .insert(artUses)
        .values(givenColumns(artUses, 'art', 'picture'))
        .onConflictDoNothing()
        .prepare(),
    removeArts: () =>
      database
        .delete(arts)
        .where(
          notInArray(
            arts.digest,
            database
              .select({ art: sql<string>`${revisions.art}` })
              .from(revisions)
              .where(isNotNull(revisions.art)),
          ),
        )
        .prepare(),
    removePictures: () =>
      database
        .delete(artPictures)
        .where(notInArray(artPictures.key, database.select({ picture: artUses.picture }).from(artUses)))
        .prepare(),
  });
}

/** Designs of badges. Revisions of drafts name them by digest, so that undo and redo move between them. */
export class ArtStore {
  readonly #connection: Database;
  readonly #queries: ReturnType<typeof prepareQueries>;

  constructor(connection: Database) {
    this.#connection = connection;
    this.#queries = prepareQueries(connection);
  }

  find(digest: string): KeptArt | undefined {
    const row = this.#queries.find.get({ digest });
    if (row === undefined) return undefined;
    const pictures = this.#queries.pictures.all({ digest });
    return { digest, design: row.design, pictures: new Map(pictures.map(({ key, bytes }) => [key, bytes])) };
  }

  /** Keeps a design; one that is there already is left as it is. */
  keep({ digest, design, pictures }: KeptArt): void {
    this.#connection
      .transaction(() => {
        this.#queries.add.run({ digest, design });
        for (const [key, bytes] of pictures) {
          this.#queries.addPicture.run({ key, bytes });
          this.#queries.addUse.run({ art: digest, picture: key });
        }
      })
      .immediate();
  }

  /** Removes what no saved state of any draft shows any more. */
  purge(): void {
    this.#connection
      .transaction(() => {
        this.#queries.removeArts.run();
        this.#queries.removePictures.run();
      })
      .immediate();
  }
}
