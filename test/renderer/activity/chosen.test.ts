/** Requests of Activity that are chosen with mouse and keyboard, and exported or copied. */
import '../../../renderer/styles/tokens.css';
import '../../../renderer/styles/base.css';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { createRawSnippet } from 'svelte';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import { Activity } from '../../../renderer/features/activity/activity.svelte';
import RequestsTable from '../../../renderer/features/activity/RequestsTable.svelte';
import { instantOf } from '../../../shared/domain/instant';
import type { LedgerEntry } from '../../../shared/ipc/sync-contract';
import { speak } from '../gallery/speak';
import { scripted } from '../sync/scripted-backend';

const TOTAL = 2_600;
const SENT = instantOf('2026-11-03T09:00:00Z');
/** Newest first: the row at a place has the number behind all below it. */
const entry = (place: number): LedgerEntry => ({
  ...{ id: TOTAL - place, connectionId: 1, taskId: 1, connectionName: 'Acme UAT', purpose: 'earn', method: 'POST' },
  ...{ url: 'https://uat.example.com/api_gateway/v1/badges/customer/earnBulk', sentOn: SENT - place * 1_000_000 },
  ...{ answeredOn: SENT, outcome: 'answered', status: 200, codes: [], sentence: 'Awarded.' },
});
const rows = (offset: number, limit: number): LedgerEntry[] =>
  Array.from({ length: Math.max(0, Math.min(limit, TOTAL - offset)) }, (_, index) => entry(offset + index));

async function shown(width = 1440) {
  await page.viewport(width, 640);
  const backend = scripted({
    'activity.list': ({ offset, limit }) => ({ total: TOTAL, rows: rows(offset, limit), next: null }),
    'activity.get': ({ id }) => ({
      ...{ entry: entry(TOTAL - id), advice: [], requestHeaders: [], requestBody: null },
      ...{ responseHeaders: [], responseBody: null },
    }),
    'activity.curl': () => ({ text: 'curl' }),
    'activity.share': () => ({ rows: 3, name: 'x.har' }),
  });
  const activity = new Activity(backend.door);
  activity.group(false);
  await vi.waitFor(() => expect(activity.rows.total).toBe(TOTAL));
  const empty = createRawSnippet(() => ({ render: () => '<p>None</p>' }));
  // As on the screen, where the table scrolls in what is left of the window.
  const target = document.createElement('div');
  target.style.cssText = 'display: flex; flex-direction: column; height: 600px';
  document.body.append(target);
  onTestFinished(() => target.remove());
  await render(RequestsTable, { target, props: { activity, onleave: () => undefined, empty } });
  return { activity, ...backend };
}

const row = (place: number) => page.getByRole('row').nth(place + 1);
const places = ({ selection }: Activity): number[] =>
  [...selection.ids].map((id) => TOTAL - id).sort((one, other) => one - other);
const bar = () => page.getByRole('group', { name: 'Chosen requests' });

beforeEach(() => {
  const pickSaveTarget = () => Promise.resolve({ token: 'target', name: 'x.har' });
  vi.stubGlobal('laurel', { pickSaveTarget, setLanguage: () => undefined });
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await page.viewport(414, 896);
  delete document.documentElement.dataset['theme'];
  await speak('en');
});

test('with the mouse: what is opened and what Ctrl adds, and a stretch by Shift; a plain click chooses none', async () => {
  const { activity, asked } = await shown();
  await row(1).click();
  await vi.waitFor(() => expect(activity.openedId).toBe(TOTAL - 1));
  await row(4).click({ modifiers: ['ControlOrMeta'] });
  expect([places(activity), activity.openedId]).toEqual([[1, 4], null]);
  await row(7).click({ modifiers: ['Shift'] });
  await vi.waitFor(() => expect(places(activity)).toEqual([4, 5, 6, 7]));
  await expect.element(bar()).toMatchTextContent(/4 requests chosen/);
  await page.getByRole('button', { name: 'Export chosen' }).click();
  await page.getByRole('menuitem', { name: 'As Postman collection…' }).click();
  await vi.waitFor(() =>
    expect(asked.at(-1)).toEqual({
      method: 'activity.share',
      input: { ids: [4, 5, 6, 7].map((place) => TOTAL - place), form: 'postman', target: 'target' },
    }),
  );
  await page.getByRole('button', { name: 'Choose none' }).click();
  await expect.element(bar()).not.toBeInTheDocument();
  await row(2).click({ modifiers: ['ControlOrMeta'] });
  await row(3).click();
  expect([places(activity), activity.openedId]).toEqual([[], TOTAL - 3]);
});

test('with the keyboard: Shift and arrows, the space bar, all, none; of very many as many as can be exported', async () => {
  const { activity } = await shown();
  await row(2).click();
  await vi.waitFor(() => expect(activity.openedId).not.toBeNull());
  page.getByRole('grid').element().focus();
  await userEvent.keyboard('{Shift>}{ArrowDown}{ArrowDown}{/Shift}');
  await vi.waitFor(() => expect(places(activity)).toEqual([2, 3, 4]));
  await userEvent.keyboard('{Control>}{ArrowDown}{ArrowDown}{/Control} ');
  await vi.waitFor(() => expect(places(activity)).toEqual([2, 3, 4, 6]));
  await userEvent.keyboard('{Escape}');
  expect(places(activity)).toEqual([]);
  await userEvent.keyboard('{Home}{Shift>}{End}{/Shift}');
  await vi.waitFor(() => expect(activity.selection.size).toBe(1_000));
  expect([places(activity).at(0), places(activity).at(-1)]).toEqual([0, 999]);
  await expect.element(bar()).toMatchTextContent(/More than 1,000 cannot be chosen at a time/);
  await userEvent.keyboard('{Home}');
  expect(activity.selection.size).toBe(0);
  await userEvent.keyboard('{Control>}a{/Control}');
  await vi.waitFor(() => expect(activity.selection.size).toBe(1_000));
  activity.searchFor('earn');
  expect([activity.selection.size, activity.chosenAtMost]).toEqual([0, false]);
});

test.each([
  ['en', 'light', 1440],
  ['de', 'dark', 960],
] as const)('look as they should in %s, %s, %d', async (language, theme, width) => {
  document.documentElement.dataset['theme'] = theme;
  await speak(language);
  const { activity } = await shown(width);
  await expect.element(row(3)).toBeVisible();
  activity.selection.toggle(TOTAL - 1);
  await activity.choose(TOTAL - 4, { extend: true, toggle: false });
  activity.chosenAtMost = true;
  await page.screenshot({ path: `../../../test-results/activity-chosen-${language}.png` });
});
