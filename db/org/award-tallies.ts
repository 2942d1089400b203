import type { Database, Statement } from 'better-sqlite3';
import type { CountedBy, Span } from '../../shared/domain/org';
import { InstantTally } from './instant-tally';

interface BadgeTally {
  earnedOn: InstantTally;
  eventDate: InstantTally;
}

interface InstantCount {
  earned_on: number;
  event_date: number;
  count: number;
}

/** Tallies kept at a time; a badge beyond that is counted anew when it is asked for. */
const MOST_TALLIES = 200;

/** The instant at which a request's awards count as earned: an imported one at its event date (semantics M1). */
export const EARNED_ON = `CASE requests.kind WHEN 'import' THEN requests.event_date ELSE requests.processed_on END`;

/**
 * How many awards of a badge count, by either date, without looking at the awards: counted once from the requests, then
 * kept in step by whoever records and revokes.
 */
export class AwardTallies {
  readonly #tallies = new Map<number, BadgeTally>();
  readonly #made: Statement<[number], InstantCount>;
  readonly #revoked: Statement<[number], InstantCount>;

  constructor(connection: Database) {
    this.#made = connection.prepare(
      `SELECT ${EARNED_ON} AS earned_on, event_date, succeeded AS count FROM requests
       WHERE badge_key = ? AND kind IN ('earn', 'earnBulk', 'import') AND state = 'answered'`,
    );
    this.#revoked = connection.prepare(
      `SELECT ${EARNED_ON} AS earned_on, event_date, count(*) AS count
       FROM awards JOIN requests ON requests.key = awards.request_key
       WHERE awards.badge_key = ? AND revoked_on IS NOT NULL GROUP BY awards.request_key`,
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
      tally.earnedOn.add(row.earned_on, row.count);
      tally.eventDate.add(row.event_date, row.count);
    }
    if (!revokedCount) {
      for (const row of this.#revoked.iterate(badgeKey)) {
        tally.earnedOn.add(row.earned_on, -row.count);
        tally.eventDate.add(row.event_date, -row.count);
      }
    }
    const oldest = this.#tallies.keys().next();
    if (this.#tallies.size >= MOST_TALLIES && !oldest.done) this.#tallies.delete(oldest.value);
    this.#tallies.set(badgeKey, tally);
    return tally;
  }
}
