/** Groups and custom fields between a real workspace and a real org, in one process. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { keepField, keptDefinitions, keptFields } from '../../../../db/workspace/kept-definitions';
import { keptGroups, moveGroup, nameGroup } from '../../../../db/workspace/kept-groups';
import type { Outcome } from '../../../../electron/backend/sync/client/answers';
import { readFolderDefinitions, writeDefinitions } from '../../../../electron/backend/badges/definitions-file';
import { applyPlan } from '../../../../electron/backend/sync/plans/apply-plan';
import { readPlan } from '../../../../electron/backend/sync/plans/plan-file';
import { planPush } from '../../../../electron/backend/sync/badges/plan';
import { planTextOf } from '../../../../electron/backend/sync/plans/plan-of-push';
import type { DefinitionView } from '../../../../shared/ipc/definitions-contract';
import { inEnglish } from '../../../../shared/words/english';
import { message } from '../../../../shared/words/message';
import { temporaryFolder } from '../../../db/temporary-folder';
import { inProcess, type InProcess, type Script } from './in-process';

const LOCAL = '0123456789abcdef01234567';
const lost: Outcome = {
  ...{ kind: 'ambiguous', status: null, retryAfter: null, isAnswer: false },
  sentence: message('org.lessOften', { host: 'acme.example' }),
};

const groupIn = (org: InProcess, name: string, rank: number): string =>
  String(org.call('POST', 'group', { name, rank })['id']);
const fieldIn = (org: InProcess, name: string, changes: object = {}): string =>
  String(org.call('POST', 'customField', { name, dataType: 'STRING', isMandatory: false, ...changes })['id']);
const groupsOf = (org: InProcess): { id: string; name: string; rank: number; isActive: boolean }[] =>
  org.call('GET', 'group')['badgeGroups'] as never;
const fieldsOf = (org: InProcess): { name: string; dataType: string; isMandatory: boolean; defaultValue: unknown }[] =>
  org.call('GET', 'customField')['customFieldROList'] as never;

/** `group Summer only-here`, with what differs. */
const told = ({ kind, name, state, differences }: DefinitionView): string =>
  [
    ...[kind, name, state],
    ...differences.map(({ field, change, draft, live }) => `${field}:${change} ${inEnglish(draft)}|${inEnglish(live)}`),
  ].join(' ');
async function seen(org: InProcess): Promise<string[]> {
  const { groups, fields } = await org.ask('sync.definitions', {});
  return [...groups, ...fields].map(told);
}

/** Pushes badges and definitions, all that was planned. */
async function push(
  org: InProcess,
  badgeIds: string[],
  definitions: { groups?: string[]; fields?: string[] } = {},
): Promise<{ planned: string[]; held: string[]; results: string[] }> {
  const plan = await org.ask('sync.plan', { badgeIds, definitions });
  const keys = plan.requests.map(({ key }) => key);
  const answer = keys.length === 0 ? null : await org.ask('sync.push', { planId: plan.planId, keys });
  return {
    planned: plan.requests.map(({ method, url, body }) => `${method} ${url.split('/badges/')[1] ?? ''} ${body ?? ''}`),
    held: plan.held.map(({ name, reason }) => `${name}: ${inEnglish(reason)}`),
    results: (answer?.results ?? []).map(
      ({ purpose, outcome, sentence }) => `${purpose} ${outcome} ${inEnglish(sentence)}`,
    ),
  };
}

const once = (purpose: string, act: (pass: () => Outcome) => Outcome): Script => {
  let times = 1;
  return (request, pass) => (request.purpose === purpose && times-- > 0 ? act(pass) : undefined);
};

const apply = (org: InProcess, text: string) =>
  applyPlan(org.context, org.connection, org.session, readPlan(text, 'a.plan.json'), {
    ...{ signal: new AbortController().signal, progress: () => undefined },
  });

describe('a pull of definitions', () => {
  test('shows what is there, takes the groups that badges name by rank, and the rest where somebody asks', async () => {
    const org = await inProcess();
    const [late, early, alone] = [groupIn(org, 'Late', 9), groupIn(org, 'Early', 2), groupIn(org, 'Alone', 5)];
    org.live({ name: 'One', badgeGroupId: late });
    org.live({ name: 'Two', badgeGroupId: early });
    fieldIn(org, 'Season', { isMandatory: true, defaultValue: 'all' });
    expect(await org.ask('sync.definitions', {})).toEqual({ readOn: null, unread: null, groups: [], fields: [] });
    await org.ask('sync.pull', {});
    expect(keptGroups(org.workspace.settings).map(({ name }) => name)).toEqual(['Early', 'Late']);
    expect(await seen(org)).toEqual([
      ...['group Early in-sync', 'group Late in-sync', 'group Alone only-live', 'field Season only-live'],
    ]);
    await org.ask('sync.takeDefinitions', { groups: [alone, 'nobody'], fields: ['Season'] });
    expect(keptGroups(org.workspace.settings).map(({ name }) => name)).toEqual(['Early', 'Alone', 'Late']);
    expect(keptFields(org.workspace.settings)).toEqual([
      { name: 'Season', dataType: 'STRING', isMandatory: true, defaultValue: 'all' },
    ]);
    expect((await seen(org)).every((line) => line.endsWith('in-sync'))).toBe(true);
  });

  test('goes on where the org does not tell its groups, and says so', async () => {
    const org = await inProcess();
    const summer = groupIn(org, 'Summer', 1);
    org.live({ badgeGroupId: summer });
    const sentence = message('org.forbidden', { host: 'acme.example' });
    org.script = ({ purpose }) => (purpose === 'groups' ? { kind: 'unauthorized', status: 403, sentence } : undefined);
    await org.ask('sync.pull', {});
    const { unread, groups } = await org.ask('sync.definitions', {});
    expect(unread && inEnglish(unread)).toContain('acme.example');
    // The name stands in the list of badges, too.
    expect(groups.map(told)).toEqual(['group Summer unknown']);
    org.script = ({ purpose }) =>
      purpose === 'groups' ? { kind: 'not-sent', status: null, fault: 'refused', sentence } : undefined;
    await expect(org.ask('sync.pull', {})).rejects.toMatchObject({ code: 'offline' });
  });
});

describe('a push of definitions', () => {
  test('makes a group before the badge that is in it, and the badge gets the id that the org gave', async () => {
    const org = await inProcess();
    await org.ask('sync.pull', {});
    nameGroup(org.workspace.settings, LOCAL, 'Summer');
    const here = org.draft({ badgeGroupId: LOCAL, badgeRank: 2 });
    const { planned, results } = await push(org, [here]);
    expect(planned).toHaveLength(2);
    expect(planned[0]).toBe('POST group {"name":"Summer","rank":1}');
    expect(planned[1]).toContain('"badgeGroupId":"‹Summer›"');
    expect(results).toEqual(['create-group done Created in Acme.', 'create done Created in Acme.']);
    const [group] = groupsOf(org);
    expect(group).toMatchObject({ name: 'Summer', rank: 1 });
    expect(group?.id).not.toBe(LOCAL);
    const row = async (): Promise<unknown> => (await org.ask('sync.list', {})).rows[0];
    expect(await row()).toMatchObject({ state: 'in-sync', differences: 0 });
    await org.ask('sync.pull', {});
    expect(await row()).toMatchObject({ state: 'in-sync', differences: 0 });
    expect(await seen(org)).toEqual(['group Summer in-sync']);
    expect(await push(org, [here])).toMatchObject({ planned: [] });

    // A later change of the badge calls the group as the org does.
    org.change(here, { description: 'New' });
    const changed = await push(org, [here]);
    expect(changed.planned[0]).toContain(`"badgeGroupId":"${group?.id ?? ''}"`);
    expect(changed.results).toEqual(['update done Changed in Acme.']);
    expect(JSON.parse(org.workspace.drafts.get(here).body)).toMatchObject({ badgeGroupId: LOCAL });
  });

  test('a badge that the org moves into a linked group comes here with the id that it has here', async () => {
    const org = await inProcess();
    await org.ask('sync.pull', {});
    nameGroup(org.workspace.settings, LOCAL, 'Summer');
    await push(org, [], { groups: [LOCAL] });
    const remote = org.live({ name: 'Elsewhere' });
    const other = org.live({ name: 'Grouped', badgeGroupId: groupsOf(org)[0]?.id });
    await org.ask('sync.pull', {});
    const { created } = await org.ask('sync.adopt', { remoteIds: [remote, other] });
    const bodyOf = (id: string | undefined): unknown => JSON.parse(org.workspace.drafts.get(id ?? '').body);
    expect(bodyOf(created[1])).toMatchObject({ badgeGroupId: LOCAL });
    org.edit(remote, { badgeGroupId: groupsOf(org)[0]?.id });
    await org.ask('sync.pull', {});
    const badgeId = created[0] ?? '';
    const { differences } = await org.ask('sync.compare', { badgeId });
    expect(differences.map(({ field, draft, live }) => [field, inEnglish(draft), inEnglish(live)])).toEqual([
      ['badgeGroupId', 'None', `Summer (${LOCAL})`],
    ]);
    await org.ask('sync.resolve', { badgeId, choices: [{ field: 'badgeGroupId', take: 'live' }] });
    expect(bodyOf(badgeId)).toMatchObject({ badgeGroupId: LOCAL });
    expect((await org.ask('sync.compare', { badgeId })).row.state).toBe('in-sync');
  });

  test('what a new mandatory field fills in is no edit of a badge that is pushed after it', async () => {
    const org = await inProcess();
    await org.ask('sync.pull', {});
    keepField(org.workspace.settings, { name: 'Season', dataType: 'STRING', isMandatory: true, defaultValue: 'all' });
    const here = org.draft();
    await push(org, [here], { fields: ['Season'] });
    const row = async (): Promise<unknown> => (await org.ask('sync.list', {})).rows[0];
    expect(await row()).toMatchObject({ state: 'in-sync' });
    keepField(org.workspace.settings, { name: 'Season', dataType: 'STRING', isMandatory: false, defaultValue: 'all' });
    await push(org, [], { fields: ['Season'] });
    expect(org.workspace.connections.get(org.connection.key).fieldDefaults).toEqual({});
  });

  test('a group that cannot be made keeps its badges from being sent as they are', async () => {
    const org = await inProcess();
    await org.ask('sync.pull', {});
    nameGroup(org.workspace.settings, LOCAL, 'Summer');
    const here = org.draft({ badgeGroupId: LOCAL });
    const sentence = message('org.refused', { errors: '733' });
    org.script = once('create-group', () => ({
      ...{ kind: 'refused', status: 400, sentence },
      errors: [{ code: 733, message: 'Group Name should be Unique.', reference: null }],
    }));
    const plan = await org.ask('sync.plan', { badgeIds: [here] });
    const keys = plan.requests.map(({ key }) => key);
    const { results } = await org.ask('sync.push', { planId: plan.planId, keys });
    expect(results.map(({ outcome }) => outcome)).toEqual(['refused', 'skipped']);
    expect(results[0]?.errors[0]).toMatchObject({ code: 733, path: 'name' });
    expect(org.sent.filter((line) => line.startsWith('POST badgeMeta'))).toEqual([]);
  });

  test('what is in no group that anybody can name is held, and what was never pulled leaves as it is', async () => {
    const org = await inProcess();
    const here = org.draft({ badgeGroupId: LOCAL });
    expect((await org.ask('sync.plan', { badgeIds: [here] })).requests[0]?.body).toContain(LOCAL);
    await org.ask('sync.pull', {});
    const { held, planned } = await push(org, [here]);
    expect(planned).toEqual([]);
    expect(held).toEqual([expect.stringContaining(`Its group ${LOCAL} is not in Acme, and has no name here.`)]);
  });

  test.each(['lost', 'unheard'] as const)('a create whose answer is %s is looked up, and made once', async (how) => {
    const org = await inProcess();
    await org.ask('sync.pull', {});
    nameGroup(org.workspace.settings, LOCAL, 'Summer');
    keepField(org.workspace.settings, { name: 'Season', dataType: 'DATE', isMandatory: false, defaultValue: null });
    const fails = (purpose: string): Script =>
      once(purpose, (pass) => {
        if (how === 'unheard') pass();
        return lost;
      });
    const [group, field] = [fails('create-group'), fails('create-field')];
    org.script = (request, pass) => group(request, pass) ?? field(request, pass);
    const { results } = await push(org, [], { groups: [LOCAL], fields: ['Season'] });
    expect(results.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      ...['create-field done', 'create-group done'],
    ]);
    expect(groupsOf(org).map(({ name }) => name)).toEqual(['Summer']);
    expect(fieldsOf(org).map(({ name, dataType }) => [name, dataType])).toEqual([['Season', 'DATE']]);
    expect(await seen(org)).toEqual(['group Summer in-sync', 'field Season in-sync']);
  });

  test('changes names, ranks and fields, not over what somebody else did, and never a type', async () => {
    const org = await inProcess();
    const [first, second] = [groupIn(org, 'First', 1), groupIn(org, 'Second', 2)];
    fieldIn(org, 'Season');
    await org.ask('sync.pull', {});
    await org.ask('sync.takeDefinitions', { groups: [first, second], fields: ['Season'] });
    nameGroup(org.workspace.settings, second, 'Runner-up');
    moveGroup(org.workspace.settings, [first, second], { id: first, next: second, side: 'after' });
    await org.ask('sync.keepField', {
      ...{ before: 'Season', name: 'Season', dataType: 'STRING', isMandatory: true, defaultValue: 'all' },
    });
    expect(await seen(org)).toEqual([
      'group Runner-up draft-changed name:draft Runner-up|Second',
      'group First draft-changed rank:draft 3|1',
      'field Season draft-changed isMandatory:draft Yes|No defaultValue:draft all|None',
    ]);
    org.call('PUT', `group/${first}`, { name: 'First', rank: 7 });
    const { planned, results } = await push(org, [], { groups: [first, second], fields: ['Season'] });
    expect(planned).toEqual([
      expect.stringMatching(/^PUT customField\/\w+ \{"name":"Season","dataType":"STRING","isMandatory":true/),
      `PUT group/${second} {"name":"Runner-up","rank":2}`,
      `PUT group/${first} {"name":"First","rank":3}`,
    ]);
    expect(results).toEqual([
      'update-field done Changed in Acme.',
      'update-group done Changed in Acme.',
      'update-group skipped It was changed in Acme after it was pulled. Nothing was sent; pull and compare.',
    ]);
    await org.ask('sync.pull', {});
    // Its rank is another one, and says the same order.
    expect((await seen(org))[1]).toBe('group First in-sync');

    await org.ask('sync.keepField', {
      ...{ before: 'Season', name: 'Season', dataType: 'DATE', isMandatory: true, defaultValue: 'all' },
    });
    const { fields } = await org.ask('sync.definitions', {});
    expect(fields[0]).toMatchObject({ canPush: false, differences: [{ refusal: { code: 990007 } }] });
    expect((await push(org, [], { fields: ['Season'] })).held[0]).toContain('changes no type');
  });

  test('a field that was renamed there is not renamed back, by a push or by a plan', async () => {
    const org = await inProcess();
    const id = fieldIn(org, 'Colour');
    await org.ask('sync.pull', {});
    await org.ask('sync.takeDefinitions', { groups: [], fields: ['Colour'] });
    keepField(org.workspace.settings, {
      ...{ name: 'Colour', dataType: 'STRING', isMandatory: false, defaultValue: 'red' },
    });
    const { requests } = planPush(org.context, org.connection, [], { groups: [], fields: ['Colour'] });
    const text = planTextOf(org.context, org.connection, '1.0', requests);
    org.call('PUT', `customField/${id}`, { name: 'Shade', dataType: 'STRING', isMandatory: false });
    const { results } = await push(org, [], { fields: ['Colour'] });
    expect(results).toHaveLength(1);
    expect(results[0]).toMatch(/^update-field skipped /);
    expect((await apply(org, text)).moved).not.toBeNull();
    expect(fieldsOf(org).map(({ name }) => name)).toEqual(['Shade']);
  });

  test('a type that no document lists is sent to no other org, and its file is read', async () => {
    const org = await inProcess();
    await org.ask('sync.pull', {});
    const odd = { name: 'Odd ', dataType: 'GEO', isMandatory: false, defaultValue: null };
    keepField(org.workspace.settings, odd);
    const { fields } = await org.ask('sync.definitions', {});
    expect(fields[0]).toMatchObject({ name: 'Odd ', state: 'only-here', canPush: false });
    expect((await push(org, [], { fields: ['Odd '] })).held).toEqual([
      'Odd : A field of the type “GEO” cannot be made in an org: the gateway knows text, whole number, yes or no, and date.',
    ]);
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'a.definitions.json'), writeDefinitions([], [odd]));
    expect(readFolderDefinitions(folder, '.')?.fields).toEqual([odd]);
  });

  test('asks about what changed there, and takes either side', async () => {
    const org = await inProcess();
    const [first, second] = [groupIn(org, 'First', 1), groupIn(org, 'Second', 2)];
    await org.ask('sync.pull', {});
    await org.ask('sync.takeDefinitions', { groups: [first, second] });
    org.call('PUT', `group/${first}`, { name: 'Last', rank: 3 });
    await org.ask('sync.pull', {});
    expect(await seen(org)).toEqual([
      ...['group First live-changed name:live First|Last rank:live 1|3', 'group Second in-sync'],
    ]);
    expect((await push(org, [], { groups: [first] })).held[0]).toContain('(Name, Rank)');
    await org.ask('sync.resolveDefinition', {
      ...{ kind: 'group', id: first },
      choices: [
        { field: 'rank', take: 'live' },
        { field: 'name', take: 'draft' },
      ],
    });
    expect(keptGroups(org.workspace.settings).map(({ name }) => name)).toEqual(['Second', 'First']);
    expect(await seen(org)).toEqual(['group Second in-sync', 'group First draft-changed name:draft First|Last']);
    const choice = { kind: 'group', id: first, choices: [{ field: 'rank', take: 'live' }] } as const;
    await expect(org.ask('sync.resolveDefinition', choice as never)).rejects.toMatchObject({ code: 'conflict' });
    expect((await push(org, [], { groups: [first] })).results).toEqual(['update-group done Changed in Acme.']);

    // A disabled one is never deleted or made anew: it is put into use again.
    org.call('PUT', `group/${first}`, { name: 'First', rank: 3, isActive: false });
    await org.ask('sync.pull', {});
    const take = { kind: 'group', id: first, choices: [{ field: 'isActive', take: 'live' }] } as const;
    await expect(org.ask('sync.resolveDefinition', take as never)).rejects.toMatchObject({ code: 'conflict' });
    const here = org.draft({ badgeGroupId: first });
    expect((await push(org, [here])).held[0]).toContain('is disabled in Acme');
    await org.ask('sync.resolveDefinition', {
      ...{ kind: 'group', id: first, choices: [{ field: 'isActive', take: 'draft' }] },
    });
    const back = await push(org, [here], { groups: [first] });
    expect(back.planned[0]).toBe(`PUT group/${first} {"name":"First","rank":3,"isActive":true}`);
    expect(groupsOf(org).every(({ isActive }) => isActive)).toBe(true);
  });

  test('custom fields here have one name each, and what is kept of an org goes with its connection', async () => {
    const org = await inProcess();
    const field = { dataType: 'STRING', isMandatory: false, defaultValue: '' } as const;
    await org.ask('sync.keepField', { before: null, name: ' Season ', ...field });
    for (const name of ['Season', ' '])
      await expect(org.ask('sync.keepField', { before: null, name, ...field })).rejects.toMatchObject({
        code: 'invalid-input',
      });
    await org.ask('sync.keepField', { before: 'Season', name: 'Time of year', ...field });
    expect(keptFields(org.workspace.settings).map(({ name }) => name)).toEqual(['Time of year']);
    await org.ask('sync.removeField', { name: 'Time of year' });
    expect(keptFields(org.workspace.settings)).toEqual([]);
    org.workspace.settings.keep(`orgDefinitions:${org.connection.key}`, { groups: [{ id: 7 }], fields: 'x' });
    expect(keptDefinitions(org.workspace.settings, org.connection.key).groups).toBeNull();
  });
});

describe('a plan file with definitions', () => {
  async function planned(): Promise<{ org: InProcess; text: string; here: string }> {
    const org = await inProcess();
    await org.ask('sync.pull', {});
    nameGroup(org.workspace.settings, LOCAL, 'Summer');
    const here = org.draft({ badgeGroupId: LOCAL });
    const { requests } = planPush(org.context, org.connection, [here]);
    return { org, here, text: planTextOf(org.context, org.connection, '1.0', requests) };
  }
  test('makes the group and then the badge, once, and goes on where it was stopped', async () => {
    const { org, text } = await planned();
    expect(JSON.parse(text)).toMatchObject({
      schema: 'laurel/plan@2',
      definitions: [{ kind: 'group', name: 'Summer', id: null, fields: null }],
      requests: [
        { badge: 'Summer', purpose: 'create-group', path: '/api_gateway/v1/badges/group' },
        { purpose: 'create', group: 'Summer' },
      ],
    });
    org.script = once('create', () => lost);
    const stop = new AbortController();
    org.script = ({ purpose }) => {
      if (purpose === 'create-group') stop.abort();
      return undefined;
    };
    const first = await applyPlan(org.context, org.connection, org.session, readPlan(text, 'p'), {
      ...{ signal: stop.signal, progress: () => undefined },
    });
    expect(first.moved ?? first.results.map(({ outcome }) => outcome)).toEqual(['done', 'skipped']);
    org.script = () => undefined;
    const second = await apply(org, text);
    expect(second.moved ?? second.results.map(({ wasDone, outcome }) => [wasDone, outcome])).toEqual([
      [true, 'done'],
      [false, 'done'],
    ]);
    const third = await apply(org, text);
    expect(third.moved ?? third.results.map(({ wasDone }) => wasDone)).toEqual([true, true]);
    expect(groupsOf(org)).toHaveLength(1);
    await org.ask('sync.pull', {});
    expect((await org.ask('sync.list', {})).rows.map(({ state }) => state)).toEqual(['in-sync']);
  });

  test('sends nothing where a definition moved', async () => {
    const { org, text } = await planned();
    groupIn(org, 'Summer', 8);
    const { moved } = await apply(org, text);
    expect(moved?.map(inEnglish)).toEqual([
      '“Summer” was free, and a group or custom field that differs has that name now',
    ]);
    expect(org.sent.filter((line) => line.startsWith('POST'))).toEqual([]);
  });

  test('is refused where it was edited, and where a badge waits for a group that nothing makes', async () => {
    const { org, text, here } = await planned();
    expect(() => readPlan(text.replace('"rank": 1', '"rank": 2'), 'a.plan.json')).toThrow(/edited/);
    const { requests } = planPush(org.context, org.connection, [here]);
    expect(() => planTextOf(org.context, org.connection, '1.0', requests.slice(1))).toThrow(/in the group “Summer”/);
    // Without definitions an earlier Laurel can read it.
    const plain = org.draft({ name: 'Plain' });
    const only = planPush(org.context, org.connection, [plain]).requests;
    expect(planTextOf(org.context, org.connection, '1.0', only)).toContain('"laurel/plan@1"');
  });

  test('changes a definition that still says what it said', async () => {
    const org = await inProcess();
    const first = groupIn(org, 'First', 1);
    fieldIn(org, 'Season');
    await org.ask('sync.pull', {});
    await org.ask('sync.takeDefinitions', { groups: [first], fields: ['Season'] });
    nameGroup(org.workspace.settings, first, 'Best');
    keepField(org.workspace.settings, { name: 'Season', dataType: 'STRING', isMandatory: true, defaultValue: 'x' });
    const { requests } = planPush(org.context, org.connection, [], { groups: [first], fields: ['Season'] });
    const text = planTextOf(org.context, org.connection, '1.0', requests);
    expect((JSON.parse(text) as { requests: { changes: unknown }[] }).requests.map(({ changes }) => changes)).toEqual([
      [
        { field: 'isMandatory', label: 'Every badge has it', from: 'No', to: 'Yes' },
        { field: 'defaultValue', label: 'Default', from: 'None', to: 'x' },
      ],
      [{ field: 'name', label: 'Name', from: 'First', to: 'Best' }],
    ]);
    org.call('PUT', `group/${first}`, { name: 'First', rank: 4 });
    expect((await apply(org, text)).moved?.map(inEnglish)).toEqual(['“First” is defined otherwise now']);
    org.call('PUT', `group/${first}`, { name: 'First', rank: 1 });
    const { moved } = await apply(org, text);
    expect(moved).toBeNull();
    expect(groupsOf(org)[0]).toMatchObject({ name: 'Best', rank: 1 });
    expect(fieldsOf(org)[0]).toMatchObject({ isMandatory: true, defaultValue: 'x' });
    expect(await seen(org)).toEqual(['group Best in-sync', 'field Season in-sync']);
  });
});

test('what is written as a file of definitions is read as it was', () => {
  const folder = temporaryFolder();
  const groups = [
    { id: 'b', name: 'Second “first”' },
    { id: 'a', name: 'Last' },
  ];
  const fields = [
    { name: 'Z', dataType: 'DATE', isMandatory: true, defaultValue: '' },
    { name: 'A', dataType: 'STRING', isMandatory: false, defaultValue: null },
  ];
  const text = writeDefinitions([groups[0]!, { id: 'unnamed', name: null }, groups[1]!], fields);
  expect(text.endsWith('}\n')).toBe(true);
  writeFileSync(path.join(folder, 'a.definitions.json'), text);
  expect(readFolderDefinitions(folder, '.')).toEqual({
    ...{ file: 'a.definitions.json', groups, fields: [fields[1], fields[0]] },
  });
  expect(writeDefinitions(groups, fields.toReversed())).toBe(text);
});
