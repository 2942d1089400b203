/** How a table is read, decided once: what inspection found and a person has said. Plain data, can be sent to a worker. */
import type { Decimal } from './amount-value';
import type { Role } from './column-roles';
import type { DateReading } from './date-format';
import type { FileLines } from './file-lines';
import type { Delimiter } from './text-dialect';
import { PastedBytes, TableBytes, type TextSource } from './text-bytes';
import { isBlankRow, TextRows, type TextRow } from './text-rows';

/** What a person may say of a table; what is not said is found. */
export interface ReadingChoices {
  sheet?: string;
  delimiter?: Delimiter;
  header?: boolean;
  /** Columns by role, as `columnNamed` reads them. */
  columns?: Partial<Record<Role, string>>;
  date?: { format: DateReading['format']; dayOne: string | null };
  zone?: string;
  decimal?: Decimal;
  /** Only the named columns are wanted; the cells of all others may stay empty. */
  isOnlyNamed?: true;
  /** Of Parquet, whose rows are decoded before they can be looked at, so many of the first ones are enough. */
  firstRows?: number;
}

/** The text that is read: a file, which may be what a workbook was turned into, or what somebody pasted. */
export type TableText = { readonly path: string } | { readonly text: string };

/** @throws NotRegular, or the system's error, when a file cannot be read; DamagedPacking */
export function openTableText(text: TableText): TableBytes | PastedBytes {
  return 'path' in text ? new TableBytes(text.path) : new PastedBytes(text.text);
}

export interface TableReading {
  text: TableText;
  /** The files of which the text was made, where it is not the file itself. */
  files: readonly FileLines[] | null;
  /** A row counts as one line, whatever line ends its cells hold: there are no lines in a Parquet file. */
  linesAreRows: boolean;
  delimiter: Delimiter | null;
  rowsAbove: number;
  hasHeader: boolean;
  /** Each cell of each row is a customer id. */
  isList: boolean;
  /** Columns by role, from 0. */
  places: Partial<Record<Role, number>>;
  /** What customers are known by: their ids, or texts that are given numbers; where they are to be sent, ids only. */
  customersAre: 'numbers' | 'texts';
  date: DateReading | null;
  /** Of awards that are imported: how their expiry is read, which may be written another way than their date. */
  expiryDate?: DateReading;
  decimal: Decimal | 'ask';
  /** Whether somebody said the decimal sign, or a cell was met that only it explains. */
  isDecimalCertain: boolean;
  /** Whether that is the last word on it: what a person said, or what all rows told. */
  isDecimalDecided: boolean;
  oneCurrency: boolean;
}

/** The data rows of a table, blank ones left out and counted. @throws the system's error when the file cannot be read */
export class TableRows {
  blankRows = 0;
  readonly #bytes: TableBytes | PastedBytes;
  readonly #rows: TextRows;

  /** @param poll called between pieces of a megabyte at most; may throw to stop */
  constructor(
    reading: Pick<TableReading, 'text' | 'delimiter' | 'rowsAbove' | 'hasHeader' | 'linesAreRows'>,
    poll: () => void = () => undefined,
  ) {
    const bytes = openTableText(reading.text);
    this.#bytes = bytes;
    const source: TextSource = {
      size: bytes.size,
      get consumed() {
        return bytes.consumed;
      },
      read: (into, offset) => {
        poll();
        return bytes.read(into, offset);
      },
      reopen: (skip) => bytes.reopen(skip),
      close: () => bytes.close(),
    };
    const { encoding, packing, size } = this.#bytes;
    const delimiter = reading.delimiter === null ? -1 : reading.delimiter.charCodeAt(0);
    this.#rows = new TextRows(
      source,
      delimiter,
      packing === null && encoding === 'utf-8' ? size : Infinity,
      reading.linesAreRows,
    );
    const skipped = reading.rowsAbove + (reading.hasHeader ? 1 : 0);
    for (let row = 0; row < skipped; row += 1) this.#rows.next();
  }

  /** Share of the file that has been read, from 0 to 1. */
  get progress(): number {
    return this.#rows.progress;
  }

  /** Line of the file on which the next row begins. */
  get nextLine(): number {
    return this.#rows.linesRead + 1;
  }

  /** Bytes of the file. */
  get size(): number {
    return this.#bytes.size;
  }

  /** The next row that is not blank, or null at the end. It lives until the next call. */
  next(): TextRow | null {
    for (;;) {
      const row = this.#rows.next();
      if (row === null || !isBlankRow(row)) return row;
      this.blankRows += 1;
    }
  }

  /** As `TextRows.takePlainIds`. */
  takePlainIds(column: number, ids: Float64Array, from: number): number {
    return this.#rows.takePlainIds(column, ids, from);
  }

  close(): void {
    this.#bytes.close();
  }
}
