import type { Database } from 'better-sqlite3';
import { and, count, desc, eq, gt, gte, isNotNull, ne, or, sql, sum } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { Instant } from '../../shared/domain/instant';
import { Failure } from '../../shared/ipc/errors';
import type { LiveAction } from '../../shared/ipc/take-back-contract';
import { inEnglish } from '../../shared/words/english';
import { message } from '../../shared/words/message';
import { given, givenColumns } from '../given';
import { lazily } from '../lazily';
import {
  packCustomers,
  packOutcomes,
  unpackCustomers,
  unpackOutcomes,
  unpackTerms,
  type AwardTerms,
  type CustomerOutcome,
} from './live-chunks';
import { liveChunks, liveJobs, liveRejects } from './schema';
import { isList, jsonOr } from '../stored-json';

/** `queued`: nothing of it has been sent since it was put to wait for its turn or its time. */
export type LiveJobState = 'reading' | 'queued' | 'running' | 'paused' | 'waiting-for-org' | 'done' | 'cancelled';

/** A live bulk job. */
export interface LiveJob {
  key: number;
  uid: string;
  connectionKey: number;
  connectionName: string;
  badgeName: string;
  remoteBadgeId: string;
  action: LiveAction;
  ownerType: string;
  referenceId: string;
  eventDate: Instant | null;
  source: string;
  state: LiveJobState;
  note: string | null;
  /** Orders the jobs of an org that wait for their turn; null in all others. */
  queuePlace: number | null;
  /** When a job that waits for a time starts by itself; null in all others. */
  startsOn: Instant | null;
  total: number;
  startedOn: Instant;
  endedOn: Instant | null;
  orgClock: Instant | null;
}

/** What a job waits for; both null: nothing. */
export type JobWait = Pick<LiveJob, 'queuePlace' | 'startsOn'>;

/** Whether a job is put to wait, also while its customers are still being read. */
export function waits({ queuePlace, startsOn }: JobWait): boolean {
  return queuePlace !== null || startsOn !== null;
}

/**
 * Where the request of a chunk's present attempt stands: `sent` and not answered; `unknown` after an ambiguous failure;
 * `consumed` when the org has processed the request and who got what has to be read; `settled` when every customer has
 * an outcome.
 */
export type ChunkState = 'waiting' | 'sent' | 'unknown' | 'consumed' | 'settled';

export interface LiveChunk {
  number: number;
  state: ChunkState;
  attempt: number;
  customers: readonly number[];
  outcomes: readonly CustomerOutcome[];
  /** Codes of the refusals: how often, and in the org's words. */
  codes: readonly RefusalCount[];
  sentAfter: Instant | null;
  /** Ids of the records that the chunk's customers had before, where that was read. */
  known: readonly string[] | null;
  /** Ids of the records that a take-back revokes, customer by customer; null in a job that gives. */
  records: readonly string[] | null;
  /** The awards that an import writes, row by row; null in any other job. */
  terms: readonly AwardTerms[] | null;
}

export type RefusalCount = readonly [code: number, count: number, message: string];

/** How many customers of a job are in each state. */
export interface LiveJobCounts {
  waiting: number;
  sent: number;
  unknown: number;
  done: number;
  refused: number;
}

const CHUNK = {
  number: liveChunks.number,
  state: liveChunks.state,
  attempt: liveChunks.attempt,
  size: liveChunks.size,
  codes: liveChunks.codes,
  sentAfter: liveChunks.sentAfter,
  known: liveChunks.known,
  records: liveChunks.records,
  customers: liveChunks.customers,
  outcomes: liveChunks.outcomes,
};
type ChunkRow = Pick<typeof liveChunks.$inferSelect, keyof typeof CHUNK>;

const STATES: readonly string[] = liveJobs.state.enumValues;

/** A state that only another version knows: nothing is sent, and the person is told why. */
const jobOf = (row: LiveJob): LiveJob =>
  STATES.includes(row.state)
    ? row
    : {
        ...row,
        state: 'paused',
        note: inEnglish(message('jobs.unknownState', { state: row.state as string })),
      };

const chunkOf = (row: ChunkRow): LiveChunk => {
  const kept = row.records === null ? null : jsonOr<string[] | null>(row.records, null, isList);
  const terms = unpackTerms(kept);
  return { ...statedOf(row), records: terms === null ? kept : null, terms };
};

const statedOf = (row: ChunkRow): Omit<LiveChunk, 'records' | 'terms'> => ({
  number: row.number,
  state: row.state,
  attempt: row.attempt,
  customers: unpackCustomers(row.customers),
  outcomes: unpackOutcomes(row.outcomes, row.size),
  codes: jsonOr<RefusalCount[]>(row.codes, [], isList),
  sentAfter: row.sentAfter,
  known: row.known === null ? null : jsonOr<string[] | null>(row.known, null, isList),
});

function prepareQueries(connection: Database) {
  const database = drizzle(connection);
  const ofKey = eq(liveJobs.key, given(liveJobs.key, 'key'));
  const ofJob = eq(liveChunks.jobKey, given(liveChunks.jobKey, 'jobKey'));
  const ofNumber = and(ofJob, eq(liveChunks.number, given(liveChunks.number, 'number')));
  const inState = and(ofJob, eq(liveChunks.state, given(liveChunks.state, 'state')));
  const rejectsOfJob = eq(liveRejects.jobKey, given(liveRejects.jobKey, 'jobKey'));
  const { size, done, refused } = liveChunks;
  return lazily({
    insert: () =>
      database
        .insert(liveJobs)
        .values({
          ...givenColumns(liveJobs, 'uid', 'connectionKey', 'connectionName', 'badgeName', 'remoteBadgeId', 'action'),
          ...givenColumns(liveJobs, 'ownerType', 'referenceId', 'eventDate', 'source', 'startedOn'),
          ...givenColumns(liveJobs, 'queuePlace', 'startsOn'),
          ...{ state: 'reading', total: 0 },
        })
        .prepare(),
    list: () => database.select().from(liveJobs).orderBy(desc(liveJobs.key)).prepare(),
    find: () => database.select().from(liveJobs).where(ofKey).prepare(),
    setState: () =>
      database
        .update(liveJobs)
        .set(givenColumns(liveJobs, 'state', 'note', 'endedOn'))
        .where(ofKey)
        .prepare(),
    setStateAlone: () =>
      database
        .update(liveJobs)
        .set({ ...givenColumns(liveJobs, 'state', 'note', 'endedOn'), queuePlace: null, startsOn: null })
        .where(ofKey)
        .prepare(),
    setWait: () =>
      database
        .update(liveJobs)
        .set(givenColumns(liveJobs, 'queuePlace', 'startsOn'))
        .where(ofKey)
        .prepare(),
    begin: () =>
      database
        .update(liveJobs)
        .set({ ...givenColumns(liveJobs, 'startedOn'), state: 'running', note: null, queuePlace: null, startsOn: null })
        .where(ofKey)
        .prepare(),
    setTotal: () =>
      database
        .update(liveJobs)
        .set(givenColumns(liveJobs, 'total', 'source'))
        .where(ofKey)
        .prepare(),
    setOrgClock: () => database.update(liveJobs).set(givenColumns(liveJobs, 'orgClock')).where(ofKey).prepare(),
    insertChunk: () =>
      database
        .insert(liveChunks)
        .values({
          ...givenColumns(liveChunks, 'jobKey', 'number', 'size', 'customers', 'records'),
          ...{ state: 'waiting', attempt: 0, done: 0, refused: 0, codes: '[]', outcomes: Buffer.alloc(0) },
        })
        .prepare(),
    saveChunk: () =>
      database
        .update(liveChunks)
        .set(givenColumns(liveChunks, 'state', 'attempt', 'done', 'refused', 'codes', 'sentAfter', 'known', 'outcomes'))
        .where(ofNumber)
        .prepare(),
    moveChunk: () =>
      database
        .update(liveChunks)
        .set(givenColumns(liveChunks, 'state', 'sentAfter', 'known'))
        .where(ofNumber)
        .prepare(),
    chunk: () => database.select(CHUNK).from(liveChunks).where(ofNumber).prepare(),
    nextChunk: () =>
      database
        .select(CHUNK)
        .from(liveChunks)
        .where(and(inState, gte(liveChunks.number, given(liveChunks.number, 'from'))))
        .orderBy(liveChunks.number)
        .limit(1)
        .prepare(),
    chunkNumbers: () =>
      database
        .select({ number: liveChunks.number })
        .from(liveChunks)
        .where(inState)
        .orderBy(liveChunks.number)
        .prepare(),
    asked: () =>
      database
        .select({ number: liveChunks.number })
        .from(liveChunks)
        .where(
          and(
            ofJob,
            or(
              ne(liveChunks.state, 'waiting'),
              gt(liveChunks.attempt, 0),
              isNotNull(liveChunks.sentAfter),
              isNotNull(liveChunks.known),
            ),
          ),
        )
        .limit(1)
        .prepare(),
    counts: () =>
      database
        .select({
          state: liveChunks.state,
          open: sum(sql`${size} - ${done} - ${refused}`).mapWith(Number),
          done: sum(done).mapWith(Number),
          refused: sum(refused).mapWith(Number),
        })
        .from(liveChunks)
        .where(ofJob)
        .groupBy(liveChunks.state)
        .prepare(),
    refusals: () =>
      database
        .select({ codes: liveChunks.codes })
        .from(liveChunks)
        .where(and(ofJob, gt(refused, 0)))
        .prepare(),
    refusedNumbers: () =>
      database
        .select({ number: liveChunks.number })
        .from(liveChunks)
        .where(and(ofJob, gt(refused, 0), eq(liveChunks.state, 'settled')))
        .prepare(),
    refusedWhole: () =>
      database
        .select({ codes: liveChunks.codes })
        .from(liveChunks)
        .where(and(ofJob, eq(liveChunks.state, 'settled'), eq(done, 0), eq(refused, size)))
        .prepare(),
    dropChunks: () => database.delete(liveChunks).where(ofJob).prepare(),
    insertReject: () =>
      database
        .insert(liveRejects)
        .values(givenColumns(liveRejects, 'jobKey', 'ordinal', 'line', 'reason'))
        .prepare(),
    rejectCount: () => database.select({ count: count() }).from(liveRejects).where(rejectsOfJob).prepare(),
    rejectReasons: () =>
      database
        .select({ reason: liveRejects.reason, count: count() })
        .from(liveRejects)
        .where(rejectsOfJob)
        .groupBy(liveRejects.reason)
        .prepare(),
    dropRejects: () => database.delete(liveRejects).where(rejectsOfJob).prepare(),
  });
}

/** Live bulk jobs and their chunks. */
export class LiveJobStore {
  readonly #connection: Database;
  readonly #queries: ReturnType<typeof prepareQueries>;

  constructor(connection: Database) {
    this.#connection = connection;
    this.#queries = prepareQueries(connection);
  }

  /** Several writes that stay or go together. */
  transaction<T>(work: () => T): T {
    return this.#connection.transaction(work).immediate();
  }

  /** @param job with what it waits for once its customers are read; left out: nothing */
  add(
    job: Omit<LiveJob, 'key' | 'state' | 'note' | 'total' | 'endedOn' | 'orgClock' | keyof JobWait> & Partial<JobWait>,
  ): LiveJob {
    const row = { queuePlace: null, startsOn: null, ...job };
    return this.get(Number(this.#queries.insert.run(row).lastInsertRowid));
  }

  list(): LiveJob[] {
    return this.#queries.list.all().map(jobOf);
  }

  find(key: number): LiveJob | undefined {
    const row = this.#queries.find.get({ key });
    return row && jobOf(row);
  }

  /** @throws Failure `not-found` */
  get(key: number): LiveJob {
    const job = this.find(key);
    if (job) return job;
    throw new Failure('not-found', message('store.jobGone'));
  }

  setState(key: number, state: LiveJobState, note: string | null, endedOn: Instant | null = null): void {
    const query = state === 'reading' || state === 'queued' ? this.#queries.setState : this.#queries.setStateAlone;
    query.run({ key, state, note, endedOn });
  }

  /** Notes what a job waits for, in any state; both null: nothing. */
  setWait(key: number, { queuePlace, startsOn }: JobWait): void {
    this.#queries.setWait.run({ key, queuePlace, startsOn });
  }

  /** A job that waited begins: it waits for nothing any more, in the same write. */
  begin(key: number, startedOn: Instant): void {
    this.#queries.begin.run({ key, startedOn });
  }

  setTotal(key: number, total: number, source: string): void {
    this.#queries.setTotal.run({ key, total, source });
  }

  setOrgClock(key: number, orgClock: Instant): void {
    this.#queries.setOrgClock.run({ key, orgClock });
  }

  /** @param records customer by customer: of a take-back what is to be revoked, of an import its awards, packed */
  addChunk(
    jobKey: number,
    number: number,
    customers: readonly number[],
    records: readonly string[] | null = null,
  ): void {
    this.#queries.insertChunk.run({
      ...{ jobKey, number, size: customers.length, customers: packCustomers(customers) },
      records: records === null ? null : JSON.stringify(records),
    });
  }

  addReject(jobKey: number, ordinal: number, line: string, reason: string): void {
    this.#queries.insertReject.run({ jobKey, ordinal, line, reason });
  }

  chunk(jobKey: number, number: number): LiveChunk | undefined {
    const row = this.#queries.chunk.get({ jobKey, number });
    return row && chunkOf(row);
  }

  /** The first chunk in one of these states, from a number on. */
  nextChunk(jobKey: number, states: readonly ChunkState[], from: number): LiveChunk | undefined {
    for (const state of states) {
      const row = this.#queries.nextChunk.get({ jobKey, state, from });
      if (row) return chunkOf(row);
    }
    return undefined;
  }

  /** Numbers of all chunks in a state, in order. */
  chunkNumbers(jobKey: number, state: ChunkState): number[] {
    return this.#queries.chunkNumbers.all({ jobKey, state }).map(({ number }) => number);
  }

  /** Writes everything about a chunk but its customers and what is to be revoked or written of them. */
  saveChunk(jobKey: number, chunk: LiveChunk): void {
    const { known, codes, customers: _, records: _records, terms: _terms, outcomes, ...rest } = chunk;
    this.#queries.saveChunk.run({
      ...rest,
      jobKey,
      done: outcomes.filter(({ kind }) => kind === 'done').length,
      refused: outcomes.filter(({ kind }) => kind === 'refused').length,
      codes: JSON.stringify(codes),
      known: known === null ? null : JSON.stringify(known),
      outcomes: packOutcomes(outcomes),
    });
  }

  /** Writes where the request of a chunk stands, when no outcome has changed. */
  moveChunk(jobKey: number, { number, state, sentAfter, known }: LiveChunk): void {
    this.#queries.moveChunk.run({
      jobKey,
      number,
      state,
      sentAfter,
      known: known === null ? null : JSON.stringify(known),
    });
  }

  counts(jobKey: number): LiveJobCounts {
    const counts: LiveJobCounts = { waiting: 0, sent: 0, unknown: 0, done: 0, refused: 0 };
    const rows = this.#queries.counts.all({ jobKey });
    for (const row of rows) {
      counts[openStateOf(row.state)] += row.open;
      counts.done += row.done;
      counts.refused += row.refused;
    }
    counts.refused += this.rejectCount(jobKey);
    return counts;
  }

  /** Whether a request of a job may have left, also one that the org did not carry out as far as anybody knows. */
  mayHaveSent(jobKey: number): boolean {
    return this.#queries.asked.get({ jobKey }) !== undefined;
  }

  rejectCount(jobKey: number): number {
    return this.#queries.rejectCount.get({ jobKey })?.count ?? 0;
  }

  /** Refusals by code, most frequent first. Lines that were never sent have code 0 and their reason. */
  refusals(jobKey: number): RefusalCount[] {
    const rejects = this.#queries.rejectReasons.all({ jobKey });
    return summed([
      ...this.orgRefusals(jobKey),
      ...rejects.map(({ reason, count }): RefusalCount => [0, count, reason]),
    ]);
  }

  /** What the org refused, by code, most frequent first; without the lines that were never sent. */
  orgRefusals(jobKey: number): RefusalCount[] {
    return summed(
      this.#queries.refusals.all({ jobKey }).flatMap(({ codes }) => jsonOr<RefusalCount[]>(codes, [], isList)),
    );
  }

  /** The reasons for which every customer of some settled chunk was refused, where it was one reason for all of it. */
  wholeRefusals(jobKey: number): RefusalCount[] {
    return this.#queries.refusedWhole
      .all({ jobKey })
      .map(({ codes }) => jsonOr<RefusalCount[]>(codes, [], isList))
      .filter((codes) => codes.length === 1)
      .flat();
  }

  /** Forgets the customers of a job that never began. */
  dropCustomers(jobKey: number): void {
    this.#queries.dropChunks.run({ jobKey });
    this.#queries.dropRejects.run({ jobKey });
  }

  /**
   * Opens refused customers again. A refusal may hide that the org did it all the same, so their chunks are `consumed`:
   * the customers are read before a fresh request names them.
   *
   * @param isOpened whom, by the code of the refusal; the others stay refused
   * @returns how many customers are open again
   */
  reopenRefused(jobKey: number, isOpened: (code: number) => boolean): number {
    const numbers = this.#queries.refusedNumbers.all({ jobKey });
    let opened = 0;
    this.transaction(() => {
      for (const { number } of numbers) {
        const chunk = this.chunk(jobKey, number);
        if (!chunk) continue;
        const before = opened;
        const left = new Map<number, number>();
        const outcomes = chunk.outcomes.map((outcome, index): CustomerOutcome => {
          if (outcome.kind !== 'refused') return outcome;
          // A customer who was forgotten has a number that no org knows.
          if (isOpened(outcome.code) && (chunk.customers[index] ?? 0) > 0) {
            opened += 1;
            return { kind: 'open' };
          }
          left.set(outcome.code, (left.get(outcome.code) ?? 0) + 1);
          return outcome;
        });
        if (opened === before) continue;
        const codes = chunk.codes.flatMap(([code, refused, words]): RefusalCount[] => {
          if (!isOpened(code)) return [[code, refused, words]];
          const count = Math.min(refused, left.get(code) ?? 0);
          left.set(code, (left.get(code) ?? 0) - count);
          return count === 0 ? [] : [[code, count, words]];
        });
        this.saveChunk(jobKey, { ...chunk, state: 'consumed', outcomes, codes });
      }
    });
    return opened;
  }
}

/** Counts of the same reason together, most frequent first. What has no code is told apart by its words. */
function summed(refusals: readonly RefusalCount[]): RefusalCount[] {
  const counts = new Map<string, RefusalCount>();
  for (const refusal of refusals) {
    const [code, count, message] = refusal;
    const before = counts.get(reasonOf(refusal));
    counts.set(reasonOf(refusal), [code, count + (before?.[1] ?? 0), before?.[2] ?? message]);
  }
  return [...counts.values()].sort((one, other) => other[1] - one[1]);
}

/** What tells the reason of a refusal from any other: its code, or its words where it has none. */
export function reasonOf([code, , message]: RefusalCount): string {
  return `${String(code)} ${code === 0 ? message : ''}`;
}

/** What an open customer of a chunk is called. */
export function openStateOf(state: ChunkState): 'waiting' | 'sent' | 'unknown' {
  switch (state) {
    case 'waiting':
    case 'settled':
      return 'waiting';
    case 'sent':
      return 'sent';
    default:
      // 'unknown' and 'consumed', and a state that only another version knows: whether it arrived is not known here.
      return 'unknown';
  }
}
