import '../../../renderer/styles/tokens.css';
import '../../../renderer/styles/base.css';
import { beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { OrgRules } from '../../../renderer/features/sync/rules.svelte';
import RulesTab from '../../../renderer/features/sync/RulesTab.svelte';
import { DEFAULT_SETTINGS } from '../../../shared/domain/settings';
import { defaultText, GATEWAY_SWITCHES } from '../../../shared/gateway/switches';
import type { Handlers } from '../../../shared/ipc/contract';
import { Failure } from '../../../shared/ipc/errors';
import type { LearnedRules, RulesCall, SentRulesCall } from '../../../shared/ipc/org-rules-contract';
import type { ConnectionView } from '../../../shared/ipc/sync-contract';
import { message } from '../../../shared/words/message';
import { saidFailure } from '../../ipc/said-failure';
import { accessibilityFaults } from '../components/accessibility';
import { connectionView, scripted } from './scripted-backend';

beforeEach(() => localStorage.clear());

const CALLS: RulesCall[] = ['badgeMeta', 'badgeMeta/{badge 1}/claim', 'customer/earn'].map((path) => ({
  ...{ method: 'POST', path, query: '', headers: { 'x-cap-badges-migration': 'migration' } },
  body: JSON.stringify({ asked: path }),
}));
const SENT: SentRulesCall[] = CALLS.map((call, index) => ({
  ...{ ...call, outcome: index === 1 ? 'lost' : 'answered', status: index === 1 ? null : 201 },
  answer: index === 1 ? null : JSON.stringify({ answered: index + 1 }),
}));

/** As the documents say, but for one point that is otherwise and one that could not be decided. */
const learned = (change: Partial<LearnedRules> = {}): LearnedRules => ({
  ...{ org: 'Acme UAT', learnedOn: 1_770_000_000_000_000, calls: SENT },
  points: GATEWAY_SWITCHES.map((known) => ({
    ...{ option: known.option, value: defaultText(known), reason: null, calls: [1, 3] },
    ...(known.option === 'weekly-cycles' ? { value: 'from-start' } : {}),
    ...(known.option === 'rolling-windows'
      ? { value: null, reason: message('fidelity.probeImports', { call: 3 }), calls: [] }
      : {}),
  })),
  badges: [
    { id: 'a'.repeat(24), name: 'Laurel probe x7 1', isActive: false },
    { id: 'b'.repeat(24), name: 'Laurel probe x7 2', isActive: true },
  ],
  ...change,
});

async function shown(handlers: Partial<Handlers>, connection: ConnectionView = connectionView()) {
  const { door, asked } = scripted({ 'orgRules.get': () => ({ learned: null }), ...handlers });
  const told: number[] = [];
  const rules = new OrgRules(door, 1, () => {
    told.push(1);
    return Promise.resolve();
  });
  await render(RulesTab, { rules, connection });
  return { rules, asked, told };
}

const button = (name: string) => page.getByRole('button', { name, exact: true });

test.each(['light', 'dark'])(
  'from nothing to what was learned, with axe at each step, in the %s theme',
  async (theme) => {
    document.documentElement.dataset['theme'] = theme;
    const { asked } = await shown({
      'orgRules.plan': () => ({ calls: CALLS }),
      'orgRules.learn': (_, { progress }) => {
        progress({ sent: 2, planned: 3 });
        return learned();
      },
    });
    await expect.element(page.getByRole('heading', { name: 'Learn the rules of Acme UAT' })).toBeVisible();
    expect(await accessibilityFaults()).toBe('');
    await button('Show what would be sent').click();
    await expect.element(page.getByRole('heading', { name: '3 calls would be sent' })).toBeVisible();
    await page.getByRole('button', { name: /POST customer\/earn/ }).click();
    await expect.element(page.getByRole('region', { name: 'Body of the request' })).toMatchTextContent(/asked.*earn/);
    expect(await accessibilityFaults()).toBe('');

    await userEvent.fill(page.getByRole('textbox'), 'acme uat');
    await expect.element(button('Learn')).toHaveAttribute('aria-disabled', 'true');
    await userEvent.keyboard('{Enter}');
    expect(asked.filter(({ method }) => method === 'orgRules.learn')).toEqual([]);
    await userEvent.fill(page.getByRole('textbox'), 'Acme UAT');
    await button('Learn').click();
    await expect.element(page.getByRole('heading', { name: 'How Acme UAT answers' })).toBeVisible();
    expect(asked.at(-1)?.input).toEqual({ connectionId: 1, typedName: 'Acme UAT' });
    const weekly = page.getByRole('row', { name: /Weekly cycles change/ });
    await expect.element(weekly).toMatchTextContent(/Every 7 days from the start/);
    await expect.element(weekly).toMatchTextContent(/otherwise: On the start day/);
    const rolling = page.getByRole('row', { name: /Rolling days are/ });
    await expect.element(rolling).toMatchTextContent(/not decided/);
    await expect.element(rolling).toMatchTextContent(/imported awards do not keep their date here \(call 3\)/);
    await expect
      .element(page.getByRole('alert'))
      .toMatchTextContent(
        /A badge that was made could not be switched off: Laurel probe x7 2 \(b{24}\)\. Do that in Acme UAT by hand\./,
      );
    await weekly.getByRole('button', { name: 'Show call 3' }).click();
    await expect.element(page.getByRole('region', { name: 'Body of the answer' })).toMatchTextContent(/answered.*3/);
    expect(document.activeElement?.textContent).toContain('customer/earn');
    expect(await accessibilityFaults()).toBe('');
  },
);

test('what is known is set in the practice org beside its other switches, and used here', async () => {
  const { asked, told } = await shown({
    'orgRules.get': () => ({ learned: learned() }),
    'orgRules.use': () => ({ from: null, switches: [] }),
    'practice.get': () => ({ options: { switches: { ...DEFAULT_SETTINGS, rollingWindows: 'dates' } } }) as never,
    'practice.configure': () => ({}) as never,
  });
  await button('Set the practice org so').click();
  await expect
    .element(
      page.getByText('The practice org now answers like Acme UAT: Weekly cycles change: Every 7 days from the start.'),
    )
    .toBeVisible();
  const configured = asked.at(-1)?.input as { options: { switches: object } } | undefined;
  expect(configured?.options.switches, 'what could not be decided stays').toMatchObject({
    ...{ weeklyCycles: 'from-start', rollingWindows: 'dates' },
  });
  await button('Use these rules here').click();
  await expect.element(page.getByText(/^Issue and Simulate now judge by the rules of Acme UAT: Weekly/)).toBeVisible();
  expect(asked.at(-1)).toEqual({ method: 'orgRules.use', input: { connectionId: 1 } });
  expect(told).toHaveLength(1);
});

test('a cancelled or failed learning says so and leaves the plan; what was learned before stays', async () => {
  let ends: 'cancelled' | 'offline' = 'cancelled';
  const { rules } = await shown({
    'orgRules.get': () => ({ learned: learned({ badges: [] }) }),
    'orgRules.plan': () => ({ calls: CALLS }),
    'orgRules.learn': () => {
      throw ends === 'cancelled'
        ? new Failure('cancelled', message('fidelity.probeStopped'))
        : saidFailure('offline', 'Acme is away.');
    },
  });
  await button('Learn again').click();
  await userEvent.fill(page.getByRole('textbox'), 'Acme UAT');
  await button('Learn').click();
  await expect.element(page.getByText(/^Cancelled\. Nothing was learned\./)).toBeVisible();
  ends = 'offline';
  await userEvent.fill(page.getByRole('textbox'), 'Acme UAT');
  await button('Learn').click();
  await expect.element(page.getByText('Acme is away.')).toBeVisible();
  expect(rules.typedName, 'it is typed anew for each try').toBe('');
  await button('Cancel').click();
  await expect.element(page.getByRole('heading', { name: 'How Acme UAT answers' })).toBeVisible();
});

test('a production org has no button that would ask it', async () => {
  await shown({}, connectionView({ kind: 'production' }));
  await expect.element(page.getByRole('heading', { name: 'Acme UAT is never asked' })).toBeVisible();
  expect(document.querySelectorAll('form, table')).toHaveLength(0);
  expect(page.getByRole('button', { name: 'Show what would be sent' }).elements()).toEqual([]);
});
