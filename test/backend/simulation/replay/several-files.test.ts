import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { loadScenario } from '../../../../electron/backend/simulation/load-scenario';
import { runSimulation, type SimulationOutcome } from '../../../../electron/backend/simulation/run';
import type { Output } from '../../../../shared/ipc/contract';
import { serialiseResult } from '../../../../shared/simulation/result';
import { temporaryFolder } from '../../../db/temporary-folder';
import { badgeBody, scenarioBody } from '../../../simulation/scenarios';
import { testBackend } from '../../open-backend';
import { writeParquet } from '../../tables/parquet-files';

/** Rows of some customers, by the hour from March on, of two shops. */
const ROWS = Array.from({ length: 900 }, (_, row) => {
  const at = new Date(Date.UTC(2026, 2, 1) + ((row * 7919) % 900) * 3_600_000).toISOString();
  return {
    who: 1000 + (row % 37),
    when: `${at.slice(0, 19)}Z`,
    amount: ((row * 31) % 1000) / 100,
    shop: `s${String(row % 2)}`,
  };
});
const textOf = (rows: typeof ROWS): string =>
  ['who,when,amount,shop', ...rows.map((row) => Object.values(row).join(','))].join('\n');
const queryOf = (rows: typeof ROWS): string =>
  `SELECT * FROM (VALUES ${rows
    .map(({ who, when, amount, shop }) => `(${String(who)}, TIMESTAMPTZ '${when}', ${amount.toFixed(2)}, '${shop}')`)
    .join(', ')}) AS rows(who, "when", amount, shop)`;

const EVENTS = { customer: 'who', at: 'when', amount: 'amount', segment: 'shop' };
const bodyOf = (csv: string): object =>
  scenarioBody({ customers: null, events: { ...EVENTS, csv } }, { badge: badgeBody() });

async function run(folder: string, csv: string): Promise<SimulationOutcome> {
  const file = path.join(folder, 's.scenario.json');
  writeFileSync(file, JSON.stringify(bodyOf(csv)));
  const loaded = loadScenario(file);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.findings));
  return runSimulation(loaded.job, { workers: 2 });
}

const bytesOf = async (folder: string, csv: string): Promise<string> =>
  serialiseResult((await run(folder, csv)).result);

test('one file, a folder of CSV, a pattern, a Parquet file and a folder of Parquet give the same bytes', async () => {
  const folder = temporaryFolder();
  mkdirSync(path.join(folder, 'texts'));
  mkdirSync(path.join(folder, 'parquet'));
  const [first, second] = [ROWS.slice(0, 400), ROWS.slice(400)];
  writeFileSync(path.join(folder, 'all.csv'), textOf(ROWS));
  writeFileSync(path.join(folder, 'texts', '2025-1.csv'), textOf(first));
  writeFileSync(path.join(folder, 'texts', '2025-2.csv'), textOf(second));
  await writeParquet(path.join(folder, 'all.parquet'), queryOf(ROWS));
  await writeParquet(path.join(folder, 'parquet', 'a.parquet'), queryOf(first));
  await writeParquet(path.join(folder, 'parquet', 'b.parquet'), queryOf(second));
  const bytes = await bytesOf(folder, 'all.csv');
  expect(bytes).toContain('"total": 900');
  for (const csv of ['texts', 'texts/2025-*.csv', 'all.parquet', 'parquet', 'parquet/*.parquet'])
    expect(await bytesOf(folder, csv)).toBe(bytes);
});

test('bad rows are named with their file and line, in Parquet with their row', async () => {
  const folder = temporaryFolder();
  mkdirSync(path.join(folder, 'texts'));
  writeFileSync(path.join(folder, 'texts', 'a.csv'), textOf(ROWS.slice(0, 2)));
  writeFileSync(path.join(folder, 'texts', 'b.csv'), `${textOf(ROWS.slice(2, 4))}\nx,2026-03-01T00:00:00Z,1,s1`);
  const { badRows } = await run(folder, 'texts');
  expect(badRows.map(({ file, line }) => [file, line])).toEqual([['b.csv', 4]]);
  await writeParquet(
    path.join(folder, 'bad.parquet'),
    `${queryOf(ROWS.slice(0, 2))} UNION ALL SELECT NULL, NULL, 1.00, 's1'`,
  );
  const bad = (await run(folder, 'bad.parquet')).badRows;
  expect(bad).toEqual([{ line: 3, reason: 'has no customer id; has no date' }]);
});

test('dates without a zone need one named, as in any file', async () => {
  const folder = temporaryFolder();
  await writeParquet(
    path.join(folder, 'naive.parquet'),
    `SELECT 7 AS who, TIMESTAMP '2026-03-05 09:30:00' AS "when", 1.5 AS amount, 's0' AS shop`,
  );
  const { badRows, result } = await run(folder, 'naive.parquet');
  expect([result.events.total, badRows.length]).toEqual([0, 1]);
  expect(badRows[0]?.reason).toContain('zone');
});

test('a folder that a person chose or dropped is replayed from the window', async () => {
  const folder = path.join(temporaryFolder(), 'sales');
  mkdirSync(folder);
  await writeParquet(path.join(folder, 'a.parquet'), queryOf(ROWS.slice(0, 400)));
  await writeParquet(path.join(folder, 'b.parquet'), queryOf(ROWS.slice(400)));
  const backend = await testBackend();
  backend.backend.grantFile('t', { path: folder, name: 'sales', bytes: 0, mode: 'read' });
  const view = await backend.call('customers.inspectFile', { token: 't', purpose: 'events' });
  expect(view).toMatchObject({ kind: 'parquet', columns: 4, header: ['who', 'when', 'amount', 'shop'] });
  const simulate = backend.backend.handlers['simulation.run'] as unknown as (
    given: object,
    host: object,
  ) => Promise<Output<'simulation.run'>>;
  const ran = await simulate(
    { language: 'en', body: bodyOf('sales'), numbers: [], pseudonyms: false, events: { token: 't' } },
    { signal: new AbortController().signal, progress: () => undefined },
  );
  expect(ran.result.events.total).toBe(900);
  expect(ran.replay).toMatchObject({ name: 'sales', isAtHand: true });
});

test('a folder or pattern outside the scenario’s own folder is not reached, nor a link out of it', async () => {
  const outside = temporaryFolder();
  const folder = path.join(outside, 'own');
  mkdirSync(path.join(folder, 'texts'), { recursive: true });
  writeFileSync(path.join(outside, 'a.csv'), textOf(ROWS));
  for (const csv of ['..', '../*.csv', 'texts/../../*.csv', `${outside}/*.csv`])
    await expect(run(folder, csv)).rejects.toThrow('lies outside');
  symlinkSync(path.join(outside, 'a.csv'), path.join(folder, 'texts', 'link.csv'));
  await expect(run(folder, 'texts')).rejects.toThrow('is a link to a file outside its folder');
  symlinkSync(outside, path.join(folder, 'linked'));
  await expect(run(folder, 'linked')).rejects.toThrow('lies outside');
  await expect(run(folder, 'linked/*.csv')).rejects.toThrow('lies outside');
});

test('rows that repeat the one before are counted the same however the file is cut, and in Parquet', async () => {
  const folder = temporaryFolder();
  const twice = ROWS.slice(0, 60).flatMap((row, place) => (place % 3 === 0 ? [row, row] : [row]));
  // One outside the period is no event that could be counted twice.
  const early = { ...ROWS[0]!, when: '2020-01-01T00:00:00Z' };
  const rows = [early, early, ...twice];
  writeFileSync(path.join(folder, 'all.csv'), textOf(rows));
  await writeParquet(path.join(folder, 'all.parquet'), queryOf(rows));
  for (const csv of ['all.csv', 'all.parquet']) expect((await run(folder, csv)).result.events.repeated).toBe(20);
  writeFileSync(path.join(folder, 'none.csv'), textOf(ROWS));
  expect((await run(folder, 'none.csv')).result.events).not.toHaveProperty('repeated');
});
