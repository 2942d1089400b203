import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { digestOf } from '../../electron/backend/sync/plans/plan-file';
import { parseJson, writeJson } from '../../shared/domain/json';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { laurel } from '../backend/sync/laurel';
import { createClaimed, createLive, CREDENTIALS, liveBody, startOrg, type TestOrg } from '../backend/sync/practice-org';
import { recordingProxy, type RecordedRequest } from '../backend/sync/recording-proxy';
import { temporaryFolder } from '../db/temporary-folder';
import { askInProcess, type CommandEnd } from './command-line';

let org: TestOrg;
let folder: string;
beforeEach(async () => {
  org = await startOrg();
  folder = temporaryFolder();
  mkdirSync(path.join(folder, 'badges', 'spring'), { recursive: true });
  vi.stubEnv('LAUREL_ORG_USER', CREDENTIALS.user);
  vi.stubEnv('LAUREL_ORG_PASSWORD', CREDENTIALS.password);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await org.stop();
});

const upcoming = (changes: Record<string, unknown> = {}): Record<string, unknown> =>
  liveBody({ startOn: '2090-01-01T00:00:00Z', ...changes });

function write(name: string, body: Record<string, unknown> | string): void {
  const text = typeof body === 'string' ? body : `${JSON.stringify(body, null, 2)}\n`;
  writeFileSync(path.join(folder, 'badges', `${name}.badge.json`), text);
}

const ask = (...args: string[]): Promise<CommandEnd> => askInProcess(folder, ...args);
const plan = (...args: string[]): Promise<CommandEnd> =>
  ask('plan', 'badges', '--org', org.url, '--out', 'spring.plan.json', ...args);
const planFile = (): string => path.join(folder, 'spring.plan.json');
const planText = (): string => readFileSync(planFile(), 'utf8');
/** How often something was asked of the org that changes it. */
const writes = (): number => org.activity.filter(({ method }) => method !== 'GET').length;
const namesIn = (): string[] => [...org.store.badges()].map(({ definition }) => definition.name).sort();

interface Diff {
  differs: boolean;
  counts: Record<string, number>;
  badges: { name: string | null; file: string | null; state: string; differences: unknown[]; held: unknown }[];
}

async function diff(...args: string[]): Promise<Diff & { code: number | null }> {
  const { code, out } = await ask('diff', 'badges', '--org', org.url, '--json', ...args);
  return { ...(JSON.parse(out) as Diff), code };
}

describe('diff', () => {
  test('says what is new, changed, the same, gone, in conflict and unreadable; 0 only where nothing differs', async () => {
    createLive(org, upcoming({ name: 'Same' }));
    createLive(org, upcoming({ name: 'Changed', description: 'before' }));
    createLive(org, upcoming({ name: 'Gone' }));
    write('same', upcoming({ name: 'Same' }));
    expect(await diff('--ignore-gone', '--only', 'Same')).toMatchObject({
      code: 0,
      differs: false,
      counts: { same: 1 },
    });
    write('changed', upcoming({ name: 'Changed', description: 'after' }));
    write('spring/new', upcoming({ name: 'New' }));
    write('twin-1', upcoming({ name: 'Twin' }));
    write('twin-2', upcoming({ name: 'Twin' }));
    write('merge', '{\n<<<<<<< HEAD\n  "name": "a"\n=======\n  "name": "b"\n>>>>>>> theirs\n}\n');
    const all = await diff();
    expect(all.code).toBe(1);
    expect(all.counts).toEqual({ new: 1, changed: 1, conflicting: 1, unreadable: 1, gone: 1, same: 1 });
    expect(all.badges.map(({ name, file, state }) => [name, file, state])).toEqual([
      [null, 'merge.badge.json', 'unreadable'],
      ['Changed', 'changed.badge.json', 'changed'],
      ['Gone', null, 'gone'],
      ['New', 'spring/new.badge.json', 'new'],
      ['Same', 'same.badge.json', 'same'],
      ['Twin', 'twin-1.badge.json', 'conflicting'],
    ]);
    expect(all.badges[0]?.held).toMatchObject({
      reason: expect.stringContaining('Line 2 holds the mark of a merge') as string,
    });
    expect(all.badges[1]?.differences).toMatchObject([
      {
        field: 'description',
        label: 'Description',
        changedBy: 'folder',
        org: 'before',
        folder: 'after',
        refusal: null,
      },
    ]);
    const words = await ask('diff', 'badges', '--org', org.url);
    expect(words.out).toContain('Changed: changed  (changed.badge.json)\n  Description: before → after\n');
    expect(words.out).toContain('1 new, 1 changed, 1 conflicting, 1 unreadable, 1 gone, 1 same');
    expect(writes()).toBe(0);
  });

  test('what the gateway would refuse stands with its code, and what only the org changed is a conflict', async () => {
    createLive(org, { name: 'Live' });
    write('live', liveBody({ name: 'Live', startOn: '2090-01-01T00:00:00Z' }));
    expect((await diff()).badges[0]?.held).toMatchObject({ errors: [{ code: 723, path: 'startOn' }] });
    mkdirSync(path.join(folder, 'base'));
    const before = JSON.stringify(liveBody({ name: 'Live', description: 'as pushed' }));
    writeFileSync(path.join(folder, 'base', 'live.badge.json'), before);
    write('live', before);
    const { badges, code } = await diff('--base', 'base');
    expect(code).toBe(1);
    expect(badges).toMatchObject([{ state: 'conflicting', differences: [{ field: 'description', changedBy: 'org' }] }]);
    expect((await plan('--base', 'base')).code).toBe(1);
  });

  test('called wrongly it ends with 2, and without credentials, or with wrong ones, with 1 and in words', async () => {
    write('new', upcoming());
    const wrong: string[][] = [
      ['diff', 'badges'],
      ['diff', '--org', org.url],
      ['diff', 'badges', '--org', 'Acme'],
      ['diff', 'badges', '--org', `${org.url}/path`],
      ['diff', 'badges', '--org', org.url, '--only', 'Nowhere'],
      ['plan', 'badges', '--org', org.url],
      ['apply'],
    ];
    for (const args of wrong) expect([args, (await ask(...args)).code]).toEqual([args, 2]);
    vi.stubEnv('LAUREL_ORG_PASSWORD', 'wrong');
    const refused = await ask('diff', 'badges', '--org', org.url);
    expect(refused.code).toBe(1);
    expect(refused.error).toContain('401');
    vi.stubEnv('LAUREL_ORG_PASSWORD', '');
    expect((await ask('diff', 'badges', '--org', org.url)).code).toBe(2);
    vi.stubEnv('LAUREL_ORG_USER', '');
    const none = await ask('diff', 'badges', '--org', org.url, '--kind', 'test');
    expect([none.code, none.error]).toEqual([1, expect.stringContaining('Set LAUREL_ORG_USER') as string]);
    vi.stubEnv('LAUREL_ORG_KEY', CREDENTIALS.user);
    vi.stubEnv('LAUREL_ORG_SECRET', CREDENTIALS.password);
    expect((await diff()).counts).toMatchObject({ new: 1 });
  });
});

describe('plan and apply', () => {
  test('a folder without a badge is no plan, whatever the org has', async () => {
    createLive(org, upcoming({ name: 'Live' }));
    const end = await plan();
    expect([end.code, end.error]).toEqual([1, expect.stringContaining('No plan was written')]);
    expect(existsSync(planFile())).toBe(false);
  });

  test('never writes over a file that it reads, and a plan is called one', async () => {
    mkdirSync(path.join(folder, 'base'));
    const files = {
      'badges/new.badge.json': JSON.stringify(upcoming({ name: 'New' })),
      'base/old.badge.json': JSON.stringify(upcoming({ name: 'Old' })),
      'badges/programme.definitions.json': '{"schema":"laurel/definitions@1","groups":[],"customFields":[]}',
      'mine.plan.json': JSON.stringify(upcoming({ name: 'Mine' })),
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
    for (const name of Object.keys(files)) {
      const from = name === 'mine.plan.json' ? name : 'badges';
      const end = await ask('plan', from, '--base', 'base', '--org', org.url, '--out', name);
      expect([name, end.code, end.error]).toEqual([name, 1, expect.stringContaining('Nothing was planned.')]);
      expect(readFileSync(path.join(folder, name), 'utf8')).toBe(files[name as keyof typeof files]);
    }
    const other = await ask('plan', 'badges', '--org', org.url, '--out', 'new.badge.json');
    expect([other.code, other.error]).toEqual([2, expect.stringContaining('end it with .plan.json')]);
    expect(org.activity).toEqual([]);
    // A name that says nothing is anybody's choice.
    expect((await ask('plan', 'badges', '--org', org.url, '--out', 'plan.json')).code).toBe(0);
  });

  test('a plan holds the exact bytes and the live state; applying it sends them, and again nothing', async () => {
    const id = createClaimed(org, { name: 'Five visits', description: 'before' });
    write('five', liveBody({ name: 'Five visits', description: 'after' }));
    write('new', JSON.stringify(upcoming({ name: 0 })).replace('"name":0', '"name": 12345678901234567890'));
    expect(await plan()).toMatchObject({ code: 0, error: '' });
    expect(writes()).toBe(0);
    const text = planText();
    expect(text.endsWith('}\n')).toBe(true);
    expect(text.split('\n')[1]).toBe('  "schema": "laurel/plan@1",');
    expect(text).not.toContain(CREDENTIALS.password);
    expect(JSON.parse(text)).toMatchObject({
      org: { address: org.url, kind: 'practice' },
      restsOn: [
        { state: 'absent', name: '12345678901234567890' },
        {
          state: 'there',
          id,
          name: 'Five visits',
          fields: { description: 'before' },
          claims: [{ ownerType: 'Loyalty' }],
        },
      ],
      requests: [
        { badge: '12345678901234567890', purpose: 'create', method: 'POST' },
        {
          badge: 'Five visits',
          id,
          purpose: 'update',
          changes: [{ label: 'Description', from: 'before', to: 'after' }],
        },
      ],
    });
    const applied = await ask('apply', 'spring.plan.json', '--json');
    expect(applied.code).toBe(0);
    expect(JSON.parse(applied.out)).toMatchObject({
      schema: 'laurel/applied@1',
      ok: true,
      requests: [{ outcome: 'done' }, { outcome: 'done' }],
    });
    expect(writes()).toBe(2);
    expect(namesIn()).toEqual(['12345678901234567890', 'Five visits']);
    expect(await diff()).toMatchObject({ code: 0, counts: { same: 2 } });
    const again = await ask('apply', 'spring.plan.json', '--json');
    expect(again.code).toBe(0);
    expect(JSON.parse(again.out)).toMatchObject({ requests: [{ outcome: 'done-before' }, { outcome: 'done-before' }] });
    expect(writes()).toBe(2);
  });

  test('what arrives is what the plan says, byte for byte', async () => {
    const arrived: RecordedRequest[] = [];
    const proxy = await recordingProxy(org.url, (request) => {
      if (request.method !== 'GET') arrived.push(request);
      return undefined;
    });
    write('new', JSON.stringify(upcoming({ name: 'New', badgeRank: 7 })).replace(':7', ':7.0'));
    expect((await ask('plan', 'badges', '--org', proxy.url, '--out', 'spring.plan.json')).code).toBe(0);
    const { requests } = parseJson(planText()) as { requests: { path: string; body: unknown; bodyDigest: string }[] };
    expect((await ask('apply', 'spring.plan.json')).code).toBe(0);
    expect(arrived.map(({ method, url, body }) => [method, url, body])).toEqual([
      ['POST', requests[0]?.path, writeJson(requests[0]?.body)],
    ]);
    expect(arrived[0]?.body).toContain('"badgeRank":7.0');
    expect(digestOf(arrived[0]?.body ?? '')).toBe(requests[0]?.bodyDigest);
    await proxy.stop();
  });

  test('where the org has moved nothing is sent: a field, a claim, a name that is taken', async () => {
    const id = createLive(org, { name: 'Live', description: 'before' });
    write('live', liveBody({ name: 'Live', description: 'after' }));
    write('new', upcoming({ name: 'New' }));
    await plan();
    org.edit(id, { description: 'of somebody else' });
    const moved = await ask('apply', 'spring.plan.json');
    expect([moved.code, moved.error]).toEqual([
      1,
      expect.stringContaining('“Live” has changed (Description)') as string,
    ]);
    await plan();
    org.call('POST', `badgeMeta/${id}/claim`, { ownerType: 'Loyalty', referenceId: '626' });
    expect((await ask('apply', 'spring.plan.json')).error).toContain('“Live” has other claims');
    await plan();
    createLive(org, upcoming({ name: 'New', description: 'another one' }));
    const before = org.store.findBadge(id)?.definition.description;
    const taken = await ask('apply', 'spring.plan.json', '--json');
    expect(taken.code).toBe(1);
    expect(JSON.parse(taken.out)).toMatchObject({
      ok: false,
      moved: ['“New” was free, and another badge has that name now'],
      requests: [],
    });
    expect(org.store.findBadge(id)?.definition.description).toBe(before);
    expect(writes()).toBe(0);
  });

  test('a plan that was edited is refused, whatever was edited, and one for another org, too', async () => {
    write('new', upcoming({ name: 'New' }));
    await plan();
    const text = planText();
    const edits: ((plan: string) => string)[] = [
      (given) => given.replace('"earnType": "EARN"', '"earnType": "ISSUE_EARN"'),
      (given) => given.replace('badgeMeta', 'customer/earn'),
      (given) => given.replace(org.url, 'http://127.0.0.1:1'),
      (given) => given.replace('"practice"', '"test"'),
      (given) => given.replace('"schema": "laurel/plan@1",\n', '"schema": "laurel/plan@1",\n  "note": "mine",\n'),
      (given) => given.replace(/"restsOn": \[[^]*?\],/, '"restsOn": [],'),
      // Whoever makes its digest right by hand still cannot have another call sent.
      (given) =>
        signed(given, (document) =>
          Object.assign(document.requests[0] as object, { path: '/api_gateway/v1/badges/customer/earn' }),
        ),
      (given) => signed(given, (document) => (document.restsOn = [])),
      (given) => given.slice(0, -20),
      () => '{}',
      (given) => given.replace('plan@1', 'plan@2'),
    ];
    for (const [index, edit] of edits.entries()) {
      writeFileSync(planFile(), edit(text));
      const { code, error } = await ask('apply', 'spring.plan.json');
      expect([index, code]).toEqual([index, 1]);
      expect(error).toContain('Nothing was sent.');
    }
    writeFileSync(planFile(), text.replaceAll('\n', '\r\n'));
    const other = await startOrg();
    const elsewhere = await ask('apply', 'spring.plan.json', '--org', other.url);
    expect([elsewhere.code, elsewhere.error]).toEqual([1, expect.stringContaining(`and 127.0.0.1`) as string]);
    await other.stop();
    expect(org.activity.filter(({ method }) => method === 'POST')).toEqual([]);
    expect((await ask('apply', 'spring.plan.json', '--org', org.url)).code).toBe(0);
  });

  test('a production org wants its name typed', async () => {
    write('new', upcoming({ name: 'New' }));
    await ask('plan', 'badges', '--org', org.url, '--kind', 'production', '--out', 'spring.plan.json');
    const name = new URL(org.url).host;
    for (const args of [[], ['--production', 'Acme'], ['--org', org.url], ['--org', org.url, '--production', '']]) {
      const { code, error } = await ask('apply', 'spring.plan.json', ...args);
      expect([args, code]).toEqual([args, 1]);
      expect(error).toContain('is a production org');
    }
    expect(namesIn()).toEqual([]);
    expect((await ask('apply', 'spring.plan.json', '--production', name)).code).toBe(0);
    expect(namesIn()).toEqual(['New']);
  });

  test('a lost answer is settled by the name: nothing is created twice', async () => {
    for (let number = 1; number <= 5; number += 1) write(String(number), upcoming({ name: `Badge ${String(number)}` }));
    await plan();
    org.setFaults({ route: 'createBadge', fault: 'reset-after-commit', after: 1, count: 1 });
    expect((await ask('apply', 'spring.plan.json')).code).toBe(0);
    org.setFaults();
    expect(namesIn()).toHaveLength(5);
  });

  test('a plan is whole or not written, and never over its own badges', async () => {
    write('good', upcoming({ name: 'Good' }));
    write('bad', upcoming({ name: 'Bad', earnType: 'EARNED' }));
    const { code, error } = await plan();
    expect([code, error]).toEqual([1, expect.stringContaining('No plan was written') as string]);
    expect(() => planText()).toThrow();
    writeFileSync(
      path.join(folder, 'acme.connection.json'),
      JSON.stringify({ schema: 'laurel/connection@1', name: 'Acme', address: org.url, kind: 'test', password: 'x' }),
    );
    expect((await ask('diff', 'badges', '--org', 'acme.connection.json')).error).toContain('has password');
    writeFileSync(
      path.join(folder, 'acme.connection.json'),
      JSON.stringify({ schema: 'laurel/connection@1', name: 'Acme', address: org.url, kind: 'test' }),
    );
    expect(
      (await ask('plan', 'badges', '--org', 'acme.connection.json', '--only', 'Good', '--out', 'a.plan.json')).code,
    ).toBe(0);
    expect((await ask('apply', 'a.plan.json', '--org', 'acme.connection.json')).code).toBe(0);
    expect(namesIn()).toEqual(['Good']);
  });
});

describe('an org of a workspace', () => {
  test('its Activity keeps the requests, its drafts see a change of the org, and its guard of production counts', async () => {
    const window = await laurel();
    const { id } = await window.connect(org.url, { name: 'Acme' });
    const body = { name: 'Known', description: 'as pushed', startOn: '2090-01-01T00:00:00Z' };
    await window.push(id, await window.draft(body));
    await window.close();
    const known = ['--org', 'Acme', '--workspace', window.workspacePath];
    write('known', liveBody({ ...body, description: 'next' }));
    expect((await ask('plan', 'badges', ...known, '--out', 'a.plan.json')).code).toBe(0);
    expect((await ask('apply', 'a.plan.json', '--workspace', window.workspacePath)).code).toBe(2);
    expect((await ask('apply', 'a.plan.json', '--org', 'Nobody', '--workspace', window.workspacePath)).code).toBe(1);
    expect((await ask('apply', 'a.plan.json', ...known)).code).toBe(0);
    await window.open();
    expect(await window.stateOf(id, 'Known')).toBe('live-changed');
    const { rows } = await window.call('activity.list', { connectionId: id });
    expect(rows[0]).toMatchObject({ purpose: 'update', outcome: 'answered' });
    await window.connect(org.url, { name: 'Acme for real', kind: 'production' });
    await window.close();
    write('known', liveBody({ ...body, description: 'last' }));
    expect((await ask('plan', 'badges', ...known, '--out', 'b.plan.json')).code).toBe(0);
    const guarded = await ask('apply', 'b.plan.json', ...known);
    expect([guarded.code, guarded.error]).toEqual([1, expect.stringContaining('Acme is a production org') as string]);
    expect((await ask('apply', 'b.plan.json', ...known, '--production', 'Acme')).code).toBe(0);
  });
});

/** A plan changed by somebody who then makes its digest hold. */
function signed(text: string, change: (document: { requests: unknown[]; restsOn: unknown[] }) => void): string {
  const { digest: _, ...document } = parseJson(text) as { digest: string; requests: unknown[]; restsOn: unknown[] };
  change(document);
  return `${writeJson({ ...document, digest: digestOf(writeJson(document)) }, 2)}\n`;
}

describe('definitions', () => {
  const SUMMER = '0123456789abcdef01234567';
  interface DefinitionsDiff {
    definitions: {
      kind: string;
      name: string;
      state: string;
      differences: { field: string; changedBy: string }[];
      held: string | null;
    }[];
  }
  const told = async (...args: string[]): Promise<string[]> => {
    const { out } = await ask('diff', 'badges', '--org', org.url, '--json', ...args);
    return (JSON.parse(out) as DefinitionsDiff).definitions.map(({ kind, name, state, differences }) =>
      [kind, name, state, ...differences.map(({ field, changedBy }) => `${field}:${changedBy}`)].join(' '),
    );
  };
  function define(groups: { id: string; name: string }[], customFields: object[] = [], file = 'a'): void {
    const text = JSON.stringify({ schema: 'laurel/definitions@1', groups, customFields });
    writeFileSync(path.join(folder, 'badges', `${file}.definitions.json`), text);
  }
  const field = (name: string, changes: object = {}): object => ({
    ...{ name, dataType: 'STRING', isMandatory: false, defaultValue: null, ...changes },
  });
  const stored = { createdOn: 0, createdBy: 1, lastUpdatedOn: 0, lastUpdatedBy: 1, isActive: true };

  test('of a folder are compared and planned, and a badge gets the id that the org gives its group', async () => {
    const old = org.store.addGroup({ name: 'Old', rank: 3, ...stored });
    createLive(org, upcoming({ name: 'In old', badgeGroupId: old.id }));
    org.store.addCustomField({
      ...{ name: 'Season', dataType: 'STRING', isMandatory: false, defaultValue: null, ...stored },
    });
    write('new', upcoming({ name: 'New', badgeGroupId: SUMMER }));
    write('too', upcoming({ name: 'Too', badgeGroupId: SUMMER }));
    expect(await told('--ignore-gone')).toEqual([]);
    const unknown = await plan();
    expect([unknown.code, unknown.error]).toEqual([1, expect.stringContaining(`Its group ${SUMMER} is not in`)]);

    define([{ id: SUMMER, name: 'Summer' }], [field('Season', { isMandatory: true, defaultValue: 'all' })]);
    expect(await told()).toEqual([
      'customField Season changed isMandatory:folder defaultValue:folder',
      'group Summer new',
      'group Old gone',
    ]);
    expect(await told('--ignore-gone', '--only', 'Too')).toEqual(['group Summer new']);
    expect((await ask('diff', 'badges', '--org', org.url)).out).toContain('Custom field “Season”: changed');
    const planned = await plan();
    expect(planned.code).toBe(0);
    expect(planned.out.split('\n').slice(0, 4)).toEqual([
      'update-field “Season”',
      'create-group “Summer”',
      'create “New”',
      'create “Too”',
    ]);
    expect(planText()).toContain('"schema": "laurel/plan@2"');
    expect(writes()).toBe(0);
    const applied = await ask('apply', 'spring.plan.json', '--org', org.url);
    expect(applied.code).toBe(0);
    const summer = org.store.groups().find(({ name }) => name === 'Summer');
    const ofSummer = [...org.store.badges()].filter(({ definition }) => definition.badgeGroupId === summer?.id);
    expect(ofSummer.map(({ definition }) => definition.name).sort()).toEqual(['New', 'Too']);
    expect(await told('--ignore-gone')).toEqual(['customField Season same', 'group Summer same']);
    expect((await ask('diff', 'badges', '--org', org.url, '--ignore-gone')).code).toBe(0);
    expect((await ask('apply', 'spring.plan.json', '--org', org.url)).code).toBe(0);
    expect(writes()).toBe(4);
  });

  test('that the org changed since the common past are a conflict, and no plan is written', async () => {
    const group = org.store.addGroup({ name: 'Summer', rank: 1, ...stored });
    define([{ id: group.id, name: 'Summer' }]);
    mkdirSync(path.join(folder, 'base'));
    const text = readFileSync(path.join(folder, 'badges', 'a.definitions.json'), 'utf8');
    writeFileSync(path.join(folder, 'base', 'a.definitions.json'), text);
    org.store.updateGroup({ ...group, name: 'Hot summer' });
    expect(await told()).toEqual(['group Summer changed name:folder']);
    expect(await told('--base', 'base')).toEqual(['group Summer conflicting name:org']);
    const { code, error } = await plan('--base', 'base');
    expect([code, error]).toEqual([1, expect.stringContaining('Group “Summer”:')]);
    expect(error).toContain('has changes that are not here (Name)');
  });

  test.each([
    ['no JSON', () => writeFileSync(path.join(folder, 'badges', 'a.definitions.json'), '{'), 'is no JSON'],
    ['one of another kind', () => define([{ id: '', name: 'x' }]), 'is no file of definitions at groups.0.id'],
    ['one name twice', () => define([{ id: 'a', name: 'x' }, { id: 'b', name: 'x' }]), 'has “x” twice'], // prettier-ignore
    ['two files', () => (define([]), define([], [], 'b')), 'several files of definitions'],
  ])('in %s are refused before any org is asked', async (_, prepare, words) => {
    prepare();
    const { code, error } = await ask('diff', 'badges', '--org', org.url);
    expect(code).not.toBe(0);
    expect(error).toContain(words);
    expect(org.activity).toEqual([]);
  });
});
