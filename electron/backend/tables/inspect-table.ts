/** Looks at a whole table before anything is done with it: what it is, which column is what and why, what is odd. */
import { causeOf } from '../../disk/system-reasons';
import { isZone } from '../../../shared/domain/calendar';
import { toIso, type Instant } from '../../../shared/domain/instant';
import { Failure } from '../../../shared/ipc/errors';
import type { CancelSignal } from '../../../shared/ipc/method';
import type { CountedRows, TableColumn, TableInspection, TableQuestion } from '../../../shared/ipc/tables-contract';
import { AMOUNT_FAULT_WORDS, AmountEvidence, readAmountCell } from './amount-value';
import {
  AWARD_ROLES,
  columnNamed,
  EVENT_ROLES,
  findRole,
  headedRole,
  isKnownHeading,
  nameOfColumn,
  ROLES,
  type ColumnFacts,
  type Role,
  type RoleQuestion,
} from './column-roles';
import {
  CUSTOMER_TEXT_FAULT_WORDS,
  CustomerEvidence,
  notSentInWords,
  numberedInWords,
  readCustomerText,
} from './customer-text';
import { readCustomerCell } from './customer-value';
import { DateEvidence, DateReader, quoted, shown, type DateReading, type OddClock } from './date-format';
import { decodeTable, plainText, type DecodedTable } from './decode-table';
import { placeOfLine } from './file-lines';
import { plainAmountSign } from './plain-amount';
import { plainId } from './plain-id';
import { plainInstantOf } from './plain-instant';
import { RowCounts, type RowVerdict } from './row-counts';
import { filesOfTable } from './table-files';
import { findDialect, type TextDialect, type Delimiter } from './text-dialect';
import { DamagedPacking, HEAD_BYTES } from './text-bytes';
import { TextIndex } from './text-index';
import { cellText, type TextRow } from './text-rows';
import { openTableText, TableRows, type ReadingChoices, type TableReading, type TableText } from './table-reading';
import { type Message, message, type MessagePart, type PlainKey } from '../../../shared/words/message';
import { ColumnTally } from './column-tally';
import { Turns } from './turns';

/** What a table is wanted for: a role that nothing needs raises no question and makes no row bad. */
export type TablePurpose = 'customers' | 'events' | 'awards' | 'any';

/** Whether the customers go into requests: then they are known by their ids, and by nothing else. */
const isForOrg = (purpose: TablePurpose): boolean => purpose === 'customers' || purpose === 'awards';

/** Roles that are looked for. */
const WANTED: Readonly<Record<TablePurpose, readonly Role[]>> = {
  customers: ['customer'],
  events: EVENT_ROLES,
  awards: AWARD_ROLES,
  any: EVENT_ROLES,
};

/** Share of the work that making a text is, where the table is none: the look is quicker. */
const DECODING = 0.75;
const SHOWN_ROWS = 20;
const EXAMPLES = 3;

export interface InspectedTable {
  inspection: TableInspection;
  header: readonly string[] | null;
  reading: TableReading;
  /** Removes what a workbook was turned into. The reading is of no use then. */
  dispose: () => void;
}

/** What the first rows of a table show: enough to read customers from it, before all of it has been looked at. */
export interface TableLook {
  decoded: DecodedTable;
  dialect: TextDialect;
  encoding: string;
  packing: 'gzip' | 'zstd' | null;
  roles: FoundRoles;
  reading: TableReading;
  questions: TableQuestion[];
}

/**
 * Looks at a whole table.
 *
 * @param path of the file
 * @param name for people
 * @param report is told from time to time which share of the work is done, from 0 to 1
 * @throws Failure `invalid-input` where the file is no table or has no such column, `not-found` where it cannot be read,
 *   `cancelled`
 */
export async function inspectTable(
  path: string,
  name: string,
  choices: ReadingChoices = {},
  purpose: TablePurpose = 'any',
  signal?: CancelSignal,
  report: (share: number) => void = () => undefined,
): Promise<InspectedTable> {
  let decoded = 0;
  const look = await lookAtTable(path, name, choices, purpose, signal, (share) => {
    decoded = DECODING;
    report(share * DECODING);
  });
  try {
    const { at, amount, customer, expiry } = look.reading.places;
    // Ids that go into a request are numbers, whatever others the column holds: nothing has to be decided before they are read.
    const decides = [at, amount, expiry, isForOrg(purpose) ? undefined : customer].some((place) => place !== undefined);
    const turns = new Turns(decides ? 2 : 1, signal, (share) => report(decoded + share * (1 - decoded)));
    const customers = new CustomerEvidence();
    await decideValues(look.reading, choices, look.questions, turns, decides ? customers : null);
    // A request is for customers by their ids; a simulation needs to tell them apart only.
    if (!isForOrg(purpose) && customers.areTexts) look.reading.customersAre = 'texts';
    const inspection = await inspectionOf(look, purpose, turns, customers, decides);
    return { inspection, header: look.dialect.header, reading: look.reading, dispose: look.decoded.dispose };
  } catch (error) {
    look.decoded.dispose();
    throw inWords(error, name);
  }
}

/** Looks at the first rows of a table. @param report hears which share of it is made a text @throws as inspectTable */
export async function lookAtTable(
  path: string,
  name: string,
  choices: ReadingChoices = {},
  purpose: TablePurpose = 'any',
  signal?: CancelSignal,
  report?: (share: number) => void,
): Promise<TableLook> {
  const decoded = await decodeTable(filesOfTable(path, name), name, choices, signal, report);
  try {
    return lookAtText({ path: decoded.textPath }, decoded, name, choices, purpose);
  } catch (error) {
    decoded.dispose();
    throw inWords(error, name);
  }
}

/** What the system, or a library, says of a file that cannot be read. */
function inWords(error: unknown, name: string): unknown {
  if (error instanceof Failure) return error;
  if (error instanceof DamagedPacking)
    return new Failure(
      'invalid-input',
      message('tables.cannotBeRead', { name, reason: message('tables.damagedPacking') }),
    );
  return new Failure('not-found', message('tables.cannotBeRead', { name, reason: causeOf(error) }));
}

/** Looks at a pasted text as at a file of it. @returns null where nothing is in it. @throws as inspectTable */
export function lookAtPasted(
  text: string,
  choices: ReadingChoices = {},
  purpose: TablePurpose = 'customers',
): TableLook | null {
  if (text.trim() === '') return null;
  return lookAtText({ text }, plainText(''), message('tables.pastedText'), choices, purpose);
}

interface Head {
  head: Buffer;
  isWhole: boolean;
  encoding: string;
  packing: 'gzip' | 'zstd' | null;
}

function headOf(text: TableText): Head {
  const bytes = openTableText(text);
  try {
    const head = Buffer.allocUnsafe(bytes.packing === null ? Math.min(HEAD_BYTES, 2 * bytes.size + 16) : HEAD_BYTES);
    let length = 0;
    let read = -1;
    while (read !== 0 && length < head.length) {
      read = bytes.read(head, length);
      length += read;
    }
    return { head: head.subarray(0, length), isWhole: read === 0, encoding: bytes.encoding, packing: bytes.packing };
  } finally {
    bytes.close();
  }
}

function lookAtText(
  text: TableText,
  decoded: DecodedTable,
  name: MessagePart,
  choices: ReadingChoices,
  purpose: TablePurpose,
): TableLook {
  const { head, isWhole, encoding, packing } = headOf(text);
  const isMade = decoded.kind === 'parquet';
  const said = { ...choices, isMade, ...(decoded.delimiter === null ? {} : { delimiter: decoded.delimiter }) };
  const dialect = findDialect(head, isWhole, isKnownHeading, said);
  if (dialect.sample.length === 0 && dialect.header === null)
    throw new Failure('invalid-input', message('tables.isEmpty', { name }));
  const questions: TableQuestion[] = [...decoded.questions];
  const roles = rolesOf(dialect, factsOf(dialect), choices, purpose, name, questions);
  const places: TableReading['places'] = {};
  for (const role of ROLES) {
    const found = roles.get(role);
    if (found !== undefined) places[role] = found.column;
  }
  const reading: TableReading = {
    text,
    files: decoded.files,
    linesAreRows: isMade,
    delimiter: dialect.delimiter,
    rowsAbove: dialect.rowsAbove,
    hasHeader: dialect.header !== null,
    isList: dialect.isList && choices.columns?.customer === undefined,
    places,
    customersAre: 'numbers',
    date: null,
    decimal: choices.decimal ?? 'ask',
    isDecimalCertain: choices.decimal !== undefined,
    isDecimalDecided: choices.decimal !== undefined,
    oneCurrency: true,
  };
  return { decoded, dialect, encoding, packing, roles, reading, questions };
}

async function inspectionOf(
  look: TableLook,
  purpose: TablePurpose,
  turns: Turns,
  customers: CustomerEvidence,
  isDecided: boolean,
): Promise<TableInspection> {
  const { decoded, dialect, encoding, packing, roles, reading, questions } = look;
  const tally = new ColumnTally(dialect.columns);
  const evidence = isDecided ? null : customers;
  const { different, repeated, ...counted } = await countRows(reading, purpose, turns, tally, evidence);
  const isAsked = questions.some(({ code }) => code === 'date-order');
  const columns = factsOf(dialect).map((column, place): TableColumn => {
    const role = ROLES.find((one) => reading.places[one] === place) ?? null;
    return {
      name: nameOfColumn(dialect.header, place),
      role,
      why: role === null ? null : (roles.get(role)?.why ?? null),
      type: role === 'at' || role === 'expiry' ? 'date' : typeOf(column.values),
      dateOrder: isAsked ? null : dateOrderOf(role, reading),
      decimal: role === 'amount' && reading.decimal !== 'ask' ? reading.decimal : null,
      storedType: decoded.storedTypes?.get(column.name ?? '') ?? null,
      examples: [...new Set(column.values.filter((value) => value.trim() !== ''))].slice(0, EXAMPLES),
      empty: tally.empty[place] ?? 0,
      shortened: tally.shortened[place] ?? 0,
    };
  });
  const inspection: Omit<TableInspection, 'sentence'> = {
    kind: decoded.kind,
    fileCount: decoded.fileCount,
    notes: [...decoded.notes, ...notesOnCustomers(customers, purpose, different), ...repeatedInWords(repeated)],
    packing,
    encoding: decoded.kind === 'csv' ? encoding : null,
    delimiter: decoded.kind === 'csv' ? dialect.delimiter : null,
    sheet: decoded.sheet,
    sheets: decoded.sheets,
    header: dialect.header !== null,
    isList: reading.isList,
    titles: [...dialect.titles],
    columns,
    sample: dialect.sample
      .slice(0, SHOWN_ROWS)
      .map(({ line, cells }) => ({ ...placeOfLine(decoded.files, line), cells: [...cells] })),
    questions,
    ...counted,
  };
  return { ...inspection, sentence: sentenceOf(inspection) };
}

function dateOrderOf(role: Role | null, { date, expiryDate }: TableReading): string | null {
  if (role === 'at') return date?.format ?? null;
  return role === 'expiry' ? (expiryDate?.format ?? null) : null;
}

/** Lines of one purchase look like several purchases. */
const repeatedInWords = (count: number): Message[] => (count === 0 ? [] : [message('tables.repeatedRows', { count })]);

/** What the customers are where they are known by texts, and what that means. */
function notesOnCustomers(customers: CustomerEvidence, purpose: TablePurpose, different: number | null): Message[] {
  if (!customers.areTexts) return [];
  const notes: Message[] = [];
  if (!isForOrg(purpose))
    notes.push(
      different === null
        ? message('tables.textsTooMany', { most: MOST_COUNTED })
        : numberedInWords(customers, different),
    );
  if (purpose !== 'events') notes.push(notSentInWords(customers));
  return notes;
}

function factsOf(dialect: TextDialect): ColumnFacts[] {
  return Array.from({ length: dialect.columns }, (_, column) => ({
    name: dialect.header?.[column] ?? null,
    values: dialect.sample.map(({ cells }) => cells[column] ?? ''),
  }));
}

function typeOf(values: readonly string[]): TableColumn['type'] {
  const filled = values.filter((value) => value.trim() !== '');
  if (filled.length === 0) return 'empty';
  const numbers = filled.filter((value) => /^[-+]?[\d.,' ]*\d%?$/.test(value.trim())).length;
  if (numbers > filled.length / 2) return 'number';
  const evidence = new DateEvidence();
  for (const value of filled) evidence.add(value);
  return evidence.dates > filled.length / 2 ? 'date' : 'text';
}

export type FoundRoles = Map<Role, { column: number; why: Message }>;

function rolesOf(
  dialect: TextDialect,
  facts: readonly ColumnFacts[],
  choices: ReadingChoices,
  purpose: TablePurpose,
  name: MessagePart,
  questions: TableQuestion[],
): FoundRoles {
  const found: FoundRoles = new Map();
  const taken = new Set<number>();
  for (const role of ROLES) {
    const wanted = choices.columns?.[role];
    if (wanted === undefined) continue;
    const column = columnNamed(dialect.header, dialect.columns, wanted);
    if (column < 0) {
      throw new Failure(
        'invalid-input',
        message('tables.noSuchColumn', { name, wanted: shown(wanted), columns: columnsInWords(dialect) }),
      );
    }
    const same = dialect.header?.filter((heading) => heading === wanted).length ?? 0;
    if (same > 1)
      throw new Failure(
        'invalid-input',
        message('tables.columnTwice', {
          name,
          wanted: shown(wanted),
          first: shown(`${wanted}#1`),
          last: shown(`${wanted}#${String(same)}`),
        }),
      );
    found.set(role, { column, why: message('tables.chosenByYou') });
    taken.add(column);
  }
  const needed = WANTED[purpose];
  // Of two columns of dates the one that says what it is leaves the other.
  for (const role of purpose === 'awards' ? needed : []) {
    const headed = found.has(role) ? null : headedRole(role, facts, taken);
    if (headed === null || role === 'time') continue;
    found.set(role, headed);
    taken.add(headed.column);
  }
  for (const role of needed) {
    if (found.has(role) || (role === 'customer' && dialect.isList)) continue;
    const answer = findRole(role, facts, taken, !isForOrg(purpose)) ?? unfound(role, purpose, facts, taken);
    if (answer === null) continue;
    if ('words' in answer) {
      if (role !== 'customer' && purpose !== 'events' && purpose !== 'awards') continue;
      const choicesOf = answer.columns.map((column) => nameOfColumn(dialect.header, column));
      questions.push({
        code: 'column',
        words: message(role === 'expiry' ? 'tables.whichExpiry' : 'tables.whichColumn', {
          why: answer.words,
          columns: choicesOf.slice(0, 12).map(quoted).join(', '),
        }),
        option: `--column ${role}=NAME`,
        role,
        choices: choicesOf,
      });
      continue;
    }
    // A time of day is of use beside a date only, and only where that does not say it.
    const at = found.get('at')?.column;
    if (role === 'time' && (at === undefined || sayTimes(facts[at]!.values))) continue;
    found.set(role, answer);
    taken.add(answer.column);
  }
  return found;
}

/** An award cannot be imported without its date and its expiry: where none is found, a person says which column it is. */
function unfound(
  role: Role,
  purpose: TablePurpose,
  facts: readonly ColumnFacts[],
  taken: ReadonlySet<number>,
): RoleQuestion | null {
  if (purpose !== 'awards' || (role !== 'at' && role !== 'expiry')) return null;
  const columns = facts.map((_, column) => column).filter((column) => !taken.has(column));
  return { role, columns, words: message(role === 'at' ? 'tables.noEventDates' : 'tables.noExpiries') };
}

/** Whether most dates of a column say when on their day. */
function sayTimes(values: readonly string[]): boolean {
  const evidence = new DateEvidence();
  for (const value of values) evidence.add(value);
  return evidence.clocked > (evidence.cells - evidence.empty) / 2;
}

const MOST_COLUMNS = 20;

/** The names of the columns, as many as a person would read. */
function columnsInWords({ header, columns }: TextDialect): MessagePart {
  const names = Array.from({ length: Math.min(columns, MOST_COLUMNS) }, (_, place) =>
    quoted(nameOfColumn(header, place)),
  );
  return columns > MOST_COLUMNS
    ? message('tables.andMore', { names: names.join(', '), more: columns - MOST_COLUMNS })
    : names.join(', ');
}

/**
 * Decides date format, zone and decimal sign by the whole column.
 *
 * @param customers gets what the column of the customers tells; null: nothing has to be decided, and no row is read
 */
async function decideValues(
  reading: TableReading,
  choices: ReadingChoices,
  questions: TableQuestion[],
  turns: Turns,
  customers: CustomerEvidence | null,
): Promise<void> {
  const { at, amount, time, customer, expiry } = reading.places;
  if (choices.zone !== undefined && !isZone(choices.zone))
    throw new Failure('invalid-input', message('tables.noZone', { zone: shown(choices.zone) }));
  if (customers === null) {
    if (choices.decimal === undefined) reading.decimal = '.';
    return;
  }
  const dates = new DateEvidence();
  const expiries = new DateEvidence();
  const amounts = new AmountEvidence();
  let hasClock = false;
  const rows = new TableRows(reading);
  try {
    for (let row = rows.next(), count = 0; row !== null; row = rows.next(), count += 1) {
      if (turns.isDue(count)) await turns.take(rows.progress);
      if (row.note === 'too-long') continue;
      if (customer !== undefined) addCustomer(customers, row, customer);
      if (at !== undefined) addDate(dates, row, at);
      if (expiry !== undefined) addDate(expiries, row, expiry);
      if (amount !== undefined) addAmount(amounts, row, amount);
      if (time !== undefined && !hasClock) hasClock = cellText(row, time).trim() !== '';
    }
    turns.endWalk();
  } finally {
    rows.close();
  }
  if (amount !== undefined) {
    reading.decimal = choices.decimal ?? amounts.decimal;
    reading.oneCurrency = amounts.isOneCurrency;
    if (reading.decimal === 'ask')
      questions.push({
        code: 'decimal',
        words: message('tables.eitherDecimal'),
        option: '--decimal . or --decimal ,',
        choices: ['.', ','],
      });
  } else if (choices.decimal === undefined) reading.decimal = '.';
  const said = choices.date?.format;
  const expiryFormat = expiries.format;
  // Where the two are written in different ways, what a person said of an order is for the one that has one.
  const expiryReading = said === undefined || !isOrdered(expiryFormat) ? expiryFormat : said;
  const format =
    expiry !== undefined && said !== undefined && !isOrdered(dates.format) ? dates.format : (said ?? dates.format);
  if ((at !== undefined && format === 'ask') || (expiry !== undefined && expiryReading === 'ask'))
    questions.push({
      code: 'date-order',
      words: message('tables.eitherOrder'),
      option: '--date-format day-month-year or --date-format month-day-year',
      choices: ['day-month-year', 'month-day-year'],
    });
  if (at !== undefined && format === 'day-number' && choices.date === undefined)
    questions.push({
      code: 'day-one',
      words: message('tables.mayCountDays', { from: String(dates.least), to: String(dates.largest) }),
      option: '--date-format day-number@DATE OF DAY 1',
      choices: [],
    });
  const zone = choices.zone ?? null;
  const needsZone =
    (at !== undefined && isZoneless(format, dates, choices)) ||
    (expiry !== undefined && isZoneless(expiryReading, expiries, choices));
  if (needsZone && zone === null)
    questions.push({
      code: 'zone',
      words: message('tables.datesWithoutZone'),
      option: '--zone ZONE, such as --zone Europe/Berlin',
      choices: [],
    });
  const dayOne = choices.date?.dayOne ?? null;
  if (at !== undefined) reading.date = { format: readable(format), zone, dayOne };
  if (expiry !== undefined) reading.expiryDate = { format: readable(expiryReading), zone, dayOne: null };
}

type FoundFormat = DateEvidence['format'];

const isOrdered = (format: FoundFormat): boolean =>
  format === 'ask' || format === 'day-month-year' || format === 'month-day-year';

const readable = (format: FoundFormat): DateReading['format'] => (format === 'ask' || format === null ? 'iso' : format);

/** Whether cells are read that say no zone. */
function isZoneless(format: FoundFormat, dates: DateEvidence, choices: ReadingChoices): boolean {
  return (
    format === 'compact' ||
    format === 'excel' ||
    format === 'excel-1904' ||
    (format === 'day-number' && choices.date !== undefined) ||
    dates.zoneless > 0
  );
}

function addCustomer(customers: CustomerEvidence, row: TextRow, place: number): void {
  if (plainId(row, place) === null) customers.add(cellText(row, place));
  else customers.numbers += 1;
}

function addDate(dates: DateEvidence, row: TextRow, place: number): void {
  const instant = plainInstantOf(row, place);
  if (Number.isNaN(instant)) dates.add(cellText(row, place));
  else dates.addInstant(instant);
}

function addAmount(amounts: AmountEvidence, row: TextRow, place: number): void {
  const sign = plainAmountSign(row, place);
  if (sign === null) amounts.add(cellText(row, place));
  else amounts.addPlain(sign);
}

interface Counted extends CountedRows {
  /** Different texts that customers are known by; null: more than are counted. */
  different: number | null;
  /** Rows of the customer and the instant of the row before. */
  repeated: number;
  rows: number;
  blankRows: number;
  span: TableInspection['span'];
}

const CLOCK_WORDS = {
  twice: 'tables.clockTwice',
  never: 'tables.clockNever',
} as const satisfies Record<OddClock, PlainKey>;

/** @param customers gets what the column of the customers tells, where that has not been asked yet */
async function countRows(
  reading: TableReading,
  purpose: TablePurpose,
  turns: Turns,
  tally: ColumnTally,
  customers: CustomerEvidence | null,
): Promise<Counted> {
  const place = reading.places.customer;
  const dateReader = reading.date === null || purpose === 'customers' ? null : new DateReader(reading.date);
  const expiryReader = reading.expiryDate === undefined ? null : new DateReader(reading.expiryDate);
  const counts = new RowCounts(reading.files);
  let rows = 0;
  let [least, largest] = [Infinity, -Infinity];
  const texts = new DifferentTexts();
  const last = new LastEvent();
  let repeated = 0;
  const source = new TableRows(reading);
  try {
    for (let row = source.next(); row !== null; row = source.next()) {
      rows += 1;
      if (turns.isDue(rows)) await turns.take(source.progress);
      const verdict = counts.verdictOn(row.line);
      verdict.note(row.note);
      if (row.note !== 'too-long') {
        tally.add(row);
        if (customers !== null && place !== undefined) addCustomer(customers, row, place);
        judgeCustomers(reading, row, verdict, texts);
        const instant = dateReader === null ? null : judgeDate(reading, row, dateReader, verdict);
        if (expiryReader !== null) judgeExpiry(reading, row, expiryReader, verdict);
        if (!isForOrg(purpose)) judgeAmount(reading, row, verdict);
        if (instant !== null && !verdict.isBad) {
          if (last.isAgain(row, reading.places)) repeated += 1;
        }
        if (instant !== null) {
          least = Math.min(least, instant);
          largest = Math.max(largest, instant);
        }
      }
      counts.add(verdict);
    }
    const span = least > largest ? null : { from: toIso(least, 'UTC'), to: toIso(largest, 'UTC') };
    const different = texts.count;
    return {
      different,
      repeated,
      rows,
      blankRows: source.blankRows,
      ...counts.list(),
      span,
    };
  } finally {
    source.close();
  }
}

/** Whose row the last one was and of when, as the file writes it. */
class LastEvent {
  /** Of customer, date and time of day, one behind the other; what there is not is empty. */
  #bytes = Buffer.alloc(64);
  readonly #lengths = [-1, -1, -1];

  /** Whether a row says the same of them as the row before; it is the last one then. */
  isAgain(row: TextRow, { customer, at, time }: TableReading['places']): boolean {
    const { bytes, starts, ends, cells } = row;
    let isSame = true;
    let filled = 0;
    for (const [part, place] of [customer, at, time].entries()) {
      const isThere = place !== undefined && place < cells;
      const [start, end] = isThere ? [starts[place]!, ends[place]!] : [0, 0];
      const length = end - start;
      if (this.#lengths[part] !== length) isSame = false;
      this.#lengths[part] = length;
      if (filled + length > this.#bytes.length) this.#bytes = Buffer.concat([this.#bytes], 2 * (filled + length));
      for (let byte = 0; byte < length; byte += 1) {
        const value = bytes[start + byte]!;
        if (this.#bytes[filled + byte] !== value) isSame = false;
        this.#bytes[filled + byte] = value;
      }
      filled += length;
    }
    return isSame;
  }
}

/** Enough to tell how many there are: their numbers are the replay's. */
const MOST_COUNTED = 10_000_000;

/** Counts different texts. */
class DifferentTexts {
  readonly #index = new TextIndex(MOST_COUNTED, 1 << 28);
  readonly #encoder = new TextEncoder();
  #isFull = false;

  add(text: string): void {
    if (this.#isFull) return;
    const bytes = this.#encoder.encode(text);
    this.#isFull = this.#index.of(bytes, 0, bytes.length) < 0;
  }

  get count(): number | null {
    return this.#isFull ? null : this.#index.size;
  }
}

/** A customer that is known by a text: nothing is wrong with it as long as it is one. */
function judgeText(cell: string, verdict: RowVerdict, texts: DifferentTexts): void {
  const reading = readCustomerText(cell);
  if (!reading.ok) {
    verdict.bad(`customer-${reading.fault}`, () =>
      reading.fault === 'empty'
        ? message('tables.customerMissing')
        : message('tables.customerIs', {
            cell: shown(cell),
            fault: message(CUSTOMER_TEXT_FAULT_WORDS[reading.fault]),
          }),
    );
    return;
  }
  texts.add(reading.text);
  verdict.cleanedCustomer(reading.cleaned);
  if (readCustomerCell(reading.text).ok)
    verdict.doubtful('customer-number-among-texts', () => message('tables.numberAmongTexts'));
}

function judgeCustomers(reading: TableReading, row: TextRow, verdict: RowVerdict, texts: DifferentTexts): void {
  const { customer } = reading.places;
  if (!reading.isList && customer === undefined) return;
  if (reading.customersAre === 'texts' && customer !== undefined) {
    judgeText(cellText(row, customer), verdict, texts);
    return;
  }
  if (!reading.isList && plainId(row, customer!) !== null) return;
  const first = reading.isList ? 0 : customer!;
  const last = reading.isList ? row.cells - 1 : customer!;
  for (let cell = first; cell <= last; cell += 1) {
    const text = cellText(row, cell);
    if (reading.isList && text.trim() === '') continue;
    verdict.customer(text, readCustomerCell(text));
  }
}

function judgeDate(reading: TableReading, row: TextRow, reader: DateReader, verdict: RowVerdict): Instant | null {
  const { at, time } = reading.places;
  if (at === undefined) return null;
  const plain = time === undefined ? plainInstantOf(row, at) : NaN;
  if (!Number.isNaN(plain)) return plain;
  const date = reader.read(cellText(row, at), time === undefined ? undefined : cellText(row, time));
  if (date.ok) {
    const { instant, clock } = date;
    if (clock !== undefined) verdict.doubtful(`date-clock-${clock}`, () => message(CLOCK_WORDS[clock]));
    return instant;
  }
  verdict.bad(`date-${date.fault}`, () => message('tables.dateIs', { fault: date.words }));
  return null;
}

function judgeExpiry({ places }: TableReading, row: TextRow, reader: DateReader, verdict: RowVerdict): void {
  const { expiry } = places;
  if (expiry === undefined || !Number.isNaN(plainInstantOf(row, expiry))) return;
  const date = reader.read(cellText(row, expiry));
  if (!date.ok) verdict.bad(`expiry-${date.fault}`, () => message('tables.expiryIs', { fault: date.words }));
  else if (date.clock !== undefined) {
    const { clock } = date;
    verdict.doubtful(`expiry-clock-${clock}`, () => message(CLOCK_WORDS[clock]));
  }
}

function judgeAmount(reading: TableReading, row: TextRow, verdict: RowVerdict): void {
  const { amount } = reading.places;
  if (amount === undefined) return;
  const sign = plainAmountSign(row, amount);
  if (sign === 'whole' || sign?.startsWith(reading.decimal) === true) return;
  const text = cellText(row, amount);
  const value = readAmountCell(text, reading.decimal, reading.oneCurrency);
  if (!value.ok)
    verdict.bad(`amount-${value.fault}`, () =>
      value.fault === 'empty'
        ? message('tables.amountMissing')
        : message('tables.amountIs', { cell: shown(text), fault: message(AMOUNT_FAULT_WORDS[value.fault]) }),
    );
  else if (value.cleaned) verdict.cleaned('amount-signs', () => message('tables.cleanedAmount'));
}

const CUT_WORDS: Readonly<Partial<Record<Delimiter, PlainKey>>> = {
  ',': 'tables.cutByCommas',
  ';': 'tables.cutBySemicolons',
  '\t': 'tables.cutByTabs',
  '|': 'tables.cutByBars',
};

function cutInWords(delimiter: string | null): Message {
  if (delimiter === null) return message('tables.oneColumn');
  const known = CUT_WORDS[delimiter as Delimiter];
  return known === undefined ? message('tables.cutBy', { delimiter: shown(delimiter) }) : message(known);
}

const ENCODING_NAMES: Readonly<Record<string, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  'windows-1252': 'Windows-1252',
};

function sentenceOf(table: Omit<TableInspection, 'sentence'>): Message {
  const size = { rows: table.rows, columns: table.columns.length };
  const files = table.fileCount;
  if (table.kind === 'open-document')
    return message('tables.openDocument', { sheet: shown(table.sheet ?? ''), ...size });
  if (table.kind === 'excel') return message('tables.workbook', { sheet: shown(table.sheet ?? ''), ...size });
  if (table.kind === 'parquet') return message('tables.parquet', { files, ...size });
  const text = {
    encoding: ENCODING_NAMES[table.encoding ?? ''] ?? '',
    cut: cutInWords(table.delimiter),
    files,
    ...size,
  };
  return table.packing === null
    ? message('tables.text', text)
    : message('tables.textPacked', { ...text, packing: table.packing });
}
