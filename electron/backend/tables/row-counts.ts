/** What is wrong, odd or cleaned about the rows of a table: counted by kind, with the first lines of each. */
import type { CountedRows, TableReason } from '../../../shared/ipc/tables-contract';
import { message, type Message, type PlainKey } from '../../../shared/words/message';
import { CUSTOMER_FAULT_WORDS, type CustomerCleaning, type CustomerReading } from './customer-value';
import { shown } from './date-format';
import { placeOfLine } from './file-lines';
import type { TableReading } from './table-reading';
import type { RowNote } from './text-rows';

const LINES_KEPT = 20;

const NOTE_WORDS = {
  'unclosed-quote': 'tables.unclosedQuote',
  'many-lines': 'tables.manyLines',
  'too-long': 'tables.rowTooLong',
} as const satisfies Record<string, PlainKey>;

const CLEANING_WORDS = {
  'leading-zeros': 'tables.cleanedZeros',
  decimals: 'tables.cleanedDecimals',
  apostrophe: 'tables.cleanedApostrophe',
  invisible: 'tables.cleanedInvisible',
  formula: 'tables.cleanedFormula',
} as const satisfies Record<CustomerCleaning, PlainKey>;

class Reasons {
  readonly #byCode = new Map<string, TableReason>();
  readonly #files: TableReading['files'];

  constructor(files: TableReading['files']) {
    this.#files = files;
  }

  add(verdict: TableReason['verdict'], code: string, line: number, words: () => Message): void {
    let reason = this.#byCode.get(code);
    if (reason === undefined) {
      reason = { code, words: words(), verdict, count: 0, lines: [], files: [] };
      this.#byCode.set(code, reason);
    }
    reason.count += 1;
    if (reason.lines.length === LINES_KEPT) return;
    const place = placeOfLine(this.#files, line);
    reason.lines.push(place.line);
    if (place.file !== null) reason.files.push(place.file);
  }

  list(): TableReason[] {
    const order = { bad: 0, doubtful: 1, cleaned: 2 } as const;
    return [...this.#byCode.values()].sort(
      (left, right) => order[left.verdict] - order[right.verdict] || right.count - left.count,
    );
  }
}

/** What becomes of one row. */
export class RowVerdict {
  isBad = false;
  isDoubtful = false;
  isCleaned = false;
  readonly #reasons: Reasons;
  readonly #line: number;

  constructor(reasons: Reasons, line: number) {
    this.#reasons = reasons;
    this.#line = line;
  }

  bad(code: string, words: () => Message): void {
    this.isBad = true;
    this.#reasons.add('bad', code, this.#line, words);
  }

  doubtful(code: string, words: () => Message): void {
    this.isDoubtful = true;
    this.#reasons.add('doubtful', code, this.#line, words);
  }

  cleaned(code: string, words: () => Message): void {
    this.isCleaned = true;
    this.#reasons.add('cleaned', code, this.#line, words);
  }

  /** What the cutting of the text into rows met. */
  note(note: RowNote): void {
    if (note === 'too-long') this.bad('row-too-long', () => message(NOTE_WORDS['too-long']));
    else if (note !== null) this.doubtful(note, () => message(NOTE_WORDS[note]));
  }

  /** A cell of a customer id, and how it was read. */
  customer(cell: string, reading: CustomerReading): void {
    if (reading.ok) {
      this.cleanedCustomer(reading.cleaned);
      return;
    }
    const { fault } = reading;
    this.bad(`customer-${fault}`, () =>
      fault === 'empty'
        ? message('tables.customerMissing')
        : message('tables.customerIs', { cell: shown(cell), fault: message(CUSTOMER_FAULT_WORDS[fault]) }),
    );
  }

  cleanedCustomer(cleaning: CustomerCleaning | null): void {
    if (cleaning !== null) this.cleaned(`customer-${cleaning}`, () => message(CLEANING_WORDS[cleaning]));
  }
}

/** Counts rows by what becomes of them. */
export class RowCounts {
  #good = 0;
  #cleaned = 0;
  #doubtful = 0;
  #bad = 0;
  readonly #reasons: Reasons;

  constructor(files: TableReading['files']) {
    this.#reasons = new Reasons(files);
  }

  verdictOn(line: number): RowVerdict {
    return new RowVerdict(this.#reasons, line);
  }

  add({ isBad, isDoubtful, isCleaned }: RowVerdict): void {
    if (isBad) this.#bad += 1;
    else if (isDoubtful) this.#doubtful += 1;
    else this.#good += 1;
    if (isCleaned && !isBad) this.#cleaned += 1;
  }

  /** So many rows of which there is nothing to say. */
  addGood(rows: number): void {
    this.#good += rows;
  }

  list(): CountedRows {
    return {
      good: this.#good,
      cleaned: this.#cleaned,
      doubtful: this.#doubtful,
      bad: this.#bad,
      reasons: this.#reasons.list(),
    };
  }
}
