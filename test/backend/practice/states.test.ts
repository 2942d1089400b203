import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openOrgInState, PracticeOrg } from '../../../electron/backend/practice/org';
import type { SavedState } from '../../../electron/backend/practice/states/saved-state';
import {
  readState,
  readStateFile,
  textOfState,
  writeStateFile,
} from '../../../electron/backend/practice/states/state-file';
import { instantOf } from '../../../shared/domain/instant';
import { HttpGateway } from '../../conformance/http-gateway';
import { fillIn } from '../../conformance/judge';
import { temporaryFolder } from '../../db/temporary-folder';
import { FIRST_INSTANT, history } from './random-calls';
import { CREDENTIALS, serve, type Served } from './serve';
import { atLength } from '../../setup/length';

const FIXTURE = path.resolve('test/fixtures/practice-states/every-table.practice-state.json');
const textOf = (state: SavedState): string => [...textOfState(state)].join('');

let one: Served;
let other: Served;
beforeAll(async () => {
  one = await serve();
  other = await serve();
});
afterAll(async () => {
  expect([...one.failures, ...other.failures]).toEqual([]);
  await one.stop();
  await other.stop();
});

test('an org that was saved, written, read and restored answers every further call as the first one does', async () => {
  const first = new HttpGateway(one.url, CREDENTIALS);
  const second = new HttpGateway(other.url, CREDENTIALS);
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(history, fc.nat(39), async ({ given, calls }, at) => {
      const seen: string[] = [];
      const saved = (): Record<string, unknown> =>
        Object.fromEntries(Array.from({ length: 31 }, (_, index) => [String(index), seen[index] ?? 'unseen']));
      await first.give(given);
      let seconds = FIRST_INSTANT;
      for (const [index, { wait, call }] of calls.entries()) {
        if (index === at % calls.length) other.org.restore(readState(textOf(one.org.saved('half way')), 'half way'));
        seconds += wait;
        const now = new Date(seconds * 1000).toISOString();
        await first.setClock(now);
        const filled = fillIn(call, saved());
        const expected = await first.call(filled);
        for (const [id] of JSON.stringify(expected.body).matchAll(/[0-9a-f]{24}/g)) {
          if (!/^0{22}|^f{24}$/.test(id) && !seen.includes(id)) seen.push(id);
        }
        if (index < at % calls.length) continue;
        await second.setClock(now);
        expect(await second.call(filled)).toEqual(expected);
        compared += 1;
      }
    }),
    { numRuns: Number(process.env['LAUREL_RUNS'] ?? atLength(15, 40)) },
  );
  expect(compared).toBeGreaterThan(atLength(80, 300));
});

describe('a state file', () => {
  test('of the first version has rows in every table, and is opened by every later one', async () => {
    const state = readStateFile(FIXTURE);
    expect(state).toMatchObject({ name: 'Every table', clock: instantOf('2026-03-10T12:00:00Z') });
    for (const { name, rows } of state.org.tables) expect(rows.length, name).toBeGreaterThan(0);
    const org = await openOrgInState(state);
    onTestFinished(() => org.close());
    expect(org.listing.totals()).toEqual({ badges: 2, claims: 1, enrolments: 2, awards: 3 });
    expect(org.now()).toBe(instantOf('2026-03-10T12:00:00Z'));
    // What is saved again is the same to the byte, but for when.
    expect(textOf({ ...org.saved('Every table'), savedOn: state.savedOn })).toBe(readFileSync(FIXTURE, 'utf8'));
  });

  test('is written whole, and read as it was written', async () => {
    const org = await PracticeOrg.open({ file: null, settings: { zone: 'Asia/Kolkata' }, now: null });
    onTestFinished(() => org.close());
    const file = path.join(temporaryFolder(), 'Äpfel 🍏.practice-state.json');
    const state = org.saved('Äpfel 🍏');
    await writeStateFile(file, state);
    expect(readStateFile(file)).toEqual(state);
  });

  const fixture = readFileSync(FIXTURE, 'utf8');
  test.each([
    ['no JSON', fixture.slice(0, -20), 'invalid-input', /is no state of a practice org: .*Nothing was changed/],
    ['another document', '{"schema":"laurel/plan@1"}', 'invalid-input', /is no state of a practice org/],
    ['a list', '[]', 'invalid-input', /is no state of a practice org/],
    ['a newer schema', fixture.replace('state@1', 'state@2'), 'database-newer', /A newer Laurel saved the state x/],
    ['an unknown field', fixture.replace('"savedOn"', '"savedAt"'), 'invalid-input', /is broken at savedOn|at \./],
    ['a date that is none', fixture.replace(/"clock": "[^"]*"/, '"clock": "soon"'), 'invalid-input', /broken at clock/],
    [
      'a switch that is none',
      fixture.replace('"weeklyCycles": "weekday"', '"weeklyCycles": "moon"'),
      'invalid-input',
      /broken at settings\.weeklyCycles/,
    ],
    ['a setting nobody knows', fixture.replace('"zone"', '"zona"'), 'invalid-input', /broken at settings\.zona/],
    ['half a number', fixture.replace('100,', '100.5,'), 'invalid-input', /broken at org\.tables\.org, row 1/],
  ])('that is broken is refused in words: %s', (_, text, code, words) => {
    expect(text).not.toBe(fixture);
    expect(() => readState(text, 'x')).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(words) as string }) as Error,
    );
  });

  const without = (table: string): SavedState => {
    const state = readState(fixture, 'x');
    return { ...state, org: { ...state.org, tables: state.org.tables.filter(({ name }) => name !== table) } };
  };
  const changed = (table: string, change: (rows: readonly unknown[][]) => unknown): SavedState => {
    const state = readState(fixture, 'x');
    return {
      ...state,
      org: {
        ...state.org,
        tables: state.org.tables.map((each) =>
          each.name === table ? ({ ...each, rows: change(each.rows as unknown[][]) } as typeof each) : each,
        ),
      },
    };
  };
  const newerOrg = (): SavedState => {
    const state = readState(fixture, 'x');
    return { ...state, org: { ...state.org, version: 99 } };
  };
  test.each([
    ['tables of a newer Laurel', newerOrg(), 'database-newer', /newer Laurel/],
    ['a table too few', without('claims'), 'invalid-input', /its table claims is missing/],
    [
      'a cell too few',
      changed('claims', (rows) => rows.map((row) => row.slice(1))),
      'invalid-input',
      /row 1 of claims/,
    ],
    ['a value twice', changed('groups', (rows) => [...rows, ...rows]), 'invalid-input', /row 2 of groups/],
    ['no org', changed('org', () => []), 'invalid-input', /row 1 of org/],
    [
      'a text for a number',
      changed('awards', (rows) => rows.map((row) => row.with(2, 'nine'))),
      'invalid-input',
      /customer_id in row 1 of awards/,
    ],
    [
      'a record of a badge that is not there',
      changed('enrolments', (rows) => rows.map((row) => row.with(1, 77))),
      'invalid-input',
      /badge_key in row 1 of enrolments/,
    ],
    [
      'a badge without rules',
      changed('definitions', (rows) => rows.map((row) => row.with(2, '{}'))),
      'invalid-input',
      /the badge [0-9a-f]{24} cannot be read/,
    ],
  ])('whose content cannot be used is refused, and the org stays as it was: %s', async (_, state, code, words) => {
    const org = await openOrgInState(readState(fixture, 'x'));
    onTestFinished(() => org.close());
    const before = textOf({ ...org.saved('x'), savedOn: 0 });
    expect(() => org.restore(state)).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(words) as string }) as Error,
    );
    expect(textOf({ ...org.saved('x'), savedOn: 0 })).toBe(before);
  });
});
