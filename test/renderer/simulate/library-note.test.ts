import '../../../renderer/styles/tokens.css';
import '../../../renderer/styles/base.css';
import { beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { ScenarioForm } from '../../../renderer/features/simulate/scenario-form.svelte';
import type { Handlers } from '../../../shared/ipc/contract';
import type { CopyDifference, LibraryCopy } from '../../../shared/ipc/library-copies-contract';
import { message } from '../../../shared/words/message';
import { badgeBody } from '../../domain/badge-bodies';
import { accessibilityFaults } from '../components/accessibility';
import { scripted } from '../sync/scripted-backend';
import BadgeHost from './BadgeHost.svelte';

beforeEach(() => localStorage.clear());

const said = (text: string) => message('comparison.given', { text });
const CAP: CopyDifference = {
  field: 'badgeConstraints',
  label: message('comparison.fieldBadgeConstraints'),
  library: said('100 in all'),
  here: said('150 in all'),
  refusals: [],
};
const KIND: CopyDifference = {
  ...CAP,
  field: 'customerConstraints',
  label: message('comparison.fieldCustomerConstraints'),
  refusals: [{ org: 'Acme', code: 826, message: 'Constraint kind', advice: message('refusals.keepsLimitKind') }],
};

async function shown(change: Partial<LibraryCopy>, handlers: Partial<Handlers> = {}) {
  const copy: LibraryCopy = {
    ...{ id: 'b1', name: 'Test badge', revision: 4, linked: true, moved: false, differences: [CAP, KIND] },
    ...change,
  };
  const { door, asked } = scripted({
    'simulation.check': () => ({ mistakes: [], warnings: [] }),
    'simulation.libraryCopies': () => ({ copies: [copy] }),
    ...handlers,
  });
  const form = new ScenarioForm(door);
  const limits = {
    customerConstraints: [],
    badgeConstraints: [{ constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 150 }],
  };
  form.loadBody({
    ...{ schema: 'laurel/scenario@1', name: 'Test', from: '2026-03-01T00:00:00Z', to: '2026-06-01T00:00:00Z' },
    badges: [{ key: 'badge', badge: badgeBody(limits), library: { badge: 'b1', revision: 3 } }],
    customers: { segments: [{ name: 'all', size: 10, activity: { perWeek: 1 } }] },
  });
  await form.check();
  await render(BadgeHost, { form });
  return { form, asked };
}

test.each(['light', 'dark'])(
  'limits stand in words, what differs is shown, and axe finds nothing in the %s theme',
  async (theme) => {
    document.documentElement.dataset['theme'] = theme;
    await shown({ moved: true });
    await expect.element(page.getByText('All customers: 150 in all')).toBeVisible();
    await page.getByRole('button', { name: 'Show difference' }).click();
    await expect.element(page.getByText(/Acme would refuse it: Constraint kind \(826\)/)).toBeVisible();
    await page.getByRole('button', { name: 'Turn or add limits' }).click();
    expect(await accessibilityFaults()).toBe('');
  },
);

test('a limit is turned right there, with its mistakes beside it', async () => {
  const { form } = await shown(
    { differences: [] },
    {
      'simulation.check': () => ({
        mistakes: [{ path: 'badges[0].badge.badgeConstraints[0].maxEarnLimit', message: 'too few' }],
        warnings: [],
      }),
    },
  );
  await page.getByRole('button', { name: 'Turn or add limits' }).click();
  await expect.element(page.getByText('too few')).toBeVisible();
  await page.getByLabelText('At most').fill('7');
  expect(form.draft?.badges[0]?.badge['badgeConstraints']).toMatchObject([{ maxEarnLimit: 7 }]);
  await expect.element(page.getByText('All customers: 7 in all')).toBeVisible();
  await page.getByRole('button', { name: 'Remove this limit' }).click();
  await expect.element(page.getByText('No limits.')).toBeVisible();
});

test('a badge that moved on in the library can be kept as it is here: the scenario then knows that revision', async () => {
  const { form } = await shown({ moved: true });
  await page.getByRole('button', { name: 'Keep' }).click();
  expect(form.draft?.badges[0]?.library).toEqual({ badge: 'b1', revision: 4 });
});

test('what is used in the badge is sent as it stands here, on the revision that was seen', async () => {
  const { form, asked } = await shown(
    {},
    {
      'simulation.useInBadge': () => ({
        ...{ name: 'Test badge', revision: 5, problems: 0, taken: [CAP.label] },
        left: [{ label: KIND.label, refusals: KIND.refusals }],
      }),
    },
  );
  await page.getByRole('button', { name: 'Use in the badge' }).click();
  await expect.poll(() => form.draft?.badges[0]?.library).toEqual({ badge: 'b1', revision: 5 });
  expect(asked.find(({ method }) => method === 'simulation.useInBadge')?.input).toMatchObject({
    ...{ badge: 0, id: 'b1', baseRevision: 4 },
  });
});

test('where a live org would refuse everything, there is nothing to use, and it is said', async () => {
  await shown({ differences: [KIND] });
  await expect.element(page.getByRole('button', { name: 'Use in the badge' })).toHaveAttribute('aria-disabled', 'true');
});
