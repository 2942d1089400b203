import type { Database, Statement } from 'better-sqlite3';
import type { RuleError } from '../../shared/domain/codes';
import type { IssuanceKind } from '../../shared/domain/org';
import { isList, jsonOr } from '../stored-json';

/** A request as history keeps it. */
export interface RequestFacts {
  key: number;
  kind: IssuanceKind;
  requestId: string;
  state: 'answered' | 'refused';
  badgeKey: number;
  badgeId: string;
  badgeName: string;
  definitionKey: number;
  ownerType: string;
  referenceId: string | null;
  eventDate: number;
  eventDateSent: boolean;
  expiresOn: number;
  processedOn: number;
  madeOn: number;
  source: string;
  total: number;
  succeeded: number;
  firstKey: number;
  firstRefusalKey: number;
  /** Refused rows by outcome number (outcomes.ts). */
  refusals: ReadonlyMap<number, number>;
  errors: readonly RuleError[];
  durationMilliseconds: number;
}

interface RequestRow {
  key: number;
  kind: IssuanceKind;
  request_id: string;
  state: 'answered' | 'refused';
  badge_key: number;
  badge_id: string;
  badge_name: string;
  definition_key: number;
  owner_type: string;
  reference_id: string | null;
  event_date: number;
  event_date_sent: number;
  expires_on: number;
  processed_on: number;
  made_on: number;
  source: string;
  total: number;
  succeeded: number;
  first_key: number;
  first_refusal_key: number;
  refusals: string;
  errors: string;
  duration_milliseconds: number;
}

// A request is shown under the name the badge had then.
const SELECT = `SELECT requests.*, badges.id AS badge_id, coalesce(CASE WHEN json_valid(definition) THEN json_extract(definition, '$.name') END, badges.name) AS badge_name FROM requests
  JOIN badges ON badges.key = requests.badge_key JOIN definitions ON definitions.key = requests.definition_key`;

/** The requests of an org as they are shown: newest first, single ones by key. */
export class RequestHistory {
  readonly #page: Statement<[number, number], RequestRow>;
  readonly #pageOfBadge: Statement<[string, number, number], RequestRow>;
  readonly #count: Statement<[], number>;
  readonly #countOfBadge: Statement<[string], number>;
  readonly #get: Statement<[number], RequestRow>;
  readonly #answered: Statement<[string]>;
  readonly #refused: Statement<[number], { outcome: number; count: number }>;

  constructor(connection: Database) {
    this.#page = connection.prepare(`${SELECT} ORDER BY requests.key DESC LIMIT ? OFFSET ?`);
    this.#pageOfBadge = connection.prepare(
      `${SELECT} WHERE requests.badge_key = (SELECT key FROM badges WHERE id = ?) ORDER BY requests.key DESC LIMIT ? OFFSET ?`,
    );
    this.#count = connection.prepare<[], number>('SELECT count(*) FROM requests').pluck();
    this.#countOfBadge = connection
      .prepare<[string], number>(
        'SELECT count(*) FROM requests WHERE badge_key = (SELECT key FROM badges WHERE id = ?)',
      )
      .pluck();
    this.#answered = connection.prepare(`SELECT 1 FROM requests WHERE request_id = ? AND state = 'answered'`);
    this.#refused = connection.prepare(
      'SELECT outcome, count(*) AS count FROM refusals WHERE request_key = ? GROUP BY outcome',
    );
    this.#get = connection.prepare(`${SELECT} WHERE requests.key = ?`);
  }

  /** @param badgeId null: the requests of all badges */
  list(badgeId: string | null, offset: number, limit: number): { total: number; requests: readonly RequestFacts[] } {
    const rows = badgeId === null ? this.#page.all(limit, offset) : this.#pageOfBadge.all(badgeId, limit, offset);
    const total = badgeId === null ? this.#count.get() : this.#countOfBadge.get(badgeId);
    return { total: total ?? 0, requests: rows.map((row) => this.#read(row)) };
  }

  get(key: number): RequestFacts | undefined {
    const row = this.#get.get(key);
    return row && this.#read(row);
  }

  /** Whether an answered request of this id is on record, whatever its scope. */
  hasAnswered(requestId: string): boolean {
    return this.#answered.get(requestId) !== undefined;
  }

  /** Number of requests in the file. */
  count(): number {
    return this.#count.get() ?? 0;
  }

  #read(row: RequestRow): RequestFacts {
    const counts = jsonOr<[number, number][] | null>(row.refusals, null, isList);
    return read(row, new Map(counts ?? this.#refused.all(row.key).map(({ outcome, count }) => [outcome, count])));
  }
}

const REASONS_UNREADABLE: RuleError = {
  code: 0,
  message: 'The reasons are stored in a form that cannot be read. They are kept as they are.',
  reference: null,
};

/** @param refusals as noted, or counted anew from the rows where the note cannot be read */
function read(row: RequestRow, refusals: ReadonlyMap<number, number>): RequestFacts {
  return {
    key: row.key,
    kind: row.kind,
    requestId: row.request_id,
    state: row.state,
    badgeKey: row.badge_key,
    badgeId: row.badge_id,
    badgeName: row.badge_name,
    definitionKey: row.definition_key,
    ownerType: row.owner_type,
    referenceId: row.reference_id,
    eventDate: row.event_date,
    eventDateSent: row.event_date_sent === 1,
    expiresOn: row.expires_on,
    processedOn: row.processed_on,
    madeOn: row.made_on,
    source: row.source,
    total: row.total,
    succeeded: row.succeeded,
    firstKey: row.first_key,
    firstRefusalKey: row.first_refusal_key,
    refusals,
    errors: jsonOr<RuleError[]>(row.errors, row.state === 'refused' ? [REASONS_UNREADABLE] : [], isList),
    durationMilliseconds: row.duration_milliseconds,
  };
}
