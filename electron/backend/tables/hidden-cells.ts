/** What the sheets of a workbook do not show: those rows and columns are read as the others, and said. */
import { piecesOfEntry, unpackedEntry, zipEntries, type ZipEntry } from './zip-entries';

/** What is not shown of a sheet. */
export interface HiddenOf {
  /** Rows that hold something. */
  rows: number;
  /** How many columns of a table of so many. */
  columnsWithin: (width: number) => number;
}

/** A gap this long is the rest of the sheet. */
const REST = 10_000;
/** The parts of a workbook that name its sheets are small. */
const LARGEST_PART = 64 * 1024 * 1024;

/** An entry piece by piece, cut behind a tag; where it is damaged it ends: whoever reads its cells says so. */
async function* piecesOf(entry: ZipEntry): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  try {
    for await (const piece of piecesOfEntry(entry)) {
      const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
      const cut = bytes.lastIndexOf(TAG_END) + 1;
      rest = bytes.subarray(cut);
      yield bytes.subarray(0, cut);
    }
  } catch {
    return;
  }
  yield rest;
}

const TAG_END = 62;

/** Of the tags that are looked for, every byte is plain. */
const textOf = (bytes: Buffer): string => bytes.toString('latin1');

const attribute = (tag: string, name: string): string | null =>
  new RegExp(`\\s(?:\\w+:)?${name}=(?:"([^"]*)"|'([^']*)')`)
    .exec(tag)
    ?.slice(1)
    .find((one) => one !== undefined) ?? null;

/** The sheets of an Excel workbook in its archive, in their order. @throws Error where it is damaged */
function sheetEntries(bytes: Uint8Array): (ZipEntry | undefined)[] {
  const entries = zipEntries(bytes);
  const part = (name: string): string => {
    const entry = entries.get(name);
    return entry === undefined ? '' : unpackedEntry(entry, LARGEST_PART).toString('utf8');
  };
  const [workbook, relations] = [part('xl/workbook.xml'), part('xl/_rels/workbook.xml.rels')];
  const targets = new Map(
    [...relations.matchAll(/<(?:\w+:)?Relationship\s[^>]*>/g)].map(([tag]) => [
      attribute(tag, 'Id'),
      attribute(tag, 'Target') ?? '',
    ]),
  );
  return [...workbook.matchAll(/<(?:\w+:)?sheet\s[^>]*>/g)].map(([tag]) => {
    const id = /\s\w+:id=["']([^"']*)["']/.exec(tag)?.[1] ?? null;
    const target = targets.get(id) ?? '';
    return entries.get(target.startsWith('/') ? target.slice(1) : `xl/${target}`);
  });
}

/** @returns null where the workbook is put together in another way than is known here */
function sheetEntry(bytes: Uint8Array, place: number): ZipEntry | null {
  try {
    return sheetEntries(bytes)[place] ?? null;
  } catch {
    return null;
  }
}

/** Text of a sheet that tells how long its rows are. */
const ENOUGH = 256 * 1024;

/** What a sheet comes to, before it is read. */
export interface SheetSize {
  /** Bytes of its text in the archive, unpacked. */
  bytes: number;
  /** About how many rows it has, from the length of the first ones. */
  rows: number;
}

/**
 * @param place of the sheet among all of the workbook
 * @returns null where the workbook is put together in another way than is known here
 */
export async function sizeOfSheet(bytes: Uint8Array, place: number): Promise<SheetSize | null> {
  const entry = sheetEntry(bytes, place);
  if (entry === null || entry.size === 0) return null;
  let [read, rows] = [0, 0];
  for await (const piece of piecesOf(entry)) {
    read += piece.length;
    rows += [...textOf(piece).matchAll(/<(?:\w+:)?row[\s>]/g)].length;
    if (read >= ENOUGH) break;
  }
  return { bytes: entry.size, rows: Math.ceil((rows * entry.size) / Math.max(1, read)) };
}

const HIDDEN_TAG = /<(?:\w+:)?(?:row|col)\s[^>]*\shidden=["'](?:1|true)["'][^>]*>/g;

/**
 * @param place of the sheet among all of the workbook
 * @param poll is called between pieces; may throw to stop
 * @returns null where the workbook is put together in another way than is known here
 */
export async function hiddenInSheet(bytes: Uint8Array, place: number, poll: () => void): Promise<HiddenOf | null> {
  const entry = sheetEntry(bytes, place);
  if (entry === null) return null;
  let rows = 0;
  const columns: { first: number; last: number }[] = [];
  let isFound = false;
  for await (const piece of piecesOf(entry)) {
    poll();
    isFound ||= piece.length > 0;
    // Most pieces hide nothing, and a text of each would take as long as reading its cells.
    if (!piece.includes('hidden=')) continue;
    for (const [tag] of textOf(piece).matchAll(HIDDEN_TAG)) {
      // A row that ends at once holds nothing.
      if (/^<(?:\w+:)?row/.test(tag)) rows += tag.endsWith('/>') ? 0 : 1;
      else columns.push({ first: Number(attribute(tag, 'min')), last: Number(attribute(tag, 'max')) });
    }
  }
  if (!isFound) return null;
  const columnsWithin = (width: number): number =>
    columns.reduce((sum, { first, last }) => sum + Math.max(0, Math.min(last, width) - first + 1), 0);
  return { rows, columnsWithin };
}

export interface OpenDocumentSheet {
  name: string;
  isHidden: boolean;
  rows: number;
  columns: number;
}

const DOCUMENT_TAGS =
  /<(?:style:style|style:table-properties|table:table|table:table-row|table:table-column)(?=[\s/>])[^>]*>/g;

/** The sheets of an OpenDocument spreadsheet with what they do not show; none where it cannot be read. */
export async function hiddenInOpenDocument(bytes: Uint8Array): Promise<OpenDocumentSheet[]> {
  const sheets: OpenDocumentSheet[] = [];
  const hiddenStyles = new Set<string | null>();
  let style: string | null = null;
  let content: ZipEntry | undefined;
  try {
    content = zipEntries(bytes).get('content.xml');
  } catch {
    return [];
  }
  if (content === undefined) return [];
  for await (const piece of piecesOf(content))
    for (const [tag] of textOf(piece).matchAll(DOCUMENT_TAGS)) {
      const kind = /^<[\w:-]+/.exec(tag)![0];
      if (kind === '<style:style') style = attribute(tag, 'name');
      else if (kind === '<style:table-properties') {
        if (attribute(tag, 'display') === 'false') hiddenStyles.add(style);
      } else if (kind === '<table:table') {
        const name = Buffer.from(attribute(tag, 'name') ?? '', 'latin1').toString('utf8');
        const isHidden = hiddenStyles.has(attribute(tag, 'style-name'));
        sheets.push({ name: unescaped(name), isHidden, rows: 0, columns: 0 });
      } else if (/\stable:visibility=["'](?:collapse|filter)["']/.test(tag)) {
        const isRow = kind === '<table:table-row';
        const count = Number(attribute(tag, isRow ? 'number-rows-repeated' : 'number-columns-repeated') ?? 1);
        const sheet = sheets.at(-1);
        if (sheet !== undefined && count < REST) sheet[isRow ? 'rows' : 'columns'] += count;
      }
    }
  return sheets;
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const unescaped = (text: string): string =>
  text.replaceAll(
    /&(?:(amp|lt|gt|quot|apos)|#(\d+)|#x([\da-f]+));/gi,
    (_, name?: string, code?: string, hex?: string) =>
      name === undefined
        ? String.fromCodePoint(Number.parseInt(code ?? hex!, code === undefined ? 16 : 10))
        : NAMED[name]!,
  );
