import { SECRET_MARK, type Pseudonyms } from './pseudonyms';
import { looksLikeJson, rewriteJson, type JsonLeaf } from '../../../../shared/fidelity/rewrite-json';
import { rewriteNamed, type NamedValue } from '../../../../shared/fidelity/rewrite-named';
import {
  isCustomerName,
  isIdentifierName,
  isPersonName,
  isQuantityName,
  isSecretName,
  holdsSecrets,
  isNamedSecret,
  tells,
} from '../../../../shared/fidelity/sensitive-names';

const E_MAIL = /(?<![\w.+-])[\w.+-]+(?:@|%40)[\w-]+(?:\.[\w-]+)+/g;
export const BEARER = /\b(bearer|basic)(\s+|%20)([\w+/=.~-]{6,})/gi;
export const WEB_TOKEN = /\beyJ[\w-]{5,}\.[\w-]+\.[\w-]*/g;
export const NAMED_SECRET =
  /((?<![\w-])(?=[\w-]{0,200}?(?:secret|passw(?:or)?d|token|api[-_]?key|signature|cookie|authorization|credential))[\w-]{1,200}["']?\s{0,20}[=:]\s{0,20}["']?)([^\s,;&"'}\]]{3,})/gi;
export const USER_IN_ADDRESS = /(:\/\/)([^\s/@:]+:[^\s/@]+)@/g;
/** Ids of the gateway are passed over as a whole: digits in them are no customer. */
const DIGITS = /\b[0-9a-f]{24}\b|\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b|\d{5,}/gi;
const BASE64 = /[\w+/-]{12,}={0,2}/g;
/** Levels of texts in texts; deeper ones are replaced as a whole. */
const DEEPEST = 6;

const LONGEST_KNOWN = 100;
const MOST_KNOWN = 50_000;

const whole = new TextDecoder('utf-8', { fatal: true });

/** The text behind a base64 run; null where there is none. */
function decoded(run: string): string | null {
  try {
    const text = whole.decode(Buffer.from(run, 'base64'));
    return /^[\t\n\r\u0020-\uffff]*$/u.test(text) && text.length >= 6 ? text : null;
  } catch {
    return null;
  }
}

/** Goes through the texts of a recording twice: to learn who and what is in them, and to replace it. */
export class Redaction {
  readonly #names: Pseudonyms;
  readonly #isLearning: boolean;
  /** Texts that were gone through before. */
  readonly #known = new Map<string, string>();

  constructor(names: Pseudonyms, isLearning: boolean) {
    this.#names = names;
    this.#isLearning = isLearning;
  }

  secret(value: string): string {
    if (this.#isLearning) {
      this.#names.learnSecret(value);
      return value;
    }
    return value === '' || value === SECRET_MARK ? value : this.#names.secretFor(value);
  }

  /** A value in a place where a customer stands: an id, or what identifies one. */
  customer(value: string): string {
    const number = /^(\s*[+-]?)(\d+)(\s*)$/.exec(value) ?? exactNumber(value);
    if (number === null) return value.trim() === '' ? value : this.identifier(value);
    const [, sign = '', digits = '', rest = ''] = number;
    if (this.#isLearning) {
      this.#names.learnCustomer(digits);
      return value;
    }
    return `${sign}${this.#names.customerFor(digits)}${rest}`;
  }

  identifier(value: string): string {
    if (/^(?:null|true|false)?$/.test(value)) return value;
    if (this.#isLearning) {
      this.#names.learnText(value);
      if (/^\+?\d{5,}$/.test(value)) this.#names.learnCustomer(value.replace('+', ''));
      return value;
    }
    this.#names.note(value.includes('@') ? 'emails' : 'identifiers', value);
    return this.#names.textFor(value);
  }

  /** A body: every text and number by the name it stands under, and every other text for what is known. */
  body(text: string, depth = 0): string {
    if (!looksLikeJson(text)) return this.text(text, depth);
    return rewriteJson(text, (leaf) => this.#leaf(leaf, depth), holdsSecrets);
  }

  #leaf(leaf: JsonLeaf, depth: number): string | null {
    const other = this.#otherLeaf(leaf, depth);
    return other === leaf.text ? null : other;
  }

  #otherLeaf({ kind, text, key, of, isWithin }: JsonLeaf, depth: number): string {
    if (kind === 'loose') return this.#plain(text, depth);
    if (kind === 'key') return this.text(text, depth);
    if (isSecretName(key) || isWithin) return kind === 'number' ? this.#secretNumber(text) : this.secret(text);
    if (isCustomerName(key, of)) return this.customer(text);
    if (kind === 'number') {
      if (isIdentifierName(key)) return this.customer(text);
      return this.#isLearning || isQuantityName(key) || !/^\d+$/.test(text) ? text : this.#names.digits(text);
    }
    if (isIdentifierName(key)) return this.identifier(text);
    if (isPersonName(key, of)) return text === '' || this.#isLearning ? text : this.#names.personFor(text);
    return this.text(text, depth);
  }

  #secretNumber(text: string): string {
    const other = this.secret(text);
    return this.#isLearning ? other : '0';
  }

  /** Any other text: what is known of it, and what looks like a secret or a person in it. */
  text(given: string, depth = 0): string {
    if (given.length < 3) return given;
    // Keys, owners and names come again with every call.
    if (given.length > LONGEST_KNOWN || depth > 0) return this.#anew(given, depth);
    let other = this.#known.get(given);
    if (other === undefined) {
      if (this.#known.size >= MOST_KNOWN) this.#known.clear();
      other = this.#anew(given, depth);
      this.#known.set(given, other);
    }
    return other;
  }

  #anew(given: string, depth: number): string {
    if (depth > DEEPEST) return this.secret(given);
    if (/^\s*[[{]/.test(given) && /[\]}]\s*$/.test(given)) return this.body(given, depth + 1);
    return this.#plain(given, depth);
  }

  /** A text that is no JSON: values by their names, and what is between them for what is known. */
  #plain(given: string, depth: number): string {
    return rewriteNamed(given, {
      tells,
      named: (value) => this.#named(value),
      between: (text) => this.#loose(text, depth),
    });
  }

  #named({ text, key, parent }: NamedValue): string | null {
    if (text === SECRET_MARK || text.trim() === '') return null;
    if (isSecretName(key)) return isNamedSecret(key, text) ? this.secret(text) : null;
    // In a sentence, “customer: none” is about nobody.
    if (isCustomerName(key, parent)) return /^\s*\+?\d+(?:,\d+)*\s*$/.test(text) ? this.#customers(text) : null;
    if (isIdentifierName(key)) return this.identifier(text);
    if (isPersonName(key, parent)) return this.#isLearning ? text : this.#names.personFor(text);
    return null;
  }

  #customers(list: string): string {
    return list
      .split(',')
      .map((one) => this.customer(one))
      .join(',');
  }

  #loose(given: string, depth: number): string {
    let text = given;
    for (const form of this.#isLearning ? [] : this.#names.forms) {
      if (text.includes(form)) {
        this.#names.note('secrets', form);
        text = text.replaceAll(form, SECRET_MARK);
      }
    }
    const asSecret = (value: string): string => (value.startsWith(SECRET_MARK) ? value : this.secret(value));
    text = text
      .replace(BEARER, (_, word: string, space: string, value: string) => `${word}${space}${asSecret(value)}`)
      .replace(WEB_TOKEN, asSecret)
      .replace(NAMED_SECRET, (_, before: string, value: string) => `${before}${asSecret(value)}`)
      .replace(USER_IN_ADDRESS, (_, before: string, value: string) => `${before}${asSecret(value)}@`)
      .replace(E_MAIL, (address) => this.#address(address));
    this.#names.eachTextIn(text, (known) => {
      for (const form of new Set([known, encodeURIComponent(known)]))
        if (text.includes(form)) text = text.replaceAll(form, this.identifier(known));
    });
    if (!this.#isLearning)
      text = text.replace(DIGITS, (run) => (/\D/.test(run) || run.length === 24 ? run : this.#names.digits(run)));
    return text.replace(BASE64, (run) => this.#encoded(run, depth));
  }

  #address(address: string): string {
    const plain = address.replace('%40', '@');
    // One that stands there already.
    if (plain.endsWith('@example.invalid')) return address;
    const other = this.identifier(plain);
    return plain === address ? other : other.replace('@', '%40');
  }

  #encoded(run: string, depth: number): string {
    if (/^[0-9a-f]{24}$/i.test(run)) return run;
    const plain = decoded(run);
    if (plain === null) return run;
    const other = this.text(plain, depth + 1);
    return other === plain ? run : Buffer.from(other, 'utf8').toString('base64');
  }
}

/** A number in another writing, such as 5.66135941e8, as the parts of its digits; null where it is no whole one. */
function exactNumber(text: string): RegExpExecArray | null {
  const value = /^-?\d[\d.eE+-]*$/.test(text) ? Number(text) : NaN;
  return Number.isSafeInteger(value) ? /^(-?)(\d+)()$/.exec(String(value)) : null;
}
