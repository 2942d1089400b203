import { expect, test } from 'vitest';
import { outcomeNumber } from '../../../db/org/outcomes';
import type { RequestFacts } from '../../../db/org/request-history';
import { summaryOf } from '../../../electron/backend/requests/summary';
import { inEnglish } from '../../../shared/words/english';

/** An answered award of which some were refused, by outcome name. */
function sentence(succeeded: number, refused: Readonly<Record<string, number>>): string {
  const refusals = new Map(
    Object.entries(refused).map(([name, count]) => {
      const number = outcomeNumber(name);
      if (number === undefined) throw new Error(`${name} is no outcome`);
      return [number, count] as const;
    }),
  );
  const total = [...refusals.values()].reduce((sum, count) => sum + count, succeeded);
  const facts = {
    kind: 'earnBulk',
    state: 'answered',
    total,
    succeeded,
    refusals,
    errors: [],
  } as unknown as RequestFacts;
  return inEnglish(summaryOf(facts).sentence);
}

test('most of them is said of more than half, the number of exactly half and less, neither where there is one reason', () => {
  expect(sentence(4, { 'not-a-number': 2, empty: 1 })).toMatch(/3 were refused, most of them because of this: /);
  expect(sentence(4, { 'not-a-number': 2, empty: 2 })).toMatch(/4 were refused, 2 of them because of this: /);
  expect(sentence(4, { 'not-a-number': 2, empty: 1, 'other-digits': 1 })).toMatch(/4 were refused, 2 of them because/);
  expect(sentence(4, { 'not-a-number': 3 })).toMatch(/3 were refused, because of this: /);
});
