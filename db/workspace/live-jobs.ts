import type { Database, Statement } from 'better-sqlite3';
import type { Instant } from '../../shared/domain/instant';
import { Failure } from '../../shared/ipc/errors';
import { packCustomers, packOutcomes, unpackCustomers, unpackOutcomes, type CustomerOutcome } from './live-chunks';
import { liveJobs } from './schema';
import { isList, jsonOr } from '../stored-json';

export type LiveJobState = 'reading' | 'running' | 'paused' | 'waiting-for-org' | 'done' | 'cancelled';

/** A live bulk job. */
export interface LiveJob {
  key: number;
  uid: string;
  connectionKey: number;
  connectionName: string;
  badgeName: string;
  remoteBadgeId: string;
  action: 'enrol' | 'award';
  ownerType: string;
  referenceId: string;
  eventDate: Instant | null;
  source: string;
  state: LiveJobState;
  note: string | null;
  total: number;
  startedOn: Instant;
  endedOn: Instant | null;
  orgClock: Instant | null;
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

interface ChunkRow {
  number: number;
  state: ChunkState;
  attempt: number;
  size: number;
  codes: string;
  sentAfter: Instant | null;
  known: string | null;
  customers: Buffer;
  outcomes: Buffer;
}

const JOB = `SELECT key, uid, connection_key AS connectionKey, connection_name AS connectionName, badge_name AS badgeName,
  remote_badge_id AS remoteBadgeId, action, owner_type AS ownerType, reference_id AS referenceId, event_date AS eventDate,
  source, state, note, total, started_on AS startedOn, ended_on AS endedOn, org_clock AS orgClock FROM live_jobs`;
const CHUNK = `SELECT number, state, attempt, size, codes, sent_after AS sentAfter, known, customers, outcomes FROM live_chunks`;

const STATES: readonly string[] = liveJobs.state.enumValues;

/** A state that only another version knows: nothing is sent, and the person is told why. */
const jobOf = (row: LiveJob): LiveJob =>
  STATES.includes(row.state)
    ? row
    : {
        ...row,
        state: 'paused',
        note: `This job stands at “${row.state as string}”, which this version of Laurel does not know. Nothing is sent for it.`,
      };

const chunkOf = (row: ChunkRow): LiveChunk => ({
  number: row.number,
  state: row.state,
  attempt: row.attempt,
  customers: unpackCustomers(row.customers),
  outcomes: unpackOutcomes(row.outcomes, row.size),
  codes: jsonOr<RefusalCount[]>(row.codes, [], isList),
  sentAfter: row.sentAfter,
  known: row.known === null ? null : jsonOr<string[] | null>(row.known, null, isList),
});

/** Live bulk jobs and their chunks. */
export class LiveJobStore {
  readonly #connection: Database;
  readonly #insertChunk: Statement<[Record<string, unknown>]>;
  readonly #saveChunk: Statement<[Record<string, unknown>]>;
  readonly #moveChunk: Statement<[Record<string, unknown>]>;
  readonly #chunk: Statement<[number, number], ChunkRow>;
  readonly #reject: Statement<[number, number, string, string]>;

  constructor(connection: Database) {
    this.#connection = connection;
    this.#insertChunk = connection.prepare(
      `INSERT INTO live_chunks (job_key, number, state, attempt, size, done, refused, codes, customers, outcomes)
       VALUES (:jobKey, :number, 'waiting', 0, :size, 0, 0, '[]', :customers, x'')`,
    );
    this.#saveChunk = connection.prepare(
      `UPDATE live_chunks SET state = :state, attempt = :attempt, done = :done, refused = :refused, codes = :codes,
              sent_after = :sentAfter, known = :known, outcomes = :outcomes
        WHERE job_key = :jobKey AND number = :number`,
    );
    this.#moveChunk = connection.prepare(
      'UPDATE live_chunks SET state = :state, sent_after = :sentAfter, known = :known WHERE job_key = :jobKey AND number = :number',
    );
    this.#chunk = connection.prepare(`${CHUNK} WHERE job_key = ? AND number = ?`);
    this.#reject = connection.prepare('INSERT INTO live_rejects (job_key, ordinal, line, reason) VALUES (?, ?, ?, ?)');
  }

  /** Several writes that stay or go together. */
  transaction<T>(work: () => T): T {
    return this.#connection.transaction(work).immediate();
  }

  add(job: Omit<LiveJob, 'key' | 'state' | 'note' | 'total' | 'endedOn' | 'orgClock'>): LiveJob {
    const { lastInsertRowid } = this.#connection
      .prepare(
        `INSERT INTO live_jobs (uid, connection_key, connection_name, badge_name, remote_badge_id, action, owner_type, reference_id,
                                event_date, source, state, total, started_on)
         VALUES (:uid, :connectionKey, :connectionName, :badgeName, :remoteBadgeId, :action, :ownerType, :referenceId,
                 :eventDate, :source, 'reading', 0, :startedOn)`,
      )
      .run(job);
    return this.get(Number(lastInsertRowid));
  }

  list(): LiveJob[] {
    return this.#connection.prepare<[], LiveJob>(`${JOB} ORDER BY key DESC`).all().map(jobOf);
  }

  find(key: number): LiveJob | undefined {
    const row = this.#connection.prepare<[number], LiveJob>(`${JOB} WHERE key = ?`).get(key);
    return row && jobOf(row);
  }

  /** @throws Failure `not-found` */
  get(key: number): LiveJob {
    const job = this.find(key);
    if (job) return job;
    throw new Failure('not-found', 'That job is not in this workspace.');
  }

  setState(key: number, state: LiveJobState, note: string | null, endedOn: Instant | null = null): void {
    this.#connection
      .prepare('UPDATE live_jobs SET state = ?, note = ?, ended_on = ? WHERE key = ?')
      .run(state, note, endedOn, key);
  }

  setTotal(key: number, total: number, source: string): void {
    this.#connection.prepare('UPDATE live_jobs SET total = ?, source = ? WHERE key = ?').run(total, source, key);
  }

  setOrgClock(key: number, orgClock: Instant): void {
    this.#connection.prepare('UPDATE live_jobs SET org_clock = ? WHERE key = ?').run(orgClock, key);
  }

  /** A job that is not over and does the same to the same badge. */
  findRival(connectionKey: number, remoteBadgeId: string, action: LiveJob['action']): LiveJob | undefined {
    return this.#connection
      .prepare<[number, string, string], LiveJob>(
        `${JOB} WHERE connection_key = ? AND remote_badge_id = ? AND action = ? AND state NOT IN ('done', 'cancelled')`,
      )
      .get(connectionKey, remoteBadgeId, action);
  }

  addChunk(jobKey: number, number: number, customers: readonly number[]): void {
    this.#insertChunk.run({ jobKey, number, size: customers.length, customers: packCustomers(customers) });
  }

  addReject(jobKey: number, ordinal: number, line: string, reason: string): void {
    this.#reject.run(jobKey, ordinal, line, reason);
  }

  chunk(jobKey: number, number: number): LiveChunk | undefined {
    const row = this.#chunk.get(jobKey, number);
    return row && chunkOf(row);
  }

  /** The first chunk in one of these states, from a number on. */
  nextChunk(jobKey: number, states: readonly ChunkState[], from: number): LiveChunk | undefined {
    for (const state of states) {
      const row = this.#connection
        .prepare<[number, string, number], ChunkRow>(
          `${CHUNK} WHERE job_key = ? AND state = ? AND number >= ? ORDER BY number LIMIT 1`,
        )
        .get(jobKey, state, from);
      if (row) return chunkOf(row);
    }
    return undefined;
  }

  /** Numbers of all chunks in a state, in order. */
  chunkNumbers(jobKey: number, state: ChunkState): number[] {
    return this.#connection
      .prepare('SELECT number FROM live_chunks WHERE job_key = ? AND state = ? ORDER BY number')
      .pluck()
      .all(jobKey, state) as number[];
  }

  /** Writes everything about a chunk but its customers. */
  saveChunk(jobKey: number, chunk: LiveChunk): void {
    const { known, codes, customers: _, outcomes, ...rest } = chunk;
    this.#saveChunk.run({
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
    this.#moveChunk.run({ jobKey, number, state, sentAfter, known: known === null ? null : JSON.stringify(known) });
  }

  counts(jobKey: number): LiveJobCounts {
    const counts: LiveJobCounts = { waiting: 0, sent: 0, unknown: 0, done: 0, refused: 0 };
    const rows = this.#connection
      .prepare<[number], { state: ChunkState; open: number; done: number; refused: number }>(
        `SELECT state, sum(size - done - refused) AS open, sum(done) AS done, sum(refused) AS refused
           FROM live_chunks WHERE job_key = ? GROUP BY state`,
      )
      .all(jobKey);
    for (const row of rows) {
      counts[openStateOf(row.state)] += row.open;
      counts.done += row.done;
      counts.refused += row.refused;
    }
    counts.refused += this.rejectCount(jobKey);
    return counts;
  }

  rejectCount(jobKey: number): number {
    return this.#connection
      .prepare('SELECT count(*) FROM live_rejects WHERE job_key = ?')
      .pluck()
      .get(jobKey) as number;
  }

  /** Refusals by code, most frequent first. Lines that were never sent have code 0 and their reason. */
  refusals(jobKey: number): RefusalCount[] {
    const counts = new Map<string, RefusalCount>();
    const add = ([code, count, message]: RefusalCount): void => {
      const name = `${String(code)} ${code === 0 ? message : ''}`;
      const before = counts.get(name);
      counts.set(name, [code, count + (before?.[1] ?? 0), before?.[2] ?? message]);
    };
    const texts = this.#connection
      .prepare('SELECT codes FROM live_chunks WHERE job_key = ? AND refused > 0')
      .pluck()
      .all(jobKey) as string[];
    for (const text of texts) for (const refusal of jsonOr<RefusalCount[]>(text, [], isList)) add(refusal);
    const rejects = this.#connection
      .prepare<[number], { reason: string; count: number }>(
        'SELECT reason, count(*) AS count FROM live_rejects WHERE job_key = ? GROUP BY reason',
      )
      .all(jobKey);
    for (const { reason, count } of rejects) add([0, count, reason]);
    return [...counts.values()].sort((one, other) => other[1] - one[1]);
  }

  /** Forgets the customers of a job that never began. */
  dropCustomers(jobKey: number): void {
    this.#connection.prepare('DELETE FROM live_chunks WHERE job_key = ?').run(jobKey);
    this.#connection.prepare('DELETE FROM live_rejects WHERE job_key = ?').run(jobKey);
  }

  /**
   * Opens refused customers again. A refusal may hide that the org did it all the same, so their chunks are `consumed`:
   * the customers are read before a fresh request names them.
   *
   * @returns how many customers are open again
   */
  reopenRefused(jobKey: number): number {
    const numbers = this.#connection
      .prepare(`SELECT number FROM live_chunks WHERE job_key = ? AND refused > 0 AND state = 'settled'`)
      .pluck()
      .all(jobKey) as number[];
    let opened = 0;
    this.transaction(() => {
      for (const number of numbers) {
        const chunk = this.chunk(jobKey, number);
        if (!chunk) continue;
        const outcomes = chunk.outcomes.map((outcome): CustomerOutcome => {
          if (outcome.kind !== 'refused') return outcome;
          opened += 1;
          return { kind: 'open' };
        });
        this.saveChunk(jobKey, {
          ...chunk,
          state: 'consumed',
          outcomes,
          codes: [],
        });
      }
    });
    return opened;
  }
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
