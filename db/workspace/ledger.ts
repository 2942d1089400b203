import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Database, Statement } from 'better-sqlite3';
import type { Instant } from '../../shared/domain/instant';
import { ledger } from './schema';
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
}

export interface LedgerContents {
  requestHeaders: readonly HeaderLine[];
  requestBody: string | null;
  responseHeaders: readonly HeaderLine[];
  responseBody: string | null;
}

export interface LedgerFilter {
  connectionKey: number | null;
  /** Every word must occur in the purpose, URL, sentence or connection. */
  search: string;
  outcomes: readonly string[];
}

type LineRow = Omit<LedgerLine, 'codes'> & { codes: string };
interface ContentsRow {
  requestHeaders: string;
  responseHeaders: string;
  requestBody: Buffer | null;
  requestPacked: number;
  responseBody: Buffer | null;
  responsePacked: number;
}

/** Texts from this size on are stored deflated. */
const PACK_FROM = 1_024;

const SELECT = `SELECT key, connection_key AS connectionKey, connection_name AS connectionName, purpose, method, url, sent_on AS sentOn,
  answered_on AS answeredOn, outcome, status, codes, sentence FROM ledger`;

const UNREADABLE_HEADERS: HeaderLine[] = [
  { name: '(headers)', value: 'These are stored in a form that cannot be read.' },
];

const OUTCOMES: readonly string[] = ledger.outcome.enumValues;

/** Codes that cannot be read would look like none: the line says so itself, wherever it is shown or exported. */
function readCodes(codes: string, sentence: string): Pick<LedgerLine, 'codes' | 'sentence'> {
  const read = jsonOr<number[] | null>(codes, null, isNumbers);
  const odd = 'Its error codes are stored in a form that cannot be read, and are kept as they are.';
  return read === null ? { codes: [], sentence: `${sentence} ${odd}`.trim() } : { codes: read, sentence };
}

/** An outcome that only another version knows is not known here. */
const lineOf = ({ codes, ...row }: LineRow): LedgerLine => ({
  ...row,
  outcome: OUTCOMES.includes(row.outcome) ? row.outcome : 'unknown',
  ...readCodes(codes, row.sentence),
});

/**
 * Every request to a gateway. {@link begin} is committed before the request leaves: what a crash interrupts is found
 * as `sending` and is then `unknown`, never forgotten.
 */
export class LedgerStore {
  readonly #connection: Database;
  readonly #begin: Statement<[Record<string, unknown>]>;
  readonly #beginContents: Statement<[Record<string, unknown>]>;
  readonly #settle: Statement<[Record<string, unknown>]>;
  readonly #settleContents: Statement<[Record<string, unknown>]>;

  constructor(connection: Database) {
    this.#connection = connection;
    this.#begin = connection.prepare(
      `INSERT INTO ledger (connection_key, connection_name, purpose, badge_id, job_key, method, url, sent_on, outcome, codes, sentence)
       VALUES (:connectionKey, :connectionName, :purpose, :badgeId, :jobKey, :method, :url, :sentOn, 'sending', '[]', '')`,
    );
    this.#beginContents = connection.prepare(
      `INSERT INTO ledger_contents (ledger_key, request_headers, response_headers, request_body, request_packed, response_packed)
       VALUES (:key, :headers, '[]', :body, :packed, 0)`,
    );
    this.#settle = connection.prepare(
      `UPDATE ledger SET outcome = :outcome, answered_on = :answeredOn, status = :status, codes = :codes, sentence = :sentence
        WHERE key = :key`,
    );
    this.#settleContents = connection.prepare(
      'UPDATE ledger_contents SET response_headers = :headers, response_body = :body, response_packed = :packed WHERE ledger_key = :key',
    );
  }

  /**
   * Notes a request that is about to leave. What changes something in the org is safe against a loss of power, too;
   * reads are only safe against the end of this process, which costs no wait for the disk.
   */
  begin(request: LedgerRequest, durable: boolean): number {
    return this.#write(durable, () => {
      const { headers, body, ...line } = request;
      const key = Number(this.#begin.run(line).lastInsertRowid);
      const [packedBody, packed] = pack(body);
      this.#beginContents.run({ key, headers: JSON.stringify(headers), body: packedBody, packed });
      return key;
    });
  }

  settle(key: number, answer: LedgerAnswer, durable: boolean): void {
    this.#write(durable, () => {
      const { headers, body, codes, ...line } = answer;
      this.#settle.run({ ...line, key, codes: JSON.stringify(codes) });
      const [packedBody, packed] = pack(body);
      this.#settleContents.run({ key, headers: JSON.stringify(headers), body: packedBody, packed });
    });
  }

  /** What an earlier start left on its way: nobody knows whether it arrived. Call before anything is sent. */
  settleInterrupted(sentence: string): void {
    this.#connection
      .prepare(`UPDATE ledger SET outcome = 'unknown', sentence = ? WHERE outcome = 'sending'`)
      .run(sentence);
  }

  /**
   * Whether the last create of a draft without a live badge may have made one: nobody knows what became of it, or it was
   * answered and Laurel ended before the badge was linked to the draft.
   */
  mayHaveCreated(connectionKey: number, badgeId: string): boolean {
    const outcome = this.#connection
      .prepare(
        `SELECT outcome FROM ledger WHERE badge_id = ? AND connection_key = ? AND purpose = 'create' AND outcome <> 'failed'
          ORDER BY key DESC LIMIT 1`,
      )
      .pluck()
      .get(badgeId, connectionKey);
    return outcome === 'unknown' || outcome === 'sending' || outcome === 'answered';
  }

  /** Newest first. */
  list(filter: LedgerFilter, offset: number, limit: number): { total: number; lines: LedgerLine[] } {
    const { where, parameters } = conditionsOf(filter);
    const total = this.#connection.prepare(`SELECT count(*) FROM ledger ${where}`).pluck().get(parameters) as number;
    const lines = this.#connection
      .prepare<[Record<string, unknown>], LineRow>(`${SELECT} ${where} ORDER BY key DESC LIMIT :limit OFFSET :offset`)
      .all({ ...parameters, offset, limit })
      .map(lineOf);
    return { total, lines };
  }

  /** Lines after a key, oldest first, for exports that read on and on. */
  after(connectionKey: number | null, key: number, limit: number): LedgerLine[] {
    return this.#connection
      .prepare<[Record<string, unknown>], LineRow>(
        `${SELECT} WHERE key > :key ${connectionKey === null ? '' : 'AND connection_key = :connectionKey'} ORDER BY key LIMIT :limit`,
      )
      .all(connectionKey === null ? { key, limit } : { key, limit, connectionKey })
      .map(lineOf);
  }

  find(key: number): LedgerLine | undefined {
    const row = this.#connection.prepare<[number], LineRow>(`${SELECT} WHERE key = ?`).get(key);
    return row && lineOf(row);
  }

  contents(key: number): LedgerContents {
    const row = this.#connection
      .prepare<[number], ContentsRow>(
        `SELECT request_headers AS requestHeaders, response_headers AS responseHeaders, request_body AS requestBody,
                request_packed AS requestPacked, response_body AS responseBody, response_packed AS responsePacked
           FROM ledger_contents WHERE ledger_key = ?`,
      )
      .get(key);
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

function conditionsOf(filter: LedgerFilter): { where: string; parameters: Record<string, unknown> } {
  const conditions: string[] = [];
  const parameters: Record<string, unknown> = {};
  if (filter.connectionKey !== null) {
    conditions.push('connection_key = :connectionKey');
    parameters['connectionKey'] = filter.connectionKey;
  }
  filter.search
    .split(/\s+/)
    .filter(Boolean)
    .forEach((word, index) => {
      const name = `word${String(index)}`;
      conditions.push(
        `instr(lower(connection_name || ' ' || purpose || ' ' || method || ' ' || url || ' ' || sentence || ' ' || coalesce(status, '') || ' ' || codes), :${name}) > 0`,
      );
      parameters[name] = word.toLowerCase();
    });
  if (filter.outcomes.length > 0) {
    const names = filter.outcomes.map((outcome, index) => {
      parameters[`outcome${String(index)}`] = outcome;
      return `:outcome${String(index)}`;
    });
    conditions.push(`outcome IN (${names.join(', ')})`);
  }
  return { where: conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`, parameters };
}

function pack(text: string | null): [Buffer | null, number] {
  if (text === null) return [null, 0];
  const plain = Buffer.from(text, 'utf8');
  return plain.length < PACK_FROM ? [plain, 0] : [deflateRawSync(plain, { level: 1 }), 1];
}

function unpack(stored: Buffer | null, packed: number): string | null {
  if (stored === null) return null;
  if (packed !== 1) return stored.toString('utf8');
  try {
    return inflateRawSync(stored).toString('utf8');
  } catch {
    return '(This body is stored in a form that cannot be read.)';
  }
}
