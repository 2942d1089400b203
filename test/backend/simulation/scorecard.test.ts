import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { GrantedFiles } from '../../../electron/backend/files/granted-files';
import { openSimulation } from '../../../electron/backend/simulation/open-simulation';
import { instantOf } from '../../../shared/domain/instant';
import { DEFAULT_SETTINGS } from '../../../shared/domain/settings';
import { contract, type Input } from '../../../shared/ipc/contract';
import type { ScorecardAnswer } from '../../../shared/ipc/scorecard-contract';
import { temporaryFolder } from '../../db/temporary-folder';
import { NOW, testWorkspace } from '../../db/workspace/open-workspace';
import { asTable, drawnTransactions, type DrawnSegment } from '../../simulation/learning/drawn-transactions';
import { scenarioBody } from '../../simulation/scenarios';

const [FROM, TO] = ['2026-03-01T00:00:00Z', '2026-06-01T00:00:00Z'];
const segment = (name: string, size: number, perWeek: number): DrawnSegment => ({
  ...{ name, size, activity: { perWeek, dispersion: 0.5 } },
});
const drawn = (...segments: DrawnSegment[]) => drawnTransactions(12, FROM, TO, segments);

/** A kept result, and files that a person chose. */
async function kept(
  texts: Readonly<Record<string, string>>,
  given: object = {},
  counts?: Parameters<typeof openSimulation>[3],
) {
  const { current: workspace } = await testWorkspace();
  const files = new GrantedFiles();
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(texts)) {
    const file = path.join(folder, `${name}.csv`);
    writeFileSync(file, text);
    files.grant(name, { path: file, name: `${name}.csv`, bytes: text.length, mode: 'read' });
  }
  const context = {
    ...{ workspace, files, now: () => NOW, settings: () => DEFAULT_SETTINGS },
    beforeDeletion: () => Promise.resolve(),
  };
  const side = openSimulation(context, undefined, undefined, counts);
  onTestFinished(() => side.close());
  const host = { signal: new AbortController().signal, progress: () => undefined };
  const body = scenarioBody({ replications: 2, ...given });
  const view = await side.handlers['simulation.run'](contract['simulation.run'].input.parse({ body }), host);
  const shares: number[] = [];
  return {
    shares,
    ask: (
      input: Partial<Input<'simulation.scorecard'>> = {},
      signal = new AbortController().signal,
    ): ReturnType<(typeof side.handlers)['simulation.scorecard']> =>
      side.handlers['simulation.scorecard'](
        contract['simulation.scorecard'].input.parse({
          ...{ id: view.summary.id, badge: 0, awards: { token: 'awards', name: 'awards.csv' } },
          ...input,
        }),
        { signal, progress: ({ share }) => shares.push(share) },
      ),
  };
}

const scoreOf = (answer: ScorecardAnswer) => {
  if ('questions' in answer) throw new Error('It asked.');
  const [badge] = answer.badges;
  return { score: badge!.score!, org: badge!.org, files: answer.files };
};

test('a kept result is run often enough for bands, and held against the awards of a file', async () => {
  const rows = drawn(segment('regulars', 400, 1.2));
  const outside = `7,2025-01-01T00:00:00Z,1,regulars\n`;
  const { ask, shares } = await kept({ awards: asTable(rows) + outside });
  const { score, files } = scoreOf(await ask());
  expect(score).toMatchObject({ runs: 40, place: 'in', since: null, causes: [] });
  expect(score.weeks).toHaveLength(13);
  expect(files).toEqual([{ of: 'awards', rows: rows.length, skipped: 1, badRows: 0 }]);
  expect(shares).toEqual([...shares].sort((one, other) => one - other));
  expect(shares.at(-1)).toBeLessThanOrEqual(1);
  expect(scoreOf(await ask({ until: '2026-03-20' })).score.weeks).toHaveLength(2);
  await expect(ask({ until: '2026-02-01' })).rejects.toMatchObject({ words: { key: 'scorecard.beforeStart' } });
});

test('a file of nothing, or of other badges, is told as that', async () => {
  const { ask } = await kept({
    awards: 'customer,date,what\n',
    others: 'customer,date,what\n7,2026-03-09T09:00:00Z,Ghost\n',
  });
  await expect(ask()).rejects.toMatchObject({ words: { key: 'scorecard.noRow', values: { file: 'awards.csv' } } });
  const others = await ask({ awards: { token: 'others', name: 'others.csv', choices: {} }, badgeColumn: 'what' });
  expect(others).toMatchObject({ badges: [{ score: null }], unmatched: [{ value: 'Ghost', awards: 1 }] });
});

test('purchases and a group that was kept out', async () => {
  const sales = drawn(segment('reached', 400, 2), segment('kept', 300, 1));
  const { ask } = await kept({ awards: asTable(drawn(segment('regulars', 400, 2))), sales: asTable(sales) });
  const control = { segment: 'kept' };
  const given = { sales: { token: 'sales', name: 'sales.csv' }, control, controlSize: 300, size: 400 };
  const { score, files } = scoreOf(await ask(given));
  expect(score.place).toBe('above');
  expect(score.causes).toMatchObject([{ code: 'rate' }]);
  expect(score.uplift!.low).toBeLessThan(1);
  expect(score.uplift!.high).toBeGreaterThan(1);
  // Each amount of the file is 0.
  expect(score.upliftOfAmounts).toBeUndefined();
  expect(files.map(({ of }) => of)).toEqual(['awards', 'sales']);
  await expect(ask({ ...given, controlSize: 20 })).rejects.toMatchObject({ words: { key: 'scorecard.tooFew' } });
  await expect(ask({ ...given, size: null })).rejects.toMatchObject({
    words: { key: 'scorecard.noSizeOf', values: { all: 400, less: 100 } },
  });
  await expect(ask({ control, controlSize: 20 })).rejects.toMatchObject({ words: { key: 'scorecard.noGroups' } });
});

test('a file of those kept out that ends sooner is compared over its own days', async () => {
  const [sales, keptRows] = [drawn(segment('reached', 400, 1.2)), drawn(segment('kept', 300, 1.2))];
  const sooner = keptRows.filter(({ at }) => at < '2026-04-01');
  const { ask } = await kept({
    ...{ awards: asTable(drawn(segment('regulars', 400, 1.2))), sales: asTable(sales), control: asTable(sooner) },
  });
  const { score, files } = scoreOf(
    await ask({
      ...{ sales: { token: 'sales', name: 'sales.csv', choices: {} }, controlSize: 300, size: 400 },
      control: { token: 'control', name: 'control.csv', choices: {} },
    }),
  );
  expect(score.compared).toMatchObject({
    ...{ reached: 400, control: 300 },
    days: { from: '2026-03-01', to: '2026-03-31', unknown: [{ of: 'control', where: 'after', day: '2026-03-31' }] },
  });
  expect(score.uplift!.reached).toBeCloseTo(sales.filter(({ at }) => at < '2026-04-01').length / 400, 8);
  expect(score.uplift!.control).toBeCloseTo(sooner.length / 300, 8);
  // What is told of the files is of all their rows.
  expect(files.map(({ rows }) => rows)).toEqual([expect.any(Number), sales.length, sooner.length]);
});

test('what only a person can say of a file is asked of that file, and a stop ends it', async () => {
  const rows = Array.from({ length: 40 }, (_, row) => `${row % 9},0${(row % 9) + 1}/0${(row % 7) + 1}/2026`);
  const { ask } = await kept({
    awards: asTable(drawn(segment('regulars', 40, 1))),
    sales: ['customer,date', ...rows, ''].join('\n'),
  });
  expect(await ask({ sales: { token: 'sales', name: 'sales.csv' } })).toMatchObject({
    of: 'sales',
    questions: [{ code: 'date-order' }],
  });
  const stopped = new AbortController();
  stopped.abort();
  await expect(ask({}, stopped.signal)).rejects.toMatchObject({ code: 'cancelled' });
});

test('how many could have bought is asked for where customers join, since the scenario draws their number', async () => {
  const sales = drawn(segment('reached', 400, 1.2), segment('kept', 300, 1.2));
  const newcomers = {
    name: 'regulars',
    size: 100,
    joins: { perWeek: 22 },
    activity: { perWeek: 1.2, dispersion: 0.5 },
  };
  const { ask } = await kept(
    { awards: asTable(drawn(segment('regulars', 400, 1.2))), sales: asTable(sales) },
    { customers: { segments: [newcomers] } },
  );
  const given = { sales: { token: 'sales', name: 'sales.csv' }, control: { segment: 'kept' }, controlSize: 300 };
  await expect(ask(given)).rejects.toMatchObject({ words: { key: 'scorecard.noSize' } });
  const { uplift } = scoreOf(await ask({ ...given, size: 400 })).score;
  expect(uplift!.low).toBeLessThan(0.1);
  expect(uplift!.high).toBeGreaterThan(-0.1);
});

test('what an org counts is held against the forecast, with a file of awards and without one', async () => {
  const rows = drawn(segment('regulars', 400, 1.2));
  const asked: unknown[] = [];
  const counts = (awards: number | null) => ({
    ...{ id: 'b1', readOn: instantOf(TO), startOn: instantOf(FROM), expiresOn: instantOf(TO), awards, cycles: [] },
    ...{ earlier: [], namesake: null },
  });
  let answer: ReturnType<typeof counts> | null = counts(rows.length);
  const { ask } = await kept({ awards: asTable(rows) }, {}, (connectionId, { name }) => {
    asked.push([connectionId, name]);
    return Promise.resolve({ org: 'Acme', counts: answer });
  });
  const both = scoreOf(await ask({ connectionId: 3 }));
  expect(asked).toEqual([[3, 'Test badge']]);
  expect(both.org).toMatchObject({ name: 'Acme', score: { total: { place: 'in' }, runs: 40 } });
  expect(both.org?.score?.file).toEqual({ awards: rows.length, differs: false, later: null });
  answer = counts(rows.length - 1);
  expect(scoreOf(await ask({ connectionId: 3 })).org?.score?.file?.differs).toBe(true);
  const alone = scoreOf(await ask({ connectionId: 3, awards: null }));
  expect([alone.score, alone.org?.score?.total?.actual, alone.org?.score?.file, alone.files]).toEqual([
    ...[null, rows.length - 1, null, []],
  ]);
  answer = null;
  expect(scoreOf(await ask({ connectionId: 3, awards: null })).org).toEqual({ name: 'Acme', score: null });
  await expect(ask({ awards: null })).rejects.toMatchObject({ words: { key: 'scorecard.noAwards' } });
});

test('in the early morning an org is judged by what a shop that opens at nine lets expect', async () => {
  const hours = [...new Array<number>(9).fill(0), ...new Array<number>(11).fill(1), 0, 0, 0, 0];
  const given = {
    customers: { segments: [{ name: 'regulars', size: 400, activity: { perWeek: 1.2, dispersion: 0.5, hours } }] },
  };
  // As many at eight as at the midnight before, and of Monday noon three of eleven hours more.
  const meanAt = async (readOn: string): Promise<number> => {
    const counts = {
      ...{
        id: 'b1',
        startOn: instantOf(FROM),
        expiresOn: instantOf(TO),
        awards: 2000,
        cycles: [],
        earlier: [],
        namesake: null,
      },
    };
    const { ask } = await kept({}, given, () =>
      Promise.resolve({ org: 'Acme', counts: { ...counts, readOn: instantOf(readOn) } }),
    );
    return scoreOf(await ask({ connectionId: 3, awards: null })).org!.score!.total!.forecast.mean;
  };
  const midnight = await meanAt('2026-04-06T00:00:00Z');
  expect(await meanAt('2026-04-06T08:00:00Z')).toBeCloseTo(midnight, 8);
  const [noon, next] = [await meanAt('2026-04-06T12:00:00Z'), await meanAt('2026-04-07T00:00:00Z')];
  expect((noon - midnight) / (next - midnight)).toBeCloseTo(3 / 11, 8);
});
