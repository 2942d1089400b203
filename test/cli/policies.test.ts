import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../db/temporary-folder';
import { bundleCommandLine } from '../setup/command-line-once';
import { askInProcess, laurel } from './command-line';

beforeAll(bundleCommandLine);

const FIXTURES = path.join(import.meta.dirname, '..', 'fixtures', 'scenarios');
const SMALL = { 'customers.segments.0.size': 300, 'customers.segments.1.size': 50, replications: 5 };
const SET = Object.entries(SMALL).flatMap(([name, value]) => ['--set', `${name}=${String(value)}`]);

function folderWith(files: Readonly<Record<string, unknown>> = {}): string {
  const folder = temporaryFolder();
  cpSync(FIXTURES, folder, { recursive: true });
  for (const [name, body] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), typeof body === 'string' ? body : JSON.stringify(body));
  }
  return folder;
}

const policy = (changes: Record<string, unknown>, ...expectations: unknown[]) => ({
  schema: 'laurel/policy@1',
  scenario: 'spring.scenario.json',
  set: SMALL,
  expect: expectations,
  ...changes,
});

const holds = { badge: 'streak', measure: 'awarded', at: 'p90', min: 1 };
const broken = { badge: 'streak', segment: 'regulars', measure: 'servedShare', at: 'p10', min: 1.5 };

describe('laurel simulate --slice and laurel merge', () => {
  it('give the bytes of one run, and name a slice that is lost', async () => {
    const folder = folderWith();
    const slice = (number: number) =>
      laurel(
        folder,
        'simulate',
        'spring.scenario.json',
        ...SET,
        '--slice',
        `${String(number)}/3`,
        '--out',
        `p${String(number)}`,
      );
    const [whole, ...slices] = await Promise.all([
      laurel(folder, 'simulate', 'spring.scenario.json', ...SET, '--json'),
      ...[1, 2, 3].map(slice),
    ]);
    expect(slices.map(({ code }) => code)).toEqual([0, 0, 0]);
    const merged = await askInProcess(folder, 'merge', 'p3', 'p1', 'p2', '--json', '--out', 'all.result.json');
    expect([merged.code, merged.error, merged.out]).toEqual([0, '', whole.out]);
    expect(readFileSync(path.join(folder, 'all.result.json'), 'utf8')).toBe(whole.out);
    const second = readFileSync(path.join(folder, 'p2'), 'utf8');
    const write = (name: string, text: string): void => writeFileSync(path.join(folder, name), text);
    write('torn', second.slice(0, 500));
    // One more award, as an editor or a bad disk makes it: every field is as a part has it.
    write(
      'edited',
      second.replace(/"awarded":(\d+)/, (_, awarded: string) => `"awarded":${String(Number(awarded) + 1)}`),
    );
    const { digest, ...earlier } = JSON.parse(second) as { digest: string };
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    write('earlier', JSON.stringify(earlier));
    write('laid-out', JSON.stringify(JSON.parse(second), null, 2));
    const merge = (name: string, ...more: string[]) => askInProcess(folder, 'merge', 'p1', name, 'p3', ...more);
    const [edited, ...read] = await Promise.all([
      merge('edited'),
      merge('earlier', '--json'),
      merge('laid-out', '--json'),
    ]);
    expect([edited.code, edited.out]).toEqual([1, '']);
    expect(edited.error).toMatch(
      /^edited: was changed or damaged since it was written; .* make slice 2\/3 of Spring streak again, with laurel simulate … --slice 2\/3 --out edited\. Nothing was merged\.\n$/,
    );
    // Parts of earlier versions have no digest, and how a part is laid out changes nothing of it.
    expect(read.map(({ code, out }) => [code, out === whole.out])).toEqual([
      [0, true],
      [0, true],
    ]);
    const [lost, torn, over] = await Promise.all([
      askInProcess(folder, 'merge', 'p1', 'p3'),
      askInProcess(folder, 'merge', 'p1', 'torn', 'p3'),
      askInProcess(folder, 'merge', 'p1', 'p2', 'p3', '--out', 'p1'),
    ]);
    expect([lost.code, lost.error.trim()]).toEqual([1, 'slice 2 of 3 is missing']);
    expect([torn.code, torn.error]).toEqual([1, expect.stringMatching(/^torn: is cut off, .* Nothing was merged\.$/m)]);
    expect(over.code).toBe(1);
  });

  it.each([
    [['--slice', '0/3', '--out', 'p'], '--slice needs K/N'],
    [['--slice', '4/3', '--out', 'p'], '--slice needs K/N'],
    [['--slice', '1/3'], '--slice needs --out PART'],
  ])('is called wrongly with %j', async (args, said) => {
    const end = await askInProcess(folderWith(), 'simulate', 'spring.scenario.json', ...args);
    expect([end.code, end.error]).toEqual([2, expect.stringContaining(said)]);
  });
});

describe('laurel test', () => {
  it('runs every policy below a folder, says how far from the line, and ends with 1 where one is broken', async () => {
    const folder = folderWith({
      'a.policy.json': policy({}, holds, { lint: 'clean' }),
      'policies/b.policy.json': policy({ scenario: '../spring.scenario.json' }, broken),
    });
    const end = await askInProcess(folder, 'test', '.', '--junit', 'junit.xml');
    expect(end.code).toBe(1);
    expect(end.out).toContain('ok       streak: P90 awarded ≥ 1');
    expect(end.out).toMatch(/BROKEN {3}streak · regulars: P10 servedShare ≥ 1\.5: [\d.]+ \([\d.]+ short\)/);
    expect(end.out).toContain('2 policies: 2 of 3 expectations hold, 1 broken');
    const junit = readFileSync(path.join(folder, 'junit.xml'), 'utf8');
    expect(junit).toContain('<testsuites name="laurel" tests="3" failures="1" errors="0">');
    expect((await askInProcess(folder, 'test', 'a.policy.json')).code).toBe(0);
  });

  it('gives one JSON document, in which what cannot be judged is a mistake and not a pass', async () => {
    const folder = folderWith({
      'a.policy.json': policy({}, { ...holds, badge: 'other' }),
      'b.policy.json': policy({ scenario: 'gone.scenario.json' }, holds),
      'c.policy.json': '{ "schema": ',
      'd.policy.json': policy({ set: { replication: 5 } }, holds),
    });
    const end = await askInProcess(folder, 'test', '.', '--json');
    const report = JSON.parse(end.out) as {
      ok: boolean;
      policies: {
        file: string;
        ok: boolean;
        run: unknown;
        mistakes: { path: string }[];
        verdicts: { kind: string }[];
      }[];
    };
    expect([end.code, report.ok]).toEqual([1, false]);
    expect(
      report.policies.map(({ file, ok, mistakes }) => [file, ok, mistakes.map(({ path: place }) => place)]),
    ).toEqual([
      ['a.policy.json', false, []],
      ['b.policy.json', false, ['scenario']],
      ['c.policy.json', false, ['']],
      // It would change nothing, and the policy would be judged on other settings than were meant.
      ['d.policy.json', false, ['set: replication']],
    ]);
    expect(report.policies[0]!.verdicts[0]!.kind).toBe('mistake');
  });

  it('says so where there is nothing to test, and never writes over a policy', async () => {
    const folder = folderWith({ 'a.policy.json': policy({}, holds) });
    const [none, over, called] = await Promise.all([
      askInProcess(folder, 'test', 'badges'),
      askInProcess(folder, 'test', 'a.policy.json', '--junit', 'a.policy.json'),
      askInProcess(folder, 'test'),
    ]);
    expect([none.code, none.error]).toEqual([1, expect.stringContaining('There is no *.policy.json below badges')]);
    expect([over.code, called.code]).toEqual([1, 2]);
    const gone = await askInProcess(folder, 'test', 'a.policy.json', 'nofile.x');
    expect([gone.code, gone.error]).toEqual([1, expect.stringContaining('nofile.x cannot be read: ')]);
    expect(JSON.parse(readFileSync(path.join(folder, 'a.policy.json'), 'utf8'))).toEqual(policy({}, holds));
  });
});

it('laurel test never writes its verdicts over what a policy reads', async () => {
  const folder = folderWith({ 'a.policy.json': policy({}, holds), 'rules.json': '{}' });
  const scenario = JSON.parse(readFileSync(path.join(folder, 'spring.scenario.json'), 'utf8')) as {
    badges: { badge: string }[];
    events?: unknown;
  };
  writeFileSync(path.join(folder, 'sales.csv'), 'customerId,date\n');
  const withSales = { ...scenario, events: { csv: 'sales.csv' } };
  writeFileSync(path.join(folder, 'spring.scenario.json'), JSON.stringify(withSales));
  const read = ['spring.scenario.json', 'sales.csv', 'rules.json', scenario.badges[0]!.badge];
  for (const name of read) {
    const before = readFileSync(path.join(folder, name), 'utf8');
    const end = await askInProcess(folder, 'test', 'a.policy.json', '--rules', 'rules.json', '--junit', name);
    expect([name, end.code, end.error]).toEqual([name, 1, expect.stringContaining('Nothing was run.')]);
    expect(readFileSync(path.join(folder, name), 'utf8')).toBe(before);
  }
});

it('says of an instant in how many runs it is so, and once where it never comes', async () => {
  const expect_ = (measure: string, at: string, line: object) => ({ badge: 'streak', measure, at, ...line });
  const after = { notBefore: '2026-03-02T00:00:00Z' };
  const folder = folderWith({
    'lasts.policy.json': {
      ...{ schema: 'laurel/policy@1', scenario: 'spring.scenario.json' },
      set: { ...SMALL, 'badges.0.badge.badgeConstraints.0.maxEarnLimit': 100_000 },
      expect: [
        expect_('exhaustedAt', 'p10', after),
        expect_('exhaustedAt', 'p90', { notAfter: '2026-05-01T00:00:00Z' }),
      ],
    },
    'ends.policy.json': {
      ...{ schema: 'laurel/policy@1', scenario: 'spring.scenario.json' },
      set: { ...SMALL, 'badges.0.badge.badgeConstraints.0.maxEarnLimit': 100 },
      expect: [expect_('exhaustedAt', 'p10', after)],
    },
  });
  const { out } = await askInProcess(folder, 'test', '.');
  expect(out).toMatch(/not before 2026-03-02T00:00:00Z: in nine of ten runs it never comes\n/);
  expect(out).toMatch(/not after 2026-05-01T00:00:00Z: in at least one of ten runs it never comes \(too late\)\n/);
  expect(out).toMatch(/: 2026-03-\S+; in nine of ten runs it is then or later \([\d.]+ \w+ to spare\)\n/);
});

describe('laurel compare', () => {
  it('shows what differs on the same draws, and nothing between a scenario and itself', async () => {
    const folder = folderWith();
    const cap = 'badges.0.badge.badgeConstraints.0.maxEarnLimit=50';
    const [same, set] = await Promise.all([
      askInProcess(folder, 'compare', 'spring.scenario.json', 'spring.scenario.json', ...SET),
      askInProcess(folder, 'compare', 'spring.scenario.json', '--replications', '3', '--set', cap, '--json'),
    ]);
    expect([same.code, same.out]).toEqual([0, expect.stringContaining('no number differs')]);
    const comparison = JSON.parse(set.out) as {
      schema: string;
      replications: number;
      variants: { name: string }[];
      paired: { measure: string; means: number[] }[];
      people: { losers: number }[];
    };
    expect(set.code).toBe(0);
    expect([comparison.schema, comparison.replications]).toEqual(['laurel/comparison@1', 3]);
    expect(comparison.paired.find(({ measure }) => measure === 'awarded')?.means[1]).toBe(50);
    expect(comparison.people[0]!.losers).toBeGreaterThan(0);
    expect((await askInProcess(folder, 'compare', 'spring.scenario.json')).code).toBe(2);
  });

  it('ends once it is decided which version has more, and is what so many runs asked for give', async () => {
    const folder = folderWith();
    const cap = 'badges.0.badge.badgeConstraints.0.maxEarnLimit=300';
    const compare = (...args: string[]) =>
      askInProcess(folder, 'compare', 'spring.scenario.json', ...SET, '--set', cap, ...args);
    const decided = await compare('--replications', '400', '--until-decided', 'streak:customersAwarded', '--json');
    expect(decided.code).toBe(0);
    const document = JSON.parse(decided.out) as Record<string, unknown> & { replications: number };
    expect(document['decided']).toMatchObject({
      badge: 'streak',
      measure: 'customersAwarded',
      reached: true,
      most: 400,
    });
    expect(document.replications).toBe(50);
    const { decided: _, ...rest } = document;
    const asked = await compare('--replications', '50', '--json');
    expect(rest).toEqual(JSON.parse(asked.out));
    const told = await compare('--replications', '60', '--until-decided', 'customersAwarded');
    expect(told.out).toContain('streak, customersAwarded: decided with 95% after 50 of 60 runs.');
    for (const wrong of [
      ['customersAwarded', '--replications', '1'],
      ['a:b:c', '--replications', '60'],
    ])
      expect((await compare('--until-decided', ...wrong)).code).toBe(2);
    const nothing = await compare('--replications', '60', '--until-decided', 'streak:nothing');
    expect([nothing.code, nothing.error]).toEqual([1, expect.stringContaining('is no number of the badge')]);
    const slip = await compare('--replications', '60', '--until-decided', 'steak:awarded');
    expect([slip.code, slip.error]).toEqual([
      1,
      expect.stringContaining('The scenario has no badge “steak”; its badges are streak.'),
    ]);
    const spring = JSON.parse(readFileSync(path.join(folder, 'spring.scenario.json'), 'utf8')) as { badges: object[] };
    spring.badges[0] = { ...spring.badges[0], key: 'run' };
    writeFileSync(path.join(folder, 'other.scenario.json'), JSON.stringify(spring));
    const twoFiles = ['spring.scenario.json', 'other.scenario.json', ...SET, '--replications', '60'];
    const both = await askInProcess(folder, 'compare', ...twoFiles, '--replications', '1');
    expect(both.out).toMatch(/ {2}streak: only in spring\.scenario\.json\n {2}run: only in other\.scenario\.json\n/);
    const lacks = await askInProcess(folder, 'compare', ...twoFiles, '--until-decided', 'streak:awarded');
    expect([lacks.code, lacks.error]).toEqual([
      1,
      expect.stringContaining('other.scenario.json: The scenario has no badge “streak”; its badges are run.'),
    ]);
  });
});
