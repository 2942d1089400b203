import { expect, test } from 'vitest';
import { clashingNames, newlyTold } from '../../shared/domain/bulk-plan';

const nobody = (): boolean => false;
const none: ReadonlySet<number> = new Set();

test('names may be exchanged and passed on; two of the same both clash', () => {
  const exchange = [
    { before: 'A', after: 'B' },
    { before: 'B', after: 'A' },
  ];
  expect([...clashingNames(exchange, none, nobody, true)]).toEqual([]);
  const same = [
    { before: 'A 1', after: 'A' },
    { before: 'A 2', after: 'A' },
  ];
  expect([...clashingNames(same, none, nobody, true)]).toEqual([0, 1]);
});

test('one that is held back keeps its name, and holds back whoever wanted it', () => {
  const chain = [
    { before: 'A', after: 'B' },
    { before: 'B', after: 'C' },
    { before: 'D', after: 'E' },
  ];
  const takenOutside = (name: string): boolean => name === 'C';
  expect([...clashingNames(chain, none, takenOutside, true)].sort()).toEqual([0, 1]);
  expect([...clashingNames(chain, none, takenOutside, false)]).toEqual([1]);
  expect([...clashingNames(chain, new Set([1]), nobody, true)]).toEqual([0]);
});

test('a name that does not change is nobody’s mistake here', () => {
  expect([...clashingNames([{ before: 'A', after: 'A' }], none, () => true, true)]).toEqual([]);
});

test('new is what was not told before at that kind of place, as often as it is told', () => {
  const told = (code: number, path: string): { code: number; path: string } => ({ code, path });
  expect(newlyTold([told(720, 'expiresOn')], [told(720, 'expiresOn'), told(722, 'startOn')])).toEqual([
    told(722, 'startOn'),
  ]);
  expect(newlyTold([told(400, 'tags[1].name')], [told(400, 'tags[0].name'), told(400, 'tags[1].name')])).toEqual([
    told(400, 'tags[1].name'),
  ]);
});
