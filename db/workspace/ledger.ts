import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Database } from 'better-sqlite3';
import { and, asc, count, desc, eq, gt, ne, sql } from 'drizzle-orm';
import { drizzle, type BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { Instant } from '../../shared/domain/instant';
import { inEnglish } from '../../shared/words/english';
import { message } from '../../shared/words/message';
import { given, givenColumns } from '../given';
import { lazily } from '../lazily';
import { LedgerSearch, type FoundTask, type LedgerFilter, type LedgerFound } from './ledger-search';
import { LedgerTasks, type LedgerErrand } from './ledger-tasks';
import { ledger, ledgerContents } from './schema';
import { isList, isNumbers, jsonOr } from '../stored-json';

export interface HeaderLine {
  name: string;
  value: string;
}

export type LedgerOutcome = 'sending' | 'answered' | 'refused' | 'unknown' | 'failed';

/** A request that is about to leave. */
export interface LedgerRequest {
  connectionKey: number;
  connectionName: string;
  /** `create`, `update`, `list`, `token` …; a word for people and for finding. */
  purpose: string;
  badgeId: string | null;
  jobKey: number | null;
  method: string;
  url: string;
  /** Without secrets. */
  headers: readonly HeaderLine[];
  body: string | null;
  sentOn: Instant;
  /** What it is sent for; without one its purpose tells. */
  errand?: LedgerErrand | null;
}

/** What became of it. */
export interface LedgerAnswer {
  outcome: LedgerOutcome;
  /** Null when no answer came. */
  answeredOn: Instant | null;
  status: number | null;
  codes: readonly number[];
  sentence: string;
  headers: readonly HeaderLine[];
  body: string | null;
}

export interface LedgerLine {
  key: number;
  connectionKey: number;
  connectionName: string;
  purpose: string;
  method: string;
  url: string;
  sentOn: Instant;
  answeredOn: Instant | null;
  outcome: LedgerOutcome;
  status: number | null;
  codes: readonly number[];
  sentence: string;
  taskKey: number | null;
}

export interface LedgerContents {
  requestHeaders: readonly HeaderLine[];
  requestBody: string | null;
  responseHeaders: readonly HeaderLine[];
  responseBody: string | null;
}

export type { FoundTask, LedgerFilter, LedgerFound };

/** Texts from this size on are stored deflated. */
const PACK_FROM = 1_024;

const LINE = {
  key: ledger.key,
  connectionKey: ledger.connectionKey,
  connectionName: ledger.connectionName,
  purpose: ledger.purpose,
  method: ledger.method,
  url: ledger.url,
  sentOn: ledger.sentOn,
  answeredOn: ledger.answeredOn,
  outcome: ledger.outcome,
  status: ledger.status,
  codes: ledger.codes,
  sentence: ledger.sentence,
  taskKey: ledger.taskKey,
};
type LedgerRow = Pick<typeof ledger.$inferSelect, keyof typeof LINE>;

const UNREADABLE_HEADERS: HeaderLine[] = [
  { name: inEnglish(message('damaged.headersName')), value: inEnglish(message('damaged.headers')) },
];

const OUTCOMES: readonly string[] = ledger.outcome.enumValues;

/** Codes that cannot be read would look like none: the line says so itself, wherever it is shown or exported. */
function readCodes(codes: string, sentence: string): Pick<LedgerLine, 'codes' | 'sentence'> {
  const read = jsonOr<number[] | null>(codes, null, isNumbers);
  if (read !== null) return { codes: read, sentence };
  const odd = sentence === '' ? message('damaged.codes') : message('damaged.codesAfter', { sentence });
  return { codes: [], sentence: inEnglish(odd) };
}

/** An outcome that only another version knows is not known here. */
const lineOf = ({ codes, ...row }: LedgerRow): LedgerLine => ({
  ...row,
  outcome: OUTCOMES.includes(row.outcome) ? row.outcome : 'unknown',
  ...readCodes(codes, row.sentence),
});

/** As the index of these is declared: written out, because an index is not found by a value that is given later. */
const IS_SENDING = sql`${ledger.outcome} = 'sending'`;

function prepareQueries(connection: Database) {
  const database = drizzle(connection);
  const ofKey = eq(ledger.key, given(ledger.key, 'key'));
  const contentsOfKey = eq(ledgerContents.ledgerKey, given(ledgerContents.ledgerKey, 'ledgerKey'));
  const { requestHeaders, responseHeaders, requestBody, requestPacked, responseBody, responsePacked } = ledgerContents;
  return lazily({
    begin: () =>
      database
        .insert(ledger)
        .values({
          ...givenColumns(ledger, 'connectionKey', 'connectionName', 'purpose', 'badgeId', 'jobKey', 'method', 'url'),
          ...givenColumns(ledger, 'sentOn', 'taskKey'),
          ...{ outcome: 'sending', codes: '[]', sentence: '' },
        })
        .prepare(),
    beginContents: () =>
      database
        .insert(ledgerContents)
        .values({
          ...givenColumns(ledgerContents, 'ledgerKey', 'requestHeaders', 'requestBody', 'requestPacked'),
          responseHeaders: '[]',
          responsePacked: false,
        })
        .prepare(),
    settle: () =>
      database
        .update(ledger)
        .set(givenColumns(ledger, 'outcome', 'answeredOn', 'status', 'codes', 'sentence'))
        .where(ofKey)
        .prepare(),
    settleContents: () =>
      database
        .update(ledgerContents)
        .set(givenColumns(ledgerContents, 'responseHeaders', 'responseBody', 'responsePacked'))
        .where(contentsOfKey)
        .prepare(),
    settleInterrupted: () =>
      database
        .update(ledger)
        .set({ ...givenColumns(ledger, 'sentence'), outcome: 'unknown' })
        .where(IS_SENDING)
        .prepare(),
    lastCreate: () =>
      database
        .select({ outcome: ledger.outcome })
        .from(ledger)
        .where(
          and(
            eq(ledger.badgeId, given(ledger.badgeId, 'badgeId')),
            eq(ledger.connectionKey, given(ledger.connectionKey, 'connectionKey')),
            eq(ledger.purpose, 'create'),
            ne(ledger.outcome, 'failed'),
          ),
        )
        .orderBy(desc(ledger.key))
        .limit(1)
        .prepare(),
    find: () => database.select(LINE).from(ledger).where(ofKey).prepare(),
    contents: () =>
      database
        .select({ requestHeaders, responseHeaders, requestBody, requestPacked, responseBody, responsePacked })
        .from(ledgerContents)
        .where(contentsOfKey)
        .prepare(),
  });
}

/**
 * Every request to a gateway. {@link begin} is committed before the request leaves: what a crash interrupts is found
 * as `sending` and is then `unknown`, never forgotten.
 */
export class LedgerStore {
  readonly #connection: Database;
  readonly #database: BetterSQLite3Database;
  readonly #queries: ReturnType<typeof prepareQueries>;
  readonly #tasks: LedgerTasks;
  /** Looks through the lines by what people ask for. */
  readonly search: LedgerSearch;

  constructor(connection: Database) {
    this.#connection = connection;
    this.#tasks = new LedgerTasks(connection);
    this.search = new LedgerSearch(connection);
    this.#database = drizzle(connection);
    this.#queries = prepareQueries(connection);
  }

  /**
   * Notes a request that is about to leave. What changes something in the org is safe against a loss of power, too;
   * reads are only safe against the end of this process, which costs no wait for the disk.
   */
  begin(request: LedgerRequest, durable: boolean): number {
    return this.#write(durable, () => {
      const { headers, body, errand: _, ...line } = request;
      const taskKey = this.#tasks.begin(request);
      const ledgerKey = Number(this.#queries.begin.run({ ...line, taskKey }).lastInsertRowid);
      const [requestBody, requestPacked] = pack(body);
      this.#queries.beginContents.run({
        ledgerKey,
        requestHeaders: JSON.stringify(headers),
        requestBody,
        requestPacked,
      });
      return ledgerKey;
    });
  }

  settle(key: number, answer: LedgerAnswer, durable: boolean): void {
    this.#write(durable, () => {
      const { headers, body, codes, ...line } = answer;
      this.#tasks.settle(key, line.outcome, line.answeredOn);
      this.#queries.settle.run({ ...line, key, codes: JSON.stringify(codes) });
      const [responseBody, responsePacked] = pack(body);
      this.#queries.settleContents.run({
        ledgerKey: key,
        responseHeaders: JSON.stringify(headers),
        responseBody,
        responsePacked,
      });
    });
  }

  /** What an earlier start left on its way: nobody knows whether it arrived. Call before anything is sent. */
  settleInterrupted(sentence: string): void {
    this.#write(true, () => {
      this.#queries.settleInterrupted.run({ sentence });
      this.#tasks.settleInterrupted();
    });
  }

  /**
   * Whether the last create of a draft without a live badge may have made one: nobody knows what became of it, or it was
   * answered and Laurel ended before the badge was linked to the draft.
   */
  mayHaveCreated(connectionKey: number, badgeId: string): boolean {
    const outcome = this.#queries.lastCreate.get({ badgeId, connectionKey })?.outcome;
    return outcome === 'unknown' || outcome === 'sending' || outcome === 'answered';
  }

  /** Newest first, of the lines that one look goes through. */
  list(
    filter: LedgerFilter,
    offset: number,
    limit: number,
  ): Omit<LedgerFound<never>, 'rows'> & { lines: LedgerLine[] } {
    const { total, rows, next } = this.search.lines(filter, offset, limit);
    return { total, next, lines: rows.map(lineOf) };
  }

  /** How many lines there are, of all connections or of one. */
  count(connectionKey: number | null): number {
    const ofConnection = connectionKey === null ? undefined : eq(ledger.connectionKey, connectionKey);
    return this.#database.select({ lines: count() }).from(ledger).where(ofConnection).get()?.lines ?? 0;
  }

  /** Lines after a key, oldest first, for exports that read on and on. */
  after(connectionKey: number | null, key: number, limit: number): LedgerLine[] {
    const ofConnection = connectionKey === null ? undefined : eq(ledger.connectionKey, connectionKey);
    return this.#database
      .select(LINE)
      .from(ledger)
      .where(and(gt(ledger.key, key), ofConnection))
      .orderBy(asc(ledger.key))
      .limit(limit)
      .all()
      .map(lineOf);
  }

  /** Lines of a live job after a key, oldest first. */
  ofJob(jobKey: number, key: number, limit: number): LedgerLine[] {
    return this.#database
      .select(LINE)
      .from(ledger)
      .where(and(gt(ledger.key, key), eq(ledger.jobKey, jobKey)))
      .orderBy(asc(ledger.key))
      .limit(limit)
      .all()
      .map(lineOf);
  }

  /** Lines of a task after a key, oldest first, each with the badge it is about. */
  ofTask(taskKey: number, key: number, limit: number): (LedgerLine & { badgeId: string | null })[] {
    return this.#database
      .select({ ...LINE, badgeId: ledger.badgeId })
      .from(ledger)
      .where(and(gt(ledger.key, key), eq(ledger.taskKey, taskKey)))
      .orderBy(asc(ledger.key))
      .limit(limit)
      .all()
      .map(({ badgeId, ...row }) => ({ ...lineOf(row), badgeId }));
  }

  /** What requests were sent for. */
  get tasks(): Pick<LedgerTasks, 'find' | 'pushes'> {
    return this.#tasks;
  }

  find(key: number): LedgerLine | undefined {
    const row = this.#queries.find.get({ key });
    return row && lineOf(row);
  }

  contents(key: number): LedgerContents {
    const row = this.#queries.contents.get({ ledgerKey: key });
    if (!row) return { requestHeaders: [], requestBody: null, responseHeaders: [], responseBody: null };
    return {
      requestHeaders: jsonOr<HeaderLine[]>(row.requestHeaders, UNREADABLE_HEADERS, isList),
      requestBody: unpack(row.requestBody, row.requestPacked),
      responseHeaders: jsonOr<HeaderLine[]>(row.responseHeaders, UNREADABLE_HEADERS, isList),
      responseBody: unpack(row.responseBody, row.responsePacked),
    };
  }

  #write<T>(durable: boolean, work: () => T): T {
    if (this.#connection.inTransaction) return work();
    if (!durable) this.#connection.pragma('synchronous = NORMAL');
    try {
      return this.#connection.transaction(work).immediate();
    } finally {
      if (!durable) this.#connection.pragma('synchronous = FULL');
    }
  }
}

function pack(text: string | null): [Buffer | null, isPacked: boolean] {
  if (text === null) return [null, false];
  const plain = Buffer.from(text, 'utf8');
  return plain.length < PACK_FROM ? [plain, false] : [deflateRawSync(plain, { level: 1 }), true];
}

function unpack(stored: Buffer | null, isPacked: boolean): string | null {
  if (stored === null) return null;
  if (!isPacked) return stored.toString('utf8');
  try {
    return inflateRawSync(stored).toString('utf8');
  } catch {
    return inEnglish(message('damaged.body'));
  }
}
