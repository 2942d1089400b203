import { message, type Message } from '../../shared/words/message';
import { sayMessage } from './say.svelte';

/** What a typed number says, or why it says none. `value` null: the text is empty. */
export type NumberReading = { ok: true; value: number | null } | { ok: false; reason: string; advice: string };

export interface NumberKind {
  /** The locale by which groups and decimals are written, for example `de-DE`. */
  locale: string;
  /** Whether a fraction is wanted too; without, only whole numbers are read. */
  decimals?: boolean;
  /** Whether a per-cent sign may stand behind it; the value stays what stands before the sign. */
  percent?: boolean;
}

const MINUS = /^[-\u2212\ufe63\uff0d]/u;
/** Parts thousands in some locale and decimals in none. */
const NEUTRAL_GROUPS = new Set([' ', '\u00a0', '\u2007', '\u2009', '\u202f', "'", '\u2019', '_', '\u066c']);
const ARABIC_DECIMAL = '\u066b';
const BLANKS =
  /^[\s\u2007\u2009\u202f\u200e\u200f\u061c\u2066-\u2069\ufeff]+|[\s\u2007\u2009\u202f\u200e\u200f\u061c\u2066-\u2069\ufeff]+$/gu;

let digitValues: ReadonlyMap<string, { system: string; digit: string }> | undefined;

/** Decimal digits of every script that Intl can write. */
function foreignDigits(): ReadonlyMap<string, { system: string; digit: string }> {
  if (digitValues !== undefined) return digitValues;
  const found = new Map<string, { system: string; digit: string }>();
  for (const system of Intl.supportedValuesOf('numberingSystem')) {
    const format = new Intl.NumberFormat(`en-u-nu-${system}`, { useGrouping: false });
    for (let digit = 0; digit <= 9; digit += 1) {
      const written = format.format(digit);
      if (/^\p{Nd}$/u.test(written)) found.set(written, { system, digit: String(digit) });
    }
  }
  digitValues = found;
  return found;
}

/** The text with the digits of any one script as 0 to 9; undefined where two scripts are mixed or one is unknown. */
export function withPlainDigits(text: string): string | undefined {
  if (!/\p{Nd}/u.test(text.replaceAll(/[0-9]/g, ''))) return text;
  const known = foreignDigits();
  let system: string | undefined;
  let plain = '';
  for (const character of text) {
    if (!/\p{Nd}/u.test(character)) {
      plain += character;
      continue;
    }
    const foreign = known.get(character);
    const its = foreign?.system ?? 'latn';
    if ((foreign === undefined && !/[0-9]/.test(character)) || (system ?? its) !== its) return undefined;
    system = its;
    plain += foreign?.digit ?? character;
  }
  return plain;
}

interface Signs {
  group: string;
  decimal: string;
}

const signsByLocale = new Map<string, Signs>();

function signsOf(locale: string): Signs {
  let signs = signsByLocale.get(locale);
  if (signs === undefined) {
    const parts = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, useGrouping: true }).formatToParts(
      12345678.5,
    );
    const sign = (type: 'group' | 'decimal', usual: string): string =>
      parts.find((part) => part.type === type)?.value ?? usual;
    signs = { group: sign('group', ','), decimal: sign('decimal', '.') };
    // The Arabic signs mean one thing everywhere; whoever types Latin digits there uses the Latin ones.
    if (signs.decimal === ARABIC_DECIMAL) signs = { group: ',', decimal: '.' };
    signsByLocale.set(locale, signs);
  }
  return signs;
}

/** Groups of three from the right, or three and then twos as in India. */
const isWellGrouped = (groups: readonly string[]): boolean => {
  const [first = '', ...rest] = groups;
  const last = rest.at(-1);
  if (!groups.every((group) => /^\d+$/.test(group)) || last?.length !== 3 || first.startsWith('0')) return false;
  const between = rest.slice(0, -1);
  return (
    (first.length <= 3 && between.every((group) => group.length === 3)) ||
    (first.length <= 2 && between.length > 0 && between.every((group) => group.length === 2))
  );
};

/**
 * The digits of a whole part; null where its groups are none, undefined where it holds a sign that parts decimals
 * here and thousands elsewhere, so that two numbers could be meant.
 */
function ungrouped(text: string, { group, decimal }: Signs): string | null | undefined {
  if (/^\d+$/.test(text)) return text;
  const signs = new Set(text.replaceAll(/\d/g, ''));
  const [sign = ''] = signs;
  if (signs.size !== 1) return null;
  const groups = text.split(sign);
  if (!isWellGrouped(groups)) return null;
  if (sign === group || NEUTRAL_GROUPS.has(sign)) return groups.join('');
  return sign === decimal || sign === '.' || sign === ',' ? undefined : null;
}

const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

/**
 * Reads a number as a person types or pastes it, by the locale's signs. It never drops a sign it does not understand:
 * a text that is no number, is too large to be kept exactly, or could mean two numbers is refused with a reason.
 */
export function readNumberText(input: string, kind: NumberKind): NumberReading {
  const trimmed = input.replaceAll(BLANKS, '');
  if (trimmed === '') return { ok: true, value: null };
  const typed = short(trimmed);
  const refuse = (
    advice: Message,
    reason: Message = message(kind.decimals === true ? 'phrases.notANumber' : 'phrases.notAWholeNumber', { typed }),
  ): NumberReading => ({ ok: false, reason: sayMessage(reason), advice: sayMessage(advice) });
  const twoNumbers = (): Message => message('phrases.twoNumbers', { typed });
  const plain = withPlainDigits(trimmed);
  if (plain === undefined) return refuse(message('phrases.digitsOfOneScript'));
  const signs = signsOf(kind.locale);
  if (/^[+-]?[\d.,\u066b]*\d[\d.,\u066b]*[eE][+-]?\d+$/.test(plain)) return refuse(message('phrases.numberShortened'));

  const negative = MINUS.test(plain);
  let body = plain.replace(MINUS, '').replace(/^\+/, '');
  if (kind.percent === true) body = body.replace(/[\s\u00a0\u202f]*[%\u066a\uff05]$/u, '');
  const example = (value: number): string => new Intl.NumberFormat(kind.locale).format(value);

  let fraction = '';
  if (kind.decimals === true) {
    const at = decimalAt(body, signs);
    if (at === 'either') {
      const digits = body.replaceAll(/\D/g, '');
      return refuse(message('phrases.writeWithoutSignOrInFull', { digits }), twoNumbers());
    }
    if (at !== null) {
      fraction = body.slice(at + 1);
      body = body.slice(0, at);
      if (!/^\d*$/.test(fraction) || (body === '' && fraction === '')) return refuse(message('phrases.digitsOnly'));
      body ||= '0';
    }
  }
  const digits = ungrouped(body, signs);
  if (digits === undefined)
    return refuse(
      message('phrases.writeWithoutSign', { digits: body.replaceAll(/\D/g, ''), thousand: example(1000) }),
      kind.decimals === true ? undefined : twoNumbers(),
    );
  if (digits === null) {
    const fractional = /^\d+[.,\u066b]\d*$/.test(body) || /^[.,]\d+$/.test(body);
    return refuse(
      fractional && kind.decimals !== true
        ? message('phrases.noDecimals')
        : message('phrases.writeInDigits', { example: example(12000) }),
    );
  }
  if (fraction !== '' && `${digits}${fraction}`.replace(/^0+/, '').replace(/0+$/, '').length > 15)
    return refuse(message('phrases.fifteenDigits'), message('phrases.tooManyDigits', { typed }));
  const value = Number(`${negative ? '-' : ''}${digits}${fraction === '' ? '' : `.${fraction}`}`);
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER)
    return refuse(
      message('phrases.atMostExact', { most: example(Number.MAX_SAFE_INTEGER) }),
      message('phrases.numberTooLarge', { typed }),
    );
  return { ok: true, value: value === 0 ? 0 : value };
}

/**
 * Where the decimals begin; null: there are none. The locale's own sign is taken by its word. The other one of point
 * and comma begins decimals too where it cannot part thousands (`2,5` in English), and is `either` where it could.
 */
function decimalAt(text: string, { group, decimal }: Signs): number | null | 'either' {
  const own = text.lastIndexOf(decimal);
  const arabic = text.lastIndexOf(ARABIC_DECIMAL);
  if (own >= 0 && text.indexOf(decimal) === own) return own;
  if (arabic >= 0) return arabic;
  const other = decimal === ',' ? '.' : ',';
  const at = text.lastIndexOf(other);
  if (at < 0 || text.indexOf(other) !== at || isWellGrouped([text.slice(0, at), text.slice(at + 1)])) {
    // Where the locale does not group with it, a thousand or a fraction may be meant.
    return at >= 0 && text.indexOf(other) === at && other !== group && own < 0 ? 'either' : null;
  }
  return at;
}

/** A number as it stands in a field that is not being typed into: grouped by the locale, all its decimals kept. */
export function groupedText(value: number, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 20 }).format(value);
}

/** A number as it stands in a field that is being typed into: without groups, with the locale's decimal sign. */
export function editableText(value: number, locale: string): string {
  const text = plainDecimal(value);
  return text.replace('.', signsOf(locale).decimal === ',' ? ',' : '.');
}

/** Without an exponent, which String() writes for the very small and the very large. */
function plainDecimal(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 }) : text;
}
