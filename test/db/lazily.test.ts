import { expect, test } from 'vitest';
import { lazily } from '../../db/lazily';

test('each value is made when it is first asked for, and once', () => {
  const made: string[] = [];
  const value = (name: string) => () => {
    made.push(name);
    return { name };
  };
  const values = lazily({ one: value('one'), two: value('two'), never: value('never') });
  expect(made).toEqual([]);
  const { two } = values;
  expect([values.two, values.one.name]).toEqual([two, 'one']);
  expect(values.two).toBe(two);
  expect(made).toEqual(['two', 'one']);
});
