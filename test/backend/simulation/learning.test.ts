import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { GrantedFiles } from '../../../electron/backend/files/granted-files';
import { openSimulation } from '../../../electron/backend/simulation/open-simulation';
import { DEFAULT_SETTINGS } from '../../../shared/domain/settings';
import { contract, type Input } from '../../../shared/ipc/contract';
import type { LearnAnswer } from '../../../shared/ipc/learning-contract';
import { readScenario } from '../../../shared/simulation/scenario';
import { temporaryFolder } from '../../db/temporary-folder';
import { NOW, testWorkspace } from '../../db/workspace/open-workspace';
import { asTable, drawnTransactions } from '../../simulation/learning/drawn-transactions';
import { scenarioBody } from '../../simulation/scenarios';

/** The simulating side with a file of transactions that a person chose. */
async function withFile(text: string) {
  const { current: workspace } = await testWorkspace();
  const files = new GrantedFiles();
  const file = path.join(temporaryFolder(), 'sales.csv');
  writeFileSync(file, text);
  files.grant('sales', { path: file, name: 'sales.csv', bytes: text.length, mode: 'read' });
  const side = openSimulation({
    ...{ workspace, files, now: () => NOW, settings: () => DEFAULT_SETTINGS },
    beforeDeletion: () => Promise.resolve(),
  });
  onTestFinished(() => side.close());
  const shares: number[] = [];
  return {
    shares,
    learn: async (
      input: Partial<Input<'simulation.learn'>> = {},
      signal = new AbortController().signal,
    ): Promise<LearnAnswer> => {
      const asked = contract['simulation.learn'].input.parse({
        ...{ events: { token: 'sales' }, name: 'sales.csv', zone: 'UTC' },
        ...input,
      });
      return side.handlers['simulation.learn'](asked, { signal, progress: ({ share }) => shares.push(share) });
    },
  };
}

const drawn = () =>
  asTable(
    drawnTransactions(7, '2025-01-06T00:00:00Z', '2025-07-07T00:00:00Z', [
      { name: 'regulars', size: 900, activity: { perWeek: 1.2, dispersion: 0.5, amount: { mean: 40, spread: 0.6 } } },
      { name: 'newcomers', size: 500, activity: { perWeek: 0.3, dispersion: 1, amount: { mean: 25 } } },
    ]),
  );

test('learns in a thread of its own what the file was drawn with, with the curves over it, and tells how far it is', async () => {
  const { learn, shares } = await withFile(drawn());
  const answer = await learn();
  if (!('learned' in answer)) throw new Error('It asked.');
  const { learned } = answer;
  expect(learned).toMatchObject({ file: 'sales.csv', days: 182, heldDays: 36, from: '2025-01-06T00:00:00Z' });
  expect(learned.segments.map(({ name }) => name)).toEqual(['regulars', 'newcomers']);
  expect(learned.verdict).toMatchObject({ grade: 'good', weekday: null });
  const { weeks, held, hours, weekdays } = learned.curves;
  const total = (list: readonly { actual: number }[]): number => list.reduce((sum, { actual }) => sum + actual, 0);
  expect(total(weeks)).toBe(learned.events);
  // Of 36 days held back the last is no week.
  expect([held?.length, total(held ?? []) < (learned.holdOut?.actual ?? 0)]).toEqual([5, true]);
  expect(total(hours ?? [])).toBe(learned.events);
  expect((hours ?? []).reduce((sum, { fitted }) => sum + fitted, 0)).toBeCloseTo(learned.events, 6);
  expect(learned.times).toEqual({ kind: 'timed' });
  for (const { actual, fitted } of weekdays) expect(Math.abs(fitted / actual - 1)).toBeLessThan(0.02);
  expect(shares.length).toBeGreaterThan(3);
  expect(shares).toEqual([...shares].sort((one, other) => one - other));
  expect(shares.at(-1)).toBeLessThanOrEqual(1);

  // What is put into a scenario is one that runs, with what it was learned from.
  const reading = readScenario(scenarioBody({ customers: learned.body, ...learned.continued }));
  expect(reading).toMatchObject({ ok: true, scenario: { customers: { learned: { file: 'sales.csv' } } } });
});

test('all together, with how many there are, and in groups', async () => {
  const { learn } = await withFile(drawn());
  const one = await learn({ segments: 1, population: 2000, holdOut: 0 });
  expect(one).toMatchObject({ learned: { holdOut: null, curves: { held: null }, verdict: { grade: 'untold' } } });
  if ('learned' in one) expect(one.learned.segments.map(({ size }) => size)).toEqual([2000]);
  const three = await learn({ segments: 3 });
  if ('learned' in three) expect(three.learned.segments).toHaveLength(3);
});

test('from some days of the file alone, both included, by the clock of the zone', async () => {
  const { learn } = await withFile(drawn());
  const of = async (input: Parameters<typeof learn>[0]) => {
    const answer = await learn({ segments: 1, ...input });
    if (!('learned' in answer)) throw new Error('It asked.');
    return answer.learned;
  };
  const [whole, part] = [await of({}), await of({ from: '2025-02-03', to: '2025-05-04' })];
  expect(part).toMatchObject({ days: 91, from: '2025-02-03T00:00:00Z', to: '2025-05-05T00:00:00Z' });
  expect(part.continued.from).toBe('2025-05-05T00:00:00Z');
  expect(part.skipped).toBe(whole.events - part.events);
  expect(await of({ from: '2025-02-03', zone: 'Europe/Berlin' })).toMatchObject({
    from: '2025-02-03T00:00:00+01:00',
  });
  await expect(learn({ from: '2025-05-04', to: '2025-02-03' })).rejects.toMatchObject({
    words: { key: 'learning.emptyPeriod' },
  });
});

test('what only a person can say is asked, what cannot be learned is said, and a stop leaves nothing', async () => {
  const rows = Array.from({ length: 40 }, (_, row) => `${row % 9},0${(row % 9) + 1}/0${(row % 7) + 1}/2025`);
  const { learn } = await withFile(['customer,date', ...rows, ''].join('\n'));
  expect(await learn()).toMatchObject({ questions: [{ code: 'date-order' }] });
  const few = await withFile('customer,date\n1,2025-01-01\n');
  await expect(few.learn()).rejects.toMatchObject({ code: 'invalid-input', words: { key: 'learning.tooLittle' } });
  const stopped = new AbortController();
  const running = few.learn({}, stopped.signal);
  stopped.abort();
  await expect(running).rejects.toMatchObject({ code: 'cancelled' });
});

test('dates that name no zone are read in their own, and days and hours are those of the scenario', async () => {
  const minute = (index: number): string => String(index % 60).padStart(2, '0');
  const rows = Array.from({ length: 600 }, (_, index) => {
    const day = new Date(Date.UTC(2025, 0, 6 + (index % 28))).toISOString().slice(0, 10);
    return `${String(1 + (index % 40))},${day} 22:${minute(index * 7)}:${minute(index * 11)}`;
  });
  const { learn } = await withFile(`customerId,date\n${rows.join('\n')}\n`);
  const answer = await learn({ choices: { zone: 'America/New_York' }, zone: 'UTC' });
  if (!('learned' in answer)) throw new Error('It asked.');
  const { hours } = answer.learned.curves;
  // Five hours later by the clock of the scenario, on the next day.
  expect(hours?.map(({ actual }) => actual)).toEqual(Array.from({ length: 24 }, (_, hour) => (hour === 3 ? 600 : 0)));
  expect([answer.learned.zone, answer.learned.from]).toEqual(['UTC', '2025-01-07T00:00:00Z']);
});
