import fc from 'fast-check';
import { expect, test } from 'vitest';
import { play, type Playable } from '../../../electron/backend/fidelity/replay/play';
import { prepareCalls } from '../../../electron/backend/fidelity/replay/prepared-calls';
import { replay } from '../../../electron/backend/fidelity/replay/replay';
import { startingState } from '../../../electron/backend/fidelity/replay/starting-state';
import type { OrgSettings } from '../../../shared/domain/settings';
import { richSession } from './rich-session';
import { idOf, RecordedSession } from './recorded-session';

test('a recording with two switches turned names both, and no other', async () => {
  const report = await replay(await richSession({ rollingWindows: 'dates', customerLimitCode: 4711 }), {
    settings: {},
  });
  const [set = [], ...more] = report.explanation.sets;
  expect(more).toEqual([]);
  expect(set.map(({ option, value }) => `${option}=${value}`).sort()).toEqual([
    'customer-limit-code=4711',
    'rolling-windows=dates',
  ]);
});

test('one with all of them turned names all of them', async () => {
  const settings: Partial<OrgSettings> = {
    ...{ customerLimitCode: 4711, badgeLimitCode: 4712, requestIdScope: 'badge', weeklyCycles: 'from-start' },
    ...{ allowPastStart: true, rollingWindows: 'dates', revokeFreesCaps: false, refuseOverlappingAwards: true },
    ...{
      memberCareOwnerType: 'Goodwill_Module',
      statusOf801: 400,
      statusOf815: 422,
      statusOf816: 409,
      statusOf1039: 403,
    },
  };
  const report = await replay(await richSession(settings), { settings: {} });
  expect(report.explanation.sets.map((set) => set.length)).toEqual([13]);
});

test('values between which a recording cannot tell are all named, and none is guessed', async () => {
  const session = await RecordedSession.open({ requestIdScope: 'badge' });
  const badge = async (name: string) => {
    const made = await session.call('POST', 'badgeMeta', {
      body: {
        ...{ name, startOn: session.day(0) + 5, expiresOn: session.day(120), earnType: 'EARN' },
        ...{ earnedBadgeExpiry: { expiryType: 'NEVER' }, ownership: { restrictedToOwners: ['Loyalty'] } },
      },
    });
    await session.call('POST', `badgeMeta/${idOf(made)}/claim`, { body: { ownerType: 'Loyalty', referenceId: '626' } });
    return idOf(made);
  };
  const [one, other] = [await badge('one'), await badge('other')];
  session.wait(60);
  const body = { requestId: 'r', triggeredBy: { ownerType: 'Loyalty', referenceId: '626' } };
  await session.call('POST', 'customer/earn', { body: { ...body, badgeMetaId: one, customerId: 1 } });
  // Another endpoint and another badge: either scope lets it pass.
  await session.call('POST', 'customer/earnBulk', { body: { ...body, badgeMetaId: other, customerIds: [1] } });
  const report = await replay(session.end(), { settings: {} });
  expect(report.explanation.sets.map(([only]) => `${only?.option ?? ''}=${only?.value ?? ''}`).sort()).toEqual([
    'request-id-scope=badge',
    'request-id-scope=endpoint',
  ]);
  expect(report.switches.find(({ option }) => option === 'request-id-scope')).toMatchObject({
    state: 'either',
    values: ['endpoint', 'badge'],
  });
  expect(report.switches.find(({ option }) => option === 'weekly-cycles')).toMatchObject({ state: 'open' });
});

test.each(['Asia/Kolkata', 'America/New_York'])(
  'the dates of the answers tell the zone of the org: %s',
  async (zone) => {
    const recording = await richSession({ zone });
    const report = await replay(recording, { settings: {} });
    expect([report.zone, report.zoneFrom, report.counts.different]).toEqual([zone, 'answers', 0]);
    expect((await replay(recording, { settings: { zone: 'UTC' } })).counts.different).toBeGreaterThan(0);
  },
);

type Step = (session: RecordedSession, badges: string[], turn: number) => Promise<unknown>;
const trigger = { ownerType: 'Loyalty', referenceId: '626' };
const pick = (badges: readonly string[], turn: number): string => badges[turn % badges.length] ?? 'f'.repeat(24);

/** What a random session does; ids of badges are those that it made. */
const STEPS: readonly Step[] = [
  async (session, badges, turn) => {
    const made = await session.call('POST', 'badgeMeta', {
      body: {
        ...{ name: `badge ${String(turn % 7)}`, startOn: session.day(0) + (turn % 3), expiresOn: session.day(30) },
        ...{ earnType: turn % 2 === 0 ? 'EARN' : 'ISSUE_EARN', issuedBadgeExpiry: { expiryType: 'NEVER' } },
        earnedBadgeExpiry: { expiryType: 'RELATIVE', relativeExpiryType: 'DAYS', value: 1 + (turn % 5) },
        ownership: { restrictedToOwners: ['Loyalty'] },
        customerConstraints: [
          {
            constraintType: 'CUSTOMER_BADGE_FIXED_WINDOW',
            durationType: 'WEEKS',
            maxEarnLimit: 1,
            startDayOfTheWeek: turn % 7,
          },
        ],
        badgeConstraints: [{ constraintType: 'BADGE_ROLLING_WINDOW', rollType: 'DAYS', rollValue: 2, maxEarnLimit: 3 }],
      },
    });
    if (made.status !== 201) return;
    badges.push(idOf(made));
    await session.call('POST', `badgeMeta/${idOf(made)}/claim`, { body: trigger });
  },
  (session, badges, turn) =>
    session.call('POST', 'customer/earn', {
      body: {
        badgeMetaId: pick(badges, turn),
        customerId: 1 + (turn % 3),
        requestId: `r${String(turn)}`,
        triggeredBy: trigger,
      },
    }),
  (session, badges, turn) =>
    session.call('POST', 'customer/earnBulk', {
      body: {
        badgeMetaId: pick(badges, turn),
        customerIds: [1, 2, 1],
        requestId: `b${String(turn)}`,
        triggeredBy: trigger,
      },
    }),
  (session, badges, turn) =>
    session.call('POST', 'badgeMeta/customer/issueBulk', {
      body: {
        badgeMetaId: pick(badges, turn),
        customers: [1, 1 + (turn % 3)],
        requestId: `i${String(turn)}`,
        triggeredBy: trigger,
      },
    }),
  (session, badges, turn) =>
    session.call('POST', 'badgeMeta/customer/revokeIssue', {
      body: { badgeMetaId: pick(badges, turn), customers: [1 + (turn % 3)] },
    }),
  (session, badges, turn) => session.call('GET', `management/${String(1 + (turn % 3))}/badge/${pick(badges, turn)}`),
  (session, badges, turn) => session.call('GET', `badgeMeta/${pick(badges, turn)}`),
  (session) => session.call('GET', 'badgeMeta', { query: 'sortOn=NAME&size=3' }),
  (session, _, turn) => session.call('GET', `management/${String(1 + (turn % 3))}`),
  (session, badges, turn) =>
    session.call('PUT', `badgeMeta/${pick(badges, turn)}/${turn % 2 === 0 ? 'activate' : 'deactivate'}`),
  (session, badges, turn) =>
    session.call('POST', 'import/customerBadges', {
      body: [
        {
          badgeMetaId: pick(badges, turn),
          customerId: 2,
          earnEventDate: session.day(-2),
          earnExpiresOn: session.day(9),
        },
      ],
    }),
  (session, _, turn) => Promise.resolve(session.wait(turn * 700)),
];

test('random sessions with random switches replay without a difference under these', async () => {
  const settings = fc.record({
    weeklyCycles: fc.constantFrom('weekday' as const, 'from-start' as const),
    rollingWindows: fc.constantFrom('hours' as const, 'dates' as const),
    requestIdScope: fc.constantFrom('org' as const, 'endpoint' as const, 'badge' as const),
    revokeFreesCaps: fc.boolean(),
    refuseOverlappingAwards: fc.boolean(),
  });
  const steps = fc.array(fc.tuple(fc.nat(STEPS.length - 1), fc.nat(200)), { minLength: 10, maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(settings, steps, fc.nat(20), async (turned, doing, from) => {
      const session = await RecordedSession.open(turned);
      const badges: string[] = [];
      for (const [step, turn] of [[0, 0], [0, 1], ...doing] as const) await STEPS[step]!(session, badges, turn);
      const { calls: all } = session.end();
      // Also where somebody began to record later.
      for (const skipped of [0, from]) {
        const calls = prepareCalls({ clock: 'running', calls: all.slice(skipped) } as Parameters<
          typeof prepareCalls
        >[0]);
        const playable: Playable = { calls, start: startingState(calls), carriedOut: new Set(), missing: new Set() };
        const { verdicts } = await play(playable, { settings: turned, untilDifferent: false });
        expect(verdicts.filter(({ verdict }) => verdict === 'different')).toEqual([]);
        if (skipped === 0) expect(verdicts.filter(({ verdict }) => verdict !== 'same')).toEqual([]);
      }
    }),
    { numRuns: 25 },
  );
}, 120_000);
