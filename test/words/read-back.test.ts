import { expect, test } from 'vitest';
import { inEnglish } from '../../shared/words/english';
import { readKeptOut } from '../../shared/words/kept-exchanges';
import { readReject } from '../../shared/words/kept-rejects';
import { readSource } from '../../shared/words/kept-sources';
import { message, type Message } from '../../shared/words/message';

test.each<Message>([
  message('sources.pasted', { count: 12_345 }),
  message('sources.one'),
  message('sources.range', { from: 1, to: 100_000 }),
])('where the customers of a request came from is read back: $key', (words) => {
  expect(readSource(inEnglish(words))).toEqual(words);
});

test('the name of a file is left as it is', () => {
  expect(readSource('customers to go.csv')).toBeNull();
  expect(readSource('')).toBeNull();
});

test.each<Message>([
  message('refusals.namedBefore'),
  message('refusals.lineZero'),
  message('refusals.atLine', { line: 1_234, reason: message('refusals.lineNotANumber') }),
])('why a line was not sent is read back: $key', (words) => {
  expect(readReject(inEnglish(words))).toEqual(words);
});

test('what an org says of a line is left as it is', () => {
  expect(readReject('Line 3: try later')).toBeNull();
});

test.each<Message>([message('activity.addedWhenSent'), message('activity.notKept'), message('activity.keyNotKept')])(
  'what stands in the place of a secret is read back: $key',
  (words) => {
    expect(readKeptOut(inEnglish(words))).toEqual(words);
  },
);
