import type { Database } from 'better-sqlite3';
import { eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { Instant } from '../../shared/domain/instant';
import { jobs } from './schema';

/** Notes long work before it starts and strikes it out when it has ended, so that the next start knows what a kill cut short. */
export class JobStore {
  readonly #connection: Database;

  constructor(connection: Database) {
    this.#connection = connection;
  }

  /**
   * @param title what is being done, for people: `Award of Summer visitor to customers.csv`
   * @returns the key to end it with
   */
  begin(title: string, now: Instant): number {
    const { lastInsertRowid } = drizzle(this.#connection).insert(jobs).values({ title, startedOn: now }).run();
    return Number(lastInsertRowid);
  }

  end(key: number): void {
    drizzle(this.#connection).delete(jobs).where(eq(jobs.key, key)).run();
  }

  /** What an earlier start left under way; forgotten once told. Call before any job begins. */
  takeUnfinished(): readonly { title: string; startedOn: Instant }[] {
    return drizzle(this.#connection).delete(jobs).returning({ title: jobs.title, startedOn: jobs.startedOn }).all();
  }
}
