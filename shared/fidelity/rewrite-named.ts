import { fromForm } from './in-address';

/** A value and what a text calls it. */
export interface NamedValue {
  /** Decoded, where it stood as in an address or in quotation marks. */
  text: string;
  key: string;
  /** What the thing is called whose value it is, as in `customer[email]`; empty where nobody says. */
  parent: string;
}

/** What becomes of the values that a text names, and of what is between them. */
export interface NamedRewriting {
  /**
   * Whether a value of this name is asked for: `whole` up to the next space or mark of a form, `word` not with the bracket, dot
   * or colon behind it; null: the name says nothing, and its value belongs to what is between.
   */
  tells(key: string, parent: string): 'whole' | 'word' | null;
  /** The new value; null: it belongs to what is between. */
  named(value: NamedValue): string | null;
  /** The new text of what is between. */
  between(text: string): string;
}

/** `<name …>`, the header of who is calling, or `name=` and `name: `, with what may close the quotation marks of a name. */
const NAME = new RegExp(
  [
    /<(?:[\w.-]{1,200}:)?([A-Za-z_][\w.-]{0,200})(?:\s[^<>]{0,2000})?>(?:<!\[CDATA\[)?(?=[^<])/,
    /\b((?:proxy-)?authorization|(?:set-)?cookie)\s{0,20}:\s{0,20}(?!\s|bearer\b|basic\b)/,
    /\bname\s{0,20}=\s{0,20}["']([\w.[\]-]{1,200})["'][^<>]{0,500}?\bvalue\s{0,20}=\s{0,20}(?=["'])/,
    /(?<![\w.%[\]-])([A-Za-z_%][\w.%[\]-]{0,200})["']?\s{0,20}([=:])\s{0,20}/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gi',
);
const IN_ELEMENT = /[^<>]+(?=<\/|\]\]>)/y;
const OF_HEADER = /[^\r\n<>]+/y;
const OF_NAME = /"(?:[^"\\]|\\.)*"|'[^'\n]*'|[^\s&;,"'<>{}]+/y;
/** The same of a customer, who may stand in a sentence, or as a list of ids. */
const WORD_OF_NAME =
  /"(?:[^"\\]|\\.)*"|'[^'\n]*'|\d+(?:,\d+)+(?![\w.@])|[^\s&;,"'<>{}()[\]|]*[^\s&;,"'<>{}()[\]|.:!?]/y;
/** Of a name that says nothing: what is written as in an address may name others. */
const IN_ADDRESS = /[^\s&=;,"'<>{}]+/y;

/** A value that stays may name others; one that is longer is passed over, or each of its names would have the rest looked through. */
const LONGEST_LOOKED_INTO = 1_000;
/** Levels of addresses in addresses. */
const DEEPEST = 4;

/** `customer[0][email]` is the e-mail address of a customer. */
function namesIn(written: string): { key: string; parent: string } {
  const names = written.split(/[.[\]]+/).filter((name) => name !== '' && !/^\d+$/.test(name));
  return { key: names.at(-1) ?? '', parent: names.at(-2) ?? '' };
}

function formOf(asked: 'whole' | 'word' | null, element: string | undefined, header: string | undefined): RegExp {
  if (asked === null) return IN_ADDRESS;
  if (element !== undefined) return IN_ELEMENT;
  if (header !== undefined) return OF_HEADER;
  return asked === 'word' ? WORD_OF_NAME : OF_NAME;
}

/**
 * A text that is no JSON – a form, XML, a page, a log, a sentence – with values replaced whose names tell what they are, and with
 * what is between them. Takes time in proportion to the text, whatever it says.
 */
export function rewriteNamed(text: string, rewriting: NamedRewriting, depth = 0): string {
  const pattern = new RegExp(NAME);
  const valueAt = (value: RegExp, at: number): string => {
    value.lastIndex = at;
    return value.exec(text)?.[0] ?? '';
  };
  let result = '';
  let done = 0;
  const put = (start: number, end: number, other: string): void => {
    result += (start > done ? rewriting.between(text.slice(done, start)) : '') + other;
    done = pattern.lastIndex = end;
  };
  for (let found = pattern.exec(text); found !== null; found = pattern.exec(text)) {
    const [, element, header, field, name, mark] = found;
    const start = pattern.lastIndex;
    const { key, parent } = namesIn(element ?? header ?? field ?? fromForm(name ?? ''));
    const asked = rewriting.tells(key, parent);
    if (asked === null && mark !== '=') continue;
    const form = formOf(asked, element, header);
    const value = valueAt(form, start);
    if (value === '') continue;
    const quote = /^["']/.exec(value)?.[0] ?? '';
    const bare = quote === '' ? value : value.slice(1, value.endsWith(quote) && value.length > 1 ? -1 : undefined);
    const isInAddress = quote === '' && mark === '=';
    const plain = isInAddress ? fromForm(bare) : bare;
    // What follows these is the secret, and found by them.
    const isScheme = /^(?:bearer|basic)$/i.test(plain.trim());
    const other = asked !== null && !isScheme ? rewriting.named({ text: plain, key, parent }) : null;
    if (other !== null && other !== plain) {
      const written = isInAddress && plain !== bare ? encodeURIComponent(other) : other;
      put(start, start + value.length, `${quote}${written}${quote}`);
    } else if (isInAddress && plain.length < bare.length && depth < DEEPEST) {
      const inside = rewriteNamed(plain, rewriting, depth + 1);
      if (inside !== plain) put(start, start + value.length, encodeURIComponent(inside));
      // Its names were looked at in there.
      else pattern.lastIndex = start + value.length;
    } else if (value.length > LONGEST_LOOKED_INTO) pattern.lastIndex = start + value.length;
  }
  if (done < text.length) result += rewriting.between(text.slice(done));
  return result;
}
