import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BulkChange } from '../../../shared/domain/bulk-change';
import { goodBody } from '../../db/workspace/open-workspace';
import { testBackend } from '../open-backend';

const CHANGES: readonly BulkChange[] = [
  { kind: 'dates', which: 'all', days: 7 },
  { kind: 'dates', which: 'end', days: -3 },
  { kind: 'owner', action: 'add', owner: 'Journeys' },
  { kind: 'owner', action: 'remove', owner: 'Journeys' },
  { kind: 'tag', action: 'add', name: 'season', value: 'spring' },
  { kind: 'tag', action: 'remove', name: 'season', value: null },
  { kind: 'field', field: 'badgeRank', value: 3 },
  { kind: 'field', field: 'badgeRank', value: null },
];

test('a walk of 500 changes of many badges, undone and made again at random, ends where it began when all are undone', async () => {
  const backend = await testBackend();
  const ids: string[] = [];
  for (const name of ['A', 'B', 'C']) {
    const { id } = await backend.call('badges.create', { body: JSON.stringify(goodBody({ name })) });
    ids.push(id);
  }
  const bodies = async (): Promise<string[]> =>
    Promise.all(ids.map(async (id) => (await backend.call('badges.get', { id })).body));
  const walk = fc.array(
    fc.record({ turn: fc.nat(3), change: fc.nat(CHANGES.length - 1), some: fc.subarray([0, 1, 2], { minLength: 1 }) }),
    {
      ...{ minLength: 500, maxLength: 500 },
    },
  );
  const [steps = []] = fc.sample(walk, { numRuns: 1, seed: 14 });
  // What the badges said before each step that is done, and after each that was undone.
  const done: { key: number; before: string[] }[] = [];
  const undone: { key: number; after: string[] }[] = [];
  const undo = async (): Promise<void> => {
    const last = done.pop();
    if (last === undefined) return;
    undone.push({ key: last.key, after: await bodies() });
    expect((await backend.call('bulk.undo', { key: last.key })).left).toEqual([]);
    expect(await bodies()).toEqual(last.before);
  };
  const began = await bodies();
  let made = 0;
  for (const { turn, change: which, some } of steps) {
    const change = CHANGES[which];
    if (turn === 0) {
      await undo();
    } else if (turn === 1) {
      const next = undone.pop();
      if (next === undefined) continue;
      done.push({ key: next.key, before: await bodies() });
      expect((await backend.call('bulk.redo', { key: next.key })).left).toEqual([]);
      expect(await bodies()).toEqual(next.after);
    } else if (change !== undefined) {
      const order = { change, withBreaks: true, ids: some.map((place) => ids[place] ?? '') };
      const { seen, changing } = await backend.call('bulk.preview', order);
      if (changing === 0) continue;
      const before = await bodies();
      done.push({ key: (await backend.call('bulk.apply', { ...order, seen })).key, before });
      undone.length = 0;
      made += 1;
    }
  }
  expect(made).toBeGreaterThan(50);
  while (done.length > 0) await undo();
  expect(await bodies()).toEqual(began);
});

test('badges that were made together go to the trash as one step, and come back; one that was edited since stays', async () => {
  const backend = await testBackend();
  const ids: string[] = [];
  for (const name of ['A', 'B', 'C'])
    ids.push((await backend.call('badges.create', { body: JSON.stringify(goodBody({ name })) })).id);
  const listed = async (): Promise<string[]> => [...(await backend.call('badges.ids', {})).ids].toSorted();
  const { key, changed } = await backend.call('bulk.made', { ids: [...ids, 'nobody'] });
  expect(changed).toBe(3);
  expect((await backend.call('bulk.undo', { key })).left).toEqual([]);
  expect(await listed()).toEqual([]);
  expect((await backend.call('bulk.redo', { key })).moved).toEqual(ids);
  expect(await listed()).toEqual(ids.toSorted());

  const { id, body, migration, revision } = await backend.call('badges.get', { id: ids[1] ?? '' });
  await backend.call('badges.save', { id, baseRevision: revision, body: `${body} `, migration, label: 'Edited' });
  const { moved, left } = await backend.call('bulk.undo', { key });
  expect(moved).toEqual([ids[0], ids[2]]);
  expect(left).toMatchObject([{ id, name: 'B' }]);
  expect(await listed()).toEqual([id]);
});
