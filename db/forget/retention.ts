import type { Database } from 'better-sqlite3';
import {
  and,
  count,
  eq,
  exists,
  inArray,
  isNotNull,
  isNull,
  lt,
  ne,
  notExists,
  notInArray,
  or,
  type SQL,
} from 'drizzle-orm';
import { drizzle, type BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { DAY, type Instant } from '../../shared/domain/instant';
import type { Retained, Retention } from '../../shared/ipc/forget-contract';
import { badges, ledger, ledgerTasks, links, liveJobs, settings, simulations } from '../workspace/schema';

/** Rows that are given up in one transaction. */
const PORTION = 1_000;

/** A job that is not over may still have to look up what became of its requests. */
const OVER = ['done', 'cancelled'] as const;

/**
 * Gives up what is older than a person wants to keep. What is still needed stays, however old: requests on their way, those
 * of live jobs that are not over, and creates of badges that are not linked yet, without which one could be made twice.
 */
export class RetentionStore {
  readonly #connection: Database;
  readonly #database: BetterSQLite3Database;

  constructor(connection: Database) {
    this.#connection = connection;
    this.#database = drizzle(connection);
  }

  /** How many rows of a kind are older than so many days. */
  count(what: Retained, days: number, now: Instant): number {
    const before = now - days * DAY;
    const rows = { rows: count() };
    switch (what) {
      case 'activity':
        return this.#database.select(rows).from(ledger).where(this.#oldLines(before)).get()?.rows ?? 0;
      case 'jobs':
        return this.#database.select(rows).from(liveJobs).where(oldJobs(before)).get()?.rows ?? 0;
      case 'results':
        return this.#database.select(rows).from(simulations).where(lt(simulations.ranOn, before)).get()?.rows ?? 0;
    }
  }

  /** Gives up one portion of everything that is too old. @returns how many rows went; 0: nothing is left to do */
  giveUpSome(retention: Retention, now: Instant): number {
    return this.#connection
      .transaction(() =>
        (['activity', 'jobs', 'results'] as const).reduce((sum, what) => {
          const days = retention[what];
          return days === null ? sum : sum + this.#giveUp(what, now - days * DAY);
        }, 0),
      )
      .immediate();
  }

  #giveUp(what: Retained, before: Instant): number {
    const database = this.#database;
    switch (what) {
      case 'activity': {
        const old = database
          .select({ key: ledger.key })
          .from(ledger)
          .where(this.#oldLines(before))
          .limit(PORTION)
          .all();
        const went = database
          .delete(ledger)
          .where(inArray(ledger.key, keysOf(old)))
          .run().changes;
        if (went === 0) this.#giveUpTasks(before);
        return went;
      }
      case 'jobs': {
        const old = database.select({ key: liveJobs.key }).from(liveJobs).where(oldJobs(before)).limit(PORTION).all();
        const keys = keysOf(old);
        database
          .delete(settings)
          .where(
            inArray(
              settings.name,
              keys.flatMap((key) => [`jobOrigin:${String(key)}`, `liveJobForm:${String(key)}`]),
            ),
          )
          .run();
        return database.delete(liveJobs).where(inArray(liveJobs.key, keys)).run().changes;
      }
      case 'results': {
        const { key, ranOn } = simulations;
        const old = database.select({ key }).from(simulations).where(lt(ranOn, before)).limit(PORTION).all();
        return database
          .delete(simulations)
          .where(inArray(key, keysOf(old)))
          .run().changes;
      }
    }
  }

  /** Tasks none of whose requests is left. */
  #giveUpTasks(before: Instant): void {
    const left = this.#database.select({ key: ledger.key }).from(ledger).where(eq(ledger.taskKey, ledgerTasks.key));
    const old = this.#database
      .select({ key: ledgerTasks.key })
      .from(ledgerTasks)
      .where(and(lt(ledgerTasks.lastOn, before), notExists(left)))
      .all();
    for (let first = 0; first < old.length; first += PORTION) {
      const keys = keysOf(old.slice(first, first + PORTION));
      const names = keys.map((key) => `pushOrigin:${String(key)}`);
      this.#database.delete(settings).where(inArray(settings.name, names)).run();
      this.#database.delete(ledgerTasks).where(inArray(ledgerTasks.key, keys)).run();
    }
  }

  #oldLines(before: Instant): SQL | undefined {
    const openJobs = this.#database
      .select({ key: liveJobs.key })
      .from(liveJobs)
      .where(notInArray(liveJobs.state, [...OVER]));
    const linked = this.#database
      .select({ key: links.badgeKey })
      .from(links)
      .innerJoin(badges, eq(badges.key, links.badgeKey))
      .where(and(eq(badges.id, ledger.badgeId), eq(links.connectionKey, ledger.connectionKey)));
    return and(
      lt(ledger.sentOn, before),
      ne(ledger.outcome, 'sending'),
      or(isNull(ledger.jobKey), notInArray(ledger.jobKey, openJobs)),
      or(ne(ledger.purpose, 'create'), eq(ledger.outcome, 'failed'), exists(linked)),
    );
  }
}

const keysOf = (rows: readonly { key: number }[]): number[] => rows.map(({ key }) => key);

const oldJobs = (before: Instant): SQL | undefined =>
  and(inArray(liveJobs.state, [...OVER]), isNotNull(liveJobs.endedOn), lt(liveJobs.endedOn, before));
