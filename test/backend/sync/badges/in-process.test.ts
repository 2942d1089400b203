/**
 * Comparison, plan, push and pull over a real workspace and a real org, in one process: what a person reads, word for
 * word, and what is sent, request by request. The records are read by a person when they change (`vitest -u`).
 */
import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../../../electron/backend/sync/client/answers';
import { refusalsOfUpdate } from '../../../../electron/backend/sync/badges/expected-refusals';
import { Failure } from '../../../../shared/ipc/errors';
import { inEnglish } from '../../../../shared/words/english';
import { message, type Message } from '../../../../shared/words/message';
import { liveBody } from '../practice-org';
import { inProcess, type InProcess, type Script } from './in-process';
import { keptGroups, nameGroup } from '../../../../db/workspace/kept-groups';

const isMessage = (value: unknown): value is Message =>
  typeof value === 'object' && value !== null && typeof (value as Message).key === 'string' && 'values' in value;
const worded = (_: string, value: unknown): unknown => (isMessage(value) ? inEnglish(value) : value);
/** A value as people read it; ids and dates that chance gives stand by their first appearance. */
function told(...values: unknown[]): string {
  const ids = new Map<string, string>();
  const text = values.map((value) => JSON.stringify(value, worded, 1)).join('\n');
  return `${text.replaceAll(/[0-9a-f]{24}/g, (id) => {
    if (!ids.has(id)) ids.set(id, `ID-${String(ids.size + 1)}`);
    return ids.get(id) ?? '';
  })}\n`;
}
async function failed(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => 'it did not fail',
    (thrown: unknown) => thrown,
  );
  return error instanceof Failure ? `${error.code}: ${error.message}` : String(error);
}
const sentence = message('org.lessOften', { host: 'acme.example' });
const lost: Outcome = { kind: 'ambiguous', status: null, retryAfter: null, isAnswer: false, sentence };
const throttled: Outcome = { kind: 'throttled', status: 429, retryAfter: 0, sentence };
const offline: Outcome = { kind: 'not-sent', status: null, fault: 'refused', sentence };
const unauthorized: Outcome = { kind: 'unauthorized', status: 401, sentence };
/** Answers of this kind in place of the org's, the first `times` times. */
const instead =
  (purpose: string, outcome: Outcome, times = 99): Script =>
  (request) =>
    request.purpose === purpose && times-- > 0 ? outcome : undefined;
/** The org does it, and its answer is lost, the first `times` times. */
const unheard =
  (purpose: string, times = 99): Script =>
  (request, pass) => {
    if (request.purpose !== purpose || times-- <= 0) return undefined;
    pass();
    return lost;
  };

const OTHER = {
  name: 'Six visits',
  description: 'Another',
  expiresOn: '2098-12-31T00:00:00.5Z',
  earnedBadgeExpiry: { expiryType: 'ABSOLUTE', type: 'FIXED_DATE', expiresOn: '2099-01-31T00:00:00Z' },
  ownership: { restrictedToOwners: ['Loyalty'] },
  customerConstraints: [
    { constraintType: 'CUSTOMER_BADGE_FIXED_VALUE', maxEarnLimit: 10_000 },
    { constraintType: 'CUSTOMER_BADGE_FIXED_WINDOW', durationType: 'WEEKLY', startDayOfTheWeek: 2, maxEarnLimit: 3 },
  ],
  badgeConstraints: [{ constraintType: 'BADGE_FIXED_WINDOW', durationType: 'DAILY', refreshRate: 5, maxEarnLimit: 7 }],
  tags: [{ name: 'season', value: 'summer' }, { name: 'plain' }],
  images: [{ tag: 'EARNED', name: 'star', url: 'https://img.example/1.png' }],
  badgeRank: 3,
};

/** A badge of the org that is here, too. */
async function paired(
  org: InProcess,
  changes: Record<string, unknown> = {},
): Promise<{ remote: string; here: string }> {
  const remote = org.live(changes);
  await org.ask('sync.pull', {});
  const { created } = await org.ask('sync.adopt', { remoteIds: [remote] });
  return { remote, here: created[0] ?? '' };
}

describe('a pull', () => {
  test('brings the names of groups, and leaves those that were given here', async () => {
    const org = await inProcess();
    const groupOf = (name: string): string => {
      const id = String(org.call('POST', 'group', { name, rank: 1 })['id']);
      org.live({ name: `Of ${name}`, badgeGroupId: id });
      return id;
    };
    const [spring, summer] = [groupOf('Spring'), groupOf('Summer'), groupOf('Autumn')];
    nameGroup(org.workspace.settings, summer, 'Our summer');
    nameGroup(org.workspace.settings, 'elsewhere', 'Autumn');
    await org.ask('sync.pull', {});
    await org.ask('sync.pull', {});
    expect(keptGroups(org.workspace.settings)).toEqual([
      { id: summer, name: 'Our summer' },
      { id: 'elsewhere', name: 'Autumn' },
      { id: spring, name: 'Spring' },
    ]);
  });

  test('says what is new, changed and gone, and reads what it must', async () => {
    const org = await inProcess();
    const remote = org.live();
    org.live({ name: 'Second' });
    const said: string[] = [];
    const pull = async (): Promise<void> => {
      const reports: unknown[] = [];
      const result = await org.ask('sync.pull', {}, undefined, (report) => reports.push(report));
      said.push(told(result, reports.at(-1)));
    };
    await pull();
    await pull();
    org.edit(remote, { description: 'Edited there' });
    org.call('POST', `badgeMeta/${remote}/claim`, { ownerType: 'Loyalty', referenceId: '626' });
    org.live({ name: 'Third' });
    org.live({ name: 'Fourth' });
    await pull();
    org.script = (request, pass) => {
      const outcome = pass();
      if (outcome.kind !== 'success') return outcome;
      if (request.url.endsWith(remote))
        return { kind: 'refused', status: 404, errors: [{ code: 404, message: 'None', reference: null }], sentence };
      if (request.purpose !== 'list') return outcome;
      const { metaBasicDetails: rows, pagination } = outcome.data as {
        metaBasicDetails: { id: string }[];
        pagination: object;
      };
      return { ...outcome, data: { metaBasicDetails: rows.filter(({ id }) => id !== remote), pagination } };
    };
    await pull();
    expect(org.workspace.snapshots.find(org.connection.key, remote)).toBeUndefined();
    await expect(`${said.join('')}${told(org.sent)}`).toMatchFileSnapshot('./records/pull.txt');
  });

  test('fails in words, and what was pulled before stays', async () => {
    const org = await inProcess();
    const remote = org.live();
    await org.ask('sync.pull', {});
    const list = (data: unknown): Script => instead('list', { kind: 'success', status: 200, data, text: '' });
    const page = { page: 0, total: 1, totalPages: 9 };
    const said: string[] = [];
    for (const script of [
      ...[instead('list', offline), instead('list', unauthorized), list({ a: 1 })],
      list({ metaBasicDetails: [{ id: 'x', name: 'x' }], pagination: page }),
      instead('fields', { kind: 'success', status: 200, data: 7, text: '' }),
      instead('read', { kind: 'success', status: 200, data: { id: 'other', name: 'x' }, text: '' }),
      instead('list', {
        kind: 'refused',
        status: 400,
        errors: [{ code: 1, message: 'No', reference: null }],
        sentence,
      }),
    ]) {
      org.script = script;
      org.now += 3_600_000_000;
      said.push(await failed(org.ask('sync.pull', {})));
      expect(org.workspace.snapshots.find(org.connection.key, remote)?.name).toBe('Five visits');
    }
    const stop = new AbortController();
    stop.abort();
    org.script = () => undefined;
    said.push(await failed(org.ask('sync.pull', {}, stop.signal)));
    const late = new AbortController();
    org.script = ({ purpose }) => {
      if (purpose === 'read') late.abort();
      return undefined;
    };
    said.push(await failed(org.ask('sync.pull', {}, late.signal)));
    await expect(`${said.join('\n')}\n`).toMatchFileSnapshot('./records/pull-failures.txt');
  });
});

describe('a comparison', () => {
  test('tells every field that differs, on whichever side it moved', async () => {
    const org = await inProcess();
    const { remote, here } = await paired(org);
    org.change(here, OTHER);
    org.workspace.claims.change(here, org.now, () => [
      { ownerType: 'Loyalty', referenceId: '1', isActive: true },
      { ownerType: 'Loyalty', referenceId: '2', isActive: false },
    ]);
    const draft = await org.ask('sync.compare', { badgeId: here });
    org.call('POST', `badgeMeta/${remote}/claim`, { ownerType: 'Milestones', referenceId: '9' });
    org.edit(remote, { description: 'There', badgeRank: 5, active: false });
    org.now += 3_600_000_000;
    await org.ask('sync.pull', {});
    const both = await org.ask('sync.compare', { badgeId: here });
    await expect(told(draft, both)).toMatchFileSnapshot('./records/comparison.txt');
    const list = await org.ask('sync.list', { limit: 10 });
    expect(list).toMatchObject({ total: 1, counts: { conflict: 1 }, rows: [{ state: 'conflict', remoteId: remote }] });
  });

  test('tells what the org would refuse, and awards that a change would leave without a cap', async () => {
    const org = await inProcess();
    const { here } = await paired(org, {
      earnType: 'ISSUE_EARN',
      issuedBadgeExpiry: { expiryType: 'ABSOLUTE', type: 'WITH_BADGE_META', expireWithBadgeMeta: true },
      customerConstraints: OTHER.customerConstraints,
    });
    org.change(here, {
      ...{ startOn: '2026-02-01T00:00:00Z', expiresOn: '2026-09-01T00:00:00Z', earnType: 'EARN' },
      ownership: { restrictedToOwners: ['Milestones'] },
    });
    const refused = await org.ask('sync.compare', { badgeId: here });
    org.change(here, { startOn: '2026-01-01T00:00:00Z', earnType: 'ISSUE_EARN', expiresOn: '2026-08-01T00:00:00Z' });
    const uncapped = await org.ask('sync.compare', { badgeId: here });
    await expect(told(refused, uncapped, (await org.ask('sync.list', { limit: 1 })).rows)).toMatchFileSnapshot(
      './records/comparison-refused.txt',
    );
  });

  test('of what is only there, only here or unreadable', async () => {
    const org = await inProcess();
    const remote = org.live();
    org.call('POST', `badgeMeta/${remote}/claim`, { ownerType: 'Loyalty', referenceId: '626' });
    const here = org.draft({ name: 'Only here' });
    const before = await org.ask('sync.list', { limit: 9 });
    await org.ask('sync.pull', {});
    const odd = org.workspace.drafts.create('f'.repeat(24), {
      body: '{"name":',
      migration: false,
      label: 'x',
      now: org.now,
    }).id;
    await expect(
      told(
        before,
        await org.ask('sync.compare', { badgeId: remote }),
        await org.ask('sync.compare', { badgeId: here }),
        await org.ask('sync.compare', { badgeId: odd }),
        await org.ask('sync.list', { limit: 9 }),
        await failed(org.ask('sync.compare', { badgeId: 'e'.repeat(24) })),
      ),
    ).toMatchFileSnapshot('./records/one-sided.txt');
  });

  test('is listed by words, states and pages', async () => {
    const org = await inProcess();
    for (const name of ['Ärger im Büro', 'Five  more', 'Five visits', 'Six']) org.live({ name });
    await org.ask('sync.pull', {});
    org.draft({ name: 'Five here' });
    const names = async (input: object): Promise<[number, string[]]> => {
      const { total, rows } = await org.ask('sync.list', { limit: 9, ...input });
      return [total, rows.map(({ name }) => name)];
    };
    expect(await names({ search: ' FIVE ' })).toEqual([3, ['Five  more', 'Five here', 'Five visits']]);
    expect(await names({ search: 'buro arger' })).toEqual([1, ['Ärger im Büro']]);
    expect(await names({ search: 'five', state: ['only-live'] })).toEqual([2, ['Five  more', 'Five visits']]);
    expect(await names({ search: 'five', offset: 1, limit: 1 })).toEqual([3, ['Five here']]);
    expect((await org.ask('sync.list', { search: 'five', state: ['only-here'], limit: 9 })).counts).toEqual({
      'only-here': 1,
      'only-live': 2,
    });
  });
});

describe('what differs is settled', () => {
  test('field by field, by taking either side', async () => {
    const org = await inProcess();
    const { remote, here } = await paired(org);
    org.change(here, { description: 'Here', badgeRank: 2, ownership: { restrictedToOwners: ['Loyalty'] } });
    org.edit(remote, { description: 'There', badgeRank: 9, tags: [{ name: 'theirs' }] });
    org.now += 3_600_000_000;
    await org.ask('sync.pull', {});
    const choices = [
      { field: 'description', take: 'live' as const },
      { field: 'badgeRank', take: 'draft' as const },
    ];
    const after = await org.ask('sync.resolve', { badgeId: here, choices });
    const taken = org.workspace.drafts.get(here);
    await expect(told(after, JSON.parse(taken.body), org.workspace.history.list(taken))).toMatchFileSnapshot(
      './records/resolved.txt',
    );
    expect(await failed(org.ask('sync.resolve', { badgeId: here, choices: [choices[0]!] }))).toMatch(/^conflict: /);
    expect(await failed(org.ask('sync.resolve', { badgeId: here, choices: [{ field: 'odd', take: 'live' }] }))).toMatch(
      /^conflict: /,
    );
    const alone = org.draft({ name: 'Alone' });
    expect(await failed(org.ask('sync.resolve', { badgeId: alone, choices }))).toMatch(/^conflict: /);
  });

  test('of badges found by their name, what is not chosen stays open', async () => {
    const org = await inProcess();
    const here = org.draft({ description: 'Here', badgeRank: 2 });
    org.live({ description: 'There', badgeRank: 9 });
    await org.ask('sync.pull', {});
    const open = async (): Promise<string[]> =>
      (await org.ask('sync.compare', { badgeId: here })).differences.map(({ field, change }) => `${field} ${change}`);
    expect(await open()).toEqual(['description conflict', 'badgeRank conflict']);
    await org.ask('sync.resolve', { badgeId: here, choices: [{ field: 'badgeRank', take: 'draft' }] });
    expect(await open()).toEqual(['description conflict', 'badgeRank draft']);
  });

  test('badges are taken over once, with their claims, as what could be created there', async () => {
    const org = await inProcess();
    const past = org.live();
    const future = org.live({ name: 'Later', startOn: '2027-01-01T00:00:00Z' });
    org.call('POST', `badgeMeta/${past}/claim`, { ownerType: 'Loyalty', referenceId: '626' });
    await org.ask('sync.pull', {});
    const { created } = await org.ask('sync.adopt', { remoteIds: [past, 'none', future] });
    expect(created).toHaveLength(2);
    const drafts = created.map((id) => org.workspace.drafts.get(id));
    expect(drafts.map(({ migration }) => migration)).toEqual([true, false]);
    // As a file of git would have it.
    for (const { body } of drafts) expect(body).toBe(JSON.stringify(JSON.parse(body), null, 2));
    expect(drafts.map(({ claims }) => claims)).toEqual([
      [{ ownerType: 'Loyalty', referenceId: '626', isActive: true }],
      [],
    ]);
    expect((await org.ask('sync.adopt', { remoteIds: [past, future] })).created).toEqual([]);
    expect((await org.ask('sync.list', { limit: 9 })).counts).toEqual({ 'in-sync': 2 });
  });
});

describe('what an org fills in by itself', () => {
  const withField = async (): Promise<InProcess> => {
    const org = await inProcess();
    const region = { name: 'Region', dataType: 'STRING', isMandatory: true, defaultValue: 'North' };
    org.call('POST', 'customField', region);
    return org;
  };

  test('is asked for before the first push, and is no edit after it', async () => {
    const org = await withField();
    const { pushed } = await org.push(org.draft({ name: 'New' }));
    expect(pushed?.results.map(({ outcome }) => outcome)).toEqual(['done']);
    expect(org.sent[0]).toBe('GET customField?page=0&size=100 fields');
    const connection = org.workspace.connections.get(org.connection.key);
    expect(connection.fieldDefaults).toEqual({ Region: 'North' });
    expect((await org.ask('sync.list', { limit: 9 })).counts).toEqual({ 'in-sync': 1 });
    await org.ask('sync.pull', {});
    expect((await org.ask('sync.list', { limit: 9 })).counts).toEqual({ 'in-sync': 1 });
  });

  test('makes what a lost create left behind the badge that was meant', async () => {
    const org = await withField();
    org.script = unheard('create', 1);
    const { pushed } = await org.push(org.draft({ name: 'New' }));
    expect(pushed?.results.map(({ outcome }) => outcome)).toEqual(['done']);
    expect(org.sent.filter((line) => line.includes('create'))).toHaveLength(1);
  });
});

test('a draft with one mistake is told that one mistake before it replaces a live badge', async () => {
  const org = await inProcess();
  const remote = org.live({ name: 'Live' });
  await org.ask('sync.pull', {});
  const snapshot = org.workspace.snapshots.find(org.connection.key, remote)!;
  const codes = (changes: object): number[] =>
    refusalsOfUpdate(
      org.context,
      org.connection,
      { body: JSON.stringify(liveBody({ id: remote, name: 'Live', ...changes })) },
      snapshot,
    ).map(({ code }) => code);
  expect(codes({})).toEqual([]);
  // What cannot be read is all that is said: nothing of the other rules can be judged by it.
  expect(codes({ startOn: 'soon', expiresOn: '2020-01-01T00:00:00Z' })).toEqual(codes({ startOn: 'soon' }));
  expect(codes({ startOn: 'soon' })).toHaveLength(1);
  expect(codes({ expiresOn: '2020-01-01T00:00:00Z' })).not.toEqual(codes({ startOn: 'soon' }));
});

describe('what was taken over from an org', () => {
  test('goes to the trash as one step and can be taken over again; made again it is as it was', async () => {
    const org = await inProcess();
    const remoteIds = [org.live(), org.live({ name: 'Second' })];
    await org.ask('sync.pull', {});
    const { created } = await org.ask('sync.adopt', { remoteIds });
    const counts = async (): Promise<unknown> => (await org.ask('sync.list', { limit: 9 })).counts;
    const [step] = org.steps.later(0);
    expect(step).toMatchObject({ kind: 'made', changed: 2 });
    expect(org.steps.undo(step?.key ?? 0, org.now)).toEqual({ moved: created, left: [] });
    expect(created.map((id) => org.workspace.drafts.find(id))).toEqual([undefined, undefined]);
    expect(await counts()).toEqual({ 'only-live': 2 });
    expect(org.steps.redo(step?.key ?? 0, org.now)).toEqual({ moved: created, left: [] });
    expect(await counts()).toEqual({ 'in-sync': 2 });
  });

  test('field by field is a step: the draft says again what it said; keeping its own value is none', async () => {
    const org = await inProcess();
    const here = org.draft({ description: 'Here', badgeRank: 2 });
    org.live({ description: 'There', badgeRank: 9 });
    await org.ask('sync.pull', {});
    const before = org.workspace.drafts.get(here).body;
    await org.ask('sync.resolve', { badgeId: here, choices: [{ field: 'badgeRank', take: 'draft' }] });
    expect(org.steps.later(0)).toEqual([]);
    await org.ask('sync.resolve', { badgeId: here, choices: [{ field: 'description', take: 'live' }] });
    const after = org.workspace.drafts.get(here).body;
    expect(after).not.toBe(before);
    const [step] = org.steps.later(0);
    expect(step).toMatchObject({ kind: 'change', changed: 1 });
    expect(org.steps.undo(step?.key ?? 0, org.now).left).toEqual([]);
    expect(org.workspace.drafts.get(here).body).toBe(before);
    expect(org.steps.redo(step?.key ?? 0, org.now).left).toEqual([]);
    expect(org.workspace.drafts.get(here).body).toBe(after);
  });
});

describe('a plan', () => {
  test('shows every request, and says what is held and what comes later', async () => {
    const org = await inProcess();
    const { here } = await paired(org);
    org.change(here, { description: 'Here' });
    const fresh = org.draft({ name: 'Fresh', startOn: '2027-01-01T00:00:00Z' }, false);
    org.workspace.claims.change(fresh, org.now, () => [{ ownerType: 'Loyalty', referenceId: '1', isActive: true }]);
    const equal = (await paired(org, { name: 'Equal' })).here;
    const odd = org.workspace.drafts.create('f'.repeat(24), {
      body: '{"name":',
      migration: false,
      label: 'x',
      now: org.now,
    }).id;
    const refused = org.draft({ name: 'Late', startOn: '2027-01-01T00:00:00Z', expiresOn: '2026-01-01T00:00:00Z' });
    const taken = org.draft({ name: 'Equal', startOn: '2027-01-01T00:00:00Z' }, false);
    const conflict = await paired(org, { name: 'Moved' });
    org.edit(conflict.remote, { description: 'There', badgeRank: 4 });
    org.now += 3_600_000_000;
    await org.ask('sync.pull', {});
    const plan = await org.ask('sync.plan', {
      badgeIds: [here, fresh, equal, odd, refused, taken, conflict.here, here],
    });
    await expect(told(plan)).toMatchFileSnapshot('./records/plan.txt');
  });

  test('switches by its own call, and gives up and makes claims around the change', async () => {
    const org = await inProcess();
    const { remote, here } = await paired(org);
    org.call('POST', `badgeMeta/${remote}/claim`, { ownerType: 'Milestones', referenceId: '9' });
    org.call('POST', `badgeMeta/${remote}/claim`, { ownerType: 'Loyalty', referenceId: 'theirs' });
    org.now += 3_600_000_000;
    await org.ask('sync.pull', {});
    org.workspace.claims.change(here, org.now, () => [
      { ownerType: 'Milestones', referenceId: '9', isActive: false },
      { ownerType: 'Loyalty', referenceId: '1', isActive: true },
    ]);
    org.change(here, { active: false });
    const off = await org.push(here);
    org.change(here, { active: true });
    const on = await org.push(here);
    org.change(here, { active: false, description: 'Both' });
    const both = await org.push(here);
    await expect(told(off, on, both, org.sent.slice(-30))).toMatchFileSnapshot('./records/switched.txt');
    expect((await org.push(here)).plan.requests).toEqual([]);
    expect(org.call('GET', `badgeMeta/${remote}`)).toMatchObject({ description: 'Both' });
  });

  test('is carried out once, and only where the connection is as it was', async () => {
    const org = await inProcess();
    const here = org.draft();
    const plan = await org.ask('sync.plan', { badgeIds: [here] });
    const keys = plan.requests.map(({ key }) => key);
    const [reports, push] = [
      [] as unknown[],
      () => org.ask('sync.push', { planId: plan.planId, keys }, undefined, (report) => reports.push(report)),
    ];
    expect((await push()).results.map(({ outcome }) => outcome)).toEqual(['done']);
    expect((await push()).results).toEqual([]);
    expect(reports).toEqual([
      { done: 0, total: 1, current: 'Five visits' },
      { done: 1, total: 1, current: '' },
      { done: 0, total: 0, current: '' },
    ]);
    expect(await failed(org.ask('sync.push', { planId: 'plan-none', keys }))).toMatch(/^not-found: /);
    const again = await org.ask('sync.plan', { badgeIds: [here] });
    const { lastPulledOn: _pulled, fieldDefaults: _fields, ...kept } = org.connection;
    org.workspace.connections.update({ ...kept, baseUrl: 'https://other.example' });
    expect(await failed(org.ask('sync.push', { planId: again.planId, keys }))).toMatch(/^conflict: /);
  });

  test('fifty are kept', async () => {
    const org = await inProcess();
    const here = org.draft();
    const plans: string[] = [];
    for (let number = 0; number < 51; number += 1)
      plans.push((await org.ask('sync.plan', { badgeIds: [here] })).planId);
    expect(await failed(org.ask('sync.push', { planId: plans[0] ?? '', keys: ['none'] }))).toMatch(/^not-found: /);
    expect((await org.ask('sync.push', { planId: plans[1] ?? '', keys: ['none'] })).results).toEqual([]);
  });

  test('for production is carried out only unlocked, with the name typed', async () => {
    const org = await inProcess({ kind: 'production' });
    const here = org.draft();
    const { planId, requests } = await org.ask('sync.plan', { badgeIds: [here] });
    const keys = requests.map(({ key }) => key);
    expect(await failed(org.ask('sync.push', { planId, keys, typedName: 'Acme' }))).toMatch(/^conflict: /);
    org.session.isUnlocked = true;
    expect(await failed(org.ask('sync.push', { planId, keys }))).toMatch(/^invalid-input: /);
    expect(await failed(org.ask('sync.push', { planId, keys, typedName: 'acme' }))).toMatch(/^invalid-input: /);
    expect((await org.ask('sync.push', { planId, keys, typedName: 'Acme' })).results[0]?.outcome).toBe('done');
  });
});

describe('a push', () => {
  /** What each way of failing comes to, and how often it was sent. */
  async function outcomes(
    begin: (org: InProcess, name: string) => Promise<string> | string,
    scripts: Readonly<Record<string, Script>>,
  ): Promise<string> {
    const said: string[] = [];
    const org = await inProcess();
    for (const [name, script] of Object.entries(scripts)) {
      org.script = () => undefined;
      const here = await begin(org, name);
      org.sent.length = 0;
      org.script = script;
      const { pushed } = await org.push(here);
      said.push(
        `${name}: ${told(
          pushed?.results.map(({ outcome, sentence: words, errors }) => [outcome, words, errors]),
          pushed?.sentence,
        )}${org.sent.map((line) => line.replaceAll(/[0-9a-f]{24}/g, 'ID')).join('\n')}`,
      );
    }
    return `${said.join('\n\n')}\n`;
  }
  const refused = (code: number, reference: string | null = null): Outcome => ({
    ...{ kind: 'refused', status: 400, sentence },
    errors: [{ code, message: 'No', reference }],
  });
  const ways = (purpose: string): Record<string, Script> => ({
    'all is well': () => undefined,
    'lost once': instead(purpose, lost, 1),
    'lost again and again': instead(purpose, lost),
    'done and unheard': unheard(purpose, 1),
    'done and unheard again and again': unheard(purpose),
    'told to wait': instead(purpose, throttled, 2),
    'told to wait again and again': instead(purpose, throttled),
    'offline once': instead(purpose, offline, 1),
    offline: instead(purpose, offline),
    'without credentials': instead(purpose, unauthorized),
    refused: instead(purpose, refused(723)),
    'refused with a field': instead(purpose, refused(1, 'tags')),
    'no answer of a gateway': instead(purpose, { kind: 'success', status: 200, data: { a: 1 }, text: '' }),
  });

  test('of a new badge', async () => {
    const taken: Script = (request, pass) => {
      if (request.purpose !== 'create') return undefined;
      pass();
      return refused(725);
    };
    await expect(
      await outcomes((org, name) => org.draft({ name, ownership: { restrictedToOwners: ['Loyalty'] } }), {
        ...ways('create'),
        'lost, and another took the name': (request, pass) => {
          if (request.purpose === 'create') return lost;
          if (request.purpose !== 'find') return undefined;
          const outcome = pass();
          if (outcome.kind !== 'success') return outcome;
          const rows = [{ id: 'x1', name: new URL(request.url).searchParams.get('name') }];
          return { ...outcome, data: { metaBasicDetails: rows, pagination: { page: 0, total: 1, totalPages: 1 } } };
        },
        'the name is taken': taken,
        'unheard, then taken': (() => {
          let times = 0;
          return (request, pass) => {
            if (request.purpose !== 'create') return undefined;
            times += 1;
            if (times > 1) return refused(725);
            pass();
            return lost;
          };
        })(),
        'lost, and nothing is found': (request) =>
          request.purpose === 'create' ? lost : request.purpose === 'find' ? offline : undefined,
      }),
    ).toMatchFileSnapshot('./records/push-create.txt');
  });

  test('of a change', async () => {
    const changed = async (org: InProcess, name: string): Promise<string> => {
      const { here } = await paired(org, { name });
      org.change(here, { description: 'Here' });
      return here;
    };
    await expect(
      await outcomes(changed, {
        ...ways('update'),
        gone: instead('read before writing', refused(404)),
        'unreadable before': instead('read before writing', offline),
      }),
    ).toMatchFileSnapshot('./records/push-update.txt');
  });

  test('of a switch', async () => {
    const switched = async (org: InProcess, name: string): Promise<string> => {
      const { here } = await paired(org, { name });
      org.change(here, { active: false });
      return here;
    };
    await expect(await outcomes(switched, ways('deactivate'))).toMatchFileSnapshot('./records/push-switch.txt');
  });

  test('of claims', async () => {
    const claimed = async (org: InProcess, name: string): Promise<string> => {
      const { here } = await paired(org, { name });
      org.workspace.claims.change(here, org.now, () => [{ ownerType: 'Loyalty', referenceId: '1', isActive: true }]);
      return here;
    };
    const given = async (org: InProcess, name: string): Promise<string> => {
      const { remote, here } = await paired(org, { name });
      org.call('POST', `badgeMeta/${remote}/claim`, { ownerType: 'Loyalty', referenceId: '1' });
      org.now += 3_600_000_000;
      await org.ask('sync.pull', {});
      org.workspace.claims.change(here, org.now, () => [{ ownerType: 'Loyalty', referenceId: '1', isActive: false }]);
      return here;
    };
    await expect(
      `${await outcomes(claimed, ways('claim'))}\n${await outcomes(given, { ...ways('unclaim'), 'given up before': instead('unclaim', refused(737)) })}`,
    ).toMatchFileSnapshot('./records/push-claims.txt');
  });

  test('of a badge that moved there since the plan is a conflict', async () => {
    const org = await inProcess();
    const { remote, here } = await paired(org);
    org.change(here, { description: 'Here' });
    const plan = await org.ask('sync.plan', { badgeIds: [here] });
    org.edit(remote, { badgeRank: 8 });
    const { results } = await org.ask('sync.push', { planId: plan.planId, keys: plan.requests.map(({ key }) => key) });
    expect(results.map(({ outcome, sentence: words }) => `${outcome}: ${inEnglish(words)}`)).toMatchInlineSnapshot(`
      [
        "skipped: Conflict: the badge was changed in Acme after it was pulled. Nothing was sent; compare again.",
      ]
    `);
    expect(org.call('GET', `badgeMeta/${remote}`)).toMatchObject({ badgeRank: 8 });
  });

  test('what failed holds up what follows of the same badge, and a stop all of it', async () => {
    const org = await inProcess();
    const { here } = await paired(org);
    org.change(here, { description: 'Here' });
    org.workspace.claims.change(here, org.now, () => [{ ownerType: 'Loyalty', referenceId: '1', isActive: true }]);
    const fresh = org.draft({ name: 'Fresh' });
    org.script = instead('update', refused(723));
    const first = await org.push(here, fresh);
    const stop = new AbortController();
    org.script = () => {
      stop.abort();
      return undefined;
    };
    const plan = await org.ask('sync.plan', { badgeIds: [here] });
    const keys = plan.requests.map(({ key }) => key);
    const second = await org.ask('sync.push', { planId: plan.planId, keys }, stop.signal);
    await expect(told(first.pushed, second)).toMatchFileSnapshot('./records/push-held-up.txt');
  });
});
