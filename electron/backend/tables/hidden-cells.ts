/** What the sheets of a workbook do not show: those rows and columns are read as the others, and said. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Unzip, UnzipInflate, unzipSync } from 'fflate/browser';

/** Rows that hold something, and columns of the table, which are not shown. */
export interface HiddenOf {
  rows: number;
  columns: number;
}

const PIECE = 64 * 1024;
/** A gap this long is the rest of the sheet. */
const REST = 10_000;

/** The text of an entry of a zip archive, piece by piece, cut behind a tag; nothing where it is damaged or not there. */
function* piecesOf(bytes: Uint8Array, name: string): Generator<string> {
  let isDone = false;
  let rest = '';
  let whole: string[] = [];
  const unzip = new Unzip((file) => {
    if (file.name !== name) return;
    file.ondata = (error, data, isLast) => {
      // A damaged entry is said by whoever reads its cells.
      if (error !== null) {
        isDone = true;
        return;
      }
      // Of the tags that are looked for, every byte is plain.
      const text = rest + Buffer.from(data.buffer, data.byteOffset, data.length).toString('latin1');
      const cut = isLast ? text.length : text.lastIndexOf('>') + 1;
      rest = text.slice(cut);
      whole.push(text.slice(0, cut));
      isDone ||= isLast;
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  for (let at = 0; at < bytes.length && !isDone; at += PIECE) {
    unzip.push(bytes.subarray(at, at + PIECE), at + PIECE >= bytes.length);
    yield whole.join('');
    whole = [];
  }
}

const attribute = (tag: string, name: string): string | null =>
  new RegExp(`\\s(?:\\w+:)?${name}=(?:"([^"]*)"|'([^']*)')`)
    .exec(tag)
    ?.slice(1)
    .find((one) => one !== undefined) ?? null;

const isTrue = (value: string | null): boolean => value === '1' || value === 'true';

/** Where the sheets of an Excel workbook lie in its archive, in their order. */
function sheetPaths(bytes: Uint8Array): string[] {
  const wanted = ['xl/workbook.xml', 'xl/_rels/workbook.xml.rels'];
  const [workbook, relations] = wanted.map((name) => {
    const entries = unzipSync(bytes, { filter: (file) => file.name === name });
    return Buffer.from(entries[name] ?? []).toString('utf8');
  }) as [string, string];
  const targets = new Map(
    [...relations.matchAll(/<(?:\w+:)?Relationship\s[^>]*>/g)].map(([tag]) => [
      attribute(tag, 'Id'),
      attribute(tag, 'Target') ?? '',
    ]),
  );
  return [...workbook.matchAll(/<(?:\w+:)?sheet\s[^>]*>/g)].map(([tag]) => {
    const id = /\s\w+:id=["']([^"']*)["']/.exec(tag)?.[1] ?? null;
    const target = targets.get(id) ?? '';
    return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
  });
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
export function sizeOfSheet(bytes: Uint8Array, place: number): SheetSize | null {
  try {
    const path = sheetPaths(bytes)[place];
    let size = 0;
    unzipSync(bytes, {
      filter: (file) => {
        if (file.name === path) size = file.originalSize;
        return false;
      },
    });
    if (path === undefined || size === 0) return null;
    let [read, rows] = [0, 0];
    for (const text of piecesOf(bytes, path)) {
      read += text.length;
      rows += [...text.matchAll(/<(?:\w+:)?row[\s>]/g)].length;
      if (read >= ENOUGH) break;
    }
    return { bytes: size, rows: Math.ceil((rows * size) / Math.max(1, read)) };
  } catch {
    return null;
  }
}

/**
 * @param place of the sheet among all of the workbook
 * @param width its cells in a row, at most
 * @param poll is called between pieces; may throw to stop
 * @returns null where the workbook is put together in another way than is known here
 */
export async function hiddenInSheet(
  bytes: Uint8Array,
  place: number,
  width: number,
  poll: () => void,
): Promise<HiddenOf | null> {
  let path: string | undefined;
  try {
    path = sheetPaths(bytes)[place];
  } catch {
    return null;
  }
  if (path === undefined) return null;
  const hidden = { rows: 0, columns: 0 };
  let isFound = false;
  for (const text of piecesOf(bytes, path)) {
    isFound ||= text !== '';
    for (const [tag] of text.matchAll(/<(?:\w+:)?(?:row|col)\s[^>]*\shidden=["'](?:1|true)["'][^>]*>/g)) {
      if (/^<(?:\w+:)?row/.test(tag)) {
        // A row that ends at once holds nothing.
        if (!tag.endsWith('/>')) hidden.rows += 1;
        continue;
      }
      const [first, last] = [Number(attribute(tag, 'min')), Number(attribute(tag, 'max'))];
      if (isTrue(attribute(tag, 'hidden'))) hidden.columns += Math.max(0, Math.min(last, width) - first + 1);
    }
    await nextTurn();
    poll();
  }
  return isFound ? hidden : null;
}

export interface OpenDocumentSheet {
  name: string;
  isHidden: boolean;
  cells: HiddenOf;
}

const DOCUMENT_TAGS =
  /<(?:style:style|style:table-properties|table:table|table:table-row|table:table-column)(?=[\s/>])[^>]*>/g;

/** The sheets of an OpenDocument spreadsheet with what they do not show; none where it cannot be read. */
export function hiddenInOpenDocument(bytes: Uint8Array): OpenDocumentSheet[] {
  const sheets: OpenDocumentSheet[] = [];
  const hiddenStyles = new Set<string | null>();
  let style: string | null = null;
  try {
    for (const text of piecesOf(bytes, 'content.xml'))
      for (const [tag] of text.matchAll(DOCUMENT_TAGS)) {
        const kind = /^<[\w:-]+/.exec(tag)![0];
        if (kind === '<style:style') style = attribute(tag, 'name');
        else if (kind === '<style:table-properties') {
          if (attribute(tag, 'display') === 'false') hiddenStyles.add(style);
        } else if (kind === '<table:table') {
          const name = Buffer.from(attribute(tag, 'name') ?? '', 'latin1').toString('utf8');
          const isHidden = hiddenStyles.has(attribute(tag, 'style-name'));
          sheets.push({ name: unescaped(name), isHidden, cells: { rows: 0, columns: 0 } });
        } else if (/\stable:visibility=["'](?:collapse|filter)["']/.test(tag)) {
          const isRow = kind === '<table:table-row';
          const count = Number(attribute(tag, isRow ? 'number-rows-repeated' : 'number-columns-repeated') ?? 1);
          const cells = sheets.at(-1)?.cells;
          if (cells !== undefined && count < REST) cells[isRow ? 'rows' : 'columns'] += count;
        }
      }
  } catch {
    return [];
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
