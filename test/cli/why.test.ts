import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { WhyNot } from '../../shared/simulation/why-not';
import { temporaryFolder } from '../db/temporary-folder';
import { scenarioBody, badgeBody, SCENARIOS } from '../simulation/scenarios';
import { bundleCommandLine } from '../setup/command-line-once';
import { askInProcess, laurel } from './command-line';

beforeAll(bundleCommandLine);

/** Two customers and three visits: the second visit of the first one is refused by the badge's cap, as is the other's. */
function replayFolder(): string {
  const folder = temporaryFolder();
  const badge = badgeBody({
    customerConstraints: [{ constraintType: 'CUSTOMER_BADGE_ROLLING_WINDOW', maxEarnForDays: 1, rollForDays: 7 }],
    badgeConstraints: [{ constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 2 }],
  });
  const events = { csv: 'visits.csv', customer: 'who', at: 'when' };
  writeFileSync(path.join(folder, 'streak.badge.json'), JSON.stringify(badge));
  const body = scenarioBody({ customers: null, events }, { key: 'streak', badge: 'streak.badge.json' });
  writeFileSync(path.join(folder, 'replay.scenario.json'), JSON.stringify(body));
  const rows = [
    '71,2026-03-02T10:00:00Z',
    '71,2026-03-03T10:00:00Z',
    '72,2026-03-04T10:00:00Z',
    '72,2026-03-20T10:00:00Z',
  ];
  writeFileSync(path.join(folder, 'visits.csv'), `who,when\n${rows.join('\n')}\n`);
  return folder;
}

test('a refusal is told with constraint, window, count against limit, what used it up and when it frees', async () => {
  const folder = replayFolder();
  const end = await laurel(folder, 'why', 'replay.scenario.json', '--badge', 'streak', '--customer', '71');
  expect([end.code, end.error]).toEqual([0, '']);
  expect(end.out.split('\n')).toEqual([
    'Customer 71 tries for streak twice and gets it once.',
    expect.stringMatching(/^ {2}2026-03-03T10:00:00Z {2}\d+ {2}\S/),
    expect.stringMatching(/^ {4}CUSTOMER_BADGE_ROLLING_WINDOW: 1 in the last 7 days; 1 of 1 used, counted from /),
    '    latest awards that count: 2026-03-02T10:00:00Z (customer 71)',
    expect.stringMatching(/^ {4}the next place frees at 2026-03-0\d/),
    '',
  ]);
  const capped = await askInProcess(folder, 'why', 'replay.scenario.json', '--customer', '72', '--all');
  expect(capped.out).toContain(
    'Customer 72 tries for streak twice and gets it once.\n  2026-03-04T10:00:00Z  Awarded\n',
  );
  expect(capped.out).toContain('BADGE_FIXED_VALUE: 2 in all; 2 of 2 used\n');
  expect(capped.out).toContain('only a revoked one gives its place back');
});

test('as JSON it is what the window shows, and changed values are taken into account', async () => {
  const folder = replayFolder();
  const end = await askInProcess(folder, 'why', 'replay.scenario.json', '--customer', '72', '--json');
  const { attempts, ...rest } = JSON.parse(end.out) as WhyNot;
  expect(rest).toEqual({ schema: 'laurel/explanation@1', badge: 'streak', customerId: 72 });
  expect(attempts.map(({ cap }) => cap?.usedUpBy.map(({ customerId }) => customerId))).toEqual([undefined, [71, 72]]);
  const more = ['--set', 'badges.0.badge.badgeConstraints.0.maxEarnLimit=3'];
  const changed = await askInProcess(folder, 'why', 'replay.scenario.json', '--customer', '72', ...more);
  expect(changed.out).toBe('Customer 72 tries for streak twice and gets it twice.\n');
});

test('who is not there, what is wrong in the file, and how it is called', async () => {
  const folder = temporaryFolder();
  cpSync(SCENARIOS, folder, { recursive: true });
  const nobody = await askInProcess(folder, 'why', 'spring.scenario.json', '--customer', '30000');
  expect([nobody.code, nobody.out]).toEqual([1, '']);
  expect(nobody.error).toContain('the scenario has no customer 30000');
  const spring = readFileSync(path.join(folder, 'spring.scenario.json'), 'utf8');
  writeFileSync(path.join(folder, 'broken.scenario.json'), spring.replace('"every": 3', '"every": 0'));
  const broken = await askInProcess(folder, 'why', 'broken.scenario.json', '--customer', '1');
  expect([broken.code, broken.error]).toEqual([1, expect.stringContaining('badges[0].trigger.every:')]);
  for (const args of [[], ['spring.scenario.json'], ['spring.scenario.json', '--customer', '1', '--badge', 'none']])
    expect((await askInProcess(folder, 'why', ...args)).code, args.join(' ')).toBe(2);
});
