import { deflateRawSync, deflateSync, inflateRawSync, inflateSync } from 'node:zlib';
import type { Database } from 'better-sqlite3';
import { count, eq, gt, inArray, or, sql, type SQL } from 'drizzle-orm';
import { drizzle, type BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { WithoutPerson, type Person, type TextKind } from '../../shared/fidelity/without-person';
import type { ForgetKind } from '../../shared/ipc/forget-contract';
import { packCustomers, unpackCustomers } from '../workspace/live-chunks';
import { customerIdentifiers } from '../org/schema';
import { liveChunks, liveJobs } from '../workspace/schema';
import type { Holding, Place } from './columns';

/** Rows that are read, and rewritten, at a time. */
const PORTION = 500;
const ROW_ID = sql<number>`rowid`;

export interface SweepOptions {
  person: Person;
  /** Whether what is found is replaced, or counted alone. */
  erases: boolean;
  /** Asked between portions. */
  pause(kind: ForgetKind, rows: number): Promise<void> | void;
}

type Row = Record<string, unknown> & { rowId: number };

/** Rows by kind in which a customer stood. */
export class Counts {
  readonly #rows = new Map<ForgetKind, number>();

  add(kind: ForgetKind, rows: number): void {
    if (rows > 0) this.#rows.set(kind, (this.#rows.get(kind) ?? 0) + rows);
  }

  addAll(other: Counts): void {
    for (const { kind, rows } of other.all) this.add(kind, rows);
  }

  get all(): { kind: ForgetKind; rows: number }[] {
    return [...this.#rows].map(([kind, rows]) => ({ kind, rows }));
  }

  get total(): number {
    return this.all.reduce((sum, { rows }) => sum + rows, 0);
  }
}

/** Ids and identifiers that a roster knows for the same customer, in any case. */
export function alsoKnown(connection: Database, person: Pick<Person, 'ids' | 'identifiers'>): Person['identifiers'] {
  const { customerId, value } = customerIdentifiers;
  const database = drizzle(connection);
  const named = person.identifiers.map((each) => eq(sql`lower(${value})`, each.toLowerCase()));
  const ids = new Set([...person.ids].map(Number));
  if (named.length > 0)
    for (const row of database
      .select({ customerId })
      .from(customerIdentifiers)
      .where(or(...named))
      .all())
      ids.add(row.customerId);
  if (ids.size === 0) return [];
  const rows = database
    .select({ customerId, value })
    .from(customerIdentifiers)
    .where(inArray(customerId, [...ids]))
    .all();
  return [...new Set([...[...ids].map(String), ...rows.map((row) => row.value)])];
}

/**
 * Goes through tables and counts the rows in which a customer stands; where it erases, it replaces the customer in them.
 * Rows stay, so that what counts stays counted. Each portion is a transaction of its own: what was done before it was
 * stopped stays done, and going through it again finds the rest.
 *
 * @throws the driver's error; what `pause` throws
 */
export async function sweep(connection: Database, places: readonly Place[], options: SweepOptions): Promise<Counts> {
  const counts = new Counts();
  for (const place of places) {
    const table = new TableSweep(connection, place, options);
    counts.add(place.kind, table.byId());
    await table.byText((rows) => counts.add(place.kind, rows));
  }
  return counts;
}

class TableSweep {
  readonly #connection: Database;
  readonly #database: BetterSQLite3Database;
  readonly #place: Place;
  readonly #options: SweepOptions;
  readonly #without: WithoutPerson;
  readonly #mode: 'immediate' | 'deferred';

  constructor(connection: Database, place: Place, options: SweepOptions) {
    this.#connection = connection;
    this.#database = drizzle(connection);
    this.#place = place;
    this.#options = options;
    this.#without = new WithoutPerson(options.person);
    // Read first and write after would be refused where somebody else wrote in between.
    this.#mode = options.erases ? 'immediate' : 'deferred';
  }

  #transaction<T>(work: () => T): T {
    const transaction = this.#connection.transaction(work);
    return transaction[this.#mode]();
  }

  #columns(as: Holding['as']): [string, SQLiteColumn][] {
    return Object.entries(this.#place.columns).flatMap(([name, holding]) =>
      holding.as === as ? [[name, this.#place.all[name]!] as [string, SQLiteColumn]] : [],
    );
  }

  /** By columns that are the customer's number or name: found by their indexes. */
  byId(): number {
    const { table } = this.#place;
    const { ids, identifiers, standIn } = this.#options.person;
    const numbers = [...ids].map(Number);
    const [names] = this.#columns('name');
    // A row of the roster is about its customer and nothing else: it goes.
    if (names) {
      const [, value] = names;
      const [, id] = this.#columns('id')[0]!;
      const lower = identifiers.map((each) => each.toLowerCase());
      return this.#apply(or(inArray(id, numbers), inArray(sql`lower(${value})`, lower)), (where) =>
        this.#database.delete(table).where(where).run(),
      );
    }
    return this.#columns('id').reduce(
      (sum, [name, column]) =>
        sum +
        this.#apply(inArray(column, numbers), (where) =>
          this.#database
            .update(table)
            .set({ [name]: standIn })
            .where(where)
            .run(),
        ),
      0,
    );
  }

  #apply(where: SQL | undefined, erase: (where: SQL | undefined) => unknown): number {
    return this.#transaction(() => {
      const found = this.#database.select({ rows: count() }).from(this.#place.table).where(where).get()?.rows ?? 0;
      if (found > 0 && this.#options.erases) erase(where);
      return found;
    });
  }

  /** By columns in whose texts the customer may stand: each row is read. */
  async byText(found: (rows: number) => void): Promise<void> {
    const { table, kind, all } = this.#place;
    const held = Object.entries(this.#place.columns).filter(([, { as }]) => as !== 'id' && as !== 'name');
    if (held.length === 0) return;
    const read: Record<string, SQLiteColumn | SQL<number>> = { rowId: ROW_ID };
    for (const [name] of held) {
      read[name] = all[name]!;
      const packed = all[packedName(name)];
      if (packed) read[packedName(name)] = packed;
    }
    const portion = this.#database
      .select(read)
      .from(table)
      .where(gt(ROW_ID, sql.placeholder('after')))
      .orderBy(ROW_ID)
      .limit(PORTION)
      .prepare();
    let rows = 0;
    for (let after = 0; ;) {
      const step = this.#transaction(() => {
        const page = portion.all({ after }) as Row[];
        return { last: page.at(-1)?.rowId, size: page.length, found: this.#rewritten(page, held) };
      });
      found(step.found);
      rows += step.size;
      if (step.last === undefined || step.size < PORTION) break;
      after = step.last;
      await this.#options.pause(kind, rows);
    }
  }

  #rewritten(page: readonly Row[], held: readonly [string, Holding][]): number {
    let found = 0;
    for (const row of page) {
      const changes: Record<string, unknown> = {};
      for (const [name, holding] of held) Object.assign(changes, this.#changed(row, name, holding));
      if (Object.keys(changes).length === 0) continue;
      found += 1;
      if (this.#options.erases) this.#write(row, changes);
    }
    return found;
  }

  #write(row: Row, changes: Record<string, unknown>): void {
    const table: SQLiteTable = this.#place.table;
    this.#database.update(table).set(changes).where(eq(ROW_ID, row.rowId)).run();
  }

  #changed(row: Row, name: string, holding: Holding): Record<string, unknown> {
    const value = row[name];
    if (typeof value === 'string' && isText(holding)) {
      const other = this.#without.in(value, holding.as);
      return other === value ? {} : { [name]: other };
    }
    if (!Buffer.isBuffer(value)) return {};
    if (holding.as === 'chunk') {
      const customers = unpackCustomers(value);
      if (!customers.some((each) => this.#without.isCustomer(each))) return {};
      const { standIn } = this.#options.person;
      return { [name]: packCustomers(customers.map((each) => (this.#without.isCustomer(each) ? standIn : each))) };
    }
    if (!isText(holding)) return {};
    const isPacked = holding.bytes === 'deflated' || row[packedName(name)] === true;
    const [inflate, deflate] =
      holding.bytes === 'deflated' ? [inflateSync, deflateSync] : [inflateRawSync, deflateRawSync];
    let text: string;
    try {
      text = (isPacked ? inflate(value) : value).toString('utf8');
    } catch {
      // What is damaged cannot be read by anybody.
      return {};
    }
    const other = this.#without.in(text, holding.as);
    if (other === text) return {};
    const bytes = Buffer.from(other, 'utf8');
    return { [name]: isPacked ? deflate(bytes) : bytes };
  }
}

const isText = (holding: Holding): holding is Extract<Holding, { as: TextKind }> =>
  holding.as === 'json' || holding.as === 'url' || holding.as === 'line' || holding.as === 'text';

/** The column that says whether a body is packed stands beside it. */
const packedName = (name: string): string => name.replace(/Body$/, 'Packed');

/** Live jobs that are not over and name a customer: their rows may still be sent. */
export function openJobsNaming(connection: Database, person: Person): { badge: string; connection: string }[] {
  const without = new WithoutPerson(person);
  const database = drizzle(connection);
  const open = database
    .select({ key: liveJobs.key, badge: liveJobs.badgeName, connection: liveJobs.connectionName })
    .from(liveJobs)
    .where(sql`${liveJobs.state} NOT IN ('done', 'cancelled')`)
    .all();
  const chunks = database
    .select({ customers: liveChunks.customers })
    .from(liveChunks)
    .where(eq(liveChunks.jobKey, sql.placeholder('key')))
    .prepare();
  return open.flatMap(({ key, ...job }) => {
    for (const { customers } of chunks.all({ key })) {
      if (unpackCustomers(customers).some((each) => without.isCustomer(each))) return [job];
    }
    return [];
  });
}

/**
 * Makes a connection overwrite what it erases, and gives a function that empties the log of changes, where it would stand
 * still, and makes the connection as it was.
 */
export function erasingFor(connection: Database): () => void {
  const before = connection.pragma('secure_delete', { simple: true }) as number;
  connection.pragma('secure_delete = ON');
  return () => {
    connection.pragma('wal_checkpoint(TRUNCATE)');
    connection.pragma(`secure_delete = ${String(before)}`);
  };
}
