import type { Database, Statement } from 'better-sqlite3';
import { and, asc, eq, getTableColumns, gte, lt, sql } from 'drizzle-orm';
import { drizzle, type BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { prepareForDriver } from '../driver-statements';
import { given } from '../given';
import { lazily } from '../lazily';
import type { Refusal } from './request-store';
import type { RequestFacts } from './request-history';
import { awards, enrolments, refusals } from './schema';

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

type RefusalRow = Omit<typeof refusals.$inferSelect, 'requestKey' | 'outcomeRank'>;
type SuccessRow = Pick<typeof awards.$inferSelect, 'key' | 'customerId' | 'revokedOn'>;

/** Line faults have the outcome numbers below this (outcomes.ts). */
const FIRST_CODE = 100;
const MOST_FOUND = 10_000;

function prepareQueries(connection: Database) {
  const database = drizzle(connection);
  const { requestKey: _requestKey, outcomeRank: _outcomeRank, ...REFUSAL } = getTableColumns(refusals);
  const ofRequest = eq(refusals.requestKey, given(refusals.requestKey, 'requestKey'));
  const ofOutcome = and(
    ofRequest,
    eq(refusals.outcome, given(refusals.outcome, 'outcome')),
    gte(refusals.key, given(refusals.key, 'from')),
  );
  const limit = sql.placeholder('limit');
  const select = () => database.select(REFUSAL).from(refusals);
  return lazily({
    refusals: () =>
      select()
        .where(and(gte(refusals.key, given(refusals.key, 'from')), lt(refusals.key, given(refusals.key, 'to'))))
        .orderBy(asc(refusals.key))
        .limit(limit)
        .prepare(),
    refusalsOfOutcome: () => select().where(ofOutcome).orderBy(asc(refusals.key)).limit(limit).prepare(),
    outcomeRank: () =>
      database
        .select({ rank: refusals.outcomeRank })
        .from(refusals)
        .where(ofOutcome)
        .orderBy(asc(refusals.key))
        .limit(1)
        .prepare(),
    refusalsOfCustomer: () =>
      select()
        .where(and(eq(refusals.customerId, given(refusals.customerId, 'customerId')), ofRequest))
        .orderBy(asc(refusals.key))
        .prepare(),
    refusalsOfLine: () =>
      select()
        .where(
          and(
            ofRequest,
            lt(refusals.outcome, FIRST_CODE),
            sql`instr(${refusals.line}, ${given(refusals.line, 'text')}) > 0`,
          ),
        )
        .orderBy(asc(refusals.key))
        .limit(MOST_FOUND)
        .prepare(),
    enrolments: () => prepareSuccesses(database, enrolments),
    // Awards have all columns of enrolments.
    awards: () => prepareSuccesses(database, awards as unknown as typeof enrolments),
  });
}

function prepareSuccesses(database: BetterSQLite3Database, table: typeof enrolments) {
  const { key, customerId, revokedOn } = table;
  const select = () => database.select({ key, customerId, revokedOn }).from(table);
  return lazily({
    page: () =>
      select()
        .where(and(gte(key, given(key, 'from')), lt(key, given(key, 'to'))))
        .orderBy(asc(key))
        .prepare(),
    ofCustomer: () =>
      select()
        .where(
          and(
            eq(customerId, given(customerId, 'customerId')),
            eq(table.requestKey, given(table.requestKey, 'requestKey')),
          ),
        )
        .orderBy(asc(key))
        .prepare(),
  });
}

/**
 * Pages of a request's rows, any place in a million as quickly as the first. Records and refusals of a request have
 * consecutive keys and stand in request order, so that a row's place is found by halving instead of counting.
 */
export class RequestRows {
  readonly #queries: ReturnType<typeof prepareQueries>;
  readonly #refusalOrdinal: Statement<[key: number], number>;

  constructor(connection: Database) {
    this.#queries = prepareQueries(connection);
    // Asked several times for each row that is shown or exported: 1.5 µs by the driver, 3.0 by the builder.
    this.#refusalOrdinal = prepareForDriver<[number], number>(
      connection,
      drizzle(connection)
        .select({ ordinal: refusals.ordinal })
        .from(refusals)
        .where(eq(refusals.key, given(refusals.key, 'key'))),
      'key',
    ).pluck();
  }

  /** Rows `offset` up to `offset + limit` of those a filter selects, in request order. */
  page(request: RequestFacts, filter: RowFilter, offset: number, limit: number): RowsPage {
    if (filter.customer !== '') {
      const found = this.#find(request, filter.customer).filter((row) => selects(filter, row));
      return { total: found.length, rows: found.slice(offset, offset + limit) };
    }
    const total = this.#countBefore(request, filter, request.total);
    if (offset >= total) return { total, rows: [] };
    const from = filter.outcomes === null ? offset : this.#ordinalOf(request, filter, offset);
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
        count += all === 0 ? 0 : this.#rankOf(request, outcome, refused, all);
      }
    }
    return count;
  }

  /** Refusals of one outcome before the refusal number `refused`; all of them where none comes after it. */
  #rankOf(request: RequestFacts, outcome: number, refused: number, all: number): number {
    const from = request.firstRefusalKey + refused;
    return this.#queries.outcomeRank.get({ requestKey: request.key, outcome, from })?.rank ?? all;
  }

  /** The place of the selected row number `offset`, of which there is one. */
  #ordinalOf(request: RequestFacts, filter: RowFilter, offset: number): number {
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
      return this.#queries.refusals
        .all({ from: firstKey, to: end, limit })
        .map(readRefusal)
        .filter((row) => row.ordinal < from + limit);
    }
    return filter.outcomes.flatMap((outcome) =>
      outcome === 'ok'
        ? []
        : this.#queries.refusalsOfOutcome
            .all({ requestKey: request.key, outcome, from: firstKey, limit })
            .map(readRefusal),
    );
  }

  #successesFrom(request: RequestFacts, index: number, rank: number, limit: number): RequestRow[] {
    const end = request.firstKey + Math.min(request.succeeded, index + limit);
    let ordinal = -1;
    return this.#queries[tableOf(request)].page.all({ from: request.firstKey + index, to: end }).map((row) => {
      const place = row.key - request.firstKey;
      ordinal = this.#ordinalOfSuccess(request, place, ordinal === -1 ? rank : ordinal - (place - 1));
      return readSuccess(row, ordinal);
    });
  }

  #find(request: RequestFacts, customer: string): RequestRow[] {
    const text = customer.trim();
    const requestKey = request.key;
    const rows = this.#queries.refusalsOfLine.all({ requestKey, text }).map(readRefusal);
    const customerId = /^\d+$/.test(text) ? Number(text) : 0;
    if (Number.isSafeInteger(customerId) && customerId > 0) {
      rows.push(...this.#queries.refusalsOfCustomer.all({ customerId, requestKey }).map(readRefusal));
      for (const row of this.#queries[tableOf(request)].ofCustomer.all({ customerId, requestKey })) {
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
  return { ...row, ordinal, ok: true };
}

function readRefusal({ key: _key, ...row }: RefusalRow): RequestRow {
  return { ...row, ok: false };
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
