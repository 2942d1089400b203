/** Amounts as people's files hold them. The decimal sign is decided by the whole column, never cell by cell. */
import type { PlainKey } from '../../../shared/words/message';
import type { AmountSign } from './plain-amount';

export type Decimal = '.' | ',';

/** Why a cell holds no amount. */
export type AmountFault =
  | 'empty'
  | 'not-a-number'
  | 'brackets'
  | 'currencies'
  | 'other-decimal'
  | 'ambiguous'
  | 'too-large';

export type AmountReading =
  | { readonly ok: true; readonly amount: number; readonly cleaned: boolean }
  | { readonly ok: false; readonly fault: AmountFault };

const BLANKS = /[ \t\u00a0\u2009\u202f]+/gu;
const CURRENCY = /^(?:\p{Sc}|[A-Z]{3}|kr|zł|Kč|Fr\.?|R\$|US\$|A\$|C\$)$/u;

/** Signs of one currency alone; a dollar may be that of many. */
const CODES: Readonly<Record<string, string>> = {
  ...{ '€': 'EUR', '£': 'GBP', zł: 'PLN', Kč: 'CZK', R$: 'BRL', US$: 'USD', A$: 'AUD', C$: 'CAD' },
  ...{ '₹': 'INR', '₺': 'TRY', '₽': 'RUB', '₩': 'KRW', '₪': 'ILS', '₫': 'VND', '₴': 'UAH' },
};

interface Shape {
  /** `''` where there is none. */
  currency: string;
  negative: boolean;
  brackets: boolean;
  /** Digits, points, commas and blanks, and an exponent. */
  digits: string;
}

/** Takes sign and currency off. Null: no amount whatever the decimal sign is. */
function shapeOf(cell: string): Shape | null {
  let text = cell
    .replaceAll(/^[\s\u00a0\u200b\u2060\ufeff]+|[\s\u00a0\u200b\u2060\ufeff]+$/gu, '')
    .replaceAll('\u2212', '-');
  const bracketed = /^\((.*)\)$/su.exec(text);
  if (bracketed !== null) text = (bracketed[1] ?? '').trim();
  const match =
    /^([+-]?)\s*([^\d\s.,+-]{0,3}\$?)\s*([+-]?)\s*((?:\d|[.,]\d)[\d.,'\u2019 \u00a0\u2009\u202f]*?(?:e[+-]?\d+)?)\s*(-?)\s*([^\d\s.,+-]{1,3}\.?|)$/iu.exec(
      text,
    );
  if (match === null) return null;
  const [, sign, before = '', signBehind, digits = '', trailing, behind = ''] = match;
  const signs = [sign, signBehind, trailing].filter((one) => one !== '');
  if (signs.length > 1 || (before !== '' && behind !== '')) return null;
  const currency = before !== '' ? before : behind;
  if (currency !== '' && !CURRENCY.test(currency)) return null;
  return {
    currency: CODES[currency] ?? currency,
    negative: signs[0] === '-',
    brackets: bracketed !== null,
    digits: digits.trim(),
  };
}

/** The counts of AmountEvidence. */
export type AmountCounts = Pick<
  AmountEvidence,
  'point' | 'comma' | 'pointOrGroup' | 'commaOrGroup' | 'currencies' | 'numbers' | 'cells'
>;

/** What the cells of a column tell of its decimal sign and its currency. */
export class AmountEvidence {
  /** Cells that can only be read with a point, or only with a comma. */
  point = 0;
  comma = 0;
  /** `1.234` and `1,234`: three digits behind one sign, which either sign explains. */
  pointOrGroup = 0;
  commaOrGroup = 0;
  readonly currencies = new Map<string, number>();
  numbers = 0;
  cells = 0;

  add(cell: string): void {
    this.cells += 1;
    const shape = shapeOf(cell);
    if (shape === null) return;
    if (shape.currency !== '') this.currencies.set(shape.currency, (this.currencies.get(shape.currency) ?? 0) + 1);
    const kind = signOf(shape.digits);
    if (kind !== 'none') this.#count(kind);
  }

  /** As `add`, of a cell whose sign is known. */
  addPlain(sign: AmountSign): void {
    this.cells += 1;
    this.#count(sign);
  }

  #count(kind: AmountSign): void {
    this.numbers += 1;
    if (kind === '.') this.point += 1;
    else if (kind === ',') this.comma += 1;
    else if (kind === '.?') this.pointOrGroup += 1;
    else if (kind === ',?') this.commaOrGroup += 1;
  }

  /** Takes what was found elsewhere in the same column; the counts alone, as a worker sends them. */
  take(other: AmountCounts): void {
    this.point += other.point;
    this.comma += other.comma;
    this.pointOrGroup += other.pointOrGroup;
    this.commaOrGroup += other.commaOrGroup;
    this.numbers += other.numbers;
    this.cells += other.cells;
    for (const [currency, count] of other.currencies)
      this.currencies.set(currency, (this.currencies.get(currency) ?? 0) + count);
  }

  /** The column's decimal sign. `ask`: its cells allow either, and it matters. */
  get decimal(): Decimal | 'ask' {
    // One stray cell does not turn a column: it is the one that is refused.
    if (this.point > 0 && this.comma > 0) {
      if (this.point >= 3 * this.comma) return '.';
      return this.comma >= 3 * this.point ? ',' : 'ask';
    }
    if (this.comma > 0) return ',';
    if (this.point > 0) return '.';
    return this.pointOrGroup + this.commaOrGroup > 0 ? 'ask' : '.';
  }

  /** Whether one currency, or none, is named throughout. */
  get isOneCurrency(): boolean {
    return this.currencies.size <= 1;
  }
}

/** What a number's signs say: `whole`, a certain decimal sign, one that may group (`?`), or no number at all. */
function signOf(digits: string): AmountSign | 'none' {
  const plain = digits.replaceAll(BLANKS, '').replaceAll(/['\u2019]/gu, '');
  const text = plain.replace(/e[+-]?\d+$/i, '');
  const points = text.split('.').length - 1;
  const commas = text.split(',').length - 1;
  if (points === 0 && commas === 0) return 'whole';
  if (points > 0 && commas > 0) return text.lastIndexOf('.') > text.lastIndexOf(',') ? '.' : ',';
  const sign = points > 0 ? '.' : ',';
  const other = sign === '.' ? ',' : '.';
  // 1.234.567: the sign groups, so that the other one is the decimal sign.
  if (points + commas > 1) return /^\d{1,3}(?:[.,]\d{3})+$/.test(text) ? other : 'none';
  if (/^[1-9]\d{0,2}[.,]\d{3}$/.test(text) && text === plain) return sign === '.' ? '.?' : ',?';
  return sign;
}

/**
 * Reads an amount with the column's decimal sign.
 *
 * @param decimal of the column; `ask`: nobody has said, so that what either sign explains is refused
 * @param oneCurrency whether the column names one currency throughout; cells with a sign are refused otherwise
 */
export function readAmountCell(cell: string, decimal: Decimal | 'ask', oneCurrency: boolean): AmountReading {
  const shape = shapeOf(cell);
  if (shape === null)
    return { ok: false, fault: /^[\s\u00a0\u200b\u2060\ufeff]*$/u.test(cell) ? 'empty' : 'not-a-number' };
  if (shape.brackets) return { ok: false, fault: 'brackets' };
  if (shape.currency !== '' && !oneCurrency) return { ok: false, fault: 'currencies' };
  const kind = signOf(shape.digits);
  if (kind === 'none') return { ok: false, fault: 'not-a-number' };
  if (decimal === 'ask' && kind !== 'whole') return { ok: false, fault: 'ambiguous' };
  if ((kind === '.' && decimal === ',') || (kind === ',' && decimal === '.'))
    return { ok: false, fault: 'other-decimal' };
  const group = decimal === ',' ? /[.'\u2019 \t\u00a0\u2009\u202f]/gu : /[,'\u2019 \t\u00a0\u2009\u202f]/gu;
  const bare = shape.digits.replaceAll(group, '').replace(',', '.');
  const value = Number(bare);
  if (!Number.isFinite(value)) return { ok: false, fault: 'too-large' };
  const cleaned = shape.currency !== '' || shape.digits.replace(',', '.') !== bare;
  return { ok: true, amount: shape.negative ? -value : value, cleaned };
}

/** What is wrong with a cell and what to do. Completes “The amount …”. */
export const AMOUNT_FAULT_WORDS: Readonly<Record<AmountFault, PlainKey>> = {
  empty: 'tables.amountFaultEmpty',
  'not-a-number': 'tables.amountFaultNotANumber',
  brackets: 'tables.amountFaultBrackets',
  currencies: 'tables.amountFaultCurrencies',
  'other-decimal': 'tables.amountFaultOtherDecimal',
  ambiguous: 'tables.amountFaultAmbiguous',
  'too-large': 'tables.amountFaultTooLarge',
};
