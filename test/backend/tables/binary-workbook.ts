/** Writes a small binary workbook (.xlsb, MS-XLSB), which no library of this project can. */
import { zipOf } from '../../setup/zip-archive';

/** Bits of a number in bytes of seven, the last without the eighth. */
function sevens(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...sevens(value >> 7)];
}

/** A record: its number and length, then its bytes. */
function of(id: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([...sevens(id), ...sevens(body.length)]), body]);
}

const int = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const short = (value: number): Buffer => int(value).subarray(0, 2);
const double = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return bytes;
};
const text = (value: string): Buffer => Buffer.concat([int(value.length), Buffer.from(value, 'utf16le')]);

/** Numbers of records (MS-XLSB 2.3.2). */
const ROW = 0;
const CELL_REAL = 5;
const CELL_TEXT = 6;
const FORMAT = 47;
const SHEET_DATA = [145, 146] as const;
const WORKSHEET = [129, 130] as const;
const BOOK = [131, 132] as const;
const SHEETS = [143, 144] as const;
const SHEET = 156;
const STYLES = [278, 279] as const;
const FORMATS = [617, 618] as const;

const within = ([begin, end]: readonly [number, number], ...parts: Buffer[]): Buffer =>
  Buffer.concat([of(begin), ...parts, of(end)]);

/**
 * @param table rows of texts; the second column of all but the first is a date, the third a number
 * @param dates those dates as Excel counts them
 */
export function xlsbOf(table: readonly (readonly string[])[], dates: readonly number[]): Buffer {
  const rows = table.flatMap((cells, row) => [
    of(ROW, int(row), int(0), Buffer.alloc(17)),
    ...cells.map((cell, column) => {
      if (row > 0 && column === 1) return of(CELL_REAL, int(column), int(1), double(dates[row - 1]!));
      if (row > 0 && column === 2) return of(CELL_REAL, int(column), int(0), double(Number(cell)));
      return of(CELL_TEXT, int(column), int(0), text(cell));
    }),
  ]);
  const format = (id: number): Buffer => of(FORMAT, short(0), short(id), Buffer.alloc(12));
  const types = 'application/vnd.ms-excel.sheet.binary.macroEnabled.main';
  const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const relations = (...all: [string, string][]): string =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all.map(([type, target], place) => `<Relationship Id="rId${String(place + 1)}" Type="${relation}/${type}" Target="${target}"/>`).join('')}</Relationships>`;
  return zipOf([
    {
      name: '[Content_Types].xml',
      text: `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="bin" ContentType="${types}"/></Types>`,
    },
    { name: '_rels/.rels', text: relations(['officeDocument', 'xl/workbook.bin']) },
    {
      name: 'xl/workbook.bin',
      text: within(BOOK, within(SHEETS, of(SHEET, int(0), int(1), text('rId1'), text('Members')))),
    },
    {
      name: 'xl/_rels/workbook.bin.rels',
      text: relations(['worksheet', 'worksheets/sheet1.bin'], ['styles', 'styles.bin']),
    },
    {
      name: 'xl/worksheets/sheet1.bin',
      text: within(WORKSHEET, within(SHEET_DATA, ...rows)),
    },
    {
      name: 'xl/styles.bin',
      text: within(STYLES, within(FORMATS, format(0), format(22))),
    },
  ]);
}
