import type { PlainKey } from '../../../shared/words/message';
/** Customer ids as people's files hold them (semantics S1: a whole number from 1 to 9,007,199,254,740,991). */

/** Why a cell holds no customer id. */
export type CustomerFault =
  | 'empty'
  | 'zero'
  | 'negative'
  | 'decimal'
  | 'grouped'
  | 'scientific'
  | 'too-large'
  | 'other-digits'
  | 'text-id'
  | 'not-a-number';

/** What was taken off a cell whose id is plain all the same. */
export type CustomerCleaning = 'leading-zeros' | 'decimals' | 'apostrophe' | 'invisible' | 'formula';

export type CustomerReading =
  | { readonly ok: true; readonly customerId: number; readonly cleaned: CustomerCleaning | null }
  | { readonly ok: false; readonly fault: CustomerFault };

/** White space and characters without a picture: no-break and zero-width blanks, byte-order and direction marks. */
const INVISIBLE = '[\\s\\u00ad\\u061c\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\u2066-\\u2069\\ufeff]';
const INVISIBLE_ENDS = new RegExp(`^${INVISIBLE}+|${INVISIBLE}+$`, 'gu');

const isSeen = (code: number): boolean => code > 32 && code < 127;

/** A text without the blanks around it, those without a picture included. */
export function trimInvisible(text: string): string {
  // Nearly every text begins and ends with a character that is seen.
  if (text.length > 0 && isSeen(text.charCodeAt(0)) && isSeen(text.charCodeAt(text.length - 1))) return text;
  return text.replaceAll(INVISIBLE_ENDS, '');
}

/** What somebody would lose by a guess is refused with its reason; what has one reading only is read, and said. */
export function readCustomerCell(cell: string): CustomerReading {
  const trimmed = cell.replaceAll(/^[ \t]+|[ \t]+$/g, '');
  let text = trimInvisible(trimmed);
  let cleaned: CustomerCleaning | null = text === trimmed ? null : 'invisible';
  if (text === '') return { ok: false, fault: 'empty' };
  const formula = /^="(.*)"$/su.exec(text);
  if (formula !== null) {
    text = trimInvisible(formula[1] ?? '');
    cleaned = 'formula';
  } else if (/^['\u2018\u2019]\d/u.test(text)) {
    // Behind it, too, where somebody quotes with it.
    text = text.slice(1).replace(/(?<=^\d+)['\u2019]$/u, '');
    cleaned = 'apostrophe';
  }
  const whole = /^(\d+)[.,]0+$/.exec(text);
  // 12.000 may be twelve thousand; 90001.0 and 12.00 cannot.
  if (whole !== null && !isGrouped(text)) {
    text = whole[1] ?? '';
    cleaned = 'decimals';
  }
  if (!/^\d+$/.test(text)) return { ok: false, fault: faultOf(text) };
  const customerId = Number(text);
  if (customerId === 0) return { ok: false, fault: 'zero' };
  if (!Number.isSafeInteger(customerId)) return { ok: false, fault: 'too-large' };
  if (cleaned === null && text.startsWith('0')) cleaned = 'leading-zeros';
  return { ok: true, customerId, cleaned };
}

/** `12,345`, `1.234.567`, `12 345`, `1'234`: groups of three behind one to three digits. */
function isGrouped(text: string): boolean {
  return /^[+-]?\d{1,3}(?:([.,'\u2019 \u00a0\u2009\u202f])\d{3})(?:\1\d{3})*$/u.test(text);
}

function faultOf(text: string): CustomerFault {
  if (/^[+-]?\d+(?:[.,]\d*)?e[+-]?\d+$/i.test(text)) return 'scientific';
  if (isGrouped(text) || /^\d+(?:\s+\d+)+$/u.test(text)) return 'grouped';
  if (/^[-\u2212]\d+(?:[.,]\d+)?$/u.test(text)) return 'negative';
  if (/^\d+[.,]\d+$/.test(text)) return 'decimal';
  if (/^\p{Nd}+$/u.test(text)) return 'other-digits';
  // Whoever keeps customers by e-mail, or by a key of letters and digits, must know that numbers are wanted, not other rows.
  if (/^\S+@\S+$/u.test(text) || /^(?=.*\d)(?=.*[a-z])[a-z\d_-]{6,}$/i.test(text)) return 'text-id';
  return 'not-a-number';
}

/** What is wrong with a cell and what to do, for the list of reasons. Completes “The customer id …”. */
export const CUSTOMER_FAULT_WORDS: Readonly<Record<CustomerFault, PlainKey>> = {
  empty: 'tables.customerFaultEmpty',
  zero: 'tables.customerFaultZero',
  negative: 'tables.customerFaultNegative',
  decimal: 'tables.customerFaultDecimal',
  grouped: 'tables.customerFaultGrouped',
  scientific: 'tables.customerFaultScientific',
  'too-large': 'tables.customerFaultTooLarge',
  'other-digits': 'tables.customerFaultOtherDigits',
  'text-id': 'tables.customerFaultTextId',
  'not-a-number': 'tables.customerFaultNotANumber',
};
