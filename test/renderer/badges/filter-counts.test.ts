import '../../../renderer/styles/tokens.css';
import '../../../renderer/styles/base.css';
import { expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { badges } from '../../../renderer/features/badges/badges.svelte';
import FilterBar from '../../../renderer/features/badges/FilterBar.svelte';
import { domPort } from '../../../renderer/lib/dom-port';
import type { BadgeFacets, BadgeFilter } from '../../../shared/ipc/badges-contract';
import { PAGE_MESSAGES } from '../../../shared/ipc/channel-names';
import { contract, type Handlers } from '../../../shared/ipc/contract';
import { serve } from '../../../shared/ipc/serve';

const NONE: BadgeFacets = {
  total: 0,
  withProblems: 0,
  status: { LIVE: 0, UPCOMING: 0, EXPIRED: 0 },
  earnType: { EARN: 0, ISSUE_EARN: 0 },
  owner: {},
  tag: [],
};

/** A backend that counts as many live badges as the search has characters. */
function openBackend(asked: BadgeFilter[]): void {
  const { port1, port2 } = new MessageChannel();
  const handlers = {
    'badges.list': () => ({ total: 0, offset: 0, rows: [] }),
    'badges.facets': ({ filter }: { filter: BadgeFilter }) => {
      asked.push(filter);
      return { ...NONE, status: { LIVE: 40 - (filter.search ?? '').length, UPCOMING: 0, EXPIRED: 0 } };
    },
  } as unknown as Handlers;
  serve(handlers, contract, domPort(port2), { warn: () => undefined, error: console.error });
  window.postMessage(PAGE_MESSAGES.port, window.location.origin, [port1]);
}

test('the counts beside the filters are asked for under the filter, and again when it changes', async () => {
  const asked: BadgeFilter[] = [];
  openBackend(asked);
  await badges.listing.restart();
  await render(FilterBar, { onleave: () => undefined });
  await page.getByRole('button', { name: 'Status: all' }).click();
  await expect.element(page.getByText('40', { exact: true })).toBeVisible();
  // The choice is called what the rows of drafts and of pushed badges are called.
  await expect.element(page.getByText('Live or would be live')).toBeVisible();
  badges.listing.change({ search: 'coffee', earnType: ['EARN'] });
  await vi.waitFor(() => expect(asked.at(-1)).toMatchObject({ search: 'coffee', earnType: ['EARN'] }));
  await expect.element(page.getByText('34', { exact: true })).toBeVisible();
});
