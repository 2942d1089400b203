import '../../../renderer/styles/tokens.css';
import '../../../renderer/styles/base.css';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { badges } from '../../../renderer/features/badges/badges.svelte';
import { locale } from '../../../renderer/lib/locale.svelte';
import { accessibilityFaults } from '../components/accessibility';
import { GROUPS, openProgramme, shown, SMALL, type ShownBadge } from './programme-backend';
import ProgrammeHost from './ProgrammeHost.svelte';

const named: { id: string; name: string }[] = [];
beforeAll(() =>
  openProgramme({
    'badges.nameGroup': (given) => {
      named.push(given);
      shown.groups = [...shown.groups, given];
      return null;
    },
  }),
);
beforeEach(() => {
  locale.choose('en-US');
  Object.assign(shown, { badges: SMALL, groups: GROUPS, refuses: false });
});
afterEach(() => {
  locale.choose(null);
  badges.active = -1;
  badges.selection.clear();
});

const grid = page.getByRole('grid', { name: 'Programme of badges' });
const rowTexts = (): string[] =>
  [...document.querySelectorAll('[data-place]')].map((row) => row.querySelector('.group, .name')?.textContent ?? '');
const show = async (width = 1100, height = 640): Promise<void> => {
  await badges.start();
  await badges.listing.showNewest();
  await render(ProgrammeHost, { width, height });
};

test('groups are lanes in their order, badges stand in them by rank, and what is odd is counted and gone to', async () => {
  await show();
  await expect
    .poll(rowTexts)
    .toEqual([
      ...['Summer', 'Golden week', 'A very long name of a badge that nobody can read at a glance'],
      ...['Spring', 'Spring blossom', 'Picnic', 'شارة الربيع', 'Nobody yet'],
      ...['Group 65f0000000000000000000d1', 'Never meant to end', 'No group', 'Alone', 'Without dates'],
    ]);
  const rowText = (name: string): string =>
    [...document.querySelectorAll('[data-place]')].find((row) => row.textContent?.includes(name))?.textContent ?? '';
  await expect.poll(() => rowText('Picnic')).toMatch(/Rank.*2.*as.*1.*other.badge.has.*here/s);
  await expect.poll(() => rowText('Picnic')).toMatch(/Claimed:.*Loyalty.*Journeys/s);
  await expect.poll(() => rowText('Picnic')).toMatch(/Live/);
  await expect.poll(() => rowText('Spring blossom')).toMatch(/Expired/);
  await expect.poll(() => rowText('Golden week')).toMatch(/Upcoming/);
  await expect.poll(() => rowText('Without dates')).toContain('Its dates cannot be read');
  await expect.poll(() => rowText('Nobody yet')).toContain('No badge');
  await expect.element(page.getByRole('button', { name: '1 rank tie' })).toBeVisible();
  await expect.element(page.getByRole('button', { name: '1 overlap' })).toBeVisible();
  await page.getByRole('button', { name: '1 gap of 14 days' }).click();
  await expect.poll(() => badges.active).toBe(3);
  await expect
    .element(page.getByRole('status').filter({ hasText: /Spring: No badge for 14 days/ }))
    .toBeInTheDocument();
  expect(await accessibilityFaults()).toBe('');
});

test('the keyboard goes from badge to badge over the heads of lanes; Space chooses', async () => {
  await show();
  await expect.poll(rowTexts).toContain('Picnic');
  grid.element().dispatchEvent(new FocusEvent('focus'));
  (grid.element() as HTMLElement).focus();
  await userEvent.keyboard('{Home}{ArrowDown}{ArrowDown}');
  expect(badges.active).toBe(2);
  const id = grid.element().getAttribute('aria-activedescendant') ?? '';
  expect(document.querySelector(`[id="${id}"] .name`)?.textContent).toBe('Spring blossom');
  await userEvent.keyboard(' ');
  expect([...badges.selection.ids]).toEqual(['b0']);
});

test('a filter leaves lanes in which something is found; none found says so', async () => {
  await show();
  await expect.poll(rowTexts).toContain('Nobody yet');
  badges.listing.change({ search: 'picnic' });
  await expect.poll(rowTexts).toEqual(['Spring', 'Picnic']);
  await expect.element(page.getByText('No rank ties, overlaps or gaps')).toBeVisible();
  badges.listing.change({ search: 'zzz' });
  await expect.element(page.getByText('Nothing matches')).toBeVisible();
});

test('nearer, only a part of the time is seen, and what lies outside of it is one click away', async () => {
  await show();
  await expect.poll(rowTexts).toContain('Picnic');
  const seen = (name: string): boolean => {
    const row = [...document.querySelectorAll('.badge')].find(
      (one) => one.querySelector('.name')?.textContent === name,
    );
    const [bar, box] = [row?.querySelector('.bar')?.getBoundingClientRect(), grid.element().getBoundingClientRect()];
    const side = row?.querySelector('.side')?.getBoundingClientRect().right ?? 0;
    return bar !== undefined && bar.right > side && bar.left < box.right;
  };
  expect(seen('Golden week')).toBe(true);
  await page.getByRole('radio', { name: 'Month' }).click();
  await expect.poll(() => seen('Alone')).toBe(true);
  await expect.poll(() => seen('Golden week')).toBe(false);
  await page
    .getByRole('button', { name: /^Begins/ })
    .first()
    .click();
  await expect.poll(() => seen('Golden week')).toBe(true);
  await page.getByRole('button', { name: 'Go to today' }).click();
  await expect.poll(() => seen('Alone')).toBe(true);
});

test('a group is named from its lane', async () => {
  named.length = 0;
  await show();
  await expect.poll(rowTexts).toContain('Picnic');
  await page.getByRole('button', { name: 'Name Group 65f0000000000000000000d1' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Always');
  expect(await accessibilityFaults()).toBe('');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect.poll(() => named).toEqual([{ id: '65f0000000000000000000d1', name: 'Always' }]);
  await expect.poll(rowTexts).toContain('Always');
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
});

test('ten thousand badges draw those that are seen, and the last is reached', async () => {
  const many = Array.from({ length: 10_000 }, (_, index): ShownBadge => {
    return { name: `Badge ${index}`, group: `g${index % 40}`, rank: index, days: [index % 300, (index % 300) + 30] };
  });
  Object.assign(shown, { badges: many, groups: [] });
  await show();
  await expect.poll(() => rowTexts().length).toBeGreaterThan(5);
  expect(rowTexts().length).toBeLessThan(60);
  (grid.element() as HTMLElement).focus();
  await userEvent.keyboard('{End}');
  await expect.poll(rowTexts).toContain('Badge 9969');
  expect(badges.active).toBe(9_999);
});

test('what cannot be read is told, and read again', async () => {
  await show();
  await expect.poll(rowTexts).toContain('Picnic');
  shown.refuses = true;
  await badges.listing.reload();
  await expect.element(page.getByRole('alert')).toBeVisible();
  // What was read before stays.
  expect(rowTexts()).toContain('Picnic');
  shown.refuses = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await vi.waitFor(() => expect(document.querySelector('[role=alert]')).toBeNull());
});
