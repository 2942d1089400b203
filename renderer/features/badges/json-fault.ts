const BLANK = /[\t\n\r ]*/y;
const SCALAR =
  /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

type Expected = 'value' | 'first value' | 'key' | 'first key' | 'colon' | 'next';

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

/**
 * Where a text stops being JSON: the offset of the first sign that cannot stand there, or the length of the text where
 * its end is missing. JSON.parse names a position for some faults only.
 */
export function jsonFaultAt(text: string): number {
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'value';
  let at = 0;
  for (;;) {
    at += matchAt(BLANK, text, at)?.length ?? 0;
    const sign: string | undefined = text[at];
    if (sign === undefined) return text.length;
    const top = open.at(-1);
    const closes: boolean =
      (sign === '}' && top === '{' && (expected === 'first key' || expected === 'next')) ||
      (sign === ']' && top === '[' && (expected === 'first value' || expected === 'next'));
    if (closes) {
      open.pop();
      at += 1;
      expected = 'next';
    } else if (expected === 'next') {
      if (sign !== ',' || top === undefined) return at;
      at += 1;
      expected = top === '{' ? 'key' : 'value';
    } else if (expected === 'colon') {
      if (sign !== ':') return at;
      at += 1;
      expected = 'value';
    } else if ((sign === '{' || sign === '[') && expected !== 'key' && expected !== 'first key') {
      open.push(sign);
      at += 1;
      expected = sign === '{' ? 'first key' : 'first value';
    } else {
      const isKey: boolean = expected === 'key' || expected === 'first key';
      if (isKey && sign !== '"') return at;
      const scalar: string | null = matchAt(SCALAR, text, at);
      if (scalar === null) return at;
      at += scalar.length;
      expected = isKey ? 'colon' : 'next';
    }
  }
}
