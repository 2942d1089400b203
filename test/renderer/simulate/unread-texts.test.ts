import '../../../renderer/styles/tokens.css';
import '../../../renderer/styles/base.css';
import { beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Door } from '../../../renderer/lib/backend';
import ScenarioPane from '../../../renderer/features/simulate/ScenarioPane.svelte';
import { SimulateScreen } from '../../../renderer/features/simulate/screen.svelte';
import type { ScenarioBody } from '../../../shared/ipc/simulation-contract';

const BODY: ScenarioBody = {
  schema: 'laurel/scenario@1',
  name: 'Spring',
  from: '2026-03-01T00:00:00Z',
  to: '2026-06-01T00:00:00Z',
  badges: [
    {
      key: 'streak',
      badge: { name: 'Streak', startOn: '2026-03-01T00:00:00Z', expiresOn: '2026-06-01T00:00:00Z' },
    },
  ],
  customers: { segments: [{ name: 'all', size: 10, activity: { perWeek: 1 } }] },
};

beforeEach(() => localStorage.clear());

test('a simulation does not run with the last number or date while something else stands in a field', async () => {
  const asked: string[] = [];
  const door = ((name: string) => {
    asked.push(name);
    if (name === 'simulation.libraryCopies') return Promise.resolve({ copies: [] });
    return Promise.resolve(name === 'simulation.check' ? { mistakes: [], warnings: [] } : { total: 0, rows: [] });
  }) as unknown as Door;
  const screen = new SimulateScreen(door);
  screen.form.loadBody(BODY);
  const { draft } = screen.form;
  if (draft === null) throw new Error('no draft');
  await render(ScenarioPane, { screen, draft, onpick: () => undefined });
  const run = page.getByRole('button', { name: 'Run', exact: true });
  await expect.element(run).not.toHaveAttribute('aria-disabled');
  const size = page.getByRole('textbox', { name: 'Customers', exact: true });
  await size.fill('1.5');
  await expect.element(run).toHaveAccessibleDescription(/What is typed in Customers could not be read/);
  expect(screen.blocked).toMatch(/typed in Customers/);
  await screen.start();
  expect(asked).not.toContain('simulation.run');
  await size.fill('15');
  await page.getByRole('textbox', { name: 'From', exact: true }).fill('someday soon');
  expect(screen.blocked).toMatch(/typed in From/);
  await page.getByRole('textbox', { name: 'From', exact: true }).fill('2026-03-02');
  expect(screen.blocked).toBeNull();
});
