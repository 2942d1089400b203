import type { Message } from './message';
import { keysOf, readerOf } from './read-back';

const reason = readerOf([
  ...keysOf('refusals', 'line').filter((key) => !key.endsWith('Reason')),
  'refusals.namedBefore',
]);
const atLine = readerOf(['refusals.atLine'], { reason: { read: reason } });

/** Why a line of a live job's source was not sent, of the English text that is kept. */
export const readReject = (text: string): Message | null => atLine(text) ?? reason(text);
