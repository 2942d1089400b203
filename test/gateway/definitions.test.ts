import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compareCustomFields,
  compareGroups,
  fieldMeaning,
  groupMeaning,
  partnersOf,
  settledBase,
  wantedRanks,
  type OrgGroup,
} from '../../shared/gateway/definitions';
import { compareFields } from '../../shared/gateway/compare';
import { NOT_SAID } from '../../shared/gateway/meaning-text';

const there = (id: string, name: string, rank = 1, isActive = true): OrgGroup => ({ id, name, rank, isActive });
const here = (id: string, name: string | null = id): { id: string; name: string | null } => ({ id, name });

describe('the group of an org that a group here is', () => {
  const paired = (...given: Parameters<typeof partnersOf>): [string, string][] =>
    [...partnersOf(...given)].map(([id, group]) => [id, group.id]);

  test('is the linked one, the one of its id, or the active one of its name', () => {
    const org = [there('r1', 'Spring'), there('b', 'Other'), there('r3', 'Autumn'), there('r4', 'Winter', 1, false)];
    const mine = [here('a', 'Linked'), here('b', 'Mine'), here('c', 'Autumn'), here('d', 'Winter'), here('e', null)];
    expect(paired(mine, org, { a: 'r1' })).toEqual([
      ['a', 'r1'],
      ['b', 'b'],
      ['c', 'r3'],
    ]);
  });

  test('is not one that another group here is', () => {
    expect(paired([here('a', 'X'), here('b', 'X')], [there('r', 'X')], {})).toEqual([['a', 'r']]);
    expect(paired([here('a', 'X'), here('r', 'Y')], [there('r', 'X')], {})).toEqual([['r', 'r']]);
    expect(paired([here('a'), here('b')], [there('r', 'X')], { a: 'r', b: 'r' })).toEqual([['a', 'r']]);
  });

  test('is an active one of its name rather than a disabled one of its id', () => {
    const org = [there('a', 'X', 1, false), there('r', 'X')];
    expect(paired([here('a', 'X')], org, {})).toEqual([['a', 'r']]);
    expect(paired([here('a', 'X')], [there('a', 'X', 1, false)], {})).toEqual([['a', 'a']]);
  });
});

describe('the ranks that an order asks for', () => {
  const ranks = (...groups: [rank: number | null, ordinal: number | null][]): number[] => [
    ...wantedRanks(groups.map(([rank, ordinal], index) => ({ id: String(index), rank, ordinal }))).values(),
  ];

  test('are those that they have where these fit', () => {
    expect(ranks([2, 0], [5, 1], [9, 2])).toEqual([2, 5, 9]);
    expect(ranks([1, 0], [1, 1])).toEqual([1, 1]);
    expect(ranks([1, 1], [1, 0])).toEqual([1, 2]);
    expect(ranks([null, null], [null, null])).toEqual([1, 2]);
    expect(ranks([3, 2], [1, 0], [2, 1])).toEqual([3, 4, 5]);
    expect(ranks([1, 0], [null, null], [2, 1])).toEqual([1, 2, 3]);
  });

  test('put the groups into that order, whatever they were, and ask for nothing where they are in it', () => {
    const known = fc.record({ rank: fc.option(fc.integer({ min: -5, max: 20 })), ordinal: fc.nat(50) });
    fc.assert(
      fc.property(fc.array(known, { maxLength: 12 }), (all) => {
        const groups = all.map(({ rank }, index) => ({
          id: String(index),
          rank,
          ordinal: rank === null ? null : index,
        }));
        const wanted = groups.map(({ id }) => wantedRanks(groups).get(id) ?? NaN);
        wanted.reduce((last, rank, index) => {
          const stays = groups[index]?.rank === rank;
          expect(stays ? rank >= last : rank > last).toBe(true);
          return rank;
        }, -Infinity);
        const settled = groups.map((group, index) => ({ ...group, rank: wanted[index] ?? null, ordinal: index }));
        expect([...wantedRanks(settled).values()]).toEqual(wanted);
      }),
    );
  });
});

describe('a comparison of groups', () => {
  const states = (...given: Parameters<typeof compareGroups>): string[] =>
    compareGroups(...given).map(({ id, name, state, differences }) =>
      [id, name, state, ...differences.map(({ field, change }) => `${field}:${change}`)].join(' '),
    );

  test('tells who moved since both agreed', () => {
    const base = groupMeaning(there('a', 'A', 1));
    const one = (name: string, live: OrgGroup): string[] =>
      states({ here: [here('a', name)], there: [live], bases: { a: base } }, {});
    expect(one('A', there('a', 'A', 1))).toEqual(['a A in-sync']);
    expect(one('B', there('a', 'A', 1))).toEqual(['a B draft-changed name:draft']);
    expect(one('A', there('a', 'C', 1))).toEqual(['a A live-changed name:live']);
    expect(one('B', there('a', 'C', 1))).toEqual(['a B conflict name:conflict']);
    expect(one('B', there('a', 'A', 1, false))).toEqual(['a B both-changed name:draft isActive:live']);
    expect(one('B', there('a', 'B', 1))).toEqual(['a B in-sync']);
    expect(one('A', there('a', 'A', 1, false))).toEqual(['a A live-changed isActive:live']);
  });

  test('without a common past asks about every field that differs', () => {
    const given = {
      here: [here('b', 'B'), here('a', 'A')],
      there: [there('a', 'A', 1), there('b', 'B', 2)],
      bases: {},
    };
    expect(states(given, {})).toEqual(['b B in-sync', 'a A conflict rank:conflict']);
  });

  test('an order that changed here is a change of ranks here, and one that changed there is one of there', () => {
    const bases = { a: groupMeaning(there('a', 'A', 1)), b: groupMeaning(there('b', 'B', 2)) };
    const org = [there('a', 'A', 1), there('b', 'B', 2)];
    expect(states({ here: [here('b', 'B'), here('a', 'A')], there: org, bases }, {})).toEqual([
      'b B in-sync',
      'a A draft-changed rank:draft',
    ]);
    const moved = [there('b', 'B', 2), there('a', 'A', 3)];
    expect(states({ here: [here('a', 'A'), here('b', 'B')], there: moved, bases }, {})).toEqual([
      'a A live-changed rank:live',
      'b B in-sync',
    ]);
  });

  test('other ranks that say the same order are no difference', () => {
    const bases = { a: groupMeaning(there('a', 'A', 1)), b: groupMeaning(there('b', 'B', 2)) };
    const mine = [here('a', 'A'), here('b', 'B')];
    const org = [there('a', 'A', 5), there('b', 'B', 9)];
    expect(states({ here: mine, there: org, bases }, {})).toEqual(['a A in-sync', 'b B in-sync']);
    const more = compareGroups({ here: [...mine, here('c', 'C')], there: org, bases }, {});
    expect(more.map((group) => group.here?.rank)).toEqual(['5', '9', '10']);
  });

  test('knows what is on one side alone, what nobody can name, and what was never told', () => {
    const mine = [here('a', 'A'), here('x', null), here('y', null)];
    const org = [there('q', 'Q', 9), there('p', 'P', 3), there('y', 'Y', 4), there('off', 'Off', 1, false)];
    expect(states({ here: mine, there: org, bases: {} }, {})).toEqual([
      'a A only-here',
      'y Y in-sync',
      'p P only-live',
      'q Q only-live',
    ]);
    expect(states({ here: mine, there: null, bases: {} }, {})).toEqual(['a A unknown']);
  });
});

describe('a comparison of custom fields', () => {
  const field = (name: string, changes = {}) => ({
    ...{ id: `id-${name}`, name, dataType: 'STRING', isMandatory: false, defaultValue: null, ...changes },
  });

  test('knows them by their names, and an empty default is none', () => {
    const compared = compareCustomFields({
      here: [field('Z'), field('Same', { defaultValue: '' }), field('Type', { dataType: 'DATE' })],
      there: [field('Type'), field('Same'), field('There')],
      bases: { Type: fieldMeaning(field('Type')) },
    });
    expect(
      compared.map(({ id, state, differences }) => [id, state, differences.map(({ field: name }) => name)]),
    ).toEqual([
      ['Same', 'in-sync', []],
      ['Type', 'draft-changed', ['dataType']],
      ['Z', 'only-here', []],
      ['There', 'only-live', []],
    ]);
    expect(compareCustomFields({ here: [field('Z')], there: null, bases: {} })[0]?.state).toBe('unknown');
  });
});

test('what was settled is agreed on, and without a past the rest stays open', () => {
  const fields = ['name', 'rank', 'isActive'] as const;
  const mine = groupMeaning(there('a', 'Mine', 1));
  const live = groupMeaning(there('a', 'Theirs', 2));
  const base = settledBase<(typeof fields)[number]>(null, live, ['name', 'rank'], ['name']);
  expect(base).toEqual({ ...live, rank: NOT_SAID });
  const again = compareFields(fields, base, mine, live);
  expect(again.differences.map(({ field, change }) => [field, change])).toEqual([
    ['name', 'draft'],
    ['rank', 'conflict'],
  ]);
  expect(settledBase<(typeof fields)[number]>(mine, live, ['name', 'rank'], ['rank'])).toEqual({
    ...mine,
    rank: live.rank,
  });
});
