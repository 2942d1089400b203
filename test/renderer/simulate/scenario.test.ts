import { beforeEach, expect, test, vi } from 'vitest';
import { knobChoices, knobWords } from '../../../renderer/features/simulate/knob-words';
import type { Door } from '../../../renderer/features/simulate/door';
import { draftOf, newScenario } from '../../../renderer/features/simulate/scenario-draft';
import { ScenarioForm } from '../../../renderer/features/simulate/scenario-form.svelte';
import { SimulateScreen } from '../../../renderer/features/simulate/screen.svelte';
import { instantOf } from '../../../shared/domain/instant';
import { Failure } from '../../../shared/ipc/errors';
import type { ScenarioBody } from '../../../shared/ipc/simulation-contract';

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

test('columns of a file are guessed by their names', async () => {
  const form = new ScenarioForm(
    door({
      'customers.inspectFile': () => ({ header: ['transaction_date', 'total', 'user_id', 'tier'], column: 2 }),
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
  });
  expect(form.draft?.customers).toBeNull();
  expect(form.asked()).toMatchObject({ events: { token: 't' } });
});

test('a run shows its progress, is cancelled through its signal, and leaves nothing open', async () => {
  const list = vi.fn(() => ({ total: 0, rows: [] }));
  const screen = new SimulateScreen(
    door({
      'simulation.check': () => ({ mistakes: [], warnings: [] }),
      'simulation.list': list,
      'simulation.run': (_input, { signal }) =>
        new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new Failure('cancelled', '')))),
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
