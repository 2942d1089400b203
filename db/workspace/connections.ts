import type { Database } from 'better-sqlite3';
import { eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { Instant } from '../../shared/domain/instant';
import { Failure } from '../../shared/ipc/errors';
import { message } from '../../shared/words/message';
import { given, givenColumns } from '../given';
import { lazily } from '../lazily';
import { connections, settings } from './schema';
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
  /** Ids here of groups that have another id in the org, by the ids there. */
  groupsHere: Readonly<Record<string, string>>;
}

/** What a person says of a connection, and by which secret it is opened. */
type SaidConnection = Omit<StoredConnection, 'key' | 'lastPulledOn' | 'fieldDefaults' | 'groupsHere'>;

const KINDS: readonly string[] = connections.kind.enumValues;
const AUTHS: readonly string[] = connections.auth.enumValues;

/** A kind that only another version knows is guarded like a production org. */
const read = (
  { fieldDefaults, ...row }: typeof connections.$inferSelect,
  groupLinks: string | undefined,
): StoredConnection => ({
  ...row,
  kind: KINDS.includes(row.kind) ? row.kind : 'production',
  auth: AUTHS.includes(row.auth) ? row.auth : 'basic',
  fieldDefaults: jsonOr<Record<string, string>>(fieldDefaults, {}, isRecord),
  groupsHere: Object.fromEntries(
    Object.entries(jsonOr<Record<string, string>>(groupLinks ?? '{}', {}, isRecord)).map(([here, there]) => [
      there,
      here,
    ]),
  ),
});

/** What a person says of a connection. */
const SAID = [
  'name',
  'baseUrl',
  'kind',
  'timeZone',
  'chunkSize',
  'parallel',
  'perSecond',
  'auth',
  'account',
  'secretId',
] as const;

function prepareQueries(connection: Database) {
  const database = drizzle(connection);
  const ofKey = eq(connections.key, given(connections.key, 'key'));
  return lazily({
    list: () => database.select().from(connections).orderBy(connections.key).prepare(),
    get: () => database.select().from(connections).where(ofKey).prepare(),
    add: () =>
      database
        .insert(connections)
        .values({ ...givenColumns(connections, ...SAID), fieldDefaults: '{}' })
        .prepare(),
    update: () =>
      database
        .update(connections)
        .set(givenColumns(connections, ...SAID))
        .where(ofKey)
        .prepare(),
    pulled: () =>
      database
        .update(connections)
        .set(givenColumns(connections, 'lastPulledOn', 'fieldDefaults'))
        .where(ofKey)
        .prepare(),
    setFieldDefaults: () =>
      database.update(connections).set(givenColumns(connections, 'fieldDefaults')).where(ofKey).prepare(),
    groupLinks: () =>
      database
        .select({ value: settings.value })
        .from(settings)
        .where(eq(settings.name, given(settings.name, 'name')))
        .prepare(),
    delete: () => database.delete(connections).where(ofKey).prepare(),
  });
}

/** The connections of a workspace. */
export class ConnectionStore {
  readonly #queries: ReturnType<typeof prepareQueries>;

  constructor(connection: Database) {
    this.#queries = prepareQueries(connection);
  }

  list(): StoredConnection[] {
    return this.#queries.list.all().map((row) => read(row, this.#linksOf(row.key)));
  }

  find(key: number): StoredConnection | undefined {
    const row = this.#queries.get.get({ key });
    return row && read(row, this.#linksOf(key));
  }

  #linksOf(key: number): string | undefined {
    return this.#queries.groupLinks.get({ name: `groupLinks:${String(key)}` })?.value;
  }

  /** @throws Failure `not-found` */
  get(key: number): StoredConnection {
    const found = this.find(key);
    if (found) return found;
    throw new Failure('not-found', message('store.connectionGone'));
  }

  add(connection: SaidConnection): StoredConnection {
    return this.get(Number(this.#queries.add.run(connection).lastInsertRowid));
  }

  update(connection: SaidConnection & Pick<StoredConnection, 'key'>): StoredConnection {
    this.#queries.update.run(connection);
    return this.get(connection.key);
  }

  /** Notes a whole pull. */
  pulled(key: number, now: Instant, fieldDefaults: Readonly<Record<string, string>>): void {
    this.#queries.pulled.run({ key, lastPulledOn: now, fieldDefaults: JSON.stringify(fieldDefaults) });
  }

  /** Notes what the org fills in by itself, where no pull has told it yet. */
  setFieldDefaults(key: number, fieldDefaults: Readonly<Record<string, string>>): void {
    this.#queries.setFieldDefaults.run({ key, fieldDefaults: JSON.stringify(fieldDefaults) });
  }

  /** Takes its snapshots and links along; the ledger and its jobs stay. */
  delete(key: number): boolean {
    return this.#queries.delete.run({ key }).changes > 0;
  }
}
