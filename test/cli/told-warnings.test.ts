import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../db/temporary-folder';
import { askInProcess } from './command-line';

const FIXTURES = path.join(import.meta.dirname, '..', 'fixtures', 'scenarios');
const SMALL = ['--set', 'customers.segments.0.size=200', '--set', 'customers.segments.1.size=50'];
const SLIP = ['--set', 'customers.count=5'];
const FILE = 'spring.scenario.json';
const KNOB = 'badges.0.badge.badgeConstraints.0.maxEarnLimit';
const WARNING = /^spring\.scenario\.json: customers\.count: .*does not know.* \(warning\)$/gm;

function folderOf(): string {
  const folder = temporaryFolder();
  cpSync(FIXTURES, folder, { recursive: true });
  writeFileSync(path.join(folder, 'awards.csv'), 'customer,date\n1,2026-03-02\n2,2026-03-03\n');
  return folder;
}

test.each([
  ['simulate', FILE, ...SMALL, ...SLIP],
  ['simulate', FILE, ...SMALL, ...SLIP, '--slice', '1/1', '--out', 'part.json'],
  ['compare', FILE, ...SMALL, ...SLIP],
  ['compare', FILE, FILE, ...SMALL, ...SLIP],
  ['goal', FILE, '--serve', '0.1', '--knob', KNOB, ...SMALL, ...SLIP],
  ['why', FILE, '--customer', '1', ...SMALL, ...SLIP],
  ['report', FILE, '--out', 'report.html', ...SMALL, ...SLIP],
  ['report', FILE, '--out', 'report.html', ...SMALL, '--variant', 'customers.count=5'],
  ['scorecard', FILE, 'awards.csv', ...SMALL, ...SLIP],
])('a value to set that means nothing is told once: laurel %s %s %s %s', async (...call) => {
  const { error } = await askInProcess(folderOf(), ...call);
  expect(error.match(WARNING), error).toHaveLength(1);
});

test('a policy tells on standard error what its scenario warns of', async () => {
  const folder = folderOf();
  const policy = {
    schema: 'laurel/policy@1',
    scenario: 'odd.scenario.json',
    expect: [{ badge: 'streak', measure: 'awarded', at: 'first', min: 0 }],
  };
  const body = JSON.parse(readFileSync(path.join(folder, FILE), 'utf8')) as { customers: object };
  writeFileSync(
    path.join(folder, 'odd.scenario.json'),
    JSON.stringify({ ...body, customers: { ...body.customers, count: 5 } }),
  );
  writeFileSync(path.join(folder, 'a.policy.json'), JSON.stringify(policy));
  const end = await askInProcess(folder, 'test', 'a.policy.json', '--json');
  expect([end.code, JSON.parse(end.out)]).toMatchObject([0, { ok: true }]);
  expect(end.error).toMatch(/^odd\.scenario\.json: customers\.count: .*does not know.* \(warning\)$/m);
});
