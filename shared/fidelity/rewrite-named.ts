/** A value that a text names, or what stands between such values. */
export interface NamedPart {
  kind: 'named' | 'loose';
  /** Decoded, where it stood as in an address or in quotation marks. */
  text: string;
  /** What it is called; empty where it is loose. */
  key: string;
  /** What the thing is called whose value it is, as in `customer[email]`; empty where nobody says. */
  parent: string;
}

/**
 * `<name>value</`, `name=value` and `name: value`, the value in quotation marks or up to the next mark; of headers that say who is
 * calling the whole line.
 */
const NAMED = new RegExp(
  [
    /<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)(?:\s[^<>]*)?>([^<>]+)(?=<\/)/,
    /\b((?:proxy-)?authorization|(?:set-)?cookie)(\s*:\s*)((?!\s*(?:bearer|basic)\b)[^\r\n<>"']+)/,
    /(?<![\w.%])([A-Za-z_][\w.[\]-]*)(["']?\s*[=:]\s*)("(?:[^"\\]|\\.)*"|'[^'\n]*'|[^\s&;,"'<>{}]+)/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gi',
);

/** `customer[0][email]` is the e-mail address of a customer. */
function namesIn(written: string): { key: string; parent: string } {
  const names = written.split(/[.[\]]+/).filter((name) => name !== '' && !/^\d+$/.test(name));
  return { key: names.at(-1) ?? '', parent: names.at(-2) ?? '' };
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll('+', '%20'));
  } catch {
    return value;
  }
}

/**
 * A text that is no JSON – a form, XML, a page, a log, a sentence – with values replaced whose names tell what they are, and with
 * what is between them.
 *
 * @param replace the new text; null: it stays, and what a name says nothing of belongs to what is between
 */
export function rewriteNamed(text: string, replace: (part: NamedPart) => string | null): string {
  let result = '';
  let done = 0;
  const loose = (end: number): void => {
    const between = text.slice(done, end);
    result += between === '' ? '' : (replace({ kind: 'loose', text: between, key: '', parent: '' }) ?? between);
    done = end;
  };
  const pattern = new RegExp(NAMED);
  for (let found = pattern.exec(text); found !== null; found = pattern.exec(text)) {
    const [whole, element, inElement, header, , ofHeader, name, mark = '', given = ''] = found;
    const value = inElement ?? ofHeader ?? given;
    const start = found.index + whole.lastIndexOf(value);
    // Its value may name others: only the name is passed over.
    pattern.lastIndex = start;
    const { key, parent } = namesIn(element ?? header ?? name ?? '');
    const quote = /^["']/.exec(value)?.[0] ?? '';
    const bare = quote === '' ? value : value.slice(1, -1);
    const isInAddress = name !== undefined && quote === '' && mark.includes('=');
    const plain = isInAddress ? decoded(bare) : bare;
    // What follows them is the secret, and found by them.
    const isScheme = /^(?:bearer|basic)$/i.test(plain.trim());
    const other = isScheme ? null : replace({ kind: 'named', text: plain, key, parent });
    if (other !== null && other !== plain) {
      loose(start);
      result += `${quote}${isInAddress && plain !== bare ? encodeURIComponent(other) : other}${quote}`;
    } else if (isInAddress && plain !== bare) {
      const inside = rewriteNamed(plain, replace);
      if (inside === plain) continue;
      loose(start);
      result += encodeURIComponent(inside);
    } else continue;
    done = start + value.length;
    pattern.lastIndex = done;
  }
  loose(text.length);
  return result;
}
