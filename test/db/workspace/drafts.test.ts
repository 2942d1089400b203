import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../shared/domain/settings';
import { DAY, instantOf } from '../../../shared/domain/instant';
import { Failure } from '../../../shared/ipc/errors';
import { MOST_REVISION_BYTES } from '../../../db/workspace/drafts';
import { goodBody, NOW, testWorkspace, type TestWorkspace } from './open-workspace';

const codes = (workspace: TestWorkspace, id: string): number[] => {
  const { drafts } = workspace.current;
  return drafts.inspect(drafts.get(id)).issues.map(({ code }) => code);
};

const problemCount = (workspace: TestWorkspace, id: string): number | undefined => {
  const { drafts, list } = workspace.current;
  return list.line(drafts.get(id).key, NOW)?.problemCount;
};

const save = (workspace: TestWorkspace, id: string, body: unknown, migration = false): void => {
  const { drafts } = workspace.current;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  drafts.save(id, drafts.get(id).revision, { body: text, migration, label: 'Edited', now: workspace.now() });
};

function failureOf(work: () => unknown): Failure {
  try {
    work();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('It should have failed.');
}

test('whatever text comes is kept letter by letter, also over a restart', async () => {
  const workspace = await testWorkspace();
  const texts = [
    '',
    '{',
    '{"name": "half',
    '[]',
    'null',
    '7',
    '{ "name":\t"tabs",  "startOn": 1738348865.000000000 }',
    '"\u0000\u2028\ud800 🏅"',
  ];
  const ids = texts.map((text) => workspace.create(text));
  const { drafts } = await workspace.restart();
  // A lone surrogate is the one thing that UTF-8 cannot hold.
  expect(ids.map((id) => drafts.get(id).body)).toEqual(texts.map((text) => text.replace('\ud800', '\ufffd')));
});

test('a text that is not JSON is one problem that says so', async () => {
  const workspace = await testWorkspace();
  const id = workspace.create('{"name": "Summer",');
  const { drafts } = workspace.current;
  expect(drafts.inspect(drafts.get(id))).toMatchObject({
    definition: null,
    issues: [{ code: 400, path: '', stage: 'unreadable' }],
  });
  expect(problemCount(workspace, id)).toBe(1);
});

test('a save made on an older revision is refused and writes nothing', async () => {
  const workspace = await testWorkspace();
  const id = workspace.create(goodBody());
  save(workspace, id, goodBody({ name: 'Autumn' }));
  const { drafts } = workspace.current;
  const before = drafts.get(id);
  const failure = failureOf(() =>
    drafts.save(id, 1, { body: '{}', migration: false, label: 'Stale', now: workspace.now() }),
  );
  expect(failure.code).toBe('conflict');
  expect(drafts.get(id)).toEqual(before);
});

test('after undo and a new save no revision number comes back, so a stale editor is still noticed', async () => {
  const workspace = await testWorkspace();
  const id = workspace.create(goodBody());
  save(workspace, id, goodBody({ name: 'B' }));
  const { drafts, history } = workspace.current;
  const stale = drafts.get(id).revision;
  history.undo(id, workspace.now());
  save(workspace, id, goodBody({ name: 'C' }));
  expect(failureOf(() => drafts.save(id, stale, { body: '{}', migration: false, label: 'Stale', now: NOW })).code).toBe(
    'conflict',
  );
});

test('a save that changes nothing makes no revision', async () => {
  const workspace = await testWorkspace();
  const id = workspace.create(goodBody());
  save(workspace, id, goodBody());
  expect(workspace.current.drafts.get(id).revision).toBe(1);
});

test('722 is judged as of the day the start was set: waiting breaks nothing, moving the start does', async () => {
  const workspace = await testWorkspace();
  const id = workspace.create(goodBody(), { now: instantOf('2026-01-01T00:00:00Z') });
  const { drafts, history } = workspace.current;
  const at = instantOf('2026-08-01T00:00:00Z');
  const saveAt = (body: unknown): void =>
    void drafts.save(id, drafts.get(id).revision, {
      body: JSON.stringify(body),
      migration: false,
      label: 'Edited',
      now: at,
    });
  saveAt(goodBody({ description: 'edited long after its start' }));
  expect(codes(workspace, id)).toEqual([]);
  saveAt(goodBody({ startOn: '2026-07-01T00:00:00Z' }));
  expect(codes(workspace, id)).toEqual([722]);
  history.undo(id, at + DAY);
  expect(codes(workspace, id)).toEqual([]);
});

test('a start in the past is no problem for a historical badge, nor where the workspace allows it', async () => {
  const workspace = await testWorkspace();
  const past = goodBody({ startOn: '2026-01-01T00:00:00Z' });
  const id = workspace.create(past);
  expect([codes(workspace, id), problemCount(workspace, id)]).toEqual([[722], 1]);
  save(workspace, id, past, true);
  expect([codes(workspace, id), problemCount(workspace, id)]).toEqual([[], 0]);
  save(workspace, id, past, false);
  workspace.current.settings.update({ allowPastStart: true });
  expect([codes(workspace, id), problemCount(workspace, id)]).toEqual([[], 0]);
});

test('two drafts of one name are both marked (725), until one is renamed, deleted or undone', async () => {
  const workspace = await testWorkspace();
  const [one, other] = [workspace.create(goodBody()), workspace.create(goodBody())];
  const { removal, history } = workspace.current;
  const marks = (): unknown[] => [one, other].map((id) => [codes(workspace, id), problemCount(workspace, id)]);
  const both = [
    [[725], 1],
    [[725], 1],
  ];
  const none = [
    [[], 0],
    [[], 0],
  ];
  expect(marks()).toEqual(both);
  save(workspace, other, goodBody({ name: 'summer visitor' }));
  expect(marks()).toEqual(none);
  history.undo(other, workspace.now());
  expect(marks()).toEqual(both);
  removal.delete([other], workspace.now());
  expect([codes(workspace, one), problemCount(workspace, one)]).toEqual([[], 0]);
  removal.undelete([other]);
  expect(marks()).toEqual(both);
});

test('the history of very long texts is kept to a number of bytes, and the newest text always', async () => {
  const workspace = await testWorkspace();
  // Two bytes a letter: what counts is what the file holds.
  const long = (share: number, letter: string): string => letter.repeat(Math.ceil((MOST_REVISION_BYTES * share) / 2));
  const id = workspace.create('{}');
  const kept = (): number[] => {
    const { drafts, history } = workspace.current;
    return history.list(drafts.get(id)).map(({ revision }) => revision);
  };
  save(workspace, id, long(0.4, 'é'));
  save(workspace, id, long(0.4, 'ü'));
  expect(kept()).toEqual([3, 2, 1]);
  save(workspace, id, long(0.4, 'ö'));
  expect(kept()).toEqual([4, 3]);
  save(workspace, id, long(1.1, 'å'));
  expect(kept()).toEqual([5]);
  save(workspace, id, '{ "name": "Short again" }');
  expect(kept()).toEqual([6]);
  expect(workspace.current.drafts.get(id).body).toBe('{ "name": "Short again" }');
});

test('a text that is no JSON object is told by its name, as far as it was typed, or by its first words', async () => {
  const workspace = await testWorkspace();
  const excerptOf = (body: string): string | null | undefined => {
    const { drafts, list } = workspace.current;
    const line = list.line(drafts.get(workspace.create(body)).key, NOW);
    expect(line?.name).toBe(body.startsWith('{"name": "Whole"') ? 'Whole' : '');
    return line?.excerpt;
  };
  expect(excerptOf('{"name": "Whole"}')).toBeNull();
  expect(excerptOf('{}')).toBeNull();
  expect(excerptOf('{"startOn": 5, "name": "Caf\\u00e9 \\"Royal\\"", "x')).toBe('Café "Royal"');
  expect(excerptOf('{ "name" : "Half')).toBe('Half');
  expect(excerptOf('{\n  "startOn":\t5,')).toBe('{ "startOn": 5,');
  expect(excerptOf(`[${'1, '.repeat(100)}1]`)).toHaveLength(80);
  expect(excerptOf(' ')).toBe('');
  const { list } = workspace.current;
  const search = { search: 'half', status: [], earnType: [], owner: [], tag: [], withProblems: false };
  expect(list.page(search, { by: 'name', descending: false }, 0, 10, NOW).lines.map(({ excerpt }) => excerpt)).toEqual([
    'Half',
  ]);
});

test('an owner that still has a claim may not be taken away (K5)', async () => {
  const workspace = await testWorkspace();
  const id = workspace.create(goodBody());
  const claim = { ownerType: 'Loyalty' as const, referenceId: '626', isActive: true };
  workspace.current.claims.change(id, NOW, () => [claim]);
  save(workspace, id, goodBody({ ownership: { restrictedToOwners: ['Journeys'] } }));
  expect([codes(workspace, id), problemCount(workspace, id)]).toEqual([[714], 1]);
  workspace.current.claims.change(id, NOW, () => [{ ...claim, isActive: false }]);
  expect([codes(workspace, id), problemCount(workspace, id)]).toEqual([[], 0]);
});

test('claims keep their order and their history over a restart', async () => {
  const workspace = await testWorkspace();
  const id = workspace.create(goodBody());
  const first = { ownerType: 'Loyalty' as const, referenceId: '1', isActive: true };
  const second = { ownerType: 'Loyalty' as const, referenceId: '2', isActive: true };
  const change = (...claims: (typeof first)[]): void => void workspace.current.claims.change(id, NOW, () => claims);
  change(first);
  change(first, second);
  change({ ...first, isActive: false }, second);
  change({ ...first, isActive: false }, second, first);
  const { drafts, list } = await workspace.restart();
  const draft = drafts.get(id);
  expect(draft.claims).toEqual([{ ...first, isActive: false }, second, first]);
  expect(list.line(draft.key, NOW)?.activeClaims).toBe(2);
});

test('a deleted draft can be brought back for 30 days, with its history and its claims', async () => {
  const workspace = await testWorkspace();
  const id = workspace.create(goodBody());
  save(workspace, id, goodBody({ name: 'Autumn' }));
  workspace.current.claims.change(id, NOW, () => [{ ownerType: 'Loyalty', referenceId: '626', isActive: true }]);
  const before = workspace.current.drafts.get(id);
  workspace.current.removal.delete([id], NOW);
  const { drafts, removal, list, history } = await workspace.restart();
  expect([drafts.find(id), list.count(), drafts.nameTaken('Autumn')]).toEqual([undefined, 0, false]);
  expect(removal.purge(NOW + 30 * DAY)).toBe(0);
  expect(removal.undelete([id, 'nobody'])).toEqual([id]);
  expect(drafts.get(id)).toEqual(before);
  expect(history.undo(id, workspace.now()).body).toBe(JSON.stringify(goodBody()));
  removal.delete([id], NOW);
  expect([removal.purge(NOW + 30 * DAY + 1), removal.undelete([id])]).toEqual([1, []]);
});

test('what is not there is not found', async () => {
  const { drafts, history } = (await testWorkspace()).current;
  for (const work of [
    () => drafts.get('x'),
    () => history.undo('x', NOW),
    () => drafts.save('x', 1, { body: '', migration: false, label: '', now: NOW }),
  ]) {
    expect(failureOf(work).code).toBe('not-found');
  }
});

test('settings are kept over a restart; one that is unknown or of another type is not used and not lost', async () => {
  const workspace = await testWorkspace();
  workspace.current.settings.update({ zone: 'Asia/Kolkata', refuseOverlappingAwards: true });
  workspace.close();
  const foreign = {
    zone: '7',
    badgeLimitCode: '"many"',
    fromTheFuture: '{"a":1}',
    weeklyCycles: '{broken',
    allowPastStart: 'true',
  };
  const rows = (work: (connection: Database.Database) => unknown): unknown => {
    const connection = new Database(workspace.file);
    try {
      return work(connection);
    } finally {
      connection.close();
    }
  };
  rows((connection) => {
    const put = connection.prepare('INSERT OR REPLACE INTO settings VALUES (?, ?)');
    for (const entry of Object.entries(foreign)) put.run(...entry);
  });
  const { settings } = await workspace.open();
  expect(settings.current).toEqual({ ...DEFAULT_SETTINGS, refuseOverlappingAwards: true, allowPastStart: true });
  workspace.close();
  expect(
    rows((connection) => connection.prepare("SELECT value FROM settings WHERE name = 'fromTheFuture'").pluck().get()),
  ).toBe('{"a":1}');
});

test('long work that was not ended is told at the next start, and again until somebody was told', async () => {
  const workspace = await testWorkspace();
  const { jobs } = workspace.current;
  jobs.end(jobs.begin('Award of A', NOW));
  jobs.begin('Award of B', NOW, 'request-7');
  const untold = { title: 'Award of B', requestId: 'request-7', startedOn: NOW, cause: null };
  expect((await workspace.restart()).jobs.unfinished()).toMatchObject([untold]);
  const reopened = await workspace.restart();
  const left = reopened.jobs.unfinished();
  expect(left).toMatchObject([untold]);
  const under = reopened.jobs.begin('Award of C', NOW);
  reopened.jobs.forget(left);
  expect(reopened.jobs.unfinished().map(({ key }) => key)).toEqual([under]);
});

test('a draft is found by its name only where it is the one that has it, deleted ones aside (semantics L6)', async () => {
  const workspace = await testWorkspace();
  const { drafts } = workspace.current;
  const [one, two] = [workspace.create(goodBody({ name: 'Crest' })), workspace.create(goodBody({ name: 'crest' }))];
  expect(drafts.named('Crest')?.id).toBe(one);
  expect(drafts.named('crest')?.id).toBe(two);
  expect(drafts.named('Gem')).toBeUndefined();
  expect([drafts.nameTaken('Crest'), drafts.nameTaken('Crest', one), drafts.nameTaken('Gem')]).toEqual([
    true,
    false,
    false,
  ]);
  const other = workspace.create(goodBody({ name: 'Crest' }));
  expect(drafts.named('Crest')).toBeUndefined();
  expect(drafts.nameTaken('Crest', one)).toBe(true);
  workspace.current.removal.delete([other], workspace.now());
  expect(drafts.named('Crest')?.id).toBe(one);
  expect(drafts.nameTaken('Crest', one)).toBe(false);
});
