/** Turns what is no text into one, row for row, so that one reader reads every table. */
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { causeOf, codeOf } from '../../disk/system-reasons';
import { Failure } from '../../../shared/ipc/errors';
import type { CancelSignal } from '../../../shared/ipc/method';
import { message, type Message } from '../../../shared/words/message';
import { isKnownHeading } from './column-roles';
import type { WorkbookKind } from './content-kind';
import { quoted, shown } from './date-format';
import type { FileLines } from './file-lines';
import type { HiddenOf } from './hidden-cells';
import type { TableInspection, TableQuestion } from '../../../shared/ipc/tables-contract';
import { joinTexts } from './joined-text';
import type { ParquetFile } from './parquet-files';
import { parquetAsText } from './parquet-text';
import type { TableFiles } from './table-files';
import type { ReadingChoices } from './table-reading';
import { temporaryFolder } from './temporary-folder';
import type { Delimiter } from './text-dialect';
import { openWorkbook, type Workbook } from './workbook';

export interface DecodedTable {
  kind: TableInspection['kind'];
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
  /** What the footers of Parquet files say of them; null for any other table. */
  parquet: readonly ParquetFile[] | null;
  /** Removes the text that was made here. */
  dispose: () => void;
}

/** A workbook is read into memory packed; no sheet of Excel's largest size comes near this. */
const LARGEST_WORKBOOK = 1024 * 1024 * 1024;
/** Formats whose sheets are held in memory whole. */
const LARGEST_HELD = 64 * 1024 * 1024;
const ROWS_LOOKED_AT = 50;
/** Excel keeps 15 digits: of a longer number the last ones are gone. */
const MOST_EXACT = 1e15;

/** A text that stands as it is. */
export function plainText(textPath: string): DecodedTable {
  return {
    ...{ kind: 'csv', textPath, delimiter: null, sheet: null, sheets: [], questions: [], files: null, fileCount: 1 },
    storedTypes: null,
    notes: [],
    parquet: null,
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
  report?: (share: number) => void,
): Promise<DecodedTable> {
  const [first] = files.files;
  const plain = plainText(first!.path);
  const fileCount = files.files.length;
  switch (files.kind) {
    case 'csv':
      if (!files.isSeveral) return plain;
      return { ...plain, fileCount, ...(await joinTexts(files.files, choices, signal, report)) };
    case 'parquet': {
      const only = choices.isOnlyNamed === true ? Object.values(choices.columns ?? {}) : null;
      // The first rows alone are no work that anybody waits for.
      const isWhole = (choices.firstRows ?? Infinity) === Infinity;
      const made = await parquetAsText(files, name, only, signal, choices.firstRows, isWhole ? report : undefined);
      return { ...plain, kind: 'parquet', delimiter: '\t', fileCount, ...made };
    }
    case 'excel':
    case 'excel-old':
    case 'excel-binary':
    case 'open-document':
      return { ...plain, ...(await decodeFile(first!, files.kind, name, choices, signal, report)) };
  }
}

type DecodedSheet = Pick<
  DecodedTable,
  'kind' | 'textPath' | 'delimiter' | 'sheet' | 'sheets' | 'questions' | 'notes' | 'dispose'
>;

async function decodeFile(
  file: TableFiles['files'][number],
  kind: WorkbookKind,
  name: string,
  choices: ReadingChoices,
  signal: CancelSignal | undefined,
  report: ((share: number) => void) | undefined,
): Promise<DecodedSheet> {
  if (file.bytes > LARGEST_WORKBOOK) throw new Failure('invalid-input', message('tables.workbookTooLarge', { name }));
  if (kind !== 'excel' && file.bytes > LARGEST_HELD)
    throw new Failure('invalid-input', message('tables.workbookTooLargeToHold', { name }));
  const bytes = readFileSync(file.path);
  try {
    const workbook = await openWorkbook(bytes, kind);
    if (workbook.sheets.length === 0) throw new Error('A workbook has a sheet');
    return await decodeWorkbook(workbook, kind, name, choices, signal, report);
  } catch (error) {
    if (error instanceof Failure) throw error;
    if (error instanceof Unwritten) throw error.inWords(name);
    const words = kind === 'excel' ? 'tables.workbookDamaged' : 'tables.otherWorkbookDamaged';
    throw new Failure('invalid-input', message(words, { name }));
  }
}

async function decodeWorkbook(
  workbook: Workbook,
  kind: WorkbookKind,
  name: string,
  choices: ReadingChoices,
  signal: CancelSignal | undefined,
  report: ((share: number) => void) | undefined,
): Promise<DecodedSheet> {
  let isGivenUp = false;
  const poll = (): void => {
    if (isGivenUp || signal?.aborted === true) throw new Failure('cancelled', message('tables.cancelled'));
  };
  const { sheet, sheets, questions } = await chooseSheet(workbook, name, choices, poll);
  const size = await workbook.sizeOf(sheet);
  // Tags take more room than what stands between them.
  const { folder, dispose } = temporaryFolder(size?.bytes ?? 0);
  const textPath = path.join(folder, 'sheet.txt');
  // Its unpacking goes on beside the reading of the cells.
  const hidden = workbook.hiddenIn(sheet, poll);
  hidden.catch(() => undefined);
  try {
    const text = new SheetText(textPath);
    let width = 0;
    try {
      for await (const { index, values } of workbook.rows(sheet)) {
        poll();
        text.add(index, values.map(cellAsText).join('\t'));
        width = Math.max(width, values.length);
        if (!text.isDue) continue;
        text.write();
        report?.(Math.min(1, text.lines / Math.max(1, size?.rows ?? Infinity)));
        await nextTurn();
      }
      text.write();
    } finally {
      text.close();
    }
    return {
      ...{
        kind: kind === 'open-document' ? kind : 'excel',
        textPath,
        delimiter: '\t',
        sheet,
        sheets,
        questions,
        dispose,
      },
      notes: notesOnHidden(workbook, sheet, await hidden, width),
    };
  } catch (error) {
    isGivenUp = true;
    dispose();
    throw error;
  }
}

/** The system would not write what a workbook was turned into: nothing is wrong with the workbook. */
class Unwritten extends Error {
  override readonly name = 'Unwritten';

  inWords(name: string): Failure {
    return codeOf(this.cause) === 'ENOSPC'
      ? new Failure('invalid-input', message('tableFiles.diskFull', { name }))
      : new Failure('not-found', message('tables.cannotBeRead', { name, reason: causeOf(this.cause) }));
  }
}

const ROWS_A_TURN = 1024;

/** The rows of a sheet as a text that grows: the line of a row is its row in the sheet. */
class SheetText {
  lines = 0;
  readonly #handle: number;
  #pending: string[] = [];

  /** @throws Unwritten */
  constructor(file: string) {
    this.#handle = written(() => openSync(file, 'wx'));
  }

  /** @param index of the row in its sheet, from 0 */
  add(index: number, text: string): void {
    for (; this.lines < index; this.lines += 1) this.#pending.push('\n');
    this.#pending.push(`${text}\n`);
    this.lines += 1;
  }

  get isDue(): boolean {
    return this.#pending.length >= ROWS_A_TURN;
  }

  /** @throws Unwritten */
  write(): void {
    const bytes = Buffer.from(this.#pending.join(''));
    this.#pending = [];
    written(() => {
      for (let done = 0; done < bytes.length;) done += writeSync(this.#handle, bytes, done);
    });
  }

  close(): void {
    closeSync(this.#handle);
  }
}

function written<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new Unwritten('A sheet could not be written as a text', { cause });
  }
}

/** What is not shown in a spreadsheet program: nobody may miss it, or read it without knowing. */
function notesOnHidden(workbook: Workbook, sheet: string, hidden: HiddenOf | null, width: number): Message[] {
  const columns = hidden?.columnsWithin(width) ?? 0;
  const unread = workbook.sheets.filter(({ name, isHidden }) => isHidden === true && name !== sheet);
  const isShown = workbook.sheets.find(({ name }) => name === sheet)?.isHidden !== true;
  return [
    ...(hidden === null ? [message('tables.hiddenIsNotTold')] : []),
    ...(isShown ? [] : [message('tables.sheetIsHidden', { sheet: quoted(sheet) })]),
    ...(hidden === null || hidden.rows === 0 ? [] : [message('tables.hiddenRows', { count: hidden.rows })]),
    ...(columns === 0 ? [] : [message('tables.hiddenColumns', { count: columns })]),
    ...(unread.length === 0
      ? []
      : [
          message('tables.hiddenSheets', {
            count: unread.length,
            sheets: unread.map(({ name }) => quoted(name)).join(', '),
          }),
        ]),
  ];
}

/** The text of a cell: dates as local ISO times, numbers in full, line ends and tabs as blanks. */
function cellAsText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : dateAsText(value);
  if (typeof value === 'number') return numberAsText(value);
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (typeof value !== 'string') return '';
  const flat = value.replaceAll(/[\t\r\n]+/g, ' ');
  return flat.startsWith('"') ? `"${flat.replaceAll('"', '""')}"` : flat;
}

const POINT = 46;

/** A stored number has no second reading: with three decimals, as in 1.234, it would seem to have one. */
function numberAsText(value: number): string {
  if (Number.isSafeInteger(value) && Math.abs(value) < MOST_EXACT) return String(value);
  if (Math.abs(value) >= MOST_EXACT) return value.toExponential();
  const text = String(value);
  return text.charCodeAt(text.length - 4) === POINT ? `${text}0` : text;
}

const SECOND = 1000;
const DAY = 86_400 * SECOND;
const TWO_DIGITS = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));
/** Days by their number since 1970, as ISO writes them: a table has few, and each many times. */
const dayTexts = new Map<number, string>();
const MOST_DAYS = 10_000;

function dayAsText(day: number): string {
  const known = dayTexts.get(day);
  if (known !== undefined) return known;
  if (dayTexts.size === MOST_DAYS) dayTexts.clear();
  const iso = new Date(day * DAY).toISOString();
  const text = iso.slice(0, iso.indexOf('T'));
  dayTexts.set(day, text);
  return text;
}

function dateAsText(date: Date): string {
  const time = date.getTime();
  const day = Math.floor(time / DAY);
  const rest = time - day * DAY;
  const seconds = Math.floor(rest / SECOND);
  const [hour, minute, second] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const fraction = rest === seconds * SECOND ? '' : `.${String(rest - seconds * SECOND).padStart(3, '0')}`;
  return `${dayAsText(day)}T${TWO_DIGITS[hour]!}:${TWO_DIGITS[minute]!}:${TWO_DIGITS[second]!}${fraction}`;
}

interface ChosenSheet {
  sheet: string;
  sheets: string[];
  questions: TableQuestion[];
}

/** The sheet somebody named, the only one with rows, or the only one with a heading that says customers. */
async function chooseSheet(
  workbook: Workbook,
  name: string,
  choices: ReadingChoices,
  poll: () => void,
): Promise<ChosenSheet> {
  const names = workbook.sheets.map((sheet) => sheet.name);
  if (choices.sheet !== undefined) {
    const wanted = names.find((sheet) => sheet === choices.sheet);
    if (wanted === undefined)
      throw new Failure(
        'invalid-input',
        message('tables.noSuchSheet', { name, sheet: shown(choices.sheet), sheets: names.map(quoted).join(', ') }),
      );
    return { sheet: wanted, sheets: names, questions: [] };
  }
  const all: { name: string; hasHeading: boolean; isHidden: boolean }[] = [];
  for (const { name: sheet, isHidden } of workbook.sheets) {
    await nextTurn();
    poll();
    let [rows, hasHeading] = [0, false];
    for await (const { values } of workbook.rows(sheet, ROWS_LOOKED_AT)) {
      const cells = values.filter((value) => value !== null && value !== undefined && value !== '');
      if (cells.length === 0) continue;
      rows += 1;
      hasHeading ||= cells.some((cell) => typeof cell === 'string' && isKnownHeading(cell));
    }
    if (rows > 0) all.push({ name: sheet, hasHeading, isHidden: isHidden === true });
  }
  const seen = all.filter(({ isHidden }) => !isHidden);
  if (seen.length === 0 && all.length > 0) {
    const candidates = all.map((sheet) => sheet.name);
    const words = message('tables.onlyHiddenSheets', { sheets: candidates.map(quoted).join(', ') });
    return {
      sheet: candidates[0]!,
      sheets: names,
      questions: [{ code: 'sheet', words, option: '--sheet NAME', choices: candidates }],
    };
  }
  const filled = seen;
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
