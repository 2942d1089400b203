import { once } from 'node:events';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { writeArt } from '../../shared/art/art-text';
import { startingDesign } from '../../shared/art/designs';
import { temporaryFolder } from '../db/temporary-folder';
import { at, figuresOf, wordsOf } from '../report/read-report';
import { bundleCommandLine } from '../setup/command-line-once';
import { askInProcess, laurel, startLaurel } from './command-line';

beforeAll(bundleCommandLine);

const FIXTURES = path.join(import.meta.dirname, '..', 'fixtures', 'scenarios');
const SMALL = ['--set', 'customers.segments.0.size=300', '--set', 'customers.segments[1].size=100'];
const CAP = 'badges.0.badge.badgeConstraints.0.maxEarnLimit=40';

function scenarioFolder(): string {
  const folder = temporaryFolder();
  cpSync(FIXTURES, folder, { recursive: true });
  return folder;
}

test('a scenario becomes one page with its versions, which says how to make it again', async () => {
  const folder = scenarioFolder();
  const read = (name: string): string => readFileSync(path.join(folder, name), 'utf8');
  const args = ['spring.scenario.json', ...SMALL, '--replications', '3', '--variant', CAP, '--brand-colour', '#AA0000'];
  const end = await laurel(folder, 'report', ...args, '--out', 'a.html', '--json');
  expect(end.code, end.error).toBe(0);
  const told = JSON.parse(end.out) as { schema: string; written: string; answer: string; versions: { seed: number }[] };
  expect(told).toMatchObject({ schema: 'laurel/report@1', written: 'a.html', format: 'html' });
  expect(told.versions).toHaveLength(2);
  const page = read('a.html');
  expect(wordsOf(page)).toContain(told.answer);
  expect(page).toContain('--brand:#aa0000');
  const again =
    `laurel simulate spring.scenario.json --json ${SMALL.join(' ')} --set ${CAP} --seed 7 --replications 3`.replace(
      'customers.segments[1].size=100',
      "'customers.segments[1].size=100'",
    );
  expect(wordsOf(page)).toContain(again);
  // Those lines give the very numbers of the page.
  const run = await askInProcess(
    folder,
    'simulate',
    'spring.scenario.json',
    '--json',
    ...SMALL,
    '--set',
    CAP,
    '--replications',
    '3',
  );
  const second = figuresOf(page).filter(({ version, path: place }) => version === 1 && place !== null);
  expect(second.length).toBeGreaterThan(4);
  for (const { value, path: place } of second) expect(at(JSON.parse(run.out), place!)).toBe(value);
  // The same bytes each time, in German too, as a whole other page.
  const more = await askInProcess(folder, 'report', ...args, '--out', 'a.html', '--json');
  expect([more.out, read('a.html')]).toEqual([end.out, page]);
  expect((await askInProcess(folder, 'report', ...args, '--out', 'b.html', '--language', 'de')).code).toBe(0);
  expect(read('b.html')).toContain('<html lang="de">');
});

test('a result is told alone, and with its scenario only where it is of that', async () => {
  const folder = scenarioFolder();
  const run = await askInProcess(
    folder,
    'simulate',
    'spring.scenario.json',
    '--out',
    '.',
    ...SMALL,
    '--replications',
    '2',
  );
  expect(run.code).toBe(0);
  const report = (...args: string[]) =>
    askInProcess(folder, 'report', 'spring.result.json', '--out', 'r.html', ...args);
  expect((await report()).code).toBe(0);
  const page = readFileSync(path.join(folder, 'r.html'), 'utf8');
  expect(wordsOf(page)).toContain('The result file holds no assumptions.');
  expect((await report('--scenario', 'spring.scenario.json', ...SMALL)).code).toBe(0);
  const whole = readFileSync(path.join(folder, 'r.html'), 'utf8');
  expect(wordsOf(whole)).toContain('400 customers in 2 segments');
  const other = await report('--scenario', 'spring.scenario.json');
  expect([other.code, other.error]).toEqual([1, expect.stringContaining('is not the result of spring.scenario.json')]);
  expect(readFileSync(path.join(folder, 'r.html'), 'utf8')).toBe(whole);
});

test('what cannot be a report is refused in words, and nothing is written', async () => {
  const folder = scenarioFolder();
  writeFileSync(path.join(folder, 'half.result.json'), '{"schema":"laurel/result@1"}');
  writeFileSync(path.join(folder, 'logo.svg'), '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>');
  const before = readFileSync(path.join(folder, 'spring.scenario.json'), 'utf8');
  for (const [args, code, words] of [
    [['spring.scenario.json', '--out', 'x.doc'], 2, '.html or .pdf'],
    [['spring.scenario.json'], 2, '--out'],
    [['spring.scenario.json', '--out', 'x.html', '--brand-colour', 'red'], 2, '#1a7f50'],
    [['spring.scenario.json', '--out', 'x.html', '--language', 'fr'], 2, 'en or de'],
    [['spring.scenario.json', '--out', 'x.html', '--logo', 'logo.svg'], 1, 'holds <script>'],
    [
      ['spring.scenario.json', '--out', 'x.html', '--logo', 'none.svg'],
      1,
      'there is no such file. Nothing was written.',
    ],
    [['half.result.json', '--out', 'x.html'], 1, 'no whole result'],
    [['none.json', '--out', 'x.html'], 1, 'cannot be read'],
    [['spring.scenario.json', '--out', 'no/x.html'], 1, 'no'],
    [['half.result.json', '--out', 'x.html', '--variant', 'seed'], 2, 'PATH=VALUE'],
  ] as const) {
    const end = await askInProcess(folder, 'report', ...args);
    expect([end.code, end.error], args.join(' ')).toEqual([code, expect.stringContaining(words)]);
    expect(end.error).not.toMatch(/\n\s+at /);
    expect(existsSync(path.join(folder, 'x.html'))).toBe(false);
  }
  cpSync(path.join(folder, 'spring.scenario.json'), path.join(folder, 'spring.html'));
  const over = await askInProcess(folder, 'report', 'spring.html', '--out', 'spring.html');
  expect([over.code, readFileSync(path.join(folder, 'spring.html'), 'utf8')]).toEqual([1, before]);
  // Where no runtime is there, a PDF is refused before anything is run.
  const child = startLaurel(folder, { LAUREL_RUNTIME: '/nowhere' }, 'report', 'spring.scenario.json', '--out', 'x.pdf');
  expect(await once(child, 'close')).toEqual([1, null]);
  expect(existsSync(path.join(folder, 'x.pdf'))).toBe(false);
});

test('a badge that a scenario takes from a file has the picture of the design beside that file; one that is broken is said', async () => {
  const folder = scenarioFolder();
  const at = path.join(folder, 'art.scenario.json');
  const spring = JSON.parse(readFileSync(path.join(folder, 'spring.scenario.json'), 'utf8')) as { badges: object[] };
  const [first] = spring.badges as [{ badge: unknown }];
  const body =
    typeof first.badge === 'string'
      ? readFileSync(path.join(folder, first.badge), 'utf8')
      : JSON.stringify(first.badge);
  writeFileSync(path.join(folder, 'gem.badge.json'), body);
  writeFileSync(path.join(folder, 'gem.badge-art.json'), writeArt(startingDesign('gem', 'Gem')));
  writeFileSync(at, JSON.stringify({ ...spring, badges: [{ ...first, badge: 'gem.badge.json' }] }));
  const args = ['report', 'art.scenario.json', ...SMALL, '--replications', '1', '--out', 'a.html'];
  const end = await laurel(folder, ...args);
  expect(end.code, end.error).toBe(0);
  expect(readFileSync(path.join(folder, 'a.html'), 'utf8')).toContain(
    '<img class="picture" alt="" src="data:image/svg',
  );
  writeFileSync(path.join(folder, 'gem.badge-art.json'), '{}');
  const broken = await askInProcess(folder, ...args);
  expect(broken.code).toBe(0);
  expect(broken.error).toContain('gem.badge-art.json');
  expect(broken.error).toContain('The report has no picture of that badge.');
  expect(readFileSync(path.join(folder, 'a.html'), 'utf8')).not.toContain('class="picture"');
});
