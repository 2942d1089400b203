import type { LineFault } from '../../db/org/outcomes';

/** Bytes that structure a customer file; every encoding is brought to UTF-8 first. */
export const NEWLINE = 10;
export const CARRIAGE_RETURN = 13;
export const QUOTE = 34;

/** Characters of a faulty line that are kept to show it. */
const SHOWN_CHARACTERS = 200;

export type CustomerReading = { ok: true; customerId: number } | { ok: false; fault: LineFault; line: string };

/** Reads one field as a customer id: a whole number from 1 to 9,007,199,254,740,991, blanks around it allowed. */
export function readCustomer(field: string): CustomerReading {
  const text = field.trim();
  const refuse = (fault: LineFault): CustomerReading => ({ ok: false, fault, line: text.slice(0, SHOWN_CHARACTERS) });
  if (text === '') return refuse('empty');
  if (/^\d+$/.test(text)) {
    const customerId = Number(text);
    if (customerId === 0) return refuse('zero');
    return Number.isSafeInteger(customerId) ? { ok: true, customerId } : refuse('too-large');
  }
  if (/^-\d+(?:[.,]\d+)?$/.test(text)) return refuse('negative');
  if (/^[+-]?\d+(?:[.,]\d+)?[eE][+-]?\d+$/.test(text)) return refuse('scientific');
  if (isGrouped(text)) return refuse('grouped');
  return refuse(/^\d+[.,]\d+$/.test(text) ? 'decimal' : 'not-a-number');
}

/** Digits in groups of three. `12.345` may be a decimal, too; it is no customer id either way. */
export function isGrouped(text: string): boolean {
  return /^\d{1,3}([., '’\u00a0\u202f])\d{3}(?:\1\d{3})*$/.test(text);
}

/** Whether a field was meant as a number, well or badly written: such a field is no heading. */
export function isNumeric(field: string): boolean {
  return /^['’+-]?\d[\d., '’\u00a0\u202f]*(?:[eE][+-]?\d+)?$/.test(field.trim());
}

/** Whether two fields that a comma parts are one number in scientific notation with a decimal comma: `5,66E+08`. */
export function isSplitScientific(before: string, after: string): boolean {
  return /^[+-]?\d+$/.test(before.trim()) && /^\d+[eE][+-]?\d+$/.test(after.trim());
}

export interface CutLine {
  fields: string[];
  /** Where the next line starts. */
  next: number;
}

/**
 * Cuts one line into fields: quotes around a field may hold delimiters, line ends and doubled quotes.
 *
 * @param bytes UTF-8, of which those from `start` up to `limit` are looked at
 * @param delimiter null: the line is one field
 * @param isLast whether a line that runs into `limit` ends there
 * @param hasOpenQuotes whether a quote that is not closed before `limit` is closed nowhere, and so a character
 * @returns null when the line does not end before `limit`
 */
export function cutLine(
  bytes: Buffer,
  start: number,
  limit: number,
  delimiter: number | null,
  newline: number,
  isLast: boolean,
  hasOpenQuotes = isLast,
): CutLine | null {
  const fields: string[] = [];
  let at = start;
  for (;;) {
    const field = cutField(bytes, at, limit, delimiter, newline, hasOpenQuotes);
    if (field === null) return null;
    fields.push(field.text);
    at = field.end;
    if (at >= limit) return isLast ? { fields, next: limit } : null;
    at += 1;
    if (bytes[at - 1] === newline) return { fields, next: at };
  }
}

/** One field and where its delimiter, its line end or the limit stands. */
function cutField(
  bytes: Buffer,
  start: number,
  limit: number,
  delimiter: number | null,
  newline: number,
  hasOpenQuotes: boolean,
): { text: string; end: number } | null {
  if (bytes[start] === QUOTE && start < limit) {
    let at = start + 1;
    for (;;) {
      const quote = bytes.indexOf(QUOTE, at);
      if (quote === -1 || quote >= limit) break;
      if (bytes[quote + 1] === QUOTE && quote + 1 < limit) {
        at = quote + 2;
        continue;
      }
      const end = endOfField(bytes, quote + 1, limit, delimiter, newline);
      // Text after the closing quote belongs to the field: what stands there is not a number anyway.
      const after = text(bytes, quote + 1, end, newline);
      return { text: bytes.toString('utf8', start + 1, quote).replaceAll('""', '"') + after, end };
    }
    // A quote that is never closed must not swallow the rest of the file: it is read as a character.
    if (!hasOpenQuotes) return null;
  }
  const end = endOfField(bytes, start, limit, delimiter, newline);
  return { text: text(bytes, start, end, newline), end };
}

function endOfField(bytes: Buffer, start: number, limit: number, delimiter: number | null, newline: number): number {
  let at = start;
  while (at < limit && bytes[at] !== newline && bytes[at] !== delimiter) at += 1;
  return at;
}

function text(bytes: Buffer, start: number, end: number, newline: number): string {
  const cut = newline === NEWLINE && end > start && bytes[end - 1] === CARRIAGE_RETURN ? end - 1 : end;
  return bytes.toString('utf8', start, cut);
}
