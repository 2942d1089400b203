import '../../../renderer/styles/tokens.css';
import '../../../renderer/styles/base.css';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { badges } from '../../../renderer/features/badges/badges.svelte';
import type { ParsedInput } from '../../../shared/ipc/contract';
import { toasts } from '../../../renderer/shell/toasts.svelte';
import { locale } from '../../../renderer/lib/locale.svelte';
import { accessibilityFaults } from '../components/accessibility';
import { GROUPS, made, openProgramme, shown, SMALL, type ShownBadge } from './programme-backend';
import ProgrammeHost from './ProgrammeHost.svelte';

const regrouped: ParsedInput<'badges.moveGroup'>[] = [];
const named: { id: string; name: string }[] = [];
beforeAll(() =>
  openProgramme({
    'badges.createGroup': ({ name }) => {
      const group = { id: name.toLowerCase(), name };
      shown.groups = [...shown.groups, group];
      return group;
    },
    'badges.moveGroup': (move) => {
      regrouped.push(move);
      return null;
    },
    'badges.nameGroup': (given) => {
      named.push(given);
      shown.groups = [...shown.groups, given];
      return null;
    },
  }),
);
beforeEach(() => {
  locale.choose('en-US');
  Object.assign(shown, { badges: SMALL, groups: GROUPS, refuses: false, breaks: false });
  made.length = 0;
  toasts.clear();
});
afterEach(() => {
  locale.choose(null);
  badges.active = -1;
  badges.selection.clear();
  badges.changing = null;
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
  await page.getByRole('button', { name: 'More for Group 65f0000000000000000000d1' }).click();
  await page.getByRole('menuitem', { name: 'Name the group…' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Always');
  expect(await accessibilityFaults()).toBe('');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect.poll(() => named).toEqual([{ id: '65f0000000000000000000d1', name: 'Always' }]);
  await expect.poll(rowTexts).toContain('Always');
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
});

test('a group is made, put past another one and, while it is empty, removed', async () => {
  await show();
  await expect.poll(rowTexts).toContain('Picnic');
  await page.getByRole('button', { name: 'New group' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Winter');
  expect(await accessibilityFaults()).toBe('');
  await page.getByRole('button', { name: 'Create' }).click();
  await expect.poll(rowTexts).toContain('Winter');
  await page.getByRole('button', { name: 'More for Winter' }).click();
  await page.getByRole('menuitem', { name: 'Move the group up' }).click();
  await expect.poll(() => regrouped).toEqual([{ id: 'winter', next: 'empty', side: 'before' }]);
  await page.getByRole('button', { name: 'More for Winter' }).click();
  await page.getByRole('menuitem', { name: 'Remove the empty group' }).click();
  await expect.poll(() => named.at(-1)).toEqual({ id: 'winter', name: '' });
  await page.getByRole('button', { name: 'More for Spring' }).click();
  await expect.element(page.getByRole('menuitem', { name: 'Name the group…' })).toBeVisible();
  await expect.element(page.getByRole('menuitem', { name: 'Remove the empty group' })).not.toBeInTheDocument();
  await userEvent.keyboard('{Escape}');
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

const rowOf = (name: string): HTMLElement => {
  const found = [...document.querySelectorAll<HTMLElement>('.row.badge')].find(
    (row) => row.querySelector('.name')?.textContent === name,
  );
  if (found === undefined) throw new Error(`There is no ${name}.`);
  return found;
};
const middleOf = (element: Element): { x: number; y: number } => {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return { x: (left + right) / 2, y: (top + bottom) / 2 };
};
const pointer = (target: EventTarget, type: string, { x, y }: { x: number; y: number }): void => {
  target.dispatchEvent(new PointerEvent(type, { clientX: x, clientY: y, button: 0, bubbles: true, cancelable: true }));
};
const ghosts = (): (string | null)[] => [...document.querySelectorAll('.ghostWords')].map((one) => one.textContent);

test('a bar that is dragged aside shows its new dates, and shifts whole days as one step when it is let go', async () => {
  await show();
  await expect.poll(rowTexts).toContain('Picnic');
  const bar = rowOf('Picnic').querySelector('.bar') as HTMLElement;
  const from = middleOf(bar);
  // As wide as the bar is, so many days it lasts.
  const perDay = bar.getBoundingClientRect().width / 66;
  pointer(bar, 'pointerdown', from);
  pointer(window, 'pointermove', { x: from.x + perDay * 10, y: from.y + 2 });
  await expect.poll(ghosts).toEqual([expect.stringMatching(/(9|10|11) days later/)]);
  expect(document.querySelectorAll('.ghost')).toHaveLength(1);
  expect(made).toEqual([]);
  await userEvent.keyboard('{Escape}');
  await expect.poll(ghosts).toEqual([]);
  pointer(window, 'pointerup', { x: from.x + perDay * 10, y: from.y });
  pointer(bar, 'pointerdown', from);
  pointer(window, 'pointermove', { x: from.x - perDay * 20, y: from.y });
  pointer(window, 'pointerup', { x: from.x - perDay * 20, y: from.y });
  await expect.poll(() => made.length).toBe(1);
  const [order] = made;
  expect(order).toMatchObject({ ids: ['b1'], change: { kind: 'dates', which: 'all' }, withBreaks: false });
  expect(order?.change.kind === 'dates' && Math.abs(order.change.days + 20)).toBeLessThanOrEqual(1);
  expect(badges.undoesStep).toBe(true);
  // The click at the end of a drag opens nothing.
  expect(badges.opening).toBeNull();
});

test('a badge that is dragged up or down shows where it would stand, and takes a rank there; what would break is asked', async () => {
  await show();
  await expect.poll(rowTexts).toContain('Picnic');
  const name = (of: string): Element => rowOf(of).querySelector('.name') as Element;
  const drag = (of: string, to: string, part: number): void => {
    const { x, y } = middleOf(name(of));
    const { top, height } = rowOf(to).getBoundingClientRect();
    pointer(name(of), 'pointerdown', { x, y });
    pointer(window, 'pointermove', { x, y: top + height * part });
  };
  drag('Picnic', 'Spring blossom', 0.2);
  await expect.poll(ghosts).toEqual(['First in Spring']);
  drag('Golden week', 'شارة الربيع', 0.8);
  await expect.poll(ghosts).toEqual([expect.stringMatching(/^After “.?شارة الربيع.?” in Spring$/)]);
  pointer(window, 'pointerup', { x: 0, y: 0 });
  await expect.poll(() => made.length).toBe(1);
  expect(made[0]?.change).toEqual({ kind: 'places', places: [{ id: 'b3', group: 'spring', rank: 3 }] });
  shown.breaks = true;
  drag('Picnic', 'Spring blossom', 0.2);
  pointer(window, 'pointerup', { x: 0, y: 0 });
  const places = [
    { id: 'b1', group: 'spring', rank: 1 },
    { id: 'b0', group: 'spring', rank: 2 },
    { id: 'b2', group: 'spring', rank: 3 },
  ];
  await expect.poll(() => badges.changing).toEqual({ ids: ['b1', 'b0', 'b2'], change: { kind: 'places', places } });
  expect(made).toHaveLength(1);
});

test('what is dragged to the edge of the programme scrolls it, and takes a place that was out of sight', async () => {
  shown.badges = Array.from({ length: 30 }, (_, index) => ({
    ...{ name: `Badge ${String(index)}`, group: 'spring', rank: index + 1, days: [0, 30] as const },
  }));
  await show(1100, 320);
  await expect.poll(rowTexts).toContain('Badge 0');
  const name = rowOf('Badge 0').querySelector('.name') as Element;
  const { x, y } = middleOf(name);
  const box = grid.element().getBoundingClientRect();
  const end = grid.element().scrollHeight - grid.element().clientHeight;
  const frames = async (count: number): Promise<void> => {
    for (let frame = 0; frame < count; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
  };
  pointer(name, 'pointerdown', { x, y });
  pointer(window, 'pointermove', { x, y: y + 10 });
  pointer(window, 'pointermove', { x, y: box.bottom - 4 });
  // It goes to the end and not beyond it.
  await expect.poll(() => end - grid.element().scrollTop, { timeout: 30_000 }).toBeLessThanOrEqual(1);
  await frames(20);
  expect(Math.abs(end - grid.element().scrollTop)).toBeLessThanOrEqual(1);
  expect(ghosts()).toHaveLength(1);
  // In the middle it stands still, and let go it is done.
  pointer(window, 'pointermove', { x, y: box.top + box.height / 2 });
  pointer(window, 'pointerup', { x, y: box.top + box.height / 2 });
  await expect.poll(() => made.length).toBe(1);
  const [order] = made;
  const places = order?.change.kind === 'places' ? order.change.places : [];
  expect(places.find(({ id }) => id === 'b0')?.rank).toBeGreaterThan(15);
});

test('with Alt the arrow keys move as the mouse does: told at each step, done when Alt is let go, left by Escape', async () => {
  await show();
  await expect.poll(rowTexts).toContain('Picnic');
  (grid.element() as HTMLElement).focus();
  badges.active = 3;
  await userEvent.keyboard('{Alt>}{ArrowRight}{ArrowRight}{Shift>}{ArrowRight}{/Shift}');
  await expect.element(page.getByRole('status').filter({ hasText: '9 days later' })).toBeInTheDocument();
  expect(made).toEqual([]);
  await userEvent.keyboard('{/Alt}');
  await expect
    .poll(() => made.map(({ ids, change }) => [ids, change]))
    .toEqual([[['b1'], { kind: 'dates', which: 'all', days: 9 }]]);
  await expect.poll(() => badges.active).toBe(3);
  await expect.poll(() => badges.busy).toBe(false);
  await userEvent.keyboard('{Alt>}{ArrowUp}{ArrowUp}{Escape}{/Alt}');
  expect(made).toHaveLength(1);
  await userEvent.keyboard('{Alt>}{ArrowUp}');
  await expect.poll(ghosts).toEqual(['First in Spring']);
  await userEvent.keyboard('{/Alt}');
  await expect.poll(() => made.length).toBe(2);
  expect(made[1]?.ids).toEqual(['b1', 'b0', 'b2']);
  // All that are chosen move in time together.
  await expect.poll(() => badges.busy).toBe(false);
  badges.selection.toggle('b0');
  badges.selection.toggle('b1');
  badges.active = 3;
  await userEvent.keyboard('{Alt>}{ArrowLeft}{/Alt}');
  await expect.poll(() => made[2]?.ids.toSorted()).toEqual(['b0', 'b1']);
  // The message about a move takes the place of the one before.
  await expect.poll(() => toasts.items.length).toBe(1);
  // Without dates there is nothing to shift.
  badges.active = 7;
  await userEvent.keyboard('{Alt>}{ArrowLeft}{/Alt}');
  await expect.element(page.getByRole('status').filter({ hasText: 'cannot be read' })).toBeInTheDocument();
  expect(made).toHaveLength(3);
});
