/** Parquet files as the database sees them: their columns, and each value as a text. */
import { codeOf, causeOf } from '../../disk/system-reasons';
import { Failure } from '../../../shared/ipc/errors';
import { message } from '../../../shared/words/message';
import { sqlName, sqlPath, type RunSql } from './duckdb';

export interface ParquetColumn {
  name: string;
  type: string;
}

/** A file and what its own footer says of it. */
export interface ParquetFile {
  path: string;
  name: string;
  rows: number;
  columns: ParquetColumn[];
}

/** What the footer of a file says. @throws Failure `invalid-input` where it is none */
export async function lookAtParquet(run: RunSql, file: string, name: string): Promise<ParquetFile> {
  const source = sourceOf([file]);
  try {
    const described = await run(`DESCRIBE SELECT * FROM ${source}`);
    const [[rows] = []] = await run(`SELECT num_rows FROM parquet_file_metadata([${sqlPath(file)}])`);
    const columns = described.map(([column, type]) => ({ name: String(column), type: String(type) }));
    return { path: file, name, rows: Number(rows), columns };
  } catch (error) {
    throw inWords(error, name);
  }
}

/** The rows of some files in their order, as SQL reads them. */
export function sourceOf(files: readonly string[]): string {
  return `read_parquet([${files.map(sqlPath).join(', ')}], hive_partitioning = false)`;
}

const shapeOf = ({ columns }: ParquetFile): string => JSON.stringify(columns);

/** Files that follow each other with the same columns of the same types are read together. */
export function groupsOf(files: readonly ParquetFile[]): ParquetFile[][] {
  const groups: ParquetFile[][] = [];
  for (const file of files) {
    const last = groups.at(-1);
    if (last !== undefined && shapeOf(last[0]!) === shapeOf(file)) last.push(file);
    else groups.push([file]);
  }
  return groups;
}

/** Lists, structures and maps hold many values, a cell holds one. */
export const isNested = (type: string): boolean => /\]$|^(?:STRUCT|MAP|UNION|VARIANT)\b/.test(type);

/** A value as text without loss: instants with their zone where they have one, numbers in full. */
export function cellOf(column: string, type: string): string {
  const name = sqlName(column);
  if (isNested(type)) return 'NULL::VARCHAR';
  const text = `CAST(${name} AS VARCHAR)`;
  if (type === 'TIMESTAMP WITH TIME ZONE')
    return `CASE WHEN isfinite(${name}) THEN replace(CAST(make_timestamp(epoch_us(${name})) AS VARCHAR), ' ', 'T') || 'Z' ELSE ${text} END`;
  if (type.startsWith('TIMESTAMP')) return `replace(${text}, ' ', 'T')`;
  // A stored number has no second reading: with three decimals, as in 1.234, it would seem to have one.
  if (/^(?:DOUBLE|FLOAT|DECIMAL)/.test(type)) return `CASE WHEN ${text}[-4] = '.' THEN ${text} || '0' ELSE ${text} END`;
  // Older writers leave out that their bytes are text.
  if (type === 'BLOB') return `nullif(coalesce(TRY(decode(${name})), ${text}), '')`;
  // An empty text would be written in quotes, which hold a thread back from reading the file in parts.
  return type === 'VARCHAR' || type.startsWith('ENUM') ? `nullif(${text}, '')` : text;
}

/** What the library says of a file, for people. */
export function inWords(error: unknown, name: string): Failure {
  if (error instanceof Failure) return error;
  const text = error instanceof Error ? error.message : String(error);
  if (/no space left|disk is full|max_temp_directory_size/i.test(text))
    return new Failure('invalid-input', message('tableFiles.diskFull', { name }));
  if (/encrypt|decrypt/i.test(text)) return new Failure('invalid-input', message('tableFiles.encrypted', { name }));
  if (/out of memory/i.test(text)) return new Failure('invalid-input', message('tableFiles.groupsTooLarge', { name }));
  if (codeOf(error) !== undefined)
    return new Failure('not-found', message('tables.cannotBeRead', { name, reason: causeOf(error) }));
  return new Failure('invalid-input', message('tableFiles.brokenParquet', { name }));
}
