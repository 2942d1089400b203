import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { saysThereIsNothing } from '../../../../electron/backend/sync/live-jobs/customer-records';
import { laurel, type Laurel } from '../laurel';
import { scenarioBody } from '../../../simulation/scenarios';
import { createClaimed, CREDENTIALS, startOrg, type TestOrg } from '../practice-org';
import { recordingProxy } from '../recording-proxy';
import { message } from '../../../../shared/words/message';
import type { LiveJobView } from '../../../../shared/ipc/sync-contract';
import { enrolFirst, OWNER } from '../../../domain/badge-bodies';

let org: TestOrg;
beforeEach(async () => {
  org = await startOrg();
});
afterEach(() => org.stop());

function counts(id: string): { issuedCount: number; earnedCount: number } {
  const badge = org.store.findBadge(id);
  if (!badge) throw new Error('no badge');
  const { issuedCount, earnedCount } = org.store.countsOf(badge, 0);
  return { issuedCount, earnedCount };
}

async function start(here: Laurel, connectionId: number, remoteBadgeId: string, changes: object = {}): Promise<number> {
  const job = await here.call('liveJobs.start', {
    ...{ connectionId, remoteBadgeId, action: 'award', owner: OWNER, customers: { kind: 'range', from: 1, to: 2_000 } },
    ...changes,
  });
  return job.id;
}

/** Follows a job to its end, going on with the rest whenever a whole request was refused. */
async function through(here: Laurel, id: number): Promise<LiveJobView> {
  for (;;) {
    const view = await here.until(id);
    if (view.state !== 'paused') return view;
    expect(view.note).toContain('refused everybody in one request');
    await here.call('liveJobs.resume', { id });
  }
}

describe('live jobs', () => {
  test('awards every customer once, and shows each with its id', async () => {
    const here = await laurel();
    const { id } = await here.connect(org.url, { chunkSize: 300 });
    const badge = createClaimed(org);
    const job = await start(here, id, badge);
    const done = await here.until(job);
    expect(done).toMatchObject({
      state: 'done',
      total: 2_000,
      done: 2_000,
      refused: 0,
      unknown: 0,
      waiting: 0,
      sent: 0,
    });
    expect(counts(badge).earnedCount).toBe(2_000);
    const { rows, total } = await here.call('liveJobs.rows', { id: job, offset: 1_234, limit: 2 });
    expect(total).toBe(2_000);
    expect(rows.map(({ ordinal, customer }) => [ordinal, customer])).toEqual([
      [1_234, '1235'],
      [1_235, '1236'],
    ]);
    const record = org.store.findAward(rows[0]?.issuedId ?? '');
    expect(record?.customerId).toBe(1_235);
    const chunks = org.activity.filter(({ endpoint }) => endpoint === 'earnBulk');
    expect(chunks).toHaveLength(5 + Math.ceil(1_900 / 300));
    const { total: ledgered } = await here.call('activity.list', { connectionId: id, search: 'award' });
    expect(ledgered).toBe(chunks.length);
  });

  test('reads a CSV; lines that name nobody, or somebody again, are refused here and never sent', async () => {
    const here = await laurel();
    const { id } = await here.connect(org.url, { chunkSize: 2 });
    const badge = createClaimed(org);
    const token = here.file('customers.csv', 'customerId\n11\nabc\n12\n11\n-4\n13\n');
    const job = await start(here, id, badge, { customers: { kind: 'file', token } });
    expect(await here.until(job)).toMatchObject({ state: 'done', total: 6, done: 3, refused: 3 });
    const { rows } = await here.call('liveJobs.rows', { id: job, offset: 0, limit: 10 });
    expect(rows.map(({ ordinal, customer, state, code }) => [ordinal, customer, state, code])).toEqual([
      [0, '11', 'done', null],
      [1, 'abc', 'refused', null],
      [2, '12', 'done', null],
      [3, '11', 'refused', null],
      [4, '-4', 'refused', null],
      [5, '13', 'done', null],
    ]);
    const refused = await here.call('liveJobs.rows', { id: job, state: ['refused'], offset: 1, limit: 10 });
    expect([refused.total, refused.rows.map(({ ordinal }) => ordinal)]).toEqual([3, [3, 4]]);
    const target = here.saveTarget('results.csv');
    expect(await here.job('liveJobs.export', { id: job, target: target.token })).toEqual({
      rows: 6,
      name: 'results.csv',
    });
    const lines = readFileSync(target.path, 'utf8').trim().split('\r\n');
    expect(lines).toHaveLength(7);
    expect(lines[5]).toContain("5,'-4,refused");
    expect(counts(badge).earnedCount).toBe(3);
  });

  test('row errors inside a 200 are refusals with the org’s code, and can be tried again', async () => {
    const here = await laurel();
    const { id } = await here.connect(org.url, { chunkSize: 50 });
    const badge = createClaimed(org, enrolFirst());
    org.call('POST', 'badgeMeta/customer/issueBulk', {
      ...{ badgeMetaId: badge, requestId: 'others', triggeredBy: OWNER },
      customers: Array.from({ length: 60 }, (_, index) => index + 1),
    });
    const award = await start(here, id, badge, { customers: { kind: 'range', from: 1, to: 100 } });
    const first = await through(here, award);
    expect(first).toMatchObject({ done: 60, refused: 40, retryable: 40 });
    expect(first.refusals).toMatchObject([{ code: 811, count: 40, canRetry: true }]);
    const enrol = await start(here, id, badge, { action: 'enrol', customers: { kind: 'range', from: 51, to: 100 } });
    expect(await through(here, enrol)).toMatchObject({ done: 40, refused: 10, refusals: [{ code: 1040, count: 10 }] });
    await here.call('liveJobs.retryRefused', { id: award });
    expect(await here.until(award)).toMatchObject({ state: 'done', done: 100, refused: 0, refusals: [] });
    expect(counts(badge)).toEqual({ issuedCount: 100, earnedCount: 100 });
  });

  test('the customers of a local request can be awarded live', async () => {
    const here = await laurel();
    const { id } = await here.connect(org.url, { chunkSize: 50 });
    const badge = createClaimed(org);
    const local = await here.draft();
    await here.call('badges.claim', { id: local, ...OWNER });
    const request = await here.job('issuance.run', {
      ...{ badgeId: local, action: 'award', owner: OWNER },
      customers: { kind: 'paste', text: '5 6 nobody 7' },
    });
    const job = await start(here, id, badge, { customers: { kind: 'request', requestId: request.id } });
    expect(await here.until(job)).toMatchObject({ state: 'done', total: 3, done: 3 });
  });

  test('the customers whom a replay served can be awarded live; made-up ones only in a practice org', async () => {
    const here = await laurel();
    const { id } = await here.connect(org.url, { chunkSize: 50, kind: 'test' });
    const practice = await here.connect(org.url, { name: 'Rehearsal', chunkSize: 50 });
    const badge = createClaimed(org);
    const rows = ['700001,2026-03-02T10:00:00Z', '700002,2026-03-03T10:00:00Z', '700001,2026-03-04T10:00:00Z'];
    const token = here.file('events.csv', `customerId,eventDate\n${rows.join('\n')}\n`);
    const events = { csv: 'events.csv', customer: 'customerId', at: 'eventDate' };
    const replay = await here.job('simulation.run', {
      body: scenarioBody({ customers: null, events }),
      events: { token },
    });
    const customers = (resultId: number): object => ({
      customers: { kind: 'simulation', resultId, badgeKey: 'badge' },
    });
    const job = await start(here, id, badge, customers(replay.summary.id));
    expect(await here.until(job)).toMatchObject({ state: 'done', total: 2, done: 2 });
    expect(org.store.awardHistory(org.store.findBadge(badge)!, 700_002)).toHaveLength(1);
    const made = await here.job('simulation.run', { body: scenarioBody({ name: 'Made up' }) });
    const offered = await here.call('liveJobs.simulations', {});
    expect(offered.badges.map(({ resultId, badgeKey, simulation }) => [resultId, badgeKey, simulation])).toEqual([
      [made.summary.id, 'badge', 'Made up'],
      [replay.summary.id, 'badge', replay.summary.name],
    ]);
    expect(offered.badges[0]?.badge).toBe(made.badges[0]?.name);
    expect((await here.call('liveJobs.simulations', { limit: 1 })).badges).toHaveLength(1);
    await expect(start(here, id, badge, customers(made.summary.id))).rejects.toThrow(/made its customers up/);
    const rehearsal = await start(here, practice.id, badge, customers(made.summary.id));
    expect((await here.until(rehearsal)).done).toBe(made.result.badges['badge']?.customersAwarded);
  });

  test.each([
    'reset-after-commit',
    'cut-body',
    'no-answer',
    'reset-before-commit',
    '500',
    '502',
    '429',
    'expire-tokens',
  ])('every request failing by %s at first: each customer once, nothing unknown', async (fault) => {
    const here = await laurel();
    const { id } = await here.connect(org.url, { chunkSize: 40 }, 'oauth');
    const badge = createClaimed(org);
    org.setFaults({ route: 'earnBulk', fault, share: 0.5, retryAfterSeconds: 0 });
    const job = await start(here, id, badge, { customers: { kind: 'range', from: 1, to: 400 } });
    expect(await here.until(job)).toMatchObject({ state: 'done', done: 400, refused: 0, unknown: 0 });
    expect(counts(badge).earnedCount).toBe(400);
    const { rows } = await here.call('liveJobs.rows', { id: job, offset: 0, limit: 500 });
    // The id that a customer is shown with is that of its own record.
    for (const { customer, issuedId } of rows)
      expect(org.store.findAward(issuedId ?? '')?.customerId).toBe(Number(customer));
  });

  test('an answer that was lost is settled by reading customers, though they have older awards of the same owner', async () => {
    const here = await laurel();
    const { id } = await here.connect(org.url, { chunkSize: 40 });
    const badge = createClaimed(org);
    const before = { badgeMetaId: badge, requestId: 'older', triggeredBy: OWNER };
    org.call('POST', 'customer/earnBulk', {
      ...before,
      customerIds: Array.from({ length: 100 }, (_, index) => index + 1),
    });
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    org.setFaults(
      { route: 'earnBulk', fault: 'reset-after-commit', share: 0.5 },
      { route: 'earnBulk', fault: '500', share: 0.3 },
    );
    const job = await start(here, id, badge, { customers: { kind: 'range', from: 1, to: 200 } });
    expect(await here.until(job)).toMatchObject({ state: 'done', done: 200 });
    expect(counts(badge).earnedCount).toBe(300);
  });

  test('a refusal whose answer was lost is told apart from an older award of the same owner', async () => {
    const here = await laurel();
    const { id } = await here.connect(org.url, { chunkSize: 40 });
    const badge = createClaimed(org, {
      customerConstraints: [{ constraintType: 'CUSTOMER_BADGE_FIXED_VALUE', maxEarnLimit: 1 }],
    });
    const before = { badgeMetaId: badge, requestId: 'older', triggeredBy: OWNER };
    const odd = Array.from({ length: 100 }, (_, index) => index * 2 + 1);
    org.call('POST', 'customer/earnBulk', { ...before, customerIds: odd });
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    // The answers of the first request, whose customers were read before, and of some later ones are lost.
    org.setFaults(
      { route: 'earnBulk', fault: 'reset-after-commit', count: 1 },
      { route: 'earnBulk', fault: 'cut-body', share: 0.5 },
    );
    const job = await start(here, id, badge, { customers: { kind: 'range', from: 1, to: 200 } });
    expect(await here.until(job)).toMatchObject({
      state: 'done',
      done: 100,
      refused: 100,
      refusals: [{ code: 990001, count: 100 }],
    });
    expect(counts(badge).earnedCount).toBe(200);
  });

  test('an org that does not tell what customers have is sent nothing more, until it tells again', async () => {
    const here = await laurel();
    let chunks = 0;
    let isSilent = false;
    const proxy = await recordingProxy(org.url, ({ method, url }) => {
      if (url.includes('earnBulk')) chunks += 1;
      if (url.includes('earnBulk') && chunks === 2) isSilent = true;
      // The first chunk's customers are read before it leaves; those of the second, whose answer is lost, afterwards.
      if (!isSilent || method !== 'GET' || !url.includes('/management/')) return undefined;
      return { status: 400, body: { data: null, errors: [{ code: 555, message: 'Try later' }], warnings: [] } };
    });
    onTestFinished(() => proxy.stop());
    const { id } = await here.connect(proxy.url, { chunkSize: 20, parallel: 1 });
    const badge = createClaimed(org);
    org.setFaults({ route: 'earnBulk', fault: 'reset-after-commit', after: 1, count: 1 });
    const job = await start(here, id, badge, { customers: { kind: 'range', from: 1, to: 60 } });
    const paused = await here.until(job, 'paused');
    expect(paused).toMatchObject({ state: 'paused', done: 20, refused: 0 });
    expect(paused.note).toMatch(/does not tell what customer \d+ has: 555 · Try later/);
    expect([counts(badge).earnedCount, chunks]).toEqual([40, 3]);
    isSilent = false;
    await here.call('liveJobs.resume', { id: job });
    expect(await here.until(job)).toMatchObject({ state: 'done', done: 60, unknown: 0 });
    expect(counts(badge).earnedCount).toBe(60);
  });

  test('customers whom the org does not know have nothing, whatever the status of its answer', () => {
    const refused = (status: number, code: number): boolean =>
      saysThereIsNothing({
        kind: 'refused',
        status,
        errors: [{ code, message: '', reference: null }],
        sentence: message('org.refused', { errors: '' }),
      });
    expect([refused(404, 1026), refused(200, 1026), refused(404, 404), refused(400, 404)]).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect([refused(500, 999999), refused(400, 555), refused(400, 812)]).toEqual([false, false, false]);
  });

  test('pauses, resumes and cancels; what was not sent by then was not sent', async () => {
    const here = await laurel();
    const { id } = await here.connect(org.url, { chunkSize: 20, parallel: 1, perSecond: 60 });
    const badge = createClaimed(org);
    const job = await start(here, id, badge, { customers: { kind: 'range', from: 1, to: 3_000 } });
    while ((await here.call('liveJobs.get', { id: job })).done === 0)
      await new Promise((resolve) => setTimeout(resolve, 20));
    const paused = await here.call('liveJobs.pause', { id: job });
    expect(paused.state).toBe('paused');
    expect(paused.done).toBe(counts(badge).earnedCount);
    expect(paused.waiting).toBe(3_000 - paused.done);
    await expect(start(here, id, badge)).rejects.toMatchObject({ code: 'conflict' });
    await here.call('liveJobs.resume', { id: job });
    while ((await here.call('liveJobs.get', { id: job })).done <= paused.done)
      await new Promise((resolve) => setTimeout(resolve, 20));
    const cancelled = await here.call('liveJobs.cancel', { id: job });
    expect(cancelled.state).toBe('cancelled');
    expect(cancelled).toMatchObject({ done: counts(badge).earnedCount, sent: 0, unknown: 0 });
    expect(cancelled.done).toBeLessThan(3_000);
  });

  test('goes on by itself after Laurel was closed', async () => {
    const here = await laurel();
    const { id } = await here.connect(org.url, { chunkSize: 20, parallel: 2, perSecond: 20 });
    const badge = createClaimed(org);
    const job = await start(here, id, badge, { customers: { kind: 'range', from: 1, to: 400 } });
    while ((await here.call('liveJobs.get', { id: job })).done < 100)
      await new Promise((resolve) => setTimeout(resolve, 20));
    await here.close();
    const before = counts(badge).earnedCount;
    expect(before).toBeLessThan(400);
    await here.open();
    expect(await here.until(job)).toMatchObject({ state: 'done', done: 400 });
    expect(counts(badge).earnedCount).toBe(400);
  });

  test('waits for an org that is away, says so, and goes on when it is back', async () => {
    const here = await laurel();
    const { id } = await here.connect(org.url, { chunkSize: 50 });
    const badge = createClaimed(org);
    org.setFaults({ route: 'earnBulk', fault: '502' });
    const job = await start(here, id, badge, { customers: { kind: 'range', from: 1, to: 200 } });
    const waiting = await here.until(job, 'waiting-for-org');
    expect(waiting.note).toContain('goes on by itself');
    const reach = async (): Promise<unknown> => (await here.call('connections.list', {})).connections[0]?.state;
    expect(await reach()).toBe('offline');
    org.setFaults();
    expect(await here.until(job)).toMatchObject({ state: 'done', done: 200, note: null });
    expect(await reach()).toBe('online');
  });

  test('pauses when the credentials are refused, and sends nothing on and on', async () => {
    const here = await laurel();
    const { id } = await here.connect(org.url);
    const badge = createClaimed(org);
    // With its name known nothing is asked of the org before the job begins.
    await here.job('sync.pull', { connectionId: id });
    const connection = { name: 'Practice', baseUrl: org.url, kind: 'practice' as const, timeZone: 'UTC' };
    await here.call('connections.save', {
      id,
      connection: { ...connection, perSecond: 1_000, parallel: 1 },
      credentials: { kind: 'basic', user: 'x', password: 'wrong' },
    });
    org.activity.length = 0;
    const customers = { kind: 'range', from: 1, to: 200 };
    await expect(start(here, id, badge, { customers })).rejects.toMatchObject({ code: 'unauthorized' });
    org.activity.length = 0;
    // Somebody decided to start although it could not be looked at.
    const job = await start(here, id, badge, { customers, looked: null });
    const view = await here.until(job);
    expect(view).toMatchObject({ state: 'paused', waiting: 200, done: 0, unknown: 0 });
    expect(view.note).toContain('did not accept the credentials (401)');
    // Accounts get locked for more.
    expect(org.activity).toHaveLength(3);
    const { user, password } = CREDENTIALS;
    await here.call('connections.save', {
      ...{ id, connection: { ...connection, perSecond: 1_000 } },
      credentials: { kind: 'basic', user, password },
    });
    await here.call('liveJobs.resume', { id: job });
    expect(await here.until(job)).toMatchObject({ state: 'done', done: 200 });
  });

  test('the guard of production is lifted only by typing its name, under a second name and address too', async () => {
    const here = await laurel();
    const live = await here.connect(org.url, { kind: 'production', name: 'Live EU' });
    const connection = { name: 'Live EU', baseUrl: org.url, kind: 'test' as const, timeZone: 'UTC' };
    const { user, password } = CREDENTIALS;
    const credentials = { kind: 'basic' as const, user, password };
    const refusals = [
      { id: live.id, connection },
      { id: live.id, connection, typedName: 'live eu' },
      { id: live.id, connection: { ...connection, name: 'Other', kind: 'practice' as const }, typedName: 'Other' },
      { id: live.id, connection: { ...connection, baseUrl: 'https://elsewhere.example' }, credentials },
      { connection: { ...connection, name: 'Second', baseUrl: `${org.url}/` }, credentials },
    ];
    for (const input of refusals)
      await expect(here.call('connections.save', input)).rejects.toMatchObject({ code: 'invalid-input' });
    const { connections } = await here.call('connections.list', {});
    expect(connections.map(({ name, kind, writable }) => [name, kind, writable])).toEqual([
      ['Live EU', 'production', false],
    ]);
    const typed = { id: live.id, connection, typedName: 'Live EU' };
    expect(await here.call('connections.save', typed)).toMatchObject({ kind: 'test', writable: true });
    const second = { connection: { ...connection, name: 'Second' }, credentials };
    expect(await here.call('connections.save', second)).toMatchObject({ kind: 'test' });
  });

  test('a production org is read-only until it is unlocked, and every write asks for its name', async () => {
    const here = await laurel();
    const { id } = await here.connect(org.url, { kind: 'production', name: 'Live EU' });
    const badge = createClaimed(org);
    const input = {
      connectionId: id,
      remoteBadgeId: badge,
      action: 'award' as const,
      owner: OWNER,
      customers: { kind: 'one' as const, customerId: '5' },
    };
    await expect(here.call('liveJobs.start', { ...input, typedName: 'Live EU' })).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(here.call('connections.unlock', { id, typedName: 'live eu' })).rejects.toMatchObject({
      code: 'invalid-input',
    });
    expect(await here.call('connections.unlock', { id, typedName: 'Live EU' })).toMatchObject({ writable: true });
    await expect(here.call('liveJobs.start', input)).rejects.toMatchObject({ code: 'invalid-input' });
    const draft = await here.draft();
    const plan = await here.call('sync.plan', { connectionId: id, badgeIds: [draft] });
    const keys = plan.requests.map(({ key }) => key);
    await expect(here.job('sync.push', { planId: plan.planId, keys })).rejects.toMatchObject({ code: 'invalid-input' });
    const job = await here.call('liveJobs.start', { ...input, typedName: 'Live EU' });
    expect(await here.until(job.id)).toMatchObject({ done: 1 });
    expect(await here.call('connections.lock', { id })).toMatchObject({ writable: false });
    await expect(here.job('sync.push', { planId: plan.planId, keys, typedName: 'Live EU' })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect([...org.store.badges()]).toHaveLength(1);
  });
});
