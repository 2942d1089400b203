/** Learning an org's rules over HTTP from real practice orgs, and whose rules the workspace judges by then. */
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { DEFAULT_SETTINGS, type OrgSettings } from '../../../../shared/domain/settings';
import { GATEWAY_SWITCHES, switchText } from '../../../../shared/gateway/switches';
import type { LearnedRules } from '../../../../shared/ipc/org-rules-contract';
import type { ConnectionInput } from '../../../../shared/ipc/sync-contract';

import { laurel, type Laurel } from '../laurel';
import { startOrg, type TestOrg } from '../practice-org';

/** Where it is neither morning nor evening: near to midnight dates and hours are not told apart. */
const hour = new Date().getUTCHours();
const ZONE = hour >= 3 && hour < 21 ? 'UTC' : 'Asia/Tokyo';

const TURNED: Partial<OrgSettings> = {
  ...{ weeklyCycles: 'from-start', statusOf801: 400, customerLimitCode: 4711, refuseOverlappingAwards: true },
  ...{ memberCareOwnerType: 'Goodwill_Module', allowPastStart: true },
};

interface Learning {
  here: Laurel;
  org: TestOrg;
  connectionId: number;
}

async function learning(
  settings: Partial<OrgSettings> = TURNED,
  changes: Partial<ConnectionInput> = {},
): Promise<Learning> {
  const org = await startOrg(1, null, { zone: ZONE, ...settings });
  onTestFinished(() => org.stop());
  const here = await laurel();
  const { id } = await here.connect(org.url, { name: 'Acme', kind: 'test', timeZone: ZONE, ...changes });
  return { here, org, connectionId: id };
}

const learn = ({ here, connectionId }: Learning): Promise<LearnedRules> =>
  here.job('orgRules.learn', { connectionId, typedName: 'Acme' });

const told = ({ points }: Pick<LearnedRules, 'points'>): Record<string, string | null> =>
  Object.fromEntries(points.map(({ option, value }) => [option, value]));

const truth = (settings: Partial<OrgSettings>): Record<string, string> =>
  Object.fromEntries(
    GATEWAY_SWITCHES.map(({ key, option }) => [option, switchText({ ...DEFAULT_SETTINGS, ...settings }[key])]),
  );

test('every point is found with its calls, kept over a restart, and every call stands in the ledger', async () => {
  const all = await learning();
  const { here, org, connectionId } = all;
  const { calls: plan } = await here.call('orgRules.plan', { connectionId });
  expect(org.activity, 'a plan sends nothing').toEqual([]);
  const progress: { sent: number; planned: number }[] = [];
  const learned = await here.job('orgRules.learn', { connectionId, typedName: 'Acme' }, (report) =>
    progress.push(report),
  );
  expect(told(learned)).toEqual(truth(TURNED));
  expect(learned.points.map(({ option }) => option)).toEqual(GATEWAY_SWITCHES.map(({ option }) => option));
  for (const { calls } of learned.points) {
    expect(calls.length).toBeGreaterThan(0);
    for (const call of calls) expect(learned.calls[call - 1]?.answer).toBeTruthy();
  }
  expect(learned.calls[0], 'what was shown is what is sent').toMatchObject(plan[0] ?? {});
  expect(progress[0]).toEqual({ sent: 0, planned: plan.length });
  expect(progress.at(-1)?.sent).toBe(learned.calls.length);
  expect(learned.badges.map(({ isActive }) => isActive)).toEqual([false, false]);
  expect([...org.store.badges()].map(({ definition }) => definition.active)).toEqual([false, false]);
  expect(org.activity).toHaveLength(learned.calls.length);
  expect((await here.call('activity.list', { connectionId })).total).toBe(learned.calls.length);
  expect((await here.call('activity.tasks', { connectionId })).rows.map(({ kind }) => kind)).toEqual(['probe']);
  await here.close();
  await here.open();
  expect(await here.call('orgRules.get', { connectionId })).toEqual({ learned });
});

test('the workspace takes the rules, says what was set by hand since, and goes back to the documents', async () => {
  const all = await learning();
  const { here, connectionId } = all;
  expect(await here.call('orgRules.used', {})).toEqual({ from: null, switches: [] });
  await expect(here.call('orgRules.use', { connectionId })).rejects.toMatchObject({ code: 'not-found' });
  const { learnedOn } = await learn(all);
  const turned = GATEWAY_SWITCHES.filter(({ key }) => key in TURNED).map(({ key, option }) => ({
    ...{ option, value: truth(TURNED)[option], isLearned: true },
    key,
  }));
  const switches = turned.map(({ key: _, ...each }) => each);
  const used = { from: { org: 'Acme', learnedOn }, switches };
  expect(await here.call('orgRules.use', { connectionId })).toEqual(used);
  expect(await here.call('settings.get', {})).toMatchObject({ refuseOverlappingAwards: true, allowPastStart: true });
  await here.close();
  await here.open();
  expect(await here.call('orgRules.used', {})).toEqual(used);

  await here.call('settings.update', { allowPastStart: false });
  const byHand = await here.call('orgRules.used', {});
  expect(byHand.from).toEqual(used.from);
  expect(byHand.switches.filter(({ isLearned }) => !isLearned)).toEqual([
    { option: 'allow-past-start', value: 'off', isLearned: false },
  ]);

  expect(await here.call('orgRules.asDocumented', {})).toEqual({ from: null, switches: [] });
  expect(await here.call('settings.get', {})).toMatchObject({ refuseOverlappingAwards: false, allowPastStart: false });
  await here.call('settings.update', { refuseOverlappingAwards: true });
  expect(await here.call('orgRules.used', {})).toEqual({
    ...{ from: null, switches: [{ option: 'refuse-overlapping-awards', value: 'on', isLearned: false }] },
  });
});

test('a production org is never asked, under whichever name, and neither is one whose name was not typed', async () => {
  const all = await learning();
  const { here, org, connectionId } = all;
  await expect(here.job('orgRules.learn', { connectionId, typedName: 'acme' })).rejects.toMatchObject({
    code: 'invalid-input',
  });
  // Its kind is changed, and so it is the same org as another that is in production.
  const { id: other } = await here.connect(org.url, { name: 'Live', kind: 'production', timeZone: ZONE });
  for (const [id, typedName] of [
    [connectionId, 'Acme'],
    [other, 'Live'],
  ] as const) {
    await here.call('connections.unlock', { id: other, typedName: 'Live' });
    await expect(here.job('orgRules.learn', { connectionId: id, typedName })).rejects.toMatchObject({
      ...{ code: 'conflict', words: { key: 'orgRules.production' } },
    });
    await expect(here.call('orgRules.plan', { connectionId: id })).rejects.toMatchObject({ code: 'conflict' });
  }
  expect(org.activity).toEqual([]);
});

test('a cancelled learning keeps nothing, and switches off what it made, an answer lost on the way included', async () => {
  const all = await learning();
  const { here, org, connectionId } = all;
  for (const last of [1, 2, 9]) {
    const stop = new AbortController();
    const running = here.job(
      'orgRules.learn',
      { connectionId, typedName: 'Acme' },
      ({ sent }) => {
        if (sent === last) stop.abort();
      },
      stop.signal,
    );
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
  }
  const badges = [...org.store.badges()];
  expect(badges.length).toBeGreaterThan(0);
  expect(badges.filter(({ definition }) => definition.active)).toEqual([]);
  expect(await here.call('orgRules.get', { connectionId })).toEqual({ learned: null });
  expect(told(await learn(all)), 'and nothing of it stands in the way of the next').toEqual(truth(TURNED));
});

test('two learnings of one org follow each other, each with names of its own', async () => {
  const all = await learning({});
  const [one, other] = await Promise.all([learn(all), learn(all)]);
  expect(told(one)).toEqual(truth({}));
  expect(told(other)).toEqual(truth({}));
  expect(new Set([...one.badges, ...other.badges].map(({ name }) => name)).size).toBe(4);
});

test('what was kept and cannot be read is nothing; it goes with its connection and with the address', async () => {
  const all = await learning({});
  const { here, connectionId } = all;
  const learned = await learn(all);
  await here.call('orgRules.use', { connectionId });
  const odd: unknown[] = [7, { ...learned, points: [{ option: 'no-such', value: null, reason: null, calls: [] }] }];
  odd.push({ ...learned, points: [{ option: 'status-801', value: 'often', reason: null, calls: [1] }] });
  odd.push({ ...learned, calls: null }, null);
  for (const value of odd) {
    await here.close();
    const file = new Database(here.workspacePath);
    file.prepare('UPDATE settings SET value = ? WHERE name = ?').run(JSON.stringify(value), `orgRules:${connectionId}`);
    file
      .prepare("UPDATE settings SET value = ? WHERE name = 'rulesFrom'")
      .run(JSON.stringify({ org: 7, points: value }));
    file.close();
    await here.open();
    expect(await here.call('orgRules.get', { connectionId })).toEqual({ learned: null });
    expect(await here.call('orgRules.used', {})).toEqual({ from: null, switches: [] });
  }
  await here.close();
  const file = new Database(here.workspacePath);
  const put = file.prepare('UPDATE settings SET value = ? WHERE name = ?');
  put.run(JSON.stringify(learned), `orgRules:${connectionId}`);
  file.close();
  await here.open();
  expect(await here.call('orgRules.get', { connectionId })).toEqual({ learned });
  const { id: elsewhere } = await here.connect('http://127.0.0.1:9', { name: 'Elsewhere' });
  expect(await here.call('orgRules.get', { connectionId: elsewhere })).toEqual({ learned: null });
  await here.call('connections.delete', { id: connectionId });
  await expect(here.call('orgRules.get', { connectionId })).rejects.toMatchObject({ code: 'not-found' });
});

test('an org whose address was changed is another org: what was learned is forgotten', async () => {
  const all = await learning({});
  const { here, connectionId } = all;
  await learn(all);
  const [connection] = (await here.call('connections.list', {})).connections;
  if (!connection) throw new Error('There is a connection');
  const { name, kind, timeZone, chunkSize, parallel, perSecond } = connection;
  const same = { name, kind, timeZone, chunkSize, parallel, perSecond, baseUrl: connection.baseUrl };
  await here.call('connections.save', { id: connectionId, connection: same });
  expect((await here.call('orgRules.get', { connectionId })).learned).not.toBeNull();
  await here.call('connections.save', {
    ...{ id: connectionId, connection: { ...same, baseUrl: 'http://127.0.0.1:9' } },
    credentials: { kind: 'basic', user: 'a', password: 'b' },
  });
  expect((await here.call('orgRules.get', { connectionId })).learned).toBeNull();
});
