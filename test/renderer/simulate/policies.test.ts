import '../../../renderer/styles/tokens.css';
import '../../../renderer/styles/base.css';
import { beforeEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { OpenResult } from '../../../renderer/features/simulate/open-result.svelte';
import { expectationWords, verdictWords } from '../../../renderer/features/simulate/policy-words';
import { SimulateScreen } from '../../../renderer/features/simulate/screen.svelte';
import type { Handlers } from '../../../shared/ipc/contract';
import type { JudgedPolicy } from '../../../shared/ipc/policies-contract';
import type { SimulationView } from '../../../shared/ipc/simulation-contract';
import type { Verdict } from '../../../shared/simulation/policy-verdict';
import { accessibilityFaults } from '../components/accessibility';
import { scripted } from '../sync/scripted-backend';
import PoliciesHost from './PoliciesHost.svelte';

beforeEach(() => localStorage.clear());

const COST: Verdict = {
  ...{ kind: 'measure', badge: 'streak', segment: null, measure: 'cost.expected', at: 'p90', value: 51_790, ok: false },
  lines: [{ line: 'max', limit: 50_000, ok: false, margin: -1790 }],
};
const LASTS: Verdict = {
  ...{
    kind: 'measure',
    badge: 'streak',
    segment: 'regulars',
    measure: 'exhaustedAt',
    at: 'p10',
    value: null,
    ok: true,
  },
  lines: [{ line: 'notBefore', limit: '2026-12-20T00:00:00Z', ok: true, margin: null }],
};
const EARLY: Verdict = {
  ...{ kind: 'measure', badge: 'streak', segment: null, measure: 'exhaustedAt', at: 'p50' },
  ...{ value: '2026-12-08T12:00:00Z', ok: false },
  lines: [{ line: 'notBefore', limit: '2026-12-20T00:00:00Z', ok: false, margin: -11.5 * 86_400 }],
};
const LINT: Verdict = {
  ...{ kind: 'lint', ok: false },
  found: [{ code: 'x', path: 'to', message: 'is odd' }],
};
const judged = (change: Partial<JudgedPolicy> = {}): JudgedPolicy => ({
  ...{ name: 'board.policy.json', body: { schema: 'laurel/policy@1', expect: [] }, ok: false, mistakes: [] },
  ...{ verdicts: [COST, LASTS, LINT], set: ['replications'], replications: 50 },
  ...change,
});

const block = { customers: 40, awarded: 50, customersAwarded: 50, customersTurnedAway: 40 };
const view = (policies?: readonly JudgedPolicy[]): SimulationView =>
  ({
    summary: { id: 7, name: 'Spring' },
    ...{ body: { timeZone: 'UTC', badges: [] }, numbers: [], badRows: [], replay: null },
    badges: [{ key: 'streak', name: 'Streak', sentence: '', cap: null, cost: null, awarded: [], crowding: [] }],
    result: { replications: 10, badges: { streak: { ...block, bySegment: { all: block } } }, bands: null },
    ...(policies === undefined ? {} : { policies }),
  }) as unknown as SimulationView;

async function shown(policies: readonly JudgedPolicy[] | undefined, handlers: Partial<Handlers> = {}) {
  const { door, asked } = scripted(handlers);
  const result = new OpenResult(door, view(policies));
  const [onpolicies, onsave] = [vi.fn(), vi.fn()];
  await render(PoliciesHost, { result, onpolicies, onsave });
  return { result, asked, onpolicies, onsave };
}

test('verdicts are told with the number and how far from the line', () => {
  expect([expectationWords(COST, 'UTC'), verdictWords(COST, 'UTC', 50)]).toEqual([
    'streak: P90 of expected cost at most 50,000',
    '51,790 (1,790 too much)',
  ]);
  expect(expectationWords(LASTS, 'UTC')).toMatch(/^streak, regulars: P10 of cap used up not before /);
  expect(verdictWords(LASTS, 'UTC', 50)).toBe('in nine of ten runs it never comes');
  expect(verdictWords({ ...LASTS, at: 'mean' }, 'UTC', 50)).toBe('no mean, because in some runs it never comes');
  expect(verdictWords(LASTS, 'UTC', 1)).toBe('never comes');
  expect(verdictWords(EARLY, 'UTC', 50)).toMatch(
    /2026.*; in half of the runs it is then or later \(11 days too early\)$/,
  );
  const late = { line: 'notAfter', limit: '2026-12-20T00:00:00Z', ok: false, margin: null } as const;
  expect(verdictWords({ ...LASTS, ok: false, at: 'p90', lines: [late] }, 'UTC', 50)).toBe(
    'in at least one of ten runs it never comes (too late)',
  );
  expect(verdictWords(LINT, 'UTC', 50)).toBe('to: is odd');
});

test.each(['light', 'dark'])(
  'green and red carry words and shapes, and axe finds nothing in the %s theme',
  async (theme) => {
    document.documentElement.dataset['theme'] = theme;
    await shown([
      judged(),
      judged({ name: 'b', verdicts: [], mistakes: [{ path: 'expect[0]', message: 'needs a line' }] }),
    ]);
    await expect.element(page.getByText('Broken: 3 of 3 lines.')).toBeVisible();
    await expect.element(page.getByText('holds', { exact: true })).toBeVisible();
    await expect
      .element(page.getByText(/Judged by a run of its own, with replications: 50 runs/).first())
      .toBeVisible();
    await expect.element(page.getByText(/expect\[0\]: needs a line/)).toBeVisible();
    expect(await accessibilityFaults()).toBe('');
  },
);

test('a line is added from a measure that is shown, judged, and stands beside the next run', async () => {
  const answer = judged({ name: 'Own lines', ok: true, verdicts: [{ ...COST, ok: true }] });
  const { asked, onpolicies, onsave } = await shown(undefined, { 'simulation.judge': () => ({ policies: [answer] }) });
  await page.getByRole('button', { name: 'Add a line' }).first().click();
  await page.getByRole('textbox', { name: 'Line' }).fill('120');
  await page.getByRole('button', { name: 'Add a line' }).last().click();
  await expect.element(page.getByText('The line holds.')).toBeVisible();
  const line = { badge: 'streak', measure: 'awarded', at: 'p90', max: 120 };
  expect(asked).toMatchObject([
    {
      method: 'simulation.judge',
      input: { id: 7, policies: [{ name: 'Own lines', body: { scenario: 'spring.scenario.json', expect: [line] } }] },
    },
  ]);
  expect(onpolicies).toHaveBeenCalledOnce();
  await page.getByRole('button', { name: 'Save “Own lines” as a file…' }).click();
  expect(onsave.mock.calls[0]?.[0]).toBe('spring.policy.json');
});

test('a policy that was dropped is judged where a result is open, and refused with its mistakes where it is none', async () => {
  const text = { name: 'board.policy.json', body: { schema: 'laurel/policy@1' } };
  const { door } = scripted({
    'simulation.check': () => ({ mistakes: [], warnings: [] }),
    'simulation.libraryCopies': () => ({ copies: [] }),
    'simulation.judge': () => ({ policies: [judged()] }),
    'simulation.openPolicy': ({ token }) =>
      token === 'good'
        ? { ok: true, policy: text, scenario: null }
        : { ok: false, name: 'bad', mistakes: [{ path: '', message: 'is odd' }] },
  });
  const screen = new SimulateScreen(door);
  screen.form.loadBody({ name: 'Spring', badges: [], customers: { segments: [] } });
  const file = { token: 'good', name: 'board.policy.json', bytes: 1 };
  expect(await screen.openPolicy(file)).toEqual({ name: 'board.policy.json', judged: false });
  expect(screen.form.policies).toEqual([text]);
  screen.show(view());
  expect(await screen.openPolicy(file)).toEqual({ name: 'board.policy.json', judged: true });
  expect(screen.result?.view.policies).toHaveLength(1);
  expect(await screen.openPolicy({ ...file, token: 'bad' })).toBeNull();
  expect(screen.refusedFile).toMatchObject({ name: 'bad' });
  expect(screen.form.policies).toHaveLength(1);
});
