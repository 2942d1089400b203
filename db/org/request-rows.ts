import type { Database, Statement } from 'better-sqlite3';
import type { Refusal } from './request-store';
import type { RequestFacts } from './request-history';

/** One customer of a request, in the order the request named them. */
export type RequestRow =
  | { ordinal: number; ok: true; key: number; customerId: number; revokedOn: number | null }
  | ({ ordinal: number; ok: false } & Refusal);

/** Which rows of a request are wanted. */
export interface RowFilter {
  /** Outcome numbers (outcomes.ts) and 'ok'; null: all rows. */
  outcomes: readonly (number | 'ok')[] | null;
  /** A customer id, or part of a line that is none; empty: all. */
  customer: string;
}

export interface RowsPage {
  total: number;
  rows: readonly RequestRow[];
}

interface RefusalRow {
  key: number;
  ordinal: number;
  outcome: number;
  customer_id: number | null;
  line: string | null;
  line_number: number | null;
  earlier_key: number | null;
  cap: number | null;
  cap_count: number | null;
}

interface SuccessRow {
  key: number;
  customer_id: number;
  revoked_on: number | null;
}

/** Line faults have the outcome numbers below this (outcomes.ts). */
const FIRST_CODE = 100;
const MOST_FOUND = 10_000;

const REFUSAL =
  'SELECT key, ordinal, outcome, customer_id, line, line_number, earlier_key, cap, cap_count FROM refusals';

/**
 * Pages of a request's rows, any place in a million as quickly as the first. Records and refusals of a request have
 * consecutive keys and stand in request order, so that a row's place is found by halving instead of counting.
 */
export class RequestRows {
  readonly #refusalOrdinal: Statement<[number], number>;
  readonly #refusals: Statement<[number, number, number], RefusalRow>;
  readonly #refusalsOfOutcome: Statement<[number, number, number, number], RefusalRow>;
  readonly #outcomeRank: Statement<[number, number, number], number>;
  readonly #refusalsOfCustomer: Statement<[number, number], RefusalRow>;
  readonly #refusalsOfLine: Statement<[number, string, number], RefusalRow>;
  readonly #successes: Readonly<Record<'enrolments' | 'awards', Statement<[number, number], SuccessRow>>>;
  readonly #successesOfCustomer: Readonly<Record<'enrolments' | 'awards', Statement<[number, number], SuccessRow>>>;

  constructor(connection: Database) {
    this.#refusalOrdinal = connection.prepare<[number], number>('SELECT ordinal FROM refusals WHERE key = ?').pluck();
    this.#refusals = connection.prepare(`${REFUSAL} WHERE key >= ? AND key < ? ORDER BY key LIMIT ?`);
    this.#refusalsOfOutcome = connection.prepare(
      `${REFUSAL} WHERE request_key = ? AND outcome = ? AND key >= ? ORDER BY key LIMIT ?`,
    );
    this.#outcomeRank = connection
      .prepare<[number, number, number], number>(
        'SELECT outcome_rank FROM refusals WHERE request_key = ? AND outcome = ? AND key >= ? ORDER BY key LIMIT 1',
      )
      .pluck();
    this.#refusalsOfCustomer = connection.prepare(`${REFUSAL} WHERE customer_id = ? AND request_key = ? ORDER BY key`);
    this.#refusalsOfLine = connection.prepare(
      `${REFUSAL} WHERE request_key = ? AND outcome < ${String(FIRST_CODE)} AND instr(line, ?) > 0 ORDER BY key LIMIT ?`,
    );
    const page = (table: string): Statement<[number, number], SuccessRow> =>
      connection.prepare(`SELECT key, customer_id, revoked_on FROM ${table} WHERE key >= ? AND key < ? ORDER BY key`);
    const ofCustomer = (table: string): Statement<[number, number], SuccessRow> =>
      connection.prepare(
        `SELECT key, customer_id, revoked_on FROM ${table} WHERE customer_id = ? AND request_key = ? ORDER BY key`,
      );
    this.#successes = { enrolments: page('enrolments'), awards: page('awards') };
    this.#successesOfCustomer = { enrolments: ofCustomer('enrolments'), awards: ofCustomer('awards') };
  }

  /** Rows `offset` up to `offset + limit` of those a filter selects, in request order. */
  page(request: RequestFacts, filter: RowFilter, offset: number, limit: number): RowsPage {
    if (filter.customer !== '') {
      const found = this.#find(request, filter.customer).filter((row) => selects(filter, row));
      return { total: found.length, rows: found.slice(offset, offset + limit) };
    }
    const total = this.#countBefore(request, filter, request.total);
    if (offset >= total) return { total, rows: [] };
    const from = filter.outcomes === null ? offset : this.#ordinalOf(request, filter, offset, total);
    return { total, rows: this.#rowsFrom(request, filter, from, limit) };
  }

  /** One row by its place in the request. */
  row(request: RequestFacts, ordinal: number): RequestRow | undefined {
    if (ordinal < 0 || ordinal >= request.total) return undefined;
    return this.#rowsFrom(request, { outcomes: null, customer: '' }, ordinal, 1)[0];
  }

  /** The first row of a customer in a request. */
  firstRowOf(request: RequestFacts, customerId: number): RequestRow | undefined {
    return this.#find(request, String(customerId))[0];
  }

  /** How many of a request's records were made before one of its rows. */
  succeededBefore(request: RequestFacts, ordinal: number): number {
    return ordinal - this.#refusedBefore(request, ordinal);
  }

  #refusedCount(request: RequestFacts): number {
    return request.total - request.succeeded;
  }

  #ordinalOfRefusal(request: RequestFacts, rank: number): number {
    return this.#refusalOrdinal.get(request.firstRefusalKey + rank) ?? Number.POSITIVE_INFINITY;
  }

  /** Refusals of a request at places before `ordinal`. */
  #refusedBefore(request: RequestFacts, ordinal: number): number {
    return halve(0, this.#refusedCount(request), (rank) => this.#ordinalOfRefusal(request, rank) >= ordinal);
  }

  /** The place of the record that is `index` records after the request's first, searched from a known rank on. */
  #ordinalOfSuccess(request: RequestFacts, index: number, fromRank: number): number {
    const refused = this.#refusedCount(request);
    const isBehind = (rank: number): boolean => this.#ordinalOfRefusal(request, rank) - rank > index;
    let step = 1;
    let low = fromRank;
    while (low + step < refused && !isBehind(low + step - 1)) {
      low += step;
      step *= 2;
    }
    return index + halve(low, Math.min(refused, low + step), isBehind);
  }

  /** Selected rows at places before `ordinal`. */
  #countBefore(request: RequestFacts, filter: RowFilter, ordinal: number): number {
    if (filter.outcomes === null) return ordinal;
    const refused = this.#refusedBefore(request, ordinal);
    let count = 0;
    for (const outcome of filter.outcomes) {
      if (outcome === 'ok') count += ordinal - refused;
      else {
        const all = request.refusals.get(outcome) ?? 0;
        count +=
          all === 0 ? 0 : (this.#outcomeRank.get(request.key, outcome, request.firstRefusalKey + refused) ?? all);
      }
    }
    return count;
  }

  /** The place of the selected row number `offset`. */
  #ordinalOf(request: RequestFacts, filter: RowFilter, offset: number, total: number): number {
    if (offset >= total) return request.total;
    return halve(0, request.total - 1, (ordinal) => this.#countBefore(request, filter, ordinal + 1) > offset);
  }

  #rowsFrom(request: RequestFacts, filter: RowFilter, from: number, limit: number): RequestRow[] {
    const rank = this.#refusedBefore(request, from);
    const rows = this.#refusalsFrom(request, filter, rank, from, limit);
    if (filter.outcomes === null || filter.outcomes.includes('ok')) {
      rows.push(...this.#successesFrom(request, from - rank, rank, limit));
    }
    return rows.sort((one, other) => one.ordinal - other.ordinal).slice(0, limit);
  }

  #refusalsFrom(request: RequestFacts, filter: RowFilter, rank: number, from: number, limit: number): RequestRow[] {
    const firstKey = request.firstRefusalKey + rank;
    if (filter.outcomes === null) {
      const end = request.firstRefusalKey + this.#refusedCount(request);
      return this.#refusals
        .all(firstKey, end, limit)
        .map(readRefusal)
        .filter((row) => row.ordinal < from + limit);
    }
    return filter.outcomes.flatMap((outcome) =>
      outcome === 'ok' ? [] : this.#refusalsOfOutcome.all(request.key, outcome, firstKey, limit).map(readRefusal),
    );
  }

  #successesFrom(request: RequestFacts, index: number, rank: number, limit: number): RequestRow[] {
    const end = request.firstKey + Math.min(request.succeeded, index + limit);
    let ordinal = -1;
    return this.#successes[tableOf(request)].all(request.firstKey + index, end).map((row) => {
      const place = row.key - request.firstKey;
      ordinal = this.#ordinalOfSuccess(request, place, ordinal === -1 ? rank : ordinal - (place - 1));
      return readSuccess(row, ordinal);
    });
  }

  #find(request: RequestFacts, customer: string): RequestRow[] {
    const text = customer.trim();
    const rows = this.#refusalsOfLine.all(request.key, text, MOST_FOUND).map(readRefusal);
    const customerId = /^\d+$/.test(text) ? Number(text) : 0;
    if (Number.isSafeInteger(customerId) && customerId > 0) {
      rows.push(...this.#refusalsOfCustomer.all(customerId, request.key).map(readRefusal));
      for (const row of this.#successesOfCustomer[tableOf(request)].all(customerId, request.key)) {
        rows.push(readSuccess(row, this.#ordinalOfSuccess(request, row.key - request.firstKey, 0)));
      }
    }
    return rows.sort((one, other) => one.ordinal - other.ordinal);
  }
}

function tableOf(request: RequestFacts): 'enrolments' | 'awards' {
  return request.kind === 'issueBulk' ? 'enrolments' : 'awards';
}

function selects(filter: RowFilter, row: RequestRow): boolean {
  return filter.outcomes === null || filter.outcomes.includes(row.ok ? 'ok' : row.outcome);
}

function readSuccess(row: SuccessRow, ordinal: number): RequestRow {
  return { ordinal, ok: true, key: row.key, customerId: row.customer_id, revokedOn: row.revoked_on };
}

function readRefusal(row: RefusalRow): RequestRow {
  return {
    ordinal: row.ordinal,
    ok: false,
    outcome: row.outcome,
    customerId: row.customer_id,
    line: row.line,
    lineNumber: row.line_number,
    earlierKey: row.earlier_key,
    cap: row.cap,
    capCount: row.cap_count,
  };
}

/** The smallest number from `low` to `high` for which a test holds that holds for all greater ones; `high` if for none below. */
function halve(low: number, high: number, holds: (number: number) => boolean): number {
  let least = low;
  let most = high;
  while (least < most) {
    const middle = Math.floor((least + most) / 2);
    if (holds(middle)) most = middle;
    else least = middle + 1;
  }
  return least;
}
