import { deflateSync, inflateSync } from 'node:zlib';
import type { Database } from 'better-sqlite3';
import { and, count, desc, eq, getTableColumns, sql } from 'drizzle-orm';
import { drizzle, type BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { Instant } from '../../shared/domain/instant';
import { parseJson, writeJson } from '../../shared/domain/json';
import { Failure } from '../../shared/ipc/errors';
import { message } from '../../shared/words/message';
import { given, givenColumns } from '../given';
import { lazily } from '../lazily';
import { folded } from './outline';
import { simulations } from './schema';

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

const {
  scenario,
  csv: _csv,
  pseudonyms: _pseudonyms,
  result: _result,
  answers: _answers,
  ...LINE
} = getTableColumns(simulations);
const LATEST_FIRST = [desc(simulations.ranOn), desc(simulations.key)];

// Results repeat their field names for every day of every replication: packed they take about a twentieth.
const pack = (value: unknown, write: (value: unknown) => string = JSON.stringify): Buffer => deflateSync(write(value));
const unpack = (bytes: Buffer, read: (text: string) => unknown = JSON.parse): unknown => {
  try {
    return read(inflateSync(bytes).toString('utf8'));
  } catch {
    throw new Failure('database', message('store.resultUnreadable'));
  }
};

function prepareQueries(connection: Database) {
  const database = drizzle(connection);
  const ofKey = eq(simulations.key, given(simulations.key, 'key'));
  return lazily({
    line: () => database.select(LINE).from(simulations).where(ofKey).prepare(),
    get: () => database.select().from(simulations).where(ofKey).prepare(),
    scenarios: () =>
      database
        .select({ ...LINE, scenario })
        .from(simulations)
        .orderBy(...LATEST_FIRST)
        .limit(sql.placeholder('limit'))
        .prepare(),
    add: () =>
      database
        .insert(simulations)
        .values(
          givenColumns(
            simulations,
            ...(['name', 'ranOn', 'milliseconds', 'seed', 'engine', 'replications', 'events', 'sentence'] as const),
            ...(['scenario', 'csv', 'pseudonyms', 'result', 'answers'] as const),
          ),
        )
        .prepare(),
    rename: () => database.update(simulations).set(givenColumns(simulations, 'name')).where(ofKey).prepare(),
    answer: () => database.update(simulations).set(givenColumns(simulations, 'answers')).where(ofKey).prepare(),
    remove: () => database.delete(simulations).where(ofKey).prepare(),
  });
}

/** The simulations of a workspace that were run and are kept. */
export class SimulationStore {
  readonly #connection: Database;
  readonly #database: BetterSQLite3Database;
  readonly #queries: ReturnType<typeof prepareQueries>;

  constructor(connection: Database) {
    this.#connection = connection;
    this.#database = drizzle(connection);
    connection.function('folded', { deterministic: true }, (text: string) => folded(text));
    this.#queries = prepareQueries(connection);
  }

  /**
   * The latest kept ones with what was asked, without what came out, which is many times larger; those whose scenario
   * cannot be read are left out.
   */
  scenarios(limit: number): (SimulationLine & { scenario: unknown })[] {
    return this.#queries.scenarios.all({ limit }).flatMap((row) => {
      try {
        return [{ ...row, scenario: unpack(row.scenario, parseJson) }];
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
    const said = sql`${simulations.name} || ' ' || ${simulations.sentence}`;
    const matches = and(...words.map((word) => sql`instr(folded(${said}), ${word}) > 0`));
    const [{ total } = { total: 0 }] = this.#database.select({ total: count() }).from(simulations).where(matches).all();
    const rows = this.#database
      .select(LINE)
      .from(simulations)
      .where(matches)
      .orderBy(...LATEST_FIRST)
      .limit(limit)
      .offset(offset)
      .all();
    return { total, rows };
  }

  /** @throws Failure `not-found` */
  line(key: number): SimulationLine {
    return this.#queries.line.get({ key }) ?? missing();
  }

  /** @throws Failure `not-found` */
  get(key: number): KeptSimulation {
    const row = this.#queries.get.get({ key }) ?? missing();
    return {
      ...row,
      scenario: unpack(row.scenario, parseJson),
      result: unpack(row.result),
      answers: unpack(row.answers),
    };
  }

  /** @returns the key of the new row */
  add(kept: Omit<KeptSimulation, 'key'>): number {
    const row: typeof simulations.$inferInsert = {
      ...kept,
      scenario: pack(kept.scenario, writeJson),
      result: pack(kept.result),
      answers: pack(kept.answers),
    };
    return Number(this.#queries.add.run(row).lastInsertRowid);
  }

  /** @throws Failure `not-found` */
  rename(key: number, name: string): SimulationLine {
    this.#queries.rename.run({ key, name });
    return this.line(key);
  }

  /** Replaces what is kept beside a result. @throws Failure `not-found` */
  answer(key: number, answers: unknown): void {
    if (this.#queries.answer.run({ key, answers: pack(answers) }).changes === 0) missing();
  }

  /** @returns how many were there */
  remove(keys: readonly number[]): number {
    return this.#connection
      .transaction(() => keys.reduce((sum, key) => sum + this.#queries.remove.run({ key }).changes, 0))
      .immediate();
  }
}

function missing(): never {
  throw new Failure('not-found', message('store.resultGone'));
}
