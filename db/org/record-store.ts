import type { Database, Statement } from 'better-sqlite3';
import type { Award, Enrolment, Provenance, Span } from '../../shared/domain/org';
import { EARNED_ON } from './award-tallies';

export type EnrolmentRecord = Enrolment & Provenance & { badgeKey: number; requestKey: number };
export type AwardRecord = Award & Provenance & { badgeKey: number; requestKey: number };

const NO_RECORDS: readonly never[] = [];

/** What all records of one request have in common. */
type Origin = Provenance & { recordedOn: number; eventDate: number; expiresOn: number };

/** Key, request, revocation and, for awards, enrolment: all that is read of a record, from the index alone. */
type IndexRow = [key: number, requestKey: number, revokedOn: number | null, enrolmentKey: number | null];

interface WholeRow {
  badge_key: number;
  customer_id: number;
  request_key: number;
  revoked_on: number | null;
  enrolment_key: number | null;
}

interface OriginRow {
  recorded_on: number;
  event_date: number;
  expires_on: number;
  owner_type: string;
  reference_id: string | null;
}

/** Requests whose facts are kept at hand; then the memory is cleared and fills again. */
const MOST_ORIGINS = 10_000;

/** Enrolments and awards of an org; a record's dates are those of the request that made it. */
export class RecordStore {
  readonly #connection: Database;
  readonly #origins = new Map<number, Origin>();
  readonly #origin: Statement<[number], OriginRow>;
  readonly #enrolmentsOf: Statement<[number, number], IndexRow>;
  readonly #awardsOf: Statement<[number, number], IndexRow>;
  readonly #enrolment: Statement<[number], WholeRow>;
  readonly #award: Statement<[number], WholeRow>;
  readonly #insertEnrolment: Statement<[number, number, number, number]>;
  readonly #insertAward: Statement<[number, number, number, number, number | null]>;
  readonly #revokeEnrolment: Statement<[number, number]>;
  readonly #revokeAward: Statement<[number, number]>;
  readonly #badgeKeysOf: Statement<[number, number], number>;
  readonly #lastEnrolment: Statement<[], number>;
  readonly #lastAward: Statement<[], number>;

  constructor(connection: Database) {
    this.#connection = connection;
    this.#origin = connection.prepare(
      `SELECT ${EARNED_ON} AS recorded_on, event_date, expires_on, owner_type, reference_id FROM requests WHERE key = ?`,
    );
    // Sorted here instead of by SQLite: a customer seldom has two, and its ORDER BY costs each look-up as much again.
    this.#enrolmentsOf = connection
      .prepare<[number, number], IndexRow>(
        'SELECT key, request_key, revoked_on, NULL FROM enrolments WHERE customer_id = ? AND badge_key = ?',
      )
      .raw();
    this.#awardsOf = connection
      .prepare<[number, number], IndexRow>(
        'SELECT key, request_key, revoked_on, enrolment_key FROM awards WHERE customer_id = ? AND badge_key = ?',
      )
      .raw();
    this.#enrolment = connection.prepare(
      'SELECT badge_key, customer_id, request_key, revoked_on, NULL AS enrolment_key FROM enrolments WHERE key = ?',
    );
    this.#award = connection.prepare(
      'SELECT badge_key, customer_id, request_key, revoked_on, enrolment_key FROM awards WHERE key = ?',
    );
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

  /** Forgets what was read, because a transaction was undone. */
  forget(): void {
    this.#origins.clear();
  }

  enrolmentsOf(badgeKey: number, customerId: number): readonly EnrolmentRecord[] {
    const rows = this.#enrolmentsOf.all(customerId, badgeKey);
    return rows.length === 0
      ? NO_RECORDS
      : oldestFirst(rows).map((row) => this.#readEnrolment(row, badgeKey, customerId));
  }

  awardsOf(badgeKey: number, customerId: number): readonly AwardRecord[] {
    const rows = this.#awardsOf.all(customerId, badgeKey);
    return rows.length === 0 ? NO_RECORDS : oldestFirst(rows).map((row) => this.#readAward(row, badgeKey, customerId));
  }

  enrolment(key: number): EnrolmentRecord | undefined {
    const row = this.#enrolment.get(key);
    return row && this.#readEnrolment([key, row.request_key, row.revoked_on, null], row.badge_key, row.customer_id);
  }

  award(key: number): AwardRecord | undefined {
    const row = this.#award.get(key);
    return (
      row && this.#readAward([key, row.request_key, row.revoked_on, row.enrolment_key], row.badge_key, row.customer_id)
    );
  }

  #readEnrolment([key, requestKey, revokedOn]: IndexRow, badgeKey: number, customerId: number): EnrolmentRecord {
    const { recordedOn: issuedOn, eventDate, expiresOn, ownerType, referenceId } = this.#originOf(requestKey);
    return { key, badgeKey, customerId, requestKey, issuedOn, eventDate, expiresOn, revokedOn, ownerType, referenceId };
  }

  #readAward([key, requestKey, revokedOn, enrolmentKey]: IndexRow, badgeKey: number, customerId: number): AwardRecord {
    const { recordedOn: earnedOn, eventDate, expiresOn, ownerType, referenceId } = this.#originOf(requestKey);
    return {
      key,
      badgeKey,
      customerId,
      requestKey,
      earnedOn,
      eventDate,
      expiresOn,
      enrolmentKey,
      revokedOn,
      ownerType,
      referenceId,
    };
  }

  #originOf(requestKey: number): Origin {
    const known = this.#origins.get(requestKey);
    if (known) return known;
    const row = this.#origin.get(requestKey);
    if (!row) throw new Error(`The org file lacks request ${String(requestKey)}.`);
    const origin: Origin = {
      recordedOn: row.recorded_on,
      eventDate: row.event_date,
      expiresOn: row.expires_on,
      ownerType: row.owner_type,
      referenceId: row.reference_id,
    };
    if (this.#origins.size >= MOST_ORIGINS) this.#origins.clear();
    this.#origins.set(requestKey, origin);
    return origin;
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

function oldestFirst(rows: IndexRow[]): IndexRow[] {
  return rows.length > 1 ? rows.sort(([one], [other]) => one - other) : rows;
}
