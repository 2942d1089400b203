import { once } from 'node:events';
import { globSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { beforeAll, expect, it } from 'vitest';
import { temporaryFolder } from '../db/temporary-folder';
import { badgeBody, scenarioBody } from '../simulation/scenarios';
import { bundleCommandLine } from '../setup/command-line-once';
import { startLaurel } from './command-line';

beforeAll(bundleCommandLine);

/** More rows than are held in memory, in no order. */
function largeReplay(): { folder: string; temporary: string } {
  const folder = temporaryFolder();
  const temporary = path.join(folder, 'temporary');
  mkdirSync(temporary);
  const block = Array.from({ length: 1000 }, (_, row) => {
    const at = new Date(Date.UTC(2026, 2, 1) + ((row * 617) % 1000) * 3_600_000).toISOString();
    return `${String(1000 + row)},${at.slice(0, 19)}Z\n`;
  }).join('');
  writeFileSync(path.join(folder, 'visits.csv'), `who,when\n${block.repeat(2200)}`);
  writeFileSync(path.join(folder, 'small.csv'), 'customerId\n1\n');
  const events = { csv: 'visits.csv', customer: 'who', at: 'when' };
  writeFileSync(
    path.join(folder, 's.scenario.json'),
    JSON.stringify(scenarioBody({ customers: null, events }, { badge: badgeBody() })),
  );
  return { folder, temporary };
}

const writtenIn = (temporary: string): boolean =>
  globSync(`${temporary}/laurel-table-*/runs-*/part-*`).some((file) => statSync(file).size > 0);

it('a replay of more rows than the memory may hold leaves nothing, and after a kill the next command clears up', async () => {
  const { folder, temporary } = largeReplay();
  const env = { TMPDIR: temporary };
  const run = startLaurel(folder, env, 'simulate', 's.scenario.json');
  const exit = once(run, 'exit');
  while (!writtenIn(temporary) && run.exitCode === null) await wait(5);
  run.kill('SIGKILL');
  await exit;
  expect(run.signalCode).toBe('SIGKILL');
  expect(readdirSync(temporary)).toHaveLength(1);

  const [code] = (await once(startLaurel(folder, env, 'inspect', 'small.csv'), 'exit')) as [number];
  expect([code, readdirSync(temporary)]).toEqual([0, []]);

  const whole = startLaurel(folder, env, 'simulate', 's.scenario.json');
  let wasWritten = false;
  const end = once(whole, 'exit') as Promise<[number]>;
  while (whole.exitCode === null) {
    wasWritten ||= writtenIn(temporary);
    await wait(5);
  }
  expect([(await end)[0], wasWritten, readdirSync(temporary)]).toEqual([0, true, []]);
});
