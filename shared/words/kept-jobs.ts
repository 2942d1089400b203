import type { Message, MessagePart } from './message';
import { escaped, readerOf } from './read-back';

/**
 * What a request that did not come to its end was, of the English text that the workspace keeps.
 *
 * @param requestId where it is known: the name of a badge may hold any words
 */
export function readJobTitle(title: string, requestId: string | null): Message | null {
  const request = { looks: escaped(requestId ?? ''), read: (text: string): MessagePart => text };
  return readerOf(['store.jobEnrolment', 'store.jobAward'], requestId === null ? {} : { request })(title);
}

const readDoing = readerOf(['store.opening', 'store.issuing', 'store.this']);

/** What can be done about the disk or the database; such texts are kept in notes, too. */
export const readWayOut = readerOf([
  'store.full',
  'store.readOnly',
  'store.forbidden',
  'store.unreachable',
  'store.diskError',
  'store.moved',
  'store.busy',
  'store.lockedByUs',
  'store.beingOpened',
  'store.noMemory',
  'store.tooLarge',
  'store.quota',
  'store.noLarger',
  'store.protected',
  'store.gone',
  'store.pathIsFile',
  'store.folder',
  'store.circle',
  'store.nameTooLong',
  'store.tooManyOpen',
  'store.usedByOther',
  'store.putBack',
]);

const orText =
  (read: (text: string) => MessagePart | null) =>
  (text: string): MessagePart =>
    read(text) ?? text;

/** Why a request did not come to its end, of the English text that is kept. */
export const readJobCause = readerOf(
  [
    'store.failed',
    'store.unconfirmed',
    'store.interrupted',
    'store.replaced',
    'issue.stoppedByMistake',
    'issue.cancelledBefore',
  ],
  { doing: { read: orText(readDoing) }, wayOut: { read: orText(readWayOut) } },
);
