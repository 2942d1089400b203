import type { CountedRows } from '../../../shared/ipc/tables-contract';
import type { Message } from '../../../shared/words/message';
import { CustomerEvidence, notSentInWords } from '../tables/customer-text';
import type { CustomerReading } from '../tables/customer-value';
import { RowCounts, type RowVerdict } from '../tables/row-counts';
import type { TableReading } from '../tables/table-reading';
import type { TextRow } from '../tables/text-rows';

/** What the rows of a table of customers were like, as a look at it would have said. */
export interface TalliedRows extends CountedRows {
  /** What they are known by, where that cannot be sent. */
  notes: Message[];
}

/** Counts what a table of customers is like while its rows are read: nobody has to read it twice. */
export class CustomerTally {
  readonly #counts: RowCounts;
  readonly #isList: boolean;
  readonly #customers = new CustomerEvidence();
  #row: RowVerdict | null = null;

  constructor({ files, isList }: Pick<TableReading, 'files' | 'isList'>) {
    this.#counts = new RowCounts(files);
    this.#isList = isList;
  }

  /** So many rows of the plainest form. */
  addPlain(rows: number): void {
    this.#counts.addGood(rows);
    this.#customers.numbers += rows;
  }

  /** A row begins, the one before has ended. */
  begin({ line, note }: Pick<TextRow, 'line' | 'note'>): void {
    this.#end();
    this.#row = this.#counts.verdictOn(line);
    this.#row.note(note);
  }

  /** A cell of the row, and how it was read. */
  addCell(cell: string, reading: CustomerReading): void {
    this.#row?.customer(cell, reading);
    if (!this.#isList) this.#customers.add(cell);
  }

  #end(): void {
    if (this.#row !== null) this.#counts.add(this.#row);
    this.#row = null;
  }

  /** All rows so far. */
  list(): TalliedRows {
    this.#end();
    return { ...this.#counts.list(), notes: this.#customers.areTexts ? [notSentInWords(this.#customers)] : [] };
  }
}
