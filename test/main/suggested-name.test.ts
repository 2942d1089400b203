import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { suggestedName } from '../../electron/main/suggested-name';

describe('the name that a save dialog proposes', () => {
  test.each([
    ['Ten visits at Acme.csv', 'Ten visits at Acme.csv'],
    ['a/b\\c:d*e?"f<g>h|i.plan.json', 'a-b-c-d-e--f-g-h-i.plan.json'],
    ['../../etc/passwd', '-..-etc-passwd'],
    ['.hidden.csv', 'hidden.csv'],
    [' a . ', 'a'],
    ['', 'laurel.csv'],
    ['...', 'laurel.csv'],
    ['CON.csv', 'CON-.csv'],
    ['nul', 'nul-'],
    ['com1.badge.json', 'com1-.badge.json'],
    ['console.csv', 'console.csv'],
    ['a\u202egpj.csv', 'a-gpj.csv'],
    ['a\u0000b\nc.csv', 'a-b-c.csv'],
    ['مرحبا.csv', 'مرحبا.csv'],
    ['v1.2 of a thing.csv', 'v1.2 of a thing.csv'],
  ])('%j is %j', (suggested, name) => {
    expect(suggestedName(suggested)).toBe(name);
  });

  test('is cut between letters where it is too long, and keeps its ending', () => {
    const long = suggestedName(`${'ü'.repeat(400)}.scenario.json`);
    expect(long).toBe(`${'ü'.repeat(93)}.scenario.json`);
    expect(suggestedName(`${'👨‍👩‍👧'.repeat(40)}.csv`)).toBe(`${'👨‍👩‍👧'.repeat(10)}.csv`);
  });

  test('is always one that a file system takes', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 400 }),
        fc.constantFrom('', '.csv', '.plan.json'),
        (stem, ending) => {
          const name = suggestedName(stem + ending);
          expect(Buffer.byteLength(name)).toBeLessThanOrEqual(201);
          expect(name).not.toMatch(/[<>:"/\\|?*]|^[. ]|[. ]$|^$/);
          expect(suggestedName(name)).toBe(name);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
