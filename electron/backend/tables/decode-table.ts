/** Turns what is no text into one, row for row, so that one reader reads every table. */
import { once } from 'node:events';
import { createWriteStream, readFileSync, type WriteStream } from 'node:fs';
import path from 'node:path';
import { Failure } from '../../../shared/ipc/errors';
import type { CancelSignal } from '../../../shared/ipc/method';
import { message, type Message } from '../../../shared/words/message';
import { isKnownHeading } from './column-roles';
import type { TableKind } from './content-kind';
import { quoted, shown } from './date-format';
import type { FileLines } from './file-lines';
import type { TableQuestion } from '../../../shared/ipc/tables-contract';
import { joinTexts } from './joined-text';
import { parquetAsText } from './parquet-text';
import type { TableFiles } from './table-files';
import type { ReadingChoices } from './table-reading';
import { temporaryFolder } from './temporary-folder';
import type { Delimiter } from './text-dialect';

export interface DecodedTable {
  kind: TableKind;
  textPath: string;
  /** Of the text, where it was made here. */
  delimiter: Delimiter | null;
  sheet: string | null;
  sheets: string[];
  questions: TableQuestion[];
  /** The files of which the text was made; null where it is the file itself. */
  files: FileLines[] | null;
  /** How many files there are. */
  fileCount: number;
  /** Types of a Parquet file's columns, by their names, as it stores them. */
  storedTypes: ReadonlyMap<string, string> | null;
  /** What of the files is in no cell, for people. */
  notes: Message[];
  /** Removes the text that was made here. */
  dispose: () => void;
}

/** Most starts meet no workbook: its reader is loaded at the first one. */
const workbooks = () => import('hucre/xlsx');

/** A workbook is read into memory packed; no sheet of Excel's largest size comes near this. */
const LARGEST_WORKBOOK = 1024 * 1024 * 1024;
const ROWS_LOOKED_AT = 50;
/** Excel keeps 15 digits: of a longer number the last ones are gone. */
const MOST_EXACT = 1e15;

/** A text that stands as it is. */
export function plainText(textPath: string): DecodedTable {
  return {
    ...{ kind: 'csv', textPath, delimiter: null, sheet: null, sheets: [], questions: [], files: null, fileCount: 1 },
    storedTypes: null,
    notes: [],
    dispose: () => undefined,
  };
}

/**
 * @throws Failure `invalid-input` where a file is damaged, locked with a password, or has no such sheet, or files do not fit
 *   each other; `not-found` where one cannot be read, `cancelled`
 */
export async function decodeTable(
  files: TableFiles,
  name: string,
  choices: ReadingChoices,
  signal?: CancelSignal,
): Promise<DecodedTable> {
  const [first] = files.files;
  const plain = plainText(first!.path);
  const fileCount = files.files.length;
  switch (files.kind) {
    case 'csv':
      if (!files.isSeveral) return plain;
      return { ...plain, fileCount, ...(await joinTexts(files.files, choices, signal)) };
    case 'parquet': {
      const only = choices.isOnlyNamed === true ? Object.values(choices.columns ?? {}) : null;
      const made = await parquetAsText(files, name, only, signal);
      return { ...plain, kind: 'parquet', delimiter: '\t', fileCount, ...made };
    }
    case 'excel':
      return { ...plain, ...(await decodeExcel(first!.path, first!.bytes, name, choices, signal)) };
  }
}

type Workbook = Pick<DecodedTable, 'kind' | 'textPath' | 'delimiter' | 'sheet' | 'sheets' | 'questions' | 'dispose'>;

async function decodeExcel(
  file: string,
  size: number,
  name: string,
  choices: ReadingChoices,
  signal: CancelSignal | undefined,
): Promise<Workbook> {
  if (size > LARGEST_WORKBOOK) throw new Failure('invalid-input', message('tables.workbookTooLarge', { name }));
  const bytes = readFileSync(file);
  try {
    return await decodeWorkbook(bytes, name, choices, signal);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure('invalid-input', message('tables.workbookDamaged', { name }));
  }
}

async function decodeWorkbook(
  bytes: Buffer,
  name: string,
  choices: ReadingChoices,
  signal: CancelSignal | undefined,
): Promise<Workbook> {
  const { sheet, sheets, questions } = await chooseSheet(bytes, name, choices);
  const { folder, dispose } = temporaryFolder();
  const textPath = path.join(folder, 'sheet.txt');
  try {
    const { streamXlsxRows } = await workbooks();
    const out = createWriteStream(textPath);
    let line = 0;
    let pending: string[] = [];
    for await (const { index, values } of streamXlsxRows(bytes, { sheet })) {
      if (signal?.aborted === true) {
        out.destroy();
        throw new Failure('cancelled', message('tables.cancelled'));
      }
      for (; line < index; line += 1) pending.push('\n');
      pending.push(`${values.map(cellAsText).join('\t')}\n`);
      line += 1;
      if (pending.length >= 4096) {
        await write(out, pending.join(''));
        pending = [];
      }
    }
    await write(out, pending.join(''));
    out.end();
    await once(out, 'close');
    return { kind: 'excel', textPath, delimiter: '\t', sheet, sheets, questions, dispose };
  } catch (error) {
    dispose();
    throw error;
  }
}

async function write(out: WriteStream, text: string): Promise<void> {
  if (!out.write(text)) await once(out, 'drain');
}

/** The text of a cell: dates as local ISO times, numbers in full, line ends and tabs as blanks. */
function cellAsText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : dateAsText(value);
  if (typeof value === 'number') return Math.abs(value) >= MOST_EXACT ? value.toExponential() : String(value);
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (typeof value !== 'string') return '';
  const flat = value.replaceAll(/[\t\r\n]+/g, ' ');
  return flat.startsWith('"') ? `"${flat.replaceAll('"', '""')}"` : flat;
}

function dateAsText(date: Date): string {
  const iso = date.toISOString();
  return iso.endsWith('.000Z') ? iso.slice(0, -5) : iso.slice(0, -1);
}

interface ChosenSheet {
  sheet: string;
  sheets: string[];
  questions: TableQuestion[];
}

/** The sheet somebody named, the only one with rows, or the only one with a heading that says customers. */
async function chooseSheet(bytes: Buffer, name: string, choices: ReadingChoices): Promise<ChosenSheet> {
  const { readXlsx, streamXlsxRows } = await workbooks();
  const sheets: { name: string; hidden: boolean }[] = [];
  await readXlsx(bytes, {
    sheets: (info) => {
      sheets.push({ name: info.name, hidden: info.hidden === true || info.veryHidden === true });
      return false;
    },
  });
  const names = sheets.map((sheet) => sheet.name);
  if (choices.sheet !== undefined) {
    const wanted = names.find((sheet) => sheet === choices.sheet);
    if (wanted === undefined)
      throw new Failure(
        'invalid-input',
        message('tables.noSuchSheet', { name, sheet: shown(choices.sheet), sheets: names.map(quoted).join(', ') }),
      );
    return { sheet: wanted, sheets: names, questions: [] };
  }
  const filled: { name: string; hasHeading: boolean }[] = [];
  for (const { name: sheet, hidden } of sheets) {
    if (hidden) continue;
    let [rows, hasHeading] = [0, false];
    for await (const { values } of streamXlsxRows(bytes, { sheet, maxRows: ROWS_LOOKED_AT })) {
      const cells = values.filter((value) => value !== null && value !== '');
      if (cells.length === 0) continue;
      rows += 1;
      hasHeading ||= cells.some((cell) => typeof cell === 'string' && isKnownHeading(cell));
    }
    if (rows > 0) filled.push({ name: sheet, hasHeading });
  }
  const [first] = filled;
  if (first === undefined) throw new Failure('invalid-input', message('tables.sheetsEmpty', { name }));
  const headed = filled.filter(({ hasHeading }) => hasHeading);
  if (filled.length === 1) return { sheet: first.name, sheets: names, questions: [] };
  if (headed.length === 1) return { sheet: headed[0]!.name, sheets: names, questions: [] };
  const candidates = (headed.length > 1 ? headed : filled).map((sheet) => sheet.name);
  return {
    sheet: candidates[0]!,
    sheets: names,
    questions: [
      {
        code: 'sheet',
        words: message('tables.whichSheet', { sheets: candidates.map(quoted).join(', ') }),
        option: '--sheet NAME',
        choices: candidates,
      },
    ],
  };
}
