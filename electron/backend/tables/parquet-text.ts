/** Turns Parquet files into the text of one table, each value in full, for the one reader to read. */
import path from 'node:path';
import type { CancelSignal } from '../../../shared/ipc/method';
import { message, type Message } from '../../../shared/words/message';
import { columnNamed } from './column-roles';
import { sqlName, sqlText, withDuckDb, type DuckDbWork, type StatementReport } from './duckdb';
import type { FileLines } from './file-lines';
import { cellOf, groupsOf, inWords, isNested, lookAtParquet, sourceOf, type ParquetFile } from './parquet-files';
import type { TableFiles } from './table-files';
import { requireRoom, temporaryFolder } from './temporary-folder';

export interface ParquetText {
  textPath: string;
  files: FileLines[];
  storedTypes: ReadonlyMap<string, string>;
  /** What of the files is in no cell, for people. */
  notes: Message[];
  /** What the files' own footers say of them. */
  parquet: readonly ParquetFile[];
  dispose: () => void;
}

/** Bytes of a cell as text, guessed high. */
const CELL_BYTES = 24;

/**
 * Decodes Parquet files in the order of their names. Columns are put together by their names; where a file lacks one, its
 * cells are empty. A row of a file is a row of the text.
 *
 * @param only columns that are wanted, as `columnNamed` reads them: the cells of all others stay empty; null: all
 * @param firstRows so many of the first rows alone are decoded
 * @param report hears which share is decoded
 * @throws Failure `invalid-input` where a file is broken, encrypted or too large for the disk, `cancelled`
 */
export async function parquetAsText(
  { files, isSeveral }: TableFiles,
  name: string,
  only: readonly string[] | null,
  signal?: CancelSignal,
  firstRows = Infinity,
  report?: StatementReport,
): Promise<ParquetText> {
  const { folder, dispose } = temporaryFolder();
  const textPath = path.join(folder, 'table.txt');
  try {
    const decode = async ({ run }: DuckDbWork): Promise<ParquetText> => {
      const looked: ParquetFile[] = [];
      for (const file of files) looked.push(await lookAtParquet(run, file.path, isSeveral ? file.name : name));
      const names = [...new Set(looked.flatMap(({ columns }) => columns.map((column) => column.name)))];
      const wanted = only === null ? null : new Set(only.map((one) => columnNamed(names, names.length, one)));
      const isWanted = names.map((_, place) => wanted === null || wanted.has(place));
      const rows = Math.min(
        firstRows,
        looked.reduce((sum, file) => sum + file.rows, 0),
      );
      requireRoom(path.dirname(folder), rows * isWanted.reduce((sum, is) => sum + (is ? CELL_BYTES : 1), 0));
      const select = groupsOf(looked).map((group) => selectOf(group, names, isWanted));
      const limit = firstRows === Infinity ? '' : ` LIMIT ${String(firstRows)}`;
      try {
        await run(
          `COPY (${select.join(' UNION ALL ')}${limit}) TO ${sqlText(textPath)} (FORMAT csv, HEADER true, DELIMITER '\t', QUOTE '"', ESCAPE '"', NULLSTR '')`,
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
        parquet: looked,
        dispose,
      };
    };
    return await withDuckDb({ files: files.map((file) => file.path), folder }, signal, decode, report);
  } catch (error) {
    dispose();
    throw error;
  }
}

function selectOf(group: readonly ParquetFile[], names: readonly string[], isWanted: readonly boolean[]): string {
  const types = new Map(group[0]!.columns.map((column) => [column.name, column.type]));
  const cells = names.map((name, place) => {
    const type = types.get(name);
    return `${type === undefined || !isWanted[place] ? 'NULL::VARCHAR' : cellOf(name, type)} AS ${sqlName(name)}`;
  });
  return `SELECT ${cells.join(', ')} FROM ${sourceOf(group.map((file) => file.path))}`;
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
