import { toIso } from '../../../shared/domain/instant';
import type { IssueRow } from '../../../shared/ipc/issuance-contract';
import { plainWords } from '../../../shared/ipc/plain-words';
import { inEnglish } from '../../../shared/words/english';

const HEADER = ['customer', 'id', 'status', 'expiry', 'outcome', 'message', 'line'];

/** First line of an export: a byte-order mark, without which spreadsheets misread names, and the headings. */
export const CSV_HEAD = `\ufeff${HEADER.join(',')}\r\n`;

/**
 * A cell that a spreadsheet shows as the text it is: one that would be taken for a formula gets an apostrophe, and what
 * would act on a terminal or turn the text around it is escaped, as it is in the window. Line ends and tabs are kept.
 */
export function csvCell(text: string): string {
  const plain = plainWords(text);
  const safe = /^[=+\-@\t]/.test(plain) ? `'${plain}` : plain;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One row of an export, its expiry in the org's zone. */
export function csvLine(row: IssueRow, zone: string): string {
  const expiry = row.expiresOn === null ? '' : toIso(row.expiresOn, zone);
  const cells = [
    row.customer,
    row.issuedId ?? '',
    row.status ?? '',
    expiry,
    row.outcome,
    inEnglish(row.label),
    row.line === null ? '' : String(row.line),
  ];
  return `${cells.map(csvCell).join(',')}\r\n`;
}
