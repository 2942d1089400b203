/** Customers that a file knows by texts: numbered 1, 2, 3 … in the order of their first rows. */
import { NO_CUSTOMERS, type CustomerCounts } from '../../tables/customer-text';
import { TextIndex, type NumberedTexts } from '../../tables/text-index';
import { sharedArray } from './sort-events';

/**
 * Bytes that the texts of all customers of a file may have together: about eleven million e-mail addresses. Each reader
 * holds its own, and whoever puts them together all of them once more.
 */
export const MOST_CUSTOMER_BYTES = 1 << 28;

export const customerTexts = (most = MOST_CUSTOMER_BYTES): TextIndex => new TextIndex(0xffff_fffe, most);

/** The texts of an index in memory that threads share. */
export function sharedTexts(index: TextIndex): NumberedTexts {
  const { bytes, ends } = index.list();
  const texts = {
    bytes: new Uint8Array(new SharedArrayBuffer(bytes.length)),
    ends: sharedArray(Uint32Array, ends.length),
  };
  texts.bytes.set(bytes);
  texts.ends.set(ends);
  return texts;
}

/** Numbers of the customers of each part in the whole file, and their texts by that number; null: they are too many. */
export interface NumberedCustomers {
  texts: NumberedTexts;
  /** By part; null where the part's own numbers are those of the file. */
  ofParts: (Uint32Array | null)[];
}

/** Numbers the customers of some parts together. @param parts texts by the part's own numbers, in the order of the file */
export function numberCustomerTexts(parts: readonly NumberedTexts[]): NumberedCustomers | null {
  if (parts.length === 1) return { texts: parts[0]!, ofParts: [null] };
  const index = customerTexts();
  const ofParts: (Uint32Array | null)[] = [];
  for (const [part, { bytes, ends }] of parts.entries()) {
    const numbers = part === 0 ? null : sharedArray(Uint32Array, ends.length);
    for (let own = 0, start = 0; own < ends.length; own += 1) {
      const number = index.of(bytes, start, ends[own]!);
      if (number < 0) return null;
      if (numbers !== null) numbers[own] = number;
      start = ends[own]!;
    }
    ofParts.push(numbers);
  }
  return { texts: sharedTexts(index), ofParts };
}

/** What the customers of a file were read as. */
export interface CustomersRead {
  texts: NumberedTexts | null;
  counts: CustomerCounts;
}

/** Where nobody has been read. */
export const NOBODY: CustomersRead = { texts: null, counts: NO_CUSTOMERS };
