/** Workbooks of every format that is read, behind one face. The library that knows them is loaded at the first one. */
import type { WorkbookKind } from './content-kind';
import {
  hiddenInOpenDocument,
  hiddenInSheet,
  sizeOfSheet,
  type HiddenOf,
  type OpenDocumentSheet,
  type SheetSize,
} from './hidden-cells';

export interface WorkbookRow {
  /** From 0; rows that hold nothing may be missing. */
  index: number;
  values: readonly unknown[];
}

export interface Workbook {
  /** In their order. `isHidden` is null where the format does not tell. */
  sheets: { name: string; isHidden: boolean | null }[];
  rows(sheet: string, most?: number): AsyncIterable<WorkbookRow> | Iterable<WorkbookRow>;
  /** What reading a sheet comes to; null where the format does not tell. */
  sizeOf(sheet: string): Promise<SheetSize | null>;
  /**
   * Rows and columns of a sheet that are not shown; null where the format does not tell.
   *
   * @param poll is called from time to time; may throw to stop
   */
  hiddenIn(sheet: string, poll: () => void): Promise<HiddenOf | null>;
}

/** @throws what the library says of a file that it cannot read */
export function openWorkbook(bytes: Buffer, kind: WorkbookKind): Promise<Workbook> {
  return kind === 'excel' ? openXlsx(bytes) : kind === 'open-document' ? openOds(bytes) : openWhole(bytes, kind);
}

async function openXlsx(bytes: Buffer): Promise<Workbook> {
  const { readXlsx, streamXlsxRows } = await import('hucre/xlsx');
  const sheets: Workbook['sheets'] = [];
  await readXlsx(bytes, {
    sheets: ({ name, hidden, veryHidden }) => {
      sheets.push({ name, isHidden: hidden === true || veryHidden === true });
      return false;
    },
  });
  const placeOf = (sheet: string): number => sheets.findIndex(({ name }) => name === sheet);
  return {
    sheets,
    rows: (sheet, most) => streamXlsxRows(bytes, { sheet, ...(most === undefined ? {} : { maxRows: most }) }),
    sizeOf: (sheet) => sizeOfSheet(bytes, placeOf(sheet)),
    hiddenIn: (sheet, poll) => hiddenInSheet(bytes, placeOf(sheet), poll),
  };
}

async function openOds(bytes: Buffer): Promise<Workbook> {
  const { readOds } = await import('hucre/ods');
  const { sheets } = await readOds(bytes);
  const hidden = await hiddenInOpenDocument(bytes);
  const of = (sheet: string): OpenDocumentSheet | undefined => hidden.find(({ name }) => name === sheet);
  return {
    sheets: sheets.map(({ name }) => ({ name, isHidden: of(name)?.isHidden ?? null })),
    rows: (sheet, most) => rowsOf(sheets, sheet, most),
    sizeOf: (sheet) => Promise.resolve(sizeOfRows(sheets, sheet)),
    hiddenIn: (sheet) => {
      const told = of(sheet);
      return Promise.resolve(told === undefined ? null : { rows: told.rows, columnsWithin: () => told.columns });
    },
  };
}

async function openWhole(bytes: Buffer, kind: 'excel-old' | 'excel-binary'): Promise<Workbook> {
  const { readXls, readXlsb } = await import('hucre');
  const { sheets } = await (kind === 'excel-old' ? readXls(bytes) : readXlsb(bytes));
  return {
    sheets: sheets.map(({ name }) => ({ name, isHidden: null })),
    rows: (sheet, most) => rowsOf(sheets, sheet, most),
    sizeOf: (sheet) => Promise.resolve(sizeOfRows(sheets, sheet)),
    hiddenIn: () => Promise.resolve(null),
  };
}

interface HeldSheet {
  name: string;
  rows: readonly (readonly unknown[])[];
}

/** What is held has so many rows; what they come to as a text is left open: the format bounds the file to little. */
const sizeOfRows = (sheets: readonly HeldSheet[], sheet: string): SheetSize => ({
  rows: sheets.find(({ name }) => name === sheet)?.rows.length ?? 0,
  bytes: 0,
});

function rowsOf(sheets: readonly HeldSheet[], sheet: string, most = Infinity): Iterable<WorkbookRow> {
  const rows = sheets.find(({ name }) => name === sheet)?.rows ?? [];
  return rows.slice(0, most).map((values, index) => ({ index, values }));
}
