/** Plans as files over a real org in the same process: how the org stands to each of them, and which files are none. */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { syncHandlers } from '../../../electron/backend/sync/badges/handlers';
import { KeptPlans } from '../../../electron/backend/sync/badges/kept-plans';
import { OrgTurns } from '../../../electron/backend/sync/badges/org-turns';
import type { OrgSessions } from '../../../electron/backend/sync/client/org-sessions';
import { applyPlan, requireOrg, standingOf } from '../../../electron/backend/sync/plans/apply-plan';
import { planHandlers } from '../../../electron/backend/sync/plans/handlers';
import {
  digestOf,
  liveDigest,
  readPlan,
  writePlan,
  type PlanFile,
} from '../../../electron/backend/sync/plans/plan-file';
import { planTextOf } from '../../../electron/backend/sync/plans/plan-of-push';
import { writeJson } from '../../../shared/domain/json';
import { fromMeaningText, meaningOfBody } from '../../../shared/gateway/meaning-text';
import { Failure } from '../../../shared/ipc/errors';
import { inEnglish } from '../../../shared/words/english';
import { message, type Message } from '../../../shared/words/message';
import { temporaryFolder } from '../../db/temporary-folder';
import { inProcess, type InProcess } from './badges/in-process';

const OWNER = { ownerType: 'Loyalty', referenceId: '626' };
const OTHER = { ownerType: 'Milestones', referenceId: '7' };

/** The text of a plan of everything that a push of drafts would send. */
async function planned(org: InProcess, ...badgeIds: string[]): Promise<string> {
  const kept = new KeptPlans();
  const sessions = { of: () => org.session } as unknown as OrgSessions;
  const handlers = syncHandlers(org.context, sessions, new OrgTurns(), kept);
  const { planId } = await handlers['sync.plan']({
    ...{ connectionId: org.connection.key, badgeIds, definitions: { groups: [], fields: [] } },
  });
  return planTextOf(org.context, org.workspace.connections.get(org.connection.key), '1.2.3', kept.get(planId).requests);
}

/** A live badge with a draft of it. */
async function adopted(
  org: InProcess,
  changes: Record<string, unknown> = {},
): Promise<[remote: string, draft: string]> {
  const remote = org.live({ name: 'Live', description: 'before', ...changes });
  await org.ask('sync.pull', {});
  const { created } = await org.ask('sync.adopt', { remoteIds: [remote] });
  return [remote, created[0] ?? ''];
}

const said = (name: string, what: Message): string => inEnglish(message('plans.movedBadge', { name, what }));

async function standing(org: InProcess, text: string): Promise<unknown> {
  const watch = { signal: new AbortController().signal, progress: () => undefined };
  const { moved, done } = await standingOf(org.context, org.connection, org.session, readPlan(text, 'a.json'), watch);
  return moved.length > 0 ? moved.map(inEnglish) : done;
}

const claim = (org: InProcess, id: string, owner = OWNER, way = 'claim'): unknown =>
  org.call('POST', `badgeMeta/${id}/${way}`, owner);

describe('a plan that changes a badge', () => {
  const changed = async (): Promise<[InProcess, string, string, string]> => {
    const org = await inProcess();
    const [remote, draft] = await adopted(org);
    org.change(draft, { description: 'after' });
    return [org, remote, draft, await planned(org, draft)];
  };

  test('may be applied while the badge is as it was, and is done once it is as the plan makes it', async () => {
    const [org, remote, , text] = await changed();
    expect(await standing(org, text)).toEqual([false]);
    org.edit(remote, { description: 'after' });
    expect(await standing(org, text)).toEqual([true]);
  });

  test.each<[string, (org: InProcess, remote: string) => void, string]>([
    ['one field', (org, remote) => org.edit(remote, { description: 'x' }), 'description'],
    ['two fields', (org, remote) => org.edit(remote, { description: 'x', name: 'Y' }), 'name'],
    ['a claim', (org, remote) => void claim(org, remote), 'claim'],
    [
      'both, the field as the plan has it',
      (org, remote) => (org.edit(remote, { description: 'after' }), void claim(org, remote)),
      'claim',
    ],
  ])('rests on nothing any more where somebody changed %s', async (_, change, word) => {
    const [org, remote, , text] = await changed();
    change(org, remote);
    expect(await standing(org, text)).toEqual([expect.stringMatching(new RegExp(`^“?Live.*${word}`, 'i'))]);
  });

  test('rests on nothing where the badge is gone, or cannot be read', async () => {
    for (const [status, key] of [
      [404, 'plans.badgeGone'],
      [200, 'plans.badgeUnreadable'],
    ] as const) {
      const [org, remote, , text] = await changed();
      org.script = (request, pass) => {
        if (!request.url.includes(remote)) return undefined;
        const sentence = { key: 'org.done', values: {} } as never;
        if (status === 404) {
          const errors = [{ code: 404, message: 'No', reference: null }];
          return { kind: 'refused', status: 404, errors, sentence };
        }
        const whole = pass();
        if (whole.kind !== 'success') return whole;
        return { ...whole, data: { ...(whole.data as object), badgeConstraints: 'odd' } };
      };
      expect(await standing(org, text)).toEqual([said('Live', message(key))]);
    }
  });
});

describe('a plan that creates, switches and claims', () => {
  test('a name that is taken stands in the way, unless it is the badge of the plan itself', async () => {
    const org = await inProcess();
    const text = await planned(org, org.draft({ name: 'New' }));
    expect(await standing(org, text)).toEqual([false]);
    const theirs = org.live({ name: 'New', description: 'of somebody else' });
    expect(await standing(org, text)).toEqual([said('New', message('plans.nameTaken'))]);
    org.edit(theirs, { name: 'Elsewhere' });
    const [{ body } = { body: null }] = readPlan(text, 'a').requests;
    org.call('POST', 'badgeMeta', body);
    expect(await standing(org, text)).toEqual([true]);
  });

  test('a badge that is switched off is done where it is off, and moved where more than that changed', async () => {
    const org = await inProcess();
    const [remote, draft] = await adopted(org);
    org.change(draft, { active: false });
    const text = await planned(org, draft);
    expect(readPlan(text, 'a').requests.map(({ purpose, body, bodyDigest }) => [purpose, body, bodyDigest])).toEqual([
      ['deactivate', null, null],
    ]);
    expect(await standing(org, text)).toEqual([false]);
    org.call('PUT', `badgeMeta/${remote}/deactivate`);
    expect(await standing(org, text)).toEqual([true]);
    org.edit(remote, { description: 'x' });
    expect(await standing(org, text)).toEqual([expect.stringContaining('Live') as string]);
  });

  test('claims are done one by one, and moved where somebody else made or gave up one', async () => {
    const org = await inProcess();
    const [remote, draft] = await adopted(org);
    const drafts = org.workspace.claims;
    drafts.change(draft, org.now, () => [{ ...OWNER, isActive: true }] as never);
    const text = await planned(org, draft);
    expect(readPlan(text, 'a').requests.map(({ purpose, body }) => [purpose, body])).toEqual([['claim', OWNER]]);
    expect(await standing(org, text)).toEqual([false]);
    claim(org, remote);
    expect(await standing(org, text)).toEqual([true]);
    claim(org, remote, OTHER);
    expect(await standing(org, text)).toEqual([said('Live', message('plans.claimsMoved'))]);
    claim(org, remote, OTHER, 'unclaim');
    claim(org, remote, OWNER, 'unclaim');
    expect(await standing(org, text)).toEqual([false]);
  });

  test('is applied request by request; what was done before is said so, and not sent', async () => {
    const org = await inProcess();
    const [remote, draft] = await adopted(org);
    org.change(draft, { description: 'after' });
    const text = await planned(org, draft, org.draft({ name: 'New' }));
    org.edit(remote, { description: 'after' });
    const before = org.sent.filter((line) => !line.startsWith('GET')).length;
    const told: unknown[] = [];
    const watch = { signal: new AbortController().signal, progress: (report: unknown) => void told.push(report) };
    const plan = readPlan(text, 'a');
    const applied = await applyPlan(org.context, org.connection, org.session, plan, watch as never);
    if (applied.moved !== null) throw new Error(applied.moved.map(inEnglish).join());
    expect(
      applied.results.map(({ key, badgeName, purpose, outcome, wasDone, claim: of, errors }) => [
        ...[key, badgeName, purpose, outcome, wasDone, of, errors.length],
      ]),
    ).toEqual([
      ['1', 'Live', 'update', 'done', true, null, 0],
      ['2', 'New', 'create', 'done', false, null, 0],
    ]);
    expect(inEnglish(applied.results[0]!.sentence)).toContain('Acme');
    expect(org.sent.filter((line) => !line.startsWith('GET')).slice(before)).toEqual(['POST badgeMeta create']);
    expect(told[0]).toEqual({ done: 0, total: 2, current: '' });
  });
});

describe('the requests of a plan', () => {
  const BASE = '/api_gateway/v1/badges/';
  const watch = { signal: new AbortController().signal, progress: () => undefined };
  const stand = (org: InProcess, text: string) =>
    standingOf(org.context, org.connection, org.session, readPlan(text, 'a.json'), watch);

  test('are told with what each changes in words, where they go, and what they rest on', async () => {
    const org = await inProcess();
    const [remote, draft] = await adopted(org);
    claim(org, remote, OTHER);
    await org.ask('sync.pull', {});
    org.change(draft, { description: 'after', active: true });
    const claimed = [OTHER, OWNER].map((owner) => ({ ...owner, isActive: true }));
    org.workspace.claims.change(draft, org.now, () => claimed as never);
    const plan = readPlan(await planned(org, draft, org.draft({ name: 'New' })), 'a.json');
    expect({ ...plan, restsOn: [], requests: [], digest: '' }).toEqual({
      ...{ schema: 'laurel/plan@1', madeOn: '2026-05-04T09:30:00Z', madeBy: 'Laurel 1.2.3', digest: '' },
      org: { name: 'Acme', address: 'https://acme.example', kind: 'test', timeZone: 'Europe/Berlin' },
      ...{ restsOn: [], requests: [] },
    });
    expect(plan.requests.map(({ body: _, bodyDigest: _digest, ...request }) => request)).toEqual([
      {
        ...{ badge: 'Live', id: remote, purpose: 'update', method: 'PUT', path: `${BASE}badgeMeta` },
        changes: [{ field: 'description', label: 'Description', from: 'before', to: 'after' }],
        headers: expect.objectContaining({ 'Content-Type': 'application/json' }) as object,
      },
      {
        ...{ badge: 'Live', id: remote, purpose: 'claim', method: 'POST', path: `${BASE}badgeMeta/${remote}/claim` },
        ...{ changes: [], headers: { 'Content-Type': 'application/json' } },
      },
      {
        ...{ badge: 'New', id: null, purpose: 'create', method: 'POST', path: `${BASE}badgeMeta`, changes: [] },
        headers: expect.objectContaining({ 'Content-Type': 'application/json' }) as object,
      },
    ]);
    expect(plan.restsOn).toEqual([
      {
        ...{ state: 'there', name: 'Live', id: remote, claims: [OTHER] },
        digest: expect.stringMatching(/^sha256:/) as string,
        fields: expect.objectContaining({ description: 'before', name: 'Live', active: true }) as object,
      },
      { state: 'absent', name: 'New' },
    ]);
  });

  test('are ready to be sent as a push sends them', async () => {
    const org = await inProcess();
    const [remote, draft] = await adopted(org);
    org.change(draft, { description: 'after' });
    org.workspace.claims.change(draft, org.now, () => [{ ...OWNER, isActive: true }] as never);
    const text = await planned(org, draft, org.draft({ name: 'New' }));
    const { moved, done, requests } = await stand(org, text);
    expect([moved, done]).toEqual([[], [false, false, false]]);
    const live = org.workspace.snapshots.find(org.connection.key, remote)?.meaning ?? '';
    const nameOf = (word: string): string => createHash('sha256').update(word).digest('hex').slice(0, 24);
    const bodies = readPlan(text, 'a').requests.map(({ body }) => writeJson(body));
    expect(requests).toEqual([
      {
        ...{ key: '1', badgeId: nameOf(remote), badgeName: 'Live', purpose: 'update', badgeKey: null, claim: null },
        ...{
          draftMeaning: meaningOfBody(bodies[0]!),
          remoteId: remote,
          liveMeaning: live,
          definition: null,
          group: null,
        },
        request: {
          ...{ purpose: 'update', method: 'PUT', isWrite: true, badgeId: nameOf(remote), jobKey: null },
          ...{ url: `https://acme.example${BASE}badgeMeta`, body: bodies[0] },
          headers: expect.arrayContaining([{ name: 'Content-Type', value: 'application/json' }]) as object,
        },
      },
      {
        ...{ key: '2', badgeId: nameOf(remote), badgeName: 'Live', purpose: 'claim', badgeKey: null, claim: OWNER },
        ...{ draftMeaning: live, remoteId: remote, liveMeaning: null, definition: null, group: null },
        request: {
          ...{ purpose: 'claim', method: 'POST', isWrite: true, badgeId: nameOf(remote), jobKey: null },
          ...{ url: `https://acme.example${BASE}badgeMeta/${remote}/claim`, body: bodies[1] },
          headers: [{ name: 'Content-Type', value: 'application/json' }],
        },
      },
      {
        ...{ key: '3', badgeId: nameOf('New'), badgeName: 'New', purpose: 'create', badgeKey: null, claim: null },
        ...{
          draftMeaning: meaningOfBody(bodies[2]!),
          remoteId: null,
          liveMeaning: null,
          definition: null,
          group: null,
        },
        request: expect.objectContaining({ purpose: 'create', method: 'POST', body: bodies[2] }) as object,
      },
    ]);
  });

  test('that switch a badge want nothing of it but that, in either direction', async () => {
    for (const active of [true, false]) {
      const org = await inProcess();
      const remote = org.live({ name: 'Live' });
      if (active) org.call('PUT', `badgeMeta/${remote}/deactivate`);
      await org.ask('sync.pull', {});
      const { created } = await org.ask('sync.adopt', { remoteIds: [remote] });
      const draft = created[0] ?? '';
      org.change(draft, { active });
      const text = await planned(org, draft);
      const purpose = active ? 'activate' : 'deactivate';
      const [planOf] = readPlan(text, 'a').requests;
      expect(planOf).toMatchObject({ purpose, headers: {}, body: null, bodyDigest: null });
      expect(planOf?.changes).toEqual([expect.objectContaining({ field: 'active' })]);
      const { requests } = await stand(org, text);
      const [switched] = requests;
      const live = fromMeaningText(switched?.liveMeaning ?? '');
      expect(live.active).toBe(String(!active));
      expect(fromMeaningText(switched?.draftMeaning ?? '')).toEqual({ ...live, active: String(active) });
      expect(switched?.request).toMatchObject({ body: null, headers: [] });
      org.call('PUT', `badgeMeta/${remote}/${purpose}`);
      expect((await stand(org, text)).done).toEqual([true]);
      // Switched, and changed besides: that is not what the plan leaves behind.
      org.edit(remote, { description: 'x', active });
      expect((await stand(org, text)).done).toEqual([false]);
    }
  });

  test('rest on each badge they change, and on those fields alone that stand in the file', async () => {
    const org = await inProcess();
    const [one, first] = await adopted(org, { name: 'One' });
    const [two, second] = await adopted(org, { name: 'Two' });
    for (const draft of [first, second]) org.change(draft, { description: 'after' });
    const text = await planned(org, first, second);
    const plan = readPlan(text, 'a');
    expect(plan.restsOn.map((rest) => rest.state === 'there' && rest.id)).toEqual([one, two]);
    expect(await standing(org, text)).toEqual([false, false]);
    org.edit(two, { description: 'by another' });
    expect(await standing(org, text)).toEqual([expect.stringMatching(/^“?Two/) as string]);
    const { digest: _, ...lighter } = structuredClone(plan);
    for (const rest of lighter.restsOn) {
      if (rest.state !== 'there') continue;
      rest.fields = { name: rest.name };
      rest.digest = liveDigest(rest.fields, rest.claims);
    }
    expect(await standing(org, writePlan(lighter))).toEqual([false, false]);
  });

  test('are not made of what was pulled anew since, nor twice for one name', async () => {
    const org = await inProcess();
    const [remote, draft] = await adopted(org);
    org.change(draft, { description: 'after' });
    const kept = new KeptPlans();
    const sessions = { of: () => org.session } as unknown as OrgSessions;
    const { 'sync.plan': plan } = syncHandlers(org.context, sessions, new OrgTurns(), kept);
    const planId = async (...badgeIds: string[]): Promise<string> =>
      (await plan({ connectionId: org.connection.key, badgeIds, definitions: { groups: [], fields: [] } })).planId;
    const text = (id: string, times = 1): string => {
      const { requests } = kept.get(id);
      const all = Array.from({ length: times }, () => requests).flat();
      return planTextOf(org.context, org.workspace.connections.get(org.connection.key), '1', all);
    };
    const [change, create] = [await planId(draft), await planId(org.draft({ name: 'New' }))];
    expect(() => text(create, 2)).toThrow(inEnglish(message('plans.createdTwice', { name: 'New' })));
    org.edit(remote, { description: 'by another' });
    await org.ask('sync.pull', {});
    expect(() => text(change)).toThrow(inEnglish(message('plans.pulledSince', { name: 'Live' })));
  });

  test('are not sent, and the badges not looked at further, once somebody says stop', async () => {
    const org = await inProcess();
    const text = await planned(org, org.draft({ name: 'New' }));
    const stopped = { signal: AbortSignal.abort(), progress: () => undefined };
    const before = org.sent.length;
    await expect(
      standingOf(org.context, org.connection, org.session, readPlan(text, 'a'), stopped),
    ).rejects.toMatchObject({ code: 'cancelled' });
    await expect(
      applyPlan(org.context, org.connection, org.session, readPlan(text, 'a'), stopped as never),
    ).rejects.toThrow(inEnglish(message('plans.nothingSent')));
    expect(org.sent.slice(before).filter((line) => !line.startsWith('GET'))).toEqual([]);
  });

  test('tell how far their badges are looked at, and nothing is sent where the org cannot say', async () => {
    const org = await inProcess();
    const text = await planned(org, org.draft({ name: 'One' }), org.draft({ name: 'Two' }));
    const told: unknown[] = [];
    const progress = (report: unknown): void => void told.push(report);
    const plan = readPlan(text, 'a');
    await standingOf(org.context, org.connection, org.session, plan, { ...watch, progress });
    expect(told).toEqual([
      { done: 1, total: 2 },
      { done: 2, total: 2 },
    ]);
    org.script = () => ({ kind: 'unauthorized', status: 401, sentence: message('org.gotToken') }) as never;
    await expect(stand(org, text)).rejects.toThrow(inEnglish(message('plans.nothingSent')));
  });
});

describe('a file that is a plan', () => {
  const whole = async (): Promise<PlanFile> => {
    const org = await inProcess();
    const [, draft] = await adopted(org);
    org.change(draft, { description: 'after' });
    org.workspace.claims.change(draft, org.now, () => [{ ...OWNER, isActive: true }] as never);
    return readPlan(await planned(org, draft, org.draft({ name: 'New' })), 'a.json');
  };
  /** Read anew after a change by somebody who mends the digest of the whole, too. */
  const refusal = (plan: PlanFile, change: (plan: PlanFile) => void): string => {
    const { digest: _, ...rest } = structuredClone(plan);
    change(rest as PlanFile);
    try {
      readPlan(writePlan(rest), 'a.json');
      return 'read';
    } catch (error) {
      return error instanceof Failure ? (error.words.key as string) : String(error);
    }
  };

  test('is written as it is read, and not by another hand', async () => {
    const plan = await whole();
    const text = writePlan((({ digest: _, ...rest }) => rest)(plan));
    expect([text.endsWith('\n'), readPlan(text, 'a.json')]).toEqual([true, plan]);
    const failure = (given: string) => {
      try {
        readPlan(given, 'a.json');
      } catch (error) {
        return [(error as Failure).code, (error as Failure).words.key, (error as Failure).words.values['file']];
      }
      return [];
    };
    expect(failure('{')).toEqual(['invalid-input', 'plans.notJson', 'a.json']);
    expect(() => readPlan('{', 'a.json')).toThrow(/a\.json.*line 1/i);
    expect(failure('[]')).toEqual(['invalid-input', 'plans.noPlan', 'a.json']);
    expect(failure('{"schema":"laurel/scenario@1"}')).toEqual(['invalid-input', 'plans.noPlan', 'a.json']);
    expect(failure('{"schema":"xlaurel/plan@1x"}')).toEqual(['invalid-input', 'plans.noPlan', 'a.json']);
    expect(failure('{"schema":"laurel/plan@4"}')).toEqual(['invalid-input', 'plans.newer', 'a.json']);
    expect(failure('{"schema":"laurel/plan@1"}')).toEqual(['invalid-input', 'plans.edited', 'a.json']);
    expect(failure(text.replace('after', 'later'))).toEqual(['invalid-input', 'plans.edited', 'a.json']);
  });

  test('holds no request that Laurel does not make, whoever mends its digests', async () => {
    const plan = await whole();
    const [update, claims, create] = plan.requests;
    expect([update, claims, create].map((each) => each?.purpose)).toEqual(['update', 'claim', 'create']);
    type Change = (plan: PlanFile) => void;
    const withBody =
      (index: number, body: object): Change =>
      ({ requests }) => {
        requests[index]!.body = body;
        requests[index]!.bodyDigest = digestOf(writeJson(body));
      };
    const changes: [string, Change][] = [
      ['another digest of a body', ({ requests }) => void (requests[0]!.bodyDigest = digestOf('x'))],
      ['no digest of a body', ({ requests }) => void (requests[0]!.bodyDigest = null)],
      ['another method', ({ requests }) => void (requests[0]!.method = 'POST')],
      ['another path', ({ requests }) => void (requests[1]!.path += '/x')],
      ['a call of another badge', ({ requests }) => void (requests[1]!.id = 'other')],
      ['an update of no badge', ({ requests }) => void (requests[0]!.id = null)],
      ['a create of a badge', ({ requests }) => void (requests[2]!.id = requests[0]!.id)],
      ['a badge of another name', ({ requests }) => void (requests[2]!.badge = 'Other')],
      ['an update under another name', ({ requests }) => void (requests[0]!.badge = 'Other')],
      ['an update of another id', withBody(0, { ...(update!.body as object), id: 'other' })],
      ['a claim of nobody', withBody(1, {})],
      [
        'an activation with a body',
        ({ requests }) => {
          Object.assign(requests[1]!, {
            purpose: 'activate',
            method: 'PUT',
            path: requests[1]!.path.replace(/claim$/, 'activate'),
          });
        },
      ],
      ['a badge it does not rest on', ({ restsOn }) => void restsOn.splice(0, 1)],
      ['a name it does not rest on', ({ restsOn }) => void restsOn.splice(1, 1)],
      [
        'another state than its digest says',
        ({ restsOn: [rest] }) => {
          if (rest?.state === 'there') rest.fields = { ...rest.fields, active: false };
        },
      ],
      ['another kind of org', ({ org }) => void ((org as { kind: string }).kind = 'other')],
    ];
    expect(changes.map(([what, change]) => [what, refusal(plan, change)])).toEqual(
      changes.map(([what]) => [what, 'plans.edited']),
    );
    expect(refusal(plan, () => undefined)).toBe('read');
    expect(refusal(plan, ({ org }) => void (org.name = 'Other'))).toBe('read');
    // Counts of what a plan rests on may be put right only together with their digest.
    const lighter: Change = ({ restsOn: [rest] }) => {
      if (rest?.state !== 'there') return;
      rest.fields = { active: true };
      rest.digest = liveDigest(rest.fields, rest.claims);
    };
    expect(refusal(plan, lighter)).toBe('read');
  });

  test('is for one org', async () => {
    const plan = await whole();
    const org = await inProcess();
    requireOrg(plan, org.connection);
    expect(() => requireOrg(plan, { ...org.connection, name: 'Here', baseUrl: 'https://here.example' })).toThrow(
      /Acme.*acme\.example.*Here.*here\.example/,
    );
  });
});

test('fifty opened plans are kept, the oldest goes first', async () => {
  const org = await inProcess();
  const file = path.join(temporaryFolder(), 'a.json');
  writeFileSync(file, await planned(org, org.draft({ name: 'New' })));
  let chance = 0;
  const sessions = { of: () => org.session } as unknown as OrgSessions;
  const context = {
    ...org.context,
    randomBytes: (length: number) => Buffer.alloc(length, (chance += 1)),
    files: { find: () => ({ name: 'a.json', path: file }) },
  } as unknown as InProcess['context'];
  const handlers = planHandlers(context, sessions, new OrgTurns(), new KeptPlans(), '1');
  const watch = { signal: new AbortController().signal, progress: () => undefined };
  const ids: string[] = [];
  for (let made = 0; made < 51; made += 1) {
    const { plan } = await handlers['plans.open']({ connectionId: org.connection.key, source: 's' }, watch as never);
    ids.push(plan.planId);
  }
  const apply = async (planId: string): Promise<unknown> =>
    Promise.resolve()
      .then(() => handlers['plans.apply']({ planId }, watch as never))
      .then(
        ({ results }) => results.length,
        (error: unknown) => (error as Failure).code,
      );
  expect([await apply(ids[0]!), await apply(ids[1]!)]).toEqual(['not-found', 1]);
});
