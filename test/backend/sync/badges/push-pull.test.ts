import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { DAY, toIsoExact } from '../../../../shared/domain/instant';
import type { ComparisonView } from '../../../../shared/ipc/sync-contract';
import { laurel } from '../laurel';
import { createLive, startOrg, type TestOrg } from '../practice-org';
import { recordingProxy } from '../recording-proxy';
import { inEnglish } from '../../../../shared/words/english';
import { message, type Message } from '../../../../shared/words/message';
import { enrolFirst, WITH_BADGE } from '../../../domain/badge-bodies';

/** A text of the badge's own in a comparison. */
const given = (text: string): Message => message('comparison.given', { text });

let org: TestOrg;
beforeEach(async () => {
  org = await startOrg();
});
afterEach(() => org.stop());

describe('pull', () => {
  test('keeps every badge, page by page, and says what changed since', async () => {
    const here = await laurel();
    const { id } = await here.connect(org.url);
    for (let number = 1; number <= 230; number += 1) createLive(org, { name: `Badge ${number}` });
    const reports: number[] = [];
    const first = await here.job('sync.pull', { connectionId: id }, ({ done }) => reports.push(done));
    expect(first).toMatchObject({ pulled: 230, added: 230, changed: 0, gone: 0 });
    expect(reports.at(-1)).toBe(230);
    const second = await here.job('sync.pull', { connectionId: id });
    expect(second).toMatchObject({ pulled: 230, added: 0, changed: 0, gone: 0 });
    const { total, counts } = await here.call('sync.list', { connectionId: id });
    expect([total, counts]).toEqual([230, { 'only-live': 230 }]);
  });

  test('a badge taken over is in sync at once, whatever the org filled in', async () => {
    const here = await laurel();
    const { id } = await here.connect(org.url);
    org.call('POST', 'customField', { name: 'Region', dataType: 'STRING', isMandatory: true, defaultValue: 'North' });
    const remote = createLive(org, {
      startOn: '2026-02-03T04:05:06.123456Z',
      customerConstraints: [
        {
          constraintType: 'CUSTOMER_BADGE_FIXED_WINDOW',
          durationType: 'WEEKLY',
          startDayOfTheWeek: 2,
          maxEarnLimit: 3,
        },
      ],
      badgeConstraints: [{ constraintType: 'CUSTOMER_BADGE_NO_LIMIT' }],
      tags: [
        { name: 'b', value: '1' },
        { name: 'a', value: '2' },
      ],
    });
    org.call('POST', `badgeMeta/${remote}/claim`, { ownerType: 'Loyalty', referenceId: '626' });
    await here.job('sync.pull', { connectionId: id });
    const { created } = await here.call('sync.adopt', { connectionId: id, remoteIds: [remote] });
    expect(created).toHaveLength(1);
    const badgeId = created[0] as string;
    const compared = await here.call('sync.compare', { connectionId: id, badgeId });
    expect(compared).toMatchObject({ row: { state: 'in-sync', remoteId: remote }, differences: [] });
    expect(compared.claims).toEqual([{ ownerType: 'Loyalty', referenceId: '626', here: true, live: true }]);
    expect((await here.call('badges.get', { id: badgeId })).problems).toEqual([]);
    expect((await here.call('sync.adopt', { connectionId: id, remoteIds: [remote] })).created).toEqual([]);
  });
});

describe('push', () => {
  test('a start with a fraction survives pull, edit and push; the answer sent back whole would cut it (T3, L8)', async () => {
    const here = await laurel();
    const { id } = await here.connect(org.url);
    const remoteId = createLive(org, { startOn: '2026-01-01T00:00:00.25Z' });
    const { data } = org.call('GET', `badgeMeta/${remoteId}`).body as { data: Record<string, unknown> };
    expect(data).toMatchObject({ startOn: 1767225600.25, startOnISO: '2026-01-01T00:00:00Z' });
    expect(org.call('PUT', 'badgeMeta', data).body).toMatchObject({ errors: [{ code: 723 }] });
    await here.job('sync.pull', { connectionId: id });
    const [badgeId = ''] = (await here.call('sync.adopt', { connectionId: id, remoteIds: [remoteId] })).created;
    await here.edit(badgeId, { description: 'Edited here' });
    expect((await here.push(id, badgeId)).results).toMatchObject([{ outcome: 'done' }]);
    expect(org.store.findBadge(remoteId)?.definition).toMatchObject({
      description: 'Edited here',
      startOn: 1_767_225_600_250_000,
    });
  });

  test('an end moved before the enrolments’ is warned of, and the digits of a name are sent as they were typed', async () => {
    const here = await laurel();
    const { id } = await here.connect(org.url);
    const remoteId = createLive(org, {
      ...enrolFirst(WITH_BADGE),
      customerConstraints: [
        { constraintType: 'CUSTOMER_BADGE_FIXED_WINDOW', durationType: 'DAYS', refreshRate: 1, maxEarnLimit: 1 },
      ],
    });
    await here.job('sync.pull', { connectionId: id });
    const [badgeId = ''] = (await here.call('sync.adopt', { connectionId: id, remoteIds: [remoteId] })).created;
    expect((await here.call('sync.compare', { connectionId: id, badgeId })).warnings).toEqual([]);
    const live = org.store.findBadge(remoteId)?.definition.expiresOn ?? 0;
    await here.edit(badgeId, { expiresOn: toIsoExact(live - 60 * DAY) });
    expect((await here.call('sync.compare', { connectionId: id, badgeId })).warnings).toMatchObject([
      { code: 990106, path: 'customerConstraints' },
    ]);
    const { body, revision, migration } = await here.call('badges.get', { id: badgeId });
    const named = body.replace(/"name":\s*"[^"]*"/, '"name": 12345678901234567890');
    await here.call('badges.save', { id: badgeId, baseRevision: revision, body: named, migration, label: 'Name' });
    expect((await here.push(id, badgeId)).results).toMatchObject([{ outcome: 'done' }]);
    expect(org.store.findBadge(remoteId)?.definition.name).toBe('12345678901234567890');
  });

  test('creates, then claims, and what arrives is what was shown, byte for byte', async () => {
    const here = await laurel();
    const { id } = await here.connect(org.url);
    const badgeId = await here.draft();
    await here.call('badges.claim', { id: badgeId, ownerType: 'Loyalty', referenceId: '626' });
    const plan = await here.call('sync.plan', { connectionId: id, badgeIds: [badgeId] });
    expect(plan.requests.map(({ purpose, method }) => [purpose, method])).toEqual([['create', 'POST']]);
    expect(plan.later).toHaveLength(1);
    expect(org.activity).toEqual([]);
    const first = await here.job('sync.push', { planId: plan.planId, keys: plan.requests.map(({ key }) => key) });
    expect(first.results).toMatchObject([{ outcome: 'done', purpose: 'create' }]);
    const second = await here.push(id, badgeId);
    expect(second.results).toMatchObject([{ outcome: 'done', purpose: 'claim' }]);
    const live = [...org.store.badges()];
    expect(live).toMatchObject([{ claims: [{ ownerType: 'Loyalty', referenceId: '626', isActive: true }] }]);
    expect(await here.stateOf(id, 'Five visits')).toBe('in-sync');
    const { rows } = await here.call('activity.list', { connectionId: id, search: 'create' });
    const sent = await here.call('activity.get', { id: rows[0]?.id ?? 0 });
    expect(sent.requestBody).toBe(plan.requests[0]?.body);
    expect(sent.requestHeaders).toEqual(plan.requests[0]?.headers);
    expect([sent.entry.url, sent.entry.outcome, sent.entry.status]).toEqual([plan.requests[0]?.url, 'answered', 201]);
    expect(JSON.parse(sent.responseBody ?? '')).toMatchObject({ data: { name: 'Five visits' } });
    // Nothing is left to push, and the same plan sends nothing twice.
    expect((await here.push(id, badgeId)).plan).toMatchObject({ requests: [], held: [{ badgeId }] });
    const again = await here.job('sync.push', { planId: plan.planId, keys: plan.requests.map(({ key }) => key) });
    expect(again.results).toEqual([]);
  });

  test('what the org fills in by itself is no difference, before the first pull and after', async () => {
    const here = await laurel();
    const { id } = await here.connect(org.url);
    org.call('POST', 'customField', { name: 'Region', dataType: 'STRING', isMandatory: true, defaultValue: 'North' });
    const badgeId = await here.draft({ customFields: { 10: 'a', 9: 'b' } });
    await here.push(id, badgeId);
    expect([...org.store.badges()][0]?.definition.customFields).toMatchObject({ Region: 'North' });
    expect(await here.stateOf(id, 'Five visits')).toBe('in-sync');
    await here.job('sync.pull', { connectionId: id });
    expect(await here.stateOf(id, 'Five visits')).toBe('in-sync');
    await here.edit(badgeId, { customFields: { 10: 'a', 9: 'c' } });
    expect(await here.stateOf(id, 'Five visits')).toBe('draft-changed');
    await here.push(id, badgeId);
    expect(await here.stateOf(id, 'Five visits')).toBe('in-sync');
    await here.edit(badgeId, { customFields: { 10: 'a', 9: 'c', Region: 'South' } });
    expect(await here.stateOf(id, 'Five visits')).toBe('draft-changed');
  });

  test('the bytes that arrive are the bytes that were shown', async () => {
    const here = await laurel();
    const arrived: { method: string; url: string; headers: Record<string, string>; body: string }[] = [];
    const proxy = await recordingProxy(org.url, (request) => {
      arrived.push(request);
      return undefined;
    });
    onTestFinished(() => proxy.stop());
    const { id } = await here.connect(proxy.url);
    const badgeId = await here.draft({ name: 'Ünïcödé “Badge” \u2028', description: 'Tab\there' });
    const created = (await here.push(id, badgeId)).plan;
    await here.edit(badgeId, { badgeRank: 4 });
    await here.call('badges.claim', { id: badgeId, ownerType: 'Loyalty', referenceId: 'Ä 1' });
    const changed = (await here.push(id, badgeId)).plan;
    const writes = arrived.filter(({ method }) => method !== 'GET');
    const shown = [...created.requests, ...changed.requests];
    expect(writes.map(({ method, url, body }) => [method, `${proxy.url}${url}`, body])).toEqual(
      shown.map(({ method, url, body }) => [method, url, body]),
    );
    for (const [index, { headers }] of shown.entries()) {
      for (const { name, value } of headers) {
        if (name !== 'Authorization') expect(writes[index]?.headers[name.toLowerCase()]).toBe(value);
      }
    }
  });

  test('updates, switches off, and gives a claim up before its owner goes', async () => {
    const here = await laurel();
    const { id } = await here.connect(org.url);
    const badgeId = await here.draft();
    await here.push(id, badgeId);
    await here.call('badges.claim', { id: badgeId, ownerType: 'Milestones', referenceId: '1' });
    await here.push(id, badgeId);
    await here.edit(badgeId, { active: false });
    expect((await here.push(id, badgeId)).results).toMatchObject([{ purpose: 'deactivate', outcome: 'done' }]);
    await here.edit(badgeId, { active: true, description: 'For regulars' });
    expect((await here.push(id, badgeId)).results).toMatchObject([{ purpose: 'update', outcome: 'done' }]);
    await here.call('badges.unclaim', { id: badgeId, ownerType: 'Milestones', referenceId: '1' });
    await here.edit(badgeId, { ownership: { restrictedToOwners: ['Loyalty'] } });
    const { results } = await here.push(id, badgeId);
    expect(results.map(({ purpose, outcome }) => [purpose, outcome])).toEqual([
      ['unclaim', 'done'],
      ['update', 'done'],
    ]);
    expect([...org.store.badges()][0]).toMatchObject({
      definition: { description: 'For regulars', restrictedToOwners: ['Loyalty'], active: true },
    });
    expect(await here.stateOf(id, 'Five visits')).toBe('in-sync');
  });

  test('stops with a conflict when the live badge changed after it was pulled, and overwrites nothing', async () => {
    const here = await laurel();
    const { id } = await here.connect(org.url);
    const badgeId = await here.draft();
    await here.push(id, badgeId);
    const [live] = [...org.store.badges()];
    await here.edit(badgeId, { description: 'Mine' });
    const plan = await here.call('sync.plan', { connectionId: id, badgeIds: [badgeId] });
    org.edit(live?.id ?? '', { description: 'Theirs' });
    const { results } = await here.job('sync.push', { planId: plan.planId, keys: plan.requests.map(({ key }) => key) });
    expect(results).toMatchObject([{ outcome: 'skipped' }]);
    expect(inEnglish(results[0]!.sentence)).toContain('Conflict');
    expect([...org.store.badges()][0]?.definition.description).toBe('Theirs');
    expect(await here.stateOf(id, 'Five visits')).toBe('conflict');
    expect((await here.push(id, badgeId)).plan.held).toHaveLength(1);
  });

  test('resolves a conflict field by field: theirs is an edit that can be undone, mine is pushed', async () => {
    const here = await laurel();
    const { id } = await here.connect(org.url);
    const badgeId = await here.draft();
    await here.push(id, badgeId);
    const [live] = [...org.store.badges()];
    await here.edit(badgeId, { description: 'Mine', badgeRank: 3 });
    org.edit(live?.id ?? '', { description: 'Theirs', badgeRank: 5, tags: [{ name: 'new', value: 'x' }] });
    await here.job('sync.pull', { connectionId: id });
    const before = await here.call('sync.compare', { connectionId: id, badgeId });
    expect(before.differences.map(({ field, change }) => [field, change])).toEqual([
      ['description', 'conflict'],
      ['tags', 'live'],
      ['badgeRank', 'conflict'],
    ]);
    const after = await here.call('sync.resolve', {
      connectionId: id,
      badgeId,
      choices: [
        { field: 'description', take: 'draft' },
        { field: 'badgeRank', take: 'live' },
        { field: 'tags', take: 'live' },
      ],
    });
    expect(after.differences.map(({ field, change }) => [field, change])).toEqual([['description', 'draft']]);
    expect((await here.call('badges.get', { id: badgeId })).canUndo).toBe(true);
    await here.push(id, badgeId);
    expect([...org.store.badges()][0]?.definition).toMatchObject({
      description: 'Mine',
      badgeRank: 5,
      tags: [{ name: 'new', value: 'x' }],
    });
    expect(await here.stateOf(id, 'Five visits')).toBe('in-sync');
  });

  test('a draft’s value that was kept can give way to the org’s after all, at once and without a pull', async () => {
    const here = await laurel();
    const { id } = await here.connect(org.url);
    const badgeId = await here.draft({ description: 'As it was' });
    await here.push(id, badgeId);
    await here.edit(badgeId, { description: 'Mine' });
    org.edit([...org.store.badges()][0]?.id ?? '', { description: 'Theirs' });
    await here.job('sync.pull', { connectionId: id });
    const resolve = (take: 'draft' | 'live'): Promise<ComparisonView> =>
      here.call('sync.resolve', { connectionId: id, badgeId, choices: [{ field: 'description', take }] });
    const kept = await resolve('draft');
    expect(kept.differences).toMatchObject([
      { field: 'description', change: 'draft', draft: given('Mine'), live: given('Theirs') },
    ]);
    const taken = await resolve('live');
    expect([taken.row.state, taken.differences]).toEqual(['in-sync', []]);
    expect(JSON.parse((await here.call('badges.get', { id: badgeId })).body)).toMatchObject({ description: 'Theirs' });
    expect((await here.call('sync.plan', { connectionId: id, badgeIds: [badgeId] })).requests).toEqual([]);
  });

  test('resolves one field after the other, also without a common past', async () => {
    const here = await laurel();
    const { id } = await here.connect(org.url);
    const badgeId = await here.draft({ description: 'Mine', badgeRank: 1, tags: [] });
    createLive(org, { description: 'Theirs', badgeRank: 2, tags: [{ name: 'a', value: 'b' }] });
    await here.job('sync.pull', { connectionId: id });
    expect(await here.stateOf(id, 'Five visits')).toBe('conflict');
    const resolve = (field: string, take: 'draft' | 'live'): Promise<ComparisonView> =>
      here.call('sync.resolve', { connectionId: id, badgeId, choices: [{ field, take }] });
    const changes = ({ differences }: ComparisonView): unknown =>
      differences.map(({ field, change, base }) => [field, change, base]);
    expect(changes(await resolve('description', 'draft'))).toEqual([
      ['description', 'draft', given('Theirs')],
      ['tags', 'conflict', null],
      ['badgeRank', 'conflict', null],
    ]);
    expect(changes(await resolve('tags', 'live'))).toEqual([
      ['description', 'draft', given('Theirs')],
      ['badgeRank', 'conflict', null],
    ]);
    const resolved = await resolve('badgeRank', 'live');
    expect([resolved.row.state, changes(resolved)]).toEqual([
      'draft-changed',
      [['description', 'draft', given('Theirs')]],
    ]);
    await expect(resolve('badgeRank', 'live')).rejects.toMatchObject({ code: 'conflict' });
    expect((await here.push(id, badgeId)).results).toMatchObject([{ outcome: 'done' }]);
    expect([...org.store.badges()][0]?.definition).toMatchObject({
      description: 'Mine',
      badgeRank: 2,
      tags: [{ name: 'a' }],
    });
  });

  test('says what the gateway will refuse before anything is sent, with its code', async () => {
    const here = await laurel();
    const { id } = await here.connect(org.url);
    const badgeId = await here.draft({
      customerConstraints: [{ constraintType: 'CUSTOMER_BADGE_FIXED_VALUE', maxEarnLimit: 3 }],
    });
    await here.push(id, badgeId);
    await here.edit(badgeId, {
      startOn: '2026-01-02T00:00:00Z',
      customerConstraints: [
        { constraintType: 'CUSTOMER_BADGE_FIXED_WINDOW', durationType: 'DAYS', refreshRate: 2, maxEarnLimit: 1 },
      ],
    });
    const { differences, row } = await here.call('sync.compare', { connectionId: id, badgeId });
    expect(differences.map(({ field, refusal }) => [field, refusal?.code])).toEqual([
      ['startOn', 723],
      ['customerConstraints', 826],
    ]);
    expect(row.refusals).toBe(2);
    const plan = await here.call('sync.plan', { connectionId: id, badgeIds: [badgeId] });
    expect(plan).toMatchObject({ requests: [], held: [{ badgeId }] });
    expect(plan.held[0]).toMatchObject({
      reason: message('sync.heldRefused'),
      path: 'startOn',
      errors: [
        { code: 723, path: 'startOn', advice: message('refusals.keepsStart') },
        { code: 826, path: 'customerConstraints' },
      ],
    });
  });

  test('tells of every edit of a live badge that would be refused, on its field, with its code and what to do', async () => {
    const here = await laurel();
    const { id } = await here.connect(org.url);
    const remoteId = createLive(org);
    org.call('POST', `badgeMeta/${remoteId}/claim`, { ownerType: 'Loyalty', referenceId: '626' });
    await here.job('sync.pull', { connectionId: id });
    const [badgeId = ''] = (await here.call('sync.adopt', { connectionId: id, remoteIds: [remoteId] })).created;
    await here.edit(badgeId, {
      startOn: '2026-01-02T00:00:00Z',
      expiresOn: '2026-02-01T00:00:00Z',
      ownership: { restrictedToOwners: ['Milestones'] },
    });
    const { differences } = await here.call('sync.compare', { connectionId: id, badgeId });
    expect(
      differences.map(({ field, refusal }) => [
        field,
        refusal?.code,
        refusal !== null && inEnglish(refusal.advice) !== '',
      ]),
    ).toEqual([
      ['startOn', 723, true],
      ['expiresOn', 724, true],
      ['restrictedToOwners', 714, true],
    ]);
    expect(org.activity.filter(({ method }) => method === 'PUT')).toEqual([]);
  });

  test('shows the cycles of a live window before and after an edit (W6)', async () => {
    const here = await laurel();
    const { id } = await here.connect(org.url);
    const window = {
      constraintType: 'CUSTOMER_BADGE_FIXED_WINDOW',
      durationType: 'DAYS',
      refreshRate: 5,
      maxEarnLimit: 2,
    };
    const badgeId = await here.draft({ customerConstraints: [window] });
    await here.push(id, badgeId);
    await here.edit(badgeId, { customerConstraints: [{ ...window, durationType: 'MONTHS', refreshRate: null }] });
    const shown = (await here.call('sync.compare', { connectionId: id, badgeId })).differences[0]?.cycles;
    await here.push(id, badgeId);
    const [live] = [...org.store.badges()];
    const limits = live?.definition.customerConstraints ?? [];
    expect(limits).toHaveLength(2);
    // What was foretold is what the org now does.
    expect(shown?.after[0]).toEqual(shown?.before[0]);
    expect(shown?.after.some(({ label }) => /^1–(28|29|30|31) \w+ \d{4}: 2$/.test(inEnglish(label)))).toBe(true);
    expect(await here.stateOf(id, 'Five visits')).toBe('in-sync');
    await here.edit(badgeId, { customerConstraints: [{ ...window, refreshRate: 3 }] });
    const next = (await here.call('sync.compare', { connectionId: id, badgeId })).differences[0]?.cycles;
    expect(next?.before).toEqual(shown?.after);
  });

  test.each(['reset-after-commit', 'cut-body', 'no-answer', 'reset-before-commit', '500', '502'])(
    'a create whose answer was lost (%s) is looked up by its name and made once',
    async (fault) => {
      const here = await laurel();
      const { id } = await here.connect(org.url);
      const badgeId = await here.draft();
      org.setFaults({ route: 'createBadge', fault, count: 1 });
      const { results } = await here.push(id, badgeId);
      expect(results).toMatchObject([{ outcome: 'done' }]);
      expect([...org.store.badges()]).toHaveLength(1);
      expect(await here.stateOf(id, 'Five visits')).toBe('in-sync');
      const found = org.activity.findIndex(({ endpoint }) => endpoint === 'listBadges');
      const created = org.activity.map(({ endpoint }) => endpoint).lastIndexOf('createBadge');
      expect(found).toBeGreaterThan(0);
      if (!['reset-after-commit', 'cut-body', 'no-answer'].includes(fault)) expect(found).toBeLessThan(created);
    },
  );

  test('a create in doubt when Laurel ended is looked up at the next push', async () => {
    const here = await laurel();
    const { id } = await here.connect(org.url);
    const badgeId = await here.draft();
    org.setFaults(
      { route: 'createBadge', fault: 'reset-after-commit', count: 1 },
      { route: 'listBadges', fault: '502' },
    );
    expect((await here.push(id, badgeId)).results).toMatchObject([{ outcome: 'unknown' }]);
    org.setFaults();
    await here.close();
    await here.open();
    expect((await here.push(id, badgeId)).results).toMatchObject([{ outcome: 'done' }]);
    expect(org.activity.filter(({ endpoint }) => endpoint === 'createBadge')).toHaveLength(1);
    expect([...org.store.badges()]).toHaveLength(1);
  });

  test.each(['reset-after-commit', 'cut-body', 'no-answer', 'reset-before-commit', '500', '429'])(
    'an update and a claim go through %s',
    async (fault) => {
      const here = await laurel();
      const { id } = await here.connect(org.url);
      const badgeId = await here.draft();
      await here.push(id, badgeId);
      await here.edit(badgeId, { description: 'New' });
      await here.call('badges.claim', { id: badgeId, ownerType: 'Loyalty', referenceId: '1' });
      org.setFaults(
        { route: 'updateBadge', fault, count: 1, retryAfterSeconds: 0 },
        { route: 'claim', fault, count: 1, retryAfterSeconds: 0 },
      );
      const { results } = await here.push(id, badgeId);
      expect(results.map(({ outcome }) => outcome)).toEqual(['done', 'done']);
      expect([...org.store.badges()][0]).toMatchObject({
        definition: { description: 'New' },
        claims: [{ referenceId: '1' }],
      });
      expect(await here.stateOf(id, 'Five visits')).toBe('in-sync');
    },
  );

  test('the gateway’s errors land on their fields', async () => {
    const here = await laurel();
    const { id } = await here.connect(org.url);
    const badgeId = await here.draft();
    const plan = await here.call('sync.plan', { connectionId: id, badgeIds: [badgeId] });
    createLive(org);
    const { results } = await here.job('sync.push', { planId: plan.planId, keys: plan.requests.map(({ key }) => key) });
    expect(results).toMatchObject([{ outcome: 'refused', errors: [{ code: 725, path: 'name' }] }]);
    expect(results[0]?.errors[0]?.advice).toEqual(message('refusals.org725'));
    const { rows } = await here.call('activity.list', { connectionId: id, outcome: ['refused'] });
    const { advice } = await here.call('activity.get', { id: rows[0]?.id ?? 0 });
    expect(advice).toEqual([{ code: 725, advice: results[0]?.errors[0]?.advice }]);
  });

  test('a draft that a live org has is kept when it is to be deleted; its neighbour goes (L11)', async () => {
    const here = await laurel();
    const { id } = await here.connect(org.url);
    const pushed = await here.draft();
    const neighbour = await here.draft({ name: 'Never pushed' });
    await here.push(id, pushed);
    const outcome = await here.call('badges.delete', { ids: [pushed, neighbour] });
    expect(outcome).toMatchObject({ deleted: [neighbour], refused: [{ id: pushed, name: 'Five visits' }] });
    expect(outcome.refused[0]?.reason).toEqual(message('badges.keptOnOrg'));
    expect((await here.call('badges.get', { id: pushed })).summary.state).toBe('pushed');
    // Also once nobody asks that org any more: what it has, it has.
    await here.call('connections.delete', { id });
    expect(await here.call('badges.delete', { ids: [pushed] })).toMatchObject({ deleted: [] });
  });
});
