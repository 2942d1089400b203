import type { Database, Statement } from 'better-sqlite3';
import type { Instant } from '../../shared/domain/instant';
import { Failure } from '../../shared/ipc/errors';
import { connections } from './schema';
import { isRecord, jsonOr } from '../stored-json';

/** An org as it is remembered; everything but how to prove who one is. */
export interface StoredConnection {
  key: number;
  name: string;
  /** Scheme, host and port, without a slash at the end. */
  baseUrl: string;
  kind: 'practice' | 'test' | 'production';
  timeZone: string;
  chunkSize: number;
  parallel: number;
  perSecond: number;
  auth: 'basic' | 'oauth';
  account: string;
  /** Under which main keeps the credentials. */
  secretId: string;
  lastPulledOn: Instant | null;
  /** Values that the org gives to mandatory custom fields nobody filled in. */
  fieldDefaults: Readonly<Record<string, string>>;
}

type ConnectionColumns = Omit<StoredConnection, 'fieldDefaults'> & { fieldDefaults: string };

const SELECT = `SELECT key, name, base_url AS baseUrl, kind, time_zone AS timeZone, chunk_size AS chunkSize, parallel,
  per_second AS perSecond, auth, account, secret_id AS secretId, last_pulled_on AS lastPulledOn, field_defaults AS fieldDefaults
  FROM connections`;

const KINDS: readonly string[] = connections.kind.enumValues;
const AUTHS: readonly string[] = connections.auth.enumValues;

/** A kind that only another version knows is guarded like a production org. */
const read = ({ fieldDefaults, ...row }: ConnectionColumns): StoredConnection => ({
  ...row,
  kind: KINDS.includes(row.kind) ? row.kind : 'production',
  auth: AUTHS.includes(row.auth) ? row.auth : 'basic',
  fieldDefaults: jsonOr<Record<string, string>>(fieldDefaults, {}, isRecord),
});

/** The connections of a workspace. */
export class ConnectionStore {
  readonly #connection: Database;
  readonly #get: Statement<[number], ConnectionColumns>;

  constructor(connection: Database) {
    this.#connection = connection;
    this.#get = connection.prepare(`${SELECT} WHERE key = ?`);
  }

  list(): StoredConnection[] {
    return this.#connection.prepare<[], ConnectionColumns>(`${SELECT} ORDER BY key`).all().map(read);
  }

  find(key: number): StoredConnection | undefined {
    const row = this.#get.get(key);
    return row && read(row);
  }

  /** @throws Failure `not-found` */
  get(key: number): StoredConnection {
    const found = this.find(key);
    if (found) return found;
    throw new Failure('not-found', 'That connection is no longer here; it was deleted. Nothing was sent.');
  }

  add(connection: Omit<StoredConnection, 'key' | 'lastPulledOn' | 'fieldDefaults'>): StoredConnection {
    const { lastInsertRowid } = this.#connection
      .prepare(
        `INSERT INTO connections (name, base_url, kind, time_zone, chunk_size, parallel, per_second, auth, account, secret_id, field_defaults)
         VALUES (:name, :baseUrl, :kind, :timeZone, :chunkSize, :parallel, :perSecond, :auth, :account, :secretId, '{}')`,
      )
      .run(connection);
    return this.get(Number(lastInsertRowid));
  }

  update(connection: Omit<StoredConnection, 'lastPulledOn' | 'fieldDefaults'>): StoredConnection {
    this.#connection
      .prepare(
        `UPDATE connections SET name = :name, base_url = :baseUrl, kind = :kind, time_zone = :timeZone, chunk_size = :chunkSize,
                parallel = :parallel, per_second = :perSecond, auth = :auth, account = :account, secret_id = :secretId
          WHERE key = :key`,
      )
      .run(connection);
    return this.get(connection.key);
  }

  /** Notes a whole pull. */
  pulled(key: number, now: Instant, fieldDefaults: Readonly<Record<string, string>>): void {
    this.#connection
      .prepare('UPDATE connections SET last_pulled_on = ?, field_defaults = ? WHERE key = ?')
      .run(now, JSON.stringify(fieldDefaults), key);
  }

  /** Notes what the org fills in by itself, where no pull has told it yet. */
  setFieldDefaults(key: number, fieldDefaults: Readonly<Record<string, string>>): void {
    this.#connection
      .prepare('UPDATE connections SET field_defaults = ? WHERE key = ?')
      .run(JSON.stringify(fieldDefaults), key);
  }

  /** Takes its snapshots and links along; the ledger and its jobs stay. */
  delete(key: number): boolean {
    return this.#connection.prepare('DELETE FROM connections WHERE key = ?').run(key).changes > 0;
  }
}
