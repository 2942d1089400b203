/** What is kept of live badges and of the drafts they are tied to, query by query: what fits, what does not, in what order. */
import Database from 'better-sqlite3';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Snapshot } from '../../../db/workspace/snapshots';
import type { Workspace } from '../../../db/workspace/workspace';
import { goodBody, NOW, testWorkspace, type TestWorkspace } from './open-workspace';

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

const draft = (name: string): { id: string; key: number; revision: number; body: string } =>
  here.drafts.get(workspace.create(goodBody({ name })));
const snapshot = (remoteId: string, changes: Partial<Snapshot> = {}): Snapshot => ({
  ...{ remoteId, name: remoteId, seenOn: NOW, updatedOn: null, rowDigest: `digest ${remoteId}`, meaning: null },
  ...{ claims: [], defaultTill: null, body: '{}' },
  ...changes,
});
const tie = (badgeKey: number, remoteId: string, connection = org, now = NOW): void =>
  here.sync.put(connection, { badgeKey, remoteId, baseMeaning: null, syncedOn: now }, now);
const pushedOn = (key: number): unknown => {
  const file = new Database(workspace.file, { readonly: true });
  try {
    return file.prepare('SELECT pushed_on FROM badges WHERE key = ?').pluck().get(key);
  } finally {
    file.close();
  }
};
const lines = (problems: 'problems' | 'problems_past_allowed' = 'problems', connection = org): unknown[] =>
  here.sync.lines(connection, problems).map(({ name, badgeId, remoteId }) => [name, badgeId !== null, remoteId]);

describe('live badges as they were seen', () => {
  test('are kept for each connection, found by id and by name, changed and removed with their tie', () => {
    const { snapshots, sync } = here;
    const claims = [{ ownerType: 'Loyalty', referenceId: '626' }];
    const first = snapshot('r1', { name: 'One', updatedOn: 5, claims, defaultTill: 9, body: '{"a":1}' });
    snapshots.put(org, first);
    snapshots.put(org, snapshot('r2', { name: 'Two' }));
    snapshots.put(elsewhere, snapshot('r1', { name: 'Elsewhere' }));
    snapshots.put(elsewhere, snapshot('r3', { name: 'One' }));
    expect(snapshots.find(org, 'r1')).toEqual(first);
    expect(snapshots.find(elsewhere, 'r1')?.name).toBe('Elsewhere');
    expect(snapshots.find(org, 'r3')).toBeUndefined();
    const named = (connection: number, name: string) => snapshots.named(connection, name)?.remoteId;
    expect([named(org, 'One'), named(elsewhere, 'One'), named(org, 'Elsewhere'), named(org, 'one')]).toEqual([
      ...['r1', 'r3', undefined, undefined],
    ]);
    expect([...snapshots.marks(org)]).toEqual([
      ['r1', { remoteId: 'r1', rowDigest: 'digest r1', updatedOn: 5, seenOn: NOW }],
      ['r2', { remoteId: 'r2', rowDigest: 'digest r2', updatedOn: null, seenOn: NOW }],
    ]);
    snapshots.seen(org, 'r1', NOW + 7);
    const seenOn = (connection: number, id: string) => snapshots.find(connection, id)?.seenOn;
    expect([seenOn(org, 'r1'), seenOn(org, 'r2'), seenOn(elsewhere, 'r1')]).toEqual([NOW + 7, NOW, NOW]);
    const changed = snapshot('r1', { name: 'Changed', seenOn: NOW + 8, rowDigest: 'other', body: '{"b":2}' });
    snapshots.put(org, changed);
    expect([snapshots.find(org, 'r1'), snapshots.marks(org).size]).toEqual([changed, 2]);
    const [one, two] = [draft('a'), draft('b')];
    tie(one.key, 'r1');
    tie(two.key, 'r2');
    tie(one.key, 'r1', elsewhere);
    snapshots.remove(org, ['r1']);
    expect([...snapshots.marks(org).keys(), ...snapshots.marks(elsewhere).keys()]).toEqual(['r2', 'r1', 'r3']);
    expect([
      sync.ofRemote(org, 'r1'),
      sync.ofRemote(org, 'r2')?.badgeKey,
      sync.ofRemote(elsewhere, 'r1')?.badgeKey,
    ]).toEqual([undefined, two.key, one.key]);
  });

  test('go with their connection', () => {
    here.snapshots.put(org, snapshot('r1'));
    here.snapshots.put(elsewhere, snapshot('r1'));
    tie(draft('a').key, 'r1');
    here.connections.delete(org);
    expect([here.snapshots.marks(org).size, here.sync.ofRemote(org, 'r1')]).toEqual([0, undefined]);
    expect(here.snapshots.marks(elsewhere).size).toBe(1);
  });
});

describe('ties', () => {
  test('replace whatever either side was tied to, within their connection', () => {
    const { sync } = here;
    const [a, b, c] = [draft('a'), draft('b'), draft('c')];
    const ties = (connection = org): unknown[] =>
      [a, b, c].map(({ key }) => sync.find(connection, key)?.remoteId ?? null);
    tie(a.key, 'r1');
    tie(b.key, 'r2');
    tie(c.key, 'r3');
    tie(a.key, 'r1', elsewhere);
    expect(ties()).toEqual(['r1', 'r2', 'r3']);
    // The draft gives up r1, and r2 its draft.
    tie(a.key, 'r2');
    expect([ties(), ties(elsewhere)]).toEqual([
      ['r2', null, 'r3'],
      ['r1', null, null],
    ]);
    expect([sync.ofRemote(org, 'r1'), sync.ofRemote(org, 'r2')?.badgeKey]).toEqual([undefined, a.key]);
    sync.rebase(org, a.key, 'agreed', NOW + 5);
    const at = (connection: number, key: number): unknown => sync.find(connection, key)?.syncedOn;
    expect([at(org, a.key), at(org, c.key), at(elsewhere, a.key)]).toEqual([NOW + 5, NOW, NOW]);
  });

  test('mark a draft as pushed once', () => {
    const [a, b] = [draft('a'), draft('b')];
    tie(a.key, 'r1', org, NOW + 1);
    tie(a.key, 'r2', org, NOW + 2);
    expect([pushedOn(a.key), pushedOn(b.key)]).toEqual([NOW + 1, null]);
  });

  test('a draft that was deleted is not alive, and comes back with its tie', () => {
    const [a, b] = [draft('a'), draft('b')];
    tie(a.key, 'r1');
    here.removal.delete([a.id], workspace.now());
    expect([a, b].map(({ key }) => here.sync.isAlive(key))).toEqual([false, true]);
    expect(here.sync.isAlive(99)).toBe(false);
    expect(here.sync.ofRemote(org, 'r1')?.badgeKey).toBe(a.key);
    here.removal.undelete([a.id]);
    expect(here.sync.isAlive(a.key)).toBe(true);
  });

  test('are made by name only where exactly one draft has it, and neither is tied or deleted', () => {
    const { sync, snapshots, connections } = here;
    const [one, twice, again, deleted, tied, other, left] = [
      ...['One', 'Twice', 'Twice', 'Deleted', 'Tied', 'Other', 'Left'].map(draft),
    ] as [ReturnType<typeof draft>, ...ReturnType<typeof draft>[]];
    const gone = draft('Left');
    here.removal.delete([deleted!.id, gone.id], workspace.now());
    for (const name of ['One', 'Twice', 'Deleted', 'Tied', 'Taken', 'Left', 'Unknown']) {
      snapshots.put(org, snapshot(`live ${name}`, { name }));
    }
    snapshots.put(elsewhere, snapshot('away One', { name: 'Other' }));
    // The draft “Tied” belongs to another live badge, and the live badge “Taken” to another draft.
    tie(tied!.key, 'live Unknown');
    tie(other!.key, 'live Taken');
    const taken = draft('Taken');
    connections.pulled(org, NOW + 3, {});
    sync.linkByName(org);
    const all = [one, twice!, again!, deleted!, tied!, other!, left!, gone, taken];
    expect(all.map(({ key }) => sync.find(org, key)?.remoteId ?? null)).toEqual([
      ...['live One', null, null, null, 'live Unknown', 'live Taken', 'live Left', null, null],
    ]);
    expect(all.map(({ key }) => sync.find(elsewhere, key))).toEqual(all.map(() => undefined));
    expect(sync.find(org, one.key)).toEqual({
      ...{ badgeKey: one.key, remoteId: 'live One', baseMeaning: null, syncedOn: null },
    });
    expect([one, left!, tied!, taken].map(({ key }) => pushedOn(key))).toEqual([NOW + 3, NOW + 3, NOW, null]);
  });
});

describe('the comparison', () => {
  test('has every draft and every live badge of a connection once, by name', () => {
    const [a, b, gone] = [draft('bravo'), draft('Álpha'), draft('gone')];
    for (const name of ['charlie', 'Bravo live', 'Delta', 'gone live']) {
      here.snapshots.put(org, snapshot(name, { name, defaultTill: 4, meaning: null }));
    }
    here.snapshots.put(elsewhere, snapshot('away', { name: 'away' }));
    tie(a.key, 'Bravo live');
    tie(gone.key, 'gone live');
    tie(b.key, 'away', elsewhere);
    here.removal.delete([gone.id], workspace.now());
    expect(lines()).toEqual([
      ...[
        ['Álpha', true, null],
        ['bravo', true, 'Bravo live'],
        ['charlie', false, 'charlie'],
      ],
      ...[
        ['Delta', false, 'Delta'],
        ['gone live', false, 'gone live'],
      ],
    ]);
    expect(lines('problems', elsewhere)).toEqual([
      ['Álpha', true, 'away'],
      ['bravo', true, null],
    ]);
    const [, tied, , live] = here.sync.lines(org, 'problems');
    expect(tied).toMatchObject({ badgeKey: a.key, badgeId: a.id, problems: 0, defaultTill: 4, syncedOn: NOW });
    expect(live).toMatchObject({ badgeKey: null, badgeId: null, problems: 0, defaultTill: 4, syncedOn: null });
  });

  test('counts problems as the past is allowed or not, and a shared name', () => {
    workspace.create(goodBody({ name: 'past', startOn: '2020-01-01T00:00:00Z' }));
    workspace.create(goodBody({ name: 'good' }));
    for (const _ of [1, 2]) workspace.create(goodBody({ name: 'shared' }));
    const problems = (column: 'problems' | 'problems_past_allowed'): unknown[] =>
      here.sync.lines(org, column).map((line) => [line.name, line.problems]);
    expect(problems('problems')).toEqual([
      ['good', 0],
      ['past', 1],
      ['shared', 1],
      ['shared', 1],
    ]);
    expect(problems('problems_past_allowed')).toEqual([
      ['good', 0],
      ['past', 0],
      ['shared', 1],
      ['shared', 1],
    ]);
  });
});

describe('what drafts mean', () => {
  test('is worked out once for each revision, so many at a time, of those that are not deleted', () => {
    const { sync } = here;
    const [a, , gone] = [draft('a'), draft('b'), draft('c')];
    expect(sync.staleCount()).toBe(3);
    const meaning = sync.meaningOfDraft(a);
    expect([sync.staleCount(), sync.meaningOfDraft(a)]).toEqual([2, meaning]);
    expect(here.sync.lines(org, 'problems').map((line) => line.draftMeaning)).toEqual([meaning, null, null]);
    here.removal.delete([gone.id], workspace.now());
    expect([sync.staleCount(), sync.refresh(5), sync.staleCount(), sync.refresh(5)]).toEqual([1, 1, 0, 0]);
    const body = JSON.stringify(goodBody({ name: 'a', description: 'Another' }));
    const saved = here.drafts.save(a.id, a.revision, { body, migration: false, label: 'x', now: workspace.now() });
    expect(sync.staleCount()).toBe(1);
    const next = sync.meaningOfDraft(saved);
    expect([next === meaning, sync.staleCount()]).toEqual([false, 0]);
    // The text kept for a revision is what is answered, not worked out again.
    const file = new Database(workspace.file);
    file.prepare('UPDATE draft_meanings SET meaning = NULL WHERE badge_key = ?').run(a.key);
    file.close();
    expect([sync.meaningOfDraft(saved), sync.staleCount()]).toEqual([null, 0]);
    expect(sync.meaningOfDraft({ ...saved, revision: saved.revision + 1 })).toBe(next);
    workspace.create(goodBody({ name: 'd' }));
    workspace.create(goodBody({ name: 'e' }));
    workspace.create(goodBody({ name: 'f' }));
    expect([sync.refresh(2), sync.refresh(2)]).toEqual([2, 2]);
  });
});
