import type { Database } from 'better-sqlite3';
import {
  and,
  asc,
  count,
  desc,
  eq,
  getTableColumns,
  gt,
  gte,
  inArray,
  isNotNull,
  lt,
  sql,
  type SQL,
} from 'drizzle-orm';
import { drizzle, type BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { unionAll } from 'drizzle-orm/sqlite-core';
import type { Instant } from '../../shared/domain/instant';
import { badges, connections, ledger, ledgerTasks, links, liveJobs, snapshots } from './schema';
import type { LedgerTask, LedgerTaskKind } from './ledger-tasks';

/** Where a look through the ledger goes on: below this line. */
export interface LedgerPlace {
  on: Instant;
  key: number;
}

/** Which lines are asked for. What is left out does not matter. */
export interface LedgerFilter {
  connectionKey: number | null;
  /** Every word must occur in the purpose, URL, sentence or connection. */
  search: string;
  outcomes: readonly string[];
  purposes?: readonly string[];
  kinds?: readonly LedgerTaskKind[];
  /** A badge by all ids it is known by. */
  badgeIds?: readonly string[];
  /** By name, and how a request's is told: what endpoints there are is not this file's business. */
  endpoint?: { name: string; of(method: string, url: string): string | null } | null;
  from?: Instant | null;
  /** Exclusive. */
  until?: Instant | null;
  taskKey?: number | null;
  /** False: only what changes something in an org. */
  reads?: boolean;
  before?: LedgerPlace | null;
}

/** What a look through the ledger found. */
export interface LedgerFound<T> {
  /** Of those looked through. */
  total: number;
  rows: T[];
  /** Where to look on; null: all lines were looked through. */
  next: LedgerPlace | null;
}

/** A task, and how many of its lines are asked for. */
export interface FoundTask extends LedgerTask {
  matching: number;
}

/** Lines that one look goes through at most, so that it costs the same however long the ledger is. */
export const LOOKED_THROUGH = 10_000;

/** As the partial indexes are declared: written out, because an index is not found by values that are given later. */
const WRITES = sql`${ledger.method} <> 'GET' AND ${ledger.purpose} <> 'token'`;
const TEXT = sql`lower(${ledger.connectionName} || ' ' || ${ledger.purpose} || ' ' || ${ledger.method} || ' ' || ${ledger.url} || ' ' || ${ledger.sentence} || ' ' || coalesce(${ledger.status}, '') || ' ' || ${ledger.codes})`;

const LINE = {
  ...{ key: ledger.key, connectionKey: ledger.connectionKey, connectionName: ledger.connectionName },
  ...{ purpose: ledger.purpose, method: ledger.method, url: ledger.url },
  ...{ sentOn: ledger.sentOn, answeredOn: ledger.answeredOn, outcome: ledger.outcome },
  ...{ status: ledger.status, codes: ledger.codes, sentence: ledger.sentence, taskKey: ledger.taskKey },
};
/** A line as it is stored. */
export type FoundLine = Pick<typeof ledger.$inferSelect, keyof typeof LINE>;

/** Whether a filter asks about single lines, so that tasks cannot be told by their own counts. */
const asksForLines = ({ search, purposes, badgeIds, endpoint, taskKey, outcomes }: LedgerFilter): boolean =>
  search.trim() !== '' ||
  outcomes.length > 0 ||
  (purposes?.length ?? 0) > 0 ||
  (badgeIds?.length ?? 0) > 0 ||
  Boolean(endpoint) ||
  (taskKey ?? null) !== null;

/** Newest first; made anew each time, because a query that joins others changes its order's words. */
const newest = () => [desc(ledger.sentOn), desc(ledger.key)] as const;
const newestTask = () => [desc(ledgerTasks.startedOn), desc(ledgerTasks.key)] as const;

function placesOf(database: BetterSQLite3Database, fits: SQL | undefined) {
  return database
    .select({ key: ledger.key, sentOn: ledger.sentOn })
    .from(ledger)
    .where(fits)
    .orderBy(...newest())
    .limit(LOOKED_THROUGH);
}

function lookFrom(database: BetterSQLite3Database, fits: SQL | undefined, name: string) {
  return placesOf(database, fits).as(name);
}

/** Places in the ledger, as a part of a query. */
type Places = ReturnType<typeof lookFrom>;

/** Looks through the ledger, in a time that does not grow with it. */
export class LedgerSearch {
  readonly #connection: Database;
  readonly #database: BetterSQLite3Database;

  constructor(connection: Database) {
    this.#connection = connection;
    this.#database = drizzle(connection);
  }

  /** Lines, newest first, as they are stored. */
  lines(filter: LedgerFilter, offset: number, limit: number): LedgerFound<FoundLine> {
    const { look, rest } = this.#lookOf(filter);
    // Where the index says everything, only the lines of the page are read.
    const page = this.#database.select({ key: look.key }).from(look).orderBy(desc(look.sentOn), desc(look.key));
    const rows =
      rest.length === 0
        ? this.#ofPlaces(page.limit(limit).offset(offset).as('page') as unknown as Places)
            .orderBy(...newest())
            .all()
        : this.#ofPlaces(look, rest)
            .orderBy(...newest())
            .limit(limit)
            .offset(offset)
            .all();
    const total =
      rest.length === 0
        ? this.#countOf(look)
        : (this.#database
            .select({ lines: count() })
            .from(look)
            .crossJoin(ledger)
            .where(and(eq(ledger.key, look.key), ...rest))
            .get()?.lines ?? 0);
    return { total, rows, next: this.#next(look) };
  }

  /** Tasks, newest first; where the filter asks about lines, those that have such a line among those looked through. */
  tasks(filter: LedgerFilter, offset: number, limit: number): LedgerFound<FoundTask> {
    return asksForLines(filter) ? this.#tasksOfLines(filter, offset, limit) : this.#plainTasks(filter, offset, limit);
  }

  /** Ids of badges that lines name, in no order: each is one step in an index, however many lines name it. */
  badges(most: number): string[] {
    const next = this.#database
      .select({ value: sql<string | null>`min(${ledger.badgeId})` })
      .from(ledger)
      .where(and(isNotNull(ledger.badgeId), gt(ledger.badgeId, sql.placeholder('after'))))
      .prepare();
    return walk((after) => next.get({ after })?.value ?? null, most);
  }

  /** Purposes that occur. */
  purposes(most: number): string[] {
    const next = this.#database
      .select({ value: sql<string | null>`min(${ledger.purpose})` })
      .from(ledger)
      .where(gt(ledger.purpose, sql.placeholder('after')))
      .prepare();
    return walk((after) => next.get({ after })?.value ?? null, most);
  }

  /** The draft that a badge is, or else the badge as orgs or jobs knew it, by any id it is known by; undefined: unknown. */
  badge(id: string): { id: string; name: string } | undefined {
    const named = { id: badges.id, name: badges.name };
    return (
      this.#database.select(named).from(badges).where(eq(badges.id, id)).get() ??
      this.#database
        .select(named)
        .from(connections)
        .innerJoin(links, and(eq(links.connectionKey, connections.key), eq(links.remoteId, id)))
        .innerJoin(badges, eq(badges.key, links.badgeKey))
        .get() ??
      this.#database
        .select({ id: snapshots.remoteId, name: snapshots.name })
        .from(connections)
        .innerJoin(snapshots, and(eq(snapshots.connectionKey, connections.key), eq(snapshots.remoteId, id)))
        .get() ??
      this.#database
        .select({ id: liveJobs.remoteBadgeId, name: liveJobs.badgeName })
        .from(liveJobs)
        .where(eq(liveJobs.remoteBadgeId, id))
        .get()
    );
  }

  /** All ids by which lines name a badge. */
  idsOf(id: string): string[] {
    const linked = this.#database
      .select({ remoteId: links.remoteId })
      .from(badges)
      .innerJoin(links, eq(links.badgeKey, badges.key))
      .where(eq(badges.id, id))
      .all();
    return [...new Set([id, ...linked.map(({ remoteId }) => remoteId)])];
  }

  task(key: number): LedgerTask | undefined {
    return this.#database.select().from(ledgerTasks).where(eq(ledgerTasks.key, key)).get();
  }

  /**
   * The newest lines that come into question, as places in an index, and what each of them has to be held against. The
   * rarest that is asked for leads, and each of its values is looked through for itself, so that the order needs no
   * sorting of more than {@link LOOKED_THROUGH} places a value.
   */
  #lookOf(filter: LedgerFilter): { look: Places; rest: SQL[] } {
    const { connectionKey, badgeIds = [], outcomes, purposes = [], taskKey, reads = true } = filter;
    const leads = [
      (taskKey ?? null) === null ? [] : [eq(ledger.taskKey, taskKey as number)],
      badgeIds.map((badge) => eq(ledger.badgeId, badge)),
      purposes.map((purpose) => eq(ledger.purpose, purpose)),
      outcomes.map((outcome) => eq(ledger.outcome, outcome as FoundLine['outcome'])),
    ].filter((values) => values.length > 0);
    const [lead, ...others] = leads;
    const org = connectionKey === null ? [] : [eq(ledger.connectionKey, connectionKey)];
    const writes = reads ? [] : [WRITES];
    const parts = lead ?? [and(...org, ...writes)];
    const looks = parts.map((part, index) =>
      lookFrom(this.#database, and(part, ...timeOf(filter)), `part${String(index)}`),
    );
    return {
      look: this.#together(looks),
      rest: [
        ...(lead ? [...org, ...writes] : []),
        ...others.map((values) => sql`(${sql.join(values, sql` OR `)})`),
        ...this.#ofEachLine(filter),
      ],
    };
  }

  #together(looks: readonly Places[]): Places {
    const [first, second, ...more] = looks.map((look) => this.#database.select().from(look));
    if (!first || !second) return looks[0] as Places;
    return unionAll(first, second, ...more)
      .orderBy(...newest())
      .limit(LOOKED_THROUGH)
      .as('look') as unknown as Places;
  }

  /** What no index tells. */
  #ofEachLine({ kinds = [], endpoint, search }: LedgerFilter): SQL[] {
    const ofKinds = this.#database
      .select({ key: ledgerTasks.key })
      .from(ledgerTasks)
      .where(inArray(ledgerTasks.kind, [...kinds]));
    if (endpoint) {
      const told = (method: unknown, url: unknown): string | null => endpoint.of(String(method), String(url));
      this.#connection.function('endpoint_of', { deterministic: true }, told);
    }
    const words = search.split(/\s+/).filter(Boolean);
    return [
      ...(kinds.length === 0 ? [] : [inArray(ledger.taskKey, ofKinds)]),
      ...(endpoint ? [sql`endpoint_of(${ledger.method}, ${ledger.url}) = ${endpoint.name}`] : []),
      ...words.map((word) => sql`instr(${TEXT}, ${word.toLowerCase()}) > 0`),
    ];
  }

  /** The lines at these places. The places lead: the ledger is never gone through for them. */
  #ofPlaces(places: Places, rest: readonly SQL[] = []) {
    return this.#database
      .select(LINE)
      .from(places)
      .crossJoin(ledger)
      .where(and(eq(ledger.key, places.key), ...rest));
  }

  #countOf(places: Places): number {
    return this.#database.select({ lines: count() }).from(places).get()?.lines ?? 0;
  }

  #tasksOfLines(filter: LedgerFilter, offset: number, limit: number): LedgerFound<FoundTask> {
    const { look, rest } = this.#lookOf(filter);
    const found = this.#database
      .select({ taskKey: ledger.taskKey, matching: count().as('matching') })
      .from(look)
      .crossJoin(ledger)
      .where(and(eq(ledger.key, look.key), ...rest))
      .groupBy(ledger.taskKey)
      .as('found');
    const all = this.#database
      .select({ ...getTableColumns(ledgerTasks), matching: found.matching })
      .from(found)
      .crossJoin(ledgerTasks)
      .where(eq(ledgerTasks.key, found.taskKey))
      .orderBy(...newestTask())
      .all();
    return { total: all.length, rows: all.slice(offset, offset + limit), next: this.#next(look) };
  }

  #plainTasks(filter: LedgerFilter, offset: number, limit: number): LedgerFound<FoundTask> {
    const { connectionKey, kinds = [], from, until, before } = filter;
    const { startedOn, lastOn, key } = ledgerTasks;
    // A task is of the time in which it was at work.
    const fits = and(
      connectionKey === null ? undefined : eq(ledgerTasks.connectionKey, connectionKey),
      isGiven(from) ? gte(lastOn, from) : undefined,
      isGiven(until) ? lt(startedOn, until) : undefined,
      before ? sql`(${startedOn}, ${key}) < (${before.on}, ${before.key})` : undefined,
      kinds.length === 0 ? undefined : inArray(ledgerTasks.kind, [...kinds]),
    );
    const places = this.#database
      .select({ key, sentOn: startedOn })
      .from(ledgerTasks)
      .where(fits)
      .orderBy(...newestTask())
      .limit(LOOKED_THROUGH)
      .as('look') as unknown as Places;
    const rows = this.#database
      .select({ ...getTableColumns(ledgerTasks), matching: ledgerTasks.requests })
      .from(ledgerTasks)
      .where(fits)
      .orderBy(...newestTask())
      .limit(Math.max(0, Math.min(limit, LOOKED_THROUGH - offset)))
      .offset(offset)
      .all();
    return { total: this.#countOf(places), rows, next: this.#next(places) };
  }

  /** The last of those looked through, where there may be more of them. */
  #next(look: Places): LedgerPlace | null {
    const last = this.#database
      .select({ on: look.sentOn, key: look.key })
      .from(look)
      .orderBy(asc(look.sentOn), asc(look.key))
      .limit(1)
      .get();
    return last !== undefined && this.#countOf(look) === LOOKED_THROUGH ? last : null;
  }
}

const isGiven = (instant: Instant | null | undefined): instant is Instant => instant !== null && instant !== undefined;

function timeOf({ from, until, before }: LedgerFilter): SQL[] {
  const { sentOn, key } = ledger;
  return [
    ...(isGiven(from) ? [gte(sentOn, from)] : []),
    ...(isGiven(until) ? [lt(sentOn, until)] : []),
    ...(before ? [sql`(${sentOn}, ${key}) < (${before.on}, ${before.key})`] : []),
  ];
}

function walk(next: (after: string) => string | null, most: number): string[] {
  const found: string[] = [];
  for (let after = ''; found.length < most;) {
    const value = next(after);
    if (value === null) break;
    found.push(value);
    after = value;
  }
  return found;
}
