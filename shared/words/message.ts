/** What a message asks for, read from its English text by the compiler. */
import type { English } from './en';

/** Languages the words exist in; English is the one that the others are complete against. */
export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The language of a BCP 47 tag, where there are words in it. */
export function languageOf(tag: string): Language | undefined {
  return LANGUAGES.find((language) => tag.toLowerCase().split('-')[0] === language);
}

/** A catalogue: texts by area and key, in ICU message format. */
export type Catalogue = { readonly [A in keyof English]: { readonly [K in keyof English[A]]: string } };

/** `area.key`. */
export type MessageKey = {
  [A in keyof English]: `${A}.${Extract<keyof English[A], string>}`;
}[keyof English];

type TextOf<K extends string> = K extends `${infer A}.${infer R}`
  ? A extends keyof English
    ? R extends keyof English[A]
      ? English[A][R]
      : never
    : never
  : never;

// In a plural every branch has a `#` or a space, so that what stands in its braces is no name.
type Name<H extends string> = H extends '' | `${string}${' ' | '#' | '{' | "'"}${string}` ? never : H;
type Head<R extends string> = R extends `${infer A}}${string}` ? (A extends `${infer B},${string}` ? B : A) : never;
type Names<S extends string> = S extends `${string}{${infer R}` ? Name<Head<R>> | Names<R> : never;

/** A value inside a message: text as it is, numbers as the locale writes them. */
export type MessageValue = string | number;

/** What stands inside a message: a value, or a message of its own, worded in the same language. */
export type MessagePart = MessageValue | Message;

/** The values that the message of a key asks for. */
export type ValuesOf<K extends MessageKey> = Readonly<
  Record<TextOf<K> extends string ? Names<TextOf<K>> : never, MessagePart>
>;

/** `[]` where a message asks for nothing. */
export type Values<K extends MessageKey> = [keyof ValuesOf<K>] extends [never] ? [] : [values: ValuesOf<K>];

/** A key whose message asks for nothing. */
export type PlainKey = {
  [K in MessageKey]: [keyof ValuesOf<K>] extends [never] ? K : never;
}[MessageKey];

/** A message with its facts, which the page and the command line word; it can be kept and sent. */
export interface Message {
  readonly key: MessageKey;
  readonly values: Readonly<Record<string, MessagePart>>;
}

/** A message with the facts its key asks for. */
export function message<K extends MessageKey>(key: K, ...[values]: Values<K>): Message {
  return { key, values: values ?? {} };
}
