import '../../../renderer/styles/tokens.css';
import '../../../renderer/styles/base.css';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { badgeView } from '../../../renderer/features/simulate/answers';
import { OpenResult } from '../../../renderer/features/simulate/open-result.svelte';
import TornadoPane from '../../../renderer/features/simulate/TornadoPane.svelte';
import type { Door } from '../../../renderer/lib/backend';
import type { SimulationView } from '../../../shared/ipc/simulation-contract';
import type { TornadoAnswer } from '../../../shared/simulation/tornado';

const bars: TornadoAnswer = {
  bars: [{ path: 'badges.0.trigger.every', lowWords: '1', highWords: '3', low: 900, high: -1200 }],
  runs: 40,
  of: 40,
};

const sentence = () => document.querySelector('[role=status].sentence')?.textContent;

test('another number chosen leaves the words of the bars those of the number they are of', async () => {
  const door = (() => Promise.resolve(bars)) as unknown as Door;
  const view = {
    summary: { id: 1 },
    body: { badges: [{ key: 'streak', badge: { name: 'Streak' } }] },
    result: { badges: { streak: {} }, bands: null },
    badges: [{ key: 'streak', name: 'Streak', cost: null }],
  } as unknown as SimulationView;
  const result = new OpenResult(door, view);
  void render(TornadoPane, { result, badge: badgeView(view, 0), fileName: 'streak' });
  await page.getByRole('button', { name: 'Find what matters' }).click();
  await expect.poll(sentence).toContain('“awards”');
  const number = page.getByRole('combobox', { name: 'Which number' });
  await number.click();
  await page.getByRole('option', { name: 'Customers served' }).click();
  await expect.poll(() => number.element().textContent).toContain('Customers served');
  expect(sentence()).toContain('“awards”');
  await page.getByRole('button', { name: 'Find what matters' }).click();
  await expect.poll(sentence).toContain('“customers served”');
});
