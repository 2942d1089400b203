/**
 * A text or number of a JSON text, and the key it stands under; a list hands its own key down to what is in it. Of what is no
 * JSON also what is neither, as `loose`.
 */
export interface JsonLeaf {
  kind: 'key' | 'string' | 'number' | 'loose';
  /** Unescaped. */
  text: string;
  /** Empty at the root. */
  key: string;
  /** The key that the object it is in stands under; empty at the root. */
  of: string;
  /** Whether one of the objects that it is in stands under a key that was asked for. */
  isWithin: boolean;
}

interface Level {
  isObject: boolean;
  /** Of the list itself, or the last one read of an object. */
  key: string;
  awaitsKey: boolean;
  /** What `name` says that `value` beside it is. */
  named: string | null;
  of: string;
  isWithin: boolean;
}

const NUMBER = /-?\d[\d.eE+-]*/y;
const WORD = /true\b|false\b|null\b/y;
/** From a sign that begins nothing of JSON to the next that may. */
/** A value without quotation marks. */
const BARE = /[^\s,{}[\]"]+/y;
/** What a stretch that is no JSON ends with: the name of what follows. */
const NAME_AT_END = /([A-Za-z_][\w-]{0,100})["']?\s{0,20}[:=]\s{0,20}$/;
const LOOSE = /[^\s"{}[\],:\d-][^"{}[\]]*/y;

/** The key that a value in a level stands under. */
const keyIn = (level: Level | undefined): string => (level?.key === 'value' ? level.named : null) ?? level?.key ?? '';

const place = (level: Level | undefined): Pick<Level, 'of' | 'isWithin'> => ({
  of: level?.of ?? '',
  isWithin: level?.isWithin ?? false,
});

function unescaped(literal: string): string {
  try {
    return JSON.parse(literal) as string;
  } catch {
    // One that is cut off has no closing mark.
    return literal.length > 1 && literal.endsWith('"') ? literal.slice(1, -1) : literal.slice(1);
  }
}

/** The end of a text that begins at a quotation mark, behind its closing one; what is cut off ends with the text. */
function endOfString(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index += 1) {
    if (text[index] === '\\') index += 1;
    else if (text[index] === '"') return index + 1;
  }
  return text.length;
}

/** Whether a text is gone through as JSON: what is cut off at its end is, too. */
export const looksLikeJson = (text: string): boolean => /^[\s\ufeff]*[[{"]/.test(text);

/**
 * A JSON text with some of its leaves replaced and every other byte as it was. What is no JSON, or is cut off, is gone
 * through all the same as far as texts and numbers can be told in it.
 *
 * @param replace the leaf's new text, unescaped; null: it stays
 * @param isAsked keys of objects whose leaves are to be told, however deep
 */
export function rewriteJson(
  text: string,
  replace: (leaf: JsonLeaf) => string | null,
  isAsked: (key: string) => boolean = () => false,
): string {
  const levels: Level[] = [];
  let result = '';
  let copied = 0;
  let looseName: string | null = null;
  const put = (start: number, end: number, replacement: string): void => {
    result += text.slice(copied, start) + replacement;
    copied = end;
  };
  for (let index = 0; index < text.length;) {
    const level = levels.at(-1);
    const mark = text[index] ?? '';
    if (mark === '"') {
      const end = endOfString(text, index);
      const literal = text.slice(index, end);
      const value = unescaped(literal);
      const isKey = looseName === null && level?.isObject && level.awaitsKey;
      if (isKey) {
        level.key = value;
        level.awaitsKey = false;
      }
      const key = isKey ? '' : (looseName ?? keyIn(level));
      looseName = null;
      if (!isKey && level?.isObject && level.key === 'name') level.named = value;
      const other = replace({ kind: isKey ? 'key' : 'string', text: value, key, ...place(level) });
      if (other !== null) put(index, end, JSON.stringify(other));
      index = end;
      continue;
    }
    NUMBER.lastIndex = index;
    const number = /[-\d]/.test(mark) ? NUMBER.exec(text)?.[0] : undefined;
    if (number !== undefined) {
      const other = replace({ kind: 'number', text: number, key: looseName ?? keyIn(level), ...place(level) });
      if (other !== null) put(index, index + number.length, other);
      looseName = null;
      index += number.length;
      continue;
    }
    if (mark === '{') {
      const of = level?.key ?? '';
      levels.push({
        isObject: true,
        key: '',
        awaitsKey: true,
        named: null,
        of,
        isWithin: level?.isWithin === true || isAsked(of),
      });
    } else if (mark === '[')
      levels.push({ isObject: false, key: level?.key ?? '', awaitsKey: false, named: null, ...place(level) });
    else if (mark === '}' || mark === ']') levels.pop();
    else if (mark === ',' && level?.isObject) level.awaitsKey = true;
    else if (mark !== ':' && mark !== ',' && /\S/.test(mark)) {
      WORD.lastIndex = LOOSE.lastIndex = index;
      const word = WORD.exec(text)?.[0];
      BARE.lastIndex = index;
      const bare = word === undefined && level?.isObject && !level.awaitsKey ? BARE.exec(text)?.[0] : undefined;
      if (bare !== undefined) {
        const other = replace({ kind: 'string', text: bare, key: keyIn(level), ...place(level) });
        if (other !== null) put(index, index + bare.length, other);
      }
      const loose = word === undefined && bare === undefined ? LOOSE.exec(text)?.[0] : undefined;
      looseName = loose === undefined ? null : (NAME_AT_END.exec(loose.slice(-150))?.[1] ?? null);
      if (loose !== undefined) {
        const other = replace({ kind: 'loose', text: loose, key: '', ...place(level) });
        if (other !== null) put(index, index + loose.length, other);
        if (level?.isObject && loose.includes(',')) level.awaitsKey = true;
      }
      index += (word ?? bare ?? loose ?? mark).length;
      continue;
    }
    index += 1;
  }
  return result + text.slice(copied);
}
