/** Writes Excel workbooks, row by row. The library behind it is that which reads them. */
import type { CellValue, ColumnDef } from 'hucre/xlsx';
import { plainWords } from '../../../shared/ipc/plain-words';
import { Failure } from '../../../shared/ipc/errors';
import { message } from '../../../shared/words/message';
import {
  instantText,
  isInstant,
  type OutputCell,
  type OutputColumn,
  type OutputRow,
  type OutputTable,
} from './table-output';

/** Characters that a cell of Excel holds. */
const LONGEST_CELL = 32_767;
const CUT = ' … (cut)';
/** Excel counts a day in early 1900 that never was: what is earlier stays a text. */
const FIRST_YEAR = 1901;
/** Excel keeps 15 digits. */
const MOST_EXACT = 1e15;
/** Whoever changes a cell of this format gets a text again: `=…` never becomes a formula, `0042` never 42. */
const AS_TEXT = '@';

const FORMATS = {
  text: AS_TEXT,
  integer: '0',
  number: 'General',
  date: 'yyyy-mm-dd',
  instant: 'yyyy-mm-dd hh:mm:ss',
  'exact-instant': 'yyyy-mm-dd hh:mm:ss.000',
} as const satisfies Record<OutputColumn['kind'], string>;
const WIDTHS = { text: 26, integer: 12, number: 14, date: 12, instant: 20, 'exact-instant': 24 } as const;

/**
 * The bytes of a workbook: typed cells, a heading that stays in sight, and a further sheet wherever one is full. A date
 * of Excel's has no zone, so the heading names it.
 *
 * @param name of the file, for people
 * @throws Failure `internal`, while it is read, where a sheet becomes larger than the format allows
 */
export async function workbookBytes(
  table: OutputTable,
  portions: AsyncIterable<readonly OutputRow[]>,
  name: string,
): Promise<AsyncIterable<Uint8Array>> {
  const { writeXlsxStream } = await import('hucre/xlsx');
  const columns = table.columns.map((column) => columnOf(column, table.zone));
  async function* rows(): AsyncGenerator<CellValue[]> {
    for await (const portion of portions) {
      for (const row of portion) yield table.columns.map((column, at) => cellOf(row[at] ?? null, column, table.zone));
    }
  }
  const bytes = writeXlsxStream(rows(), { name: table.sheet, columns, freezePane: { rows: 1 } });
  return withPlainFailures(bytes as unknown as AsyncIterable<Uint8Array>, name);
}

async function* withPlainFailures(bytes: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch (error) {
    const isOfLibrary = error instanceof Error && !(error instanceof Failure) && /zip|4 ?GiB/i.test(error.message);
    throw isOfLibrary ? new Failure('internal', message('system.workbookTooLarge', { name })) : error;
  }
}

function columnOf({ name, kind }: OutputColumn, zone: string): ColumnDef {
  const header = isInstant(kind) ? `${name} (${kind === 'instant' ? zone : 'UTC'})` : name;
  return { header: cellText(header), width: WIDTHS[kind], numFmt: FORMATS[kind] };
}

function cellOf(cell: OutputCell, { kind }: OutputColumn, zone: string): CellValue {
  if (cell === null || cell === '') return null;
  if (kind === 'date') return dateOf(`${cell}T00:00:00`) ?? cellText(String(cell));
  if (typeof cell === 'string') return cellText(cell);
  if (!isInstant(kind)) return Number.isFinite(cell) && Math.abs(cell) < MOST_EXACT ? cell : String(cell);
  const text = instantText(cell, kind, zone);
  const local = text.replace(/(?:Z|[+-]\d\d:\d\d)$/, '');
  return dateOf(local) ?? text;
}

/** A local time as Excel has dates; null where it has none. */
function dateOf(local: string): Date | null {
  if (!/^\d{4}-/.test(local) || Number(local.slice(0, 4)) < FIRST_YEAR) return null;
  const date = new Date(`${local}Z`);
  return Number.isNaN(date.getTime()) ? null : date;
}

function cellText(text: string): string {
  // `_x0041_` is an escape there: the underline that begins one is written as one.
  const plain = plainWords(text).replaceAll(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_');
  return plain.length <= LONGEST_CELL ? plain : `${plain.slice(0, LONGEST_CELL - CUT.length)}${CUT}`;
}
