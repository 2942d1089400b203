import { plainWords } from '../../../shared/ipc/plain-words';

/** First of a CSV file: without it spreadsheets misread names. */
export const BYTE_ORDER_MARK = '\ufeff';

/**
 * A cell that a spreadsheet shows as the text it is: one that would be taken for a formula gets an apostrophe, and what
 * would act on a terminal or turn the text around it is escaped, as it is in the window. Line ends and tabs are kept.
 */
export function csvCell(text: string): string {
  const plain = plainWords(text);
  const safe = /^[=+\-@\t]/.test(plain) ? `'${plain}` : plain;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
