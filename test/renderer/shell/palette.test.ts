import { afterEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { badges } from '../../../renderer/features/badges/badges.svelte';
import { navigation } from '../../../renderer/shell/navigation.svelte';
import Palette from '../../../renderer/shell/Palette.svelte';
import { scenarioToOpen } from '../../../renderer/shell/scenario-to-open.svelte';
import type { Door } from '../../../renderer/lib/backend';
import { saidFailure } from '../../ipc/said-failure';

const asked: { name: string; search: string }[] = [];

const badge = (id: string, name: string, art: string | null): object => ({
  ...{ id, name, art, excerpt: null, description: `About ${name}` },
});

/** A library of two views, three badges, one kept scenario and one result. */
const door = ((name: string, input: { search?: string; filter?: { search: string }; digests?: string[] }) => {
  const search = (input.search ?? input.filter?.search ?? '').toLowerCase();
  if (name !== 'art.thumbnails') asked.push({ name, search });
  const fits = (text: string): boolean => text.toLowerCase().includes(search);
  switch (name) {
    case 'badgeViews.list':
      return Promise.resolve({ views: [{ name: 'Live in spring' }, { name: 'By start' }] });
    case 'badges.list': {
      const rows = [badge('b1', 'Spring crest', 'd1'), badge('b2', 'Spring start', null), badge('b3', 'Winter', null)];
      return Promise.resolve({ total: 3, offset: 0, rows: rows.filter((row) => fits((row as { name: string }).name)) });
    }
    case 'scenarios.find':
      return Promise.resolve(fits('Spring sale') ? [{ file: 'sims/spring.scenario.json', name: 'Spring sale' }] : []);
    case 'simulation.list':
      return Promise.resolve({ total: 1, rows: fits('Spring run') ? [{ id: 7, name: 'Spring run', ranOn: 0 }] : [] });
    case 'art.thumbnails':
      return Promise.resolve({ pictures: { d1: '<svg xmlns="http://www.w3.org/2000/svg"/>' } });
    default:
      return Promise.reject(saidFailure('internal', `Nobody asks ${name}.`));
  }
}) as Door;

afterEach(() => {
  asked.length = 0;
  navigation.go('badges');
  navigation.take('badges');
});

const names = (): string[] =>
  [...document.querySelectorAll('[role="option"]')].map((option) => option.textContent.replaceAll(/\s+/g, ' ').trim());

test('what people made is found by its name, badges with their pictures before kept results, and asked for once', async () => {
  await render(Palette, { open: true, door });
  const field = page.getByRole('combobox', { name: 'Find a command, a badge, a scenario or a result' });
  await userEvent.type(field, 'spring');
  await expect
    .poll(names)
    .toEqual([
      'Live in spring',
      'Spring crest About Spring crest',
      'Spring start About Spring start',
      'Spring sale sims/spring.scenario.json',
      expect.stringMatching(/^Spring run Jan 1, 1970, /),
    ]);
  // Where typing is slow, what it begins with was found before.
  await expect
    .poll(() => asked.filter(({ search }) => search === 'spring').map(({ name }) => name))
    .toEqual(['badges.list', 'scenarios.find', 'simulation.list']);
  expect(document.querySelectorAll('[role="option"] img')).toHaveLength(1);
  await expect.element(page.getByText('Kept results')).toBeVisible();
  await expect.element(page.getByText('Views of the badge list')).toBeVisible();
  await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}');
  await vi.waitFor(() => expect(navigation.take('badges')).toEqual({ badgeId: 'b2' }));
  expect(badges.editor).toBeNull();
});

test('a scenario that the workspace keeps is opened in Simulate from its name', async () => {
  await render(Palette, { open: true, door });
  await userEvent.type(page.getByRole('combobox', { name: 'Find a command, a badge, a scenario or a result' }), 'sale');
  await expect.poll(names).toEqual(['Spring sale sims/spring.scenario.json']);
  await expect.element(page.getByText('Scenarios of this workspace')).toBeVisible();
  await userEvent.keyboard('{Enter}');
  await vi.waitFor(() => expect(navigation.screen).toBe('simulate'));
  expect(scenarioToOpen.take()).toEqual({ kept: 'sims/spring.scenario.json' });
});

test('an emptied search finds nothing of them, and a backend that does not answer leaves the commands', async () => {
  await render(Palette, { open: true, door });
  const field = page.getByRole('combobox', { name: 'Find a command, a badge, a scenario or a result' });
  await userEvent.type(field, 'winter');
  await expect.poll(names).toEqual(['Winter About Winter']);
  await userEvent.clear(field);
  await expect.poll(names).toEqual([]);

  await render(Palette, { open: true, door: () => Promise.reject(saidFailure('internal', 'gone')) });
  await userEvent.type(page.getByRole('combobox').last(), 'nothing');
  await expect
    .element(page.getByText('No command, badge, scenario or kept result is called that.').last())
    .toBeVisible();
});
