/** Turns Parquet files into the text of one table, each value in full, for the one reader to read. */
import path from 'node:path';
import { codeOf, causeOf } from '../../disk/system-reasons';
import { Failure } from '../../../shared/ipc/errors';
import type { CancelSignal } from '../../../shared/ipc/method';
import { message, type Message } from '../../../shared/words/message';
import { columnNamed } from './column-roles';
import { sqlName, sqlPath, sqlText, withDuckDb, type RunSql } from './duckdb';
import type { FileLines } from './file-lines';
import type { TableFiles } from './table-files';
import { requireRoom, temporaryFolder } from './temporary-folder';

export interface ParquetText {
  textPath: string;
  files: FileLines[];
  storedTypes: ReadonlyMap<string, string>;
  /** What of the files is in no cell, for people. */
  notes: Message[];
  dispose: () => void;
}

interface Column {
  name: string;
  type: string;
}

/** A file and what its own footer says of it. */
interface ParquetFile {
  path: string;
  name: string;
  rows: number;
  columns: Column[];
}

/** Bytes of a cell as text, guessed high. */
const CELL_BYTES = 24;

/**
 * Decodes Parquet files in the order of their names. Columns are put together by their names; where a file lacks one, its
 * cells are empty. A row of a file is a row of the text.
 *
 * @param only columns that are wanted, as `columnNamed` reads them: the cells of all others stay empty; null: all
 * @throws Failure `invalid-input` where a file is broken, encrypted or too large for the disk, `cancelled`
 */
export async function parquetAsText(
  { files, isSeveral }: TableFiles,
  name: string,
  only: readonly string[] | null,
  signal?: CancelSignal,
): Promise<ParquetText> {
  const { folder, dispose } = temporaryFolder();
  const textPath = path.join(folder, 'table.txt');
  try {
    return await withDuckDb({ files: files.map((file) => file.path), folder }, signal, async (run) => {
      const looked: ParquetFile[] = [];
      for (const file of files) looked.push(await lookAt(run, file.path, isSeveral ? file.name : name));
      const names = [...new Set(looked.flatMap(({ columns }) => columns.map((column) => column.name)))];
      const wanted = only === null ? null : new Set(only.map((one) => columnNamed(names, names.length, one)));
      const isWanted = names.map((_, place) => wanted === null || wanted.has(place));
      const rows = looked.reduce((sum, file) => sum + file.rows, 0);
      requireRoom(folder, rows * isWanted.reduce((sum, is) => sum + (is ? CELL_BYTES : 1), 0));
      const select = groupsOf(looked).map((group) => selectOf(group, names, isWanted));
      try {
        await run(
          `COPY (${select.join(' UNION ALL ')}) TO ${sqlText(textPath)} (FORMAT csv, HEADER true, DELIMITER '\t', QUOTE '"', ESCAPE '"', NULLSTR '')`,
        );
      } catch (error) {
        throw inWords(error, name);
      }
      const storedTypes = new Map(looked.flatMap(({ columns }) => columns.map((column) => [column.name, column.type])));
      return {
        textPath,
        files: linesOf(looked, isSeveral),
        storedTypes,
        notes: notesOf(looked, names, isSeveral),
        dispose,
      };
    });
  } catch (error) {
    dispose();
    throw error;
  }
}

async function lookAt(run: RunSql, file: string, name: string): Promise<ParquetFile> {
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

function sourceOf(files: readonly string[]): string {
  return `read_parquet([${files.map(sqlPath).join(', ')}], hive_partitioning = false)`;
}

const shapeOf = ({ columns }: ParquetFile): string => JSON.stringify(columns);

/** Files that follow each other with the same columns of the same types are read together. */
function groupsOf(files: readonly ParquetFile[]): ParquetFile[][] {
  const groups: ParquetFile[][] = [];
  for (const file of files) {
    const last = groups.at(-1);
    if (last !== undefined && shapeOf(last[0]!) === shapeOf(file)) last.push(file);
    else groups.push([file]);
  }
  return groups;
}

function selectOf(group: readonly ParquetFile[], names: readonly string[], isWanted: readonly boolean[]): string {
  const types = new Map(group[0]!.columns.map((column) => [column.name, column.type]));
  const cells = names.map((name, place) => {
    const type = types.get(name);
    return `${type === undefined || !isWanted[place] ? 'NULL::VARCHAR' : cellOf(name, type)} AS ${sqlName(name)}`;
  });
  return `SELECT ${cells.join(', ')} FROM ${sourceOf(group.map((file) => file.path))}`;
}

/** Lists, structures and maps hold many values, a cell holds one. */
const isNested = (type: string): boolean => /\]$|^(?:STRUCT|MAP|UNION|VARIANT)\b/.test(type);

/** A value as text without loss: instants with their zone where they have one, numbers in full. */
function cellOf(column: string, type: string): string {
  const name = sqlName(column);
  if (isNested(type)) return 'NULL::VARCHAR';
  const text = `CAST(${name} AS VARCHAR)`;
  if (type === 'TIMESTAMP WITH TIME ZONE')
    return `CASE WHEN isfinite(${name}) THEN replace(CAST(make_timestamp(epoch_us(${name})) AS VARCHAR), ' ', 'T') || 'Z' ELSE ${text} END`;
  if (type.startsWith('TIMESTAMP')) return `replace(${text}, ' ', 'T')`;
  // Older writers leave out that their bytes are text.
  if (type === 'BLOB') return `nullif(coalesce(TRY(decode(${name})), ${text}), '')`;
  // An empty text would be written in quotes, which hold a thread back from reading the file in parts.
  return type === 'VARCHAR' || type.startsWith('ENUM') ? `nullif(${text}, '')` : text;
}

/** The header is the text's first line. */
function linesOf(files: readonly ParquetFile[], isSeveral: boolean): FileLines[] {
  let before = 1;
  return files.map(({ name, rows }) => {
    const lines = { name: isSeveral ? name : null, before };
    before += rows;
    return lines;
  });
}

function notesOf(files: readonly ParquetFile[], names: readonly string[], isSeveral: boolean): Message[] {
  const nested = new Set(
    files.flatMap(({ columns }) => columns.filter(({ type }) => isNested(type)).map((one) => one.name)),
  );
  const notes = [...nested].map((column) => message('tableFiles.nested', { column }));
  if (!isSeveral) return notes;
  for (const file of files) {
    const own = new Set(file.columns.map((column) => column.name));
    const missing = names.filter((column) => !own.has(column));
    if (missing.length > 0) notes.push(message('tableFiles.lacks', { file: file.name, columns: missing.join(', ') }));
  }
  return notes;
}

/** What the library says of a file, for people. */
function inWords(error: unknown, name: string): Failure {
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
