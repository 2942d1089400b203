import type { Database } from 'better-sqlite3';
import { and, count, desc, eq, gte, lt, ne, or, sql, sum, type SQL } from 'drizzle-orm';
import { drizzle, type BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { given } from '../given';
import { lazily } from '../lazily';
import { EARNED_ON } from './award-tallies';
import { awards, badges, claims, enrolments, requests } from './schema';

/** How much an org holds. Records count from the day they were made, revoked ones included (semantics N1). */
export interface OrgTotals {
  badges: number;
  /** Active ones. */
  claims: number;
  enrolments: number;
  awards: number;
}

/** Only records that fit; null: any. */
export interface RecordFilter {
  badgeId: string | null;
  customerId: number | null;
}

// Awards have all columns of enrolments.
const TABLES = { enrolment: enrolments, award: awards as unknown as typeof enrolments };
const COUNTS = { enrolment: badges.issuedCount, award: badges.earnedCount };

type RecordKind = keyof typeof TABLES;

function prepareQueries(connection: Database) {
  const database = drizzle(connection);
  const activeClaims = (ofBadge?: SQL): SQL<number> =>
    sql<number>`${database
      .select({ count: count() })
      .from(claims)
      .where(and(ofBadge, eq(claims.isActive, true)))}`;
  const select = () =>
    database
      .select({
        id: badges.id,
        name: badges.name,
        startOn: badges.startOn,
        expiresOn: badges.expiresOn,
        earnType: badges.earnType,
        active: badges.active,
        claims: activeClaims(eq(claims.badgeKey, badges.key)),
        issuedCount: badges.issuedCount,
        earnedCount: badges.earnedCount,
      })
      .from(badges);
  const search = sql`lower(${sql.placeholder('search')})`;
  const fits = or(sql`instr(lower(${badges.name}), ${search}) > 0`, sql`instr(${badges.id}, ${search}) > 0`);
  return lazily({
    totals: () =>
      database
        .select({
          badges: count(),
          enrolments: sum(badges.issuedCount).mapWith(Number),
          awards: sum(badges.earnedCount).mapWith(Number),
          claims: activeClaims(),
        })
        .from(badges)
        .prepare(),
    count: () => database.select({ count: count() }).from(badges).where(fits).prepare(),
    page: () =>
      select()
        .where(fits)
        .orderBy(desc(badges.key))
        .limit(sql.placeholder('limit'))
        .offset(sql.placeholder('offset'))
        .prepare(),
    badge: () =>
      select()
        .where(eq(badges.id, given(badges.id, 'id')))
        .prepare(),
  });
}

export type BadgeListing = NonNullable<ReturnType<ReturnType<typeof prepareQueries>['badge']['get']>>;
export type RecordListing = ReturnType<ReturnType<typeof recordsQuery>['all']>[number];

/** What an org holds, page by page, for people to look at. */
export class OrgListing {
  readonly #database: BetterSQLite3Database;
  readonly #queries: ReturnType<typeof prepareQueries>;

  constructor(connection: Database) {
    this.#database = drizzle(connection);
    this.#queries = prepareQueries(connection);
  }

  totals(): OrgTotals {
    const found = this.#queries.totals.get();
    return {
      badges: found?.badges ?? 0,
      claims: found?.claims ?? 0,
      enrolments: found?.enrolments ?? 0,
      awards: found?.awards ?? 0,
    };
  }

  /** Badges whose name or id contains the text, newest first. */
  badges(search: string, offset: number, limit: number): { total: number; rows: BadgeListing[] } {
    return {
      total: this.#queries.count.get({ search })?.count ?? 0,
      rows: this.#queries.page.all({ search, offset, limit }),
    };
  }

  badge(id: string): BadgeListing | undefined {
    return this.#queries.badge.get({ id });
  }

  /** Enrolments or awards, newest first. */
  records(
    kind: RecordKind,
    filter: RecordFilter,
    offset: number,
    limit: number,
  ): { total: number; rows: RecordListing[] } {
    return {
      total: this.#count(kind, filter),
      rows: recordsQuery(this.#database, kind, filter, offset, limit).all(),
    };
  }

  /** Without a customer the badges' own counters know it, whatever millions of records there are. */
  #count(kind: RecordKind, { badgeId, customerId }: RecordFilter): number {
    if (customerId === null) {
      const ofBadge = badgeId === null ? undefined : eq(badges.id, badgeId);
      const made = { count: sum(COUNTS[kind]).mapWith(Number) };
      return this.#database.select(made).from(badges).where(ofBadge).get()?.count ?? 0;
    }
    const table = TABLES[kind];
    const ofBadge = badgeId === null ? undefined : eq(table.badgeKey, keyOf(this.#database, badgeId));
    const fits = and(eq(table.customerId, customerId), ofBadge);
    return this.#database.select({ count: count() }).from(table).where(fits).get()?.count ?? 0;
  }
}

function keyOf(database: BetterSQLite3Database, badgeId: string): SQL {
  return sql`${database.select({ key: badges.key }).from(badges).where(eq(badges.id, badgeId))}`;
}

/**
 * A page of records, newest first. Those of one badge are reached through its requests, whose records have consecutive
 * keys: no index on the records themselves is needed, which would cost every award, and none is read past the page.
 */
export function recordsQuery(
  database: BetterSQLite3Database,
  kind: RecordKind,
  { badgeId, customerId }: RecordFilter,
  offset: number,
  limit: number,
) {
  const table = TABLES[kind];
  const record = sql<number>`${table.key}`.as('record');
  const keys = () => {
    if (customerId === null && badgeId !== null) {
      return database
        .select({ record })
        .from(requests)
        .crossJoin(table)
        .where(
          and(
            gte(table.key, requests.firstKey),
            lt(table.key, sql`${requests.firstKey} + ${requests.succeeded}`),
            eq(requests.badgeKey, keyOf(database, badgeId)),
            kind === 'enrolment' ? eq(requests.kind, 'issueBulk') : ne(requests.kind, 'issueBulk'),
            eq(requests.state, 'answered'),
          ),
        )
        .orderBy(desc(requests.key), desc(table.key));
    }
    return database
      .select({ record })
      .from(table)
      .where(
        and(
          customerId === null ? undefined : eq(table.customerId, customerId),
          badgeId === null ? undefined : eq(table.badgeKey, keyOf(database, badgeId)),
        ),
      )
      .orderBy(desc(table.key));
  };
  const page = keys().limit(limit).offset(offset).as('page');
  return database
    .select({
      key: table.key,
      badgeId: badges.id,
      badgeName: badges.name,
      customerId: table.customerId,
      recordedOn: EARNED_ON,
      eventDate: requests.eventDate,
      expiresOn: requests.expiresOn,
      revokedOn: table.revokedOn,
      ownerType: requests.ownerType,
      referenceId: requests.referenceId,
      requestId: requests.requestId,
    })
    .from(page)
    .crossJoin(table)
    .innerJoin(requests, eq(requests.key, table.requestKey))
    .innerJoin(badges, eq(badges.key, table.badgeKey))
    .where(eq(table.key, page.record))
    .orderBy(desc(table.key));
}
