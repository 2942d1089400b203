import type { Database, Statement } from 'better-sqlite3';
import type { Instant } from '../../shared/domain/instant';
import { isList, jsonOr } from '../stored-json';
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

type SnapshotColumns = Omit<Snapshot, 'claims'> & { claims: string };

/** What a pull has to know of a snapshot to decide whether it reads the badge again. */
export interface SnapshotMark {
  remoteId: string;
  rowDigest: string;
  updatedOn: Instant | null;
  seenOn: Instant;
}

const SELECT = `SELECT remote_id AS remoteId, name, seen_on AS seenOn, updated_on AS updatedOn, row_digest AS rowDigest, meaning, claims,
  default_till AS defaultTill, body FROM snapshots`;

const read = ({ claims, ...row }: SnapshotColumns): Snapshot => ({
  ...row,
  meaning: currentMeaning(row.meaning, row.body),
  claims: jsonOr<ActiveClaim[]>(claims, [], isList),
});

/** Live badges as they were last seen, for each connection. */
export class SnapshotStore {
  readonly #connection: Database;
  readonly #get: Statement<[number, string], SnapshotColumns>;
  readonly #put: Statement<[Record<string, unknown>]>;
  readonly #named: Statement<[number, string], SnapshotColumns>;

  constructor(connection: Database) {
    this.#connection = connection;
    this.#get = connection.prepare(`${SELECT} WHERE connection_key = ? AND remote_id = ?`);
    this.#named = connection.prepare(`${SELECT} WHERE connection_key = ? AND name = ?`);
    this.#put = connection.prepare(
      `INSERT OR REPLACE INTO snapshots
         (connection_key, remote_id, name, seen_on, updated_on, row_digest, meaning, claims, default_till, body)
       VALUES (:connectionKey, :remoteId, :name, :seenOn, :updatedOn, :rowDigest, :meaning, :claims, :defaultTill, :body)`,
    );
  }

  find(connectionKey: number, remoteId: string): Snapshot | undefined {
    const row = this.#get.get(connectionKey, remoteId);
    return row && read(row);
  }

  /** The badge of exactly this name. */
  named(connectionKey: number, name: string): Snapshot | undefined {
    const row = this.#named.get(connectionKey, name);
    return row && read(row);
  }

  marks(connectionKey: number): ReadonlyMap<string, SnapshotMark> {
    const rows = this.#connection
      .prepare<[number], SnapshotMark>(
        'SELECT remote_id AS remoteId, row_digest AS rowDigest, updated_on AS updatedOn, seen_on AS seenOn FROM snapshots WHERE connection_key = ?',
      )
      .all(connectionKey);
    return new Map(rows.map((row) => [row.remoteId, row]));
  }

  put(connectionKey: number, { claims, ...snapshot }: Snapshot): void {
    this.#put.run({ ...snapshot, connectionKey, claims: JSON.stringify(claims) });
  }

  /** Notes that a badge stands as it was seen before. */
  seen(connectionKey: number, remoteId: string, now: Instant): void {
    this.#connection
      .prepare('UPDATE snapshots SET seen_on = ? WHERE connection_key = ? AND remote_id = ?')
      .run(now, connectionKey, remoteId);
  }

  /** Forgets badges that the org no longer lists, and with them that drafts were linked to them. */
  remove(connectionKey: number, remoteIds: readonly string[]): void {
    const snapshot = this.#connection.prepare('DELETE FROM snapshots WHERE connection_key = ? AND remote_id = ?');
    const link = this.#connection.prepare('DELETE FROM links WHERE connection_key = ? AND remote_id = ?');
    for (const remoteId of remoteIds) {
      snapshot.run(connectionKey, remoteId);
      link.run(connectionKey, remoteId);
    }
  }
}
