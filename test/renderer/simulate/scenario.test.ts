import { beforeEach, expect, test, vi } from 'vitest';
import { knobChoices, knobWords } from '../../../renderer/features/simulate/knob-words';
import type { Door } from '../../../renderer/lib/backend';
import { draftOf, newScenario } from '../../../renderer/features/simulate/scenario-draft';
import { ScenarioForm } from '../../../renderer/features/simulate/scenario-form.svelte';
import { SimulateScreen } from '../../../renderer/features/simulate/screen.svelte';
import { instantOf } from '../../../shared/domain/instant';
import type { ScenarioBody } from '../../../shared/ipc/simulation-contract';
import { saidFailure } from '../../ipc/said-failure';

const NOW = instantOf('2026-03-01T09:00:00Z');
const BODY: ScenarioBody = {
  schema: 'laurel/scenario@1',
  name: 'Spring',
  from: '2026-03-01T00:00:00Z',
  to: '2026-06-01T00:00:00Z',
  badges: [
    {
      key: 'streak',
      badge: {
        badgeConstraints: [{ constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 100 }],
        startOn: '2026-03-01T00:00:00Z',
        expiresOn: '2026-06-01T00:00:00Z',
      },
    },
  ],
  customers: { segments: [{ name: 'all', size: 10, activity: { perWeek: 1 } }] },
};

beforeEach(() => localStorage.clear());

/** Stands for the backend: answers by method name. */
function door(answers: Record<string, (input: never, options: { signal?: AbortSignal }) => unknown>): Door {
  const ask = (name: string, input: never, options: { signal?: AbortSignal } = {}): Promise<unknown> =>
    Promise.resolve().then(() => answers[name]?.(input, options));
  return ask as unknown as Door;
}

test('a short scenario is filled in as the engine would, and a whole one is left as it is', () => {
  const draft = draftOf(BODY);
  expect(draft).toMatchObject({ seed: 1, timeZone: 'UTC', replications: 1, events: null });
  expect(draft.badges[0]).toMatchObject({
    owner: null,
    trigger: { every: 1, minAmount: 0, probability: 1 },
    enrol: [],
    cost: null,
  });
  expect(draft.customers?.segments[0]?.activity.weekdays).toHaveLength(7);
  const whole = newScenario(NOW, 'Europe/Berlin');
  expect(draftOf(whole as unknown as ScenarioBody)).toEqual(whole);
});

test('numbers that the form does not touch keep their digits, through edits, undo and the next start', async () => {
  const answers = door({ 'simulation.check': () => ({ mistakes: [], warnings: [] }) });
  const form = new ScenarioForm(answers);
  const text = JSON.stringify({ ...BODY, note: ['x'], seed: 7 }).replace('"x"', '1.10, 12345678901234567890');
  const body = JSON.parse(text) as ScenarioBody;
  const numbers = [
    [['note', '0'], '1.10'],
    [['note', '1'], '12345678901234567890'],
    [['seed'], '7.0'],
  ] as const;
  await form.open({ name: 'a.scenario.json', body, numbers, badgeFiles: [], events: null, policies: [] });
  const before = form.state();
  form.draft!.name = 'Renamed';
  form.draft!.seed = 8;
  const kept = numbers.slice(0, 2);
  expect(form.asked()?.numbers).toEqual(kept);
  await form.check();
  expect(new ScenarioForm(answers).asked()?.numbers).toEqual(kept);
  form.clear();
  form.restore(before);
  expect(form.asked()).toMatchObject({ body: { name: 'Spring' }, numbers });
});

test('what can be turned is told in words', () => {
  expect(knobChoices(BODY, 0).map(({ label, value }) => [label, value])).toEqual([
    ['Badge, in all: limit', 100],
    ['End of the badge', '2026-06-01T00:00:00Z'],
  ]);
  expect(knobWords(BODY, 'badges.0.trigger.every')).toBe('Events for an attempt');
});

test('the form keeps the scenario for the next start, and says what keeps it from running', async () => {
  const form = new ScenarioForm(
    door({ 'simulation.check': () => ({ mistakes: [{ path: 'to', message: 'must be after from' }], warnings: [] }) }),
  );
  expect(form.blocked).toMatch(/Choose a scenario/);
  form.load(newScenario(NOW, 'UTC'));
  expect(form.blocked).toMatch(/Add a badge/);
  form.loadBody(BODY);
  expect(form.blocked).toBeNull();
  await form.check();
  expect(form.blocked).toBe('to: must be after from');
  expect(form.notes('to').errors).toEqual([{ code: null, message: 'must be after from' }]);
  expect(new ScenarioForm(door({})).draft?.name).toBe('Spring');
});

test('the columns that the backend found in a file are taken', async () => {
  const form = new ScenarioForm(
    door({
      'customers.inspectFile': () => ({
        header: ['transaction_date', 'total', 'user_id', 'tier'],
        roles: { customer: 'user_id', at: 'transaction_date', time: null, amount: 'total', segment: 'tier' },
      }),
      'tables.inspect': () => ({
        sheets: ['Notes', 'Sales'],
        sheet: 'Sales',
        questions: [],
        columns: [
          { name: 'transaction_date', role: 'at', dateOrder: 'day-month-year', decimal: null },
          { name: 'total', role: 'amount', dateOrder: null, decimal: ',' },
        ],
      }),
      'simulation.check': () => ({ mistakes: [], warnings: [] }),
    }),
  );
  form.loadBody(BODY);
  await form.takeFile({ token: 't', name: 'events.csv', bytes: 10 });
  expect(form.draft?.events).toEqual({
    csv: 'events.csv',
    customer: 'user_id',
    at: 'transaction_date',
    amount: 'total',
    segment: 'tier',
    // How the file is read is written down, so that a result hangs on the scenario alone.
    sheet: 'Sales',
    dateFormat: 'day-month-year',
    decimal: ',',
  });
  expect(form.draft?.customers).toBeNull();
  expect(form.asked()).toMatchObject({ events: { token: 't' } });
});

test('what was remembered of files of this shape is taken into the scenario, shown, and dropped with one click', async () => {
  const remembered = { name: 'january.csv', shape: 's', choices: { dateFormat: 'month-day-year', zone: 'UTC' } };
  const forgotten = vi.fn(() => null);
  const columns = [
    { name: 'user', role: 'customer', why: null, dateOrder: null, decimal: null },
    { name: 'day', role: 'at', why: null, dateOrder: 'iso', decimal: null },
  ];
  const form = new ScenarioForm(
    door({
      'customers.inspectFile': () => ({
        header: ['user', 'day'],
        roles: { customer: 'user', at: 'day', time: null, amount: null, segment: null },
      }),
      'tables.inspect': () => ({ sheets: [], sheet: null, questions: [], columns, shape: 's', remembered }),
      'tables.forget': forgotten,
      'simulation.check': () => ({ mistakes: [], warnings: [] }),
    }),
  );
  form.loadBody(BODY);
  await form.takeFile({ token: 't', name: 'february.csv', bytes: 10 });
  expect(form.draft?.events).toMatchObject({ customer: 'user', dateFormat: 'month-day-year', zone: 'UTC' });
  expect(form.look.proposed).toEqual(remembered);
  await form.dropRemembered();
  expect(forgotten).toHaveBeenCalledOnce();
  expect(form.look.proposed).toBeNull();
  expect(form.draft?.events).toEqual({ csv: 'february.csv', customer: 'user', at: 'day', amount: null, segment: null });
});

test('a run shows its progress, is cancelled through its signal, and leaves nothing open', async () => {
  const list = vi.fn(() => ({ total: 0, rows: [] }));
  const screen = new SimulateScreen(
    door({
      'simulation.check': () => ({ mistakes: [], warnings: [] }),
      'simulation.list': list,
      'simulation.run': (_input, { signal }) =>
        new Promise((_, reject) => signal?.addEventListener('abort', () => reject(saidFailure('cancelled', '')))),
    }),
  );
  screen.form.loadBody(BODY);
  const running = screen.start();
  await vi.waitFor(() => expect(screen.isRunning).toBe(true));
  expect(screen.blocked).toMatch(/is running/);
  screen.cancel();
  await running;
  expect(screen.run?.state).toBe('cancelled');
  expect(screen.announcement).toBe('Cancelled. Nothing was kept.');
  expect(screen.result).toBeNull();
  expect(list).toHaveBeenCalled();
});

test('a scenario file is opened with what its form does not show, and the scenario before can be had back', async () => {
  const screen = new SimulateScreen(
    door({
      'simulation.check': () => ({ mistakes: [], warnings: [] }),
      'customers.inspectFile': () => ({ header: ['who', 'when'], column: 0 }),
      'simulation.open': () => ({
        ok: true,
        scenario: {
          name: 'spring.scenario.json',
          numbers: [],
          badgeFiles: ['badges/streak.badge.json'],
          events: { found: true, file: { token: 'granted', name: 'visits.csv', bytes: 9 } },
          body: {
            ...BODY,
            name: 'From a file',
            approvedBy: 'Ada',
            badges: [
              { ...(BODY['badges'] as object[])[0], enrol: [{ at: '2026-03-01T00:00:00Z', segments: ['all'] }] },
            ],
            customers: null,
            events: { csv: 'visits.csv', customer: 'who', at: 'when', encoding: 'utf8' },
          },
        },
      }),
    }),
  );
  screen.form.loadBody(BODY);
  const before = await screen.openFile({ token: 't', name: 'spring.scenario.json', bytes: 10 });
  expect(screen.form.draft?.name).toBe('From a file');
  expect(screen.form.replay).toMatchObject({ source: { token: 'granted' }, columns: ['who', 'when'] });
  expect(screen.form.origin?.notes).toEqual([
    expect.stringContaining('badges/streak.badge.json'),
    expect.stringContaining('approvedBy, events.encoding, badges[0].enrol[0].segments'),
  ]);
  expect(screen.form.asked()?.body).toMatchObject({ approvedBy: 'Ada', events: { encoding: 'utf8' } });
  expect(before?.draft?.name).toBe('Spring');
  if (before !== null) screen.form.restore(before);
  expect(screen.form.draft?.name).toBe('Spring');
  expect(screen.form.origin).toBeNull();
});

test('a file that is no scenario leaves the editor as it was, and says what is wrong', async () => {
  const mistakes = [{ path: 'badges[0].trigger.every', message: 'must be at least 1' }];
  const screen = new SimulateScreen(
    door({
      'simulation.check': () => ({ mistakes: [], warnings: [] }),
      'simulation.open': () => ({ ok: false, name: 'broken.scenario.json', mistakes }),
    }),
  );
  screen.form.loadBody(BODY);
  expect(await screen.openFile({ token: 't', name: 'broken.scenario.json', bytes: 10 })).toBeNull();
  expect(screen.form.draft?.name).toBe('Spring');
  expect(screen.refusedFile).toMatchObject({ name: 'broken.scenario.json', mistakes });
});

test('all kept results are reached, a page at a time, and found by their words', async () => {
  const rows = Array.from({ length: 120 }, (_, index) => ({ id: 120 - index, name: `Run ${120 - index}` }));
  const screen = new SimulateScreen(
    door({
      'simulation.list': (input) => {
        const { search = '', offset = 0, limit = 100 } = input as { search?: string; offset?: number; limit?: number };
        const found = rows.filter(({ name }) => name.includes(search));
        return { total: found.length, rows: found.slice(offset, offset + limit) };
      },
    }),
  );
  await screen.reload();
  expect([screen.kept.length, screen.keptMatching, screen.keptTotal]).toEqual([50, 120, 120]);
  await screen.moreKept();
  await screen.moreKept();
  expect(screen.kept.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
  await screen.searchKept('Run 11');
  expect(screen.kept.map(({ name }) => name)).toEqual([
    ...Array.from({ length: 10 }, (_, index) => `Run ${119 - index}`),
    'Run 11',
  ]);
  expect([screen.keptMatching, screen.keptTotal]).toEqual([11, 120]);
});
