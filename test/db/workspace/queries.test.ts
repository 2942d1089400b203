/** What the stores of a workspace answer, query by query: rows that fit, rows that almost fit, and their order. */
import { describe, expect, test } from 'vitest';
import { KEPT_AFTER_DELETION } from '../../../db/workspace/draft-removal';
import type { LedgerRequest } from '../../../db/workspace/ledger';
import type { Workspace } from '../../../db/workspace/workspace';
import { readJobs } from '../../../db/workspace/read-jobs';
import { readLibrary } from '../../../db/workspace/read-library';
import { goodBody, NOW, testWorkspace } from './open-workspace';

const sharedOf = (here: Workspace): unknown[] => {
  const { key } = here.connections.list()[0] ?? { key: 1 };
  return here.sync.lines(key, 'problems').map(({ name, problems }) => [name, problems]);
};

describe('drafts', () => {
  test('of one name are marked until they are not: after a new name, a deletion and a return', async () => {
    const workspace = await testWorkspace();
    const here = workspace.current;
    const [a, b, c] = ['Same', 'Same', 'Other'].map((name) => workspace.create(goodBody({ name }))) as [
      ...[string, string, string],
    ];
    const rename = (id: string, name: string): void => {
      const { revision } = here.drafts.get(id);
      const body = JSON.stringify(goodBody({ name }));
      here.drafts.save(id, revision, { body, migration: false, label: 'x', now: workspace.now() });
    };
    expect(sharedOf(here)).toEqual([
      ['Other', 0],
      ['Same', 1],
      ['Same', 1],
    ]);
    rename(b, 'Other');
    expect(sharedOf(here)).toEqual([
      ['Other', 1],
      ['Other', 1],
      ['Same', 0],
    ]);
    here.removal.delete([c], workspace.now());
    expect(sharedOf(here)).toEqual([
      ['Other', 0],
      ['Same', 0],
    ]);
    here.removal.undelete([c]);
    expect(sharedOf(here)).toEqual([
      ['Other', 1],
      ['Other', 1],
      ['Same', 0],
    ]);
    const taken = (name: string, except?: string): boolean => here.drafts.nameTaken(name, except);
    expect([taken('Same'), taken('Same', a), taken('Other', c), taken('same'), taken('None')]).toEqual([
      ...[true, false, true, false, false],
    ]);
    here.removal.delete([a], workspace.now());
    expect(taken('Same')).toBe(false);
  });

  test('that are to be deleted are told in the order given, and gone for good after their time', async () => {
    const workspace = await testWorkspace();
    const { removal, drafts } = workspace.current;
    const [a, b, c] = ['a', 'b', 'c'].map((name) => workspace.create(goodBody({ name }))) as [string, string, string];
    const names = (): string[] => removal.candidates([c, 'none', a, b]).map(({ name }) => name);
    expect(names()).toEqual(['c', 'a', 'b']);
    removal.delete([a], NOW);
    removal.delete([b], NOW + 1);
    // Deleted once, whenever it is asked for again.
    removal.delete([a], NOW + 5);
    expect([names(), drafts.find(a), drafts.find(c)?.id]).toEqual([['c'], undefined, c]);
    expect([removal.purge(NOW + KEPT_AFTER_DELETION), removal.purge(NOW + KEPT_AFTER_DELETION + 1)]).toEqual([0, 1]);
    expect(removal.undelete([a, b, c])).toEqual([b]);
    expect(names()).toEqual(['c', 'b']);
  });

  test('that were deleted stand in the trash, the last one first, until they come back or are gone for good', async () => {
    const workspace = await testWorkspace();
    const { removal, drafts } = workspace.current;
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => workspace.create(goodBody({ name }))) as [
      ...[string, string, string, string],
    ];
    expect(removal.deleted(0, 10)).toEqual({ total: 0, rows: [] });
    removal.delete([b], NOW + 2);
    removal.delete([a, c], NOW + 3);
    const names = (offset: number, limit: number): unknown =>
      removal.deleted(offset, limit).rows.map(({ name, deletedOn }) => [name, deletedOn - NOW]);
    expect(names(0, 10)).toEqual([...[['c', 3] as const, ['a', 3] as const, ['b', 2] as const]]);
    expect([names(1, 1), names(2, 5), names(3, 5)]).toEqual([[['a', 3]], [['b', 2]], []]);
    expect(removal.deleted(2, 1)).toEqual({ total: 3, rows: [{ id: b, name: 'b', deletedOn: NOW + 2 }] });
    removal.undelete([a]);
    // What is not in the trash is not touched, whoever names it.
    expect(removal.forget([d, a, 'none', b])).toBe(1);
    expect([removal.deleted(0, 10).total, drafts.find(d)?.id, drafts.find(a)?.id]).toEqual([1, d, a]);
    expect([removal.undelete([b]), removal.undelete([c])]).toEqual([[], [c]]);
  });

  test('and jobs are read while the workspace is open, as they were then', async () => {
    const workspace = await testWorkspace();
    const id = workspace.create(goodBody({ name: 'Read' }));
    const library = readLibrary(workspace.file);
    const reading = readJobs(workspace.file);
    const job = {
      ...{
        uid: 'a',
        connectionKey: 1,
        connectionName: 'x',
        badgeName: 'b',
        remoteBadgeId: 'r',
        action: 'award' as const,
      },
      ...{ ownerType: 'Loyalty', referenceId: '1', eventDate: null, source: '', startedOn: NOW },
    };
    const { key } = workspace.current.liveJobs.add(job);
    expect([library.drafts.find(id)?.id, reading.jobs.list()]).toEqual([id, []]);
    reading.close();
    library.close();
    const again = readJobs(workspace.file);
    expect(again.jobs.list().map((each) => each.key)).toEqual([key]);
    again.close();
  });
});

describe('long work', () => {
  test('is told with what is known of it, until it has ended or was told', async () => {
    const { jobs } = (await testWorkspace()).current;
    const [a, b, c] = ['a', 'b', 'c'].map((title, index) =>
      jobs.begin(title, NOW + index, index === 1 ? 'r' : null),
    ) as [...[number, number, number]];
    jobs.fail(b, 'The disk is full.');
    jobs.end(a);
    expect(jobs.unfinished()).toEqual([
      { key: b, title: 'b', requestId: 'r', startedOn: NOW + 1, cause: 'The disk is full.' },
      { key: c, title: 'c', requestId: null, startedOn: NOW + 2, cause: null },
    ]);
    jobs.forget([{ key: b }]);
    expect(jobs.unfinished().map(({ key }) => key)).toEqual([c]);
    jobs.forget([]);
    expect(jobs.unfinished()).toHaveLength(1);
  });
});

describe('the list of calls', () => {
  const request = (changes: Partial<LedgerRequest> = {}): LedgerRequest => ({
    ...{ connectionKey: 1, connectionName: 'Org', purpose: 'award', badgeId: null, jobKey: null, method: 'POST' },
    ...{ url: 'https://org.example', headers: [], body: null, sentOn: NOW },
    ...changes,
  });

  test('of a job, or of an org, is read on from a line, oldest first', async () => {
    const { ledger } = (await testWorkspace()).current;
    const keys = [7, 8, 7, null, 7].map((jobKey, index) =>
      ledger.begin(request({ jobKey, connectionKey: index === 3 ? 2 : 1 }), index % 2 === 0),
    );
    const [first = 0, second = 0, third = 0, fourth = 0, fifth = 0] = keys;
    const ofJob = (from: number, limit = 9): number[] => ledger.ofJob(7, from, limit).map(({ key }) => key);
    expect([ofJob(0), ofJob(first), ofJob(first, 1), ofJob(fifth)]).toEqual([
      ...[[first, third, fifth], [third, fifth], [third], []],
    ]);
    const after = (connection: number | null, from: number, limit = 9): number[] =>
      ledger.after(connection, from, limit).map(({ key }) => key);
    expect([after(null, second), after(1, second), after(2, 0), after(null, 0, 2)]).toEqual([
      ...[[third, fourth, fifth], [third, fifth], [fourth], [first, second]],
    ]);
  });

  test('of a call without an answer has no headers and no body of one', async () => {
    const { ledger } = (await testWorkspace()).current;
    const key = ledger.begin(request({ headers: [{ name: 'a', value: 'b' }], body: 'text' }), true);
    expect(ledger.contents(key)).toEqual({
      ...{ requestHeaders: [{ name: 'a', value: 'b' }], requestBody: 'text', responseHeaders: [], responseBody: null },
    });
    ledger.settleInterrupted('Ended.');
    expect([ledger.find(key)?.outcome, ledger.contents(key).responseHeaders]).toEqual(['unknown', []]);
  });
});

describe('orgs', () => {
  test('keep of each its own defaults of fields, in the order in which they came', async () => {
    const { connections } = (await testWorkspace()).current;
    const org = {
      ...{ baseUrl: 'https://org.example', kind: 'test' as const, timeZone: 'UTC', chunkSize: 1, parallel: 1 },
      ...{ perSecond: 1, auth: 'basic' as const, account: '', secretId: 'a' },
    };
    const [b, a] = ['b', 'a'].map((name) => connections.add({ ...org, name }).key) as [number, number];
    connections.setFieldDefaults(a, { Region: 'North' });
    expect(connections.list().map(({ name, fieldDefaults }) => [name, fieldDefaults])).toEqual([
      ['b', {}],
      ['a', { Region: 'North' }],
    ]);
    connections.pulled(b, NOW, {});
    expect(connections.list().map(({ lastPulledOn }) => lastPulledOn)).toEqual([NOW, null]);
  });
});
