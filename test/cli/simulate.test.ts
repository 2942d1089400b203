import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../db/temporary-folder';
import { bundleCommandLine } from '../setup/command-line-once';
import { askInProcess, laurel } from './command-line';

beforeAll(bundleCommandLine);

const FIXTURES = path.join(import.meta.dirname, '..', 'fixtures', 'scenarios');

/** A folder with the ready scenario and its badge; files of other names may be added. */
function scenarioFolder(files: Readonly<Record<string, unknown>> = {}): string {
  const folder = temporaryFolder();
  cpSync(FIXTURES, folder, { recursive: true });
  for (const [name, body] of Object.entries(files)) {
    writeFileSync(path.join(folder, name), typeof body === 'string' ? body : JSON.stringify(body));
  }
  return folder;
}

interface ResultFile {
  schema: string;
  seed: number;
  replications: number;
  events: { total: number; skipped: number; badRows: number };
  badges: Record<string, { awarded: number; attempts: number }>;
}

const SMALL = ['--set', 'customers.segments.0.size=500', '--set', 'customers.segments[1].size=100'];

describe('laurel simulate', () => {
  it('prints a result as JSON and nothing else, and writes the same bytes into a folder', async () => {
    const folder = scenarioFolder();
    const end = await laurel(folder, 'simulate', 'spring.scenario.json', '--json', '--out', 'results', ...SMALL);
    expect([end.code, end.error]).toEqual([0, '']);
    expect((JSON.parse(end.out) as ResultFile).schema).toBe('laurel/result@1');
    expect(readFileSync(path.join(folder, 'results', 'spring.result.json'), 'utf8')).toBe(end.out);
    const again = await laurel(folder, 'simulate', 'spring.scenario.json', '--json', '--workers', '1', ...SMALL);
    expect(again.out).toBe(end.out);
  });

  it('changes seed, replications and single values, also inside badge files', async () => {
    const folder = scenarioFolder();
    const changes = [
      '--seed',
      '11',
      '--replications',
      '2',
      '--set',
      'badges.0.badge.badgeConstraints.0.maxEarnLimit=50',
    ];
    const end = await askInProcess(folder, 'simulate', 'spring.scenario.json', '--json', ...SMALL, ...changes);
    const result = JSON.parse(end.out) as ResultFile & { bands: unknown };
    expect(result).toMatchObject({ seed: 11, replications: 2, badges: { streak: { awarded: 50 } } });
    expect(result.bands).not.toBeNull();
  });

  it('says in words what happened', async () => {
    const end = await askInProcess(scenarioFolder(), 'simulate', 'spring.scenario.json', ...SMALL);
    expect(end.code).toBe(0);
    expect(end.out).toMatch(/^Spring streak: [\d,]+ events, seed 7\nstreak: [\d,]+ awards from [\d,]+ attempts/);
  });

  it('replays a file beside the scenario and names bad rows on standard error', async () => {
    const spring = JSON.parse(readFileSync(path.join(FIXTURES, 'spring.scenario.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    const events = { csv: 'data.csv', customer: 'who', at: 'when' };
    const badges = [
      {
        key: 'b',
        badge: 'badges/streak.badge.json',
        owner: { ownerType: 'Loyalty', referenceId: '626' },
        enrol: [{ at: '2026-03-01T00:00:00Z' }],
      },
    ];
    const folder = scenarioFolder({
      'replay.scenario.json': { ...spring, customers: null, events, badges },
      'data.csv': 'who,when\n1,2026-03-02T00:00:00Z\n2,soon\n1,2020-01-01T00:00:00Z\n',
    });
    const end = await askInProcess(folder, 'simulate', 'replay.scenario.json', '--json');
    expect(end.code).toBe(0);
    expect(JSON.parse(end.out)).toMatchObject({
      events: { total: 1, skipped: 1, badRows: 1 },
      badges: { b: { enrolled: 1, awarded: 1 } },
    });
    expect(end.error).toContain('data.csv:3: the date “soon”');
  });

  it('names file and JSON path of every mistake on standard error', async () => {
    const folder = scenarioFolder({
      'broken.scenario.json': '{ "schema": "laurel/scenario@1", ',
      'empty.scenario.json': {},
    });
    const end = await askInProcess(
      folder,
      'simulate',
      'spring.scenario.json',
      '--set',
      'badges.0.badge.earnType=GIFT',
      '--set',
      'badges.0.trigger.every=0',
    );
    expect([end.code, end.out]).toEqual([1, '']);
    expect(end.error).toContain('spring.scenario.json: badges[0].trigger.every:');
    const badge = await askInProcess(
      folder,
      'simulate',
      'spring.scenario.json',
      '--set',
      'badges.0.badge.earnType=GIFT',
    );
    expect(badge.error).toContain('spring.scenario.json: badges[0].badge.earnType:');
    expect((await askInProcess(folder, 'simulate', 'broken.scenario.json')).error).toMatch(
      /broken\.scenario\.json: the whole file: is not JSON/,
    );
    expect((await askInProcess(folder, 'simulate', 'nowhere.scenario.json')).error).toMatch(/there is no such file/);
    expect((await askInProcess(folder, 'simulate', 'spring.scenario.json', '--set', 'badges.5.key=1')).error).toContain(
      'badges.5.key: cannot be set',
    );
    const missing = await askInProcess(
      folder,
      'simulate',
      'spring.scenario.json',
      '--set',
      'events={"csv":"no.csv","customer":"a","at":"b"}',
      '--set',
      'customers=null',
      '--set',
      'badges.0.enrol.0.segments=null',
    );
    expect(missing.error).toContain('events.csv: no.csv cannot be read');
  });

  it('says how it is called', async () => {
    const folder = scenarioFolder();
    expect((await askInProcess(folder, 'simulate')).code).toBe(2);
    expect((await askInProcess(folder, 'simulate', 'spring.scenario.json', '--replications', '0')).code).toBe(2);
    expect((await askInProcess(folder, 'simulate', 'spring.scenario.json', '--set', 'nothing')).code).toBe(2);
    expect((await askInProcess(folder, 'simulate', '--help')).out).toContain('Usage: laurel simulate');
  });
});

describe('what simulate reads and writes', () => {
  it('--out is looked at before anything is simulated, and what cannot be written is said in words', async () => {
    const folder = scenarioFolder({ 'taken.txt': 'mine' });
    for (const out of ['taken.txt', 'taken.txt/results']) {
      const end = await askInProcess(folder, 'simulate', 'spring.scenario.json', '--out', out, ...SMALL);
      expect(end).toMatchObject({ code: 1, out: '' });
      expect(end.error).toMatch(/Nothing was simulated/);
      expect(end.error).not.toMatch(/ at |Error/);
    }
    expect(readFileSync(path.join(folder, 'taken.txt'), 'utf8')).toBe('mine');
    mkdirSync(path.join(folder, 'results', 'spring.result.json'), { recursive: true });
    const kept = await askInProcess(folder, 'simulate', 'spring.scenario.json', '--out', 'results', ...SMALL);
    expect(kept.code).toBe(1);
    expect(kept.error).toMatch(/could not be written/);
    expect(kept.out).toBe('');
  });

  it('--allow names a badge outside the scenario’s folder', async () => {
    const folder = scenarioFolder();
    const body = JSON.parse(readFileSync(path.join(folder, 'spring.scenario.json'), 'utf8')) as { badges: object[] };
    const badges = [{ ...body.badges[0], badge: '../badges/streak.badge.json' }];
    mkdirSync(path.join(folder, 'sent'));
    writeFileSync(path.join(folder, 'sent', 's.scenario.json'), JSON.stringify({ ...body, badges }));
    const file = 'sent/s.scenario.json';
    expect((await askInProcess(folder, 'check', file)).out).toMatch(/lies outside the scenario/);
    expect((await askInProcess(folder, 'check', file, '--allow', 'badges')).code).toBe(0);
    expect((await askInProcess(folder, 'simulate', file, ...SMALL)).error).toMatch(/--allow/);
    expect((await askInProcess(folder, 'simulate', file, '--allow', 'badges/streak.badge.json', ...SMALL)).code).toBe(
      0,
    );
  });

  it('exits 1 where every row of a replay is bad, and tells when the rows are where none is in the period', async () => {
    const badges = [{ key: 'b', badge: 'badges/streak.badge.json', owner: null }];
    const events = { csv: 'data.csv', customer: 'who', at: 'when' };
    const spring = JSON.parse(readFileSync(path.join(FIXTURES, 'spring.scenario.json'), 'utf8')) as object;
    const folder = scenarioFolder({
      'r.scenario.json': { ...spring, customers: null, events, badges },
      'data.csv': 'who,when\n1,45321.5\n',
    });
    const bad = await askInProcess(folder, 'simulate', 'r.scenario.json');
    expect(bad.code).toBe(1);
    expect(bad.error).toMatch(/data\.csv:2: .*looks like an Excel date: 2024-01-30 12:00/);
    expect(bad.out).toMatch(/b: Nobody can get .* not claimed/);
    writeFileSync(path.join(folder, 'data.csv'), 'who,when\n1,2023-03-01T10:00:00Z\n1,2023-03-02T10:00:00Z\n');
    const outside = await askInProcess(folder, 'simulate', 'r.scenario.json');
    expect(outside.code).toBe(0);
    expect(outside.error).toMatch(/no row lies in the period.*from 2023-03-01T10:00:00Z to 2023-03-02T10:00:00Z/);
    // Whole weeks bring the first row into the first week of the period.
    const [, days = ''] = /--set events\.shiftDays=(\d+) shifts them onto it/.exec(outside.error) ?? [];
    expect(Number(days) % 7).toBe(0);
    const shifted = await askInProcess(
      folder,
      'simulate',
      'r.scenario.json',
      '--set',
      `events.shiftDays=${days}`,
      '--json',
    );
    expect((JSON.parse(shifted.out) as { events: object }).events).toEqual({ total: 2, skipped: 0, badRows: 0 });
    const knob = 'badges.0.badge.badgeConstraints.0.maxEarnLimit';
    const others = [
      ['goal', 'r.scenario.json', '--serve', '0.5', '--knob', knob, '--low', '1', '--high', '2'],
      ['compare', 'r.scenario.json', '--set', `${knob}=5`],
      ['report', 'r.scenario.json', '--out', 'r.html'],
      ['scorecard', 'r.scenario.json', 'awards.csv'],
    ] as const;
    const { from } = spring as { from: string };
    writeFileSync(path.join(folder, 'awards.csv'), `customer,date\n1,${from}\n`);
    for (const call of others) {
      const { error } = await askInProcess(folder, ...call);
      expect(error.match(/no row lies in the period/g), call[0]).toHaveLength(1);
    }
    // A file of which nothing was read is no replay in which nothing happened.
    writeFileSync(path.join(folder, 'data.csv'), 'who,when\n');
    const empty = await askInProcess(folder, 'simulate', 'r.scenario.json');
    expect([empty.code, empty.error]).toEqual([1, expect.stringContaining('data.csv: it has a heading and no row')]);
    for (const call of others)
      expect((await askInProcess(folder, ...call)).error).toContain('data.csv: it has a heading and no row');
    const policy = {
      ...{ schema: 'laurel/policy@1', scenario: 'r.scenario.json' },
      expect: [{ badge: 'b', measure: 'servedShare', min: 0.9 }],
    };
    writeFileSync(path.join(folder, 'a.policy.json'), JSON.stringify(policy));
    const judged = await askInProcess(folder, 'test', 'a.policy.json');
    expect([judged.code, judged.out]).toEqual([
      1,
      expect.stringMatching(/MISTAKE {2}scenario: replays a file of which/),
    ]);
  });
});

describe('what simulate says of a cap', () => {
  const CAP = 'badges.0.badge.badgeConstraints.0.maxEarnLimit';
  const said = async (...args: string[]) =>
    (await askInProcess(scenarioFolder(), 'simulate', 'spring.scenario.json', ...SMALL, ...args)).out;

  it('is its number, that it never ran out, or nothing where there is none', async () => {
    const wide = ['--set', `${CAP}=100000`];
    expect(await said(...wide)).toContain('  the cap of 100,000 never ran out\n');
    expect(await said(...wide, '--replications', '3')).toContain(
      '  the cap of 100,000 never ran out, in any replication\n',
    );
    expect(await said('--set', `${CAP}=100`, '--replications', '3')).toMatch(
      /\n {2}the cap of 100 ran out on 2026-\S+ {2}P10 /,
    );
    const none = await said('--set', 'badges.0.badge.badgeConstraints=[]', '--replications', '3');
    expect(none).toContain('awards from');
    expect(none).not.toMatch(/\bcap\b/);
  });
});

describe('laurel goal', () => {
  const KNOB = 'badges.0.badge.badgeConstraints.0.maxEarnLimit';

  it('finds the smallest cap that serves a share: one less does not', async () => {
    const folder = scenarioFolder();
    const end = await askInProcess(
      folder,
      'goal',
      'spring.scenario.json',
      '--serve',
      '0.5',
      '--knob',
      KNOB,
      '--json',
      ...SMALL,
    );
    expect(end.code).toBe(0);
    const answer = JSON.parse(end.out) as {
      best: { value: number; measure: number };
      neighbour: { value: number; measure: number };
    };
    expect(answer.best.value - answer.neighbour.value).toBe(1);
    expect(answer.best.measure).toBeGreaterThanOrEqual(0.5);
    expect(answer.neighbour.measure).toBeLessThan(0.5);
  });

  it('says of several runs that what refused is their mean', async () => {
    const end = await askInProcess(
      scenarioFolder(),
      ...['goal', 'spring.scenario.json', '--serve', '1', '--knob', KNOB, '--low', '100', '--high', '101'],
      ...[...SMALL, '--replications', '3'],
    );
    expect(end.out).toMatch(/refused by BADGE_FIXED_VALUE: [\d,.]+.*\(means of 3 runs\)/);
  });

  it('says when nothing meets the goal, and why', async () => {
    const end = await askInProcess(
      scenarioFolder(),
      'goal',
      'spring.scenario.json',
      '--serve',
      '1',
      '--knob',
      KNOB,
      ...SMALL,
    );
    expect(end.code).toBe(1);
    expect(end.out).toMatch(
      /^None of the \d+ settings of badges\.0\.badge\.badgeConstraints\.0\.maxEarnLimit that were simulated/,
    );
    expect(end.out).toContain('811');
  });

  it('says what it cannot turn, and how it is called', async () => {
    const folder = scenarioFolder();
    const name = await askInProcess(
      folder,
      'goal',
      'spring.scenario.json',
      '--serve',
      '0.5',
      '--knob',
      'badges.0.badge.name',
      ...SMALL,
    );
    expect([name.code, name.error]).toEqual([1, expect.stringContaining('badges.0.badge.name: cannot be turned')]);
    const seed = await askInProcess(
      folder,
      'goal',
      'spring.scenario.json',
      '--serve',
      '0.5',
      '--knob',
      'seed',
      ...SMALL,
    );
    expect([seed.code, seed.out]).toEqual([1, '']);
    expect(seed.error).toContain('a goal that another seed meets is met by luck');
    for (const args of [
      [],
      ['--serve', '2'],
      ['--serve', '95%'],
      ['--budget', ''],
      ['--serve', '0.5', '--budget', '5'],
    ]) {
      expect((await askInProcess(folder, 'goal', 'spring.scenario.json', '--knob', KNOB, ...args)).code).toBe(2);
    }
  });
});

describe('laurel check', () => {
  it('checks scenarios and lints them beside badges', async () => {
    const folder = scenarioFolder({ 'empty.scenario.json': {} });
    const good = await askInProcess(folder, 'check', 'spring.scenario.json');
    expect([good.code, good.out]).toEqual([0, 'spring.scenario.json: no mistakes\n']);
    const bad = await askInProcess(folder, 'check', 'spring.scenario.json', 'empty.scenario.json', '--json');
    expect(bad.code).toBe(1);
    const { files } = JSON.parse(bad.out) as { files: { ok: boolean; mistakes: { path: string }[] }[] };
    expect(files.map(({ ok }) => ok)).toEqual([true, false]);
    expect(files[1]?.mistakes.map(({ path: place }) => place)).toContain('schema');
  });
});

describe('rules that are not as documented', () => {
  const PROBED = {
    schema: 'laurel/probed@1',
    sent: true,
    org: { name: 'Acme', address: 'https://acme.example', kind: 'test' },
    learnedOn: '2026-03-10T12:00:00Z',
    points: [
      { option: 'badge-limit-code', value: '4711', reason: null, calls: [7] },
      { option: 'weekly-cycles', value: null, reason: 'no week ended', calls: [] },
      { option: 'duplicate-request-ids', value: 'org', reason: null, calls: [3] },
    ],
  };
  const POLICY = {
    schema: 'laurel/policy@1',
    scenario: 'spring.scenario.json',
    set: { 'badges.0.badge.badgeConstraints.0.maxEarnLimit': 20, 'customers.segments.0.size': 500 },
    expect: [{ badge: 'streak', measure: 'rejected.4711', at: 'first', min: 1 }],
  };
  const FEW = [...SMALL, '--set', 'badges.0.badge.badgeConstraints.0.maxEarnLimit=20', '--replications', '4'];
  const folderWithRules = (): string =>
    scenarioFolder({ 'acme.json': PROBED, 'spring.policy.json': POLICY, 'none.json': { schema: 'x' } });

  it('of a probed org judge what is simulated, and the result says whose they are, in slices too', async () => {
    const folder = folderWithRules();
    const ask = (...args: string[]) => askInProcess(folder, 'simulate', 'spring.scenario.json', ...FEW, ...args);
    const whole = await ask('--rules', 'acme.json', '--json', '--out', 'results');
    const result = JSON.parse(whole.out) as ResultFile & { badges: Record<string, { rejected: object }> };
    expect(result).toHaveProperty('rules', {
      from: { org: 'Acme', learnedOn: '2026-03-10T12:00:00Z' },
      switches: [{ option: 'badge-limit-code', value: '4711', isLearned: true }],
    });
    expect(result.badges['streak']?.rejected).toHaveProperty('4711');
    for (const slice of ['1/2', '2/2'])
      await ask('--rules', 'acme.json', '--slice', slice, '--out', `part-${slice[0]!}.json`);
    const merged = await askInProcess(folder, 'merge', 'part-1.json', 'part-2.json', '--json');
    expect(merged.out).toBe(whole.out);
    const again = await ask('--rules', path.join('results', 'spring.result.json'), '--json');
    expect(again.out, 'the rules of a result').toBe(whole.out);
    expect((await ask()).out).not.toContain('Acme');
    expect((await ask('--rules', 'acme.json')).out).toContain('Judged by the rules of Acme, learned on 2026-03-10');
  });

  it.each([
    [['why', 'spring.scenario.json', '--customer', '1', ...FEW.slice(0, -2)], /4711/],
    [['test', 'spring.policy.json'], /1 of 1 expectation holds/],
    [
      ['compare', 'spring.scenario.json', '--set', 'badges.0.badge.badgeConstraints.0.maxEarnLimit=20', '--json'],
      /rejected\.4711/,
    ],
  ])('hold for %s', async ([command = '', ...args], told) => {
    const end = await askInProcess(folderWithRules(), command, ...args, '--rules', 'acme.json');
    expect(`${end.out}${end.error}`).toMatch(told);
  });

  it('are no rules where the file tells none, or is not there', async () => {
    const folder = folderWithRules();
    for (const [file, told] of [
      ['none.json', /none\.json tells no rules: name what laurel probe/],
      ['gone.json', /gone\.json cannot be read: .*Nothing was done/],
    ] as const) {
      const end = await askInProcess(folder, 'simulate', 'spring.scenario.json', '--rules', file);
      expect([end.code, end.out]).toEqual([1, '']);
      expect(end.error).toMatch(told);
    }
  });
});
