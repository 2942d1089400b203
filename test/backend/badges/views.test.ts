import { expect, test } from 'vitest';
import type { z } from 'zod';
import { openWorkspace } from '../../../db/workspace/workspace';
import { badgeFilter, badgeSort } from '../../../shared/ipc/badges-contract';
import { FIRST_COLUMNS, MOST_VIEWS } from '../../../shared/ipc/views-contract';
import { goodBody } from '../../db/workspace/open-workspace';
import { testBackend } from '../open-backend';

const shown = (filter: Partial<z.output<typeof badgeFilter>> = {}, by: 'name' | 'startOn' = 'name') => ({
  filter: badgeFilter.parse(filter),
  sort: badgeSort.parse({ by, descending: false }),
  look: 'list' as const,
  columns: [...FIRST_COLUMNS],
});

test('views are kept in their order over a restart, renamed, replaced in their place and deleted', async () => {
  const backend = await testBackend();
  await backend.call('badgeViews.keep', { name: ' Spring ', ...shown({ search: 'spring', status: ['LIVE'] }) });
  await backend.call('badgeViews.keep', { name: 'All by start', ...shown({}, 'startOn') });
  await backend.restart();
  const { views } = await backend.call('badgeViews.list', {});
  expect(views).toEqual([
    { name: 'Spring', ...shown({ search: 'spring', status: ['LIVE'] }), missing: { tags: [], owners: [] } },
    { name: 'All by start', ...shown({}, 'startOn'), missing: { tags: [], owners: [] } },
  ]);

  await expect(backend.call('badgeViews.keep', { name: 'Spring', ...shown() })).rejects.toMatchObject({
    code: 'conflict',
  });
  await expect(backend.call('badgeViews.rename', { from: 'All by start', to: 'Spring' })).rejects.toMatchObject({
    code: 'conflict',
  });
  await expect(backend.call('badgeViews.rename', { from: 'Nobody', to: 'X' })).rejects.toMatchObject({
    code: 'not-found',
  });
  expect((await backend.call('badgeViews.list', {})).views).toEqual(views);

  await backend.call('badgeViews.keep', { name: 'Spring', ...shown({ search: 'may' }), replace: true });
  await backend.call('badgeViews.rename', { from: 'Spring', to: 'May' });
  const names = async (): Promise<string[]> =>
    (await backend.call('badgeViews.list', {})).views.map(({ name, filter }) => `${name}: ${filter.search}`);
  expect(await names()).toEqual(['May: may', 'All by start: ']);
  await backend.call('badgeViews.remove', { name: 'May' });
  await backend.call('badgeViews.remove', { name: 'May' });
  expect(await names()).toEqual(['All by start: ']);
  // Brought back to its place.
  await backend.call('badgeViews.keep', { name: 'May', ...shown({ search: 'may' }), place: 0 });
  expect(await names()).toEqual(['May: may', 'All by start: ']);
});

test('a view says which tags and owners no badge has any more, and finds them again when one has', async () => {
  const backend = await testBackend();
  const body = goodBody({
    tags: [{ name: 'season', value: 'spring' }],
    ownership: { restrictedToOwners: ['Loyalty'] },
  });
  const { id } = await backend.call('badges.create', { body: JSON.stringify(body) });
  const filter = { tag: ['season', 'season=spring', 'city=Oslo'], owner: ['Loyalty', 'Journeys'] as const };
  await backend.call('badgeViews.keep', { name: 'V', ...shown({ ...filter, owner: [...filter.owner] }) });
  const missing = async (): Promise<unknown> => (await backend.call('badgeViews.list', {})).views[0]?.missing;
  expect(await missing()).toEqual({ tags: ['city=Oslo'], owners: ['Journeys'] });
  await backend.call('badges.delete', { ids: [id] });
  expect(await missing()).toEqual({ tags: filter.tag, owners: filter.owner });
  await backend.call('badges.undelete', { ids: [id] });
  expect(await missing()).toEqual({ tags: ['city=Oslo'], owners: ['Journeys'] });
});

test('what another version kept is read as far as it is known, and no view is lost by it', async () => {
  const backend = await testBackend();
  await backend.close();
  const workspace = await openWorkspace(backend.workspacePath, 'command');
  workspace.settings.keep('badgeViews', [
    {
      name: 'New',
      filter: { search: 'a', status: ['LIVE', 'ASLEEP'], owner: ['Moon', 'Loyalty'] },
      sort: { by: 'mood' },
    },
    { name: 7 },
    'odd',
    { name: 'Bare', look: 'globe', columns: ['rank', 'mood'] },
  ]);
  workspace.settings.keep('badgeLook', { look: 'table', columns: ['mood', 'tag'] });
  workspace.close();
  await backend.open();
  const { views, shownAs } = await backend.call('badgeViews.list', {});
  expect(views.map(({ name }) => name)).toEqual(['New', 'Bare']);
  expect(views[0]).toMatchObject({ look: 'list', columns: FIRST_COLUMNS });
  expect(views[1]).toMatchObject({ look: 'list', columns: ['rank'] });
  expect(shownAs).toEqual({ look: 'table', columns: ['tag'] });
  expect(views[0]?.filter).toMatchObject({ search: 'a', status: ['LIVE'], owner: ['Loyalty'], tag: [] });
  expect(views[0]?.sort).toEqual({ by: 'changedOn', descending: true });
  expect(views[0]?.missing.owners).toEqual(['Moon', 'Loyalty']);
  // The list takes what is left.
  expect((await backend.call('badges.list', { filter: views[0]?.filter })).total).toBe(0);
});

test('more views than a workspace keeps are refused in words, and none is lost', async () => {
  const backend = await testBackend();
  for (let number = 0; number < MOST_VIEWS; number += 1)
    await backend.call('badgeViews.keep', { name: `View ${number}`, ...shown() });
  await expect(backend.call('badgeViews.keep', { name: 'One more', ...shown() })).rejects.toMatchObject({
    code: 'invalid-input',
  });
  await backend.call('badgeViews.keep', { name: 'View 3', ...shown({ search: 'x' }), replace: true });
  expect((await backend.call('badgeViews.list', {})).views).toHaveLength(MOST_VIEWS);
});

test('how the list is shown is kept, with the columns of its table, each once', async () => {
  const backend = await testBackend();
  expect((await backend.call('badgeViews.list', {})).shownAs).toEqual({ look: 'list', columns: [...FIRST_COLUMNS] });
  await backend.call('badgeViews.showAs', { look: 'table', columns: ['rank', 'tag', 'rank'] });
  await backend.restart();
  expect((await backend.call('badgeViews.list', {})).shownAs).toEqual({ look: 'table', columns: ['rank', 'tag'] });
});
