import Database from 'better-sqlite3';
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

test('those whose scenario can be read are given latest first, of one moment the later kept first, so many at most', async () => {
  const workspace = await testWorkspace();
  const { simulations } = workspace.current;
  const keep = (name: string, ranOn: number): number =>
    simulations.add({
      ...{ name, ranOn, milliseconds: 1, seed: 2, engine: '1.0.0', replications: 3, events: 4, sentence: 'S' },
      ...{ scenario: { name }, csv: '/a.csv', pseudonyms: true, result: { a: [1] }, answers: ['b'] },
    });
  const [first, second, third, fourth] = [keep('a', NOW + 1), keep('b', NOW), keep('c', NOW + 1), keep('d', NOW)];
  const given = (limit: number): unknown[] => simulations.scenarios(limit).map(({ key, scenario }) => [key, scenario]);
  expect(given(3)).toEqual([
    [third, { name: 'c' }],
    [first, { name: 'a' }],
    [fourth, { name: 'd' }],
  ]);
  const other = new Database(workspace.file);
  other.prepare("UPDATE simulations SET scenario = 'odd' WHERE key = ?").run(first);
  other.close();
  expect(given(9)).toEqual([
    [third, { name: 'c' }],
    [fourth, { name: 'd' }],
    [second, { name: 'b' }],
  ]);
  expect(() => simulations.get(first)).toThrow('cannot be read');
  expect(simulations.get(third)).toMatchObject({
    ...{ name: 'c', csv: '/a.csv', pseudonyms: true, result: { a: [1] }, answers: ['b'], seed: 2, events: 4 },
  });
  expect(simulations.rename(third, 'New')).toEqual(simulations.line(third));
  expect([simulations.line(third).name, simulations.line(fourth).name]).toEqual(['New', 'd']);
  expect(simulations.remove([third, third, 99])).toBe(1);
  expect(() => simulations.line(third)).toThrow();
  expect(() => simulations.rename(third, 'x')).toThrow();
  expect(simulations.list('', 0, 9).total).toBe(3);
});
