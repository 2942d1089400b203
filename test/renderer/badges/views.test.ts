import '../../../renderer/styles/tokens.css';
import '../../../renderer/styles/base.css';
import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { badges } from '../../../renderer/features/badges/badges.svelte';
import { BadgeViews } from '../../../renderer/features/badges/views.svelte';
import type { Door } from '../../../renderer/lib/backend';
import FilterBar from '../../../renderer/features/badges/FilterBar.svelte';
import ViewNameDialog from '../../../renderer/features/badges/ViewNameDialog.svelte';
import { domPort } from '../../../renderer/lib/dom-port';
import { toasts } from '../../../renderer/shell/toasts.svelte';
import type { BadgeFilter } from '../../../shared/ipc/badges-contract';
import { PAGE_MESSAGES } from '../../../shared/ipc/channel-names';
import { contract, type Handlers, type ParsedInput } from '../../../shared/ipc/contract';
import { serve } from '../../../shared/ipc/serve';
import type { BadgeView } from '../../../shared/ipc/views-contract';

/** A backend that keeps views, finds no badge, and has no badge with the tag `gone`. */
function openBackend(asked: BadgeFilter[]): void {
  const { port1, port2 } = new MessageChannel();
  let views: BadgeView[] = [];
  const kept = ({ name, filter, sort, look, columns }: ParsedInput<'badgeViews.keep'>): BadgeView => ({
    ...{ name, filter, sort, look, columns, missing: { tags: filter.tag.filter((tag) => tag === 'gone'), owners: [] } },
  });
  const handlers = {
    'badges.list': ({ filter }: { filter: BadgeFilter }) => {
      asked.push(filter);
      return { total: 0, offset: 0, rows: [] };
    },
    'badges.facets': () => ({ total: 0, withProblems: 0, status: {}, earnType: {}, owner: {}, tag: [] }),
    'badgeViews.list': () => ({ views }),
    'badgeViews.keep': (order: ParsedInput<'badgeViews.keep'>) => {
      const old = views.findIndex(({ name }) => name === order.name);
      views = old < 0 ? views.toSpliced(order.place ?? views.length, 0, kept(order)) : views.with(old, kept(order));
      return { views };
    },
    'badgeViews.showAs': () => null,
    'badgeViews.rename': ({ from, to }: { from: string; to: string }) => {
      views = views.map((view) => (view.name === from ? { ...view, name: to } : view));
      return { views };
    },
    'badgeViews.remove': ({ name }: { name: string }) => {
      views = views.filter((view) => view.name !== name);
      return { views };
    },
  } as unknown as Handlers;
  serve(handlers, contract, domPort(port2), { warn: () => undefined, error: console.error });
  window.postMessage(PAGE_MESSAGES.port, window.location.origin, [port1]);
}

const menu = async (entry: string): Promise<void> => {
  await page.getByRole('button', { name: 'Views' }).click();
  await page
    .getByRole('menuitem', { name: entry })
    .or(page.getByRole('menuitemradio', { name: entry }))
    .click();
};

test('a view is kept from what is shown, chosen again with one click, changed, renamed, deleted and brought back', async () => {
  const asked: BadgeFilter[] = [];
  openBackend(asked);
  await badges.listing.restart();
  await badges.views.load();
  await render(FilterBar, { onleave: () => undefined });
  await render(ViewNameDialog);

  badges.listing.change({ search: 'coffee', tag: ['gone'] });
  await menu('Keep this view…');
  const dialog = page.getByRole('dialog', { name: 'Keep this view' });
  await dialog.getByRole('textbox', { name: 'Name of the view' }).fill('Coffee');
  await userEvent.keyboard('{Enter}');
  const chip = page.getByRole('button', { name: 'Coffee', exact: true });
  await expect.element(chip).toHaveAttribute('aria-pressed', 'true');
  await expect.element(page.getByText('“Coffee” asks for the tag “gone”, which no badge has any more.')).toBeVisible();

  // A click leaves it, another shows it again.
  await chip.click();
  await vi.waitFor(() => expect(badges.listing.filter.search).toBe(''));
  await expect.element(chip).toHaveAttribute('aria-pressed', 'false');
  await chip.click();
  await vi.waitFor(() => expect(asked.at(-1)).toMatchObject({ search: 'coffee', tag: ['gone'] }));

  await page.getByRole('button', { name: 'Take it out' }).click();
  await vi.waitFor(() => expect(asked.at(-1)).toMatchObject({ search: 'coffee', tag: [] }));
  await expect.element(page.getByText(/which no badge has/)).not.toBeInTheDocument();

  badges.listing.change({ status: ['LIVE'] });
  await expect.element(page.getByRole('button', { name: 'Coffee, changed since it was chosen' })).toBeVisible();
  await menu('Keep “Coffee” as it is shown now');
  await expect.element(chip).toHaveAttribute('aria-pressed', 'true');
  expect(badges.views.chosen?.filter.status).toEqual(['LIVE']);

  await menu('Rename “Coffee”…');
  await page.getByRole('textbox', { name: 'Name of the view' }).fill('Live coffee');
  await page.getByRole('button', { name: 'Rename' }).click();
  await expect.element(page.getByRole('button', { name: 'Live coffee', exact: true })).toBeVisible();

  await menu('Delete “Live coffee”');
  await expect.element(page.getByRole('group', { name: 'Views' })).not.toBeInTheDocument();
  toasts.items.at(-1)?.action?.run();
  await expect.element(page.getByRole('button', { name: 'Live coffee', exact: true })).toBeVisible();

  // A name that is taken is said before anything is replaced.
  badges.views.naming = null;
  await page.getByRole('textbox', { name: 'Name of the view' }).fill('Live coffee');
  await expect.element(page.getByText('There is a view called “Live coffee” already.')).toBeVisible();
  await page.getByRole('button', { name: 'Replace the one of this name' }).click();
  await expect.poll(() => badges.views.all.map(({ name }) => name)).toEqual(['Live coffee']);
});

test('a look that is chosen before the kept one is known stays, and keeps the columns', async () => {
  let answer: (told: { views: []; shownAs: { look: 'table'; columns: ['status'] } }) => void = () => undefined;
  const sent: unknown[] = [];
  const door = ((name: string, input: unknown) => {
    if (name === 'badgeViews.list') return new Promise((resolve) => (answer = resolve));
    sent.push(input);
    return Promise.resolve(null);
  }) as unknown as Door;
  const views = new BadgeViews(door, badges.listing);
  const started = views.start();
  views.showAs({ look: 'grid' });
  expect(views.look).toBe('grid');
  answer({ views: [], shownAs: { look: 'table', columns: ['status'] } });
  await started;
  expect([views.look, views.columns]).toEqual(['grid', ['status']]);
  expect(sent).toEqual([{ look: 'grid', columns: ['status'] }]);
});
