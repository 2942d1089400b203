import type { Database } from 'better-sqlite3';
import { and, eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { Instant } from '../../shared/domain/instant';
import { named, prepareForDriver } from '../driver-statements';
import { given, givenColumns } from '../given';
import { lazily } from '../lazily';
import { isList, jsonOr } from '../stored-json';
import { links, snapshots } from './schema';
import { currentMeaning } from './stored-meaning';

/** A claim that is active. */
export interface ActiveClaim {
  ownerType: string;
  referenceId: string;
}

/** A live badge as it was last seen. */
export interface Snapshot {
  remoteId: string;
  name: string;
  seenOn: Instant;
  updatedOn: Instant | null;
  rowDigest: string;
  /** See shared/gateway/meaning.ts; null when it cannot be read as a badge. */
  meaning: string | null;
  claims: readonly ActiveClaim[];
  defaultTill: number | null;
  /** The badge as JSON text, as the org answered it. */
  body: string;
}

/** What a pull has to know of a snapshot to decide whether it reads the badge again. */
export interface SnapshotMark {
  remoteId: string;
  rowDigest: string;
  updatedOn: Instant | null;
  seenOn: Instant;
}

const COLUMNS = {
  remoteId: snapshots.remoteId,
  name: snapshots.name,
  seenOn: snapshots.seenOn,
  updatedOn: snapshots.updatedOn,
  rowDigest: snapshots.rowDigest,
  meaning: snapshots.meaning,
  claims: snapshots.claims,
  defaultTill: snapshots.defaultTill,
  body: snapshots.body,
};
type SnapshotRow = Omit<typeof snapshots.$inferSelect, 'connectionKey'>;

const read = ({ claims, ...row }: SnapshotRow): Snapshot => ({
  ...row,
  meaning: currentMeaning(row.meaning, row.body),
  claims: jsonOr<ActiveClaim[]>(claims, [], isList),
});

function prepareQueries(connection: Database) {
  const database = drizzle(connection);
  const ofConnection = eq(snapshots.connectionKey, given(snapshots.connectionKey, 'connectionKey'));
  const ofBadge = and(ofConnection, eq(snapshots.remoteId, given(snapshots.remoteId, 'remoteId')));
  const seen = ['name', 'seenOn', 'updatedOn', 'rowDigest', 'meaning', 'claims', 'defaultTill', 'body'] as const;
  const { remoteId, rowDigest, updatedOn, seenOn } = COLUMNS;
  return lazily({
    get: () => database.select(COLUMNS).from(snapshots).where(ofBadge).prepare(),
    named: () =>
      database
        .select(COLUMNS)
        .from(snapshots)
        .where(and(ofConnection, eq(snapshots.name, given(snapshots.name, 'name'))))
        .prepare(),
    all: () => database.select(COLUMNS).from(snapshots).where(ofConnection).orderBy(snapshots.remoteId).prepare(),
    // Thousands in one answer: each takes 0.5 µs by the driver and 1.5 µs by the builder.
    marks: () =>
      prepareForDriver<[connectionKey: number], SnapshotMark>(
        connection,
        database.select(named({ remoteId, rowDigest, updatedOn, seenOn })).from(snapshots).where(ofConnection),
        'connectionKey',
      ),
    put: () =>
      database
        .insert(snapshots)
        .values(givenColumns(snapshots, 'connectionKey', 'remoteId', ...seen))
        .onConflictDoUpdate({
          target: [snapshots.connectionKey, snapshots.remoteId],
          set: givenColumns(snapshots, ...seen),
        })
        .prepare(),
    seen: () => database.update(snapshots).set(givenColumns(snapshots, 'seenOn')).where(ofBadge).prepare(),
    remove: () => database.delete(snapshots).where(ofBadge).prepare(),
    removeLink: () =>
      database
        .delete(links)
        .where(
          and(
            eq(links.connectionKey, given(links.connectionKey, 'connectionKey')),
            eq(links.remoteId, given(links.remoteId, 'remoteId')),
          ),
        )
        .prepare(),
  });
}

/** Live badges as they were last seen, for each connection. */
export class SnapshotStore {
  readonly #queries: ReturnType<typeof prepareQueries>;

  constructor(connection: Database) {
    this.#queries = prepareQueries(connection);
  }

  find(connectionKey: number, remoteId: string): Snapshot | undefined {
    const row = this.#queries.get.get({ connectionKey, remoteId });
    return row && read(row);
  }

  /** The badge of exactly this name. */
  named(connectionKey: number, name: string): Snapshot | undefined {
    const row = this.#queries.named.get({ connectionKey, name });
    return row && read(row);
  }

  /** Every live badge of an org as it was last seen, by its id. */
  all(connectionKey: number): Snapshot[] {
    return this.#queries.all.all({ connectionKey }).map(read);
  }

  marks(connectionKey: number): ReadonlyMap<string, SnapshotMark> {
    return new Map(this.#queries.marks.all(connectionKey).map((row) => [row.remoteId, row]));
  }

  put(connectionKey: number, { claims, ...snapshot }: Snapshot): void {
    this.#queries.put.run({ ...snapshot, connectionKey, claims: JSON.stringify(claims) });
  }

  /** Notes that a badge stands as it was seen before. */
  seen(connectionKey: number, remoteId: string, now: Instant): void {
    this.#queries.seen.run({ connectionKey, remoteId, seenOn: now });
  }

  /** Forgets badges that the org no longer lists, and with them that drafts were linked to them. */
  remove(connectionKey: number, remoteIds: readonly string[]): void {
    for (const remoteId of remoteIds) {
      this.#queries.remove.run({ connectionKey, remoteId });
      this.#queries.removeLink.run({ connectionKey, remoteId });
    }
  }
}
