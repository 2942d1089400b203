/** The one way in which a table leaves Laurel: its format is what the file's ending says. */
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { writeWhole } from '../../disk/whole-file';
import { Failure } from '../../../shared/ipc/errors';
import type { CancelSignal } from '../../../shared/ipc/method';
import { message, type Message } from '../../../shared/words/message';
import { BYTE_ORDER_MARK, csvCell } from './csv';
import { EXPORT_AGAIN, type GrantedFile } from './granted-files';
import { writtenParquet } from './parquet-output';
import { instantText, isInstant, type OutputRow, type OutputTable, type RowPortions } from './table-output';
import { workbookBytes } from './workbook-output';

interface TableWriting {
  signal: CancelSignal;
  /** What a person is told who cancels. */
  cancelled?: Message;
  progress?: (rows: number) => void;
}

/**
 * Writes a table into a file that appears under its name only when it is complete: `.xlsx` is an Excel workbook,
 * `.parquet` a Parquet file, everything else CSV. It takes no more memory for more rows.
 *
 * @returns the number of rows
 * @throws Failure `cancelled`, or `internal` in plain words when the file cannot be written; an older file of the name is
 *   kept then
 */
export async function writeTable(
  file: Pick<GrantedFile, 'path' | 'name'>,
  table: OutputTable,
  portions: RowPortions,
  { signal, cancelled = message('system.exportCancelled'), progress }: TableWriting,
): Promise<number> {
  let rows = 0;
  async function* watched(): AsyncGenerator<readonly OutputRow[]> {
    for await (const portion of portions) {
      if (signal.aborted) throw new Failure('cancelled', cancelled);
      yield portion;
      rows += portion.length;
      progress?.(rows);
      await setImmediate();
    }
  }
  const write = (content: AsyncIterable<string | Uint8Array>): Promise<void> =>
    writeWhole(file.path, content, { name: file.name, signal, again: EXPORT_AGAIN });
  switch (path.extname(file.name || file.path).toLowerCase()) {
    case '.xlsx':
      await write(await workbookBytes(table, watched(), file.name));
      break;
    case '.parquet':
      await writtenParquet(table, watched(), signal, write);
      break;
    default:
      await write(csvTexts(table, watched()));
  }
  return rows;
}

async function* csvTexts(table: OutputTable, portions: AsyncIterable<readonly OutputRow[]>): AsyncGenerator<string> {
  const { columns } = table;
  yield `${BYTE_ORDER_MARK}${columns.map(({ name }) => csvCell(name)).join(',')}\r\n`;
  const line = (row: OutputRow): string => `${columns.map((_, at) => csvText(table, row, at)).join(',')}\r\n`;
  for await (const rows of portions) yield rows.map(line).join('');
}

function csvText({ columns, zone }: OutputTable, row: OutputRow, at: number): string {
  const cell = row[at] ?? null;
  const { kind } = columns[at]!;
  if (cell === null) return '';
  if (typeof cell === 'string') return csvCell(cell);
  return isInstant(kind) ? instantText(cell, kind, zone) : String(cell);
}
