import '../../../renderer/styles/tokens.css';
import '../../../renderer/styles/base.css';
import { beforeEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { SimulateScreen } from '../../../renderer/features/simulate/screen.svelte';
import { learnedNotes, fitSentences } from '../../../renderer/features/simulate/learned-words';
import type { Handlers } from '../../../shared/ipc/contract';
import type { LearnedView } from '../../../shared/ipc/learning-contract';
import { accessibilityFaults } from '../components/accessibility';
import { scripted } from '../sync/scripted-backend';
import LearnedHost from './LearnedHost.svelte';
import LearnHost from './LearnHost.svelte';

beforeEach(() => localStorage.clear());

const estimate = (value: number) => ({ value, low: value * 0.9, high: value * 1.1 });
const learned = (change: Partial<LearnedView> = {}): LearnedView => ({
  ...{
    file: 'sales.csv',
    zone: 'UTC',
    from: '2025-01-06T00:00:00Z',
    cut: '2025-06-01T00:00:00Z',
    to: '2025-07-07T00:00:00Z',
  },
  ...{
    days: 182,
    heldDays: 36,
    events: 12_000,
    customers: 800,
    times: { kind: 'timed' },
    returns: 3,
    skipped: 0,
    badRows: 2,
    leftOut: ['few'],
  },
  segments: [
    {
      ...{ name: 'all', size: 950, seen: 800, perWeek: estimate(1.2), dispersion: estimate(0.5) },
      ...{
        weekdays: [1, 1, 1, 1, 1, 1, 1],
        growthPerMonth: estimate(0),
        hours: null,
        season: null,
        coming: null,
        scatter: 2.1,
      },
      uncertainty: { perWeek: 0.02, growthPerMonth: 0, alone: 0.02 },
      ...{ draws: [], drawnAs: 'all', isSizeKnown: true },
      ...{ amount: { mean: 40, spread: 0.6 }, notes: ['growth-not-told' as const] },
      intervals: { weekdays: null, hours: null, amount: { mean: estimate(40), spread: estimate(0.6) } },
    },
  ],
  holdOut: { forecast: 1010, actual: 1000, error: 0.01, naive: 900, naiveError: -0.1, naiveDaysBack: 42 },
  curves: {
    weekdays: Array.from({ length: 7 }, () => ({ actual: 100, fitted: 98 })),
    months: null,
    firsts: null,
    hours: Array.from({ length: 24 }, (_, hour) => ({ actual: hour, fitted: 11.5 })),
    weeks: [
      { from: '2025-01-06', actual: 700, fitted: 690 },
      { from: '2025-01-13', actual: 710, fitted: 690 },
    ],
    held: [{ from: '2025-06-01', actual: 1000, forecast: 1010, naive: 900 }],
  },
  verdict: { grade: 'good', isBeaten: false, weekday: { day: 6, error: -0.06 }, hour: null, month: null },
  body: { segments: [{ name: 'all', size: 950, activity: { perWeek: 1.2 } }], learned: { file: 'sales.csv' } },
  continued: { from: '2025-07-07T00:00:00Z', to: '2026-01-05T00:00:00Z' },
  ...change,
});

test.each(['light', 'dark'])(
  'the forecast stands before the button that uses it; axe finds nothing in the %s theme',
  async (theme) => {
    document.documentElement.dataset['theme'] = theme;
    const [onuse, onclose] = [vi.fn(), vi.fn()];
    await render(LearnedHost, { learned: learned(), onuse, onclose });
    await expect.element(page.getByText('Sundays are underestimated by 6%.')).toBeVisible();
    await expect.element(page.getByText(/Days vary 2.1 times as much/)).toBeVisible();
    expect(await accessibilityFaults()).toBe('');
    await page.getByRole('button', { name: 'Use this' }).click();
    expect(onuse).toHaveBeenCalledOnce();
  },
);

test('hours are a curve over the data and a sentence, and one that is off is named', async () => {
  const weights = Array.from({ length: 24 }, (_, hour) => (hour === 12 ? 3 : 21 / 23));
  const [segment] = learned().segments;
  const { verdict } = learned();
  await render(LearnedHost, {
    learned: learned({
      segments: [{ ...segment!, hours: weights }],
      verdict: { ...verdict, hour: { hour: 19, error: 0.12 } },
    }),
    ...{ onuse: vi.fn(), onclose: vi.fn() },
  });
  await expect.element(page.getByText('“all”: most from 12:00 to 13:00, 3 times an average hour.')).toBeVisible();
  await expect.element(page.getByText('The hour from 19:00 to 20:00 is overestimated by 12%.')).toBeVisible();
  await expect
    .element(page.getByText('Events of each hour that the clock of UTC showed, all days together.'))
    .toBeVisible();
  expect(await accessibilityFaults()).toBe('');
});

test('weekdays, hours and months stand in numbers with their intervals, below what is folded', async () => {
  const [segment] = learned().segments;
  const weekdays = [0.7, 0.8, 0.9, 1, 1.2, 1.5, 0.9].map(estimate);
  const hours = Array.from({ length: 24 }, (_, hour) => estimate(hour === 12 ? 3 : 21 / 23));
  await render(LearnedHost, {
    learned: learned({
      segments: [
        { ...segment!, intervals: { ...segment!.intervals, weekdays, hours } },
        { ...segment!, name: 'few', intervals: { weekdays: null, hours: null, amount: null } },
      ],
    }),
    ...{ onuse: vi.fn(), onclose: vi.fn() },
  });
  await page.getByRole('button', { name: /^Weekdays, hours and months in numbers/ }).click();
  const cells = page.getByRole('region', { name: 'Weekdays, hours and months in numbers' });
  await expect.element(cells.getByRole('row', { name: 'Saturday 1.5 (1.35 to 1.65) –' })).toBeVisible();
  await expect.element(cells.getByRole('row', { name: /^12:00 3 \(/ })).toBeVisible();
  await expect.element(cells.getByText('January')).not.toBeInTheDocument();
  await expect.element(page.getByRole('row', { name: /^few 950 800 .* – –$/ })).toBeVisible();
  expect(await accessibilityFaults()).toBe('');
});

test.each([
  [{ kind: 'dates' as const }, 'The dates have no time of day: no hours are learned'],
  [
    { kind: 'stamped' as const, at: ['02:00', '14:30:15'], share: 0.95 },
    '95% of the events are at exactly 02:00, 14:30:15, as imports',
  ],
])('why no hours are learned is said: %o', async (times, said) => {
  await render(LearnedHost, { learned: learned({ times }), onuse: vi.fn(), onclose: vi.fn() });
  await expect.element(page.getByText(said, { exact: false })).toBeVisible();
});

test('a season is a curve over the months, a sentence and a column, and a growth that nobody can know is none', async () => {
  const factors = Array.from({ length: 12 }, (_, month) => estimate(month === 11 ? 1.9 : month === 1 ? 0.5 : 1));
  const [segment] = learned().segments;
  const months = factors.map(({ value }) => ({ actual: value * 1000, fitted: value * 990 }));
  await render(LearnedHost, {
    learned: learned({
      segments: [{ ...segment!, season: factors, notes: ['season-or-growth'] }],
      curves: { ...learned().curves, months },
    }),
    ...{ onuse: vi.fn(), onclose: vi.fn() },
  });
  await expect
    .element(page.getByText('“all”: most in December, 1.9 times an average month; least in February, 0.5 times.'))
    .toBeVisible();
  await expect.element(page.getByRole('heading', { name: 'Months of the year' })).toBeVisible();
  for (const name of ['not known', '0.5 to 1.9']) await expect.element(page.getByRole('cell', { name })).toBeVisible();
  await expect.element(page.getByText(/the file is one year, not two/)).toBeVisible();
  expect(await accessibilityFaults()).toBe('');
});

test('newcomers and drop-out are a curve of first events, sentences and columns', async () => {
  const [segment] = learned().segments;
  const dropOut = { probability: 0.037, dispersion: 2 };
  const coming = {
    ...{ joins: estimate(25), probability: estimate(0.1), spread: estimate(1), dropOut },
    newcomers: { perWeek: estimate(0.9), dispersion: estimate(0.8), dropOut },
  };
  await render(LearnedHost, {
    learned: learned({
      segments: [{ ...segment!, coming, notes: ['growth-as-coming'] }],
      curves: { ...learned().curves, firsts: learned().curves.weeks },
    }),
    ...{ onuse: vi.fn(), onclose: vi.fn() },
  });
  await expect.element(page.getByText('“all”: 25 (22.5 to 27.5) newcomers join a week.')).toBeVisible();
  await expect
    .element(page.getByText(/with a probability of 10% \(9% to 11%\); of those .*3.7% of the events/))
    .toBeVisible();
  await expect.element(page.getByText(/counts as customers who come and go/)).toBeVisible();
  await expect.element(page.getByRole('heading', { name: 'First events of customers' })).toBeVisible();
  for (const name of ['25 (22.5 to 27.5)', '10% (9% to 11%)'])
    await expect.element(page.getByRole('cell', { name })).toBeVisible();
  expect(await accessibilityFaults()).toBe('');
  await page.screenshot({ path: '../../../test-results/coming-960.png' });
});

test('groups say once how they are made, and newcomers stand beside them', async () => {
  const [segment] = learned().segments;
  const notes = ['group-of-those-there' as const];
  const newcomers = { perWeek: estimate(1), dispersion: estimate(0.5), dropOut: { probability: 0.1, dispersion: 1 } };
  const there = {
    ...{ newcomers, joins: null, probability: null, spread: null },
    dropOut: { probability: 0.03, dispersion: 1 },
  };
  const joining = { ...there, joins: estimate(25), probability: estimate(0.1), spread: estimate(1), dropOut: null };
  await render(LearnedHost, {
    learned: learned({
      segments: [
        { ...segment!, name: 'less than 0.5 events a week', notes, coming: there },
        { ...segment!, name: '0.5 or more events a week', notes, coming: there },
        { ...segment!, name: 'newcomers', size: 0, seen: 0, notes: [], coming: joining },
      ],
    }),
    ...{ onuse: vi.fn(), onclose: vi.fn() },
  });
  await expect.element(page.getByText(/whoever came late is none who comes seldom/)).toBeVisible();
  await expect.element(page.getByText(/^“newcomers”: a newcomer leaves for good after an event/)).toBeVisible();
  await expect
    .element(page.getByText(/^“less than 0.5 events a week”, “0.5 or more events a week”: of customers who are there/))
    .toBeVisible();
  expect(page.getByRole('cell', { name: '3%' }).elements()).toHaveLength(2);
});

/** Nothing but its groups is worth a word. */
const PLAIN = { leftOut: [], skipped: 0, badRows: 0, returns: 0 };

test('what is the same of every group is said once', () => {
  const [segment] = learned().segments;
  const groups = (...notes: (typeof segment & object)['notes'][]) =>
    learnedNotes(
      learned({
        ...PLAIN,
        segments: notes.map((own, place) => ({ ...segment!, name: `g${String(place)}`, scatter: 1, notes: own })),
      }),
    );
  expect(
    groups(['growth-not-told', 'season-not-told'], ['growth-not-told'], ['growth-not-told', 'season-not-told']),
  ).toEqual([
    '“g0”, “g2”: no season that chance could not explain.',
    'Every group: no growth that chance could not explain.',
  ]);
  expect(groups(['growth-not-told'])).toEqual(['“g0”: no growth that chance could not explain.']);
});

test('how good it is, is said in words, and a plain forecast that came nearer is no secret', () => {
  const worse = learned({
    holdOut: { forecast: 800, actual: 1000, error: -0.2, naive: 990, naiveError: -0.01, naiveDaysBack: 364 },
    verdict: { grade: 'poor', isBeaten: true, weekday: null, hour: null, month: { month: '2025-12', error: -0.3 } },
  });
  expect(fitSentences(worse)).toEqual([
    'Poor: for the last 36 days, held back, the forecast says 20% too few events.',
    'Dec 2025 is underestimated by 30%: a holiday, a campaign or a season that the fit does not have.',
    'Repeating what was 364 days earlier says 1% too few.',
    'That plain forecast came nearer, so look at the curves before you use this.',
  ]);
  const closed = learned({
    verdict: {
      ...{ grade: 'good', isBeaten: false, weekday: { day: 6, error: null }, hour: { hour: 23, error: null } },
      month: { month: '2025-12', error: null },
    },
  });
  expect(fitSentences(closed).slice(1, 4)).toEqual([
    'Sundays: nobody came on those held back, though the forecast expects customers.',
    'From 23:00 to 24:00 nobody came in the days held back, though the days before had customers then.',
    'Dec 2025: nobody came, for a closure that the fit does not have, or a part of the file that is missing.',
  ]);
  const untold = learned({
    holdOut: null,
    verdict: { grade: 'untold', isBeaten: false, weekday: null, hour: null, month: null },
  });
  expect(fitSentences(untold)).toEqual([expect.stringMatching(/^How good it is nobody can tell/)]);
});

function asked(handlers: Partial<Handlers>) {
  const { door, asked: calls } = scripted({
    'simulation.check': () => ({ mistakes: [], warnings: [] }),
    'simulation.libraryCopies': () => ({ copies: [] }),
    ...handlers,
  });
  const screen = new SimulateScreen(door);
  screen.form.loadBody(
    {
      ...{ schema: 'laurel/scenario@1', name: 'Test', from: '2026-03-01T00:00:00Z', to: '2026-06-01T00:00:00Z' },
      ...{ replications: 1, timeZone: 'Europe/Berlin', badges: [{ key: 'a', badge: { name: 'A' } }], customers: null },
      events: { csv: 'sales.csv', customer: 'who', at: 'when', amount: null, segment: null, decimal: ',' },
    },
    { source: { token: 't' }, name: 'sales.csv', columns: ['who', 'when'] },
  );
  return { screen, calls };
}

test('what was said of the file and of the fit is asked, and what was learned takes the place of the file', async () => {
  const { screen, calls } = asked({ 'simulation.learn': () => ({ learned: learned() }) });
  screen.learning.population = 950;
  await screen.learn();
  expect(calls.find(({ method }) => method === 'simulation.learn')?.input).toMatchObject({
    ...{ events: { token: 't' }, zone: 'Europe/Berlin', segments: 'auto', population: 950, holdOut: 0.2 },
    choices: { columns: { customer: 'who', at: 'when' }, decimal: ',' },
  });
  expect(screen.learning.learned?.file).toBe('sales.csv');
  const used = screen.useLearned();
  expect(used).toMatchObject({ file: 'sales.csv', goesOn: false, before: { draft: { replications: 1 } } });
  expect(screen.form.draft).toMatchObject({
    ...{ events: null, replications: 10, from: '2026-03-01T00:00:00Z' },
    customers: { learned: { file: 'sales.csv' }, segments: [{ size: 950, activity: { perWeek: 1.2, dispersion: 0 } }] },
  });
  // The file can be had back.
  screen.form.restore(used!.before);
  expect(screen.form.draft?.events?.csv).toBe('sales.csv');
});

test('how many customers there are is asked for groups of one fit, and not for the segments of a column', async () => {
  const { screen, calls } = asked({ 'simulation.learn': () => ({ learned: learned() }) });
  const sent = () => calls.findLast(({ method }) => method === 'simulation.learn')?.input;
  screen.learning.population = 950;
  screen.learning.segments = 3;
  await screen.learn();
  expect(sent()).toMatchObject({ segments: 3, population: 950 });
  screen.learning.segments = 'auto';
  screen.form.draft!.events!.segment = 'tier';
  await screen.learn();
  expect(sent()).toMatchObject({ segments: 'auto', population: null });
});

test('a question of the file leads back to it, and a failure is shown with a way back', async () => {
  const question = {
    code: 'date-order' as const,
    words: { key: 'learning.noFile' as const, values: {} },
    option: '',
    choices: [],
  };
  const { screen } = asked({ 'simulation.learn': () => ({ questions: [question] }) });
  await screen.learn();
  expect([screen.learning.isShown, screen.learning.learned]).toEqual([false, null]);
  expect(screen.announcement).toMatch(/has to be said/);
  const broken = asked({
    'simulation.learn': () => {
      throw new Error('gone');
    },
  });
  await broken.screen.learn();
  expect(broken.screen.learning.work?.state).toBe('failed');
  broken.screen.learning.close();
  expect(broken.screen.learning.work).toBeNull();
});

test('days held back that leave nothing to learn from are refused beside the field', () => {
  const { screen } = asked({});
  screen.learning.holdOut = 0.95;
  expect(screen.learning.blocked).toMatch(/At most 90%/);
});

test('it is learned from some days of the file, and days that cannot be are refused beside their field', async () => {
  const { screen, calls } = asked({ 'simulation.learn': () => ({ learned: learned() }) });
  // A Sunday evening in UTC is Monday in Berlin.
  screen.form.look.inspection = {
    ...{ questions: [], columns: [] },
    span: { from: '2025-01-05T23:30:00Z', to: '2025-07-06T20:00:00Z' },
  } as never;
  const onlearn = vi.fn(() => void screen.learn());
  await render(LearnHost, { learning: screen.learning, onlearn });
  const [from, to] = ['Learn from', 'Learn until'].map((name) => page.getByRole('textbox', { name })) as [
    ReturnType<typeof page.getByRole>,
    ReturnType<typeof page.getByRole>,
  ];
  const button = page.getByRole('button', { name: 'Learn', exact: true });
  await from.fill('2025-02-30');
  await expect.element(page.getByText('Write a day such as 2026-12-24.').first()).toBeVisible();
  await from.fill('2025-07-07');
  await expect.element(page.getByText('The file has rows from Jan 6, 2025 to Jul 6, 2025 only.').first()).toBeVisible();
  await expect.element(from).toHaveAttribute('aria-invalid', 'true');
  await expect.element(button).toHaveAttribute('aria-disabled', 'true');
  await from.fill('2025-02-03');
  await to.fill('2025-02-01');
  await expect.element(page.getByText('That is before the first day.').first()).toBeVisible();
  await from.fill('');
  await to.fill('2025-01-05');
  await expect.element(page.getByText(/^The file has rows from Jan 6/).first()).toBeVisible();
  expect(await accessibilityFaults()).toBe('');
  await from.fill('2025-02-03');
  await to.fill('2025-05-04');
  await button.click();
  await expect
    .poll(() => calls.find(({ method }) => method === 'simulation.learn')?.input)
    .toMatchObject({ from: '2025-02-03', to: '2025-05-04' });
  await from.fill('');
  await to.fill('');
  await button.click();
  await expect
    .poll(() => calls.filter(({ method }) => method === 'simulation.learn').at(-1)?.input)
    .toMatchObject({ from: null, to: null });
});

test('what was learned says from which days', async () => {
  await render(LearnedHost, { learned: learned(), onuse: vi.fn(), onclose: vi.fn() });
  await expect.element(page.getByText(/182 days from .*6.* to .*Jul.*6/)).toBeVisible();
});
