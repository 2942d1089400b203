/** Writes Parquet: DuckDB makes it in a folder of its own of a text, and its bytes take the usual way from there. */
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { writeWhole } from '../../disk/whole-file';
import { causeOf } from '../../disk/system-reasons';
import { Failure } from '../../../shared/ipc/errors';
import type { CancelSignal } from '../../../shared/ipc/method';
import { message } from '../../../shared/words/message';
import { sqlName, sqlPath, sqlText, withDuckDb } from '../tables/duckdb';
import { temporaryFolder } from '../tables/temporary-folder';
import { isInstant, type OutputCell, type OutputColumn, type OutputRow, type OutputTable } from './table-output';

const TYPES = {
  text: 'VARCHAR',
  integer: 'BIGINT',
  number: 'DOUBLE',
  date: 'DATE',
  instant: 'BIGINT',
  'exact-instant': 'BIGINT',
} as const satisfies Record<OutputColumn['kind'], string>;

/**
 * Makes the Parquet file and hands its bytes to the writer. Instants are UTC, to the microsecond.
 *
 * @throws Failure `cancelled`, `internal`; what the rows and the writer throw
 */
export async function writtenParquet(
  table: OutputTable,
  portions: AsyncIterable<readonly OutputRow[]>,
  signal: CancelSignal,
  write: (bytes: AsyncIterable<Uint8Array>) => Promise<void>,
): Promise<void> {
  const { folder, dispose } = temporaryFolder();
  try {
    const text = path.join(folder, 'rows.csv');
    const made = path.join(folder, 'rows.parquet');
    await writeWhole(text, textOf(table.columns, portions), { signal });
    try {
      await withDuckDb({ files: [], folder }, signal, async ({ run }) => {
        await run(copyStatement(table.columns, text, made));
      });
    } catch (error) {
      if (error instanceof Failure) throw error;
      throw new Failure('internal', message('system.parquetNotMade', { reason: causeOf(error) }));
    }
    await write(createReadStream(made));
  } finally {
    dispose();
  }
}

function copyStatement(columns: readonly OutputColumn[], text: string, made: string): string {
  const types = columns.map(({ kind }, at) => `${sqlText(`c${String(at)}`)}: ${sqlText(TYPES[kind])}`).join(', ');
  const values = columns.map(({ name, kind }, at) => {
    const column = sqlName(`c${String(at)}`);
    return `${isInstant(kind) ? `make_timestamp(${column})::TIMESTAMPTZ` : column} AS ${sqlName(name)}`;
  });
  const dialect = `auto_detect = false, header = false, delim = ',', quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = false, strict_mode = true`;
  return `COPY (SELECT ${values.join(', ')} FROM read_csv(${sqlPath(text)}, columns = {${types}}, ${dialect}))
    TO ${sqlText(made)} (FORMAT parquet, COMPRESSION zstd)`;
}

async function* textOf(
  columns: readonly OutputColumn[],
  portions: AsyncIterable<readonly OutputRow[]>,
): AsyncGenerator<string> {
  for await (const rows of portions) {
    yield rows.map((row) => `${columns.map((_, at) => cellOf(row[at] ?? null)).join(',')}\n`).join('');
  }
}

const cellOf = (cell: OutputCell): string =>
  typeof cell === 'string' ? `"${cell.replaceAll('\0', '').replaceAll('"', '""')}"` : cell === null ? '' : String(cell);
