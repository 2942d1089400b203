import { describe, expect, test } from 'vitest';
import { readKeptBadRow } from '../../shared/simulation/kept-bad-rows';
import { inEnglish } from '../../shared/words/english';
import { message, type Message } from '../../shared/words/message';

const customer = message('replay.customer', {
  cell: 'a; the date “b” is 0',
  fault: message('tables.customerFaultScientific'),
});
const date = message('replay.date', {
  fault: message('tables.dateImpossible', {
    cell: '2026-02-30',
    why: message('tables.noDay', { month: '2', year: '2026', day: '30' }),
  }),
});

describe('why a row was bad is read back from the English text that is kept', () => {
  test.each<[string, readonly Message[]]>([
    ['one fault', [message('replay.fewFields', { count: '2', needed: '3' })]],
    ['a number', [message('replay.tooLong', { bytes: 1_048_576 })]],
    ['a cell that holds what parts two faults', [customer]],
    ['several, with a reason in a reason', [customer, date, message('replay.noAmount')]],
    [
      'a reason of the reader of instants',
      [
        message('replay.date', {
          fault: message('tables.dateReason', { cell: '1e99', reason: message('scenarios.outOfRange') }),
        }),
      ],
    ],
    [
      'what looks like one of several dates',
      [message('replay.date', { fault: message('tables.dateCountsDays', { cell: '17', year: '1970' }) })],
    ],
  ])('%s', (_, faults) => {
    expect(readKeptBadRow(faults.map(inEnglish).join('; '))).toEqual(faults);
  });

  test('a text that no message gives stays as it was kept', () => {
    expect(readKeptBadRow('is odd in a way that was said before')).toBeNull();
    expect(readKeptBadRow('has no date; is odd')).toBeNull();
  });
});
