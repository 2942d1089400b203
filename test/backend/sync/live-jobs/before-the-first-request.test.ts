import { rmSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Input } from '../../../../shared/ipc/contract';
import type { JobDraft, LookAhead } from '../../../../shared/ipc/look-ahead-contract';
import { inEnglish } from '../../../../shared/words/english';
import { JOB_DRAFT } from '../../../db/stored-formats';
import { laurel, type Laurel } from '../laurel';
import { OWNER } from '../../../domain/badge-bodies';
import { createClaimed, createLive, startOrg, type TestOrg } from '../practice-org';
import { recordingProxy } from '../recording-proxy';

let org: TestOrg;
beforeEach(async () => {
  org = await startOrg();
});
afterEach(() => org.stop());

const award = (badge: string, from: number, to: number, more: object = {}): void => {
  const customerIds = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const request = { badgeMetaId: badge, requestId: `others-${String(from)}`, triggeredBy: OWNER };
  const { status } = org.call('POST', 'customer/earnBulk', { ...request, customerIds, ...more });
  expect(status).toBe(200);
};

type Start = Input<'liveJobs.start'>;
const job = (connectionId: number, remoteBadgeId: string, changes: Partial<Start> = {}): Start => ({
  ...{ connectionId, remoteBadgeId, action: 'award', owner: OWNER, customers: { kind: 'range', from: 1, to: 5 } },
  ...changes,
});

function look(here: Laurel, start: Start, more: object = {}): Promise<LookAhead> {
  const { connectionId, remoteBadgeId, action, owner } = start;
  const rows = { total: 5, good: 5, bad: 0, duplicate: 0 };
  return here.call('liveJobs.lookAhead', { connectionId, remoteBadgeId, action, owner, rows, ...more });
}

const found = ({ findings }: LookAhead): unknown[] =>
  findings.map(({ kind, code, atMost }) => [kind, code, ...(atMost === null ? [] : [atMost])]);
const writes = (): unknown[] => org.activity.filter(({ method }) => method !== 'GET');

describe('a look at a badge in the org', () => {
  test('reads it as it is there, with what the org counts, and sends nothing', async () => {
    const here = await laurel();
    const { id } = await here.connect(org.url, { chunkSize: 3, perSecond: 2 });
    const badge = createClaimed(org, { badgeConstraints: [{ constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 10 }] });
    award(badge, 1, 7);
    const ahead = await look(here, job(id, badge));
    expect(ahead).toMatchObject({ unread: null, requests: 2, secondsAtLeast: 3 });
    expect(ahead.badge).toMatchObject({ name: 'Five visits', status: 'LIVE', claims: [OWNER], earnedCount: 7 });
    expect(found(ahead)).toEqual([['some', 990_002, 3]]);
    expect(writes()).toEqual([]);
  });

  test('counts the window that the awards fall into', async () => {
    const here = await laurel();
    const { id } = await here.connect(org.url);
    const window = { constraintType: 'BADGE_FIXED_WINDOW', durationType: 'MONTHS', maxEarnLimit: 4 };
    const badge = createClaimed(org, { badgeConstraints: [window] });
    award(badge, 1, 4, { earnEventDateISO: '2026-02-02T00:00:00Z' });
    award(badge, 11, 12);
    expect(found(await look(here, job(id, badge)))).toEqual([['some', 990_002, 2]]);
    const february = Date.UTC(2026, 1, 20) * 1_000;
    expect(found(await look(here, job(id, badge), { eventDate: february }))).toEqual([['refuses', 990_002, 0]]);
  });

  test('a form that changes asks the org once, until it is to look again', async () => {
    const here = await laurel();
    const { id } = await here.connect(org.url);
    const badge = createClaimed(org);
    const other = { ownerType: 'Milestones', referenceId: '7' };
    expect(found(await look(here, job(id, badge)))).toEqual([]);
    expect(found(await look(here, job(id, badge, { owner: other })))).toEqual([['refuses', 810]]);
    expect(org.activity).toHaveLength(1);
    org.call('POST', `badgeMeta/${badge}/unclaim`, OWNER);
    expect(found(await look(here, job(id, badge), { again: true }))).toEqual([['refuses', 810]]);
    expect(org.activity).toHaveLength(2);
  });

  test('an org that cannot be reached, or prints no badge, is said so, and why', async () => {
    const here = await laurel();
    const badge = createClaimed(org);
    const away = await here.connect('http://127.0.0.1:1', { name: 'Away' });
    const ahead = await look(here, job(away.id, badge));
    expect(ahead).toMatchObject({ badge: null, findings: [] });
    expect(inEnglish(ahead.unread!)).toMatch(/could not be looked at in Away: .*Nothing was sent\./);
    const proxy = await recordingProxy(org.url, ({ url }) =>
      url.includes('/badgeMeta/') ? { status: 200, body: { data: { id: badge, name: 'Odd' }, errors: [] } } : undefined,
    );
    onTestFinished(() => proxy.stop());
    const odd = await here.connect(proxy.url, { name: 'Odd' });
    const unreadable = await look(here, job(odd.id, badge));
    expect([unreadable.unread, found(unreadable)]).toEqual([null, [['asks', null]]]);
  });

  test('the rows are counted by the reader that the job uses', async () => {
    const here = await laurel();
    const { id } = await here.connect(org.url);
    const count = (customers: Start['customers']): Promise<unknown> =>
      here.job('liveJobs.countRows', { connectionId: id, customers });
    const token = here.file('customers.csv', 'customerId\n11\nabc\n12\n11\n-4\n13\n');
    expect(await count({ kind: 'file', token })).toEqual({ total: 6, good: 3, bad: 2, duplicate: 1 });
    expect(await count({ kind: 'paste', text: '5 6 nobody 5' })).toEqual({ total: 4, good: 2, bad: 1, duplicate: 1 });
    expect(await count({ kind: 'range', from: 3, to: 40_002 })).toMatchObject({ total: 40_000, good: 40_000 });
    const local = await here.draft();
    await here.call('badges.claim', { id: local, ...OWNER });
    const request = await here.job('issuance.run', {
      ...{ badgeId: local, action: 'award', owner: OWNER, customers: { kind: 'paste', text: '5 6 nobody' } },
    });
    expect(await count({ kind: 'request', requestId: request.id })).toMatchObject({ total: 2, good: 2 });
    const stop = new AbortController();
    const ids = Array.from({ length: 60_000 }, (_, index) => index + 1).join(' ');
    const counting = here.job(
      'liveJobs.countRows',
      { connectionId: id, customers: { kind: 'paste', text: ids } },
      () => stop.abort(),
      stop.signal,
    );
    await expect(counting).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('the start of a job', () => {
  test.each<[string, () => string, Partial<Start>, number]>([
    ['nobody has claimed the badge', () => createLive(org), {}, 810],
    [
      'the owner may not claim it',
      () => createClaimed(org),
      { owner: { ownerType: 'Journeys', referenceId: '1' } },
      810,
    ],
    ['the badge is not live yet', () => createClaimed(org, { startOn: '2098-01-01T00:00:00Z' }), {}, 815],
    ['it takes no enrolment', () => createClaimed(org), { action: 'enrol' }, 801],
    ['the event lies outside of it', () => createClaimed(org), { eventDate: Date.UTC(2020, 1, 1) * 1_000 }, 816],
  ])('is refused here where %s: the org would refuse every row', async (_what, make, changes, code) => {
    const here = await laurel();
    const { id } = await here.connect(org.url);
    const started = here.call('liveJobs.start', job(id, make(), changes));
    await expect(started).rejects.toMatchObject({ code: 'rejected-by-gateway', gatewayErrors: [{ code }] });
    await expect(started).rejects.toThrow(/would refuse every row: .* Nothing was sent\./);
    expect(writes()).toEqual([]);
    expect((await here.call('liveJobs.list', {})).jobs).toEqual([]);
  });

  test('is not taken back by what a person was shown before: the badge is read again', async () => {
    const here = await laurel();
    const { id } = await here.connect(org.url);
    const badge = createClaimed(org);
    const { seen: looked } = await look(here, job(id, badge));
    org.call('POST', `badgeMeta/${badge}/unclaim`, OWNER);
    const withdrawn = here.call('liveJobs.start', job(id, badge, { looked }));
    await expect(withdrawn).rejects.toMatchObject({ gatewayErrors: [{ code: 810 }] });
    org.call('POST', `badgeMeta/${badge}/claim`, OWNER);
    org.edit(badge, { expiresOn: '2050-01-01T00:00:00Z' });
    await expect(here.call('liveJobs.start', job(id, badge, { looked }))).rejects.toThrow(/has changed since/);
    const { seen } = await look(here, job(id, badge), { again: true });
    const started = await here.call('liveJobs.start', job(id, badge, { looked: seen }));
    expect(await here.until(started.id)).toMatchObject({ state: 'done', done: 5 });
  });

  test('is a person’s to decide where the org counts the badge full', async () => {
    const here = await laurel();
    const { id } = await here.connect(org.url);
    const badge = createClaimed(org, { badgeConstraints: [{ constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 2 }] });
    award(badge, 1, 2);
    await expect(here.call('liveJobs.start', job(id, badge))).rejects.toMatchObject({ code: 'conflict' });
    const { seen, findings } = await look(here, job(id, badge));
    expect(findings).toMatchObject([{ kind: 'asks', code: 990_002, atMost: 0 }]);
    const started = await here.call('liveJobs.start', job(id, badge, { looked: seen }));
    expect(await here.until(started.id)).toMatchObject({ refused: 5 });
  });

  test('goes on without a look where a person decided so', async () => {
    const here = await laurel();
    const proxy = await recordingProxy(org.url, ({ method, url }) =>
      method === 'GET' && url.includes('includeStatistics') && url.includes('/badgeMeta/')
        ? { status: 400, body: { data: null, errors: [{ code: 555, message: 'Not now' }], warnings: null } }
        : undefined,
    );
    onTestFinished(() => proxy.stop());
    const { id } = await here.connect(proxy.url);
    const badge = createClaimed(org);
    await expect(here.call('liveJobs.start', job(id, badge))).rejects.toThrow(/could not be looked at .*Not now/);
    const started = await here.call('liveJobs.start', job(id, badge, { looked: null }));
    expect(await here.until(started.id)).toMatchObject({ state: 'done', done: 5 });
  });
});

describe('a claim from the form', () => {
  test('is made in the org, once, and the job can be started', async () => {
    const here = await laurel();
    const { id } = await here.connect(org.url);
    const badge = createLive(org);
    await here.job('sync.pull', { connectionId: id });
    expect(found(await look(here, job(id, badge)))).toEqual([['refuses', 810]]);
    const { sentence } = await here.call('liveJobs.claim', { connectionId: id, remoteBadgeId: badge, owner: OWNER });
    expect(inEnglish(sentence)).toBe('Claimed for Loyalty 626.');
    const ahead = await look(here, job(id, badge));
    expect([found(ahead), ahead.badge?.claims]).toEqual([[], [OWNER]]);
    const started = await here.call('liveJobs.start', job(id, badge, { looked: ahead.seen }));
    expect(await here.until(started.id)).toMatchObject({ done: 5 });
  });

  test('is refused in words, and of production it asks for the name', async () => {
    const here = await laurel();
    const { id } = await here.connect(org.url);
    const badge = createLive(org);
    const owner = { ownerType: 'Journeys', referenceId: '1' };
    const refused = here.call('liveJobs.claim', { connectionId: id, remoteBadgeId: badge, owner });
    await expect(refused).rejects.toMatchObject({ gatewayErrors: [{ code: 714 }] });
    await expect(refused).rejects.toThrow(/The claim was not made/);
    const live = await here.connect(org.url, { kind: 'production', name: 'Live EU' });
    const claim = { connectionId: live.id, remoteBadgeId: badge, owner: OWNER };
    await expect(here.call('liveJobs.claim', claim)).rejects.toMatchObject({ code: 'conflict' });
    await here.call('connections.unlock', { id: live.id, typedName: 'Live EU' });
    await expect(here.call('liveJobs.claim', claim)).rejects.toMatchObject({ code: 'invalid-input' });
    await here.call('liveJobs.claim', { ...claim, typedName: 'Live EU' });
  });
});

describe('the draft of a job', () => {
  const draft = (changes: Partial<JobDraft> = {}): JobDraft => ({
    ...{ isOpen: true, action: 'enrol', source: 'list', requestId: null, simulation: null, eventDate: 7 },
    eventDateTyped: '12 Ma ',
    badge: { badgeId: 'local', remoteId: 'remote', name: 'Ünïcode “badge”' },
    owner: { ownerType: 'Loyalty', referenceId: ' 6 ', isClaimed: false },
    customers: { kind: 'paste', pasted: '1 2\nhalf-typed,', rangeFrom: '', rangeTo: '1e', file: null },
    ...changes,
  });

  test('is kept for each org as it was typed, over a restart, until it is given up or its org is deleted', async () => {
    const here = await laurel();
    const [one, other] = [await here.connect(org.url), await here.connect(org.url, { name: 'Other' })];
    expect(await here.call('liveJobs.draft', { connectionId: one.id })).toBeNull();
    await here.call('liveJobs.keepDraft', { connectionId: one.id, draft: draft() });
    await here.close();
    await here.open();
    expect(await here.call('liveJobs.draft', { connectionId: one.id })).toEqual({
      ...{ draft: draft(), file: null, goneFile: null },
    });
    expect(await here.call('liveJobs.draft', { connectionId: other.id })).toBeNull();
    await here.call('liveJobs.keepDraft', { connectionId: one.id, draft: null });
    expect(await here.call('liveJobs.draft', { connectionId: one.id })).toBeNull();
    await here.call('liveJobs.keepDraft', { connectionId: one.id, draft: draft() });
    await here.call('connections.delete', { id: one.id });
    const again = await here.connect(org.url);
    expect(await here.call('liveJobs.draft', { connectionId: again.id })).toBeNull();
  });

  test('has its file again after a restart, by another token; one that is gone is named', async () => {
    const here = await laurel();
    const { id } = await here.connect(org.url);
    const token = here.file('customers.csv', 'customerId\n11\n12\n');
    const file = { token, name: 'customers.csv', column: 0, sheet: null };
    const customers = { ...draft().customers, kind: 'file' as const, file };
    await here.call('liveJobs.keepDraft', { connectionId: id, draft: draft({ customers }) });
    await here.close();
    await here.open();
    const kept = await here.call('liveJobs.draft', { connectionId: id });
    const fresh = kept?.file?.token ?? '';
    expect(kept?.draft.customers.file).toEqual({ ...file, token: fresh });
    expect(fresh).not.toBe(token);
    expect(
      await here.job('liveJobs.countRows', { connectionId: id, customers: { kind: 'file', token: fresh } }),
    ).toMatchObject({ good: 2 });
    rmSync(path.join(here.folder, 'customers.csv'));
    await here.close();
    await here.open();
    expect(await here.call('liveJobs.draft', { connectionId: id })).toMatchObject({
      ...{ file: null, goneFile: 'customers.csv', draft: { customers: { file: null } } },
    });
  });

  test('is read as an earlier version wrote it; what a later one wrote is none here, and stays', async () => {
    const here = await laurel();
    const { id } = await here.connect(org.url);
    const stored = async (value: object): Promise<unknown> => {
      await here.close();
      const workspace = new Database(here.workspacePath);
      const put = workspace.prepare('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)');
      put.run(`liveJobDraft:${String(id)}`, JSON.stringify(value));
      workspace.close();
      await here.open();
      return here.call('liveJobs.draft', { connectionId: id });
    };
    const { draft: first } = JOB_DRAFT;
    expect(await stored(JOB_DRAFT)).toEqual({
      draft: { ...first, customers: { ...first.customers, file: null } },
      file: null,
      goneFile: 'members.xlsx',
    });
    const later = { ...JOB_DRAFT, version: 2 };
    expect(await stored(later)).toBeNull();
    await here.close();
    const workspace = new Database(here.workspacePath, { readonly: true });
    const kept = workspace.prepare("SELECT value FROM settings WHERE name LIKE 'liveJobDraft:%'").pluck().all();
    workspace.close();
    expect(kept).toEqual([JSON.stringify(later)]);
  });
});
