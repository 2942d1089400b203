import type { Database } from 'better-sqlite3';
import { and, eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { given } from '../given';
import { lazily } from '../lazily';
import { outcomeAt, unpackTerms, type AwardTerms, type CustomerOutcome } from './live-chunks';
import { openStateOf, type ChunkState, type RefusalCount } from './live-jobs';
import { liveChunks, liveRejects } from './schema';
import { isList, jsonOr } from '../stored-json';

export type LiveCustomerState = 'waiting' | 'sent' | 'done' | 'refused' | 'unknown';

/** One line of a job's source and what became of it. */
export interface LiveRow {
  /** Place in the source. */
  ordinal: number;
  customer: string;
  state: LiveCustomerState;
  /** Of the record that was given; in a take-back of the one that is to be revoked, whatever became of it. */
  issuedId: string | null;
  /** Null where the line was never sent. */
  code: number | null;
  /** The org's words for a refusal, or why a line was not sent; null otherwise. */
  message: string | null;
  /** Of an import: the award that it writes; null in any other job, and where the line was never sent. */
  terms: AwardTerms | null;
}

export interface LiveRowFilter {
  /** Empty: all. */
  states: readonly LiveCustomerState[];
  /** Part of a customer id or line; empty: all. */
  customer: string;
}

type ChunkSize = Pick<typeof liveChunks.$inferSelect, 'number' | 'state' | 'size' | 'done' | 'refused'>;
type RejectRow = Pick<typeof liveRejects.$inferSelect, 'ordinal' | 'line' | 'reason'>;

function prepareQueries(connection: Database) {
  const database = drizzle(connection);
  const { number, state, size, done, refused, codes, customers, records, outcomes } = liveChunks;
  const { ordinal, line, reason } = liveRejects;
  const ofJob = eq(liveChunks.jobKey, given(liveChunks.jobKey, 'jobKey'));
  return lazily({
    sizes: () =>
      database.select({ number, state, size, done, refused }).from(liveChunks).where(ofJob).orderBy(number).prepare(),
    chunk: () =>
      database
        .select({ state, size, codes, customers, records, outcomes })
        .from(liveChunks)
        .where(and(ofJob, eq(number, given(number, 'number'))))
        .prepare(),
    rejects: () =>
      database
        .select({ ordinal, line, reason })
        .from(liveRejects)
        .where(eq(liveRejects.jobKey, given(liveRejects.jobKey, 'jobKey')))
        .orderBy(ordinal)
        .prepare(),
    rejectOrdinals: () =>
      database
        .select({ ordinal })
        .from(liveRejects)
        .where(eq(liveRejects.jobKey, given(liveRejects.jobKey, 'jobKey')))
        .orderBy(ordinal)
        .prepare(),
  });
}

/** Rows of a live job, in the order of its source, any place of a million as quickly as the first. */
export class LiveJobRows {
  readonly #queries: ReturnType<typeof prepareQueries>;

  constructor(connection: Database) {
    this.#queries = prepareQueries(connection);
  }

  page(jobKey: number, filter: LiveRowFilter, offset: number, limit: number): { total: number; rows: LiveRow[] } {
    const wanted = (state: LiveCustomerState): boolean => filter.states.length === 0 || filter.states.includes(state);
    const rejects = wanted('refused') ? this.#queries.rejects.all({ jobKey }) : [];
    const counter = new RejectCounter(this.#rejectOrdinals(jobKey));
    const rows: LiveRow[] = [];
    let total = 0;
    let accepted = 0;
    let rejected = 0;
    const take = (row: LiveRow): void => {
      if (total >= offset && rows.length < limit) rows.push(row);
      total += 1;
    };
    const takeRejectsBefore = (ordinal: number): void => {
      for (let next = rejects[rejected]; next && next.ordinal < ordinal; next = rejects[rejected]) {
        if (next.line.includes(filter.customer)) take(rejectRow(next));
        rejected += 1;
      }
    };
    for (const chunk of this.#queries.sizes.all({ jobKey })) {
      const matching = countOf(chunk, wanted);
      const lastOrdinal = counter.ordinalOf(accepted + chunk.size - 1);
      const isSkippable =
        filter.customer === '' &&
        (total + matching <= offset || rows.length >= limit) &&
        !hasBetween(rejects, rejected, lastOrdinal);
      if (isSkippable || matching === 0) {
        takeRejectsBefore(lastOrdinal);
        if (isSkippable) total += matching;
      } else {
        for (const row of this.#rowsOf(jobKey, chunk.number, accepted, counter)) {
          takeRejectsBefore(row.ordinal);
          if (wanted(row.state) && row.customer.includes(filter.customer)) take(row);
        }
      }
      accepted += chunk.size;
    }
    takeRejectsBefore(Number.POSITIVE_INFINITY);
    return { total, rows };
  }

  /** All rows in order, for an export. */
  *all(jobKey: number): Generator<LiveRow> {
    for (const { row } of this.placed(jobKey)) yield row;
  }

  /** The same, each with the number of its chunk; null where the line was never part of one. */
  *placed(jobKey: number): Generator<{ row: LiveRow; chunk: number | null }> {
    const counter = new RejectCounter(this.#rejectOrdinals(jobKey));
    const rejects = this.#queries.rejects.all({ jobKey });
    let accepted = 0;
    let rejected = 0;
    for (const chunk of this.#queries.sizes.all({ jobKey })) {
      for (const row of this.#rowsOf(jobKey, chunk.number, accepted, counter)) {
        for (let next = rejects[rejected]; next && next.ordinal < row.ordinal; next = rejects[rejected]) {
          yield { row: rejectRow(next), chunk: null };
          rejected += 1;
        }
        yield { row, chunk: chunk.number };
      }
      accepted += chunk.size;
    }
    for (const reject of rejects.slice(rejected)) yield { row: rejectRow(reject), chunk: null };
  }

  #rejectOrdinals(jobKey: number): number[] {
    return this.#queries.rejectOrdinals.all({ jobKey }).map(({ ordinal }) => ordinal);
  }

  #rowsOf(jobKey: number, number: number, firstAccepted: number, counter: RejectCounter): LiveRow[] {
    const chunk = this.#queries.chunk.get({ jobKey, number });
    if (!chunk) return [];
    const messages = new Map(
      jsonOr<RefusalCount[]>(chunk.codes, [], isList).map(([code, , message]) => [code, message]),
    );
    const kept = chunk.records === null ? null : jsonOr<string[]>(chunk.records, [], isList);
    const terms = unpackTerms(kept);
    const records = terms === null ? kept : null;
    return Array.from({ length: chunk.size }, (_, index) => {
      const outcome = outcomeAt(chunk.outcomes, index);
      const view = viewOf(outcome, chunk.state, messages);
      return {
        ordinal: counter.ordinalOf(firstAccepted + index),
        customer: customerAt(chunk.customers, index),
        ...view,
        issuedId: view.issuedId ?? records?.[index] ?? null,
        terms: terms?.[index] ?? null,
      };
    });
  }
}

/** The place in the source of each customer that was accepted: lines rejected before it are counted in. */
class RejectCounter {
  readonly #ordinals: readonly number[];
  #passed = 0;

  constructor(ordinals: readonly number[]) {
    this.#ordinals = ordinals;
  }

  ordinalOf(accepted: number): number {
    while (this.#passed > 0 && (this.#ordinals[this.#passed - 1] as number) > accepted + this.#passed - 1)
      this.#passed -= 1;
    while (
      this.#passed < this.#ordinals.length &&
      (this.#ordinals[this.#passed] as number) <= accepted + this.#passed
    ) {
      this.#passed += 1;
    }
    return accepted + this.#passed;
  }
}

function hasBetween(rejects: readonly RejectRow[], from: number, ordinal: number): boolean {
  const next = rejects[from];
  return next !== undefined && next.ordinal < ordinal;
}

function countOf(chunk: ChunkSize, wanted: (state: LiveCustomerState) => boolean): number {
  const open = chunk.size - chunk.done - chunk.refused;
  return (
    (wanted('done') ? chunk.done : 0) +
    (wanted('refused') ? chunk.refused : 0) +
    (wanted(openStateOf(chunk.state)) ? open : 0)
  );
}

/** A chunk that was cut short names no customer there. */
function customerAt(customers: Buffer, index: number): string {
  return index * 8 + 8 > customers.length ? '?' : String(customers.readDoubleLE(index * 8));
}

function rejectRow({ ordinal, line, reason }: RejectRow): LiveRow {
  return { ordinal, customer: line, state: 'refused', issuedId: null, code: null, message: reason, terms: null };
}

function viewOf(
  outcome: CustomerOutcome,
  chunkState: ChunkState,
  messages: ReadonlyMap<number, string>,
): Pick<LiveRow, 'state' | 'issuedId' | 'code' | 'message'> {
  switch (outcome.kind) {
    case 'open':
      return { state: openStateOf(chunkState), issuedId: null, code: null, message: null };
    case 'done':
      return { state: 'done', issuedId: outcome.issuedId, code: null, message: null };
    case 'refused':
      return { state: 'refused', issuedId: null, code: outcome.code, message: messages.get(outcome.code) ?? null };
  }
}
