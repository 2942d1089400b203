/** What is kept of an org, of calls to it and of live jobs, store by store. */
import { describe, expect, test } from 'vitest';
import type { StoredConnection } from '../../../db/workspace/connections';
import type { LedgerAnswer, LedgerRequest } from '../../../db/workspace/ledger';
import { isRecordId, type CustomerOutcome } from '../../../db/workspace/live-chunks';
import type { JobWait, LiveJob } from '../../../db/workspace/live-jobs';
import { NOW, testWorkspace } from './open-workspace';

const ORG: Omit<StoredConnection, 'key' | 'lastPulledOn' | 'fieldDefaults' | 'groupsHere'> = {
  name: 'Practice',
  baseUrl: 'http://127.0.0.1:1',
  kind: 'test',
  timeZone: 'Europe/Berlin',
  chunkSize: 20,
  parallel: 3,
  perSecond: 7,
  auth: 'oauth',
  account: 'somebody',
  secretId: 's1',
};
const REQUEST: LedgerRequest = {
  connectionKey: 1,
  connectionName: 'Practice',
  purpose: 'create',
  badgeId: 'b1',
  jobKey: null,
  method: 'POST',
  url: 'http://127.0.0.1:1/badgeMeta',
  headers: [{ name: 'accept', value: 'json' }],
  body: '{"name":"Ünï"}',
  sentOn: NOW,
};
const ANSWER: LedgerAnswer = {
  outcome: 'answered',
  answeredOn: NOW + 5,
  status: 201,
  codes: [725, 722],
  sentence: 'Created.',
  headers: [{ name: 'date', value: 'now' }],
  body: 'x'.repeat(1_023),
};
const JOB: Omit<LiveJob, 'key' | 'state' | 'note' | 'total' | 'endedOn' | 'orgClock' | keyof JobWait> = {
  uid: 'abc',
  connectionKey: 1,
  connectionName: 'Practice',
  badgeName: 'Five visits',
  remoteBadgeId: 'r1',
  action: 'award',
  ownerType: 'Loyalty',
  referenceId: '626',
  eventDate: null,
  source: 'a range',
  startedOn: NOW,
};
const idOf = (number: number): string => number.toString(16).padStart(24, '0');

describe('connections', () => {
  test('are kept as they were given, changed and deleted', async () => {
    const { connections } = (await testWorkspace()).current;
    const kept = connections.add(ORG);
    expect(kept).toEqual({ ...ORG, key: kept.key, lastPulledOn: null, fieldDefaults: {}, groupsHere: {} });
    const other = connections.add({ ...ORG, name: 'Another', kind: 'production' });
    expect(
      connections
        .list()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['Another', 'Practice']);
    connections.pulled(kept.key, NOW, { Region: 'North' });
    const changed = connections.update({ ...ORG, key: kept.key, perSecond: 9 });
    expect(changed).toEqual({ ...kept, perSecond: 9, lastPulledOn: NOW, fieldDefaults: { Region: 'North' } });
    expect(connections.find(other.key)?.lastPulledOn).toBeNull();
    expect([connections.delete(kept.key), connections.delete(kept.key)]).toEqual([true, false]);
    expect(connections.find(kept.key)).toBeUndefined();
    expect(() => connections.get(kept.key)).toThrow();
  });
});

describe('the list of calls', () => {
  test('has what left and what came back, small and large', async () => {
    const { ledger } = (await testWorkspace()).current;
    const key = ledger.begin(REQUEST, true);
    expect(ledger.find(key)).toMatchObject({
      outcome: 'sending',
      answeredOn: null,
      status: null,
      codes: [],
      sentence: '',
    });
    ledger.settle(key, ANSWER, true);
    const { headers, body, badgeId: _badge, jobKey: _job, ...line } = REQUEST;
    const { headers: back, body: answer, ...answered } = ANSWER;
    expect(ledger.find(key)).toEqual({ key, ...line, ...answered, taskKey: 1 });
    const contents = { requestHeaders: headers, requestBody: body, responseHeaders: back, responseBody: answer };
    expect(ledger.contents(key)).toEqual(contents);
    const large = { ...REQUEST, body: 'ä'.repeat(512) };
    const second = ledger.begin(large, false);
    ledger.settle(second, { ...ANSWER, body: null }, false);
    expect(ledger.contents(second)).toEqual({ ...contents, requestBody: large.body, responseBody: null });
    expect(ledger.contents(99)).toMatchObject({ requestHeaders: [], requestBody: null, responseBody: null });
  });

  test('is found by every word, by connection and outcome, newest first, and read on from a line', async () => {
    const { ledger } = (await testWorkspace()).current;
    const keys = [
      { ...REQUEST },
      { ...REQUEST, connectionKey: 2, connectionName: 'Second', purpose: 'claim' },
      { ...REQUEST, method: 'GET', purpose: 'list' },
    ].map((request) => ledger.begin(request, true));
    const [first = 0, second = 0, third = 0] = keys;
    ledger.settle(second, { ...ANSWER, outcome: 'refused', status: 409, codes: [714] }, true);
    const found = (changes: { connectionKey?: number; search?: string; outcomes?: string[] }): number[] =>
      ledger.list({ connectionKey: null, search: '', outcomes: [], ...changes }, 0, 10).lines.map(({ key }) => key);
    expect(found({})).toEqual([third, second, first]);
    expect(found({ connectionKey: 2 })).toEqual([second]);
    expect(found({ search: ' CREATE  practice' })).toEqual([first]);
    expect(found({ search: '409' })).toEqual([second]);
    expect(found({ search: '714' })).toEqual([second]);
    expect(found({ search: 'get' })).toEqual([third]);
    expect(found({ search: 'list second' })).toEqual([]);
    expect(found({ outcomes: ['refused', 'answered'] })).toEqual([second]);
    expect(found({ outcomes: ['sending'], connectionKey: 1 })).toEqual([third, first]);
    const page = ledger.list({ connectionKey: null, search: '', outcomes: [] }, 1, 1);
    expect([page.total, page.lines.map(({ key }) => key)]).toEqual([3, [second]]);
    expect(ledger.after(null, first, 10).map(({ key }) => key)).toEqual([second, third]);
    expect(ledger.after(1, 0, 1).map(({ key }) => key)).toEqual([first]);
  });

  test('knows which create may have made a badge that is not linked', async () => {
    const { ledger } = (await testWorkspace()).current;
    const isOpen = (badge = 'b1', connection = 1): boolean => ledger.mayHaveCreated(connection, badge);
    expect(isOpen()).toBe(false);
    const key = ledger.begin(REQUEST, true);
    expect([isOpen(), isOpen('b2'), isOpen('b1', 2)]).toEqual([true, false, false]);
    ledger.settle(key, { ...ANSWER, outcome: 'failed' }, true);
    expect(isOpen()).toBe(false);
    const again = ledger.begin(REQUEST, true);
    ledger.begin({ ...REQUEST, purpose: 'update' }, true);
    ledger.settleInterrupted('Laurel ended.');
    expect(ledger.find(again)).toMatchObject({ outcome: 'unknown', sentence: 'Laurel ended.' });
    expect(ledger.find(key)).toMatchObject({ outcome: 'failed', sentence: 'Created.' });
    expect(isOpen()).toBe(true);
    ledger.settle(again, ANSWER, true);
    expect(isOpen()).toBe(true);
    ledger.settle(again, { ...ANSWER, outcome: 'refused' }, true);
    expect(isOpen()).toBe(false);
  });
});

describe('live jobs', () => {
  test('begin by reading, and wait for nothing once they are in another state', async () => {
    const { liveJobs } = (await testWorkspace()).current;
    const job = liveJobs.add(JOB);
    expect(job).toMatchObject({ ...JOB, state: 'reading', note: null, endedOn: null });
    liveJobs.setState(job.key, 'paused', 'Wait.');
    expect(liveJobs.get(job.key).note).toBe('Wait.');
    liveJobs.setTotal(job.key, 12, 'a file');
    liveJobs.setState(job.key, 'done', null, NOW);
    expect(liveJobs.find(job.key)).toMatchObject({
      state: 'done',
      note: null,
      total: 12,
      source: 'a file',
      endedOn: NOW,
    });
    const second = liveJobs.add({ ...JOB, uid: 'def' });
    expect(liveJobs.list().map(({ key }) => key)).toEqual([second.key, job.key]);
    liveJobs.setWait(second.key, { queuePlace: 3, startsOn: null });
    liveJobs.setState(second.key, 'queued', null);
    expect(liveJobs.get(second.key).queuePlace).toBe(3);
    liveJobs.setState(second.key, 'paused', null);
    expect(liveJobs.get(second.key)).toMatchObject({ state: 'paused', queuePlace: null, startsOn: null });
    liveJobs.setState(second.key, 'cancelled', null, NOW);
    expect(liveJobs.find(99)).toBeUndefined();
    expect(() => liveJobs.get(99)).toThrow();
  });

  test('keep each customer’s outcome, count them, and open the refused again', async () => {
    const { liveJobs } = (await testWorkspace()).current;
    const { key } = liveJobs.add(JOB);
    const other = liveJobs.add({ ...JOB, uid: 'def' }).key;
    liveJobs.addChunk(key, 0, [1, 2, 2 ** 53 - 1]);
    liveJobs.addChunk(key, 1, [4]);
    liveJobs.addChunk(key, 2, [5]);
    liveJobs.addChunk(other, 0, [9]);
    liveJobs.addReject(key, 3, 'x', 'not-a-number');
    const open: CustomerOutcome = { kind: 'open' };
    const waiting = {
      state: 'waiting',
      attempt: 0,
      codes: [],
      sentAfter: null,
      known: null,
      records: null,
      terms: null,
    };
    expect(liveJobs.chunk(key, 0)).toEqual({
      ...waiting,
      number: 0,
      customers: [1, 2, 2 ** 53 - 1],
      outcomes: [open, open, open],
    });
    expect(liveJobs.chunk(key, 9)).toBeUndefined();
    const outcomes: CustomerOutcome[] = [
      { kind: 'done', issuedId: idOf(255) },
      { kind: 'refused', code: 990_001 },
      { kind: 'done', issuedId: null },
    ];
    const settled = {
      ...waiting,
      number: 0,
      state: 'settled' as const,
      attempt: 2,
      customers: [1, 2, 2 ** 53 - 1],
      outcomes,
    };
    const chunk = { ...settled, codes: [[990_001, 1, null] as never], sentAfter: NOW, known: ['k'] };
    liveJobs.saveChunk(key, chunk);
    expect(liveJobs.chunk(key, 0)).toEqual(chunk);
    liveJobs.moveChunk(key, { ...chunk, number: 1, state: 'sent', known: null });
    expect(liveJobs.chunk(key, 1)).toMatchObject({ state: 'sent', sentAfter: NOW, known: null });
    expect(liveJobs.counts(key)).toEqual({ waiting: 1, sent: 1, unknown: 0, done: 2, refused: 2 });
    expect([liveJobs.rejectCount(key), liveJobs.rejectCount(other)]).toEqual([1, 0]);
    expect(liveJobs.chunkNumbers(key, 'waiting')).toEqual([2]);
    expect(liveJobs.nextChunk(key, ['sent', 'waiting'], 0)?.number).toBe(1);
    expect(liveJobs.nextChunk(key, ['sent', 'waiting'], 2)?.number).toBe(2);
    expect(liveJobs.nextChunk(key, ['waiting'], 3)).toBeUndefined();
    expect(liveJobs.wholeRefusals(key)).toEqual([]);
    expect(liveJobs.reopenRefused(key, () => false)).toBe(0);
    expect(liveJobs.chunk(key, 0)).toEqual(chunk);
    expect(liveJobs.reopenRefused(key, (code) => code === 990_001)).toBe(1);
    expect(liveJobs.chunk(key, 0)).toMatchObject({
      state: 'consumed',
      codes: [],
      attempt: 2,
      outcomes: [outcomes[0], open, outcomes[2]],
    });
    expect(liveJobs.reopenRefused(key, () => true)).toBe(0);
    expect(liveJobs.counts(key)).toEqual({ waiting: 1, sent: 1, unknown: 1, done: 2, refused: 1 });
    liveJobs.dropCustomers(key);
    expect([liveJobs.chunk(key, 1), liveJobs.rejectCount(key)]).toEqual([undefined, 0]);
    expect(liveJobs.chunk(other, 0)?.customers).toEqual([9]);
  });

  test('only ids of 24 hex digits are packed', () => {
    expect([idOf(1), 'ABCDEF'.repeat(4), `${idOf(1)}0`, `x${idOf(1)}`, idOf(1).slice(1), ''].map(isRecordId)).toEqual([
      ...[true, true, false, false, false, false],
    ]);
  });
});
