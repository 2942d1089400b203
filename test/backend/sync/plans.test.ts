import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PlanLook } from '../../../shared/ipc/plans-contract';
import { message } from '../../../shared/words/message';
import { laurel, type Laurel } from './laurel';
import { OWNER } from '../../domain/badge-bodies';
import { CREDENTIALS, createLive, startOrg, type TestOrg } from './practice-org';

let org: TestOrg;
beforeEach(async () => {
  org = await startOrg();
});
afterEach(() => org.stop());

/** Saves everything that a push of these badges would send as a plan. @returns the text of the file */
async function savedPlan(here: Laurel, connectionId: number, name: string, ...badgeIds: string[]): Promise<string> {
  const { planId, requests } = await here.call('sync.plan', { connectionId, badgeIds });
  const { token, path } = here.saveTarget(name);
  await here.call('plans.save', { planId, keys: requests.map(({ key }) => key), target: token });
  return readFileSync(path, 'utf8');
}

const look = (there: Laurel, connectionId: number, text: string): Promise<PlanLook> =>
  there.job('plans.open', { connectionId, source: there.file('given.plan.json', text) });

const writes = (): number => org.activity.filter(({ method }) => method !== 'GET').length;

test('a push that was saved as a plan is applied by another Laurel, and both know what became of it', async () => {
  const [here, there] = [await laurel(), await laurel()];
  const [mine, theirs] = [(await here.connect(org.url)).id, (await there.connect(org.url)).id];
  const remoteId = createLive(org, { name: 'Live', description: 'before' });
  await here.job('sync.pull', { connectionId: mine });
  const [live = ''] = (await here.call('sync.adopt', { connectionId: mine, remoteIds: [remoteId] })).created;
  await here.edit(live, { description: 'after' });
  await here.call('badges.claim', { id: live, ...OWNER });
  const fresh = await here.draft({ name: 'New' });
  const text = await savedPlan(here, mine, 'a.plan.json', live, fresh);
  expect(text).not.toContain(CREDENTIALS.password);
  expect(writes()).toBe(0);

  await there.job('sync.pull', { connectionId: theirs });
  await there.call('sync.adopt', { connectionId: theirs, remoteIds: [remoteId] });
  await there.draft({ name: 'New' });
  const opened = await look(there, theirs, text);
  expect(opened).toMatchObject({ file: 'given.plan.json', madeBy: 'Laurel 0.0.0-test', moved: [], doneBefore: 0 });
  expect(opened.plan.requests.map(({ purpose, badgeName }) => [purpose, badgeName])).toEqual([
    ['update', 'Live'],
    ['claim', 'Live'],
    ['create', 'New'],
  ]);
  expect(writes()).toBe(0);
  const { results } = await there.job('plans.apply', { planId: opened.plan.planId });
  expect(results.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done']);
  expect(org.store.findBadge(remoteId)?.definition.description).toBe('after');
  expect(org.store.findBadge(remoteId)?.claims).toMatchObject([{ ...OWNER, isActive: true }]);
  // The draft there is as it was, so that the change of the plan is one of the org for it: a push would not undo it.
  expect(await there.stateOf(theirs, 'Live')).toBe('live-changed');
  expect(await there.stateOf(theirs, 'New')).toBe('in-sync');
  const { total } = await there.call('activity.list', { connectionId: theirs, search: 'create' });
  expect(total).toBe(1);

  expect((await look(there, theirs, text)).doneBefore).toBe(3);
  expect((await there.job('plans.apply', { planId: opened.plan.planId })).results).toEqual([]);
  expect(writes()).toBe(3);
  await here.job('sync.pull', { connectionId: mine });
  expect(await here.stateOf(mine, 'Live')).toBe('in-sync');
});

test('a plan goes on where an earlier application ended, whichever of its requests that was', async () => {
  const here = await laurel();
  const { id } = await here.connect(org.url);
  const remoteId = createLive(org, { name: 'Live' });
  await here.job('sync.pull', { connectionId: id });
  const [live = ''] = (await here.call('sync.adopt', { connectionId: id, remoteIds: [remoteId] })).created;
  await here.call('badges.claim', { id: live, ...OWNER });
  await here.edit(live, { active: false });
  const text = await savedPlan(here, id, 'a.plan.json', live);
  for (const apart of [
    () => org.call('POST', `badgeMeta/${remoteId}/claim`, OWNER),
    () => org.call('PUT', `badgeMeta/${remoteId}/deactivate`),
  ]) {
    const before = (await look(here, id, text)).doneBefore;
    apart();
    expect((await look(here, id, text)).doneBefore).toBe(before + 1);
  }
  const opened = await look(here, id, text);
  expect(opened).toMatchObject({ moved: [], doneBefore: 2, plan: { requests: [] } });
});

test('where the org moved after the plan was looked at, nothing is sent', async () => {
  const here = await laurel();
  const { id } = await here.connect(org.url);
  const remoteId = createLive(org, { name: 'Live', description: 'before' });
  await here.job('sync.pull', { connectionId: id });
  const [live = ''] = (await here.call('sync.adopt', { connectionId: id, remoteIds: [remoteId] })).created;
  await here.edit(live, { description: 'after' });
  const text = await savedPlan(here, id, 'a.plan.json', live);
  const { plan } = await look(here, id, text);
  org.edit(remoteId, { description: 'of somebody else' });
  await expect(here.job('plans.apply', { planId: plan.planId })).rejects.toMatchObject({ code: 'conflict' });
  expect((await look(here, id, text)).moved).toEqual([
    message('plans.movedBadge', {
      name: 'Live',
      what: message('plans.fieldsMoved', { fields: message('comparison.fieldDescription') }),
    }),
  ]);
  expect(writes()).toBe(0);
});

test('production is guarded as for a push, and a plan for another org is refused', async () => {
  const here = await laurel();
  const { id } = await here.connect(org.url, { name: 'Acme', kind: 'production' });
  const text = await savedPlan(here, id, 'a.plan.json', await here.draft());
  const { plan } = await look(here, id, text);
  const apply = (typedName?: string) =>
    here.job('plans.apply', { planId: plan.planId, ...(typedName === undefined ? {} : { typedName }) });
  // A call that is refused at once throws at once.
  const refused = (typedName?: string) => expect(Promise.resolve().then(() => apply(typedName))).rejects;
  await refused('Acme').toMatchObject({ code: 'conflict' });
  await here.call('connections.unlock', { id, typedName: 'Acme' });
  await refused().toMatchObject({ code: 'invalid-input' });
  await refused('acme').toMatchObject({ code: 'invalid-input' });
  expect(writes()).toBe(0);
  expect((await apply('Acme')).results).toMatchObject([{ outcome: 'done' }]);
  const other = await startOrg();
  const elsewhere = await here.connect(other.url, { name: 'Elsewhere' });
  await expect(look(here, elsewhere.id, text)).rejects.toMatchObject({ words: { key: 'plans.otherOrg' } });
  expect(other.activity).toEqual([]);
  await other.stop();
});

test('a plan is not saved over what was pulled anew, with one name twice, or over a file that is read', async () => {
  const here = await laurel();
  const { id } = await here.connect(org.url);
  const remoteId = createLive(org, { name: 'Live' });
  await here.job('sync.pull', { connectionId: id });
  const [live = ''] = (await here.call('sync.adopt', { connectionId: id, remoteIds: [remoteId] })).created;
  await here.edit(live, { description: 'after' });
  const { planId, requests } = await here.call('sync.plan', { connectionId: id, badgeIds: [live] });
  org.edit(remoteId, { description: 'of somebody else' });
  await here.job('sync.pull', { connectionId: id });
  const { token, path } = here.saveTarget('b.plan.json');
  const keys = requests.map(({ key }) => key);
  const save = here.call('plans.save', { planId, keys, target: token });
  await expect(save).rejects.toMatchObject({ words: { key: 'plans.pulledSince' } });
  const [one, two] = [await here.draft({ name: 'Twice' }), await here.draft({ name: 'Twice' })];
  await expect(savedPlan(here, id, 'c.plan.json', one, two)).rejects.toMatchObject({
    words: { key: 'plans.createdTwice' },
  });
  expect(existsSync(path)).toBe(false);
  writeFileSync(path, '{"schema": "laurel/scenario@1"}');
  const source = here.file('no.plan.json', '{"schema": "laurel/scenario@1"}');
  const opened = Promise.resolve().then(() => here.job('plans.open', { connectionId: id, source }));
  await expect(opened).rejects.toMatchObject({ words: { key: 'plans.noPlan' } });
});
