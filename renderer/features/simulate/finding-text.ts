import { quotedWords } from '../../../shared/ipc/plain-words';
import type { Finding } from '../../../shared/simulation/json-path';
import type { Message } from '../../../shared/words/message';
import { sayMessage } from '../../lib/say.svelte';

/** A message whose texts of files and people are quoted: nothing in them acts on the sentence around them. */
function quotedMessage({ key, values }: Message): Message {
  const quoted = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'string' ? quotedWords(value) : typeof value === 'object' ? quotedMessage(value) : value,
  ]);
  return { key, values: Object.fromEntries(quoted) as Message['values'] };
}

/** What was found in a scenario, in the language of the window. */
export function findingText({ message, words }: Pick<Finding, 'message' | 'words'>): string {
  return words === undefined ? quotedWords(message) : sayMessage(quotedMessage(words));
}
