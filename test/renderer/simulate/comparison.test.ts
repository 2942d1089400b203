import '../../../renderer/styles/tokens.css';
import '../../../renderer/styles/base.css';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { userEvent } from 'vitest/browser';
import ComparisonCharts from '../../../renderer/features/simulate/ComparisonCharts.svelte';
import { capLevels, keyRows, mondayOf, versionViews } from '../../../renderer/features/simulate/compared-versions';
import type { ComparedVersion } from '../../../shared/ipc/simulation-contract';
import type { BadgeResult } from '../../../shared/simulation/result';
import { accessibilityFaults } from '../components/accessibility';

/** Ten days from a Wednesday on, `perDay` awards a day until the cap is reached. */
function version(id: number, name: string, perDay: number, cap: number): ComparedVersion {
  let left = cap;
  const byDay = Array.from({ length: 10 }, (_, index) => {
    const awarded = Math.min(left, perDay);
    left -= awarded;
    const day = `2026-04-${String(index + 1).padStart(2, '0')}`;
    return { day, attempts: perDay, awarded, rejected: perDay - awarded };
  });
  const awarded = cap - left;
  const result: BadgeResult = {
    enrolled: 0,
    enrolRejected: {},
    qualifying: 10 * perDay,
    attempts: 10 * perDay,
    awarded,
    customersAwarded: awarded,
    customersTurnedAway: 10 * perDay - awarded,
    rejected: {},
    rejectedByConstraint: { BADGE_FIXED_VALUE: 10 * perDay - awarded },
    firstRejectedAt: null,
    exhaustedAt: null,
    byDay,
    bySegment: { all: { customers: 100, awarded, customersAwarded: awarded, customersTurnedAway: 100 - awarded } },
    awardsPerCustomer: { '1': awarded },
    cost: null,
  };
  return {
    id,
    name,
    result: {
      schema: 'laurel/result@1',
      engine: '1.0.0',
      scenario: name,
      seed: 1,
      replications: 1,
      events: { total: 100, skipped: 0, badRows: 0 },
      badges: { streak: result },
      bands: null,
    },
    badges: [{ key: 'streak', name: 'Streak', sentence: '', cap, cost: null, awarded: [awarded], crowding: [] }],
  };
}

const less = version(1, 'Spring', 10, 50);
const more = version(2, 'Spring, limit 80', 10, 80);
const readings = (name: RegExp): string =>
  page.getByRole('slider', { name }).element().getAttribute('aria-valuetext') ?? '';

test('versions are told apart by a letter and by what is their own, and measured against the first', () => {
  const views = versionViews([less, more], 'streak');
  expect(views.map(({ label }) => label)).toEqual(['A · Spring', 'B · limit 80']);
  expect(
    keyRows(views).map(({ label, cells }) => [label, ...cells.map(({ text, change }) => `${text} ${change}`)]),
  ).toEqual([
    ['Customers served', '50 ', '80 +30'],
    ['Turned away', '50 ', '20 −30'],
    ['Awards', '50 ', '80 +30'],
    ['Cap used up', 'never ', 'never '],
  ]);
  // A day of a few runs is not told as that of all.
  const mean = { mean: 50 };
  const counts = { customersAwarded: mean, customersTurnedAway: mean, awarded: mean };
  const bands = {
    ...counts,
    exhaustedAt: { p10: null, p50: '2026-05-02T10:00:00Z', p90: null, mean: null, share: 0.1 },
  };
  const of = versionViews([less], 'streak').map((view) => ({ ...view, badge: { ...view.badge, bands } }));
  expect(keyRows(of as unknown as typeof views).find(({ label }) => label === 'Cap used up')?.cells[0]?.text).toMatch(
    /^May 2, in 10% of the runs$/,
  );
  expect(capLevels(views)).toEqual([
    { value: 50, label: 'A: 50' },
    { value: 80, label: 'B: 80' },
  ]);
  expect(capLevels(versionViews([less, less], 'streak'))).toEqual([{ value: 50, label: 'Cap 50' }]);
  expect(versionViews([less, more], 'no such badge')).toEqual([]);
  expect(['2026-04-01', '2026-04-05', '2026-04-06'].map(mondayOf)).toEqual(['2026-03-30', '2026-03-30', '2026-04-06']);
});

test.each(['light', 'dark'])('both answers lie over each other and are read together, %s', async (theme) => {
  document.documentElement.dataset['theme'] = theme;
  await render(ComparisonCharts, { versions: versionViews([less, more], 'streak'), fileName: 'spring' });
  (page.getByRole('slider', { name: /^How the cap is used up/ }).element() as HTMLElement).focus();
  await userEvent.keyboard('{End}');
  expect(readings(/^How the cap is used up/)).toMatch(/A · Spring 50 · B · limit 80 80$/);
  (page.getByRole('slider', { name: /^Refusals by week/ }).element() as HTMLElement).focus();
  await userEvent.keyboard('{End}');
  expect(readings(/^Refusals by week/)).toMatch(/A · Spring 50 · B · limit 80 20$/);
  (page.getByRole('slider', { name: /^Why attempts are refused/ }).element() as HTMLElement).focus();
  await userEvent.keyboard('{Home}');
  expect(readings(/^Why attempts are refused/)).toMatch(/A · Spring 50 · B · limit 80 20$/);
  await page.getByRole('button', { name: 'Show “Awards by week” as a table' }).click();
  const table = page.getByRole('region', { name: 'Table of Awards by week' }).element();
  expect(
    [...table.querySelectorAll('tr')].map((row) => [...row.children].map((cell) => cell.textContent.trim())),
  ).toEqual([
    ['Week', 'A · Spring', 'B · limit 80'],
    ['2026-03-30', '50', '50'],
    ['2026-04-06', '0', '30'],
  ]);
  await page
    .getByRole('figure', { name: 'How the cap is used up' })
    .getByRole('button', { name: 'A · Spring' })
    .click();
  (page.getByRole('slider', { name: /^How the cap is used up/ }).element() as HTMLElement).focus();
  await userEvent.keyboard('{End}');
  expect(readings(/^How the cap is used up/)).not.toContain('Spring');
  expect(await accessibilityFaults()).toBe('');
});

test('what is the same in all versions is not drawn: a version against itself shows no chart', async () => {
  const same = { ...less, id: 3 };
  await render(ComparisonCharts, { versions: versionViews([less, same], 'streak'), fileName: 'spring' });
  expect(page.getByRole('figure').elements()).toEqual([]);
});

test('a cap far above what is awarded is named, and leaves the lines their height', async () => {
  const generous = version(4, 'Spring, limit 9,000', 10, 9_000);
  await render(ComparisonCharts, { versions: versionViews([less, generous], 'streak'), fileName: 'spring' });
  const chart = page.getByRole('figure', { name: 'How the cap is used up' }).element();
  const words = [...chart.querySelectorAll('svg[data-plot] text')].map((text) => text.textContent.trim());
  expect(words).toContain('B: 9,000 ↑');
  expect(words).toContain('A: 50');
  expect(words.filter((text) => /^[\d,]+$/.test(text)).at(-1)).toBe('100');
});
