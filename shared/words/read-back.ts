/** Finds the message of a text that is kept in English, for a page in another language. */
import { en } from './en';
import type { Message, MessageKey, MessagePart } from './message';

const textOf = (key: string): string => {
  const [area = '', name = ''] = key.split('.');
  return (en as unknown as Record<string, Record<string, string>>)[area]?.[name] ?? '';
};

/** A text as it stands in the source of a regular expression. */
export const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

interface Pattern {
  key: MessageKey;
  /** With values as short, and as long as they can be: a value may hold words of the message. */
  matches: readonly RegExp[];
  names: readonly { name: string; isNumber: boolean; isShare: boolean }[];
}

/** A value that is more than any text: how it looks, and what it is. @returns null where it is none */
export interface KnownValue {
  /** Source of a regular expression without groups. */
  readonly looks?: string;
  readonly read: (text: string) => MessagePart | null;
}

/** What texts of a message look like: plain words with values between them. */
function patternOf(key: MessageKey, known: Readonly<Record<string, KnownValue>>): Pattern {
  const names: { name: string; isNumber: boolean; isShare: boolean }[] = [];
  const parts = textOf(key).split(/\{(\w+)(, number[^}]*)?\}/);
  let source = '';
  // The words, and between them the name of a value and how it is written.
  for (let at = 0; at < parts.length; at += 3) {
    source += escaped(parts[at] ?? '');
    const name = parts[at + 1];
    if (name === undefined) continue;
    const isNumber = parts[at + 2] !== undefined;
    const isShare = parts[at + 2]?.includes('percent') === true;
    names.push({ name, isNumber, isShare });
    // Earlier versions put a space before the sign.
    source += isShare ? '(-?[\\d,.]+) ?%' : isNumber ? '(-?[\\d,.]+)' : `(${known[name]?.looks ?? '[^]+?'})`;
  }
  return {
    key,
    matches: [new RegExp(`^${source}$`), new RegExp(`^${source.replaceAll('([^]+?)', '([^]+)')}$`)],
    names,
  };
}

/** A reader of kept English texts. @returns null for a text that none of its messages gives */
type ReadBack = (text: string) => Message | null;

/**
 * A reader for the texts of some messages. Messages with plurals cannot be read back.
 *
 * @param keys more telling ones first: the first whose words fit is taken
 * @param known values, by name, that are not any text; a text whose value is none of those is not read
 */
export function readerOf(keys: readonly MessageKey[], known: Readonly<Record<string, KnownValue>> = {}): ReadBack {
  const patterns = keys
    .map((key) => patternOf(key, known))
    .flatMap(({ key, matches, names }) => matches.map((looks) => ({ key, looks, names })));
  return (text) => {
    for (const { key, looks, names } of patterns) {
      const found = looks.exec(text);
      if (found === null) continue;
      const values: Record<string, MessagePart> = {};
      const isWhole = names.every(({ name, isNumber, isShare }, index) => {
        const value = found[index + 1] ?? '';
        const reader = known[name];
        const plain = value.replaceAll(',', '');
        const number = Number(isShare ? `${plain}e-2` : plain);
        const part = reader === undefined ? (isNumber ? number : value) : reader.read(value);
        if (part !== null) values[name] = part;
        return part !== null;
      });
      if (isWhole) return { key, values };
    }
    return null;
  };
}

/** The keys of some areas that begin so. */
export function keysOf(area: keyof typeof en, beginning = ''): MessageKey[] {
  return Object.keys(en[area])
    .filter((name) => name.startsWith(beginning))
    .map((name) => `${area}.${name}` as MessageKey);
}
