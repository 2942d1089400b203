import '../../../renderer/styles/tokens.css';
import '../../../renderer/styles/base.css';
import { beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { badgeView, numbersTable } from '../../../renderer/features/simulate/answers';
import { rememberedKey, rememberKey } from '../../../renderer/features/simulate/badge-keys';
import { keyRows, versionViews } from '../../../renderer/features/simulate/compared-versions';
import CostPane from '../../../renderer/features/simulate/CostPane.svelte';
import CrowdedPane from '../../../renderer/features/simulate/CrowdedPane.svelte';
import NumbersPane from '../../../renderer/features/simulate/NumbersPane.svelte';
import OverviewPane from '../../../renderer/features/simulate/OverviewPane.svelte';
import type { BadgeAnswers, ComparedVersion, SimulationView } from '../../../shared/ipc/simulation-contract';
import type { BadgeResult } from '../../../shared/simulation/result';

const WHY = 'Nobody can get “Streak”: it is not active, so every attempt is refused (815).';
const SOMEBODY = 'The cap of 50 runs out on 3 April.';

/** A result in which 40 customers tried 400 times; `why`: nobody can get the badge. */
function viewOf(why: string | null): SimulationView {
  const awarded = why === null ? 50 : 0;
  const result: BadgeResult = {
    enrolled: 0,
    enrolRejected: {},
    qualifying: 400,
    attempts: 400,
    awarded,
    customersAwarded: awarded,
    customersTurnedAway: 40,
    rejected: { 815: 400 },
    rejectedByConstraint: {},
    firstRejectedAt: null,
    exhaustedAt: null,
    byDay: [{ day: '2026-04-01', attempts: 400, awarded, rejected: 400 - awarded }],
    bySegment: { all: { customers: 40, awarded, customersAwarded: awarded, customersTurnedAway: 40 } },
    awardsPerCustomer: {},
    cost: null,
  };
  const answers: BadgeAnswers = {
    key: 'streak',
    name: 'Streak',
    sentence: why ?? SOMEBODY,
    nobody: why,
    cap: 50,
    cost: { expected: 1234, p90: 2345, currency: 'EUR', months: [] } as never,
    awarded: [awarded],
    crowding: [{ segment: null, joined: '2026-04', served: 0, turnedAway: 40 }],
  };
  return {
    summary: { id: 1, name: 'Spring' } as never,
    body: { badges: [] } as never,
    numbers: [],
    badges: [answers],
    badRows: [],
    replay: null,
    result: {
      schema: 'laurel/result@1',
      engine: '1.0.0',
      scenario: 'Spring',
      seed: 1,
      replications: 1,
      events: { total: 400, skipped: 0, badRows: 0 },
      badges: { streak: result },
      bands: null,
    },
  };
}

beforeEach(() => localStorage.clear());

const panes = [
  ['Overview', OverviewPane],
  ['Numbers', NumbersPane],
  ['Crowded out', CrowdedPane],
  ['Cost', CostPane],
] as const;

test.each(panes)('%s says that nobody can get the badge, and shows no figure of it', async (_, pane) => {
  const view = viewOf(WHY);
  await render(
    pane as typeof OverviewPane,
    {
      view,
      badge: badgeView(view, 0),
      fileName: 'spring',
      result: { budget: null },
    } as never,
  );
  await expect.element(page.getByText(WHY)).toBeVisible();
  await expect.element(page.getByText(/would answer another question, so they are not shown/)).toBeVisible();
  expect(document.body.innerText).not.toMatch(/Customers served|Turned away|1,234|empty-handed|Awards of each/);
});

test('its exported numbers say so too, in the place of figures as if it ran out or did not', () => {
  expect(numbersTable(badgeView(viewOf(WHY), 0))).toEqual({ columns: ['Answer'], rows: [[WHY]] });
  expect(numbersTable(badgeView(viewOf(null), 0)).rows).toContainEqual(
    expect.arrayContaining(['Customers served', 50]),
  );
});

test('Overview shows the answer and the figures of a badge that somebody can get', async () => {
  const view = viewOf(null);
  await render(OverviewPane, { view, badge: badgeView(view, 0), fileName: 'spring' });
  await expect.element(page.getByText(SOMEBODY)).toBeVisible();
  await expect.element(page.getByText('Customers served')).toBeVisible();
  expect(document.body.innerText).not.toContain('would answer another question');
});

test('a version in which nobody can get the badge has no figures beside others, and measures none of them', () => {
  const version = (id: number, why: string | null): ComparedVersion => {
    const { result, badges } = viewOf(why);
    return { id, name: `Version ${id}`, result, badges };
  };
  const rows = keyRows(versionViews([version(1, WHY), version(2, null)], 'streak'));
  expect(rows.map(({ cells }) => cells[0])).toEqual(rows.map(() => ({ text: '–', change: '' })));
  expect(rows[0]?.cells[1]).toEqual({ text: '50', change: '' });
});

test('the key of a badge is remembered by the badge, the latest use last, and 500 of them', () => {
  expect(rememberedKey('one')).toBeNull();
  rememberKey('one', 'streak');
  rememberKey('two', 'other');
  rememberKey('one', 'renamed');
  expect([rememberedKey('one'), rememberedKey('two')]).toEqual(['renamed', 'other']);
  for (let n = 0; n < 499; n += 1) rememberKey(`more ${n}`, 'k');
  // The one that was used longest ago is gone, the one used after it is not.
  expect([rememberedKey('two'), rememberedKey('one')]).toEqual([null, 'renamed']);
  localStorage.setItem('laurel.scenario.keys', '{broken');
  expect(rememberedKey('one')).toBeNull();
});
