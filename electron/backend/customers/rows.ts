import { Failure } from '../../../shared/ipc/errors';
import { BATCH_SIZE, type CustomerBatch } from './batch';
import { readCustomerCell, trimInvisible } from '../tables/customer-value';
import type { TableQuestion } from '../../../shared/ipc/tables-contract';
import { placeOfLine, type FilePlace } from '../tables/file-lines';
import { TableRows, type TableReading } from '../tables/table-reading';
import { cellText, type TextRow } from '../tables/text-rows';
import type { CustomerTally } from './tally';
import { message, type MessagePart } from '../../../shared/words/message';

/** Characters of a faulty cell that are kept to show it. */
const SHOWN_CHARACTERS = 200;

/**
 * @param name of the file, for people
 * @throws Failure `invalid-input` where only a person can say which column, or which sheet, holds the customers
 */
export function requireColumn(questions: readonly TableQuestion[], name: MessagePart): void {
  const [question] = questions.filter(({ code }) => code === 'column' || code === 'sheet');
  if (question === undefined) return;
  throw new Failure(
    'invalid-input',
    message('tables.sayWhich', { name, question: question.words, option: question.option }),
  );
}

/** Customer ids of a table in the order of its rows. Blank rows are none; of a list every cell is one. */
export class CustomerRows {
  readonly #rows: TableRows;
  readonly #reading: TableReading;
  readonly #column: number;
  readonly #tally: CustomerTally | null;
  /** Cells of a list whose row had no room in the last batch. */
  #waiting: { cells: string[]; place: FilePlace } | null = null;

  /**
   * @param poll called between pieces of the text; may throw to stop
   * @param tally counts what the rows are like
   */
  constructor(reading: TableReading, poll: () => void, tally: CustomerTally | null = null) {
    this.#reading = reading;
    this.#tally = tally;
    this.#column = reading.places.customer ?? 0;
    this.#rows = new TableRows(reading, poll);
  }

  /** Fills a batch with the next rows; it stays empty at the end of the table. */
  fill(batch: CustomerBatch): void {
    batch.length = 0;
    if (this.#waiting !== null) this.#addList(batch, this.#waiting.cells, this.#waiting.place);
    while (!batch.isFull) {
      if (!this.#reading.isList && this.#takePlain(batch)) continue;
      const row = this.#rows.next();
      if (row === null) return;
      const place = placeOfLine(this.#reading.files, row.line);
      this.#tally?.begin(row);
      if (row.note === 'too-long') batch.addFault('too-long', shown(cellText(row, 0), place), place.line);
      else if (this.#reading.isList) this.#addList(batch, cellsOf(row), place);
      else if (this.#column >= row.cells) {
        this.#tally?.addCell('', { ok: false, fault: 'empty' });
        batch.addFault('empty', shown(cellsOf(row).join(' '), place), place.line);
      } else this.#addCell(batch, cellText(row, this.#column), place);
    }
  }

  /** Rows of the plainest form, many at once. */
  #takePlain(batch: CustomerBatch): boolean {
    const line = this.#rows.nextLine;
    const from = batch.length;
    const taken = this.#rows.takePlainIds(this.#column, batch.customerIds, from);
    batch.faults.fill(0, from, from + taken);
    const { files } = this.#reading;
    for (let row = 0; row < taken; row += 1)
      batch.lineNumbers[from + row] = files === null ? line + row : placeOfLine(files, line + row).line;
    batch.length = from + taken;
    this.#tally?.addPlain(taken);
    return taken > 0;
  }

  #addList(batch: CustomerBatch, cells: readonly string[], from: FilePlace): void {
    this.#waiting = null;
    for (const [place, cell] of cells.entries()) {
      if (trimInvisible(cell) === '') continue;
      if (batch.isFull) {
        this.#waiting = { cells: cells.slice(place), place: from };
        return;
      }
      const isNumbered = cells.length === 1 && !('text' in this.#reading.text);
      this.#addCell(batch, cell, isNumbered ? from : { ...from, line: 0 });
    }
  }

  #addCell(batch: CustomerBatch, cell: string, place: FilePlace): void {
    const reading = readCustomerCell(cell);
    this.#tally?.addCell(cell, reading);
    if (reading.ok) batch.addCustomer(reading.customerId, place.line);
    // Kept requests name both the same: the cell, which is kept beside it, tells them apart.
    else batch.addFault(reading.fault === 'text-id' ? 'not-a-number' : reading.fault, shown(cell, place), place.line);
  }

  /** Rows in all, guessed from those done so far. */
  total(done: number): number {
    const { progress, size } = this.#rows;
    return done < BATCH_SIZE || progress === 0 ? Math.ceil(size / GUESSED_ROW_BYTES) : Math.round(done / progress);
  }

  close(): void {
    this.#rows.close();
  }
}

const GUESSED_ROW_BYTES = 24;

function cellsOf(row: TextRow): string[] {
  return Array.from({ length: row.cells }, (_, cell) => cellText(row, cell));
}

/** A faulty cell as it is kept to show it; of several files with the name of its own. */
function shown(text: string, { file }: FilePlace): string {
  const cell = text.replaceAll(/\s+/g, ' ').trim().slice(0, SHOWN_CHARACTERS);
  return file === null ? cell : `${file}: ${cell}`;
}
