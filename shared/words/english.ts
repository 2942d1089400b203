import { en } from './en';
import type { Message } from './message';
import { speaker } from './speaker';

const plain = speaker('en', en, 'en-US', { isolates: false });

/** A message in English with numbers as 10,000 and names as they are: for logs, files, the command line and whoever has no window. */
export function inEnglish(message: Message): string {
  return plain.sayMessage(message);
}
