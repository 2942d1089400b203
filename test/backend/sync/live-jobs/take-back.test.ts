/** Taking back what live jobs gave, over HTTP from a real practice org (docs/decisions/0196). */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { enrolFirst, OWNER } from '../../../domain/badge-bodies';
import { laurel, type Laurel } from '../laurel';
import { createClaimed, startOrg, type TestOrg } from '../practice-org';
import { mulberry } from './survival';

let org: TestOrg;
let badges = 0;
beforeEach(async () => {
  org = await startOrg();
});
afterEach(() => org.stop());

interface Given {
  here: Laurel;
  connectionId: number;
  badge: string;
  job: number;
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** An ended job that gave every customer of 1 to `customers` an award or an enrolment. */
async function given(action: 'award' | 'enrol', customers: number, connection: object = {}): Promise<Given> {
  const here = await laurel();
  const { id: connectionId } = await here.connect(org.url, { chunkSize: 50, ...connection });
  badges += 1;
  const badge = createClaimed(org, { name: `Badge ${String(badges)}`, ...(action === 'enrol' ? enrolFirst() : {}) });
  const { id: job } = await here.call('liveJobs.start', {
    ...{ connectionId, remoteBadgeId: badge, action, owner: OWNER },
    customers: { kind: 'range', from: 1, to: customers },
  });
  expect(await here.until(job)).toMatchObject({ state: 'done', done: customers });
  return { here, connectionId, badge, job };
}

const ofJob = (jobId: number, customer = '') => ({ kind: 'job' as const, jobId, customer });

/** Looks, starts, and waits until it ends, going on whenever it asks. */
async function takeBack({ here, connectionId }: Pick<Given, 'here' | 'connectionId'>, source: object) {
  const asked = source as ReturnType<typeof ofJob>;
  const look = await here.job('liveJobs.lookBack', { connectionId, source: asked });
  const { id } = await here.call('liveJobs.takeBack', { connectionId, source: asked, seen: look.seen });
  for (;;) {
    const view = await here.until(id);
    if (view.state !== 'paused') return { look, view };
    expect(view.note).toContain('refused everybody in one request');
    await here.call('liveJobs.resume', { id });
  }
}

function award(badge: string, customers: readonly number[], requestId: string): void {
  const body = { badgeMetaId: badge, requestId, triggeredBy: OWNER, customerIds: customers };
  expect(org.call('POST', 'customer/earnBulk', body).status).toBe(200);
}

/** The awards of a customer, oldest first: whether each is revoked. */
function awardsOf(badge: string, customer: number): boolean[] {
  const stored = org.store.findBadge(badge);
  return stored ? org.store.awardHistory(stored, customer).map(({ revokedOn }) => revokedOn !== null) : [];
}

function enrolmentsOf(badge: string, customer: number): boolean[] {
  const stored = org.store.findBadge(badge);
  return stored ? org.store.enrolmentHistory(stored, customer).map(({ revokedOn }) => revokedOn !== null) : [];
}

const sent = (endpoint: string): number => org.activity.filter((entry) => entry.endpoint === endpoint).length;

describe('taking back', () => {
  test('revokes each award that the job gave, one by one, and nothing that others gave', async () => {
    const at = await given('award', 30);
    award(at.badge, range(1, 30), 'later');
    const { look, view } = await takeBack(at, ofJob(at.job));
    expect(look).toMatchObject({ action: 'revoke-award', total: 30, records: 30, requests: 30, leftOut: [] });
    expect(look.sample).toHaveLength(5);
    expect(view).toMatchObject({ state: 'done', action: 'revoke-award', total: 30, done: 30, refused: 0 });
    expect([view.takesBack, (await at.here.call('liveJobs.get', { id: at.job })).takesBack]).toEqual([at.job, null]);
    for (const customer of range(1, 30)) expect(awardsOf(at.badge, customer)).toEqual([true, false]);
    expect(sent('revokeEarn')).toBe(30);
    const { total } = await at.here.call('activity.list', { connectionId: at.connectionId, search: 'revoke-award' });
    expect(total).toBe(30);
    const { rows } = await at.here.call('liveJobs.rows', { id: view.id, offset: 0, limit: 1 });
    expect(rows[0]).toMatchObject({ customer: '1', state: 'done', label: { key: 'live.rowAwardRevoked' } });
    expect(org.store.findAward(rows[0]?.issuedId ?? '')?.customerId).toBe(1);
  });

  test('revokes enrolments twenty at a time; who was enrolled before stays', async () => {
    const here = await laurel();
    const { id: connectionId } = await here.connect(org.url, { chunkSize: 500 });
    const badge = createClaimed(org, enrolFirst());
    const before = { badgeMetaId: badge, requestId: 'before', triggeredBy: OWNER, customers: [3, 7] };
    org.call('POST', 'badgeMeta/customer/issueBulk', before);
    const { id: job } = await here.call('liveJobs.start', {
      ...{ connectionId, remoteBadgeId: badge, action: 'enrol', owner: OWNER },
      customers: { kind: 'range', from: 1, to: 50 },
    });
    expect(await here.until(job)).toMatchObject({ done: 48, refused: 2 });
    const { look, view } = await takeBack({ here, connectionId }, ofJob(job));
    expect(look).toMatchObject({ records: 48, requests: 3 });
    expect(view).toMatchObject({ state: 'done', total: 48, done: 48 });
    expect(sent('revokeIssue')).toBe(3);
    for (const customer of range(1, 50))
      expect(enrolmentsOf(badge, customer)).toEqual([customer !== 3 && customer !== 7]);
  });

  test('is for those alone whom the filter of the rows finds', async () => {
    const at = await given('award', 30);
    const { view } = await takeBack(at, ofJob(at.job, '2'));
    const found = range(1, 30).filter((customer) => String(customer).includes('2'));
    expect(view).toMatchObject({ done: found.length, total: found.length });
    for (const customer of range(1, 30)) expect(awardsOf(at.badge, customer)).toEqual([found.includes(customer)]);
  });

  test('takes a file: the export of a job; what names nothing, or another’s record, is left alone and told', async () => {
    const at = await given('award', 6);
    const { rows } = await at.here.call('liveJobs.rows', { id: at.job, offset: 0, limit: 6 });
    const id = (customer: number): string => rows[customer - 1]?.issuedId ?? '';
    const lines = [
      `1,${id(1)}`,
      `2,${id(3)}`,
      `4,`,
      `nobody,${id(4)}`,
      `5,12`,
      `1,${id(1).toUpperCase()}`,
      `6,${'0'.repeat(24)}`,
    ];
    const token = at.here.file('back.csv', `customer,id\n${lines.join('\n')}\n`);
    const source = { kind: 'file', token, action: 'revoke-award', remoteBadgeId: at.badge };
    const { look, view } = await takeBack(at, source);
    expect(look).toMatchObject({ total: 7, records: 3 });
    expect(look.leftOut.map(({ count, words }) => [count, words.key]).sort()).toEqual([
      [1, 'refusals.lineBadRecord'],
      [1, 'refusals.lineNoCustomer'],
      [1, 'refusals.lineNoRecord'],
      [1, 'refusals.lineRecordAgain'],
    ]);
    expect(view).toMatchObject({ state: 'done', total: 7, done: 1, refused: 6, retryable: 0 });
    expect(view.refusals[0]).toMatchObject({ code: 814, count: 2, label: { key: 'refusals.outcomeNotHeld' } });
    expect(range(1, 6).map((customer) => awardsOf(at.badge, customer))).toEqual([
      [true],
      ...range(2, 6).map(() => [false]),
    ]);
  });

  test('takes a file of customers alone: what they held when it was shown, and nothing that they were given since', async () => {
    const at = await given('award', 4);
    award(at.badge, [2], 'second');
    const { rows } = await at.here.call('liveJobs.rows', { id: at.job, offset: 2, limit: 1 });
    const gone = { badgeMetaId: at.badge, customerId: 3, earnedBadgeId: rows[0]?.issuedId };
    org.call('POST', 'customer/revokeEarn', gone);
    const token = at.here.file('customers.csv', 'customer\n1\n2\n3\n2\n99\nnobody\n');
    const { here, connectionId, badge } = at;
    const source = { kind: 'file', names: 'customers', token, action: 'revoke-award', remoteBadgeId: badge } as const;
    const look = await here.job('liveJobs.lookBack', { connectionId, source });
    expect(look).toMatchObject({ records: 3, total: 6, requests: 3, secondsAtLeast: 1, remoteBadgeId: badge });
    expect(look.notes.map(({ key }) => key)).toEqual([
      ...['takeBack.expiredStay', 'takeBack.benefitsStay', 'takeBack.oneByOne'],
    ]);
    expect(look.sample).toHaveLength(3);
    expect((await here.call('activity.list', { connectionId, purposes: ['read'] })).total).toBeGreaterThanOrEqual(5);
    expect(look.leftOut.map(({ count, words }) => [count, words.key])).toEqual([
      [2, 'refusals.lineHoldsNone'],
      [1, 'refusals.lineNoCustomer'],
    ]);
    award(badge, [1], 'since');
    const other = { connectionId, source, seen: 'another look' };
    await expect(here.call('liveJobs.takeBack', other)).rejects.toMatchObject({ code: 'conflict' });
    const { id } = await here.call('liveJobs.takeBack', { connectionId, source, seen: look.seen });
    expect(await here.until(id)).toMatchObject({ state: 'done', total: 6, done: 3, refused: 3 });
    expect(range(1, 4).map((customer) => awardsOf(badge, customer))).toEqual([
      [true, false],
      [true, true],
      [true],
      [false],
    ]);
  });

  test('a file without a column of records starts nothing', async () => {
    const at = await given('award', 2);
    const token = at.here.file('back.csv', 'customer,name\n1,One\n2,Two\n');
    const source = { kind: 'file' as const, token, action: 'revoke-award' as const, remoteBadgeId: at.badge };
    const { connectionId } = at;
    await expect(at.here.job('liveJobs.lookBack', { connectionId, source })).rejects.toMatchObject({
      code: 'invalid-input',
      words: { key: 'takeBack.noRecordColumn' },
    });
  });

  test('an answer that was lost is found out: what is revoked is done, and nothing is sent for ever', async () => {
    const at = await given('award', 12);
    org.setFaults({ route: 'revokeEarn', fault: 'reset-after-commit', share: 0.7 });
    const { view } = await takeBack(at, ofJob(at.job));
    expect(view).toMatchObject({ state: 'done', done: 12, refused: 0 });
    for (const customer of range(1, 12)) expect(awardsOf(at.badge, customer)).toEqual([true]);
    // Without an answer that was lost nothing of this would have been tried.
    expect(sent('revokeEarn')).toBeGreaterThan(12);
    org.setFaults();
    const enrolled = await given('enrol', 45);
    org.setFaults({ route: 'revokeIssue', fault: 'reset-after-commit', share: 0.7 });
    const back = await takeBack(enrolled, ofJob(enrolled.job));
    expect(back.view).toMatchObject({ state: 'done', done: 45, refused: 0 });
    for (const customer of range(1, 45)) expect(enrolmentsOf(enrolled.badge, customer)).toEqual([true]);
    expect(sent('revokeIssue')).toBeGreaterThan(3);
  });

  test('what somebody else revoked before is refused with the org’s word, not called done', async () => {
    const at = await given('enrol', 25);
    org.call('POST', 'badgeMeta/customer/revokeIssue', { badgeMetaId: at.badge, customers: [4, 5] });
    const { view } = await takeBack(at, ofJob(at.job));
    expect(view).toMatchObject({ state: 'done', done: 23, refused: 2, retryable: 0 });
    expect(view.refusals[0]).toMatchObject({ code: 404, count: 2, label: { key: 'refusals.outcomeNotEnrolled' } });
    const again = await takeBack(at, ofJob(at.job, '4'));
    expect(again.view).toMatchObject({ done: 0, refused: 3 });
  });

  test('nothing is taken back of a job that may still give, that takes back itself, or of another org', async () => {
    const at = await given('award', 3);
    const { view } = await takeBack(at, ofJob(at.job, '1'));
    const { here, connectionId } = at;
    const looking = (id: number, source: object) =>
      here.job('liveJobs.lookBack', { connectionId: id, source: source as ReturnType<typeof ofJob> });
    await expect(looking(connectionId, ofJob(view.id))).rejects.toMatchObject({ words: { key: 'takeBack.notOfJob' } });
    const other = await here.connect(org.url, { name: 'Other' });
    await expect(looking(other.id, ofJob(at.job))).rejects.toMatchObject({ words: { key: 'takeBack.notOfJob' } });
    const paused = await here.call('liveJobs.start', {
      ...{ connectionId, remoteBadgeId: at.badge, action: 'award', owner: OWNER },
      customers: { kind: 'range', from: 1, to: 20_000 },
    });
    await here.call('liveJobs.pause', { id: paused.id });
    await expect(looking(connectionId, ofJob(paused.id))).rejects.toMatchObject({
      words: { key: 'takeBack.notOver' },
    });
  });

  test('only what was shown is taken back: other records by then, and nothing is sent', async () => {
    const at = await given('award', 5);
    const { here, connectionId, job } = at;
    const { seen } = await here.job('liveJobs.lookBack', { connectionId, source: ofJob(job) });
    const { id } = await here.call('liveJobs.takeBack', { connectionId, source: ofJob(job, '5'), seen });
    const view = await here.until(id);
    expect(view).toMatchObject({ state: 'cancelled', done: 0 });
    expect(view.note).toContain('no longer what you were shown');
    expect(sent('revokeEarn')).toBe(0);
  });

  test('production wants to be unlocked and its name typed', async () => {
    const { here, connectionId, job } = await given('award', 3);
    const connection = (await here.call('connections.list', {})).connections[0];
    if (!connection) throw new Error('no connection');
    const { name, baseUrl, timeZone, chunkSize, parallel, perSecond } = connection;
    const settings = { name, baseUrl, timeZone, chunkSize, parallel, perSecond };
    await here.call('connections.save', { id: connectionId, connection: { ...settings, kind: 'production' } });
    const { seen } = await here.job('liveJobs.lookBack', { connectionId, source: ofJob(job) });
    const start = (typedName?: string) =>
      here.call('liveJobs.takeBack', {
        ...{ connectionId, source: ofJob(job), seen },
        ...(typedName === undefined ? {} : { typedName }),
      });
    await expect(start(name)).rejects.toMatchObject({ code: 'conflict' });
    await here.call('connections.unlock', { id: connectionId, typedName: name });
    await expect(start()).rejects.toMatchObject({ code: 'invalid-input' });
    expect(sent('revokeEarn')).toBe(0);
    const { id } = await start(name);
    expect(await here.until(id)).toMatchObject({ state: 'done', done: 3 });
  });

  test('whatever others do meanwhile and however answers are lost: never what the job did not give, never done what was not', async () => {
    for (const seed of [1, 2]) {
      const dice = mulberry(seed);
      const action = seed % 2 === 0 ? 'enrol' : 'award';
      const at = await given(action, 40, { name: `Run ${String(seed)}`, parallel: 3 });
      const { rows } = await at.here.call('liveJobs.rows', { id: at.job, offset: 0, limit: 40 });
      const own = new Map(rows.map(({ customer, issuedId }) => [Number(customer), issuedId ?? '']));
      const some = range(1, 40).filter(() => dice() < 0.4);
      const byOthers = range(1, 40).filter(() => dice() < 0.2);
      if (action === 'award') award(at.badge, some, `others ${String(seed)}`);
      for (const customer of byOthers) {
        const id = own.get(customer) ?? '';
        if (action === 'award')
          org.call('POST', 'customer/revokeEarn', { badgeMetaId: at.badge, customerId: customer, earnedBadgeId: id });
        else
          org.call('POST', 'badgeMeta/customer/revokeIssue', {
            badgeMetaId: at.badge,
            revokeIssuals: [{ customerId: customer, issueId: id }],
          });
      }
      const again = {
        badgeMetaId: at.badge,
        requestId: `again ${String(seed)}`,
        triggeredBy: OWNER,
        customers: byOthers,
      };
      if (action === 'enrol') org.call('POST', 'badgeMeta/customer/issueBulk', again);
      // The badge is read before, and that read would fail like any other.
      org.setFaults(
        ...['reset-after-commit', 'reset-before-commit', 'cut-body', '500'].map((fault) => ({
          ...{ route: action === 'award' ? 'revokeEarn' : 'revokeIssue' },
          ...{ fault, share: 0.15 },
        })),
      );
      const { view } = await takeBack(at, ofJob(at.job));
      org.setFaults();
      expect(view.state).toBe('done');
      const back = await at.here.call('liveJobs.rows', { id: view.id, offset: 0, limit: 40 });
      const stored = org.store.findBadge(at.badge);
      if (!stored) throw new Error('no badge');
      const revoked = new Set<string>();
      for (const customer of range(1, 40)) {
        const records =
          action === 'award'
            ? org.store.awardHistory(stored, customer).map((each) => ({ ...each, id: org.store.awardId(each) }))
            : org.store
                .enrolmentHistory(stored, customer)
                .map((each) => ({ ...each, id: org.store.enrolmentId(each) }));
        for (const { id, revokedOn } of records) {
          if (revokedOn === null) continue;
          revoked.add(id);
          expect(id, `of ${String(customer)}`).toBe(own.get(customer));
        }
      }
      for (const { customer, state, issuedId } of back.rows) {
        expect(issuedId).toBe(own.get(Number(customer)));
        if (state === 'done') expect(revoked.has(issuedId ?? '')).toBe(true);
        else expect(byOthers).toContain(Number(customer));
      }
      expect(view.done + view.refused).toBe(40);
    }
  });
});
