import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareInLane, type ProgrammeEntry, type ProgrammeLane } from '../../shared/domain/programme';
import { placesAfterMove, placesInGap, type ProgrammePlace } from '../../shared/domain/programme-moves';

const entry = (id: string, rank: number | null, group: string | null = 'g'): ProgrammeEntry => ({
  ...{ id, group, rank, startOn: 0, expiresOn: 1 },
});
const laneOf = (entries: readonly ProgrammeEntry[], group: string | null = 'g'): ProgrammeLane => ({
  group: group === null ? null : { id: group, name: null },
  entries: entries.toSorted(compareInLane),
});
const ranks = (places: readonly ProgrammePlace[]): [string, number | null][] =>
  places.map(({ id, rank }) => [id, rank]);
const idsOf = (lane: ProgrammeLane): string[] => lane.entries.map(({ id }) => id);

/** The lane as it is sorted after places are taken. */
function after(lane: ProgrammeLane, moved: ProgrammeEntry, places: readonly ProgrammePlace[]): ProgrammeLane {
  const group = lane.group?.id ?? null;
  const all = [...lane.entries.filter(({ id }) => id !== moved.id), moved].map((one) => ({
    ...one,
    ...places.find(({ id }) => id === one.id),
  }));
  return laneOf(
    all.filter((one) => one.group === group),
    group,
  );
}

describe('a badge takes its place', () => {
  const [a, b, c] = [entry('a', 1), entry('b', 2), entry('c', 7)];
  const lane = laneOf([a, b, c]);

  test('in a free number where there is one, and only there others move up', () => {
    expect(ranks(placesAfterMove(lane, a, 'c'))).toEqual([['a', 3]]);
    expect(ranks(placesAfterMove(lane, c, 'b'))).toEqual([
      ['c', 2],
      ['b', 3],
    ]);
    expect(ranks(placesAfterMove(lane, c, 'a'))).toEqual([
      ['c', 1],
      ['a', 2],
      ['b', 3],
    ]);
    expect(ranks(placesAfterMove(lane, a, null))).toEqual([['a', 8]]);
  });

  test('nothing changes where it stands there already', () => {
    expect(placesAfterMove(lane, b, 'c')).toEqual([]);
    expect(placesAfterMove(lane, c, null)).toEqual([]);
    expect(placesAfterMove(lane, a, 'a')).toEqual([]);
  });

  test('what stands unranked before it is ranked; behind it nothing is', () => {
    const unranked = laneOf([entry('x', null), entry('y', null), entry('z', null)]);
    expect(ranks(placesAfterMove(unranked, entry('z', null), 'y'))).toEqual([
      ['x', 1],
      ['z', 2],
    ]);
  });

  test('of another lane it takes the group, and its rank where that one fits', () => {
    expect(placesAfterMove(lane, entry('n', 5, null), 'c')).toEqual([{ id: 'n', group: 'g', rank: 5 }]);
    expect(placesAfterMove(laneOf([]), entry('n', null, null), null)).toEqual([{ id: 'n', group: 'g', rank: 1 }]);
    expect(placesAfterMove(laneOf([entry('m', 4, null)], null), entry('a', 1), null)).toEqual([
      { id: 'a', group: null, rank: 5 },
    ]);
  });

  test('where a filter hides some it stands next to what was seen, whatever is between', () => {
    const entries = [a, b, c, entry('d', 9), entry('x', 1, null)];
    const gap = (after: string | null, before: string | null, group: string | null = 'g') => ({ group, after, before });
    expect(ranks(placesInGap(entries, 'd', gap('a', 'c')))).toEqual([['d', 3]]);
    // Behind b, though c and d are hidden.
    expect(ranks(placesInGap(entries, 'a', gap('b', null)))).toEqual([['a', 3]]);
    expect(placesInGap(entries, 'b', gap('a', null))).toEqual([]);
    expect(placesInGap(entries, 'a', gap('x', null, null))).toEqual([{ id: 'a', group: null, rank: 2 }]);
    expect(placesInGap(entries, 'a', gap(null, null, 'new'))).toEqual([{ id: 'a', group: 'new', rank: 1 }]);
    expect(placesInGap(entries, 'gone', gap('a', 'b'))).toEqual([]);
  });

  test('whatever the lane is, it stands where it was put, the others as they stood, and no rank is changed for nothing', () => {
    const rank = fc.option(fc.integer({ min: -3, max: 9 }));
    fc.assert(
      fc.property(
        fc.array(rank, { minLength: 1, maxLength: 9 }),
        fc.nat(),
        fc.nat(),
        fc.boolean(),
        (all, at, to, isNew) => {
          const entries = all.map((one, index) => entry(`b${String(index)}`, one));
          const whole = laneOf(entries);
          const moved = isNew ? entry('new', 4, 'other') : (whole.entries[at % all.length] as ProgrammeEntry);
          const others = idsOf(whole).filter((id) => id !== moved.id);
          const place = to % (others.length + 1);
          const places = placesAfterMove(whole, moved, others[place] ?? null);
          const stands = idsOf(after(whole, moved, places));
          expect(stands).toEqual(others.toSpliced(place, 0, moved.id));
          for (const { id, rank: next, group } of places) {
            expect(group).toBe('g');
            const before = [...entries, moved].find((one) => one.id === id);
            expect(before?.rank === next && before.group === group).toBe(false);
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
