import { describe, expect, test } from 'vitest';
import { mutantsOf, planted } from '../../scripts/mutation/mutators.mjs';
import { regionAt, regionsOf, withProbes } from '../../scripts/mutation/probes.mjs';
import { sampleOf, type PlacedMutant } from '../../scripts/mutation/sample.mjs';

/** Every text that mutants make of this one. */
const made = (text: string): string[] => mutantsOf(text).map((mutant) => planted(text, mutant));

describe('mutants', () => {
  test.each([
    ['const UNITS = [DAYS, WEEKS, MONTHS];', ['const UNITS = [];', 'const UNITS = [WEEKS, DAYS, MONTHS];']],
    ['wait(seconds * 1000);', [';', 'wait(seconds / 1000);', 'wait(seconds * 0);']],
    ['const status = 401;', ['const status = 402;']],
    ['const start = now - margin;', ['const start = now + margin;']],
    ['rate.closeFor(pause);', [';']],
    ['const x: 1 | "a" = y;', []],
    ["throw new Error('never');", []],
    ["log.warn({ job }, 'late');", []],
    ['const at = { kind: "a" };', ['const at = {};', "const at = { kind: '' };"]],
    ['const word = kind.toString();', []],
    ['const some = list.filter(isOpen);', ['const some = list;']],
    ['const first = a?.b;', ['const first = a.b;']],
    ['const id = /^[a-z]$/;', ['const id = /[a-z]$/;', 'const id = /^[a-z]/;', 'const id = /^[^a-z]$/;']],
    [
      'const rows = `SELECT key FROM jobs WHERE at < ? ORDER BY at DESC`;',
      [
        'const rows = `SELECT key FROM jobs WHERE at <= ? ORDER BY at DESC`;',
        'const rows = `SELECT key FROM jobs WHERE at < ? ORDER BY at ASC`;',
      ],
    ],
  ])('%s', (text, expected) => {
    expect(made(text)).toEqual(expected);
  });
});

const orders = (text: string): string[] =>
  mutantsOf(text).flatMap(({ mutator, replacement }) => (mutator === 'order' ? [replacement] : []));

test.each<[string, string[]]>([
  ['const few = new Set([a, b]); if (few.has(c)) go();', []],
  ['const few: readonly string[] = [a, b] as const; few.includes(c);', []],
  ['const few = new Map([a, b]); few.get(c);', []],
  ['const few = new Set([a, b]); for (const one of few) go(one);', ['[b, a]']],
  ['const few = new Set([a, b]); few.has(c); go(few);', ['[b, a]']],
  ['export const few = new Set([a, b]); few.has(c);', ['[b, a]']],
  ['const few = new Set([a, b]);', ['[b, a]']],
  ['go(new Set([a, b]));', ['[b, a]']],
])('an order that nobody can tell is left as it is: %s', (text, expected) => {
  expect(orders(text)).toEqual(expected);
});

test.each<[string, string[]]>([
  ['list.sort((a, b) => a.n - b.n || (a.id < b.id ? 1 : -1))', []],
  ['list.toSorted((a, b) => (a < b ? -1 : 1))', []],
  ['list.map((a, b) => (a < b ? 1 : 3))', ['2', '4']],
  ['list.sort((a, b) => by(a, 1))', ['2']],
])('of a comparison only the sign counts: %s', (text, expected) => {
  const numbers = mutantsOf(text).filter(({ mutator }) => mutator === 'number');
  expect(numbers.map(({ replacement }) => replacement)).toEqual(expected);
});

test('a query is asked otherwise, with what it takes for that', () => {
  const head = "import { eq } from 'drizzle-orm';\n";
  const asked = (text: string): string[] => made(head + text).map((each) => each.slice(head.length).trim());
  expect(asked('from(jobs).where(eq(jobs.key, key)).limit(9);')).toEqual([
    ';',
    'from(jobs).where(eq(jobs.key, key));',
    'from(jobs).limit(9);',
    "from(jobs).where(ne$(jobs.key, key)).limit(9);\nimport { ne as ne$ } from 'drizzle-orm';",
    'from(jobs).where(eq(jobs.key, key)).limit(10);',
  ]);
  expect(asked('const late = sql`${jobs.at} < ${now}`;')).toEqual(['const late = sql`${jobs.at} <= ${now}`;']);
  expect(made('from(jobs).leftJoin(rows);')).toEqual([';']);
});

test('probes stand in every function and move no line', () => {
  const text = 'export const double = (n: number) => n * 2;\nfunction go(): void {\n  run(() => ({ a: 1 }));\n}\n';
  const probed = withProbes(text, 'a.ts');
  expect(probed.split('\n').slice(0, 4)).toEqual([
    'export const double = (n: number) => (__reach(1), n * 2);',
    'function go(): void {__reach(2);',
    '  run(() => (__reach(3), ({ a: 1 })));',
    '}',
  ]);
  const regions = regionsOf(text);
  expect(['export', 'n * 2', 'run(', '{ a', '}\n'].map((part) => regionAt(regions, text.indexOf(part)))).toEqual([
    0, 1, 2, 3, 2,
  ]);
});

test('a sample depends on the seed and on what a mutant is, not on the others', () => {
  const mutants = Array.from({ length: 100 }, (_, index) => ({ key: `mutant ${index}` })) as PlacedMutant[];
  const keys = (drawn: readonly PlacedMutant[]): string[] => drawn.map(({ key }) => key);
  const drawn = keys(sampleOf(mutants, 1, 20));
  expect(keys(sampleOf([...mutants].reverse(), 1, 20))).toEqual(drawn);
  expect(keys(sampleOf(mutants.slice(0, 50), 1, 100)).filter((key) => drawn.includes(key))).toEqual(
    drawn.filter((key) => Number(key.split(' ')[1]) < 50),
  );
  expect(keys(sampleOf(mutants, 2, 20))).not.toEqual(drawn);
});
