import '../../../renderer/styles/tokens.css';
import '../../../renderer/styles/base.css';
import { beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { ScenarioForm } from '../../../renderer/features/simulate/scenario-form.svelte';
import { unshownFields } from '../../../renderer/features/simulate/unshown-fields';
import type { ScenarioBody } from '../../../shared/ipc/simulation-contract';
import { accessibilityFaults } from '../components/accessibility';
import { scripted } from '../sync/scripted-backend';
import CalendarHost from './CalendarHost.svelte';

beforeEach(() => localStorage.clear());

async function shown(changes: object = {}, mistakes: { path: string; message: string }[] = []) {
  const { door } = scripted({ 'simulation.check': () => ({ mistakes, warnings: [] }) });
  const form = new ScenarioForm(door);
  const body = {
    ...{ schema: 'laurel/scenario@1', name: 'Test', from: '2026-12-01T00:00:00Z', to: '2027-03-01T00:00:00Z' },
    badges: [],
    customers: { segments: [{ name: 'all', size: 10, activity: { perWeek: 1 } }] },
    ...changes,
  } as ScenarioBody;
  form.loadBody(body);
  await render(CalendarHost, { form });
  return { form, body };
}

const field = (name: string | RegExp) => page.getByRole('textbox', { name });

test('a closure is added by its days, and a scenario whose last entry is removed has no calendar', async () => {
  const { form } = await shown();
  expect(form.asked()?.body).not.toHaveProperty('calendar');
  await page.getByText('Calendar', { exact: true }).click();
  await page.getByRole('button', { name: 'Add closure' }).click();
  await field('First day').fill('2026-12-24');
  await field('Last day').fill('2026-12-26');
  const entry = { from: '2026-12-24', to: '2026-12-26', factor: 0, name: 'Closed' };
  expect(form.asked()?.body['calendar']).toEqual([entry]);
  await page.getByRole('button', { name: 'Add campaign' }).click();
  await field('Last day').nth(1).fill('');
  expect(form.asked()?.body['calendar']).toEqual([entry, { from: '2026-12-01', factor: 1.5, name: 'Campaign' }]);
  expect(await accessibilityFaults()).toBe('');
  await page.getByRole('button', { name: 'Remove Closed' }).click();
  await page.getByRole('button', { name: 'Remove Campaign' }).click();
  expect(form.asked()?.body).not.toHaveProperty('calendar');
});

test('public holidays of a country become entries, each with its factor, and are not offered twice', async () => {
  const { form } = await shown();
  await page.getByText('Calendar', { exact: true }).click();
  await page.getByRole('button', { name: 'Public holidays…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Public holidays' });
  await dialog.getByRole('combobox', { name: 'Country' }).click();
  await page.getByRole('option', { name: 'Germany' }).click();
  await expect.poll(() => dialog.getByRole('listitem').all().length).toBe(3);
  expect(await accessibilityFaults()).toBe('');
  await dialog.getByRole('checkbox', { name: /New Year/ }).click();
  await dialog.getByRole('textbox', { name: 'Times as often, all days' }).fill('0.5');
  await dialog.getByRole('textbox', { name: /on .*Second day of Christmas/ }).fill('2');
  await dialog.getByRole('button', { name: 'Add 2 days' }).click();
  const added = [
    { from: '2026-12-25', factor: 0.5, name: 'Christmas Day' },
    { from: '2026-12-26', factor: 2, name: 'Second day of Christmas' },
  ];
  expect(form.asked()?.body['calendar']).toEqual(added);
  await page.getByRole('button', { name: 'Public holidays…' }).click();
  await expect.element(dialog.getByRole('checkbox', { name: /Christmas Day/ })).toBeDisabled();
  await dialog.getByRole('checkbox', { name: /New Year/ }).click();
  await dialog.getByRole('button', { name: 'Add 1 day' }).click();
  expect(form.asked()?.body['calendar']).toHaveLength(3);
  await page.getByRole('button', { name: 'Public holidays…' }).click();
  await expect.element(dialog.getByRole('button', { name: /^Add 0/ })).toHaveAttribute('aria-disabled', 'true');
});

test('a factor that cannot be read adds no days, and a day named in another language is there already', async () => {
  const named = { from: '2026-12-25', factor: 0.5, name: 'Erster Weihnachtstag' };
  const { form } = await shown({ calendar: [named] });
  await page.getByText('Calendar', { exact: true }).click();
  await page.getByRole('button', { name: 'Public holidays…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Public holidays' });
  await dialog.getByRole('combobox', { name: 'Country' }).click();
  await page.getByRole('option', { name: 'Germany' }).click();
  await expect.element(dialog.getByRole('checkbox', { name: /25.*Christmas Day|Christmas Day.*25/ })).toBeDisabled();
  const add = dialog.getByRole('button', { name: 'Add 2 days' });
  await expect.element(add).not.toHaveAttribute('aria-disabled', 'true');
  await dialog.getByRole('textbox', { name: 'Times as often, all days' }).fill('0.5x');
  await expect.element(add).toHaveAttribute('aria-disabled', 'true');
  await dialog.getByRole('textbox', { name: 'Times as often, all days' }).fill('0.5');
  await add.click();
  expect(form.asked()?.body['calendar']).toHaveLength(3);
});

test('a mistake stands beside its field', async () => {
  const said = 'must be a day such as 2026-12-24';
  const { form } = await shown({ calendar: [{ from: '24.12.2026', factor: 0 }] }, [
    { path: 'calendar[0].from', message: said },
  ]);
  await form.check();
  await page.getByText('Calendar', { exact: true }).click();
  await expect.element(field('First day')).toHaveValue('24.12.2026');
  await expect.element(page.getByText(said)).toBeVisible();
});

test('hours are written by the clock, shown as bars, and gone when all of them are alike again', async () => {
  const { form, body } = await shown();
  await page.getByText('Habits', { exact: true }).click();
  const fold = page.getByRole('button', { name: /^Hours of the day/ });
  await expect.element(page.getByRole('button', { name: 'Hours of the day all alike', exact: true })).toBeVisible();
  await fold.click();
  const noon = field('Weight of 12:00 to 13:00, of all');
  await noon.fill('3');
  const hours = () => form.draft?.customers?.segments[0]?.activity.hours;
  expect(hours()).toEqual(Array.from({ length: 24 }, (_, hour) => (hour === 12 ? 3 : 1)));
  expect(form.asked()?.body).toMatchObject({ customers: { segments: [{ activity: { hours: hours() } }] } });
  const heights = () => [...document.querySelectorAll<HTMLElement>('.profile .bar')].map(({ style }) => style.height);
  await expect.poll(heights).toHaveLength(24);
  await expect.poll(() => heights()[12]).toBe('100%');
  expect(Number.parseFloat(heights()[11]!)).toBeCloseTo(100 / 3, 3);
  await field('Weight of 00:00 to 01:00, of all').fill('0');
  await expect.poll(() => heights()[0]).toBe('0%');
  expect(await accessibilityFaults()).toBe('');
  await fold.click();
  await expect
    .element(page.getByRole('button', { name: 'Hours of the day most from 12:00 to 13:00', exact: true }))
    .toBeVisible();
  await fold.click();
  await page.getByRole('button', { name: 'All hours alike' }).click();
  expect(hours()).toBeUndefined();
  await noon.fill('2');
  await noon.fill('1');
  expect(hours()).toBeUndefined();
  const given = { ...body, customers: { segments: [{ name: 'all', size: 1, activity: { perWeek: 1, hours: [1] } }] } };
  expect(unshownFields(given)).toEqual([]);
});

test('a season is written by its months, and is gone when all of them are 1 again', async () => {
  const { form, body } = await shown();
  await page.getByText('Habits', { exact: true }).click();
  const december = field('December, times as often, of all');
  await december.fill('1.7');
  const season = () => form.draft?.customers?.segments[0]?.activity.season;
  expect(season()).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1.7]);
  await december.fill('1');
  expect(season()).toBeUndefined();
  expect(unshownFields({ ...body, calendar: [{ from: '2026-12-24', factor: 0, nmae: 'x' }] })).toEqual([
    'calendar[0].nmae',
  ]);
});

test('newcomers and drop-out are fields of a segment, and nothing of either is not written', async () => {
  const { form } = await shown();
  await page.getByText('Habits', { exact: true }).click();
  await expect.element(field('Dispersion of leaving')).not.toBeInTheDocument();
  await field('Newcomers a week').fill('12.5');
  await field('Leave after an event, %').fill('4');
  await field('Dispersion of leaving').fill('1.5');
  const segments = (): unknown => (form.asked()?.body['customers'] as { segments: unknown[] } | undefined)?.segments[0];
  expect(segments()).toMatchObject({
    joins: { perWeek: 12.5 },
    activity: { dropOut: { probability: 0.04, dispersion: 1.5 } },
  });
  expect(unshownFields(form.asked()!.body)).toEqual([]);
  expect(await accessibilityFaults()).toBe('');
  await field('Events a week ± %').fill('4');
  expect(segments()).toMatchObject({ activity: { uncertainty: { perWeek: 0.04 } } });
  expect(unshownFields(form.asked()!.body)).toEqual([]);
  await page.screenshot({ path: '../../../test-results/habits.png' });
  await field('Events a week ± %').fill('0');
  expect(segments()).not.toHaveProperty('activity.uncertainty');
  await field('Newcomers a week').fill('0');
  await field('Leave after an event, %').fill('0');
  expect(segments()).not.toHaveProperty('joins');
  expect(segments()).not.toHaveProperty('activity.dropOut');
});

test('what was learned together is told by how far each number moves, and is taken for certain with one click', async () => {
  const { form } = await shown();
  const [segment] = form.draft!.customers!.segments;
  segment!.activity.uncertainty = {
    ...{ perWeek: 0.02, sameCustomers: true },
    together: [
      { draw: 'all 1', perWeek: 0.03, growthPerMonth: -0.01, leaving: 0.2 },
      { draw: 'all 3', amountSpread: 0.07, weekdays: [0, 0, 0.06, 0, 0, 0.03, 0] },
      { draw: 'all 2', perWeek: -0.04, season: Array.from({ length: 12 }, (_, month) => month / 100) },
    ],
  };
  await page.getByText('Habits', { exact: true }).click();
  const moved = page.getByRole('listitem').filter({ hasText: '±' });
  await expect
    .poll(() => moved.all().map((one) => one.element().textContent))
    .toEqual([
      'Events a week ± 5%',
      'Growth a month ± 1%',
      'Season, the month known the least ± 11%',
      'Weekdays, the day known the least ± 6%',
      'Odds to leave after an event ± 20%',
      'Spread of amounts ± 7%',
    ]);
  expect(unshownFields(form.asked()!.body)).toEqual([]);
  expect(await accessibilityFaults()).toBe('');
  await page.screenshot({ path: '../../../test-results/together.png' });
  await page.getByRole('button', { name: 'Take them for certain' }).click();
  await expect.element(moved.first()).not.toBeInTheDocument();
  expect(form.draft!.customers!.segments[0]!.activity.uncertainty).toEqual({ perWeek: 0.02 });
});
