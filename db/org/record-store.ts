import type { Database, Statement } from 'better-sqlite3';
import type { Award, Enrolment, Provenance, Span } from '../../shared/domain/org';
import { EARNED_ON } from './award-tallies';

export type EnrolmentRecord = Enrolment & Provenance & { badgeKey: number; requestKey: number };
export type AwardRecord = Award & Provenance & { badgeKey: number; requestKey: number };

interface RecordRow {
  key: number;
  badge_key: number;
  customer_id: number;
  request_key: number;
  recorded_on: number;
  event_date: number;
  expires_on: number;
  revoked_on: number | null;
  owner_type: string;
  reference_id: string | null;
}

interface AwardRow extends RecordRow {
  enrolment_key: number | null;
}

const ENROLMENTS = `SELECT enrolments.key, enrolments.badge_key, customer_id, request_key, processed_on AS recorded_on, event_date,
  expires_on, revoked_on, owner_type, reference_id FROM enrolments JOIN requests ON requests.key = enrolments.request_key`;
const AWARDS = `SELECT awards.key, awards.badge_key, customer_id, request_key, ${EARNED_ON} AS recorded_on, event_date, expires_on,
  revoked_on, owner_type, reference_id, enrolment_key FROM awards JOIN requests ON requests.key = awards.request_key`;

function readEnrolment(row: RecordRow): EnrolmentRecord {
  return {
    key: row.key,
    badgeKey: row.badge_key,
    customerId: row.customer_id,
    requestKey: row.request_key,
    issuedOn: row.recorded_on,
    eventDate: row.event_date,
    expiresOn: row.expires_on,
    revokedOn: row.revoked_on,
    ownerType: row.owner_type,
    referenceId: row.reference_id,
  };
}

function readAward(row: AwardRow): AwardRecord {
  return {
    key: row.key,
    badgeKey: row.badge_key,
    customerId: row.customer_id,
    requestKey: row.request_key,
    earnedOn: row.recorded_on,
    eventDate: row.event_date,
    expiresOn: row.expires_on,
    enrolmentKey: row.enrolment_key,
    revokedOn: row.revoked_on,
    ownerType: row.owner_type,
    referenceId: row.reference_id,
  };
}

/** Enrolments and awards of an org; a record's dates are those of the request that made it. */
export class RecordStore {
  readonly #connection: Database;
  readonly #enrolmentsOf: Statement<[number, number], RecordRow>;
  readonly #awardsOf: Statement<[number, number], AwardRow>;
  readonly #enrolment: Statement<[number], RecordRow>;
  readonly #award: Statement<[number], AwardRow>;
  readonly #insertEnrolment: Statement<[number, number, number, number]>;
  readonly #insertAward: Statement<[number, number, number, number, number | null]>;
  readonly #revokeEnrolment: Statement<[number, number]>;
  readonly #revokeAward: Statement<[number, number]>;
  readonly #badgeKeysOf: Statement<[number, number], number>;
  readonly #lastEnrolment: Statement<[], number>;
  readonly #lastAward: Statement<[], number>;

  constructor(connection: Database) {
    this.#connection = connection;
    this.#enrolmentsOf = connection.prepare(
      `${ENROLMENTS} WHERE customer_id = ? AND enrolments.badge_key = ? ORDER BY enrolments.key`,
    );
    this.#awardsOf = connection.prepare(`${AWARDS} WHERE customer_id = ? AND awards.badge_key = ? ORDER BY awards.key`);
    this.#enrolment = connection.prepare(`${ENROLMENTS} WHERE enrolments.key = ?`);
    this.#award = connection.prepare(`${AWARDS} WHERE awards.key = ?`);
    this.#insertEnrolment = connection.prepare(
      'INSERT INTO enrolments (key, badge_key, customer_id, request_key) VALUES (?, ?, ?, ?)',
    );
    this.#insertAward = connection.prepare(
      'INSERT INTO awards (key, badge_key, customer_id, request_key, enrolment_key) VALUES (?, ?, ?, ?, ?)',
    );
    this.#revokeEnrolment = connection.prepare(
      'UPDATE enrolments SET revoked_on = ? WHERE key = ? AND revoked_on IS NULL',
    );
    this.#revokeAward = connection.prepare('UPDATE awards SET revoked_on = ? WHERE key = ? AND revoked_on IS NULL');
    this.#badgeKeysOf = connection
      .prepare<[number, number], number>(
        'SELECT badge_key FROM enrolments WHERE customer_id = ? UNION SELECT badge_key FROM awards WHERE customer_id = ?',
      )
      .pluck();
    this.#lastEnrolment = connection.prepare<[], number>('SELECT coalesce(max(key), 0) FROM enrolments').pluck();
    this.#lastAward = connection.prepare<[], number>('SELECT coalesce(max(key), 0) FROM awards').pluck();
  }

  enrolmentsOf(badgeKey: number, customerId: number): EnrolmentRecord[] {
    return this.#enrolmentsOf.all(customerId, badgeKey).map(readEnrolment);
  }

  awardsOf(badgeKey: number, customerId: number): AwardRecord[] {
    return this.#awardsOf.all(customerId, badgeKey).map(readAward);
  }

  enrolment(key: number): EnrolmentRecord | undefined {
    const row = this.#enrolment.get(key);
    return row && readEnrolment(row);
  }

  award(key: number): AwardRecord | undefined {
    const row = this.#award.get(key);
    return row && readAward(row);
  }

  /**
   * Awards of a badge, latest request first and within it the latest award first, from request `requestKey` backwards;
   * of that request itself only those with keys below `endKey`.
   */
  *awardsBackwards(badgeKey: number, requestKey: number, endKey: number): Generator<AwardRecord> {
    const requests = this.#connection
      .prepare<[number, number], { key: number; first_key: number; succeeded: number }>(
        `SELECT key, first_key, succeeded FROM requests
         WHERE badge_key = ? AND key <= ? AND kind <> 'issueBulk' AND state = 'answered' AND succeeded > 0 ORDER BY key DESC`,
      )
      .all(badgeKey, requestKey);
    for (const request of requests) {
      const end = request.key === requestKey ? endKey : request.first_key + request.succeeded;
      for (let key = end - 1; key >= request.first_key; key--) {
        const award = this.award(key);
        if (award) yield award;
      }
    }
  }

  /** How many awards of a badge were earned at which instant of a span, by requests before `requestKey`; newest first. */
  awardInstants(
    badgeKey: number,
    requestKey: number,
    span: Span,
    revokedCount: boolean,
  ): readonly { earnedOn: number; count: number }[] {
    return this.#connection
      .prepare<Record<string, number>, { earnedOn: number; count: number }>(
        `SELECT earnedOn, sum(count) AS count FROM (
           SELECT ${EARNED_ON} AS earnedOn, succeeded AS count FROM requests
            WHERE badge_key = @badgeKey AND key < @requestKey AND kind <> 'issueBulk' AND state = 'answered'
           UNION ALL
           SELECT ${EARNED_ON}, -1 FROM awards JOIN requests ON requests.key = awards.request_key
            WHERE awards.badge_key = @badgeKey AND revoked_on IS NOT NULL AND requests.key < @requestKey AND NOT @revokedCount
         ) WHERE earnedOn >= @from AND earnedOn < @to GROUP BY earnedOn ORDER BY earnedOn DESC`,
      )
      .all({ badgeKey, requestKey, from: span.from, to: span.to, revokedCount: revokedCount ? 1 : 0 });
  }

  badgeKeysOf(customerId: number): readonly number[] {
    return this.#badgeKeysOf.all(customerId, customerId);
  }

  /** The key that the next record gets; the records of one request follow each other. */
  nextKey(kind: 'enrolment' | 'award'): number {
    return ((kind === 'enrolment' ? this.#lastEnrolment : this.#lastAward).get() ?? 0) + 1;
  }

  addEnrolment(key: number, badgeKey: number, customerId: number, requestKey: number): void {
    this.#insertEnrolment.run(key, badgeKey, customerId, requestKey);
  }

  addAward(key: number, badgeKey: number, customerId: number, requestKey: number, enrolmentKey: number | null): void {
    this.#insertAward.run(key, badgeKey, customerId, requestKey, enrolmentKey);
  }

  /** @returns whether it was not revoked before */
  revokeEnrolment(key: number, on: number): boolean {
    return this.#revokeEnrolment.run(on, key).changes === 1;
  }

  /** @returns whether it was not revoked before */
  revokeAward(key: number, on: number): boolean {
    return this.#revokeAward.run(on, key).changes === 1;
  }
}
