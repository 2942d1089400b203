/** What an org says of its badges' awards, day by day: what is kept, what is given up, and for how long. */
import Database from 'better-sqlite3';
import { beforeEach, expect, test } from 'vitest';
import type { Workspace } from '../../../db/workspace/workspace';
import { DAY, instantOf } from '../../../shared/domain/instant';
import { testWorkspace, type TestWorkspace } from './open-workspace';

const at = (text: string) => instantOf(text);
/** A Monday. */
const FIRST = at('2026-01-05T06:00:00Z');

let workspace: TestWorkspace;
let here: Workspace;
let org = 0;
let elsewhere = 0;

beforeEach(async () => {
  workspace = await testWorkspace();
  here = workspace.current;
  const connection = {
    ...{ baseUrl: 'https://org.example', kind: 'test' as const, timeZone: 'UTC', chunkSize: 1, parallel: 1 },
    ...{ perSecond: 1, auth: 'basic' as const, account: '', secretId: 'a' },
  };
  org = here.connections.add({ ...connection, name: 'Org' }).key;
  elsewhere = here.connections.add({ ...connection, name: 'Elsewhere' }).key;
});

const badge = (remoteId: string, awards: number, name = remoteId) => ({ remoteId, name, awards });
const rows = (table: string): number => {
  const file = new Database(workspace.file, { readonly: true });
  try {
    return file.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number;
  } finally {
    file.close();
  }
};

test('of a badge and a day the last answer is kept, for each org by itself', () => {
  const { counts } = here;
  counts.note(org, at('2026-01-05T06:00:00Z'), [badge('a', 3), badge('b', 0)]);
  counts.note(org, at('2026-01-05T18:00:00Z'), [badge('a', 5)]);
  // A clock that was put back says nothing of what was heard later.
  counts.note(org, at('2026-01-05T12:00:00Z'), [badge('a', 4)]);
  counts.note(elsewhere, at('2026-01-05T20:00:00Z'), [badge('a', 70)]);
  counts.note(org, at('2026-01-06T00:00:00Z'), [badge('a', 6)]);
  const later = at('2026-02-01T00:00:00Z');
  expect(counts.before(org, 'a', later)).toEqual([
    { readOn: at('2026-01-05T18:00:00Z'), awards: 5 },
    { readOn: at('2026-01-06T00:00:00Z'), awards: 6 },
  ]);
  expect(counts.before(org, 'a', at('2026-01-06T23:00:00Z')).map(({ awards }) => awards)).toEqual([5]);
  expect(counts.before(org, 'b', later).map(({ awards }) => awards)).toEqual([0]);
  expect(counts.before(elsewhere, 'a', later).map(({ awards }) => awards)).toEqual([70]);
  expect(counts.before(org, 'c', later)).toEqual([]);
});

test('of what is longer ago than a quarter one count a week is left, also where weeks passed without one', () => {
  const { counts } = here;
  const days = [...Array.from({ length: 120 }, (_, day) => day), 300, 301];
  for (const day of days) counts.note(org, FIRST + day * DAY, [badge('a', day)]);
  const kept = counts.before(org, 'a', FIRST + 1_000 * DAY).map(({ awards }) => awards);
  // Sundays alone of the first four months, the last of which has none, and the two since.
  const sundays = Array.from({ length: 17 }, (_, week) => 6 + 7 * week);
  expect(kept).toEqual([...sundays, 119, 300, 301]);
});

test('two years of a thousand badges, heard of every day, are some hundred rows each', () => {
  const { counts } = here;
  for (let day = 0; day < 730; day += 1) counts.note(org, FIRST + day * DAY, [badge('a', day), badge('b', day)]);
  expect(counts.before(org, 'a', FIRST + 730 * DAY)).toHaveLength(183);
  expect([rows('award_counts'), rows('counted_badges')]).toEqual([366, 2]);
});

test('another badge that had the name is found, and what is kept goes with its connection', () => {
  const { counts, connections } = here;
  counts.note(org, FIRST, [badge('old', 40, 'Visits'), badge('other', 1)]);
  expect(counts.namesake(org, 'old', 'Visits')).toBeNull();
  counts.note(org, FIRST + DAY, [badge('new', 2, 'Visits')]);
  expect(counts.namesake(org, 'new', 'Visits')).toEqual({ readOn: FIRST, awards: 40 });
  expect(counts.namesake(elsewhere, 'new', 'Visits')).toBeNull();
  // One that is called otherwise now is no namesake.
  counts.note(org, FIRST + 2 * DAY, [badge('old', 41, 'Visits of old')]);
  expect(counts.namesake(org, 'new', 'Visits')).toBeNull();
  counts.note(elsewhere, FIRST, [badge('a', 1)]);
  counts.forget(org);
  expect([counts.before(org, 'old', FIRST + 9 * DAY), rows('award_counts')]).toEqual([[], 1]);
  connections.delete(elsewhere);
  expect([rows('award_counts'), rows('counted_badges')]).toEqual([0, 0]);
});
