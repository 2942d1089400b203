import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { loadScenario } from '../../../electron/backend/simulation/load-scenario';
import { fileNamedIn } from '../../../electron/backend/simulation/named-files';
import { temporaryFolder } from '../../db/temporary-folder';
import { badgeBody, scenarioBody } from '../../simulation/scenarios';
import { testBackend } from '../open-backend';
import { message } from '../../../shared/words/message';

const SECRET = 'hunter2-is-the-password';

/** A folder with a scenario in it, and outside of it a badge, a file of transactions and a secret. */
function place(badge: string, csv: string | null = null): { folder: string; file: string; outside: string } {
  const outside = temporaryFolder();
  const folder = path.join(outside, 'scenario');
  mkdirSync(path.join(folder, 'badges'), { recursive: true });
  writeFileSync(path.join(outside, 'x.json'), JSON.stringify(badgeBody()));
  writeFileSync(path.join(folder, 'badges', 'inside.json'), JSON.stringify(badgeBody()));
  writeFileSync(path.join(outside, 'secret.txt'), `{ "a": ${SECRET}`);
  writeFileSync(path.join(folder, 'broken.json'), `{\n "a": ${SECRET}`);
  writeFileSync(path.join(outside, 'visits.csv'), 'who,when\n1,2026-03-02T00:00:00Z\n');
  symlinkSync(path.join(outside, 'x.json'), path.join(folder, 'link.json'));
  symlinkSync(path.join(folder, 'badges', 'inside.json'), path.join(folder, 'inner.json'));
  const events = csv === null ? null : { csv, customer: 'who', at: 'when' };
  const body = scenarioBody(csv === null ? {} : { customers: null, events }, { badge });
  const file = path.join(folder, 's.scenario.json');
  writeFileSync(file, JSON.stringify(body));
  return { folder, file, outside };
}

test.each(['../x.json', '../secret.txt', '../nowhere.json', 'badges/../../x.json', '/etc/passwd', 'link.json'])(
  'a scenario does not reach %s by itself',
  (badge) => {
    const { file } = place(badge);
    const loaded = loadScenario(file);
    expect(loaded).toMatchObject({ ok: false, findings: [{ path: 'badges[0].badge' }] });
    expect(JSON.stringify(loaded)).toMatch(/lies outside the scenario.s own folder/);
    expect(JSON.stringify(loaded)).not.toMatch(/hunter2|root:/);
  },
);

test.each(['\\\\evil.example\\share\\x.json', '//evil.example/share/x.json', 'a\0b'])('%j names no file', (badge) => {
  const named = { paths: ['/'] };
  expect(fileNamedIn('/tmp', badge, named)).toMatchObject({ ok: false });
});

test('its own folder it reaches freely, and outside it what a person names', () => {
  for (const inside of ['badges/inside.json', 'inner.json', './badges/../badges/inside.json'])
    expect(loadScenario(place(inside).file)).toMatchObject({ ok: true });
  for (const badge of ['../x.json', 'link.json']) {
    const { file, outside } = place(badge);
    expect(loadScenario(file, [], { paths: [path.join(outside, 'x.json')] })).toMatchObject({ ok: true });
    expect(loadScenario(file, [], { paths: [outside] })).toMatchObject({ ok: true });
    expect(loadScenario(file, [], { paths: [path.join(outside, 'secret.txt')] })).toMatchObject({ ok: false });
  }
});

test('transactions too, unless they are set by hand', () => {
  const { file } = place('badges/inside.json', '../visits.csv');
  expect(loadScenario(file)).toMatchObject({ ok: false, findings: [{ path: 'events.csv' }] });
  expect(loadScenario(file, [{ path: 'events.csv', value: '../visits.csv' }])).toMatchObject({ ok: true });
});

test('what is no JSON is told by its place, not by what stands there; what is no regular file is not read', () => {
  const broken = JSON.stringify(loadScenario(place('broken.json').file));
  expect(broken).toMatch(/is not JSON/);
  expect(broken).not.toContain('hunter2');
  expect(JSON.stringify(loadScenario(place('badges').file))).toMatch(/it is a folder/);
  expect(fileNamedIn('/dev', 'zero', { paths: [] })).toEqual({
    ok: false,
    reason: message('scenarios.cannotBeRead', { reason: message('system.device') }),
  });
});

test('in the window a scenario reaches what was chosen or dropped there', async () => {
  const backend = await testBackend();
  const { file, outside } = place('../x.json');
  const grant = (name: string): string => {
    backend.backend.grantFile(name, { path: name, name: path.basename(name), bytes: 0, mode: 'read' });
    return name;
  };
  const token = grant(file);
  expect(await backend.call('simulation.open', { token })).toMatchObject({
    ok: false,
    mistakes: [{ path: 'badges[0].badge' }],
  });
  grant(path.join(outside, 'x.json'));
  expect(await backend.call('simulation.open', { token })).toMatchObject({ ok: true });
});
