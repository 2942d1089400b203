import { deflateSync, inflateSync } from 'node:zlib';
import type { Database, Statement } from 'better-sqlite3';
import type { Instant } from '../../shared/domain/instant';
import { Failure } from '../../shared/ipc/errors';
import { folded } from './outline';

/** What the list of kept simulations shows. */
export interface SimulationLine {
  key: number;
  name: string;
  ranOn: Instant;
  milliseconds: number;
  seed: number;
  engine: string;
  replications: number;
  events: number;
  sentence: string;
}

/** A kept simulation in full. The three documents are plain JSON values. */
export interface KeptSimulation extends SimulationLine {
  scenario: unknown;
  /** Absolute path of the replayed file; null for synthetic customers. */
  csv: string | null;
  pseudonyms: boolean;
  result: unknown;
  answers: unknown;
}

type Columns = SimulationLine & {
  scenario: Buffer;
  csv: string | null;
  pseudonyms: number;
  result: Buffer;
  answers: Buffer;
};

const LINE = 'key, name, ran_on AS ranOn, milliseconds, seed, engine, replications, events, sentence';

// Results repeat their field names for every day of every replication: packed they take about a twentieth.
const pack = (value: unknown): Buffer => deflateSync(JSON.stringify(value));
const unpack = (bytes: Buffer): unknown => {
  try {
    return JSON.parse(inflateSync(bytes).toString('utf8')) as unknown;
  } catch {
    throw new Failure(
      'database',
      'That kept result cannot be read: it was damaged, or another version wrote it in another form. It stays as it is; run its scenario again.',
    );
  }
};

/** The simulations of a workspace that were run and are kept. */
export class SimulationStore {
  readonly #connection: Database;
  readonly #line: Statement<[number], SimulationLine>;
  readonly #get: Statement<[number], Columns>;
  readonly #scenarios: Statement<[number], SimulationLine & { scenario: Buffer }>;

  constructor(connection: Database) {
    this.#connection = connection;
    connection.function('folded', { deterministic: true }, (text: string) => folded(text));
    this.#line = connection.prepare(`SELECT ${LINE} FROM simulations WHERE key = ?`);
    this.#get = connection.prepare(
      `SELECT ${LINE}, scenario, csv, pseudonyms, result, answers FROM simulations WHERE key = ?`,
    );
    this.#scenarios = connection.prepare(
      `SELECT ${LINE}, scenario FROM simulations ORDER BY ran_on DESC, key DESC LIMIT ?`,
    );
  }

  /**
   * The latest kept ones with what was asked, without what came out, which is many times larger; those whose scenario
   * cannot be read are left out.
   */
  scenarios(limit: number): (SimulationLine & { scenario: unknown })[] {
    return this.#scenarios.all(limit).flatMap((row) => {
      try {
        return [{ ...row, scenario: unpack(row.scenario) }];
      } catch {
        return [];
      }
    });
  }

  /**
   * Latest first.
   *
   * @param search words that all stand in the name or the sentence, without regard to case and accents; empty: all
   */
  list(search: string, offset: number, limit: number): { total: number; rows: SimulationLine[] } {
    const words = folded(search).split(/\s+/).filter(Boolean);
    const matches = words.map((_, index) => `instr(folded(name || ' ' || sentence), :word${index}) > 0`);
    const matching = `FROM simulations ${matches.length === 0 ? '' : `WHERE ${matches.join(' AND ')}`}`;
    const wanted = Object.fromEntries(words.map((word, index) => [`word${index}`, word]));
    const total =
      this.#connection.prepare<[object], { total: number }>(`SELECT count(*) AS total ${matching}`).get(wanted)
        ?.total ?? 0;
    const rows = this.#connection
      .prepare<[object], SimulationLine>(
        `SELECT ${LINE} ${matching} ORDER BY ran_on DESC, key DESC LIMIT :limit OFFSET :offset`,
      )
      .all({ ...wanted, limit, offset });
    return { total, rows };
  }

  /** @throws Failure `not-found` */
  line(key: number): SimulationLine {
    return this.#line.get(key) ?? missing();
  }

  /** @throws Failure `not-found` */
  get(key: number): KeptSimulation {
    const row = this.#get.get(key) ?? missing();
    return {
      ...row,
      pseudonyms: row.pseudonyms === 1,
      scenario: unpack(row.scenario),
      result: unpack(row.result),
      answers: unpack(row.answers),
    };
  }

  /** @returns the key of the new row */
  add(kept: Omit<KeptSimulation, 'key'>): number {
    const { lastInsertRowid } = this.#connection
      .prepare(
        `INSERT INTO simulations (name, ran_on, milliseconds, seed, engine, replications, events, sentence, scenario, csv, pseudonyms, result, answers)
         VALUES (:name, :ranOn, :milliseconds, :seed, :engine, :replications, :events, :sentence, :scenario, :csv, :pseudonyms, :result, :answers)`,
      )
      .run({
        ...kept,
        pseudonyms: kept.pseudonyms ? 1 : 0,
        scenario: pack(kept.scenario),
        result: pack(kept.result),
        answers: pack(kept.answers),
      });
    return Number(lastInsertRowid);
  }

  /** @throws Failure `not-found` */
  rename(key: number, name: string): SimulationLine {
    this.#connection.prepare('UPDATE simulations SET name = ? WHERE key = ?').run(name, key);
    return this.line(key);
  }

  /** @returns how many were there */
  remove(keys: readonly number[]): number {
    const statement = this.#connection.prepare('DELETE FROM simulations WHERE key = ?');
    return this.#connection
      .transaction(() => keys.reduce((sum, key) => sum + statement.run(key).changes, 0))
      .immediate();
  }
}

function missing(): never {
  throw new Failure('not-found', 'That result is no longer kept in this workspace. Run its scenario again.');
}
