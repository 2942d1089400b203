import { inEnglish } from '../../../../shared/words/english';
import { message, type Message } from '../../../../shared/words/message';

/** Levels of lists and objects that any documented answer stays far below. */
const DEEPEST = 40;

/** Why an answer is no JSON that may be looked into. */
export class UnreadableJson extends Error {
  override readonly name = 'UnreadableJson';

  constructor(readonly words: Message) {
    super(inEnglish(words));
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * Parses JSON that comes from outside: UTF-8, and nested no deeper than {@link DEEPEST} levels, because what walks it
 * afterwards recurses.
 *
 * @returns the text and its value
 * @throws UnreadableJson
 */
export function readStrictJson(bytes: Buffer): { text: string; value: unknown } {
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    throw new UnreadableJson(message('org.notUtf8'));
  }
  if (isTooDeep(bytes)) throw new UnreadableJson(message('org.tooDeep', { most: DEEPEST }));
  try {
    return { text, value: JSON.parse(text) };
  } catch {
    throw new UnreadableJson(message('org.notJson'));
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

function isTooDeep(bytes: Buffer): boolean {
  let depth = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      at = endOfString(bytes, at + 1);
    } else if (byte === 0x7b || byte === 0x5b) {
      depth += 1;
      if (depth > DEEPEST) return true;
    } else if (byte === 0x7d || byte === 0x5d) depth -= 1;
  }
  return false;
}

function endOfString(bytes: Buffer, from: number): number {
  let at = bytes.indexOf(QUOTE, from);
  while (at !== -1) {
    let slashes = 0;
    while (bytes[at - 1 - slashes] === BACKSLASH && at - slashes > from) slashes += 1;
    if (slashes % 2 === 0) return at;
    at = bytes.indexOf(QUOTE, at + 1);
  }
  return bytes.length;
}
