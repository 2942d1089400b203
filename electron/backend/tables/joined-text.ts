/** Puts several text files together as the text of one table: columns by their names, lines where they were. */
import { closeSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { openRegular, closeRegular } from '../../disk/regular-file';
import { codeOf, causeOf } from '../../disk/system-reasons';
import { Failure } from '../../../shared/ipc/errors';
import type { CancelSignal } from '../../../shared/ipc/method';
import { message, type Message } from '../../../shared/words/message';
import { isKnownHeading } from './column-roles';
import type { FileLines } from './file-lines';
import type { TableFile } from './table-files';
import { openTableText, TableRows, type ReadingChoices } from './table-reading';
import { temporaryFolder } from './temporary-folder';
import { DamagedPacking, HEAD_BYTES, type Packing } from './text-bytes';
import { findDialect, type Delimiter, type TextDialect } from './text-dialect';
import { cellText, TextRows, type TextRow } from './text-rows';

export interface JoinedText {
  textPath: string;
  delimiter: Delimiter | null;
  files: FileLines[];
  notes: Message[];
  dispose: () => void;
}

interface Part {
  file: TableFile;
  dialect: TextDialect;
  encoding: string;
  packing: Packing;
}

/** Packed text takes about so many times its room. */
const UNPACKED = 8;
const PIECE = 4 * 1024 * 1024;

/**
 * Joins text files in the order given. Every line stays on the line that it has in its file, counted from where the file
 * begins; the header of the first stands for all.
 *
 * @param report is told from time to time which share of the bytes has been read
 * @throws Failure `invalid-input` where a file fits no other, the disk has no room or a file is damaged, `not-found` where
 *   one cannot be read, `cancelled`
 */
export async function joinTexts(
  files: readonly TableFile[],
  choices: Pick<ReadingChoices, 'delimiter' | 'header'>,
  signal?: CancelSignal,
  report: (share: number) => void = () => undefined,
): Promise<JoinedText> {
  const parts = files.map((file) => inWords(file.name, () => lookAt(file, choices)));
  const columns = columnsOf(parts);
  const room = parts.reduce((sum, { file, packing }) => sum + file.bytes * (packing === null ? 1 : UNPACKED), 0);
  const { folder, dispose } = temporaryFolder(room);
  const textPath = path.join(folder, 'table.txt');
  try {
    const own = parts[0]!.dialect.delimiter;
    const all = parts.reduce((sum, { file }) => sum + file.bytes, 0);
    let before = 0;
    const poll = (read: number): void => {
      if (signal?.aborted === true) throw cancelled();
      report(Math.min(1, (before + read) / Math.max(1, all)));
    };
    const joining = new Joining(textPath, own ?? ',', columns, poll);
    try {
      const lines: FileLines[] = [];
      for (const [place, part] of parts.entries()) {
        lines.push({ name: part.file.name, before: joining.lines });
        await joining.add(part, place === 0).catch((error: unknown) => {
          throw wordsOf(error, part.file.name);
        });
        before += part.file.bytes;
        poll(0);
      }
      const delimiter = own ?? ((columns?.length ?? 1) > 1 ? ',' : null);
      return { textPath, delimiter, files: lines, notes: [...notesOf(parts, columns), ...joining.notes], dispose };
    } finally {
      joining.close();
    }
  } catch (error) {
    dispose();
    throw error;
  }
}

function lookAt(file: TableFile, { delimiter, header }: Pick<ReadingChoices, 'delimiter' | 'header'>): Part {
  const bytes = openTableText({ path: file.path });
  try {
    const head = Buffer.allocUnsafe(HEAD_BYTES);
    let length = 0;
    let read = -1;
    while (read !== 0 && length < head.length) {
      read = bytes.read(head, length);
      length += read;
    }
    const chosen = { ...(delimiter === undefined ? {} : { delimiter }), ...(header === undefined ? {} : { header }) };
    const dialect = findDialect(head.subarray(0, length), read === 0, isKnownHeading, chosen);
    return { file, dialect, encoding: bytes.encoding, packing: bytes.packing };
  } finally {
    bytes.close();
  }
}

/** Names of the joined columns, those of the first file first; null where no file names any. */
function columnsOf(parts: readonly Part[]): string[] | null {
  const [first] = parts;
  const { header } = first!.dialect;
  const other = parts.find(({ dialect }) => (dialect.header === null) !== (header === null));
  if (other !== undefined)
    throw new Failure(
      'invalid-input',
      message('tableFiles.headerMissing', { file: header === null ? first!.file.name : other.file.name }),
    );
  if (header === null) {
    const wider = parts.find(({ dialect }) => dialect.columns !== first!.dialect.columns);
    if (wider !== undefined && !first!.dialect.isList)
      throw new Failure(
        'invalid-input',
        message('tableFiles.otherWidth', { file: wider.file.name, first: first!.file.name }),
      );
    return null;
  }
  const names = [...header];
  for (const { file, dialect } of parts.slice(1)) {
    if (!dialect.header!.some((name) => name !== '' && header.includes(name)))
      throw new Failure(
        'invalid-input',
        message('tableFiles.otherColumns', { file: file.name, first: first!.file.name }),
      );
    // Of two columns with one name the second is the second everywhere.
    for (const name of new Set(dialect.header))
      for (let has = timesOf(names, name); has < timesOf(dialect.header!, name); has += 1) names.push(name);
  }
  return names;
}

const timesOf = (names: readonly string[], name: string): number => names.filter((one) => one === name).length;

const isSame = (left: readonly string[] | null, right: readonly string[] | null): boolean =>
  JSON.stringify(left) === JSON.stringify(right);

function notesOf(parts: readonly Part[], columns: readonly string[] | null): Message[] {
  if (columns === null) return [];
  return parts.flatMap(({ file, dialect }) => {
    const missing = columns.filter((name) => !dialect.header!.includes(name));
    return missing.length === 0
      ? []
      : [message('tableFiles.lacks', { file: file.name, columns: [...new Set(missing)].join(', ') })];
  });
}

/** The text that grows file by file. */
class Joining {
  /** Line ends written so far: the next file begins on the line behind them. */
  lines = 0;
  readonly notes: Message[] = [];
  readonly #handle: number;
  #written = 0;

  constructor(
    target: string,
    readonly delimiter: string,
    readonly columns: readonly string[] | null,
    /** Is told how many bytes of a file have been read; throws to stop. */
    readonly poll: (read: number) => void,
  ) {
    this.#handle = openSync(target, 'wx');
  }

  close(): void {
    closeSync(this.#handle);
  }

  async add(part: Part, isFirst: boolean): Promise<void> {
    const { dialect, encoding, packing } = part;
    const isAlike =
      encoding === 'utf-8' &&
      packing === null &&
      isSame(dialect.header, this.columns) &&
      (dialect.delimiter ?? ',') === this.delimiter;
    const start = { written: this.#written, lines: this.lines };
    if (isAlike && (await this.#copy(part, isFirst))) return;
    ftruncateSync(this.#handle, start.written);
    this.#written = start.written;
    this.lines = start.lines;
    await this.#rewrite(part, isFirst);
  }

  /** Copies the bytes behind the header as they are; gives up where a quote is met, which could reach into the next file. */
  async #copy({ file, dialect }: Part, isFirst: boolean): Promise<boolean> {
    const above = isFirst ? 0 : dialect.rowsAbove + (dialect.header === null ? 0 : 1);
    const bytes = openTableText({ path: file.path });
    try {
      if (!('mark' in bytes)) return false;
      const rows = new TextRows(bytes, this.delimiter.charCodeAt(0));
      for (let row = 0; row < above; row += 1) rows.next();
      const { handle } = openRegular(file.path);
      try {
        if (above > 0) this.#write(Buffer.from('\n'.repeat(rows.linesRead)), rows.linesRead);
        const piece = Buffer.allocUnsafe(PIECE);
        let last = 10;
        for (let at = bytes.mark + rows.bytesRead; ;) {
          this.poll(at);
          const read = readSync(handle, piece, 0, PIECE, at);
          if (read === 0) break;
          // A return that ends the piece may be half of a line end.
          const got = piece.subarray(0, piece[read - 1] === 13 ? read - 1 : read);
          if (got.length === 0 || got.includes(34) || hasBareReturn(got)) return false;
          at += got.length;
          this.#write(got, linesIn(got));
          last = got.at(-1)!;
          await nextTurn();
        }
        if (last !== 10) this.#write(Buffer.from('\n'), 1);
        return true;
      } finally {
        closeRegular(handle);
      }
    } finally {
      bytes.close();
    }
  }

  /** Reads the file row by row and writes each row anew, its cells under the joined columns. */
  async #rewrite({ file, dialect }: Part, isFirst: boolean): Promise<void> {
    const base = this.lines;
    const places = this.#placesOf(dialect);
    let pending: string[] = [];
    let lines = 0;
    let unclosed = 0;
    const goTo = (line: number): void => {
      for (; lines < line - 1; lines += 1) pending.push('\n');
    };
    const take = (cells: readonly string[], line: number): void => {
      goTo(line);
      const text = cells.map((cell) => this.#quoted(cell, cells.length)).join(this.delimiter);
      lines += lineEndsOf(text) + 1;
      pending.push(`${text}\n`);
    };
    const rows = new TableRows({
      text: { path: file.path },
      delimiter: dialect.delimiter,
      rowsAbove: dialect.rowsAbove,
      hasHeader: dialect.header !== null,
      linesAreRows: false,
    });
    try {
      if (isFirst && this.columns !== null) take(this.columns, Math.max(1, rows.nextLine - 1));
      for (let row = rows.next(), count = 1; row !== null; row = rows.next(), count += 1) {
        if (row.note === 'unclosed-quote') unclosed += 1;
        take(cellsOf(row, places), row.line);
        if (count % 4096 !== 0) continue;
        this.poll(rows.progress * file.bytes);
        this.#write(Buffer.from(pending.join('')), 0);
        pending = [];
        await nextTurn();
      }
      goTo(rows.nextLine);
      this.#write(Buffer.from(pending.join('')), 0);
      this.lines = base + lines;
    } finally {
      rows.close();
    }
    if (unclosed > 0) this.notes.push(message('tableFiles.unclosed', { file: file.name, count: unclosed }));
  }

  /** Where each joined column stands in a file, -1 where it does not; null: cells as they come. */
  #placesOf({ header }: TextDialect): number[] | null {
    if (this.columns === null || header === null || isSame(header, this.columns)) return null;
    const used = new Map<string, number>();
    return this.columns.map((name) => {
      const place = header.indexOf(name, used.get(name) ?? 0);
      if (place >= 0) used.set(name, place + 1);
      return place;
    });
  }

  #quoted(cell: string, cells: number): string {
    const isPlain = !cell.includes(this.delimiter) && !/["\r\n]/.test(cell);
    // A row of one empty cell would be no row.
    return isPlain && (cells > 1 || cell !== '') ? cell : `"${cell.replaceAll('"', '""')}"`;
  }

  #write(bytes: Uint8Array, lines: number): void {
    for (let done = 0; done < bytes.length;)
      done += writeSync(this.#handle, bytes, done, bytes.length - done, this.#written + done);
    this.#written += bytes.length;
    this.lines += lines;
  }
}

/** A short row stays short: what it lacks is for the reader to say. */
function cellsOf(row: TextRow, places: readonly number[] | null): string[] {
  if (places === null) return Array.from({ length: row.cells }, (_, cell) => cellText(row, cell));
  const cells = places.map((place) => (place < 0 ? '' : cellText(row, place)));
  return cells;
}

function linesIn(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines += 1;
  return lines;
}

/** Whether a return stands without the line feed that makes a line end of it: it ends a line, too. */
function hasBareReturn(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(13); at >= 0; at = bytes.indexOf(13, at + 1)) if (bytes[at + 1] !== 10) return true;
  return false;
}

const lineEndsOf = (text: string): number => (text.match(/\r\n|\n|\r/g) ?? []).length;

const cancelled = (): Failure => new Failure('cancelled', message('tables.cancelled'));

function inWords<T>(name: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw wordsOf(error, name);
  }
}

function wordsOf(error: unknown, name: string): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof DamagedPacking)
    return new Failure(
      'invalid-input',
      message('tables.cannotBeRead', { name, reason: message('tables.damagedPacking') }),
    );
  if (codeOf(error) === 'ENOSPC') return new Failure('invalid-input', message('tableFiles.diskFull', { name }));
  return new Failure('not-found', message('tables.cannotBeRead', { name, reason: causeOf(error) }));
}
