import type { Database } from 'better-sqlite3';
import { and, asc, desc, eq, exists, gt, gte, lt, ne, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { alias } from 'drizzle-orm/sqlite-core';
import { DAY, type Instant } from '../../shared/domain/instant';
import { given, givenColumns } from '../given';
import { lazily } from '../lazily';
import { awardCounts, countedBadges } from './schema';

/** A badge of a live org, and how many awards the org says were ever made of it. */
export interface CountedBadge {
  remoteId: string;
  name: string;
  awards: number;
}

/** How many awards an org said there were of a badge at an instant. */
export interface AwardCount {
  readOn: Instant;
  awards: number;
}

/** Days of which one count each is kept; of those before, one of each week. */
const DAILY = 91;

const dayOf = (at: Instant): number => Math.floor(at / DAY);

function prepareQueries(connection: Database) {
  const database = drizzle(connection);
  const later = alias(awardCounts, 'later');
  const ofOrg = eq(countedBadges.connectionKey, given(countedBadges.connectionKey, 'connectionKey'));
  const ofBadge = eq(awardCounts.badgeKey, given(awardCounts.badgeKey, 'badgeKey'));
  // The epoch was a Thursday: weeks begin on Mondays.
  const weekOf = (table: typeof awardCounts | typeof later) => sql`(${table.day} + 3) / 7`;
  const heard = () =>
    database
      .select({ readOn: awardCounts.readOn, awards: awardCounts.awards })
      .from(awardCounts)
      .innerJoin(countedBadges, eq(countedBadges.key, awardCounts.badgeKey));
  return lazily({
    badge: () =>
      database
        .select({ key: countedBadges.key, name: countedBadges.name })
        .from(countedBadges)
        .where(and(ofOrg, eq(countedBadges.remoteId, given(countedBadges.remoteId, 'remoteId'))))
        .prepare(),
    addBadge: () =>
      database
        .insert(countedBadges)
        .values(givenColumns(countedBadges, 'connectionKey', 'remoteId', 'name'))
        .prepare(),
    rename: () =>
      database
        .update(countedBadges)
        .set(givenColumns(countedBadges, 'name'))
        .where(eq(countedBadges.key, given(countedBadges.key, 'key')))
        .prepare(),
    lastDay: () =>
      database
        .select({ day: awardCounts.day })
        .from(awardCounts)
        .where(ofBadge)
        .orderBy(desc(awardCounts.day))
        .limit(1)
        .prepare(),
    put: () =>
      database
        .insert(awardCounts)
        .values(givenColumns(awardCounts, 'badgeKey', 'day', 'readOn', 'awards'))
        .onConflictDoUpdate({
          target: [awardCounts.badgeKey, awardCounts.day],
          set: givenColumns(awardCounts, 'readOn', 'awards'),
          setWhere: sql`${awardCounts.readOn} <= ${given(awardCounts.readOn, 'readOn')}`,
        })
        .prepare(),
    thin: () =>
      database
        .delete(awardCounts)
        .where(
          and(
            ofBadge,
            gte(awardCounts.day, given(awardCounts.day, 'from')),
            lt(awardCounts.day, given(awardCounts.day, 'to')),
            exists(
              database
                .select({ day: later.day })
                .from(later)
                .where(
                  and(
                    eq(later.badgeKey, awardCounts.badgeKey),
                    gt(later.day, awardCounts.day),
                    sql`${weekOf(later)} = ${weekOf(awardCounts)}`,
                  ),
                ),
            ),
          ),
        )
        .prepare(),
    before: () =>
      heard()
        .where(
          and(
            ofOrg,
            eq(countedBadges.remoteId, given(countedBadges.remoteId, 'remoteId')),
            lt(awardCounts.day, given(awardCounts.day, 'day')),
          ),
        )
        .orderBy(asc(awardCounts.day))
        .prepare(),
    namesake: () =>
      heard()
        .where(
          and(
            ofOrg,
            eq(countedBadges.name, given(countedBadges.name, 'name')),
            ne(countedBadges.remoteId, given(countedBadges.remoteId, 'remoteId')),
          ),
        )
        .orderBy(desc(awardCounts.readOn))
        .limit(1)
        .prepare(),
    forget: () => database.delete(countedBadges).where(ofOrg).prepare(),
  });
}

/**
 * How many awards live orgs said there are of their badges, day by day: what a forecast is held against between two answers.
 * Of a badge and a day the last answer is kept; of weeks that are longer ago than a quarter, the last answer of each.
 */
export class AwardCountStore {
  readonly #connection: Database;
  readonly #queries: ReturnType<typeof prepareQueries>;

  constructor(connection: Database) {
    this.#connection = connection;
    this.#queries = prepareQueries(connection);
  }

  /** Keeps what an org said of badges at one instant. */
  note(connectionKey: number, readOn: Instant, counted: readonly CountedBadge[]): void {
    this.#connection.transaction(() => {
      for (const { remoteId, name, awards } of counted)
        this.#put(this.#badgeKey(connectionKey, remoteId, name), readOn, awards);
    })();
  }

  #badgeKey(connectionKey: number, remoteId: string, name: string): number {
    const known = this.#queries.badge.get({ connectionKey, remoteId });
    if (known === undefined)
      return Number(this.#queries.addBadge.run({ connectionKey, remoteId, name }).lastInsertRowid);
    if (known.name !== name) this.#queries.rename.run({ key: known.key, name });
    return known.key;
  }

  #put(badgeKey: number, readOn: Instant, awards: number): void {
    const day = dayOf(readOn);
    const last = this.#queries.lastDay.get({ badgeKey })?.day ?? day;
    this.#queries.put.run({ badgeKey, day, readOn, awards });
    // What grew old since the last answer, with the week of which a part was old before.
    if (day > last) this.#queries.thin.run({ badgeKey, from: last - DAILY - 7, to: day - DAILY });
  }

  /** What was kept of a badge of the days before that of an instant, the oldest first. */
  before(connectionKey: number, remoteId: string, at: Instant): AwardCount[] {
    return this.#queries.before.all({ connectionKey, remoteId, day: dayOf(at) });
  }

  /** The last that was heard of another badge that had this name; null: there was none. */
  namesake(connectionKey: number, remoteId: string, name: string): AwardCount | null {
    return this.#queries.namesake.get({ connectionKey, remoteId, name }) ?? null;
  }

  /** Forgets what an org said, since the connection leads to another one. */
  forget(connectionKey: number): void {
    this.#queries.forget.run({ connectionKey });
  }
}
