import type { Database, Statement } from 'better-sqlite3';
import { and, eq, inArray, isNotNull, sql, type SQL } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { CountedBy, Span } from '../../shared/domain/org';
import { prepareForDriver } from '../driver-statements';
import { given } from '../given';
import { InstantTally } from './instant-tally';
import { awards, requests } from './schema';

interface BadgeTally {
  earnedOn: InstantTally;
  eventDate: InstantTally;
}

interface InstantCount {
  earnedOn: number;
  eventDate: number;
  count: number;
}

/** Tallies kept at a time; a badge beyond that is counted anew when it is asked for. */
const MOST_TALLIES = 200;

/** The instant at which a request's awards count as earned: an imported one at its event date (semantics M1). */
export const EARNED_ON: SQL<number> = sql`CASE ${requests.kind} WHEN 'import' THEN ${requests.eventDate} ELSE ${requests.processedOn} END`;

/**
 * How many awards of a badge count, by either date, without looking at the awards: counted once from the requests, then
 * kept in step by whoever records and revokes.
 */
export class AwardTallies {
  readonly #tallies = new Map<number, BadgeTally>();
  readonly #made: Statement<[number], InstantCount>;
  readonly #revoked: Statement<[number], InstantCount>;

  constructor(connection: Database) {
    const database = drizzle(connection);
    // The builder cannot read row by row, and an org may have millions of requests.
    this.#made = prepareForDriver(
      connection,
      database
        .select({
          earnedOn: EARNED_ON.as('earnedOn'),
          eventDate: sql`${requests.eventDate}`.as('eventDate'),
          count: sql`${requests.succeeded}`.as('count'),
        })
        .from(requests)
        .where(
          and(
            eq(requests.badgeKey, given(requests.badgeKey, 'badgeKey')),
            inArray(requests.kind, ['earn', 'earnBulk', 'import']),
            eq(requests.state, 'answered'),
          ),
        ),
      'badgeKey',
    );
    this.#revoked = prepareForDriver(
      connection,
      database
        .select({
          earnedOn: EARNED_ON.as('earnedOn'),
          eventDate: sql`${requests.eventDate}`.as('eventDate'),
          count: sql`count(*)`.as('count'),
        })
        .from(awards)
        .innerJoin(requests, eq(requests.key, awards.requestKey))
        .where(and(eq(awards.badgeKey, given(awards.badgeKey, 'badgeKey')), isNotNull(awards.revokedOn)))
        .groupBy(awards.requestKey),
      'badgeKey',
    );
  }

  forget(): void {
    this.#tallies.clear();
  }

  /** @param revokedCount whether revoked awards go on counting (semantics R2) */
  count(badgeKey: number, by: CountedBy, span: Span | null, revokedCount: boolean): number {
    return (this.#tallies.get(badgeKey) ?? this.#load(badgeKey, revokedCount))[by].count(span);
  }

  /** Keeps a loaded tally in step; one that is not loaded will see the change in the store. */
  add(badgeKey: number, earnedOn: number, eventDate: number, count: number): void {
    const tally = this.#tallies.get(badgeKey);
    if (!tally) return;
    tally.earnedOn.add(earnedOn, count);
    tally.eventDate.add(eventDate, count);
  }

  #load(badgeKey: number, revokedCount: boolean): BadgeTally {
    const tally: BadgeTally = { earnedOn: new InstantTally(), eventDate: new InstantTally() };
    for (const row of this.#made.iterate(badgeKey)) {
      tally.earnedOn.add(row.earnedOn, row.count);
      tally.eventDate.add(row.eventDate, row.count);
    }
    if (!revokedCount) {
      for (const row of this.#revoked.iterate(badgeKey)) {
        tally.earnedOn.add(row.earnedOn, -row.count);
        tally.eventDate.add(row.eventDate, -row.count);
      }
    }
    const oldest = this.#tallies.keys().next();
    if (this.#tallies.size >= MOST_TALLIES && !oldest.done) this.#tallies.delete(oldest.value);
    this.#tallies.set(badgeKey, tally);
    return tally;
  }
}
