import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { CREDENTIALS, liveBody, startOrg } from '../backend/sync/practice-org';
import { temporaryFolder } from '../db/temporary-folder';
import { bundleCommandLine } from '../setup/command-line-once';
import { askInProcess, startLaurel } from './command-line';

beforeAll(bundleCommandLine);

const BADGES = 40;

it('an application that was killed half-way goes on when applied again, and creates nothing twice', async () => {
  const org = await startOrg();
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await org.stop();
  });
  const credentials = { LAUREL_ORG_USER: CREDENTIALS.user, LAUREL_ORG_PASSWORD: CREDENTIALS.password };
  for (const [name, value] of Object.entries(credentials)) vi.stubEnv(name, value);
  const folder = temporaryFolder();
  mkdirSync(path.join(folder, 'badges'));
  for (let number = 1; number <= BADGES; number += 1) {
    const body = liveBody({ name: `Badge ${String(number)}`, startOn: '2090-01-01T00:00:00Z' });
    writeFileSync(path.join(folder, 'badges', `${String(number)}.badge.json`), JSON.stringify(body));
  }
  const { code } = await askInProcess(folder, 'plan', 'badges', '--org', org.url, '--out', 'all.plan.json');
  expect(code).toBe(0);
  org.setFaults({ route: 'createBadge', fault: 'latency', milliseconds: 25 });
  const count = (): number => [...org.store.badges()].length;
  const child = startLaurel(folder, credentials, 'apply', 'all.plan.json');
  while (count() < 5 && child.exitCode === null) await wait(5);
  child.kill('SIGKILL');
  await once(child, 'exit');
  // What was on its way when it died may arrive yet.
  await wait(100);
  const half = count();
  expect(half).toBeGreaterThanOrEqual(5);
  expect(half).toBeLessThan(BADGES);
  org.setFaults();
  const again = await askInProcess(folder, 'apply', 'all.plan.json', '--json');
  expect(again.code).toBe(0);
  const { requests } = JSON.parse(again.out) as { requests: { outcome: string }[] };
  const outcomes = requests.map(({ outcome }) => outcome);
  expect(outcomes.filter((outcome) => outcome === 'done-before')).toHaveLength(half);
  expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(BADGES - half);
  expect(count()).toBe(BADGES);
  const creates = org.activity.filter(({ method, status }) => method === 'POST' && status !== null);
  expect(creates.map(({ status }) => status)).toEqual(Array.from({ length: BADGES }, () => 201));
});
