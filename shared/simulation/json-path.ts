import { inEnglish } from '../words/english';
import type { Message } from '../words/message';

/** A place in a JSON document as people write it: `badges[0].trigger.every`; empty for the document itself. */
export function jsonPath(path: readonly PropertyKey[]): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else text += text === '' ? String(part) : `.${String(part)}`;
  }
  return text;
}

/** Something wrong, or worth knowing, at one place of a scenario file. */
export interface Finding {
  path: string;
  /** In English. */
  message: string;
  /** What the message says as a key with its facts, for a page in another language; absent where there is only the text. */
  words?: Message;
}

/** What is found at a place. */
export function finding(path: string, words: Message): Finding {
  return { path, message: inEnglish(words), words };
}
