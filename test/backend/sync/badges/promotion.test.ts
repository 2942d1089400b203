/** Badges that go from a test org to production, with two real orgs and one real workspace in one process. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { forgetPromotion, keepPromotion, keptPromotion } from '../../../../db/workspace/kept-promotion';
import type { Partner, ReferenceKind } from '../../../../shared/gateway/references';
import { Failure } from '../../../../shared/ipc/errors';
import { inEnglish } from '../../../../shared/words/english';
import { noteHomes } from '../../../../electron/backend/sync/badges/origins';
import { noteStrays } from '../../../../electron/backend/sync/badges/promotion-strays';
import { testWorkspace } from '../../../db/workspace/open-workspace';
import { InProcess } from './in-process';

const COUPON = { benefitType: 'COUPON', seriesId: 55 };
const POINTS = {
  ...{ benefitType: 'LOYALTY_POINTS', points: 10, programId: 3, promotionId: null, allocationStrategyId: 4 },
  ...{ expirationStrategyId: 5, defaultTillId: 9 },
};
const ALL = { benefits: [COUPON, POINTS], defaultTillId: 9 };

/** Another org in the same workspace. */
const other = (org: InProcess, name: string, kind: 'test' | 'production' | 'practice'): InProcess =>
  new InProcess(org.workspace, { name, kind, baseUrl: `https://${name.toLowerCase()}.example` });

async function orgs(): Promise<[test: InProcess, live: InProcess]> {
  const first = new InProcess((await testWorkspace()).current, { name: 'Trial', kind: 'test' });
  return [first, other(first, 'Live', 'production')];
}

function claim(org: InProcess, badgeId: string, ...references: [string, string][]): void {
  org.workspace.claims.change(badgeId, org.now, () =>
    references.map(([ownerType, referenceId]) => ({ ownerType: ownerType as 'Loyalty', referenceId, isActive: true })),
  );
}

/** Pushes until nothing is left; claims follow a create. @returns the keys of what was held last */
async function pushAll(org: InProcess, badgeId: string): Promise<string[]> {
  org.session.isUnlocked = true;
  for (;;) {
    const { planId, requests, held } = await org.ask('sync.plan', { badgeIds: [badgeId] });
    if (requests.length === 0) return held.map(({ reason }) => reason.key);
    const keys = requests.map(({ key }) => key);
    const { results } = await org.ask('sync.push', { planId, keys, typedName: org.connection.name });
    expect(results.map(({ outcome }) => outcome)).toEqual(results.map(() => 'done'));
  }
}

/** A draft with every kind of reference, in the test org. */
async function promoted(changes: Record<string, unknown> = ALL): Promise<[InProcess, InProcess, string]> {
  const [trial, live] = await orgs();
  const id = trial.draft({ name: 'Five visits', ...changes });
  claim(trial, id, ['Loyalty', '626']);
  await pushAll(trial, id);
  return [trial, live, id];
}

const partner = (kind: ReferenceKind, here: string, there: string | null, owner: string | null = null) => ({
  ...{ kind, owner, here, there },
});
const EVERY = [
  partner('couponSeries', '55', '10055'),
  partner('program', '3', '10003'),
  partner('allocationStrategy', '4', '10004'),
  partner('expirationStrategy', '5', '10005'),
  partner('till', '9', '10009'),
  partner('claim', '626', '7001', 'Loyalty'),
];

const keep = (from: InProcess, to: InProcess, partners: ReturnType<typeof partner>[]) =>
  to.ask('sync.keepPartners', { from: from.connection.key, partners });
const heldOf = async (org: InProcess, id: string): Promise<string[]> =>
  (await org.ask('sync.plan', { badgeIds: [id] })).held.map(({ reason }) => inEnglish(reason));
const stateIn = async (org: InProcess, id: string): Promise<string> =>
  (await org.ask('sync.compare', { badgeId: id })).row.state;
const liveOf = (org: InProcess): Record<string, unknown> => {
  const { metaBasicDetails: all } = org.call('GET', 'badgeMeta') as { metaBasicDetails: { id: string }[] };
  return org.call('GET', `badgeMeta/${all[0]?.id ?? ''}`);
};
const bodyOf = (org: InProcess, id: string): unknown => JSON.parse(org.workspace.drafts.get(id).body);

async function failing(work: Promise<unknown>): Promise<string> {
  const failure = await work.then(
    () => null,
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(Failure);
  return inEnglish((failure as Failure).words as never);
}

describe('a badge of a test org', () => {
  test('is asked for every id that production does not know, and not sent', async () => {
    const [trial, live, id] = await promoted();
    const plan = await live.ask('sync.plan', { badgeIds: [id] });
    expect(plan.requests).toEqual([]);
    expect(plan.held[0]?.missing?.home).toEqual({ id: trial.connection.key, name: 'Trial' });
    expect(plan.held[0]?.missing?.references).toEqual([
      { kind: 'couponSeries', owner: null, id: '55' },
      { kind: 'program', owner: null, id: '3' },
      { kind: 'allocationStrategy', owner: null, id: '4' },
      { kind: 'expirationStrategy', owner: null, id: '5' },
      { kind: 'till', owner: null, id: '9' },
      { kind: 'claim', owner: 'Loyalty', id: '626' },
    ]);
    expect(await heldOf(live, id)).toEqual([
      '6 of its ids are those of Trial, and nobody has said what Live calls them: coupon series 55, program 3, allocation strategy 4, expiry strategy 5, till 9, claim 626 of Loyalty. Nothing of the badge is sent until that is said.',
    ]);
  });

  test('arrives with the ids of production; neither side differs then, and the draft keeps its own', async () => {
    const [trial, live, id] = await promoted();
    const before = bodyOf(trial, id);
    await keep(trial, live, EVERY);
    await pushAll(live, id);
    expect(liveOf(live)).toMatchObject({
      benefits: [
        { benefitType: 'COUPON', seriesId: 10055 },
        {
          programId: 10003,
          promotionId: null,
          allocationStrategyId: 10004,
          expirationStrategyId: 10005,
          defaultTillId: 10009,
        },
      ],
      defaultTillId: 10009,
      ownership: { claims: [{ ownerType: 'Loyalty', referenceId: '7001', isActive: true }] },
    });
    for (const org of [trial, live]) {
      await org.ask('sync.pull', {});
      expect(await stateIn(org, id)).toBe('in-sync');
      expect((await org.ask('sync.list', {})).counts).toEqual({ 'in-sync': 1 });
      expect(await pushAll(org, id)).toEqual(['sync.nothingToPush']);
    }
    expect(bodyOf(trial, id)).toEqual(before);
  });

  test('takes what was changed in production by the id that it has here', async () => {
    const [trial, live, id] = await promoted({ benefits: [COUPON] });
    await keep(trial, live, [...EVERY, partner('couponSeries', '56', '10056')]);
    await pushAll(live, id);
    live.edit(liveOf(live)['id'] as string, { benefits: [{ benefitType: 'COUPON', seriesId: 10056 }] });
    await live.ask('sync.pull', {});
    expect(await stateIn(live, id)).toBe('live-changed');
    await live.ask('sync.resolve', { badgeId: id, choices: [{ field: 'benefits', take: 'live' }] });
    expect(bodyOf(trial, id)).toMatchObject({ benefits: [{ benefitType: 'COUPON', seriesId: 56 }] });
    expect(await stateIn(live, id)).toBe('in-sync');
    expect(await stateIn(trial, id)).toBe('draft-changed');
  });

  test('takes nothing whose id nobody has told, and says what is missing', async () => {
    const [trial, live, id] = await promoted({ benefits: [COUPON] });
    await keep(trial, live, EVERY);
    await pushAll(live, id);
    const before = bodyOf(trial, id);
    live.edit(liveOf(live)['id'] as string, { benefits: [{ benefitType: 'COUPON', seriesId: 77 }] });
    await live.ask('sync.pull', {});
    const choices = [{ field: 'benefits', take: 'live' as const }];
    expect(await failing(Promise.resolve().then(() => live.ask('sync.resolve', { badgeId: id, choices })))).toBe(
      'Live has ids there that nobody has told for Trial: coupon series 77. Say below, in the comparison, what Trial calls them; nothing was changed.',
    );
    expect(bodyOf(trial, id)).toEqual(before);
  });

  test('an id that is another thing in production is no match', async () => {
    const [trial, live, id] = await promoted({ benefits: [{ benefitType: 'COUPON', seriesId: 10056 }] });
    await keep(trial, live, [partner('couponSeries', '56', '10056'), partner('claim', '626', '626', 'Loyalty')]);
    live.live({ name: 'Five visits', benefits: [{ benefitType: 'COUPON', seriesId: 10056 }] });
    await live.ask('sync.pull', {});
    const { differences } = await live.ask('sync.compare', { badgeId: id });
    expect(
      differences
        .filter(({ field }) => field === 'benefits')
        .map(({ draft, live: there }) => [draft, there].map(inEnglish)),
    ).toEqual([['Coupon of series ‹10056›', 'Coupon of series 10056']]);
  });

  test('what production has already under the same id is no difference, and is asked for before anything leaves', async () => {
    const [, live, id] = await promoted({ benefits: [COUPON] });
    live.live({ name: 'Five visits', benefits: [COUPON] });
    await live.ask('sync.pull', {});
    expect(await stateIn(live, id)).toBe('in-sync');
    live.change(id, { badgeRank: 4 });
    expect(await heldOf(live, id)).toEqual([expect.stringContaining('coupon series 55')]);
  });
});

test('what production has and nobody has told is named in the comparison, told there, and can be taken then', async () => {
  const [trial, live, id] = await promoted({ benefits: [COUPON] });
  await keep(trial, live, EVERY);
  await pushAll(live, id);
  live.edit(liveOf(live)['id'] as string, { benefits: [{ benefitType: 'COUPON', seriesId: 77 }] });
  await live.ask('sync.pull', {});
  const ids = async () => (await live.ask('sync.compare', { badgeId: id })).ids;
  expect(await ids()).toEqual({
    home: { id: trial.connection.key, name: 'Trial' },
    among: [trial, live].map(({ connection: { key, name } }) => ({ id: key, name })),
    untoldThere: [{ kind: 'couponSeries', owner: null, id: '77' }],
  });
  await live.ask('sync.keepPartners', {
    ...{ from: trial.connection.key, chooses: 'never' },
    partners: [partner('couponSeries', '57', '77')],
  });
  expect((await ids())?.untoldThere).toEqual([]);
  await live.ask('sync.resolve', { badgeId: id, choices: [{ field: 'benefits', take: 'live' }] });
  expect(bodyOf(trial, id)).toMatchObject({ benefits: [{ benefitType: 'COUPON', seriesId: 57 }] });
});

test('a push says of badges that came as files that nobody said whose ids they have, and is planned anew once it is said', async () => {
  const [trial, live] = await orgs();
  const id = live.draft({ name: 'From a file', benefits: [COUPON] });
  const bare = live.draft({ name: 'Without ids', startOn: '2090-01-01T00:00:00Z' });
  const among = [trial, live].map(({ connection: { key, name } }) => ({ id: key, name }));
  const asked = { badges: [{ badgeId: id, name: 'From a file' }], among };
  const first = await live.ask('sync.plan', { badgeIds: [id, bare] });
  expect([first.unsaid, first.requests.length]).toEqual([asked, 2]);
  expect((await trial.ask('sync.plan', { badgeIds: [id] })).unsaid).toEqual(asked);
  await live.ask('sync.setHome', { badgeIds: [id], home: trial.connection.key });
  const held = await live.ask('sync.plan', { badgeIds: [id] });
  expect([held.unsaid, held.held.map(({ reason }) => reason.key)]).toEqual([null, ['promote.held']]);
  expect((await trial.ask('sync.plan', { badgeIds: [id] })).unsaid).toBeNull();
  await live.ask('sync.setHome', { badgeIds: [id], home: live.connection.key });
  const own = await live.ask('sync.plan', { badgeIds: [id] });
  expect([own.unsaid, own.requests[0]?.body?.includes('"seriesId":55')]).toEqual([null, true]);
});

test('of which org the ids of a draft are can be said: it is read so from then on, and what was planned is planned again', async () => {
  const [trial, live, id] = await promoted({ benefits: [COUPON] });
  await keep(trial, live, EVERY);
  const homeIn = async (org: InProcess) => (await org.ask('sync.compare', { badgeId: id })).ids?.home?.name;
  expect([await homeIn(trial), await homeIn(live)]).toEqual(['Trial', 'Trial']);
  const { planId, requests } = await live.ask('sync.plan', { badgeIds: [id] });
  expect(requests[0]?.body).toContain('10055');
  await live.ask('sync.setHome', { badgeIds: [id], home: live.connection.key });
  const keys = requests.map(({ key }) => key);
  expect(await failing(Promise.resolve().then(() => live.ask('sync.push', { planId, keys })))).toContain('plan again');
  expect([await homeIn(trial), await homeIn(live)]).toEqual(['Live', 'Live']);
  expect((await live.ask('sync.plan', { badgeIds: [id] })).requests[0]?.body).toContain('"seriesId":55');
  // Nothing of production is called 55 in the test org by the table: it is asked for there now.
  expect((await heldOf(trial, id))[0]).toContain('coupon series 55');
  await live.ask('sync.setHome', { badgeIds: [id], home: trial.connection.key });
  expect(await homeIn(live)).toBe('Trial');
  expect(keptPromotion(live.workspace.settings, live.connection.key).own).toEqual([]);
});

test('filling in what a push lacks leaves the org that was chosen; partners that no badge names can be cleared', async () => {
  const [trial, live, id] = await promoted({ benefits: [COUPON] });
  const second = other(trial, 'Second', 'test');
  const chosen = (): number | null => keptPromotion(live.workspace.settings, live.connection.key).from;
  const said = [partner('couponSeries', '55', '2'), partner('till', '1', '9')];
  const tell = (from: InProcess, chooses: 'first' | 'always' | 'never') =>
    live.ask('sync.keepPartners', { from: from.connection.key, partners: said, chooses });
  await tell(trial, 'never');
  expect(chosen()).toBe(null);
  await tell(second, 'first');
  await tell(trial, 'first');
  expect(chosen()).toBe(second.connection.key);
  const view = await tell(trial, 'always');
  expect(chosen()).toBe(trial.connection.key);
  expect(view.sources.map(({ name, isChosen }) => [name, isChosen])).toEqual([
    ['Trial', true],
    ['Second', false],
  ]);
  expect(view.references).toContainEqual({
    ...{ kind: 'till', owner: null, id: '1', partner: '9', badges: [], count: 0 },
  });
  const cleared = await keep(trial, live, [partner('till', '1', null)]);
  expect(cleared.references.map(({ kind }) => kind)).toEqual(['couponSeries', 'claim']);
  expect(id).not.toBe('');
});

test('partners: the same id on purpose, one taken back, and none that two things have', async () => {
  const [trial, live, id] = await promoted({ benefits: [COUPON] });
  await keep(trial, live, [partner('couponSeries', '55', '55'), partner('claim', '626', '626', 'Loyalty')]);
  expect(await heldOf(live, id)).toEqual([]);
  const view = await keep(trial, live, [partner('couponSeries', '55', null)]);
  expect(view.references).toEqual([
    { kind: 'couponSeries', owner: null, id: '55', partner: null, badges: ['Five visits'], count: 1 },
    { kind: 'claim', owner: 'Loyalty', id: '626', partner: '626', badges: ['Five visits'], count: 1 },
  ]);
  const twice = [partner('till', '1', '2'), partner('till', '3', '2')];
  expect(await failing(Promise.resolve().then(() => keep(trial, live, twice)))).toContain('Live has till 2 once');
  for (const odd of ['', 'x', '1.5', '01', '1e3', '9007199254740993'])
    expect(await failing(Promise.resolve().then(() => keep(trial, live, [partner('till', '1', odd)])))).toContain(
      'whole number',
    );
  expect(keptPromotion(trial.workspace.settings, live.connection.key).tables).toEqual({
    [String(trial.connection.key)]: [{ kind: 'claim', owner: 'Loyalty', source: '626', target: '626' }],
  });
});

test('a plan is not sent once somebody has said otherwise', async () => {
  const [trial, live, id] = await promoted({ benefits: [COUPON] });
  await keep(trial, live, EVERY);
  const { planId, requests } = await live.ask('sync.plan', { badgeIds: [id] });
  await keep(trial, live, [partner('couponSeries', '55', '10066')]);
  const keys = requests.map(({ key }) => key);
  expect(await failing(Promise.resolve().then(() => live.ask('sync.push', { planId, keys })))).toContain('plan again');
  expect(live.sent.filter((line) => line.startsWith('P'))).toEqual([]);
});

test('a badge of production keeps its ids, and goes to the test org with those of that', async () => {
  const [trial, live] = await orgs();
  const remote = live.live({ name: 'From live', benefits: [{ benefitType: 'COUPON', seriesId: 10055 }] });
  await live.ask('sync.pull', {});
  const { created } = await live.ask('sync.adopt', { remoteIds: [remote] });
  const id = created[0] ?? '';
  await trial.ask('sync.pull', {});
  const held = await trial.ask('sync.plan', { badgeIds: [id] });
  expect(held.held[0]?.missing).toEqual({
    ...{ home: { id: live.connection.key, name: 'Live' } },
    references: [{ kind: 'couponSeries', owner: null, id: '10055' }],
  });
  await trial.ask('sync.keepPartners', {
    from: live.connection.key,
    partners: [partner('couponSeries', '10055', '55')],
  });
  await pushAll(trial, id);
  expect(liveOf(trial)).toMatchObject({ benefits: [{ seriesId: 55 }] });
  for (const org of [trial, live]) {
    await org.ask('sync.pull', {});
    expect(await stateIn(org, id)).toBe('in-sync');
  }
  expect(bodyOf(live, id)).toMatchObject({ benefits: [{ seriesId: 10055 }] });
});

test('a badge of production that is found by name in the test org keeps its ids, too', async () => {
  const [trial, live] = await orgs();
  const remote = live.live({ name: 'Both', benefits: [{ benefitType: 'COUPON', seriesId: 10055 }] });
  await live.ask('sync.pull', {});
  const { created } = await live.ask('sync.adopt', { remoteIds: [remote] });
  trial.live({ name: 'Both', benefits: [COUPON] });
  await trial.ask('sync.pull', {});
  await trial.ask('sync.keepPartners', {
    from: live.connection.key,
    partners: [partner('couponSeries', '10055', '55')],
  });
  expect(await stateIn(trial, created[0] ?? '')).toBe('in-sync');
  expect(await stateIn(live, created[0] ?? '')).toBe('in-sync');
});

test('of two test orgs somebody says which it is; a practice org asks for nothing unless somebody does', async () => {
  const [trial, live, id] = await promoted({ benefits: [COUPON] });
  const second = other(trial, 'Second', 'test');
  // As a workspace has it in which two test orgs asked for nothing between each other.
  for (const { connection, workspace } of [trial, second])
    keepPromotion(workspace.settings, connection.key, {
      ...keptPromotion(workspace.settings, connection.key),
      own: [workspace.drafts.get(id).key],
    });
  await pushAll(second, id);
  expect(await heldOf(live, id)).toEqual([expect.stringContaining('in several orgs')]);
  await keep(second, live, [partner('couponSeries', '55', '2'), partner('claim', '626', '3', 'Loyalty')]);
  expect(await heldOf(live, id)).toEqual([]);
  await live.ask('sync.stopPromoting', { from: second.connection.key });
  expect(await heldOf(live, id)).toEqual([expect.stringContaining('in several orgs')]);

  const [only, elsewhere, draft] = await promoted({ benefits: [COUPON] });
  const practice = other(only, 'Practice', 'practice');
  expect(await heldOf(practice, draft)).toEqual([]);
  await keep(only, practice, []);
  expect(await heldOf(practice, draft)).toEqual([expect.stringContaining('coupon series 55')]);
  expect(elsewhere.sent).toEqual([]);
});

describe('between two test orgs, or two of production, that have nothing to do with each other', () => {
  for (const kind of ['test', 'production'] as const) {
    const pair = async (): Promise<[InProcess, InProcess, string]> => {
      const first = new InProcess((await testWorkspace()).current, { name: 'First', kind });
      const second = other(first, 'Second', kind);
      const id = first.draft({ name: 'Five visits', benefits: [COUPON], defaultTillId: 9 });
      await pushAll(first, id);
      return [first, second, id];
    };

    test(`ids of one are asked for before the other gets them, and arrive as they were told (${kind})`, async () => {
      const [first, second, id] = await pair();
      const { requests, held } = await second.ask('sync.plan', { badgeIds: [id] });
      expect([requests, held.map(({ missing }) => missing?.home.name)]).toEqual([[], ['First']]);
      expect(await heldOf(second, id)).toEqual([expect.stringContaining('coupon series 55, till 9')]);
      const { sources } = await second.ask('sync.promotion', { from: null });
      expect(sources).toMatchObject([{ name: 'First', isUsed: false, isApart: true }]);
      await keep(first, second, [partner('couponSeries', '55', '77'), partner('till', '9', '9')]);
      expect(await pushAll(second, id)).toEqual(['sync.nothingToPush']);
      expect(liveOf(second)).toMatchObject({ benefits: [{ seriesId: 77 }], defaultTillId: 9 });
      for (const org of [first, second]) {
        await org.ask('sync.pull', {});
        expect(await stateIn(org, id)).toBe('in-sync');
      }
      expect(liveOf(first)).toMatchObject({ benefits: [{ seriesId: 55 }] });
    });

    test(`a badge that the other one has by name keeps its ids, and is held there (${kind})`, async () => {
      const [first, second, id] = await pair();
      second.live({ name: 'Five visits', benefits: [{ ...COUPON, seriesId: 77 }], defaultTillId: 9 });
      await second.ask('sync.pull', {});
      const { ids } = await second.ask('sync.compare', { badgeId: id });
      expect(ids?.home).toEqual({ id: first.connection.key, name: 'First' });
      await second.ask('sync.resolve', { badgeId: id, choices: [{ field: 'benefits', take: 'draft' }] });
      expect(await pushAll(second, id)).toEqual(['promote.held']);
      expect(second.sent.filter((line) => !line.startsWith('GET'))).toEqual([]);
      // Whoever says that they are the other's sends them as they stand.
      await second.ask('sync.setHome', { badgeIds: [id], home: second.connection.key });
      await pushAll(second, id);
      expect(liveOf(second)).toMatchObject({ benefits: [{ seriesId: 55 }] });
    });
  }

  test('whoever connects to one address is one org, and two practice orgs ask for nothing', async () => {
    const first = new InProcess((await testWorkspace()).current, { name: 'First', kind: 'test' });
    const id = first.draft({ name: 'Five visits', benefits: [COUPON] });
    await pushAll(first, id);
    const { baseUrl } = first.connection;
    const again = new InProcess(first.workspace, { name: 'As somebody else', kind: 'test', baseUrl });
    expect(await heldOf(again, id)).toEqual([]);
    const practice = new InProcess((await testWorkspace()).current, { name: 'One', kind: 'practice' });
    const draft = practice.draft({ name: 'Five visits', benefits: [COUPON] });
    await pushAll(practice, draft);
    expect(await heldOf(other(practice, 'Other', 'practice'), draft)).toEqual([]);
  });
});

test('a group is not sent by an id of another org before anybody knows the groups', async () => {
  const [trial, live] = await orgs();
  const { id: badgeGroupId } = trial.call('POST', 'group', { name: 'Summer', rank: 1 });
  const id = trial.draft({ name: 'In a group', badgeGroupId });
  await pushAll(trial, id);
  await keep(trial, live, EVERY);
  expect(await heldOf(live, id)).toEqual(['Nobody knows yet what Live has. Pull first.']);
});

test('of random badges and partners nothing leaves with an id that nobody has told, and all comes back', async () => {
  const [trial, live] = await orgs();
  const small = fc.option(fc.integer({ min: 1, max: 6 }), { nil: null });
  const benefit = fc.oneof(
    fc.record({ benefitType: fc.constant('COUPON'), seriesId: small }),
    fc.record({
      ...{ benefitType: fc.constant('LOYALTY_POINTS'), points: fc.constant(1), programId: small, promotionId: small },
      ...{ allocationStrategyId: small, expirationStrategyId: small, defaultTillId: small },
    }),
  );
  const kinds = ['couponSeries', 'program', 'promotion', 'allocationStrategy', 'expirationStrategy', 'till'] as const;
  const said = fc.uniqueArray(fc.tuple(fc.constantFrom(...kinds, 'claim' as const), fc.integer({ min: 1, max: 6 })), {
    ...{ minLength: 20, maxLength: 42, selector: ([kind, id]) => `${kind} ${String(id)}` },
  });
  const asked = fc.record({
    ...{ benefits: fc.array(benefit, { maxLength: 4 }), defaultTillId: small, claimed: small, said },
  });
  let round = 0;
  let arrived = 0;
  await fc.assert(
    fc.asyncProperty(asked, async ({ benefits, defaultTillId, claimed, said: pairs }) => {
      round += 1;
      const id = trial.draft({ name: `Round ${String(round)}`, benefits, defaultTillId });
      if (claimed !== null) claim(trial, id, ['Loyalty', String(claimed)]);
      await pushAll(trial, id);
      await live.ask('sync.stopPromoting', { from: trial.connection.key });
      const table = pairs.map(([kind, own]) =>
        partner(kind, String(own), String(own * 1_000), kind === 'claim' ? 'Loyalty' : null),
      );
      await keep(trial, live, table);
      const told = new Set(table.map(({ kind, here }) => `${kind} ${here}`));
      const bodies: string[] = [];
      live.script = ({ body, isWrite }) => {
        if (isWrite) bodies.push(body ?? '');
        return undefined;
      };
      await pushAll(live, id);
      const ids = JSON.stringify(bodies.map((body) => JSON.parse(body) as unknown));
      const sent = [...ids.matchAll(/"(?:\w+Id|defaultTillId)":"?(\d+)"?/g)].map(([, digits]) => Number(digits));
      expect(sent.filter((each) => each < 1_000)).toEqual([]);
      const needs = [
        ...benefits.flatMap((each) =>
          Object.entries(each).flatMap(([field, value]) => {
            const kind = {
              seriesId: 0,
              programId: 1,
              promotionId: 2,
              allocationStrategyId: 3,
              expirationStrategyId: 4,
              defaultTillId: 5,
            }[field];
            return kind === undefined || value === null ? [] : [`${kinds[kind] ?? ''} ${String(value)}`];
          }),
        ),
        ...(defaultTillId === null ? [] : [`till ${String(defaultTillId)}`]),
        ...(claimed === null ? [] : [`claim ${String(claimed)}`]),
      ];
      const isWhole = needs.every((need) => told.has(need));
      expect(bodies.length > 0).toBe(isWhole);
      if (!isWhole) return;
      arrived += 1;
      expect(await stateIn(live, id)).toBe('in-sync');
      expect(await stateIn(trial, id)).toBe('in-sync');
    }),
    { numRuns: 25, ...(process.env['LAUREL_SEED'] ? { seed: Number(process.env['LAUREL_SEED']) } : { seed: 7 }) },
  );
  expect(arrived).toBeGreaterThan(1);
});

test('partners of a table that somebody damaged are those that can be read', async () => {
  const [trial, live] = await orgs();
  const good: Partner = { kind: 'till', owner: null, source: '1', target: '2' };
  trial.workspace.settings.keep(`promotion:${live.connection.key}`, {
    ...{ from: 'x', own: ['y', 3], tables: { '1': [good, { kind: 'till' }, 7, { ...good, target: 'z' }], '2': 'no' } },
  });
  expect(keptPromotion(trial.workspace.settings, live.connection.key)).toMatchObject({
    from: null,
    tables: { '1': [good], '2': [] },
  });
});

test('a badge that may have the ids of two orgs, of which one is not connected, is not said to have those of the other', async () => {
  const trial = new InProcess((await testWorkspace()).current, { name: 'Trial', kind: 'test' });
  const id = trial.draft({ name: 'Five visits', ...ALL });
  const { workspace, connection } = trial;
  const home = { name: 'Trial', address: connection.baseUrl };
  noteHomes(workspace, id, [home, { name: 'Gone', address: 'https://gone.example' }]);
  const { own, strays } = keptPromotion(workspace.settings, connection.key);
  expect([own, Object.keys(strays)]).toEqual([[], [String(workspace.drafts.get(id).key)]]);
  expect(await pushAll(trial, id)).toEqual(['promote.heldStray']);
});

describe('when the way from an org is given up', () => {
  const stop = (from: InProcess, to: InProcess) => to.ask('sync.stopPromoting', { from: from.connection.key });
  /** As the connection's own handler does it. */
  function remove(from: InProcess): void {
    const { workspace, connection } = from;
    noteStrays(from.context, connection, workspace.connections.list());
    const keys = workspace.connections.list().map(({ key }) => key);
    forgetPromotion(workspace.settings, connection.key, keys);
    workspace.connections.delete(connection.key);
  }

  test('its ids are not sent as they are once its connection is gone, but for those that are the same', async () => {
    const [trial, live, id] = await promoted();
    await keep(trial, live, [...EVERY.slice(0, 5), partner('claim', '626', '626', 'Loyalty')]);
    expect(await pushAll(live, id)).toEqual(['sync.nothingToPush']);
    const before = liveOf(live);
    remove(trial);
    const [held] = await heldOf(live, id);
    expect(held).toContain('5 of its ids came from an org');
    expect(held).toContain('coupon series 55');
    expect(held).not.toContain('626');
    expect(await pushAll(live, id)).toEqual(['promote.heldStray']);
    expect(liveOf(live)).toEqual(before);
    // Once they are those of production nothing is in the way.
    live.change(id, {
      benefits: [
        { ...COUPON, seriesId: 10055 },
        { ...POINTS, programId: 10003, allocationStrategyId: 10004, expirationStrategyId: 10005, defaultTillId: 10009 },
      ],
      defaultTillId: 10009,
    });
    expect(await pushAll(live, id)).toEqual(['sync.nothingToPush']);
    expect(keptPromotion(live.workspace.settings, live.connection.key).strays).toEqual({});
  });

  test('nor where a person takes none from a practice org any more', async () => {
    const practice = new InProcess((await testWorkspace()).current, { name: 'Practice', kind: 'practice' });
    const live = other(practice, 'Live', 'production');
    const id = practice.draft({ name: 'Five visits', ...ALL });
    await pushAll(practice, id);
    await keep(practice, live, EVERY.slice(0, 5));
    expect(await pushAll(live, id)).toEqual(['sync.nothingToPush']);
    await stop(practice, live);
    expect(await pushAll(live, id)).toEqual(['promote.heldStray']);
  });

  test('nor by way of an org that takes badges from a third', async () => {
    const practice = new InProcess((await testWorkspace()).current, { name: 'Practice', kind: 'practice' });
    const trial = other(practice, 'Trial', 'test');
    const live = other(practice, 'Live', 'production');
    const id = practice.draft({ name: 'Five visits', ...ALL });
    await pushAll(practice, id);
    await keep(practice, trial, EVERY.slice(0, 5));
    expect(await pushAll(trial, id)).toEqual(['sync.nothingToPush']);
    expect(await pushAll(live, id)).toEqual(['promote.held']);
    expect(live.sent.filter((line) => !line.startsWith('GET'))).toEqual([]);
  });
});
