import type { Database, Statement } from 'better-sqlite3';
import type { EarnType } from '../../shared/domain/badge';
import { EARNED_ON } from './award-tallies';

/** How much an org holds. Records count from the day they were made, revoked ones included (semantics N1). */
export interface OrgTotals {
  badges: number;
  /** Active ones. */
  claims: number;
  enrolments: number;
  awards: number;
}

export interface BadgeListing {
  id: string;
  name: string;
  start_on: number;
  expires_on: number;
  earn_type: EarnType;
  active: number;
  claims: number;
  issued_count: number;
  earned_count: number;
}

export interface RecordListing {
  key: number;
  badge_id: string;
  badge_name: string;
  customer_id: number;
  recorded_on: number;
  event_date: number;
  expires_on: number;
  revoked_on: number | null;
  owner_type: string;
  reference_id: string | null;
  request_id: string;
}

/** Only records that fit; null: any. */
export interface RecordFilter {
  badgeId: string | null;
  customerId: number | null;
}

const TABLES = { enrolment: 'enrolments', award: 'awards' } as const;
const COUNTS = { enrolment: 'issued_count', award: 'earned_count' } as const;

type RecordKind = keyof typeof TABLES;

const BADGE_KEY = '(SELECT key FROM badges WHERE id = @badgeId)';
const ACTIVE_CLAIMS = '(SELECT count(*) FROM claims WHERE claims.badge_key = badges.key AND is_active = 1)';

/** What an org holds, page by page, for people to look at. */
export class OrgListing {
  readonly #connection: Database;
  readonly #totals: Statement<[], OrgTotals>;

  constructor(connection: Database) {
    this.#connection = connection;
    this.#totals = connection.prepare(
      `SELECT count(*) AS badges, coalesce(sum(issued_count), 0) AS enrolments, coalesce(sum(earned_count), 0) AS awards,
         (SELECT count(*) FROM claims WHERE is_active = 1) AS claims FROM badges`,
    );
  }

  totals(): OrgTotals {
    return this.#totals.get() ?? { badges: 0, claims: 0, enrolments: 0, awards: 0 };
  }

  /** Badges whose name or id contains the text, newest first. */
  badges(search: string, offset: number, limit: number): { total: number; rows: BadgeListing[] } {
    const fits = `WHERE instr(lower(name), lower(@search)) > 0 OR instr(id, lower(@search)) > 0`;
    const total = this.#connection
      .prepare<{ search: string }, number>(`SELECT count(*) FROM badges ${fits}`)
      .pluck()
      .get({ search });
    const rows = this.#connection
      .prepare<{ search: string; offset: number; limit: number }, BadgeListing>(
        `SELECT id, name, start_on, expires_on, earn_type, active, ${ACTIVE_CLAIMS} AS claims, issued_count, earned_count
           FROM badges ${fits} ORDER BY key DESC LIMIT @limit OFFSET @offset`,
      )
      .all({ search, offset, limit });
    return { total: total ?? 0, rows };
  }

  badge(id: string): BadgeListing | undefined {
    return this.#connection
      .prepare<[string], BadgeListing>(
        `SELECT id, name, start_on, expires_on, earn_type, active, ${ACTIVE_CLAIMS} AS claims, issued_count, earned_count
           FROM badges WHERE id = ?`,
      )
      .get(id);
  }

  /** Enrolments or awards, newest first. */
  records(
    kind: RecordKind,
    { badgeId, customerId }: RecordFilter,
    offset: number,
    limit: number,
  ): { total: number; rows: RecordListing[] } {
    const filter = { badgeId, customerId };
    const sql = recordsSql(kind, filter);
    const rows = this.#connection
      .prepare<RecordFilter & { offset: number; limit: number }, RecordListing>(sql)
      .all({ ...filter, offset, limit });
    return { total: this.#count(kind, filter), rows };
  }

  /** Without a customer the badges' own counters know it, whatever millions of records there are. */
  #count(kind: RecordKind, { badgeId, customerId }: RecordFilter): number {
    const sql =
      customerId === null
        ? `SELECT coalesce(sum(${COUNTS[kind]}), 0) FROM badges ${badgeId === null ? '' : 'WHERE id = @badgeId'}`
        : `SELECT count(*) FROM ${TABLES[kind]} WHERE customer_id = @customerId ${badgeId === null ? '' : `AND badge_key = ${BADGE_KEY}`}`;
    return this.#connection.prepare<RecordFilter, number>(sql).pluck().get({ badgeId, customerId }) ?? 0;
  }
}

/**
 * A page of records, newest first. Those of one badge are reached through its requests, whose records have consecutive
 * keys: no index on the records themselves is needed, which would cost every award, and none is read past the page.
 */
export function recordsSql(kind: RecordKind, { badgeId, customerId }: RecordFilter): string {
  const table = TABLES[kind];
  const page = 'LIMIT @limit OFFSET @offset';
  const made = kind === 'enrolment' ? `kind = 'issueBulk'` : `kind <> 'issueBulk'`;
  const keys =
    customerId !== null
      ? `SELECT key AS record FROM ${table} WHERE customer_id = @customerId
           ${badgeId === null ? '' : `AND badge_key = ${BADGE_KEY}`} ORDER BY key DESC ${page}`
      : badgeId !== null
        ? `SELECT ${table}.key AS record FROM requests CROSS JOIN ${table}
             ON ${table}.key >= requests.first_key AND ${table}.key < requests.first_key + requests.succeeded
           WHERE requests.badge_key = ${BADGE_KEY} AND ${made} AND state = 'answered'
           ORDER BY requests.key DESC, ${table}.key DESC ${page}`
        : `SELECT key AS record FROM ${table} ORDER BY key DESC ${page}`;
  return `SELECT ${table}.key, badges.id AS badge_id, badges.name AS badge_name, customer_id,
       ${EARNED_ON} AS recorded_on, event_date, requests.expires_on, revoked_on, owner_type, reference_id, request_id
     FROM (${keys}) CROSS JOIN ${table} ON ${table}.key = record
     JOIN requests ON requests.key = ${table}.request_key JOIN badges ON badges.key = ${table}.badge_key
     ORDER BY ${table}.key DESC`;
}
