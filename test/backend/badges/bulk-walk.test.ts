import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BulkChange } from '../../../shared/domain/bulk-change';
import { goodBody } from '../../db/workspace/open-workspace';
import { testBackend, type TestBackend } from '../open-backend';
import { lookAndImport } from '../transfer/transfer-work';

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
      const { seen, changing } = await backend.job('bulk.preview', order);
      if (changing === 0) continue;
      const before = await bodies();
      done.push({ key: (await backend.job('bulk.apply', { ...order, seen })).key, before });
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

/** What is in the list: every badge with its text. */
async function listed(backend: TestBackend): Promise<Record<string, string>> {
  const { ids } = await backend.call('badges.ids', {});
  const details = await Promise.all(ids.map((id) => backend.call('badges.get', { id })));
  return Object.fromEntries(details.map(({ id, body }) => [id, body] as const).toSorted());
}

const MOST_LISTED = 12;

test('a walk of 500 imports, copies, changes and deletions, undone and made again at random, ends where it began', async () => {
  const backend = await testBackend();
  for (const name of ['A', 'B', 'C'])
    await backend.call('badges.create', { body: JSON.stringify(goodBody({ name }), null, 2) });
  const walk = fc.array(
    fc.record({
      turn: fc.nat(7),
      which: fc.nat(CHANGES.length - 1),
      pick: fc.array(fc.nat(MOST_LISTED), { minLength: 1, maxLength: 3 }),
    }),
    { minLength: 500, maxLength: 500 },
  );
  const [steps = []] = fc.sample(walk, { numRuns: 1, seed: 1402 });
  type State = Record<string, string>;
  const done: { key: number; before: State }[] = [];
  const undone: { key: number; after: State }[] = [];
  const undo = async (): Promise<void> => {
    const last = done.pop();
    if (last === undefined) return;
    undone.push({ key: last.key, after: await listed(backend) });
    expect((await backend.call('bulk.undo', { key: last.key })).left).toEqual([]);
    expect(await listed(backend)).toEqual(last.before);
  };
  const began = await listed(backend);
  const made: Record<string, number> = {};
  let imported = 0;
  for (const { turn, which, pick } of steps) {
    const before = await listed(backend);
    const all = Object.keys(before);
    const ids = [...new Set(pick.flatMap((place) => all[place] ?? []))];
    const note = (what: string, step: { key: number } | null): void => {
      if (step === null) return;
      done.push({ key: step.key, before });
      undone.length = 0;
      made[what] = (made[what] ?? 0) + 1;
    };
    if (turn <= 1) await undo();
    else if (turn <= 3) {
      const next = undone.pop();
      if (next === undefined) continue;
      done.push({ key: next.key, before });
      expect((await backend.call('bulk.redo', { key: next.key })).left).toEqual([]);
      expect(await listed(backend)).toEqual(next.after);
    } else if (turn === 4 && ids.length > 0) {
      const change = CHANGES[which] ?? CHANGES[0];
      if (change === undefined) continue;
      const order = { change, withBreaks: true, ids };
      const { seen, changing } = await backend.job('bulk.preview', order);
      if (changing > 0) note('change', await backend.job('bulk.apply', { ...order, seen }));
    } else if (turn === 5 && ids.length > 0) {
      const { deleted } = await backend.call('badges.delete', { ids });
      note('deletion', await backend.call('bulk.deleted', { ids: [...deleted] }));
    } else if (turn === 6 && ids.length > 0 && all.length < MOST_LISTED) {
      const { created } = await backend.call('badges.duplicate', { ids });
      note('copy', await backend.call('bulk.made', { ids: [...created] }));
    } else if (turn === 7 && all.length < MOST_LISTED) {
      imported += 1;
      // One that is new, and one that is here and says something else.
      const entries = [goodBody({ name: `New ${imported}` }), goodBody({ name: 'A', badgeRank: imported })];
      const { outcome } = await lookAndImport(backend, [{ text: JSON.stringify(entries) }], 'change');
      note('import', outcome.step);
    }
  }
  expect(Object.keys(made).toSorted()).toEqual(['change', 'copy', 'deletion', 'import']);
  expect(Math.min(...Object.values(made))).toBeGreaterThan(10);
  // What other screens are told of is what is done, in the order in which it was.
  const later = await backend.call('bulk.later', { after: 0 });
  expect(later.steps.map(({ key }) => key)).toEqual(done.map(({ key }) => key));
  while (done.length > 0) await undo();
  expect(await listed(backend)).toEqual(began);
  expect((await backend.call('bulk.later', { after: 0 })).steps).toEqual([]);
});

test('a deletion is a step: undone though other work came since, made again, and told where it cannot be', async () => {
  const backend = await testBackend();
  const ids: string[] = [];
  for (const name of ['A', 'B'])
    ids.push((await backend.call('badges.create', { body: JSON.stringify(goodBody({ name })) })).id);
  await backend.call('badges.delete', { ids });
  const { key, changed } = await backend.call('bulk.deleted', { ids: [...ids, 'nobody'] });
  expect(changed).toBe(2);
  await backend.call('badges.create', { body: JSON.stringify(goodBody({ name: 'C' })) });
  // One was brought back by hand from the trash: it is where undo wants it.
  await backend.call('badges.undelete', { ids: [ids[0] ?? ''] });
  expect(await backend.call('bulk.undo', { key })).toEqual({ moved: ids, left: [] });
  const { id, body, migration, revision } = await backend.call('badges.get', { id: ids[1] ?? '' });
  await backend.call('badges.save', { id, baseRevision: revision, body: `${body} `, migration, label: 'Edited' });
  const { moved, left } = await backend.call('bulk.redo', { key });
  expect([moved, left.map((one) => one.id)]).toEqual([[ids[0]], [id]]);
  await backend.call('badges.forget', {});
  expect((await backend.call('bulk.undo', { key })).left.map((one) => one.id)).toEqual(ids);
});
