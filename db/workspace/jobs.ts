import type { Database } from 'better-sqlite3';
import { eq, inArray } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { Instant } from '../../shared/domain/instant';
import { jobs } from './schema';

export interface UnfinishedJob {
  key: number;
  title: string;
  requestId: string | null;
  startedOn: Instant;
  /** Why it failed, in sentences; null where nobody could note it. */
  cause: string | null;
}

/** Notes long work before it starts and strikes it out when it has ended, so that the next start knows what a kill cut short. */
export class JobStore {
  readonly #connection: Database;

  constructor(connection: Database) {
    this.#connection = connection;
  }

  /**
   * @param title what is being done, for people: `Award of Summer visitor to customers.csv`
   * @param requestId the request it makes in the org file, if it makes one
   * @returns the key to end it with
   */
  begin(title: string, now: Instant, requestId: string | null = null): number {
    const { lastInsertRowid } = drizzle(this.#connection)
      .insert(jobs)
      .values({ title, requestId, startedOn: now })
      .run();
    return Number(lastInsertRowid);
  }

  end(key: number): void {
    drizzle(this.#connection).delete(jobs).where(eq(jobs.key, key)).run();
  }

  /** Notes why a job failed that could not be struck out when it did. */
  fail(key: number, cause: string): void {
    drizzle(this.#connection).update(jobs).set({ cause }).where(eq(jobs.key, key)).run();
  }

  /** What earlier starts left under way, to be forgotten once a person was told. Call before any job begins. */
  unfinished(): readonly UnfinishedJob[] {
    return drizzle(this.#connection).select().from(jobs).all();
  }

  forget(told: readonly Pick<UnfinishedJob, 'key'>[]): void {
    const keys = told.map(({ key }) => key);
    drizzle(this.#connection).delete(jobs).where(inArray(jobs.key, keys)).run();
  }
}
