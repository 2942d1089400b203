import { expect, test } from 'vitest';
import { inEnglish } from '../../shared/words/english';
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
