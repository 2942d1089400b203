import type { MessageKey, MessagePart } from './message';
import { readWayOut } from './kept-jobs';
import { keysOf, readerOf } from './read-back';

const ANY: ReadonlySet<MessageKey> = new Set([
  'org.refused',
  'org.failed',
  'org.cancelled',
  'jobs.doubt',
  'jobs.notIn',
]);
const SAID = new Set<MessageKey>(['org.unlike', 'org.didNotSayWhy', 'org.unreadable']);
const UNREADABLE: readonly MessageKey[] = ['org.notUtf8', 'org.tooDeep', 'org.notJson'];
const DETAILS: readonly MessageKey[] = ['org.noWholeAnswer', 'org.noConnection', 'org.nothingArrived'];
const PARTS = new Set<MessageKey>([...UNREADABLE, ...DETAILS]);
const isTelling = (key: MessageKey): boolean => !ANY.has(key) && !SAID.has(key) && !PARTS.has(key);

const unreadableText = readerOf(UNREADABLE);
const said = readerOf([...SAID], { reason: { read: (text) => unreadableText(text) ?? text } });
const detailText = readerOf(DETAILS);
const detail = { read: (text: string): MessagePart => detailText(text) ?? text };
const reason = { read: (text: string): MessagePart => said(text) ?? text };

/** What became of a request to an org, of the English text that the ledger keeps. */
export const readOrgAnswer = readerOf(
  [...keysOf('org').filter(isTelling), 'jobs.notSentStopped', 'jobs.notSentReading'],
  { reason, detail },
);

const orgAnswer = { read: (text: string): MessagePart => readOrgAnswer(text) ?? text };
const unreadable = readerOf(['jobs.cannotBeRead']);
const ownFault = readerOf(['jobs.ownFault']);
const doubt = readerOf(['jobs.oddUnreadable', 'jobs.odd', 'jobs.fruitless'], { said: orgAnswer });
const label = readerOf(keysOf('refusals').filter((key) => key.startsWith('refusals.outcome')));
/** What a look ahead finds. */
const finding = readerOf(keysOf('lookAhead'));
const systemReason = readerOf([...keysOf('system'), 'customers.movedOrDeleted']);
const question = readerOf(keysOf('tables'));
/** Why a job's table could not be read, which a table's own reader said. */
const ofTable = readerOf(
  [...keysOf('tableFiles'), 'tables.cannotBeRead', 'tables.workbookTooLarge', 'tables.workbookTooLargeToHold'],
  { reason: { read: (text) => systemReason(text) ?? text } },
);
const readNote = readerOf([...keysOf('jobs').filter(isTelling), 'jobs.doubt'], {
  question: { read: (text) => question(text) ?? text },
  doubt: { read: doubt },
  said: { read: (text) => unreadable(text) ?? text },
  reason: { read: (text) => label(text) ?? systemReason(text) ?? text },
  finding: { read: (text) => finding(text) ?? text },
  sentence: orgAnswer,
  wayOut: { read: (text) => readWayOut(text) ?? text },
  why: { read: (text) => ownFault(text) ?? readWayOut(text) ?? text },
});

/** Why a live job waits or paused, of the English text that is kept. */
export const readJobNote = (text: string): ReturnType<typeof readOrgAnswer> =>
  readNote(text) ?? readOrgAnswer(text) ?? ofTable(text);
