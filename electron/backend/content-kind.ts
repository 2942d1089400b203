import { Failure } from '../../shared/ipc/errors';
import type { FileBytes } from './customers-bytes';

interface Kind {
  /** Completes "… is …". */
  what: string;
  /** What a person can do about it. */
  wayOut: string;
}

const UNPACK = 'Unpack it first.';
const EXPORT = 'Export the list as CSV or text.';
const WORKBOOK: Kind = { what: 'an Excel workbook', wayOut: 'Save it as CSV in Excel.' };

/** First bytes, read as Latin-1, that no list of customers begins with. */
const BEGINNINGS: readonly (readonly [beginning: RegExp, kind: Kind])[] = [
  // eslint-disable-next-line no-control-regex -- formats begin with these
  [/^PK\u0003\u0004[\s\S]*(?:\[Content_Types\]\.xml|xl\/|_rels\/|docProps\/)/, WORKBOOK],
  // eslint-disable-next-line no-control-regex -- formats begin with these
  [/^PK(?:\u0003\u0004|\u0005\u0006)/, { what: 'a ZIP archive', wayOut: UNPACK }],
  // eslint-disable-next-line no-control-regex -- formats begin with these
  [/^\u00d0\u00cf\u0011\u00e0/, { ...WORKBOOK, what: 'a workbook or document of an old Office' }],
  // eslint-disable-next-line no-control-regex -- formats begin with these
  [
    /^(?:\u001f\u008b|BZh\d1AY|\u00fd7zXZ|7z\u00bc\u00af|\u0028\u00b5\u002f\u00fd|Rar!)/,
    { what: 'a compressed file', wayOut: UNPACK },
  ],
  [/^%PDF-/, { what: 'a PDF', wayOut: EXPORT }],
  [/^\{\\rtf/, { what: 'a text document', wayOut: EXPORT }],
  [/^PAR1/, { what: 'a Parquet file', wayOut: EXPORT }],
  // eslint-disable-next-line no-control-regex -- formats begin with these
  [/^SQLite format 3\u0000/, { what: 'a database', wayOut: EXPORT }],
  [/^(?:\u0089PNG|\u00ff\u00d8\u00ff|GIF8)/, { what: 'a picture', wayOut: EXPORT }],
  [
    /^(?:\u00ef\u00bb\u00bf)?\s*<(?:!doctype|html|head|body|script|\?xml|table|!--)/i,
    { what: 'a web page or XML', wayOut: 'Download the list itself; you may have to sign in first.' },
  ],
  [/^(?:\u00ef\u00bb\u00bf)?\s*(?:\{\s*["}]|\[\s*[\d{"[\]])/, { what: 'JSON', wayOut: EXPORT }],
];

/** What a file is by its first bytes, where it is no text of rows; null: it may be one. */
export function foreignKindOf(head: Buffer, isUtf16: boolean): Kind | null {
  const text = isUtf16
    ? Buffer.from(head.filter((byte) => byte !== 0 && byte < 0xfe)).toString('latin1')
    : head.toString('latin1');
  const found = BEGINNINGS.find(([beginning]) => beginning.test(text));
  if (found) return found[1];
  return !isUtf16 && head.includes(0) ? { what: 'no text', wayOut: EXPORT } : null;
}

/** @throws Failure `invalid-input` when a file is, by its first bytes, something else than rows of text */
export function requireRows(file: Pick<FileBytes, 'head' | 'encoding'>, name: string): void {
  const kind = foreignKindOf(file.head, file.encoding !== 'utf-8');
  if (kind === null) return;
  throw new Failure(
    'invalid-input',
    `${name} is ${kind.what}, not a list of customers. ${kind.wayOut} Nothing was issued.`,
  );
}
