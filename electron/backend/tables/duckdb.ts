/** The one place that knows DuckDB, which decodes Parquet. It is loaded at the first Parquet file. */
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { causeOf } from '../../disk/system-reasons';
import { Failure } from '../../../shared/ipc/errors';
import type { CancelSignal } from '../../../shared/ipc/method';
import { message } from '../../../shared/words/message';

/** Runs a statement and gives its rows, integers as texts. @throws the library's error */
export type RunSql = (sql: string) => Promise<readonly (readonly unknown[])[]>;

/** What DuckDB may touch: nothing but these. */
export interface DuckDbReach {
  readonly files: readonly string[];
  readonly folder: string;
}

const MEMORY_LIMIT = '512MB';

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
 * @throws Failure `internal` where the library cannot be loaded, `cancelled`; whatever the work throws
 */
export async function withDuckDb<T>(
  reach: DuckDbReach,
  signal: CancelSignal | undefined,
  work: (run: RunSql) => Promise<T>,
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
  const interrupt = (): void => connection.interrupt();
  signal?.addEventListener('abort', interrupt);
  const stopped = (): boolean => signal?.aborted === true;
  try {
    await connection.run("SET TimeZone = 'UTC'");
    await connection.run(`SET allowed_paths = [${reach.files.map(sqlText).join(', ')}]`);
    // A path that is looked for as a pattern needs the folder that is looked through.
    const folders = reach.files.filter(hasWildcard).map((file) => path.dirname(file));
    await connection.run(`SET allowed_directories = [${[reach.folder, ...new Set(folders)].map(sqlText).join(', ')}]`);
    await connection.run('SET enable_external_access = false');
    await connection.run('SET lock_configuration = true');
    return await work(async (sql) => {
      if (stopped()) throw cancelled();
      const reader = await connection.runAndReadAll(sql);
      return reader.getRowsJson();
    });
  } catch (error) {
    if (stopped()) throw cancelled();
    throw error;
  } finally {
    signal?.removeEventListener('abort', interrupt);
    connection.closeSync();
    instance.closeSync();
  }
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
