import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { TextDecoder } from 'node:util';
import type { BadgeDefinition } from '../../../shared/domain/badge';
import { isObject, type JsonObject } from '../../../shared/domain/body-reader';
import type { Instant } from '../../../shared/domain/instant';
import { readJson, writeJson } from '../../../shared/domain/json';
import { readJsonBytes } from '../../../shared/domain/json-bytes';
import { laurelSchemaOf } from '../../../shared/domain/laurel-schema';
import { mergeMarkLine } from '../../../shared/domain/merge-marks';
import { readBadge } from '../../../shared/domain/read-badge';
import { MEANING_FIELDS, readLiveBadge, type MeaningField } from '../../../shared/gateway/meaning';
import { Failure } from '../../../shared/ipc/errors';
import type { CancelSignal } from '../../../shared/ipc/method';
import { jsonMistake } from '../../../shared/words/json-mistakes';
import { message, type Message, type MessagePart } from '../../../shared/words/message';
import { readRegular } from '../../disk/regular-file';
import { causeOf } from '../../disk/system-reasons';
import { contentKindOf, OTHER_KIND_WORDS, type OtherKind } from '../tables/content-kind';
import { lookAtPasted, lookAtTable, type TableLook } from '../tables/inspect-table';
import { TableRows } from '../tables/table-reading';
import { cellText } from '../tables/text-rows';
import { badgeBody } from '../badges/badge-body';
import { bodyOfRow, isFlatHeading } from './flat-body';
import { bodyOfTemplateRow, isTemplateHeading, TEMPLATE_SILENT } from './template-row';

/** Where badges come from: a file, or what somebody pasted. */
export type TransferSource = { path: string; name: string } | { text: string };

/** One badge that a source holds. */
export interface TransferEntry {
  /** The source in words, and its place there where that holds several. */
  from: MessagePart;
  /** The create body as JSON text; of a file with one badge exactly as it stands there. */
  text: string;
  /** Sent with X-CAP-BADGES-MIGRATION: an org has it already, and it began in the past. */
  migration: boolean;
  /** Fields that the source says nothing about: they are neither compared nor changed. */
  silent: readonly MeaningField[];
  /** What it says, silent fields aside; null where that cannot be read. */
  definition: BadgeDefinition | null;
}

export interface ReadSources {
  entries: TransferEntry[];
  /** What was passed over, and why. */
  unread: { from: MessagePart; reason: Message }[];
  notes: Message[];
  /** Every source is a file, or a text, of exactly one create body. */
  isPlain: boolean;
}

/** Bytes of a file of JSON: 50,000 badges. */
const LARGEST = 256_000_000;
/** Letters that a draft holds at most. */
const LONGEST = 4_000_000;
/** Badges that come at once at most. */
const MOST_IMPORTED = 100_000;
/** Rows read before other calls have their turn. */
const PORTION = 250;

interface Reading extends ReadSources {
  now: Instant;
  signal: CancelSignal;
  progress(done: number): void;
  /** Badges by what their lists leave out. */
  leftOut: number;
  printed: number;
}

/**
 * Reads badges of files and texts: create bodies, lists of them, answers of a gateway, Laurel's workbook, the vendor's bulk
 * template. What cannot be read is named; a file that cannot be opened is, too.
 *
 * @throws Failure `cancelled`, `invalid-input` where there are more than {@link MOST_IMPORTED}
 */
export async function readSources(
  sources: readonly TransferSource[],
  now: Instant,
  signal: CancelSignal,
  progress: (done: number) => void,
): Promise<ReadSources> {
  const reading: Reading = {
    ...{ entries: [], unread: [], notes: [], isPlain: true, leftOut: 0, printed: 0 },
    ...{ now, signal, progress },
  };
  for (const source of sources) {
    const from = 'text' in source ? message('transfer.pasted') : source.name;
    try {
      await readSource(source, from, reading);
    } catch (error) {
      if (!(error instanceof Failure) || error.code === 'cancelled') throw error;
      if (reading.entries.length > MOST_IMPORTED) throw error;
      reading.isPlain = false;
      reading.unread.push({ from, reason: error.words });
    }
    await othersTurn(reading);
  }
  const { entries, unread, notes, isPlain, leftOut, printed } = reading;
  if (printed > 0) notes.push(message('transfer.printedNote', { count: printed }));
  if (leftOut > 0) notes.push(message('transfer.leftOutNote', { count: leftOut }));
  return { entries, unread, notes, isPlain };
}

async function othersTurn({ entries, signal, progress }: Reading): Promise<void> {
  progress(entries.length);
  await setImmediate();
  if (signal.aborted) throw new Failure('cancelled', message('transfer.cancelled'));
}

async function readSource(source: TransferSource, from: MessagePart, reading: Reading): Promise<void> {
  if ('text' in source) {
    const look = /^\s*[[{]/.test(source.text) ? null : lookAtPasted(source.text, { header: true }, 'any');
    if (look === null) await readText(source.text, from, reading);
    else await readTable(look, from, reading);
    return;
  }
  if (isJsonFile(source)) {
    await readText(textOf(source), from, reading);
    return;
  }
  const look = await lookAtTable(source.path, source.name, { header: true }, 'any', reading.signal);
  try {
    await readTable(look, from, reading);
  } finally {
    look.decoded.dispose();
  }
}

/** @throws Failure where a file can be neither */
function isJsonFile({ path: file, name }: { path: string; name: string }): boolean {
  if (path.extname(name).toLowerCase() === '.json') return true;
  let kind: ReturnType<typeof contentKindOf>;
  try {
    kind = contentKindOf(file);
  } catch (error) {
    throw new Failure('invalid-input', message('opening.unreadable', { file: name, reason: causeOf(error) }));
  }
  if (kind === 'json') return true;
  if (!Object.hasOwn(OTHER_KIND_WORDS, kind)) return false;
  const what = message(OTHER_KIND_WORDS[kind as OtherKind]);
  throw new Failure('invalid-input', message('transfer.isNoBadges', { name, what }));
}

function textOf({ path: file, name }: { path: string; name: string }): string {
  let bytes: Buffer;
  try {
    bytes = readRegular(file, LARGEST);
  } catch (error) {
    throw new Failure('invalid-input', message('opening.unreadable', { file: name, reason: causeOf(error) }));
  }
  const read = readJsonBytes(bytes, TextDecoder);
  if (!read.ok) throw new Failure('invalid-input', message('opening.noText', { file: name }));
  return read.text;
}

async function readText(text: string, from: MessagePart, reading: Reading): Promise<void> {
  const read = readJson(text);
  if (!read.ok) {
    const line = mergeMarkLine(text);
    if (line !== null) throw new Failure('invalid-input', message('plans.fileMergeMarkers', { line: String(line) }));
    // One badge that is not right yet is a draft as it stands, and the editor shows where; of all else nothing could be kept.
    if (!/^\s*\{/.test(text) || text.length > LONGEST) throw new Failure('invalid-input', jsonMistake(read.mistake));
    reading.entries.push({ from, text, migration: false, silent: [], definition: null });
    reading.notes.push(message('transfer.mistakesNote', { from }));
    return;
  }
  const { value } = read;
  const schema = laurelSchemaOf(value);
  if (schema !== null) throw new Failure('invalid-input', message('transfer.isOtherFile', { schema }));
  if (isObject(value) && bodiesOf(value) === null && !isPrinted(value)) {
    if (text.length > LONGEST) throw new Failure('invalid-input', message('bulk.tooLong'));
    reading.entries.push({ from, text, migration: false, silent: [], definition: readBadge(value).definition });
    return;
  }
  reading.isPlain = false;
  const list = Array.isArray(value) ? value : [value];
  const bodies = list.flatMap((entry: unknown) => (isObject(entry) ? (bodiesOf(entry) ?? [entry]) : [entry]));
  if (bodies.length === 0) throw new Failure('invalid-input', message('transfer.nothingInIt'));
  for (const [place, body] of bodies.entries()) {
    if (place % PORTION === 0) await othersTurn(reading);
    addBody(body, bodies.length === 1 ? from : message('transfer.place', { source: from, place: place + 1 }), reading);
  }
}

/** The badges of an answer of a gateway; null for what is no answer. */
function bodiesOf(value: JsonObject): readonly unknown[] | null {
  if (!('data' in value) || 'name' in value) return null;
  const { data } = value;
  if (Array.isArray(data)) return data as readonly unknown[];
  if (!isObject(data)) return [];
  const { metaBasicDetails } = data;
  if (Array.isArray(metaBasicDetails)) return metaBasicDetails as readonly unknown[];
  return [data];
}

/** Whether a gateway printed it: only an org gives these. */
const isPrinted = (body: JsonObject): boolean =>
  'badgeNumericId' in body || 'orgId' in body || ('id' in body && 'status' in body && 'createdOn' in body);

function addBody(body: unknown, from: MessagePart, reading: Reading): void {
  if (!isObject(body)) {
    reading.unread.push({ from, reason: message('transfer.isNoBadge') });
    return;
  }
  const schema = laurelSchemaOf(body);
  if (schema !== null) {
    reading.unread.push({ from, reason: message('transfer.isOtherFile', { schema }) });
    return;
  }
  const live = isPrinted(body) ? readLiveBadge(body) : null;
  if (live === null) {
    push(reading, {
      from,
      text: writeJson(body, 2),
      migration: false,
      silent: [],
      definition: readBadge(body).definition,
    });
    return;
  }
  reading.printed += 1;
  const silent = MEANING_FIELDS.filter(
    (field) => !(field === 'restrictedToOwners' ? 'ownership' in body : field in body),
  );
  if (silent.includes('customerConstraints')) reading.leftOut += 1;
  const migration = live.startOn < reading.now;
  push(reading, { from, text: writeJson(badgeBody(live), 2), migration, silent, definition: live });
}

function push(reading: Reading, entry: TransferEntry): void {
  if (entry.text.length > LONGEST) {
    reading.unread.push({ from: entry.from, reason: message('bulk.tooLong') });
    return;
  }
  reading.entries.push(entry);
  if (reading.entries.length > MOST_IMPORTED)
    throw new Failure('invalid-input', message('transfer.tooMany', { most: MOST_IMPORTED }));
}

async function readTable(look: TableLook, from: MessagePart, reading: Reading): Promise<void> {
  reading.isPlain = false;
  const headings = look.dialect.header ?? [];
  const isTemplate = isTemplateHeading(headings);
  if (!isTemplate && !isFlatHeading(headings)) throw new Failure('invalid-input', message('transfer.noColumns'));
  reading.notes.push(...look.decoded.notes);
  if (isTemplate) reading.notes.push(message('transfer.templateNote'));
  const rows = new TableRows(look.reading);
  try {
    for (let count = 0; ; count += 1) {
      if (count % PORTION === 0) await othersTurn(reading);
      const line = rows.nextLine;
      const row = rows.next();
      if (row === null) return;
      const at = message('transfer.line', { source: from, line: row.line > 0 ? row.line : line });
      if (row.note === 'too-long' || row.note === 'unclosed-quote') {
        reading.unread.push({ from: at, reason: message('transfer.badRow') });
        continue;
      }
      const cells = headings.map((_, place) => cellText(row, place));
      addRow(headings, cells, at, isTemplate, reading);
    }
  } finally {
    rows.close();
  }
}

function addRow(
  headings: readonly string[],
  cells: readonly string[],
  from: Message,
  isTemplate: boolean,
  reading: Reading,
): void {
  const body = isTemplate ? bodyOfTemplateRow(headings, cells) : bodyOfRow(headings, cells);
  if (body === null) return;
  const text = writeJson(body, 2);
  const base = { from, text, migration: false };
  if (!isTemplate) {
    push(reading, { ...base, silent: [], definition: readBadge(body).definition });
    return;
  }
  const { kind, silent } = silentOf(body as Record<string, unknown>);
  // What the template has no column for stands in, so that the rest of the row can be read.
  const stand = { expiryType: 'NEVER' };
  const readable = {
    ...body,
    ...(kind === 'unsaid' ? { earnedBadgeExpiry: stand } : {}),
    ...(body['earnType'] === 'ISSUE_EARN' ? { issuedBadgeExpiry: stand } : {}),
  };
  push(reading, { ...base, silent, definition: readBadge(readable).definition });
}

/** The template names a kind of expiry without its date or period. */
function silentOf(body: Record<string, unknown>): { kind: 'said' | 'unsaid'; silent: readonly MeaningField[] } {
  const expiry = body['earnedBadgeExpiry'];
  const isSaid =
    isObject(expiry) &&
    (expiry['expiryType'] === 'NEVER' || (expiry['expiryType'] === 'ABSOLUTE' && expiry['type'] !== 'FIXED_DATE'));
  return isSaid
    ? { kind: 'said', silent: TEMPLATE_SILENT }
    : { kind: 'unsaid', silent: [...TEMPLATE_SILENT, 'earnedBadgeExpiry'] };
}
