/** How a table is read, decided once: what inspection found and a person has said. Plain data, can be sent to a worker. */
import type { Decimal } from './amount-value';
import type { Role } from './column-roles';
import type { DateReading } from './date-format';
import type { Delimiter } from './text-dialect';
import { TableBytes } from './text-bytes';
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
}

export interface TableReading {
  /** The text that is read: the file itself, or what a workbook or Parquet file was turned into. */
  textPath: string;
  delimiter: Delimiter | null;
  rowsAbove: number;
  hasHeader: boolean;
  /** Each cell of each row is a customer id. */
  isList: boolean;
  /** Columns by role, from 0. */
  places: Partial<Record<Role, number>>;
  date: DateReading | null;
  decimal: Decimal | 'ask';
  oneCurrency: boolean;
}

/** The data rows of a table, blank ones left out and counted. @throws the system's error when the file cannot be read */
export class TableRows {
  blankRows = 0;
  readonly #bytes: TableBytes;
  readonly #rows: TextRows;

  constructor(reading: Pick<TableReading, 'textPath' | 'delimiter' | 'rowsAbove' | 'hasHeader'>) {
    this.#bytes = new TableBytes(reading.textPath);
    const { encoding, packing, size } = this.#bytes;
    const delimiter = reading.delimiter === null ? -1 : reading.delimiter.charCodeAt(0);
    this.#rows = new TextRows(this.#bytes, delimiter, packing === null && encoding === 'utf-8' ? size : Infinity);
    const skipped = reading.rowsAbove + (reading.hasHeader ? 1 : 0);
    for (let row = 0; row < skipped; row += 1) this.#rows.next();
  }

  /** Share of the file that has been read, from 0 to 1. */
  get progress(): number {
    return this.#rows.progress;
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
