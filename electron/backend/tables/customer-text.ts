/** Customers that files know by a text: an e-mail address, a mobile number, an external id, a card number with letters. */
import { readCustomerCell, trimInvisible, type CustomerCleaning } from './customer-value';
import { dateCell } from './date-forms';
import { message, type Message, type PlainKey } from '../../../shared/words/message';

/** Why a cell of a column of such texts names no customer. */
export type CustomerTextFault = 'empty' | 'scientific' | 'formula' | 'stand-in';

export type CustomerTextReading =
  | { readonly ok: true; readonly text: string; readonly cleaned: CustomerCleaning | null }
  | { readonly ok: false; readonly fault: CustomerTextFault };

/** What exports write where there is nothing: all those customers would be one. */
const STAND_IN = /^(?:\(?null\)?|nan|none|nil|undefined|n\/a|na|#n\/?a|#null!|#ref!|#value!|#name\?|\\n|[-–—?.]+)$/iu;
const FORMULA = /^(?:=|[-+@]\p{L}*\(|@\p{L}[\p{L}.]*\(|[-+]\d+(?:\.\d+)?[-+*/]\s*\d)/u;
const EMAIL = /^[^\s@]+@[^\s@]+$/u;
/** Digits that are parted as nobody parts a number, with the + or the zeros that lead abroad or without. */
const PHONE = /^(?:\+|00)?[\d\s()./\u2010-\u2015\u00a0-]{7,30}$/u;

/** What texts of customers can be. */
export type CustomerTextKind = 'email' | 'phone' | 'text';

/**
 * Reads a cell of a column of texts. The same text is the same customer, letter for letter: only blanks around it and
 * what a spreadsheet needs to keep it a text are taken off.
 */
export function readCustomerText(cell: string): CustomerTextReading {
  const trimmed = cell.replaceAll(/^[ \t]+|[ \t]+$/g, '');
  let text = trimInvisible(trimmed);
  let cleaned: CustomerCleaning | null = text === trimmed ? null : 'invisible';
  const wrapped = /^="(.*)"$/su.exec(text);
  if (wrapped !== null) {
    text = trimInvisible(wrapped[1] ?? '');
    cleaned = 'formula';
  } else if (/^['\u2018\u2019][\p{L}\p{N}+]/u.test(text)) {
    text = text.slice(1);
    cleaned = 'apostrophe';
  }
  if (text === '') return { ok: false, fault: 'empty' };
  if (STAND_IN.test(text)) return { ok: false, fault: 'stand-in' };
  const number = readCustomerCell(text);
  if (!number.ok && number.fault === 'scientific') return { ok: false, fault: 'scientific' };
  return FORMULA.test(text) ? { ok: false, fault: 'formula' } : { ok: true, text, cleaned };
}

/** @param text as {@link readCustomerText} gives it */
function kindOf(text: string): CustomerTextKind {
  if (EMAIL.test(text)) return 'email';
  return isPhone(text) ? 'phone' : 'text';
}

function isPhone(text: string): boolean {
  if (!PHONE.test(text) || text.replaceAll(/\D/g, '').length < 7) return false;
  return text.startsWith('+') || (/\D/.test(text) && dateCell(text).form === 'text');
}

/** Cells of a column by what they say of its customers. */
export interface CustomerCounts {
  /** Numbers, right or wrong ones. */
  numbers: number;
  emails: number;
  phones: number;
  /** Texts of any other kind, and whole numbers larger than are kept exactly. */
  texts: number;
}

export const NO_CUSTOMERS: Readonly<CustomerCounts> = { numbers: 0, emails: 0, phones: 0, texts: 0 };

/** Decides by the whole column whether its customers are numbers or texts. */
export class CustomerEvidence implements CustomerCounts {
  numbers = 0;
  emails = 0;
  phones = 0;
  texts = 0;

  add(cell: string): void {
    const number = readCustomerCell(cell);
    if (number.ok) {
      this.numbers += 1;
      return;
    }
    const { fault } = number;
    if (fault === 'empty') return;
    if (fault !== 'too-large' && fault !== 'text-id' && fault !== 'not-a-number' && !isAbroad(cell, fault)) {
      this.numbers += 1;
      return;
    }
    const text = readCustomerText(cell);
    if (!text.ok) return;
    const kind = kindOf(text.text);
    if (kind === 'email') this.emails += 1;
    else if (kind === 'phone') this.phones += 1;
    else this.texts += 1;
  }

  take({ numbers, emails, phones, texts }: CustomerCounts): void {
    this.numbers += numbers;
    this.emails += emails;
    this.phones += phones;
    this.texts += texts;
  }

  counts(): CustomerCounts {
    const { numbers, emails, phones, texts } = this;
    return { numbers, emails, phones, texts };
  }

  get areTexts(): boolean {
    return areTexts(this);
  }

  get kind(): CustomerTextKind {
    return kindOfColumn(this);
  }
}

/** `+49 170 123` may look like a number in groups. */
function isAbroad(cell: string, fault: string): boolean {
  return fault === 'grouped' && trimInvisible(cell).startsWith('+');
}

/** Whether a column holds more texts than numbers. */
function areTexts({ numbers, emails, phones, texts }: CustomerCounts): boolean {
  return emails + phones + texts > numbers;
}

/** What all texts of a column are; `text` where they are of several kinds. */
function kindOfColumn({ emails, phones, texts }: CustomerCounts): CustomerTextKind {
  if (emails > 0 && phones + texts === 0) return 'email';
  return phones > 0 && emails + texts === 0 ? 'phone' : 'text';
}

/** What is wrong with a cell of a column of texts. Completes “The customer id …”. */
export const CUSTOMER_TEXT_FAULT_WORDS: Readonly<Record<CustomerTextFault, PlainKey>> = {
  empty: 'tables.customerFaultEmpty',
  scientific: 'tables.customerFaultScientific',
  formula: 'tables.customerFaultFormula',
  'stand-in': 'tables.customerFaultStandIn',
};

const NUMBERED = {
  email: 'replay.numberedEmails',
  phone: 'replay.numberedPhones',
  text: 'replay.numberedTexts',
} as const;

/** How many different texts there are, and that each is given a number. */
export function numberedInWords(counts: CustomerCounts, different: number): Message {
  return message(NUMBERED[kindOfColumn(counts)], { count: different });
}

const NOT_SENT = {
  email: 'tables.emailsAreNotSent',
  phone: 'tables.phonesAreNotSent',
  text: 'tables.textsAreNotSent',
} as const;

/** That customers who are known by texts cannot be named in a request. */
export function notSentInWords(counts: CustomerCounts): Message {
  return message(NOT_SENT[kindOfColumn(counts)]);
}
