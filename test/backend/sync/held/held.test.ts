/** What one customer holds, and what would happen now, over HTTP from a real practice org. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CustomerLook } from '../../../../shared/ipc/held-contract';
import { enrolFirst, lasting, OWNER } from '../../../domain/badge-bodies';
import { laurel, type Laurel } from '../laurel';
import { mulberry } from '../live-jobs/survival';
import { createClaimed, createLive, startOrg, type TestOrg } from '../practice-org';

let org: TestOrg;
let here: Laurel;
let connectionId: number;
let sent = 0;
beforeEach(async () => {
  org = await startOrg();
  here = await laurel();
  ({ id: connectionId } = await here.connect(org.url));
});
afterEach(() => org.stop());

interface RowAnswer {
  errors: { code: number }[] | null;
  data: { issuedBadges: { issuedId: string | null; error?: { code: number } | null }[] } | null;
}

/** The code that the org answers a real request with; null: it is done. */
function ask(badge: string, action: 'enrol' | 'award', customer: number): { code: number | null; id: string | null } {
  sent += 1;
  const body = { badgeMetaId: badge, requestId: `ask-${String(sent)}`, triggeredBy: OWNER };
  const answer =
    action === 'enrol'
      ? org.call('POST', 'badgeMeta/customer/issueBulk', { ...body, customers: [customer] })
      : org.call('POST', 'customer/earnBulk', { ...body, customerIds: [customer] });
  const { errors, data } = answer.body as RowAnswer;
  const row = data?.issuedBadges[0];
  return { code: errors?.[0]?.code ?? row?.error?.code ?? null, id: row?.issuedId ?? null };
}

const lookAt = (remoteBadgeId: string, customer: number): Promise<CustomerLook> =>
  here.call('held.look', { connectionId, customer: { value: String(customer) }, remoteBadgeId });

const customerConstraints = (...list: object[]) => ({ customerConstraints: list });
const LIMITS: readonly object[] = [
  {},
  customerConstraints({ constraintType: 'CUSTOMER_BADGE_FIXED_VALUE', maxEarnLimit: 2 }),
  customerConstraints({
    constraintType: 'CUSTOMER_BADGE_ROLLING_WINDOW',
    ...{
      rollForDays: 2,
      maxEarnForDays: 1,
      rollForWeeks: 1,
      maxEarnForWeeks: 2,
      rollForMonths: 1,
      maxEarnForMonths: 3,
    },
  }),
  customerConstraints({
    ...{ constraintType: 'CUSTOMER_BADGE_FIXED_WINDOW', durationType: 'DAYS', refreshRate: 3, maxEarnLimit: 2 },
  }),
  { badgeConstraints: [{ constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 5 }] },
  { badgeConstraints: [{ constraintType: 'BADGE_ROLLING_WINDOW', rollType: 'DAYS', rollValue: 1, maxEarnLimit: 4 }] },
  {
    ...customerConstraints({ constraintType: 'CUSTOMER_BADGE_FIXED_VALUE', maxEarnLimit: 1 }),
    badgeConstraints: [
      { constraintType: 'BADGE_FIXED_WINDOW', durationType: 'WEEKS', maxEarnLimit: 3 },
      { constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 6 },
    ],
  },
];

describe('a verdict', () => {
  test('is what the org then answers, for badges of every kind of limit and customers of random histories', async () => {
    const dice = mulberry(20_261);
    const pick = (most: number): number => Math.floor(dice() * most);
    const kinds = LIMITS.flatMap((limits) => [limits, { ...limits, ...enrolFirst(lasting(1, 'MONTHS')) }]);
    const badges = kinds.map((limits, index) => createClaimed(org, { name: `Kind ${String(index)}`, ...limits }));
    const asked = { yes: 0, no: 0 };
    const codes = new Set<number | null>();
    for (const [index, badge] of badges.entries()) {
      const actions = index % 2 === 1 ? (['enrol', 'award'] as const) : (['award'] as const);
      for (let step = 0; step < 12; step += 1) {
        const customer = 1 + pick(4);
        const { verdicts, isKnown } = await lookAt(badge, customer);
        expect(isKnown).toBe(true);
        expect(verdicts.map(({ action }) => action)).toEqual(actions);
        const action = actions[pick(actions.length)] ?? 'award';
        const verdict = verdicts.find((each) => each.action === action);
        const { code, id } = ask(badge, action, customer);
        expect({ index, step, code: verdict?.code, outcome: verdict?.outcome }).toEqual({
          ...{ index, step, code, outcome: code === null ? 'yes' : 'no' },
        });
        asked[code === null ? 'yes' : 'no'] += 1;
        codes.add(code);
        if (id === null || code !== null || pick(4) > 0) continue;
        if (action === 'award')
          org.call('POST', 'customer/revokeEarn', { badgeMetaId: badge, customerId: customer, earnedBadgeId: id });
        else org.call('POST', 'badgeMeta/customer/revokeIssue', { badgeMetaId: badge, customers: [customer] });
      }
    }
    expect(Math.min(asked.yes, asked.no), JSON.stringify(asked)).toBeGreaterThan(30);
    expect([...codes]).toEqual(expect.arrayContaining([null, 811, 1040]));
  });

  test('names the badge’s own reasons first: off, not begun, over, unclaimed', async () => {
    const codeOf = async (badge: string): Promise<unknown[]> =>
      (await lookAt(badge, 7)).verdicts.map(({ outcome, code }) => [outcome, code]);
    const off = createClaimed(org, { name: 'Off', ...enrolFirst() });
    org.call('PUT', `badgeMeta/${off}/deactivate`);
    expect(await codeOf(off)).toEqual([
      ['no', 1039],
      ['no', 815],
    ]);
    const early = createClaimed(org, { name: 'Early', startOn: '2090-01-01T00:00:00Z' });
    expect(await codeOf(early)).toEqual([['no', 815]]);
    expect((await lookAt(early, 7)).verdicts[0]?.words.key).toBe('lookAhead.upcoming');
    const over = createClaimed(org, {
      name: 'Over',
      startOn: '2020-01-01T00:00:00Z',
      expiresOn: '2020-02-01T00:00:00Z',
    });
    expect(await codeOf(over)).toEqual([['no', 815]]);
    expect((await lookAt(over, 7)).verdicts[0]?.words.key).toBe('held.badgeOver');
    expect(await codeOf(createLive(org, { name: 'Nobody’s' }))).toEqual([['no', 810]]);
  });

  test('says what is full, who used it up and when a place frees', async () => {
    const badge = createClaimed(org, {
      ...customerConstraints({
        constraintType: 'CUSTOMER_BADGE_ROLLING_WINDOW',
        ...{
          rollForDays: 2,
          maxEarnForDays: 1,
          rollForWeeks: 0,
          maxEarnForWeeks: 0,
          rollForMonths: 0,
          maxEarnForMonths: 0,
        },
      }),
      badgeConstraints: [{ constraintType: 'BADGE_ROLLING_WINDOW', rollType: 'DAYS', rollValue: 1, maxEarnLimit: 1 }],
    });
    const { id } = ask(badge, 'award', 5);
    const look = await lookAt(badge, 5);
    expect(look.verdicts).toMatchObject([
      { action: 'award', outcome: 'no', words: { key: 'held.customerFull', values: { count: 1 } } },
    ]);
    const [own, badges] = look.limits;
    const made = look.awards?.[0]?.recordedOn ?? 0;
    expect(own).toMatchObject({ level: 'CUSTOMER', state: 'full', limit: 1, counted: 1, told: 1, usedUpBy: [id] });
    expect(own?.freesAt).toBe(made + 2 * 86_400_000_000);
    expect(badges).toMatchObject({ level: 'BADGE', state: 'full', counted: null, told: 1, freesAt: null });
    expect(badges?.freesNote?.key).toBe('held.freesUntold');
  });
});

describe('what a customer holds', () => {
  test('is listed badge by badge, and told record by record, latest first', async () => {
    const direct = createClaimed(org, { name: 'Direct' });
    const enrolled = createClaimed(org, { name: 'Enrolled', ...enrolFirst() });
    createClaimed(org, { name: 'Untouched' });
    const first = ask(direct, 'award', 9).id;
    const second = ask(direct, 'award', 9).id;
    ask(enrolled, 'enrol', 9);
    org.call('POST', 'customer/revokeEarn', { badgeMetaId: direct, customerId: 9, earnedBadgeId: first });
    const { badges, isKnown, isWhole } = await here.call('held.badges', { connectionId, customer: { value: '9' } });
    expect([isKnown, isWhole]).toEqual([true, true]);
    expect(new Map(badges.map((badge) => [badge.name, badge]))).toEqual(
      new Map([
        ['Direct', expect.objectContaining({ awards: 1, enrolment: null, status: 'LIVE', earnType: 'EARN' })],
        ['Enrolled', expect.objectContaining({ awards: 0, enrolment: 'ACTIVE', earnType: 'ISSUE_EARN' })],
      ]),
    );
    const look = await lookAt(direct, 9);
    expect(look.enrolments).toEqual([]);
    expect(look.awards?.map(({ id, status }) => [id, status])).toEqual([
      [second, 'LIVE'],
      [first, 'REVOKED'],
    ]);
    expect(look.awards?.[0]).toMatchObject(OWNER);
  });

  test('more than a page of badges are all read', async () => {
    const names = Array.from({ length: 104 }, (_, index) => `Badge ${String(index)}`);
    for (const name of names) ask(createClaimed(org, { name }), 'award', 3);
    const { badges, isWhole } = await here.call('held.badges', { connectionId, customer: { value: '3' } });
    expect(isWhole).toBe(true);
    expect(badges.map(({ name }) => name).sort()).toEqual(names.sort());
  });

  test('somebody whom the org does not know is told as that, whatever they are named by', async () => {
    const badge = createClaimed(org);
    const customer = { by: 'email' as const, value: 'nobody at all/é@example.com' };
    expect(await here.call('held.badges', { connectionId, customer })).toEqual({
      ...{ isKnown: false, badges: [], isWhole: true },
    });
    const look = await here.call('held.look', { connectionId, customer, remoteBadgeId: badge });
    expect(look).toMatchObject({ isKnown: false, verdicts: [], awards: null, badge: { name: expect.any(String) } });
    await expect(lookAt('f'.repeat(24), 1)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('nothing is changed in the org by looking, and each read is in the ledger', async () => {
    const badge = createClaimed(org);
    await lookAt(badge, 1);
    await here.call('held.badges', { connectionId, customer: { value: '1' } });
    expect(org.activity.map(({ method }) => method)).toEqual(['GET', 'GET', 'GET']);
    expect((await here.call('activity.list', { connectionId })).total).toBe(3);
    expect((await here.call('activity.list', { connectionId, reads: false })).total).toBe(0);
  });
});
