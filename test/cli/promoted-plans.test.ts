/** Folders whose badges have the ids of a test org, planned for and applied to another org over HTTP. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readPlan, writePlan, type PlanFile } from '../../electron/backend/sync/plans/plan-file';
import { createLive, CREDENTIALS, liveBody, startOrg, type TestOrg } from '../backend/sync/practice-org';
import { temporaryFolder } from '../db/temporary-folder';
import { askInProcess, type CommandEnd } from './command-line';

let org: TestOrg;
let folder: string;
beforeEach(async () => {
  org = await startOrg();
  folder = temporaryFolder();
  mkdirSync(path.join(folder, 'badges'));
  vi.stubEnv('LAUREL_ORG_USER', CREDENTIALS.user);
  vi.stubEnv('LAUREL_ORG_PASSWORD', CREDENTIALS.password);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await org.stop();
});

const TRIAL = { name: 'Trial', address: 'https://trial.example' };
const COUPON = { benefitType: 'COUPON', seriesId: 55 };
const POINTS = {
  ...{ benefitType: 'LOYALTY_POINTS', points: 10, programId: 3, promotionId: null, allocationStrategyId: 4 },
  ...{ expirationStrategyId: 5, defaultTillId: 9 },
};
const EVERY = [
  { kind: 'couponSeries', from: 55, to: 10_055 },
  { kind: 'program', from: 3, to: 10_003 },
  { kind: 'allocationStrategy', from: 4, to: 10_004 },
  { kind: 'expirationStrategy', from: 5, to: 10_005 },
  { kind: 'till', from: 9, to: 10_009 },
];

function badge(name: string, changes: Record<string, unknown> = {}): void {
  const body = liveBody({
    ...{ name, startOn: '2090-01-01T00:00:00Z', benefits: [POINTS, COUPON], defaultTillId: 9, ...changes },
  });
  writeFileSync(path.join(folder, 'badges', `${name}.badge.json`), JSON.stringify(body));
}

interface Partners {
  from?: object;
  to?: object;
  partners?: readonly object[];
  own?: readonly string[];
}

function partners(changes: Partners = {}, name = 'badges/live.partners.json'): void {
  const to = { name: 'Live', address: org.url };
  const file = { schema: 'laurel/partners@1', from: TRIAL, to, partners: EVERY, ...changes };
  writeFileSync(path.join(folder, name), JSON.stringify(file));
}

const ask = (...args: string[]): Promise<CommandEnd> => askInProcess(folder, ...args);
const live = (): string[] => ['--org', org.url, '--kind', 'test'];
const plan = (...args: string[]): Promise<CommandEnd> =>
  ask('plan', 'badges', ...live(), '--out', 'live.plan.json', ...args);
const apply = (...args: string[]): Promise<CommandEnd> => ask('apply', 'live.plan.json', '--org', org.url, ...args);
const planned = (): Record<string, unknown> =>
  JSON.parse(readFileSync(path.join(folder, 'live.plan.json'), 'utf8')) as Record<string, unknown>;
const writes = (): number => org.activity.filter(({ method }) => method !== 'GET').length;
const benefitsIn = (): unknown[] => [...org.store.badges()].map(({ definition }) => definition.benefits);

async function states(...args: string[]): Promise<Record<string, string>> {
  const { out } = await ask('diff', 'badges', ...live(), '--json', ...args);
  const { badges } = JSON.parse(out) as { badges: { name: string; state: string }[] };
  return Object.fromEntries(badges.map(({ name, state }) => [name, state]));
}

const THERE = [
  { ...POINTS, programId: 10_003, allocationStrategyId: 10_004, expirationStrategyId: 10_005, defaultTillId: 10_009 },
  { ...COUPON, seriesId: 10_055 },
];

describe('a folder with a table of partners', () => {
  test('is compared, planned and applied with the ids of the org', async () => {
    badge('Five visits');
    partners();
    expect(await states()).toEqual({ 'Five visits': 'new' });
    expect((await plan()).code).toBe(0);
    expect(planned()).toMatchObject({
      schema: 'laurel/plan@3',
      partners: [{ from: TRIAL, file: 'badges/live.partners.json', badges: ['Five visits'] }],
      requests: [{ body: { benefits: THERE, defaultTillId: 10_009 } }],
    });
    expect((planned()['partners'] as { table: unknown[] }[])[0]?.table).toContainEqual({
      ...{ kind: 'couponSeries', from: '55', to: '10055' },
    });
    expect((await apply()).code).toBe(0);
    expect(benefitsIn()).toEqual([THERE]);
    expect(await states()).toEqual({ 'Five visits': 'same' });
    expect((await plan()).code).toBe(0);
    expect(planned()).toMatchObject({ schema: 'laurel/plan@1', requests: [] });
  });

  test('is held where an id has no partner: code, field and id, and no plan is written', async () => {
    badge('Five visits', { benefits: [COUPON, COUPON], defaultTillId: null });
    partners({ partners: EVERY.slice(1) });
    const { code, out } = await plan('--json');
    expect(code).toBe(1);
    const advice =
      'Say what 127.0.0.1 calls coupon series 55 of Trial: in a *.partners.json of the folder, or a file named with --partners.';
    const error = (index: number) => ({
      ...{ code: 990012, message: 'An id of another org has no partner in this one' },
      ...{ path: `benefits[${String(index)}].seriesId`, advice: expect.stringContaining(advice.slice(30)) as string },
    });
    expect(JSON.parse(out)).toMatchObject({ ok: false, held: [{ name: 'Five visits', errors: [error(0), error(1)] }] });
    expect(() => planned()).toThrow('ENOENT');
    const words = await ask('diff', 'badges', ...live());
    expect(words.code).toBe(1);
    expect(words.out).toContain('990012  benefits[0].seriesId: An id of another org has no partner in this one');
    expect(words.out).toContain('coupon series 55 of Trial');
    expect(writes()).toBe(0);
  });

  test('is not applied once a partner that it rests on is another; others do not matter', async () => {
    badge('Five visits');
    partners();
    await plan();
    partners({ partners: [{ kind: 'couponSeries', from: 55, to: 10_066 }, ...EVERY.slice(1)] });
    const moved = await apply('--json');
    expect(moved.code).toBe(1);
    expect(JSON.parse(moved.out)).toMatchObject({
      ok: false,
      moved: [expect.stringContaining('coupon series 55 of Trial was 10055')],
      requests: [],
    });
    partners({ partners: EVERY.slice(1) });
    expect((await apply()).error).toContain('nobody says now what it is');
    partners({ own: ['Five visits'] });
    expect((await apply()).error).toContain('“Five visits” had the ids of Trial');
    writeFileSync(path.join(folder, 'badges', 'live.partners.json'), '{');
    expect((await apply()).error).toContain('is no JSON');
    expect(writes()).toBe(0);
    partners({ partners: [...EVERY, { kind: 'till', from: 1, to: 2 }] }, 'elsewhere.json');
    expect((await apply('--partners', 'elsewhere.json')).code).toBe(0);
    expect(benefitsIn()).toEqual([THERE]);
  });

  test('says which badges have the ids of the org itself, and which org has them', async () => {
    badge('Own', { benefits: [{ ...COUPON, seriesId: 10_055 }], defaultTillId: null });
    badge('Promoted', { benefits: [COUPON], defaultTillId: null });
    partners({ own: ['Own'] });
    expect((await plan()).code).toBe(0);
    expect(planned()).toMatchObject({ partners: [{ badges: ['Own'] }, { badges: ['Promoted'] }] });
    await apply();
    const coupon = [{ ...COUPON, seriesId: 10_055 }];
    expect(benefitsIn()).toEqual([coupon, coupon]);
    // The same folder beside the org that most of it came from.
    partners({
      ...{ from: { name: 'Live', address: org.url }, to: TRIAL, own: ['Promoted'] },
      partners: [{ kind: 'couponSeries', from: 10_055, to: 55 }],
    });
    expect(await states()).toEqual({ Own: 'same', Promoted: 'same' });
  });

  test('sends nothing as it is to a third org; a practice org asks for nothing', async () => {
    badge('Five visits', { benefits: [COUPON], defaultTillId: null });
    partners({ to: { name: 'Elsewhere', address: 'https://elsewhere.example' } });
    expect((await plan()).code).toBe(1);
    expect((await ask('plan', 'badges', '--org', org.url, '--out', 'live.plan.json')).code).toBe(0);
    expect(planned()).toMatchObject({ schema: 'laurel/plan@1', requests: [{ body: { benefits: [COUPON] } }] });
  });

  test('has its past with the ids that were sent then', async () => {
    badge('Five visits', { benefits: [COUPON], defaultTillId: null });
    partners();
    mkdirSync(path.join(folder, 'base'));
    for (const name of ['Five visits.badge.json', 'live.partners.json'])
      writeFileSync(path.join(folder, 'base', name), readFileSync(path.join(folder, 'badges', name)));
    createLive(org, {
      ...{ name: 'Five visits', startOn: '2090-01-01T00:00:00Z', benefits: [{ ...COUPON, seriesId: 10_055 }] },
    });
    expect(await states('--base', 'base')).toEqual({ 'Five visits': 'same' });
    partners({ partners: [{ kind: 'couponSeries', from: 55, to: 10_066 }, ...EVERY.slice(1)] });
    expect(await states('--base', 'base')).toEqual({ 'Five visits': 'changed' });
  });
});

describe('tables beside and above what is planned', () => {
  const planOf = (place: string): Promise<CommandEnd> => ask('plan', place, ...live(), '--out', 'live.plan.json');
  const isTranslated = { schema: 'laurel/plan@3', requests: [{ body: { benefits: THERE } }] };

  test('count for one file, a folder below and a table in other letters', async () => {
    badge('Five visits');
    partners({}, 'badges/live.Partners.json');
    expect((await planOf('badges/Five visits.badge.json')).code).toBe(0);
    expect(planned()).toMatchObject(isTranslated);
    mkdirSync(path.join(folder, 'badges', 'summer'));
    badge('summer/Ten visits', { name: 'Ten visits' });
    expect((await planOf('badges/summer')).code).toBe(0);
    expect(planned()).toMatchObject(isTranslated);
    mkdirSync(path.join(folder, '.git'));
    const inside = await askInProcess(
      path.join(folder, 'badges', 'summer'),
      ...['plan', '.', ...live(), '--out', '../../live.plan.json'],
    );
    expect(inside.code).toBe(0);
    expect(planned()).toMatchObject(isTranslated);
  });

  test('a plan rests on badges that have the ids of the org, and on what other tables come to say', async () => {
    badge('Five visits');
    partners({ own: ['Five visits'] });
    expect((await plan()).code).toBe(0);
    expect(planned()).toMatchObject({
      ...{ schema: 'laurel/plan@3' },
      partners: [{ from: { address: org.url }, file: 'badges/live.partners.json', badges: ['Five visits'], table: [] }],
    });
    partners();
    const moved = await apply();
    expect(moved.code).toBe(1);
    expect(moved.error).toContain('and has those of Trial now');
    expect((await plan()).code).toBe(0);
    const to = { name: 'Stage', address: 'https://stage.example' };
    partners({ to, own: ['Five visits'], partners: [] }, 'badges/stage.partners.json');
    const sibling = await apply();
    expect(sibling.code).toBe(1);
    expect(sibling.error).toContain('and has those of Stage now');
    expect(writes()).toBe(0);
    partners({ to, partners: [] }, 'badges/stage.partners.json');
    expect((await apply()).code).toBe(0);
    expect(benefitsIn()).toEqual([THERE]);
  });

  test('a plan of own badges is applied where nothing was said otherwise', async () => {
    badge('Five visits');
    partners({ own: ['Five visits'] });
    await plan();
    expect((await apply()).code).toBe(0);
    expect(benefitsIn()).toEqual([[POINTS, COUPON]]);
  });

  test('a name under own that no badge has is refused, unless it stands elsewhere beside the table', async () => {
    badge('Five visits');
    mkdirSync(path.join(folder, 'badges', 'summer'));
    badge('summer/Ten visits', { name: 'Ten visits' });
    partners({ own: ['five visits'] });
    for (const asked of [plan(), ask('diff', 'badges', ...live())]) {
      const { code, error } = await asked;
      expect(code).toBe(1);
      expect(error).toContain('says that “five visits” has the ids of Live');
    }
    partners({ own: ['Five visits'] });
    expect((await planOf('badges/summer')).code).toBe(0);
    expect(planned()).toMatchObject(isTranslated);
  });
});

/** Makes the plan one whose partners stand in no file, as the window writes it. */
function toldInAWorkspace(): { place: string; made: Omit<PlanFile, 'digest'> } {
  const place = path.join(folder, 'live.plan.json');
  const { digest: _, ...made } = readPlan(readFileSync(place, 'utf8'), 'live.plan.json');
  const partnersOfNoFile = (made.partners ?? []).map((each) => ({ ...each, file: null }));
  writeFileSync(place, writePlan({ ...made, partners: partnersOfNoFile }));
  return { place, made };
}

test('a plan whose partners were told in a workspace that is not at hand is refused, unless a table is named or it is wanted', async () => {
  badge('Five visits');
  partners();
  expect((await plan()).code).toBe(0);
  const { place, made } = toldInAWorkspace();
  const refused = await apply();
  expect([refused.code, writes()]).toEqual([1, 0]);
  expect(refused.error).toContain('live.plan.json rests on partners of ids of Trial that were told in a workspace');
  expect((await apply('--partners', 'badges/live.partners.json')).code).toBe(0);
  const own = { partners: [{ from: TRIAL, file: null, badges: ['Five visits'], table: [] }] };
  writeFileSync(place, writePlan({ ...made, ...own }));
  expect((await apply()).code).toBe(0);
});

test('partners that nobody can check are sent as they were reviewed where that is wanted', async () => {
  badge('Five visits');
  partners();
  expect((await plan()).code).toBe(0);
  toldInAWorkspace();
  expect((await apply('--unchecked-partners')).code).toBe(0);
  expect(benefitsIn()).toEqual([THERE]);
});

test('a folder that says nothing of ids is sent as it is', async () => {
  badge('Five visits', { benefits: [COUPON] });
  expect((await plan()).code).toBe(0);
  expect(planned()).toMatchObject({ schema: 'laurel/plan@1', requests: [{ body: { benefits: [COUPON] } }] });
});

test('tables that contradict each other or themselves are refused, each in words', async () => {
  badge('Five visits');
  const refusal = async (...args: string[]): Promise<string> => {
    const { code, error } = await plan(...args);
    expect(code).not.toBe(0);
    return error;
  };
  partners({ partners: [...EVERY, { kind: 'till', from: 10, to: 10_009 }] });
  expect(await refusal()).toContain('names till 10009 of Live twice');
  for (const odd of [{ kind: 'till', from: 'x', to: 1 }, { kind: 'claim', from: '1', to: '2' }, { kind: 'shop' }])
    for (const file of [{ partners: [odd] }]) {
      partners(file);
      expect(await refusal()).toContain('partners.0');
    }
  const place = path.join(folder, 'badges', 'live.partners.json');
  partners();
  writeFileSync(place, readFileSync(place, 'utf8').replace('"partners":', '"partners" : [], "partners":'));
  expect(await refusal()).toContain('has “partners” twice');
  partners({ from: { name: 'Live', address: org.url } });
  expect(await refusal()).toContain('from an org to itself');
  partners();
  partners({ from: { name: 'Other', address: 'https://other.example' } }, 'badges/other.partners.json');
  expect(await refusal()).toContain('have those of Other');
  partners({}, 'badges/other.partners.json');
  expect(await refusal()).toContain('both say what Live calls things');
  partners({ to: { name: 'Elsewhere', address: 'https://elsewhere.example' } }, 'other.json');
  expect(await refusal('--partners', 'other.json')).toContain('is about Trial and Elsewhere');
  expect(await refusal('--partners', 'nowhere.json')).toContain('nowhere.json cannot be read');
});
