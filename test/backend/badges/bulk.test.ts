import { expect, test } from 'vitest';
import type { BulkChange } from '../../../shared/domain/bulk-change';
import { inEnglish } from '../../../shared/words/english';
import { goodBody } from '../../db/workspace/open-workspace';
import { testBackend, type TestBackend } from '../open-backend';

const create = async (backend: TestBackend, changes: Record<string, unknown> = {}): Promise<string> =>
  (await backend.call('badges.create', { body: JSON.stringify(goodBody(changes)) })).id;

const rename = (find: string, replacement: string): BulkChange => ({
  ...{ kind: 'replace', find, replacement, matchCase: true, fields: ['name'] },
});

const bodies = async (backend: TestBackend, ids: readonly string[]): Promise<string[]> =>
  Promise.all(ids.map(async (id) => (await backend.call('badges.get', { id })).body));

async function apply(backend: TestBackend, ids: string[], change: BulkChange, withBreaks = false): Promise<number> {
  const { seen } = await backend.job('bulk.preview', { ids, change, withBreaks });
  return (await backend.job('bulk.apply', { ids, change, withBreaks, seen })).key;
}

test('a look says of every badge what would become of it, with code, and writes nothing', async () => {
  const backend = await testBackend();
  const ids = [
    await create(backend, { name: 'Spring one' }),
    await create(backend, { name: 'Spring two' }),
    await create(backend, { name: 'Autumn' }),
    (await backend.call('badges.create', { body: '{ no' })).id,
  ];
  await create(backend, { name: 'Fall two' });
  const before = await bodies(backend, ids);
  const { rows, counts, changing } = await backend.job('bulk.preview', { ids, change: rename('Spring', 'Fall') });
  expect(rows.map(({ verdict }) => verdict)).toEqual(['changes', 'breaks', 'same', 'kept']);
  expect(counts).toEqual({ changes: 1, breaks: 1, same: 1, kept: 1 });
  expect(changing).toBe(1);
  expect(rows[0]?.cells).toEqual([
    { path: 'name', before: { kind: 'text', text: 'Spring one' }, after: { kind: 'text', text: 'Fall one' } },
  ]);
  expect(rows[1]?.breaks.map(({ code, path, org }) => [code, path, org])).toEqual([[725, 'name', null]]);
  expect(rows[3]?.reason && inEnglish(rows[3].reason)).toBe('Its text is no JSON object. Mend it first.');
  expect(await bodies(backend, ids)).toEqual(before);
});

test('what would break a rule is left as it is unless it is wanted; an old mistake holds nothing back', async () => {
  const backend = await testBackend();
  const good = await create(backend, { name: 'Good' });
  const short = await create(backend, { name: 'Short', expiresOn: '2026-07-05T00:00:00Z' });
  const broken = await create(backend, { name: 'Broken', ownership: { restrictedToOwners: [] } });
  const change: BulkChange = { kind: 'dates', which: 'end', days: -40 };
  const ids = [good, short, broken];
  const { rows } = await backend.job('bulk.preview', { ids, change });
  expect(rows.map(({ verdict, breaks }) => [verdict, breaks.map(({ code }) => code)])).toEqual([
    ['changes', []],
    ['breaks', [720]],
    ['changes', []],
  ]);
  const before = await bodies(backend, ids);
  await apply(backend, ids, change);
  const after = await bodies(backend, ids);
  expect(after.map((body, place) => body === before[place])).toEqual([false, true, false]);
  await apply(backend, [short], change, true);
  expect((await backend.call('badges.get', { id: short })).problems.map(({ code }) => code)).toContain(720);
});

test('all of it is one step of undo, made again as one', async () => {
  const backend = await testBackend();
  const ids = [await create(backend, { name: 'A 1' }), await create(backend, { name: 'A 2' })];
  const before = await bodies(backend, ids);
  const key = await apply(backend, ids, rename('A', 'B'));
  const after = await bodies(backend, ids);
  expect(after).not.toEqual(before);
  expect(await backend.call('bulk.undo', { key })).toEqual({ moved: ids, left: [] });
  expect(await bodies(backend, ids)).toEqual(before);
  expect(await backend.call('bulk.redo', { key })).toEqual({ moved: ids, left: [] });
  expect(await bodies(backend, ids)).toEqual(after);
  await expect(backend.call('bulk.undo', { key: 99 })).rejects.toMatchObject({ code: 'not-found' });
});

test('a badge that was edited or deleted since stays as it is and is named', async () => {
  const backend = await testBackend();
  const ids = [
    await create(backend, { name: 'A 1' }),
    await create(backend, { name: 'A 2' }),
    await create(backend, { name: 'A 3' }),
  ];
  const [edited = '', deleted = '', other = ''] = ids;
  const key = await apply(backend, ids, rename('A', 'B'));
  const { revision } = await backend.call('badges.get', { id: edited });
  const mine = JSON.stringify(goodBody({ name: 'Mine' }));
  await backend.call('badges.save', { id: edited, baseRevision: revision, body: mine, migration: false, label: 'x' });
  await backend.call('badges.delete', { ids: [deleted] });
  const { moved, left } = await backend.call('bulk.undo', { key });
  expect(moved).toEqual([other]);
  expect(left.map(({ name, reason }) => [name, inEnglish(reason)])).toEqual([
    ['A 1', 'it was changed since.'],
    ['A 2', 'it was changed since.'],
  ]);
  expect((await backend.call('badges.get', { id: edited })).body).toBe(mine);
});

test('a table that is out of date changes nothing at all', async () => {
  const backend = await testBackend();
  const ids = [await create(backend, { name: 'A 1' }), await create(backend, { name: 'A 2' })];
  const change = rename('A', 'B');
  const { seen } = await backend.job('bulk.preview', { ids, change });
  const { revision } = await backend.call('badges.get', { id: ids[1] ?? '' });
  const body = JSON.stringify(goodBody({ name: 'A 22' }));
  await backend.call('badges.save', { id: ids[1] ?? '', baseRevision: revision, body, migration: false, label: 'x' });
  const before = await bodies(backend, ids);
  await expect(backend.job('bulk.apply', { ids, change, seen })).rejects.toMatchObject({ code: 'conflict' });
  expect(await bodies(backend, ids)).toEqual(before);
});

test('a change of many badges tells how far it is, and nothing is written where somebody says stop', async () => {
  const backend = await testBackend();
  const ids: string[] = [];
  for (let made = 0; made < 520; made += 1) ids.push(await create(backend, { name: `Spring ${String(made)}` }));
  const order = { ids, change: rename('Spring', 'Fall') };
  const told: unknown[] = [];
  const { seen, changing } = await backend.job('bulk.preview', order, (report) => void told.push(report));
  expect([changing, told]).toEqual([
    520,
    [
      { done: 250, total: 520 },
      { done: 500, total: 520 },
    ],
  ]);
  const stop = new AbortController();
  const stopped = backend.job(
    'bulk.apply',
    { ...order, seen },
    ({ done }) => done === 500 && stop.abort(),
    stop.signal,
  );
  await expect(stopped).rejects.toMatchObject({ code: 'cancelled', words: { key: 'bulk.cancelled' } });
  expect(new Set((await bodies(backend, ids)).map((body) => body.includes('Spring')))).toEqual(new Set([true]));
  expect((await backend.call('bulk.later', { after: 0 })).steps).toEqual([]);
  expect(await backend.job('bulk.apply', { ...order, seen })).toMatchObject({ changed: 520 });
});
