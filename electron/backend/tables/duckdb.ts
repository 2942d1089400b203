/** The one place that knows DuckDB, which decodes Parquet. It is loaded at the first Parquet file. */
import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { DuckDBDataChunk, DuckDBDoubleVector, DuckDBVarCharVector } from '@duckdb/node-api';
import { causeOf } from '../../disk/system-reasons';
import { Failure } from '../../../shared/ipc/errors';
import type { CancelSignal } from '../../../shared/ipc/method';
import { message } from '../../../shared/words/message';

/** Runs a statement and gives its rows, integers as texts. @throws the library's error */
export type RunSql = (sql: string) => Promise<readonly (readonly unknown[])[]>;

/** Some rows of an answer, column by column. It lives until the next ones are asked for. */
export interface RowChunk {
  readonly rows: number;
  /** A column of DOUBLE without NULL. */
  numbers: (column: number) => (row: number) => number;
  /** A column of VARCHAR. */
  texts: (column: number) => (row: number) => string | null;
}

/** What is done with an open database. Both end with `cancelled` when the signal is raised, also in the middle. */
export interface DuckDbWork {
  run: RunSql;
  /**
   * The rows of a query in its order, some thousands at a time; the next ones are made while these are looked at. Several
   * queries can be read side by side.
   */
  chunks: (sql: string) => AsyncGenerator<RowChunk, void, undefined>;
}

/** Is told from time to time which share of the statement that runs is done, from 0 to 1. */
export type StatementReport = (share: number) => void;

/** What DuckDB may touch: nothing but these. */
export interface DuckDbReach {
  readonly files: readonly string[];
  readonly folder: string;
}

const MEMORY_LIMIT = '512MB';
const MILLISECONDS_BETWEEN_REPORTS = 100;

/** The library takes these characters of a path for wildcards. */
const WILDCARDS = /[*?[]/g;

const hasWildcard = (file: string): boolean => file.search(WILDCARDS) >= 0;

/** A path as the library looks for it, as SQL writes it. */
export const sqlPath = (file: string): string => sqlText(file.replaceAll(WILDCARDS, '[$&]'));
/** A text as SQL writes it. */
export const sqlText = (text: string): string => `'${text.replaceAll("'", "''")}'`;
/** A name as SQL writes it. */
export const sqlName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * Opens a database in memory for some work. It loads no extension, opens no address, and reads and writes nothing but
 * what it is told; nothing that a file holds can change that.
 *
 * @param signal stops the statement that runs, and what comes after it
 * @param report hears how far statements are that take long
 * @throws Failure `internal` where the library cannot be loaded, `cancelled`; whatever the work throws
 */
export async function withDuckDb<T>(
  reach: DuckDbReach,
  signal: CancelSignal | undefined,
  work: (database: DuckDbWork) => Promise<T>,
  report?: StatementReport,
): Promise<T> {
  const { DuckDBInstance } = await load();
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    memory_limit: MEMORY_LIMIT,
    threads: String(availableParallelism()),
    temp_directory: reach.folder,
  });
  const connection = await instance.connect();
  const connections = [connection];
  const interrupt = (): void => connections.forEach((one) => one.interrupt());
  signal?.addEventListener('abort', interrupt);
  const stopped = (): boolean => signal?.aborted === true;
  let timer: ReturnType<typeof setInterval> | undefined;
  try {
    await connection.run("SET TimeZone = 'UTC'");
    if (report !== undefined) {
      await connection.run('SET enable_progress_bar = true');
      await connection.run('SET enable_progress_bar_print = false');
      await connection.run('SET progress_bar_time = 0');
    }
    await connection.run(`SET allowed_paths = [${reach.files.map(sqlText).join(', ')}]`);
    // A path that is looked for as a pattern needs the folder that is looked through.
    const folders = reach.files.filter(hasWildcard).map((file) => path.dirname(file));
    await connection.run(`SET allowed_directories = [${[reach.folder, ...new Set(folders)].map(sqlText).join(', ')}]`);
    await connection.run('SET enable_external_access = false');
    await connection.run('SET lock_configuration = true');
    timer = setInterval(() => {
      const { percentage } = connection.progress;
      if (percentage > 0) report?.(Math.min(1, percentage / 100));
    }, MILLISECONDS_BETWEEN_REPORTS);
    return await work({
      run: async (sql) => {
        if (stopped()) throw cancelled();
        const reader = await connection.runAndReadAll(sql);
        return reader.getRowsJson();
      },
      async *chunks(sql) {
        const own = await instance.connect();
        connections.push(own);
        const result = await own.stream(sql);
        let next = result.fetchChunk();
        try {
          for (;;) {
            const chunk = await next;
            if (stopped()) throw cancelled();
            if (chunk === null || chunk.rowCount === 0) return;
            next = result.fetchChunk();
            yield chunkOf(chunk);
          }
        } finally {
          // Nothing may be on its way when the connection is closed.
          await next.catch(() => null);
          connections.splice(connections.indexOf(own), 1);
          own.closeSync();
        }
      },
    });
  } catch (error) {
    if (stopped()) throw cancelled();
    throw error;
  } finally {
    clearInterval(timer);
    signal?.removeEventListener('abort', interrupt);
    connections.forEach((one) => one.closeSync());
    instance.closeSync();
  }
}

function chunkOf(chunk: DuckDBDataChunk): RowChunk {
  return {
    rows: chunk.rowCount,
    numbers: (column) => {
      const vector = chunk.getColumnVector(column) as DuckDBDoubleVector;
      return (row) => vector.getItem(row)!;
    },
    texts: (column) => {
      const vector = chunk.getColumnVector(column) as DuckDBVarCharVector;
      return (row) => vector.getItem(row);
    },
  };
}

const cancelled = (): Failure => new Failure('cancelled', message('tables.cancelled'));

const library = () => import('@duckdb/node-api');

async function load(): ReturnType<typeof library> {
  try {
    return await library();
  } catch (error) {
    throw new Failure('internal', message('tableFiles.noParquetReader', { reason: causeOf(error) }));
  }
}
