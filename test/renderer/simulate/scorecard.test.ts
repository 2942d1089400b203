import '../../../renderer/styles/tokens.css';
import '../../../renderer/styles/base.css';
import { beforeEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { OpenResult } from '../../../renderer/features/simulate/open-result.svelte';
import type { PickedFile } from '../../../shared/ipc/native';
import type { ScorecardAnswer, ScoredView } from '../../../shared/ipc/scorecard-contract';
import type { SimulationView } from '../../../shared/ipc/simulation-contract';
import type { Place, Scored, ScoredWeek } from '../../../shared/simulation/scorecard';
import { accessibilityFaults } from '../components/accessibility';
import { connectionView, scripted } from '../sync/scripted-backend';
import ScorecardHost from './ScorecardHost.svelte';

beforeEach(() => localStorage.clear());

const scored = (actual: number, middle: number, spread: number, place: Place): Scored => ({
  ...{ actual, place },
  forecast: { p10: middle - spread, p50: middle, p90: middle + spread, mean: middle },
});
const WEEKS = Array.from({ length: 10 }, (_, week): ScoredWeek => {
  const day = (offset: number): string => new Date(Date.UTC(2026, 2, 2 + 7 * week + offset)).toISOString().slice(0, 10);
  const came = [470, 480, 460, 390, 370, 380, 360, 350, 365, 340];
  const total = came.slice(0, week + 1).reduce((sum, value) => sum + value, 0);
  return {
    ...{ from: day(0), to: day(6), week: scored(came[week]!, 480, 28, week < 3 ? 'in' : 'below') },
    total: scored(total, 480 * (week + 1), 28 * Math.sqrt(week + 1) * 1.4, week < 3 ? 'in' : 'below'),
  };
});
const OUT: ScoredView = {
  badges: [
    {
      ...{ key: 'any', name: 'Every visit', org: null },
      score: {
        ...{ weeks: WEEKS, place: 'below', since: '2026-03-23', weeksOut: 7, known: 72, runs: 40 },
        causes: [
          { code: 'rate', ratio: 0.82, actual: 3936, expected: 4800 },
          { code: 'season', ratio: 0.9, month: '2026-04' },
          { code: 'since', ratio: 0.8, from: '2026-03-23' },
        ],
        uplift: { value: 0.12, low: 0.06, high: 0.185, reached: 9.8, control: 8.75 },
        upliftOfAmounts: { value: 0.2, low: 0.1, high: 0.3, reached: 120, control: 100 },
        compared: {
          ...{ reached: 2000, control: 500, scenario: 2500 },
          days: {
            ...{ from: '2026-03-02', to: '2026-03-29' },
            unknown: [{ of: 'control', where: 'after', day: '2026-03-29', expected: 812.3 }],
          },
        },
      },
    },
  ],
  unmatched: [],
  files: [{ of: 'awards', rows: 3965, skipped: 12, badRows: 1 }],
};
const view = {
  summary: { id: 7, name: 'Spring' },
  body: { timeZone: 'UTC', badges: [], customers: { segments: [{ name: 'all', size: 2500 }] } },
  ...{ numbers: [], badges: [], badRows: [], replay: null },
} as unknown as SimulationView;

const WHAT = {
  ...{ name: 'what', role: null, why: null, type: 'text', dateOrder: null, decimal: null, storedType: null },
  ...{ examples: [], empty: 0, shortened: 0 },
};

/** What a look at a table finds, as far as the page shows it. */
const inspection = {
  ...{ kind: 'csv', fileCount: 1, notes: [], sentence: { key: 'tables.noDates', values: {} }, packing: null },
  ...{ encoding: 'utf-8', delimiter: ',', sheet: null, sheets: [], header: true, isList: false, titles: [] },
  ...{ rows: 3, blankRows: 0, columns: [WHAT], sample: [], good: 3, cleaned: 0, doubtful: 0, bad: 0, reasons: [] },
  ...{ span: null, questions: [], shape: null, remembered: null },
};

async function shown(answer: () => ScorecardAnswer, body: object = view.body) {
  const { door, asked } = scripted({
    'simulation.scorecard': answer,
    'tables.inspect': () => inspection as never,
    'connections.list': () => ({
      ...{ connections: [connectionView({ id: 4, name: 'Acme' })], keychain: 'available' as const },
    }),
  });
  const result = new OpenResult(door, { ...view, body } as SimulationView);
  const names = ['awards.csv', 'sales.csv', 'kept.csv'];
  const pick = (): Promise<PickedFile> => {
    const name = names.shift()!;
    return Promise.resolve({ token: name, name, bytes: 10 });
  };
  const [onsave, onlearn, onannounce] = [vi.fn(), vi.fn(), vi.fn()];
  await render(ScorecardHost, { result, pick, onsave, onlearn, onannounce });
  return { result, asked, onsave, onlearn };
}

const button = (name: string) => page.getByRole('button', { name });

test('an answer stands beside the questions that it answers, and a number that cannot be read is asked for', async () => {
  await shown(() => OUT);
  await page.getByRole('region', { name: 'Awards that were made' }).getByRole('button', { name: 'Choose…' }).click();
  await page
    .getByRole('region', { name: 'Purchases since the launch' })
    .getByRole('button', { name: 'Choose…' })
    .click();
  await page.getByRole('radio', { name: 'A group of the file' }).click();
  await page.getByRole('textbox', { name: 'Group that was kept out' }).fill('kept out');
  const kept = page.getByRole('textbox', { name: 'Customers kept out' });
  await kept.fill('500');
  await page.getByRole('textbox', { name: 'Customers who could get it' }).fill('2000');
  await button('Compare').click();
  const answer = page.getByText(/bought 12% more often than those kept out/);
  await expect.element(answer).toBeVisible();
  await kept.fill('50');
  await expect.element(answer).not.toBeInTheDocument();
  await kept.fill('500');
  await expect.element(answer).toBeVisible();
  await page.getByRole('textbox', { name: 'All awards are known until' }).fill('2026-05-12');
  await expect.element(answer).not.toBeInTheDocument();
  await page.getByRole('textbox', { name: 'Customers who could get it' }).fill('2,5x');
  await expect.element(button('Compare')).toHaveAttribute('aria-disabled', 'true');
});

test('files are chosen, what is missing is said, and the answer stands in words and pictures', async () => {
  const { asked, onsave, onlearn } = await shown(() => OUT);
  await expect.element(button('Compare')).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('region', { name: 'Awards that were made' }).getByRole('button', { name: 'Choose…' }).click();
  await page
    .getByRole('region', { name: 'Purchases since the launch' })
    .getByRole('button', { name: 'Choose…' })
    .click();
  await page.getByRole('radio', { name: 'A group of the file' }).click();
  await expect.element(button('Compare')).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('textbox', { name: 'Group that was kept out' }).fill('kept out');
  await page.getByRole('textbox', { name: 'Customers kept out' }).fill('500');
  await expect.element(button('Compare')).toHaveAttribute('aria-disabled', 'true');
  await expect
    .element(page.getByText(/the scenario has 2,500 customers; if those kept out are among them/))
    .toBeVisible();
  await page.getByRole('textbox', { name: 'Customers who could get it' }).fill('2000');
  await page.getByRole('textbox', { name: 'All awards are known until' }).fill('2026-05-12');
  expect(await accessibilityFaults()).toBe('');
  await button('Compare').click();
  await expect.element(page.getByText(/^Below the band since the week of Mar 23, 2026/)).toBeVisible();
  expect(asked.find(({ method }) => method === 'simulation.scorecard')?.input).toMatchObject({
    ...{ id: 7, badge: 0, awards: { token: 'awards.csv' }, sales: { token: 'sales.csv' }, until: '2026-05-12' },
    ...{ control: { segment: 'kept out' }, controlSize: 500, size: 2000 },
  });
  await expect.element(page.getByText(/18% less often than the scenario says/)).toBeVisible();
  await expect.element(page.getByText(/Apr 2026 is 10% below/)).toBeVisible();
  await expect.element(page.getByText(/bought 12% more often than those kept out \(6 to 18.5%/)).toBeVisible();
  await expect.element(page.getByText(/from Mar 2, 2026 to Mar 29, 2026, over 2,000 customers/)).toBeVisible();
  await expect.element(page.getByText(/have no purchase after Mar 29, 2026, where about 812 more/)).toBeVisible();
  await expect.element(page.getByText(/of the scenario’s 2,500 customers, and 2,000 could get/)).toBeVisible();
  await expect.element(page.getByText(/^In money they spent 20% more \(10 to 30%/)).toBeVisible();
  await expect.element(page.getByText(/^awards.csv: 12 rows outside/)).toBeVisible();
  expect(await accessibilityFaults()).toBe('');
  await button('Weeks as Excel').click();
  expect(onsave.mock.calls[0]?.[0]).toBe('spring-streak-scorecard.xlsx');
  const { table } = onsave.mock.calls[0]![1] as { table: { rows: unknown[][] } };
  expect(table.rows[3]!.slice(0, 8)).toEqual(['2026-03-23', '2026-03-29', 390, 452, 480, 508, 'below', 1800]);
  await button('Learn again from the purchases').click();
  expect(onlearn.mock.calls[0]).toMatchObject([{ name: 'sales.csv' }, '2026-03-23']);
});

test('a question of a file is asked beside it, and another badge has other awards', async () => {
  const { result } = await shown(() => ({ of: 'awards', questions: [] }));
  await page.getByRole('region', { name: 'Awards that were made' }).getByRole('button', { name: 'Choose…' }).click();
  await button('Compare').click();
  await expect.poll(() => result.scorecard.work).toBeNull();
  expect(result.scorecard.scored).toBeNull();
  expect(result.scorecard.awards?.picked.name).toBe('awards.csv');
  result.chooseBadge(1);
  expect(result.scorecard.awards).toBeNull();
});

test('an org is asked without a file, and what it and a file disagree on is said', async () => {
  const cycle = (week: number, came: number, file: number | null) => ({
    ...{ window: 'w', from: WEEKS[week]!.from, to: WEEKS[week]!.to, isOpen: false, file },
    scored: scored(came, 480, 28, 'in'),
  });
  const org = {
    name: 'Acme',
    score: {
      ...{ readOn: 0, awards: 3600, unjudged: null, cyclesOut: 0, runs: 40 },
      total: scored(3600, 4800, 120, 'below'),
      cycles: [cycle(0, 470, 470), cycle(1, 475, 480)],
      file: { awards: 3965, differs: true, later: null },
      ...{ history: null, fell: null, namesake: null },
    },
  };
  const { asked } = await shown(() => ({
    badges: [{ key: 'any', name: 'Every visit', score: null, org }],
    unmatched: [],
    files: [],
  }));
  await page.getByRole('combobox', { name: 'Counts of an org' }).click();
  await page.getByRole('option', { name: 'Acme' }).click();
  await button('Compare').click();
  await expect.element(page.getByText(/^By the count of Acme, below the band: 3,600 awards/)).toBeVisible();
  expect(asked.find(({ method }) => method === 'simulation.scorecard')?.input).toMatchObject({
    ...{ awards: null, connectionId: 4 },
  });
  await expect.element(page.getByText(/^0 of 2 cycles of its windows/)).toBeVisible();
  await expect.element(page.getByText(/3,965 awards are in the file until then, and Acme counts 3,600/)).toBeVisible();
  await expect.element(page.getByText(/480 in the file, 475 in Acme/)).toBeVisible();
  await expect.element(page.getByText('Awards of each cycle as Acme counts them, and the forecast')).toBeVisible();
  expect(await accessibilityFaults()).toBe('');
});

test('what an org counted time after time stands as points over the forecast, with since when it is out', async () => {
  const reading = (day: string, awards: number, total: Scored) => ({ readOn: 0, day, awards, span: total, total });
  const counts = [
    reading('2026-01-12', 480, scored(480, 480, 28, 'in')),
    reading('2026-01-26', 1_100, scored(1_100, 1_440, 60, 'below')),
  ];
  const days = ['2026-01-11', '2026-01-12', '2026-01-13'].map((day, place) => ({
    ...{ day, forecast: scored(0, 480, 28, 'in').forecast, awards: place === 1 ? 480 : null },
  }));
  const org = {
    name: 'Acme',
    score: {
      ...{ readOn: 0, awards: 1_100, unjudged: null, cyclesOut: 0, runs: 40, cycles: [], file: null },
      total: scored(1_100, 1_440, 60, 'below'),
      history: {
        ...{
          from: { at: 0, day: '2026-01-05' },
          readings: counts,
          place: 'below' as const,
          spansOut: 1,
          spans: 2,
          days,
          cause: { code: 'since' as const, ratio: 0.4, from: '2026-01-12' },
        },
        since: { from: counts[1]!, before: counts[0]! },
      },
      fell: {
        before: { readOn: 0, day: '2026-01-08', awards: 900 },
        after: { readOn: 0, day: '2026-01-09', awards: 40 },
      },
      namesake: { readOn: 0, day: '2026-01-02', awards: 7 },
    },
  };
  const { onsave } = await shown(() => ({
    badges: [{ key: 'any', name: 'Every visit', score: null, org }],
    unmatched: [],
    files: [],
  }));
  await page.getByRole('combobox', { name: 'Counts of an org' }).click();
  await page.getByRole('option', { name: 'Acme' }).click();
  await button('Compare').click();
  await expect
    .element(page.getByText(/^Out of it since the count of .*26.*; by that of .*12.* it was in\.$/))
    .toBeVisible();
  await expect.element(page.getByText(/^1 of 2 stretches from one count of it to the next/)).toBeVisible();
  await expect
    .element(page.getByText(/^Until the count of .*12.* all came as forecast, and since then 60% fewer, alike/))
    .toBeVisible();
  await expect.element(page.getByText(/Acme counted 900 awards on .* and 40 on .*cannot fall/)).toBeVisible();
  await expect.element(page.getByText(/another badge of this name, with 7 awards/)).toBeVisible();
  const chart = page.getByRole('slider', { name: /^Awards by each count of Acme, and the forecast/ });
  await expect.element(chart).toBeVisible();
  // One point, since the org was asked on one of these days.
  const path = chart.element().querySelector('path.series-1')?.getAttribute('d') ?? '';
  expect(path.match(/M/g)).toHaveLength(1);
  await button('Counts as CSV').click();
  expect(onsave).toHaveBeenLastCalledWith(
    expect.stringMatching(/-counts\.csv$/),
    expect.objectContaining({
      table: expect.objectContaining({ rows: expect.arrayContaining([expect.arrayContaining([1_100, 'below'])]) }),
    }),
  );
  expect(await accessibilityFaults()).toBe('');
});

test('a file of several badges: the column is chosen, each badge has its answer, and a value can be said to be one', async () => {
  const [one] = OUT.badges;
  const second = { ...one!, key: 'second', name: 'Every hundred', score: { ...one!.score!, causes: [] } };
  const { asked, onsave } = await shown(
    () => ({ ...OUT, badges: [one!, second], unmatched: [{ value: 'B-77', awards: 31 }] }),
    { timeZone: 'UTC', badges: [{ key: 'any' }, { key: 'second' }] },
  );
  await page.getByRole('region', { name: 'Awards that were made' }).getByRole('button', { name: 'Choose…' }).click();
  await page.getByRole('combobox', { name: 'Badges in the file' }).click();
  await page.getByRole('option', { name: 'Column “what”' }).click();
  await button('Compare').click();
  await expect.element(page.getByRole('region', { name: 'Every hundred' })).toBeVisible();
  await expect.element(page.getByText(/of no badge of the scenario: “B-77” \(31\)/)).toBeVisible();
  // Who was kept out was so of all of them.
  expect(page.getByText(/more often than those kept out/).elements()).toHaveLength(1);
  expect(await accessibilityFaults()).toBe('');
  await page.getByRole('region', { name: 'Every hundred' }).getByRole('button', { name: 'Weeks as CSV' }).click();
  expect(onsave.mock.calls[0]?.[0]).toBe('spring-streak-second-scorecard.csv');
  await page.getByRole('combobox', { name: '“B-77” is' }).click();
  await page.getByRole('option', { name: 'Every hundred' }).click();
  await button('Compare').click();
  await expect
    .poll(() => asked.filter(({ method }) => method === 'simulation.scorecard').at(-1)?.input)
    .toMatchObject({ badgeColumn: 'what', badgeValues: { second: 'B-77' } });
});
