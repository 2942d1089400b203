import type { Database, Statement } from 'better-sqlite3';
import type { RuleError } from '../../shared/domain/codes';
import type { IssuanceKind, IssuanceRequest } from '../../shared/domain/org';
import type { OrgSettings } from '../../shared/domain/settings';

/** A customer or line of a request that got nothing. */
export interface Refusal {
  /** outcomes.ts. */
  outcome: number;
  /** Null when the line was no customer id. */
  customerId: number | null;
  /** The text of a line that was none. */
  line: string | null;
  /** Where that line stands in its text, from 1, all lines counted; null where there are no lines, or it was a customer id. */
  lineNumber: number | null;
  /** The record that stands in the way (1040). */
  earlierKey: number | null;
  /** caps-on-rows.ts. */
  cap: number | null;
  capCount: number | null;
}

/** What the rules do not know about a request and history shows. */
export interface RequestCircumstances {
  /** Where the customers came from, in words. */
  source: string;
  eventDateSent: boolean;
  /** When the work was really done, and how long it took. */
  madeOn: number;
  durationMilliseconds: number;
}

/** A request between its opening and its closing. */
export interface OpenRequest {
  readonly key: number;
  readonly request: IssuanceRequest;
  readonly firstKey: number;
  readonly firstRefusalKey: number;
  succeeded: number;
  refused: number;
  readonly refusedByOutcome: Map<number, number>;
}

/** Issuance requests of an org and the rows they refused. */
export class RequestStore {
  readonly #insert: Statement<[Record<string, string | number | null>]>;
  readonly #close: Statement<[Record<string, string | number>]>;
  readonly #insertRefusal: Statement<
    [
      number,
      number,
      number,
      number,
      number,
      number | null,
      string | null,
      number | null,
      number | null,
      number | null,
      number | null,
    ]
  >;
  readonly #refusalOf: Statement<[number, number], number>;
  readonly #lastRefusal: Statement<[], number>;
  readonly #consumed: Statement<[string], { kind: IssuanceKind; badge_id: string }>;

  constructor(connection: Database) {
    this.#insert = connection.prepare(
      `INSERT INTO requests (kind, request_id, state, badge_key, definition_key, owner_type, reference_id, event_date, event_date_sent,
         expires_on, processed_on, made_on, source, total, succeeded, first_key, first_refusal_key, refusals, errors, duration_milliseconds)
       VALUES (@kind, @requestId, @state, @badgeKey, @definitionKey, @ownerType, @referenceId, @eventDate, @eventDateSent,
         @expiresOn, @processedOn, @madeOn, @source, @total, @succeeded, @firstKey, @firstRefusalKey, '[]', @errors, @duration)`,
    );
    this.#close = connection.prepare(
      `UPDATE requests SET total = @total, succeeded = @succeeded, refusals = @refusals, source = @source, event_date_sent = @eventDateSent,
         made_on = @madeOn, duration_milliseconds = @duration WHERE key = @key`,
    );
    this.#insertRefusal = connection.prepare(
      `INSERT INTO refusals (key, request_key, ordinal, outcome, outcome_rank, customer_id, line, line_number, earlier_key, cap, cap_count)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#refusalOf = connection
      .prepare<[number, number], number>('SELECT key FROM refusals WHERE customer_id = ? AND request_key = ? LIMIT 1')
      .pluck();
    this.#lastRefusal = connection.prepare<[], number>('SELECT coalesce(max(key), 0) FROM refusals').pluck();
    this.#consumed = connection.prepare(
      `SELECT kind, badges.id AS badge_id FROM requests JOIN badges ON badges.key = requests.badge_key
       WHERE request_id = ? AND state = 'answered' AND kind <> 'import'`,
    );
  }

  /** Whether an answered request used this id within the scope (semantics Q1, Q2). */
  isConsumed(requestId: string, kind: IssuanceKind, badgeId: string, scope: OrgSettings['requestIdScope']): boolean {
    const uses = this.#consumed.all(requestId);
    switch (scope) {
      case 'org':
        return uses.length > 0;
      case 'endpoint':
        return uses.some((use) => use.kind === kind);
      case 'badge':
        return uses.some((use) => use.badge_id === badgeId);
    }
  }

  open(request: IssuanceRequest, definitionKey: number, firstKey: number, succeeded = 0): OpenRequest {
    const firstRefusalKey = (this.#lastRefusal.get() ?? 0) + 1;
    const { lastInsertRowid } = this.#insert.run({
      ...columnsOf(request),
      state: 'answered',
      definitionKey,
      eventDateSent: 0,
      madeOn: request.processedOn,
      source: '',
      total: succeeded,
      succeeded,
      firstKey,
      firstRefusalKey,
      errors: '[]',
      duration: 0,
    });
    return {
      key: Number(lastInsertRowid),
      request,
      firstKey,
      firstRefusalKey,
      succeeded,
      refused: 0,
      refusedByOutcome: new Map(),
    };
  }

  refuse(open: OpenRequest, refusal: Refusal): void {
    const rank = open.refusedByOutcome.get(refusal.outcome) ?? 0;
    this.#insertRefusal.run(
      open.firstRefusalKey + open.refused,
      open.key,
      open.succeeded + open.refused,
      refusal.outcome,
      rank,
      refusal.customerId,
      refusal.line,
      refusal.lineNumber,
      refusal.earlierKey,
      refusal.cap,
      refusal.capCount,
    );
    open.refused += 1;
    open.refusedByOutcome.set(refusal.outcome, rank + 1);
  }

  /** Whether a customer was refused earlier in a request. */
  hasRefused(open: OpenRequest, customerId: number): boolean {
    return this.#refusalOf.get(customerId, open.key) !== undefined;
  }

  close(open: OpenRequest, circumstances: RequestCircumstances): void {
    this.#close.run({
      key: open.key,
      total: open.succeeded + open.refused,
      succeeded: open.succeeded,
      refusals: JSON.stringify([...open.refusedByOutcome]),
      ...circumstanceColumns(circumstances),
    });
  }

  /**
   * Notes a request that was refused as a whole: it is shown in history and its id stays free (semantics Q2).
   *
   * @param row the one customer of an earn call
   */
  addRefused(
    request: IssuanceRequest,
    definitionKey: number,
    errors: readonly RuleError[],
    circumstances: RequestCircumstances,
    row?: Refusal,
  ): number {
    const firstRefusalKey = (this.#lastRefusal.get() ?? 0) + 1;
    const { lastInsertRowid } = this.#insert.run({
      ...columnsOf(request),
      state: 'refused',
      definitionKey,
      total: 0,
      succeeded: 0,
      firstKey: 0,
      firstRefusalKey,
      errors: JSON.stringify(errors),
      ...circumstanceColumns(circumstances),
    });
    const key = Number(lastInsertRowid);
    if (row) {
      const open: OpenRequest = {
        key,
        request,
        firstKey: 0,
        firstRefusalKey,
        succeeded: 0,
        refused: 0,
        refusedByOutcome: new Map(),
      };
      this.refuse(open, row);
      this.close(open, circumstances);
    }
    return key;
  }
}

function columnsOf(request: IssuanceRequest): Record<string, string | number | null> {
  return {
    kind: request.kind,
    requestId: request.requestId,
    badgeKey: request.badge.key,
    ownerType: request.ownerType,
    referenceId: request.referenceId,
    eventDate: request.eventDate,
    expiresOn: request.expiresOn,
    processedOn: request.processedOn,
  };
}

function circumstanceColumns(circumstances: RequestCircumstances): Record<string, string | number> {
  return {
    source: circumstances.source,
    eventDateSent: circumstances.eventDateSent ? 1 : 0,
    madeOn: circumstances.madeOn,
    duration: circumstances.durationMilliseconds,
  };
}
