import type { Message, MessageKey } from '../words/message';

/** What keeps a value from being an instant, as the reader of instants says it. */
const KEYS: Readonly<Record<string, MessageKey>> = {
  'is not a number': 'scenarios.notANumber',
  'is out of range': 'scenarios.outOfRange',
  'has no time zone: end it with Z or an offset such as +05:30': 'scenarios.noOffset',
  'is not an ISO-8601 instant': 'scenarios.notAnInstant',
  'is neither a number of seconds nor an ISO-8601 text': 'scenarios.neitherSecondsNorText',
};

/** A reason of `readInstant` as a message; one that has none stays as it is. */
export function instantReason(reason: string): Message | string {
  const key = KEYS[reason];
  return key === undefined ? reason : { key, values: {} };
}
