import { IntlMessageFormat } from 'intl-messageformat';
import type { Catalogue, Language, Message, MessageKey, MessagePart, MessageValue, Values } from './message';

/** Plain text, or text that a message sets apart. */
export type Piece = string | { readonly tag: Tag; readonly text: string };
const TAGS = ['b', 'code', 'kbd'] as const;
type Tag = (typeof TAGS)[number];
const MARKS = new RegExp(`<(/?)(${TAGS.join('|')})>`, 'g');

/** Words in one language, numbers in one locale. */
export interface Speaker {
  readonly language: Language;
  /** BCP 47 tag by which numbers in messages are written. */
  readonly locale: string;
  /** The text of a key. */
  say<K extends MessageKey>(key: K, ...values: Values<K>): string;
  /** The text of a key in pieces, for messages with `<b>`, `<code>` or `<kbd>` around a part of them. */
  sayRich<K extends MessageKey>(key: K, ...values: Values<K>): readonly Piece[];
  /** The text of a message that was made elsewhere. A key that this version does not know is shown as it is. */
  sayMessage(message: Message): string;
}

/** Arabic, Hebrew and their kin: only beside those does a name turn the order of the words around it. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1eeff}]/u;

/** A value that reads from right to left, kept from turning the sentence around it. */
function isolated(value: MessageValue): MessageValue {
  return typeof value === 'string' && RIGHT_TO_LEFT.test(value) ? `\u2068${value}\u2069` : value;
}

const HAS_MORE_THAN_NAMES = /'|\{\s*\w+\s*[^\w\s}]/;

/**
 * A text in whose braces stand names alone, with its values; undefined where it asks for more. ICU is not begun for it:
 * that takes longer than all else that is worded at a start.
 */
function filledIn(text: string, values: Readonly<Record<string, MessageValue>>): string | undefined {
  if (HAS_MORE_THAN_NAMES.test(text)) return undefined;
  let isWhole = true;
  const filled = text.replaceAll(/\{\s*(\w+)\s*\}/g, (_, name: string) => {
    const value = values[name];
    if (typeof value !== 'string' && typeof value !== 'number') isWhole = false;
    return String(value);
  });
  return isWhole ? filled : undefined;
}

/**
 * Words a catalogue.
 *
 * @param locale how numbers are written; how many things there are is told by the rules of the language
 * @param isolates whether a name that reads from right to left is kept from turning the words around it
 * @param instead keys in whose place others are said, such as those of the window (in-window.ts)
 */
export function speaker(
  language: Language,
  catalogue: Catalogue,
  locale: string,
  { isolates = true, instead = {} }: { isolates?: boolean; instead?: Readonly<Partial<Record<string, string>>> } = {},
): Speaker {
  const texts = catalogue as Readonly<Record<string, Readonly<Record<string, string>>>>;
  const formats = new Map<string, IntlMessageFormat>();
  const numbers = new Map<string, Intl.NumberFormat>();
  const plurals = new Map<string, Intl.PluralRules>();
  const kept = <F>(map: Map<string, F>, options: object | undefined, make: () => F): F => {
    const key = JSON.stringify(options ?? {});
    const made = map.get(key) ?? make();
    map.set(key, made);
    return made;
  };
  const formatters = {
    getNumberFormat: (_: unknown, options?: object) =>
      kept(numbers, options, () => new Intl.NumberFormat(locale, options)),
    getPluralRules: (_: unknown, options?: object) =>
      kept(plurals, options, () => new Intl.PluralRules(language, options)),
    getDateTimeFormat: (_: unknown, options?: object) => new Intl.DateTimeFormat(locale, options),
  };

  const textOf = (asked: string): string | undefined => {
    const key = instead[asked] ?? asked;
    const dot = key.indexOf('.');
    return texts[key.slice(0, dot)]?.[key.slice(dot + 1)];
  };
  const formatOf = (key: string, text: string, ignoreTag: boolean): IntlMessageFormat => {
    const name = `${key} ${String(ignoreTag)}`;
    const format = formats.get(name) ?? new IntlMessageFormat(text, language, undefined, { ignoreTag, formatters });
    formats.set(name, format);
    return format;
  };
  const isolatedValues = (values: Readonly<Record<string, MessagePart>>): Record<string, MessageValue> =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        typeof value === 'object' ? word(value.key, value.values) : isolates ? isolated(value) : value,
      ]),
    );

  const word = (key: string, values: Readonly<Record<string, MessagePart>>): string => {
    const text = textOf(key);
    if (text === undefined) return key;
    if (!text.includes('{')) return text;
    const said = isolatedValues(values);
    return filledIn(text, said) ?? (formatOf(key, text, true).format(said) as string);
  };

  const rich = (key: string, values: Readonly<Record<string, MessagePart>>): readonly Piece[] => {
    const text = textOf(key);
    if (text === undefined) return [key];
    // Under names of their own: a value may be called `code`, too.
    const tags = Object.fromEntries(
      TAGS.map((tag) => [`tag-${tag}`, (parts: readonly unknown[]) => ({ tag, text: parts.join('') })]),
    );
    const named = text.replaceAll(MARKS, '<$1tag-$2>');
    const said = formatOf(key, named, false).format<Piece>({ ...isolatedValues(values), ...tags } as never);
    return (Array.isArray(said) ? said : [said]) as readonly Piece[];
  };

  return {
    language,
    locale,
    say: (key, ...[values]) => word(key, values ?? {}),
    sayRich: (key, ...[values]) => rich(key, values ?? {}),
    sayMessage: ({ key, values }) => word(key, values),
  };
}
