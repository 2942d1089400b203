import { expect, test } from 'vitest';
import { NOW, testWorkspace } from './open-workspace';

test('kept results are found by all words of a search, without regard to case and accents, page by page', async () => {
  const { simulations } = (await testWorkspace()).current;
  const names = [
    'Été de café',
    'Spring 100%',
    'Spring 50',
    ...Array.from({ length: 20 }, (_, index) => `Run ${index}`),
  ];
  names.forEach((name, index) =>
    simulations.add({
      ...{ name, ranOn: NOW + index, milliseconds: 1, seed: 1, engine: '1.0.0', replications: 1, events: 1 },
      ...{ sentence: `Answer ${index}`, scenario: {}, csv: null, pseudonyms: false, result: {}, answers: {} },
    }),
  );
  const found = (search: string): string[] => simulations.list(search, 0, 100).rows.map(({ name }) => name);
  expect(found('ETE cafe')).toEqual(['Été de café']);
  expect(found('100%')).toEqual(['Spring 100%']);
  expect(found('spring')).toEqual(['Spring 50', 'Spring 100%']);
  expect(found('answer 22')).toEqual(['Run 19']);
  expect(found("x' OR 1 --")).toEqual([]);
  expect(simulations.list('run', 0, 5)).toMatchObject({ total: 20, rows: [{ name: 'Run 19' }, {}, {}, {}, {}] });
  expect(simulations.list('run', 15, 100).rows.map(({ name }) => name)).toEqual([
    'Run 4',
    'Run 3',
    'Run 2',
    'Run 1',
    'Run 0',
  ]);
  expect(simulations.list('', 0, 100).total).toBe(23);
});
