import type { Message } from '../words/message';
import { keysOf, readerOf } from '../words/read-back';

const digits = { looks: '\\d+', read: (text: string): string => text };
const days = readerOf(['tables.noMonth', 'tables.noDay', 'tables.noHour', 'tables.noTime'], {
  month: digits,
  year: digits,
  day: digits,
  time: { looks: '[\\d:]+', read: (text) => text },
});
const instants = readerOf([
  'scenarios.notANumber',
  'scenarios.outOfRange',
  'scenarios.noOffset',
  'scenarios.notAnInstant',
  'scenarios.neitherSecondsNorText',
]);
const faults = readerOf(
  [
    ...keysOf('tables', 'customerFault'),
    ...keysOf('tables', 'amountFault'),
    // What stands before a reason of its own comes last: its words are in others, too.
    ...keysOf('tables', 'date').filter((key) => key !== 'tables.dateReason' && key !== 'tables.dateIs'),
    'tables.dateReason',
  ],
  { why: { read: days }, reason: { read: instants } },
);
const oneFault = readerOf(keysOf('replay'), { fault: { read: faults } });

/**
 * What is wrong with a row, from the English text in which a result keeps it: `has no date; the amount “x” is not a number`.
 *
 * @returns null for a text that no message gives, such as one of an older version
 */
export function readKeptBadRow(text: string): readonly Message[] | null {
  // A cell may hold what parts two faults: the longest text that is one fault is taken.
  for (let end = text.length; end > 0; end = text.lastIndexOf('; ', end - 1)) {
    const first = oneFault(text.slice(0, end));
    if (first === null) continue;
    if (end === text.length) return [first];
    const rest = readKeptBadRow(text.slice(end + 2));
    if (rest !== null) return [first, ...rest];
  }
  return null;
}
