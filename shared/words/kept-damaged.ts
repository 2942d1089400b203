import type { Message, MessagePart } from './message';
import { readOrgAnswer } from './kept-org-answers';
import { readerOf } from './read-back';

/** What stands in the place of reasons or of a message that cannot be read, of the English text. */
export const readDamaged = readerOf(['damaged.reasons', 'damaged.headersName', 'damaged.headers', 'damaged.body']);

const odd = readerOf(['damaged.codes', 'damaged.codesAfter'], {
  sentence: { read: (text): MessagePart => readOrgAnswer(text) ?? text },
});

/** What became of a request, of the English text of its line in the ledger, which may say that its codes are damaged. */
export const readLedgerSentence = (text: string): Message | null => odd(text) ?? readOrgAnswer(text);

const cut = readerOf(['damaged.bodyCut']);

/** A body of which only the beginning was kept says so after it. */
export const readKeptBody = (text: string): Message | null => cut(text) ?? readDamaged(text);
