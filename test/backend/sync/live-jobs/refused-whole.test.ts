import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { canBeServedLater, SECOND_CHANCES } from '../../../../electron/backend/sync/live-jobs/second-chance';
import { MESSAGES } from '../../../../shared/domain/codes';
import type { LiveJobView } from '../../../../shared/ipc/sync-contract';
import { readJobNote } from '../../../../shared/words/kept-org-answers';
import { laurel, type Laurel } from '../laurel';
import { createClaimed, startOrg, type TestOrg } from '../practice-org';
import { recordingProxy } from '../recording-proxy';
import { enrolFirst, OWNER } from '../../../domain/badge-bodies';

let org: TestOrg;
beforeEach(async () => {
  org = await startOrg();
});
afterEach(() => org.stop());

function enrol(badge: string, from: number, to: number): void {
  org.call('POST', 'badgeMeta/customer/issueBulk', {
    ...{ badgeMetaId: badge, requestId: `others-${String(from)}`, triggeredBy: OWNER },
    customers: Array.from({ length: to - from + 1 }, (_, index) => from + index),
  });
}

const sent = (): number => org.activity.filter(({ endpoint }) => endpoint === 'earnBulk').length;
const awarded = (id: string): number => org.store.countsOf(org.store.findBadge(id)!, 0).earnedCount;

/** Starts an award whose claim somebody withdraws right before its request number `at` arrives. */
async function startWithdrawn(here: Laurel, badge: string, customers: number, at = 1): Promise<number> {
  let requests = 0;
  const proxy = await recordingProxy(org.url, ({ url }) => {
    if (url.includes('earnBulk') && (requests += 1) === at) org.call('POST', `badgeMeta/${badge}/unclaim`, OWNER);
    return undefined;
  });
  onTestFinished(() => proxy.stop());
  const { id } = await here.connect(proxy.url, { chunkSize: 50, parallel: 1 });
  return start(here, id, badge, customers);
}

async function start(here: Laurel, connectionId: number, remoteBadgeId: string, to: number): Promise<number> {
  const customers = { kind: 'range' as const, from: 1, to };
  const job = await here.call('liveJobs.start', {
    ...{ connectionId, remoteBadgeId, action: 'award', owner: OWNER, customers },
  });
  return job.id;
}

const resume = (here: Laurel, id: number): Promise<LiveJobView> => here.call('liveJobs.resume', { id });

describe('a request that is refused as a whole', () => {
  test('pauses the job and asks; nothing more is sent, and the question is there after a restart', async () => {
    const here = await laurel();
    const badge = createClaimed(org);
    const job = await startWithdrawn(here, badge, 200, 3);
    const asked = await here.until(job);
    expect(asked).toMatchObject({ state: 'paused', done: 40, refused: 20, waiting: 140, retryable: 20 });
    expect(asked.note).toContain('BadgeMeta needs to be claimed first');
    expect(sent()).toBe(3);
    await here.close();
    await here.open();
    expect(await here.call('liveJobs.get', { id: job })).toMatchObject({ state: 'paused', note: asked.note });
    expect(sent()).toBe(3);
  });

  test('once its cause is mended, who was refused is tried again and the rest follows', async () => {
    const here = await laurel();
    const badge = createClaimed(org);
    const job = await startWithdrawn(here, badge, 200);
    expect(await here.until(job)).toMatchObject({ state: 'paused', done: 0, refused: 20 });
    // Tried again too early it is refused again, and asks again.
    await here.call('liveJobs.retryRefused', { id: job });
    expect(await here.until(job)).toMatchObject({ state: 'paused', done: 0, refused: 20, waiting: 180 });
    org.call('POST', `badgeMeta/${badge}/claim`, OWNER);
    await here.call('liveJobs.retryRefused', { id: job });
    expect(await here.until(job)).toMatchObject({ state: 'done', done: 200, refused: 0 });
    expect(awarded(badge)).toBe(200);
  });

  test('who goes on with the rest is asked once about one reason, and anew about another', async () => {
    const here = await laurel();
    const { id } = await here.connect(org.url, { chunkSize: 10, parallel: 1 });
    const badge = createClaimed(org, {
      ...enrolFirst(),
      badgeConstraints: [{ constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 10 }],
    });
    enrol(badge, 31, 100);
    const job = await start(here, id, badge, 100);
    const first = await here.until(job);
    expect(first).toMatchObject({ state: 'paused', refused: 10, waiting: 90 });
    expect(first.refusals).toMatchObject([{ code: 811, count: 10 }]);
    await resume(here, job);
    const second = await here.until(job);
    expect(second).toMatchObject({ state: 'paused', done: 10, refused: 40, waiting: 50 });
    expect(second.note).toContain('The limit of the badge is reached');
    await resume(here, job);
    expect(await here.until(job)).toMatchObject({ state: 'done', done: 10, refused: 90 });
  });

  test('rows that are refused one by one ask for nothing where nobody is left to be sent', async () => {
    const here = await laurel();
    const { id } = await here.connect(org.url, { chunkSize: 50 });
    const badge = createClaimed(org, enrolFirst());
    enrol(badge, 500, 501);
    const job = await start(here, id, badge, 5);
    expect(await here.until(job)).toMatchObject({ state: 'done', refused: 5 });
  });

  test('a request that an org refuses after it failed over it is asked about, too', async () => {
    const here = await laurel();
    const proxy = await recordingProxy(org.url, ({ url }) =>
      url.includes('earnBulk')
        ? { status: 500, body: { data: null, errors: [{ code: 999_999, message: 'HV000028' }], warnings: null } }
        : undefined,
    );
    onTestFinished(() => proxy.stop());
    const { id } = await here.connect(proxy.url, { chunkSize: 50 });
    const job = await start(here, id, createClaimed(org), 5);
    expect(await here.until(job)).toMatchObject({ state: 'paused', done: 0, refused: 5, retryable: 5 });
  });

  test('the question is read back from the kept text, with the reason in it', () => {
    const note = (reason: string): string =>
      `Acme refused everybody in one request for the same reason: ${reason}. Nothing more is sent until you decide: mend the cause and try the refused again, go on with the rest, or cancel the job.`;
    expect(readJobNote(note('Was not enrolled at that time'))).toMatchObject({
      key: 'jobs.refusedWhole',
      values: { org: 'Acme', reason: { key: 'refusals.outcome811' } },
    });
    // An org's own words stay as they are, though Laurel has such a sentence, too.
    expect(readJobNote(note('Badge is not live.'))).toMatchObject({ values: { reason: 'Badge is not live.' } });
  });
});

describe('trying the refused again', () => {
  test('is for those only whom it can serve; the others stay as they are', async () => {
    const here = await laurel();
    const { id } = await here.connect(org.url, { chunkSize: 50, parallel: 1 });
    const badge = createClaimed(org, enrolFirst());
    enrol(badge, 1, 3);
    const enrolment = await here.call('liveJobs.start', {
      ...{ connectionId: id, remoteBadgeId: badge, action: 'enrol', owner: OWNER },
      customers: { kind: 'paste', text: '1 2 3 4 nobody 4' },
    });
    const done = await here.until(enrolment.id);
    expect(done).toMatchObject({ state: 'done', done: 1, refused: 5, retryable: 0 });
    expect(done.refusals.map(({ code, canRetry }) => [code, canRetry])).toEqual([
      [1040, false],
      [0, false],
      [0, false],
    ]);
    const before = org.activity.length;
    await expect(here.call('liveJobs.retryRefused', { id: enrolment.id })).rejects.toMatchObject({ code: 'conflict' });
    expect(await here.call('liveJobs.get', { id: enrolment.id })).toMatchObject({ state: 'done', refused: 5 });
    expect(org.activity).toHaveLength(before);
  });

  test('is decided for every code that a bulk request answers, and left open for any other', () => {
    const answered = [
      400, 401, 404, 716, 750, 801, 803, 804, 809, 810, 811, 812, 815, 816, 1026, 1028, 1039, 1040, 1054,
    ];
    const own = [990_001, 990_002, 990_003, 999_999];
    expect(Object.keys(SECOND_CHANCES).map(Number)).toEqual([...answered, ...own]);
    for (const code of answered) if (code !== 400 && code !== 999_999) expect(MESSAGES).toHaveProperty(String(code));
    expect([810, 811, 815, 1039, 990_002].map(canBeServedLater)).toEqual([true, true, true, true, true]);
    expect([801, 816, 1040, 404].map(canBeServedLater)).toEqual([false, false, false, false]);
    expect([0, 555, 123_456].map(canBeServedLater)).toEqual([true, true, true]);
  });
});
