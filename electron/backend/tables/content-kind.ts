/** What a file is, by its content: people name files as they like. */
import { closeSync, readSync } from 'node:fs';
import { openRegular } from '../../disk/regular-file';
import { packingOf, tableEncodingOf } from './text-bytes';
import type { PlainKey } from '../../../shared/words/message';

export type TableKind = 'csv' | 'parquet' | WorkbookKind;

/** .xlsx and .xlsm, .xls, .xlsb, and .ods. */
export type WorkbookKind = 'excel' | 'excel-old' | 'excel-binary' | 'open-document';

/** Files that are no table, or none that is read, with what to do. */
export type OtherKind =
  | 'parquet-encrypted'
  | 'excel-locked'
  | 'word'
  | 'zip'
  | 'pdf'
  | 'html'
  | 'json'
  | 'xml'
  | 'image'
  | 'database'
  | 'binary'
  | 'empty';

export const OTHER_KIND_WORDS: Readonly<Record<OtherKind, PlainKey>> = {
  'parquet-encrypted': 'tables.kindParquetEncrypted',
  'excel-locked': 'tables.kindExcelLocked',
  word: 'tables.kindWord',
  zip: 'tables.kindZip',
  pdf: 'tables.kindPdf',
  html: 'tables.kindHtml',
  json: 'tables.kindJson',
  xml: 'tables.kindXml',
  image: 'tables.kindImage',
  database: 'tables.kindDatabase',
  binary: 'tables.kindBinary',
  empty: 'tables.kindEmpty',
};

const startsWith = (head: Buffer, ...bytes: number[]): boolean => bytes.every((byte, place) => head[place] === byte);

/**
 * Tells what a file is.
 *
 * @throws the system's error when it cannot be read
 */
export function contentKindOf(path: string): TableKind | OtherKind {
  const { handle } = openRegular(path);
  let head: Buffer;
  try {
    head = Buffer.alloc(64 * 1024);
    head = head.subarray(0, readSync(handle, head, 0, head.length, 0));
  } finally {
    closeSync(handle);
  }
  if (head.length === 0) return 'empty';
  if (startsWith(head, 0x50, 0x4b, 3, 4) || startsWith(head, 0x50, 0x4b, 5, 6)) return kindOfZip(head, path);
  if (startsWith(head, 0xd0, 0xcf, 0x11, 0xe0)) return kindOfCompound(path);
  if (head.toString('latin1', 0, 4) === 'PAR1') return 'parquet';
  if (head.toString('latin1', 0, 4) === 'PARE') return 'parquet-encrypted';
  if (head.toString('latin1', 0, 5) === '%PDF-') return 'pdf';
  if (head.toString('latin1', 0, 15) === 'SQLite format 3') return 'database';
  if (
    startsWith(head, 0x89, 0x50, 0x4e, 0x47) ||
    startsWith(head, 0xff, 0xd8, 0xff) ||
    head.toString('latin1', 0, 4) === 'GIF8'
  )
    return 'image';
  if (packingOf(head) !== null) return 'csv';
  if (head.includes(0) && !tableEncodingOf(head, false).encoding.startsWith('utf-16')) return 'binary';
  return kindOfText(head);
}

/** A compound file looks alike for old workbooks, old documents, and new ones with a password: the names inside tell. */
function kindOfCompound(path: string): TableKind | OtherKind {
  const { handle, size } = openRegular(path);
  let names: Buffer;
  try {
    names = Buffer.alloc(Math.min(size, MOST_LOOKED_THROUGH));
    names = names.subarray(0, readSync(handle, names, 0, names.length, 0));
  } finally {
    closeSync(handle);
  }
  const holds = (name: string): boolean => names.includes(Buffer.from(name, 'utf16le'));
  if (holds('EncryptedPackage')) return 'excel-locked';
  return holds('WordDocument') && !holds('Workbook') ? 'word' : 'excel-old';
}

const MOST_LOOKED_THROUGH = 64 * 1024 * 1024;

/** The names of a zip's members stand in its local headers and in its directory. */
function kindOfZip(head: Buffer, path: string): TableKind | OtherKind {
  const names = head.toString('latin1') + tailOf(path);
  if (names.includes('xl/workbook.bin')) return 'excel-binary';
  if (names.includes('xl/workbook.xml') || names.includes('xl/worksheets/')) return 'excel';
  if (names.includes('opendocument.spreadsheet')) return 'open-document';
  return names.includes('word/document.xml') ? 'word' : 'zip';
}

function tailOf(path: string): string {
  const { handle, size } = openRegular(path);
  try {
    const tail = Buffer.alloc(64 * 1024);
    const start = Math.max(0, size - tail.length);
    return tail.toString('latin1', 0, readSync(handle, tail, 0, tail.length, start));
  } finally {
    closeSync(handle);
  }
}

function kindOfText(head: Buffer): TableKind | OtherKind {
  const { encoding } = tableEncodingOf(head, false);
  const text = new TextDecoder(encoding)
    .decode(head)
    .replace(/^\ufeff/u, '')
    .trimStart();
  if (text === '' && !head.includes(0)) return 'empty';
  if (/^<(?:!doctype\s+html|html|head|body|script|meta)\b/i.test(text)) return 'html';
  if (/^<\?xml\b/i.test(text)) return /<html\b/i.test(text.slice(0, 4096)) ? 'html' : 'xml';
  if (/^[{[]\s*(?:["{[\]}]|-?\d|true|false|null)/.test(text) && looksLikeJson(text)) return 'json';
  return 'csv';
}

/** A table may start with a bracket, but its first lines do not go on as JSON does. */
function looksLikeJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return /^\[?\s*\{\s*"(?:[^"\\]|\\.)*"\s*:/.test(text);
  }
}
