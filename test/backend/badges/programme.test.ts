import { expect, test } from 'vitest';
import type { BulkChange } from '../../../shared/domain/bulk-change';
import { placesInGap } from '../../../shared/domain/programme-moves';
import { goodBody } from '../../db/workspace/open-workspace';
import { testBackend, type TestBackend } from '../open-backend';

const make = async (backend: TestBackend, bodies: readonly (Record<string, unknown> | string)[]): Promise<void> => {
  for (const body of bodies) {
    const text = typeof body === 'string' ? body : JSON.stringify(goodBody(body));
    await backend.call('badges.create', { body: text });
  }
};

test('badges come group by group and by rank, as the gateway sorts them, whatever else their text says', async () => {
  const backend = await testBackend();
  await make(backend, [
    { name: 'late', badgeGroupId: 'spring', badgeRank: 10 },
    { name: 'early', badgeGroupId: 'spring', badgeRank: '2' },
    { name: 'alone' },
    { name: 'unranked', badgeGroupId: 'spring' },
    { name: 'numbered', badgeGroupId: 12, badgeRank: 1 },
    // What is no id and no rank counts as none.
    { name: 'odd', badgeGroupId: { a: 1 }, badgeRank: 'first' },
    '{ no',
  ]);
  const sort = { by: 'programme', descending: false } as const;
  const { rows, total } = await backend.call('badges.list', { sort });
  expect(rows.slice(0, 4).map(({ name }) => name)).toEqual(['numbered', 'early', 'late', 'unranked']);
  expect(total).toBe(7);
  const { entries, groups } = await backend.call('badges.programme', {});
  expect(entries.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
  expect(entries.map(({ id }) => id)).toEqual((await backend.call('badges.ids', { sort })).ids);
  expect(groups).toEqual([]);
  expect(entries.map(({ group, rank }) => [group, rank])).toEqual([
    ...[['12', 1] as const, ['spring', 2] as const, ['spring', 10] as const, ['spring', null] as const],
    ...[[null, null] as const, [null, null] as const, [null, null] as const],
  ]);
  expect(entries[0]?.startOn).toBe(rows[0]?.startOn);
  const found = await backend.call('badges.programme', { filter: { search: 'late' } });
  expect(found.entries.map(({ rank }) => rank)).toEqual([10]);
  const saved = await backend.call('badges.get', { id: entries[1]?.id ?? '' });
  await backend.call('badges.save', {
    ...{ id: saved.id, baseRevision: saved.revision, migration: false, label: 'Rank' },
    body: JSON.stringify(goodBody({ name: 'early', badgeGroupId: 'spring', badgeRank: 11 })),
  });
  const after = (await backend.call('badges.programme', {})).entries.map(({ rank }) => rank);
  expect(after.slice(0, 4)).toEqual([1, 10, 11, null]);
});

test('groups are named here, in the order in which they were; a blank name is taken away', async () => {
  const backend = await testBackend();
  await make(backend, [{ badgeGroupId: 'b' }, { badgeGroupId: 'a' }, { badgeGroupId: 'c' }]);
  const lanes = async (): Promise<unknown> => {
    const { groups, entries } = await backend.call('badges.programme', {});
    return [groups.map(({ id, name }) => `${id} ${String(name)}`), entries.map(({ group }) => group)];
  };
  expect(await lanes()).toEqual([[], ['a', 'b', 'c']]);
  await backend.call('badges.nameGroup', { id: 'c', name: ' Summer ' });
  await backend.call('badges.nameGroup', { id: 'b', name: 'Spring' });
  expect(await lanes()).toEqual([
    ['c Summer', 'b Spring'],
    ['c', 'b', 'a'],
  ]);
  await backend.call('badges.nameGroup', { id: 'c', name: 'Hot summer' });
  await backend.restart();
  expect(await lanes()).toEqual([
    ['c Hot summer', 'b Spring'],
    ['c', 'b', 'a'],
  ]);
  await expect(backend.call('badges.nameGroup', { id: 'a', name: 'Spring ' })).rejects.toThrow(/733/);
  await backend.call('badges.nameGroup', { id: 'c', name: ' ' });
  expect(await lanes()).toEqual([['b Spring'], ['b', 'a', 'c']]);
});

test('groups are made here, each name and id once, and put in order, those that nobody named too', async () => {
  const backend = await testBackend();
  await make(backend, [{ badgeGroupId: 'x' }, { badgeGroupId: 'y' }]);
  const order = async (): Promise<string[]> =>
    (await backend.call('badges.programme', {})).groups.map(({ id, name }) => name ?? id);
  const made = await backend.call('badges.createGroup', { name: ' Summer ' });
  expect(made).toEqual({ id: expect.stringMatching(/^[0-9a-f]{24}$/), name: 'Summer' });
  expect(await backend.call('badges.createGroup', { name: 'Winter', id: ' 65f1 ' })).toEqual({
    id: '65f1',
    name: 'Winter',
  });
  for (const [input, words] of [
    [{ name: ' ' }, /name/],
    [{ name: 'Summer' }, /733/],
    [{ name: 'Autumn', id: '65f1' }, /65f1/],
  ] as const)
    await expect(backend.call('badges.createGroup', input)).rejects.toThrow(words);
  expect(await order()).toEqual(['Summer', 'Winter']);
  await backend.call('badges.moveGroup', { id: 'y', next: made.id, side: 'before' });
  expect(await order()).toEqual(['y', 'Summer', 'Winter', 'x']);
  await backend.call('badges.moveGroup', { id: 'y', next: '65f1', side: 'after' });
  await backend.call('badges.moveGroup', { id: 'nobody', next: 'x', side: 'after' });
  await backend.restart();
  expect(await order()).toEqual(['Summer', 'Winter', 'y', 'x']);
});

test('badges take their places as one step, each its own, and one undo gives all of them back', async () => {
  const backend = await testBackend();
  await make(backend, [
    { name: 'A', badgeGroupId: 'spring', badgeRank: 1 },
    { name: 'B', badgeGroupId: 'spring', badgeRank: '2' },
    { name: 'C', badgeGroupId: 12, badgeRank: 3 },
    { name: 'D' },
  ]);
  const places = async (): Promise<unknown[]> => {
    const { entries } = await backend.call('badges.programme', {});
    const names = await Promise.all(entries.map(({ id }) => backend.call('badges.get', { id })));
    return entries.map(({ group, rank }, index) => [names[index]?.summary.name, group, rank]);
  };
  const before = await places();
  const { entries } = await backend.call('badges.programme', {});
  const lane = entries.filter(({ group }) => group === 'spring');
  const [a, b] = lane.map(({ id }) => id);
  const moved = placesInGap(entries, b ?? '', { group: 'spring', after: null, before: a ?? null });
  expect(moved.map(({ rank }) => rank)).toEqual([1, 2]);
  const change: BulkChange = { kind: 'places', places: [...moved] };
  const ids = entries.map(({ id }) => id);
  const { seen, rows } = await backend.job('bulk.preview', { ids, change });
  expect(rows.map(({ verdict }) => verdict).toSorted()).toEqual(['changes', 'changes', 'same', 'same']);
  const { key, changed } = await backend.job('bulk.apply', { ids, change, seen });
  expect(changed).toBe(2);
  expect((await places()).slice(1, 3)).toEqual([
    ['B', 'spring', 1],
    ['A', 'spring', 2],
  ]);
  await backend.call('bulk.undo', { key });
  expect(await places()).toEqual(before);
});

test('the groups that a badge can be put into: those that are kept in their order, then those that only badges name', async () => {
  const backend = await testBackend();
  await make(backend, [{ badgeGroupId: 'b' }, { badgeGroupId: 'a' }, { badgeGroupId: 'b' }, {}]);
  await backend.call('badges.createGroup', { name: 'Empty', id: 'z' });
  await backend.call('badges.nameGroup', { id: 'b', name: 'Both' });
  expect((await backend.call('badges.groups', {})).groups).toEqual([
    { id: 'z', name: 'Empty', badges: 0 },
    { id: 'b', name: 'Both', badges: 2 },
    { id: 'a', name: null, badges: 1 },
  ]);
});

test('making, naming and ordering groups are steps that are taken back and made again, whatever others did since', async () => {
  const backend = await testBackend();
  await make(backend, [{ badgeGroupId: 'x' }, { badgeGroupId: 'y' }]);
  const order = async (): Promise<string[]> =>
    (await backend.call('badges.programme', {})).groups.map(({ id, name }) => name ?? id);
  await backend.call('badges.createGroup', { name: 'Summer', id: 's' });
  await backend.call('badges.createGroup', { name: 'Winter', id: 'w' });
  await backend.call('badges.nameGroup', { id: 's', name: 'Sommer' });
  // The name that it has already is no step.
  await backend.call('badges.nameGroup', { id: 's', name: 'Sommer' });
  await backend.call('badges.moveGroup', { id: 'w', next: 's', side: 'before' });
  const { steps } = await backend.call('bulk.later', { after: 0 });
  expect(steps.map(({ kind }) => kind)).toEqual(['groups', 'groups', 'groups', 'groups']);
  const states: string[][] = [await order()];
  for (const { key } of steps.toReversed()) {
    expect((await backend.call('bulk.undo', { key })).left).toEqual([]);
    states.unshift(await order());
  }
  expect(states).toEqual([[], ['Summer'], ['Summer', 'Winter'], ['Sommer', 'Winter'], ['Winter', 'Sommer', 'x', 'y']]);
  for (const [index, { key }] of steps.entries()) {
    await backend.call('bulk.redo', { key });
    expect(await order()).toEqual(states[index + 1]);
  }
  // A group that came since stays, and so does a name that somebody gave since.
  await backend.call('badges.createGroup', { name: 'Autumn', id: 'a' });
  await backend.call('badges.nameGroup', { id: 's', name: 'Été' });
  const { left } = await backend.call('bulk.undo', { key: steps[2]?.key ?? 0 });
  expect(left).toMatchObject([{ id: 's' }]);
  expect(new Set(await order())).toEqual(new Set(['Winter', 'Été', 'x', 'y', 'Autumn']));
});
