/** What one org calls things of another, as a file and in plans, with two practice orgs over HTTP and the whole backend. */
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PartnerView } from '../../../shared/ipc/promotion-contract';
import { Failure } from '../../../shared/ipc/errors';
import { laurel, type Laurel } from './laurel';
import { createLive, startOrg, type TestOrg } from './practice-org';
import { OWNER } from '../../domain/badge-bodies';

let trial: TestOrg;
let live: TestOrg;
beforeEach(async () => {
  trial = await startOrg();
  live = await startOrg();
});
afterEach(async () => {
  await trial.stop();
  await live.stop();
});

const COUPON = { benefitType: 'COUPON', seriesId: 55 };

/** A workspace whose draft came from the test org, and is claimed. */
async function promoting(): Promise<{ here: Laurel; from: number; to: number; draft: string }> {
  const here = await laurel();
  const from = (await here.connect(trial.url, { name: 'Trial', kind: 'test' })).id;
  const to = (await here.connect(live.url, { name: 'Live', kind: 'test' })).id;
  const remoteId = createLive(trial, { name: 'Five visits', benefits: [COUPON] });
  await here.job('sync.pull', { connectionId: from });
  const [draft = ''] = (await here.call('sync.adopt', { connectionId: from, remoteIds: [remoteId] })).created;
  await here.call('badges.claim', { id: draft, ...OWNER });
  await here.job('sync.pull', { connectionId: to });
  return { here, from, to, draft };
}

const tell = (here: Laurel, from: number, to: number, coupon: string): Promise<unknown> =>
  here.call('sync.keepPartners', {
    ...{ connectionId: to, from },
    partners: [
      { kind: 'couponSeries', owner: null, here: '55', there: coupon },
      { kind: 'claim', owner: OWNER.ownerType, here: OWNER.referenceId, there: '7001' },
    ],
  });
const told = async (here: Laurel, from: number, to: number): Promise<(string | null)[]> => {
  const { references } = await here.call('sync.promotion', { connectionId: to, from });
  return references.map(({ partner }: PartnerView) => partner);
};

async function savedPlan(here: Laurel, to: number, draft: string): Promise<string> {
  const { planId, requests } = await here.call('sync.plan', { connectionId: to, badgeIds: [draft] });
  const { token, path } = here.saveTarget('a.plan.json');
  await here.call('plans.save', { planId, keys: requests.map(({ key }) => key), target: token });
  return readFileSync(path, 'utf8');
}

async function failing(work: Promise<unknown>): Promise<Failure> {
  const failure = await work.then(
    () => null,
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(Failure);
  return failure as Failure;
}

test('a table is written as a file and taken in again, where it says otherwise it counts', async () => {
  const { here, from, to } = await promoting();
  await tell(here, from, to, '10055');
  const { token, path } = here.saveTarget('live.partners.json');
  expect(await here.call('plans.savePartners', { connectionId: to, from, target: token })).toMatchObject({
    partners: 2,
  });
  const text = readFileSync(path, 'utf8');
  expect(JSON.parse(text)).toEqual({
    schema: 'laurel/partners@1',
    from: { name: 'Trial', address: trial.url },
    to: { name: 'Live', address: live.url },
    partners: [
      { kind: 'couponSeries', from: 55, to: 10_055 },
      { kind: 'claim', owner: OWNER.ownerType, from: OWNER.referenceId, to: '7001' },
    ],
  });
  const source = here.file('live.partners.json', text.replace('10055', '10066'));
  await here.call('sync.keepPartners', {
    ...{ connectionId: to, from },
    partners: [{ kind: 'till', owner: null, here: '1', there: '2' }],
  });
  const taken = await here.call('plans.takePartners', { connectionId: to, source });
  expect(taken).toEqual({ name: 'live.partners.json', from, told: 1, same: 1, rest: 1, own: 0, unknown: 0 });
  expect(await told(here, from, to)).toEqual(['10066', '7001', '2']);
  // A file of other orgs changes nothing.
  const other = here.file('other.partners.json', text.replace(live.url, 'https://elsewhere.example'));
  expect((await failing(here.call('plans.takePartners', { connectionId: to, source: other }))).code).toBe(
    'invalid-input',
  );
  const unknown = here.file('other.partners.json', text.replace(trial.url, 'https://elsewhere.example'));
  await failing(here.call('plans.takePartners', { connectionId: to, source: unknown }));
  expect(await told(here, from, to)).toEqual(['10066', '7001', '2']);
});

/** The head of a table of partners. */
const between = (from: { name: string; address: string }, to: { name: string; address: string }): object => ({
  ...{ schema: 'laurel/partners@1', from, to },
});

test('a file that was written the other way round goes into the one table between the two orgs', async () => {
  const { here, from, to, draft } = await promoting();
  await tell(here, from, to, '10055');
  const file = {
    ...between({ name: 'Live', address: live.url }, { name: 'Trial', address: trial.url }),
    partners: [
      { kind: 'couponSeries', from: 10_077, to: 55 },
      { kind: 'claim', owner: OWNER.ownerType, from: '7001', to: OWNER.referenceId },
    ],
  };
  const source = here.file('trial.partners.json', JSON.stringify(file));
  const taken = await here.call('plans.takePartners', { connectionId: from, source });
  expect(taken).toMatchObject({ from: to, told: 1, same: 1, rest: 0 });
  expect(await told(here, from, to)).toEqual(['10077', '7001']);
  const { sources } = await here.call('sync.promotion', { connectionId: to, from });
  expect(sources).toMatchObject([{ id: from, isUsed: true }]);
  const { requests } = await here.call('sync.plan', { connectionId: to, badgeIds: [draft] });
  expect(JSON.parse(requests[0]?.body ?? '{}')).toMatchObject({ benefits: [{ ...COUPON, seriesId: 10_077 }] });
});

test('badges that a file says have the ids of the org itself are noted so, and names that fit none are counted', async () => {
  const { here, from, to, draft } = await promoting();
  await tell(here, from, to, '10055');
  const file = {
    ...between({ name: 'Trial', address: trial.url }, { name: 'Live', address: live.url }),
    ...{ partners: [{ kind: 'couponSeries', from: 55, to: 10_055 }], own: ['Five visits', 'Nobody'] },
  };
  const source = here.file('live.partners.json', JSON.stringify(file));
  const take = (): Promise<unknown> => here.call('plans.takePartners', { connectionId: to, source });
  const plan = await here.call('sync.plan', { connectionId: to, badgeIds: [draft] });
  expect(await take()).toMatchObject({ told: 0, own: 1, unknown: 1 });
  expect(await take()).toMatchObject({ told: 0, own: 0, unknown: 1 });
  const { requests } = await here.call('sync.plan', { connectionId: to, badgeIds: [draft] });
  expect(JSON.parse(requests[0]?.body ?? '{}')).toMatchObject({ benefits: [COUPON] });
  // What was planned before somebody said so is planned again.
  const target = here.saveTarget('a.plan.json').token;
  expect(
    (await failing(here.call('plans.save', { planId: plan.planId, keys: plan.requests.map(({ key }) => key), target })))
      .code,
  ).toBe('conflict');
});

test('badges that carry the ids of the org itself are named in the file', async () => {
  const { here, from, to } = await promoting();
  const remoteId = createLive(live, { name: 'Of its own', benefits: [{ ...COUPON, seriesId: 10_055 }] });
  await here.job('sync.pull', { connectionId: to });
  await here.call('sync.adopt', { connectionId: to, remoteIds: [remoteId] });
  await tell(here, from, to, '10055');
  const { token, path } = here.saveTarget('live.partners.json');
  await here.call('plans.savePartners', { connectionId: to, from, target: token });
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ own: ['Of its own'] });
});

test('a plan that was saved says which partners it rests on, and is not applied once they are others', async () => {
  const { here, from, to, draft } = await promoting();
  await tell(here, from, to, '10055');
  const text = await savedPlan(here, to, draft);
  expect(JSON.parse(text)).toMatchObject({
    schema: 'laurel/plan@3',
    partners: [
      {
        ...{ from: { name: 'Trial', address: trial.url }, file: null, badges: ['Five visits'] },
        table: [{ kind: 'couponSeries', from: '55', to: '10055' }],
      },
    ],
  });
  const source = here.file('given.plan.json', text);
  const opened = await here.job('plans.open', { connectionId: to, source });
  expect([opened.moved, opened.unchecked]).toEqual([[], []]);
  await tell(here, from, to, '10066');
  const moved = await here.job('plans.open', { connectionId: to, source });
  expect(moved.moved.map(({ key }) => key)).toEqual(['partners.moved']);
  expect((await failing(here.job('plans.apply', { planId: opened.plan.planId }))).code).toBe('conflict');
  expect(live.activity.filter(({ method }) => method !== 'GET')).toEqual([]);
  await tell(here, from, to, '10055');
  expect((await here.job('plans.apply', { planId: opened.plan.planId })).results.map(({ outcome }) => outcome)).toEqual(
    ['done'],
  );
  const [arrived] = [...live.store.badges()];
  expect(arrived?.definition.benefits).toEqual([{ ...COUPON, seriesId: 10_055 }]);

  // Whoever has nothing of the test org applies what was reviewed, and is told that nobody can check the partners.
  const there = await laurel();
  const theirs = (await there.connect(live.url)).id;
  const look = await there.job('plans.open', { connectionId: theirs, source: there.file('given.plan.json', text) });
  expect(look).toMatchObject({ moved: [], unchecked: ['Trial'], doneBefore: 1 });
});

test('a plan is not saved once somebody has said otherwise', async () => {
  const { here, from, to, draft } = await promoting();
  await tell(here, from, to, '10055');
  const { planId, requests } = await here.call('sync.plan', { connectionId: to, badgeIds: [draft] });
  await tell(here, from, to, '10066');
  const { token } = here.saveTarget('a.plan.json');
  const keys = requests.map(({ key }) => key);
  expect((await failing(here.call('plans.save', { planId, keys, target: token }))).code).toBe('conflict');
});

test('a copy carries the ids of the org that the copied badge has them of, and so does a badge of its template', async () => {
  const { here, from, to, draft } = await promoting();
  await here.call('sync.keepPartners', { connectionId: to, from, partners: [] });
  const heldIn = async (connectionId: number, id: string): Promise<(string | undefined)[]> =>
    (await here.call('sync.plan', { connectionId, badgeIds: [id] })).held.map(
      ({ missing }) => missing?.references[0]?.id,
    );
  const [copy = ''] = (await here.call('badges.duplicate', { ids: [draft], language: 'en' })).created;
  const [second = ''] = (await here.call('badges.duplicate', { ids: [copy], language: 'en' })).created;
  await here.call('ownTemplates.keep', { badge: draft, name: 'Visits', replace: false });
  const [template] = (await here.call('ownTemplates.list', {})).templates;
  const { id: made } = await here.call('ownTemplates.use', { id: template?.id ?? '', label: 'from a template' });
  for (const id of [copy, second, made]) expect([id, await heldIn(to, id)]).toEqual([id, ['55']]);
  await tell(here, from, to, '10055');
  for (const id of [copy, second, made]) {
    const { requests } = await here.call('sync.plan', { connectionId: to, badgeIds: [id] });
    expect(JSON.parse(requests[0]?.body ?? '{}')).toMatchObject({ benefits: [{ ...COUPON, seriesId: 10_055 }] });
    const own = await here.call('sync.plan', { connectionId: from, badgeIds: [id] });
    expect(JSON.parse(own.requests[0]?.body ?? '{}')).toMatchObject({ benefits: [COUPON] });
  }
  // Once the test org is gone nobody can tell any more what its ids are: of the copies as little as of the badge.
  await here.call('connections.delete', { id: from });
  for (const id of [copy, made]) {
    const { requests, held } = await here.call('sync.plan', { connectionId: to, badgeIds: [id] });
    expect([requests, held.map(({ reason }) => reason.key)]).toEqual([[], ['promote.heldStray']]);
  }
  const [third = ''] = (await here.call('badges.duplicate', { ids: [copy], language: 'en' })).created;
  const { id: another } = await here.call('ownTemplates.use', { id: template?.id ?? '', label: 'from a template' });
  for (const id of [third, another])
    expect((await here.call('sync.plan', { connectionId: to, badgeIds: [id] })).requests).toEqual([]);
});

describe('ids of an org that no connection leads to', () => {
  async function left(): Promise<{ here: Laurel; draft: string; use: () => Promise<string> }> {
    const here = await laurel();
    const { id: from } = await here.connect(trial.url, { name: 'Trial', kind: 'test' });
    const remoteId = createLive(trial, { name: 'Five visits', benefits: [COUPON] });
    await here.job('sync.pull', { connectionId: from });
    const [draft = ''] = (await here.call('sync.adopt', { connectionId: from, remoteIds: [remoteId] })).created;
    await here.call('ownTemplates.keep', { badge: draft, name: 'Visits', replace: false });
    await here.call('connections.delete', { id: from });
    const [template] = (await here.call('ownTemplates.list', {})).templates;
    const use = async (): Promise<string> =>
      (await here.call('ownTemplates.use', { id: template?.id ?? '', label: 'from a template' })).id;
    return { here, draft, use };
  }
  const sent = async (here: Laurel, connectionId: number, id: string): Promise<unknown> => {
    const { requests, held } = await here.call('sync.plan', { connectionId, badgeIds: [id] });
    return held[0]?.reason.key ?? (JSON.parse(requests[0]?.body ?? '{}') as { benefits?: unknown }).benefits;
  };

  test('are held by one that is connected later: of a draft, its copy, and a badge of its template', async () => {
    const { here, draft, use } = await left();
    const made = await use();
    const [copy = ''] = (await here.call('badges.duplicate', { ids: [draft], language: 'en' })).created;
    const { id: to } = await here.connect(live.url, { name: 'Live', kind: 'production' });
    await here.job('sync.pull', { connectionId: to });
    for (const id of [draft, copy, made]) expect([id, await sent(here, to, id)]).toEqual([id, 'promote.heldStray']);
  });

  test('are its own where it is that org again, and are promoted from there', async () => {
    const { here, draft, use } = await left();
    const made = await use();
    const { id: again } = await here.connect(trial.url, { name: 'Trial again', kind: 'test' });
    await here.job('sync.pull', { connectionId: again });
    const { id: to } = await here.connect(live.url, { name: 'Live', kind: 'production' });
    await here.job('sync.pull', { connectionId: to });
    expect(await sent(here, again, made)).toEqual([COUPON]);
    for (const id of [draft, made]) expect([id, await sent(here, to, id)]).toEqual([id, 'promote.held']);
  });

  test('a practice org asks for nothing, until it is connected as another', async () => {
    const { here, use } = await left();
    const made = await use();
    const practice = await here.connect(live.url, { name: 'Practice', kind: 'practice' });
    await here.job('sync.pull', { connectionId: practice.id });
    expect(await sent(here, practice.id, made)).toEqual([COUPON]);
    const { name, baseUrl, timeZone, chunkSize, parallel, perSecond } = practice;
    await here.call('connections.save', {
      id: practice.id,
      connection: { name, baseUrl, timeZone, chunkSize, parallel, perSecond, kind: 'test' },
    });
    expect(await sent(here, practice.id, made)).toBe('promote.heldStray');
  });
});
