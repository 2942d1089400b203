import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { LiveChunk, LiveJob, LiveJobStore } from '../../../../db/workspace/live-jobs';
import type { CustomerOutcome } from '../../../../db/workspace/live-chunks';
import type { CustomerBatch } from '../../../../electron/backend/customers/batch';
import type { CustomerStream } from '../../../../electron/backend/customers/source';
import type { Outcome } from '../../../../electron/backend/sync/client/answers';
import { statusOf } from '../../../../electron/backend/sync/live-jobs/badge-looks';
import { requireStartable } from '../../../../electron/backend/sync/live-jobs/look-ahead/handlers';
import { countRows } from '../../../../electron/backend/sync/live-jobs/look-ahead/count-rows';
import {
  readRecords,
  recordOfRequest,
  recordsRequest,
  saysThereIsNothing,
  type CustomerRecord,
} from '../../../../electron/backend/sync/live-jobs/customer-records';
import {
  afterReading,
  givenOf,
  judge,
  MOST_ODD,
  Perseverance,
  refusedWhole,
} from '../../../../electron/backend/sync/live-jobs/decisions';
import { GroupCommit } from '../../../../electron/backend/sync/live-jobs/group-commit';
import { NumberSet } from '../../../../electron/backend/sync/live-jobs/number-set';
import { OrgClock } from '../../../../electron/backend/sync/live-jobs/org-clock';
import { ownerInWords } from '../../../../electron/backend/sync/live-jobs/owner-words';
import {
  chunkRequest,
  readBulkAnswer,
  refusalOf,
  withAnswers,
  withRefusal,
} from '../../../../electron/backend/sync/live-jobs/request';
import { RunStop } from '../../../../electron/backend/sync/live-jobs/run-stop';
import { canBeServedLater } from '../../../../electron/backend/sync/live-jobs/second-chance';
import { JobStrain } from '../../../../electron/backend/sync/live-jobs/strain';
import { ToldPassages } from '../../../../electron/backend/sync/live-jobs/told-passages';
import { JobPace, liveJobView, refusalLabel } from '../../../../electron/backend/sync/live-jobs/view';
import type { Passage } from '../../../../electron/backend/network/passage';
import { MESSAGES } from '../../../../shared/domain/codes';
import { instantOf, SECOND } from '../../../../shared/domain/instant';
import type { Failure } from '../../../../shared/ipc/errors';
import type { LookAhead } from '../../../../shared/ipc/look-ahead-contract';
import { inEnglish } from '../../../../shared/words/english';
import { message, type Message, type MessagePart } from '../../../../shared/words/message';

const ORG = { connectionKey: 4, name: 'Org', baseUrl: 'https://org.example' };
const JOB = {
  ...{ key: 9, uid: 'uid', connectionKey: 4, connectionName: 'Org', badgeName: 'Badge', remoteBadgeId: 'badge-1' },
  ...{ action: 'award', ownerType: 'Loyalty', referenceId: '626', eventDate: null, state: 'running', note: null },
  ...{ total: 10, startedOn: 1, endedOn: null, source: '' },
} as unknown as LiveJob;
const id = (character: string): string => character.repeat(24);
const OPEN: CustomerOutcome = { kind: 'open' };
const chunkOf = (changes: Partial<LiveChunk> = {}): LiveChunk => ({
  ...{
    number: 0,
    state: 'sent',
    attempt: 0,
    customers: [1, 2, 3],
    codes: [],
    sentAfter: null,
    known: null,
    records: null,
    terms: null,
  },
  outcomes: [OPEN, OPEN, OPEN],
  ...changes,
});
const english = (part: MessagePart | null): string | null =>
  part === null || typeof part === 'string' ? part : inEnglish(part as Message);

describe('the request of a chunk', () => {
  const requestOf = (job: Partial<LiveJob>, chunk: Partial<LiveChunk> = {}) => {
    const { body, url, ...rest } = chunkRequest(ORG, { ...JOB, ...job }, chunkOf(chunk));
    return { ...rest, path: new URL(url).pathname, body: JSON.parse(body ?? '') as unknown };
  };

  test('an award names the open customers, its owner and its own id', () => {
    const done: CustomerOutcome = { kind: 'done', issuedId: null };
    expect(requestOf({}, { number: 4, attempt: 2, outcomes: [OPEN, done, OPEN] })).toEqual({
      ...{ purpose: 'award', method: 'POST', isWrite: true, badgeId: 'badge-1', jobKey: 9 },
      path: expect.stringMatching(/\/customer\/earnBulk$/) as string,
      headers: [{ name: 'Content-Type', value: 'application/json' }],
      body: {
        ...{ badgeMetaId: 'badge-1', customerIds: [1, 3], requestId: 'laurel-uid-5-3' },
        triggeredBy: { ownerType: 'Loyalty', referenceId: '626' },
      },
    });
  });

  test('an enrolment names them otherwise; a date is sent exactly, and no reference where there is none', () => {
    const eventDate = instantOf('2026-05-04T09:30:00.25Z');
    expect(requestOf({ action: 'enrol', eventDate, referenceId: '' })).toMatchObject({
      purpose: 'enrol',
      path: expect.stringMatching(/\/badgeMeta\/customer\/issueBulk$/) as string,
      body: {
        ...{ badgeMetaId: 'badge-1', customers: [1, 2, 3], requestId: 'laurel-uid-1-1' },
        ...{ issueEventDateISO: '2026-05-04T09:30:00.25Z', triggeredBy: { ownerType: 'Loyalty' } },
      },
    });
    expect(requestOf({ eventDate }).body).toMatchObject({ earnEventDateISO: '2026-05-04T09:30:00.25Z' });
    expect(requestOf({ eventDate }).body).not.toHaveProperty('issueEventDateISO');
  });

  test('what a customer has is asked of the badge', () => {
    const { url, ...rest } = recordsRequest(ORG, JOB, 77);
    expect(url).toMatch(/\/management\/77\/badge\/badge-1$/);
    expect(rest).toEqual({
      ...{ purpose: 'settle', method: 'GET', headers: [], body: null, isWrite: false, badgeId: 'badge-1', jobKey: 9 },
    });
  });
});

describe('a bulk answer', () => {
  test('of either shape tells who was served, who was refused, and whom to look up', () => {
    const said = readBulkAnswer({
      earnedBadgesList: [
        { customerId: 1, earnedBadgeId: id('a') },
        { customerId: 1, earnedBadgeId: id('b') },
        { customerId: 2, earnedBadgeId: id('c') },
        { customerId: 5, earnedBadgeId: null },
      ],
      failedEarnBadgeErrorList: [
        { customerId: 2, errorCode: 811, errorMessage: 'No' },
        { customerId: 3, errorCode: 990_001, errorMessage: 'Full' },
        { customerId: 3, errorCode: 811, errorMessage: 'No' },
      ],
      issuedBadges: [{ customerId: 4, issuedId: id('d') }, 'odd'],
    });
    expect([...(said?.answers ?? [])].sort()).toEqual([
      [1, { outcome: { kind: 'done', issuedId: id('a') }, message: '' }],
      [3, { outcome: { kind: 'refused', code: 990_001 }, message: 'Full' }],
      [4, { outcome: { kind: 'done', issuedId: id('d') }, message: '' }],
    ]);
    expect([...(said?.doubtful ?? [])]).toEqual([[2, { outcome: { kind: 'refused', code: 811 }, message: 'No' }]]);
    expect(said?.ids).toEqual([id('d'), id('a'), id('c')]);
    expect([readBulkAnswer(null), readBulkAnswer('x'), readBulkAnswer([])]).toEqual([null, null, null]);
    expect(readBulkAnswer({})?.answers.size).toBe(0);
  });

  test('a code is kept in four bytes, or in the words', () => {
    const most = 2 ** 32 - 1;
    expect([0, most].map((code) => refusalOf(code, 'No').outcome)).toEqual([
      { kind: 'refused', code: 0 },
      { kind: 'refused', code: most },
    ]);
    for (const code of [-1, most + 1, 1.5]) {
      expect(refusalOf(code, 'No')).toEqual({ outcome: { kind: 'refused', code: 0 }, message: `${code} · No` });
      expect(refusalOf(code, `${code} said so`).message).toBe(`${code} said so`);
    }
  });

  test('fills in the open customers and counts their refusals', () => {
    const before = chunkOf({ outcomes: [{ kind: 'done', issuedId: null }, OPEN, OPEN], codes: [[811, 2, 'old']] });
    const said = new Map([
      [1, refusalOf(5, 'five')],
      [2, refusalOf(811, 'new')],
    ]);
    const after = withAnswers(before, said);
    expect(after.outcomes).toEqual([{ kind: 'done', issuedId: null }, { kind: 'refused', code: 811 }, OPEN]);
    expect(after.codes).toEqual([[811, 3, 'new']]);
    const all = withRefusal(chunkOf(), refusalOf(7, 'seven'));
    expect([all.outcomes.map(({ kind }) => kind), all.codes]).toEqual([
      ['refused', 'refused', 'refused'],
      [[7, 3, 'seven']],
    ]);
  });
});

describe('what a customer has', () => {
  const issual = { issueId: 'i', issuedOn: 5, issueEventDate: 6, ownerType: 'Loyalty', ownerReferenceId: '1' };
  const earn = { earnId: 'e', earnedOn: 7, earnEventDate: 8, ownerType: 'Games', ownerReferenceId: '2' };
  const whole = { issualDetails: { issuedCount: 1, issuals: [issual] }, earnDetails: { earnCount: 1, earns: [earn] } };

  test('is read of the job’s own kind', () => {
    expect(readRecords(whole, 'enrol')).toEqual([
      {
        id: 'i',
        madeOn: 5 * SECOND,
        eventDate: 6 * SECOND,
        expiresOn: null,
        ownerType: 'Loyalty',
        referenceId: '1',
        isRevoked: false,
      },
    ]);
    expect(readRecords(whole, 'award')).toEqual([
      {
        id: 'e',
        madeOn: 7 * SECOND,
        eventDate: 8 * SECOND,
        expiresOn: null,
        ownerType: 'Games',
        referenceId: '2',
        isRevoked: false,
      },
    ]);
    expect(readRecords({ issualDetails: null }, 'enrol')).toEqual([]);
    expect(readRecords({ earnDetails: null }, 'enrol')).toBeNull();
    expect(readRecords({ issualDetails: { issuedCount: 2, issuals: [issual] } }, 'enrol')).toBeNull();
    expect(readRecords({ issualDetails: { issuals: [{ issueId: 'i' }] } }, 'enrol')).toEqual([
      { id: 'i', madeOn: null, eventDate: null, expiresOn: null, ownerType: null, referenceId: null, isRevoked: false },
    ]);
    expect(readRecords(7, 'award')).toBeNull();
  });

  test('is nothing where the org knows no such customer or badge', () => {
    const refused = (status: number, ...codes: number[]): Outcome => ({
      ...{ kind: 'refused', status, sentence: message('org.done') },
      errors: codes.map((code) => ({ code, message: '', reference: null })),
    });
    expect(
      [refused(404), refused(400, 404), refused(400, 1, 1026), refused(400, 1025), refused(403)].map(
        saysThereIsNothing,
      ),
    ).toEqual([true, true, true, false, false]);
    expect(saysThereIsNothing({ kind: 'unusable', status: 404, sentence: message('org.done') })).toBe(false);
  });

  const record = (changes: Partial<CustomerRecord> = {}): CustomerRecord => ({
    ...{
      id: 'r',
      madeOn: 100,
      eventDate: null,
      expiresOn: null,
      ownerType: 'Loyalty',
      referenceId: '626',
      isRevoked: false,
    },
    ...changes,
  });
  const found = (records: CustomerRecord[], job: Partial<LiveJob> = {}, chunk: Partial<LiveChunk> = {}) =>
    recordOfRequest(records, { ...JOB, ...job }, { known: null, sentAfter: null, ...chunk })?.id ?? null;

  test('is of the request only where owner and date are its own', () => {
    expect(found([record()])).toBe('r');
    expect(found([record({ ownerType: 'Games' })])).toBeNull();
    expect(found([record({ ownerType: null, referenceId: null })])).toBe('r');
    expect(found([record({ referenceId: '7' })])).toBeNull();
    expect(found([record({ referenceId: '7' })], { referenceId: '' })).toBe('r');
    const on = (eventDate: number | null): string | null => found([record({ eventDate })], { eventDate: 10 * SECOND });
    expect([9 * SECOND, 9 * SECOND + 1, 11 * SECOND - 1, 11 * SECOND, null].map(on)).toEqual([
      ...[null, 'r', 'r', null, 'r'],
    ]);
    expect(found([record({ eventDate: 5 })])).toBe('r');
  });

  test('is of the request only where it was not there before', () => {
    expect(found([record()], {}, { known: ['r'] })).toBeNull();
    expect(found([record()], {}, { known: ['x'] })).toBe('r');
    expect([100, 101].map((sentAfter) => found([record()], {}, { sentAfter }))).toEqual(['r', null]);
    expect(found([record({ madeOn: null })], {}, { sentAfter: 101 })).toBe('r');
    const several = [record({ id: 'a', madeOn: 5 }), record({ id: 'b', madeOn: 9 }), record({ id: 'c', madeOn: 9 })];
    expect(found(several)).toBe('c');
    expect(found([...several, record({ id: 'd', madeOn: 8 }), record({ id: 'e', madeOn: null })])).toBe('c');
    expect(found([record({ id: 'e', madeOn: null }), record({ id: 'f', madeOn: null })])).toBe('f');
  });

  test('is told by the org’s clock only where that is one', () => {
    const chunk = chunkOf({ sentAfter: 101 });
    const records = new Map([
      [1, [record({ id: id('a') })]],
      [2, []],
      [3, [record({ madeOn: 101 })]],
    ]);
    expect([...givenOf(records, JOB, chunk, true)]).toEqual([
      [3, { outcome: { kind: 'done', issuedId: null }, message: '' }],
    ]);
    expect([...givenOf(records, JOB, chunk, false)]).toEqual([
      [1, { outcome: { kind: 'done', issuedId: id('a') }, message: '' }],
      [3, { outcome: { kind: 'done', issuedId: null }, message: '' }],
    ]);
  });
});

describe('a chunk', () => {
  const success = (data: unknown): Outcome => ({ kind: 'success', status: 200, data, text: '' });
  const refused = (status: number, ...codes: number[]): Outcome => ({
    ...{ kind: 'refused', status, sentence: message('org.refused', { errors: 'said' }) },
    errors: codes.map((code) => ({ code, message: 'said', reference: null })),
  });
  const sentence = message('org.done');

  test('is settled when all its customers have an answer, and to be looked up when one has none', () => {
    const row = (customerId: number) => ({ customerId, issuedId: id(String(customerId)) });
    expect(judge(chunkOf(), success({ issuedBadges: [1, 2, 3].map(row) }), false)).toMatchObject({
      chunk: { state: 'settled' },
      ids: [id('1'), id('2'), id('3')],
    });
    expect(judge(chunkOf(), success({ issuedBadges: [1, 2].map(row) }), false).chunk.state).toBe('consumed');
    expect(judge(chunkOf(), success('x'), false).chunk.state).toBe('unknown');
  });

  test.each([
    [299, 'consumed'],
    [300, 'settled'],
    [499, 'settled'],
    [500, 'consumed'],
  ])('a refusal with status %i leaves it %s', (status, state) => {
    const { chunk, refusals, ids } = judge(chunkOf(), refused(status, 810), false);
    expect([chunk.state, refusals.size, ids]).toEqual([state, state === 'settled' ? 0 : 3, []]);
    if (state === 'settled') expect(chunk.codes).toEqual([[810, 3, 'said']]);
  });

  test('a refusal without a code says nothing; a repeated id among others was processed', () => {
    expect(judge(chunkOf(), refused(400), false).chunk.state).toBe('unknown');
    expect(judge(chunkOf(), refused(400, 1, 809), false)).toMatchObject({ chunk: { state: 'consumed', codes: [] } });
    expect(judge(chunkOf(), { kind: 'unusable', status: 200, sentence }, false).chunk.state).toBe('unknown');
    for (const kind of ['unauthorized', 'throttled'] as const) {
      const outcome = { kind, status: 401, retryAfter: null, sentence } as Outcome;
      expect([false, true].map((isInDoubt) => judge(chunkOf(), outcome, isInDoubt).chunk.state)).toEqual([
        ...['waiting', 'unknown'],
      ]);
    }
  });

  test('that was read takes the refusals it was given, and sends the rest once more', () => {
    const refusal = refusalOf(811, 'No');
    const whole = afterReading(chunkOf({ state: 'consumed' }), new Map(), new Map([1, 2, 3].map((c) => [c, refusal])));
    expect([whole.state, whole.attempt, whole.codes]).toEqual(['settled', 0, [[811, 3, 'No']]]);
    const part = afterReading(chunkOf({ known: ['k'] }), new Map(), new Map([[1, refusal]]));
    expect([part.state, part.attempt, part.known]).toEqual(['waiting', 1, ['k']]);
  });

  test('was refused whole for one reason, or not', () => {
    const no: CustomerOutcome = { kind: 'refused', code: 811 };
    const settled = { state: 'settled', outcomes: [no, no, no], codes: [[811, 3, 'No']] } as const;
    const whole = (changes: object) => refusedWhole(chunkOf({ ...settled, ...changes }));
    expect(whole({})).toEqual([811, 3, 'No']);
    expect(whole({ state: 'consumed' })).toBeNull();
    expect(whole({ outcomes: [no, no, { kind: 'done', issuedId: null }] })).toBeNull();
    expect(whole({ codes: [] })).toBeNull();
    expect(whole({ codes: [...settled.codes, [5, 1, '']] })).toBeNull();
  });

  test('is given up after six answers in a row that are none', () => {
    expect(MOST_ODD).toBe(6);
    const last = (outcome: Outcome): string | null => {
      const perseverance = new Perseverance();
      const said = Array.from({ length: MOST_ODD }, () => perseverance.sent(outcome));
      expect(said.slice(0, -1)).toEqual([null, null, null, null, null]);
      return english(said.at(-1) ?? null);
    };
    const ambiguous = (status: number | null, isAnswer: boolean): Outcome => ({
      ...{ kind: 'ambiguous', status, isAnswer, retryAfter: null, sentence },
    });
    const odd = [success('x'), { kind: 'unusable', status: 200, sentence } as Outcome, ambiguous(499, true)];
    expect(odd.map((outcome) => last(outcome) !== null)).toEqual([true, true, true]);
    expect(last(success('x'))).not.toBe(last(ambiguous(499, true)));
    const fine = [
      ...[success({}), ambiguous(500, true), ambiguous(null, true), ambiguous(400, false), refused(400, 1)],
      { kind: 'throttled', status: 429, retryAfter: null, sentence } as Outcome,
      { kind: 'unauthorized', status: 401, sentence } as Outcome,
      { kind: 'not-sent', status: null, fault: 'reset', sentence } as Outcome,
    ];
    expect(fine.map(last)).toEqual(fine.map(() => null));
  });

  test('counts its fruitless attempts', () => {
    const perseverance = new Perseverance();
    expect(perseverance.fruitless).toBe(0);
    for (const after of [3, 3]) perseverance.looked(3, after);
    expect(perseverance.fruitless).toBe(2);
    perseverance.looked(3, 2);
    expect(perseverance.fruitless).toBe(0);
    perseverance.looked(2, 3);
    expect(perseverance.fruitless).toBe(1);
  });
});

describe('an org’s clock', () => {
  const T = 1_760_000_000;
  const at = (seconds: number): string => seconds.toString(16).padStart(8, '0') + '0'.repeat(16);
  const noted = (...samples: { ids: string[]; serverSeconds: number | null }[]): OrgClock => {
    const clock = new OrgClock(null);
    for (const sample of samples) clock.note(sample);
    return clock;
  };
  const broken = (...samples: { ids: string[]; serverSeconds: number | null }[]): boolean => noted(...samples).isBroken;
  const sample = (second: number, server = second, ...more: number[]) => ({
    ids: [at(second), ...more.map(at)],
    serverSeconds: server,
  });

  test('allows a second within a request, an hour to the front and five seconds of drift', () => {
    expect([1, 2].map((apart) => broken(sample(T, T, T + apart)))).toEqual([false, true]);
    expect([3_600, 3_601].map((far) => broken(sample(T, T - far)))).toEqual([false, true]);
    expect([3_600, 3_601].map((far) => broken(sample(T, T + far)))).toEqual([false, true]);
    expect(broken(sample(T, T + 0.999), sample(T + 5, T + 0.001))).toBe(false);
    expect([5, 6].map((drift) => broken(sample(T), sample(T + 10, T + 10 - drift)))).toEqual([false, true]);
    expect([5, 6].map((back) => broken(sample(T + 9), sample(T + 9 - back, T + 9 - back)))).toEqual([false, true]);
  });

  test('is confirmed by a record of about the same second', () => {
    const confirmed = (apart: number | null): boolean[] => {
      const clock = noted(sample(T));
      expect(clock.wantsConfirmation).toBe(true);
      clock.confirm(at(T), apart === null ? null : T * SECOND + apart);
      return [clock.wantsConfirmation, clock.isBroken];
    };
    expect([2 * SECOND, -2 * SECOND, 2 * SECOND + 1, null].map(confirmed)).toEqual([
      ...[
        [false, false],
        [false, false],
        [false, true],
        [false, true],
      ],
    ]);
    const odd = noted(sample(T));
    odd.confirm('x', T * SECOND);
    expect(odd.isBroken).toBe(true);
    expect(new OrgClock(null).wantsConfirmation).toBe(false);
    expect(new OrgClock(5).wantsConfirmation).toBe(false);
    const retired = noted(sample(T), { ids: [at(T)], serverSeconds: null });
    expect([retired.wantsConfirmation, retired.isOver]).toEqual([false, true]);
  });

  test('tells five seconds before the last record, once that is after the first', () => {
    const clock = noted(sample(T));
    clock.confirm(at(T), T * SECOND);
    const told = [5, 6, 4, 7].map((later) => {
      clock.note(sample(T + later));
      return clock.sentAfter;
    });
    expect(told).toEqual([null, (T + 1) * SECOND, (T + 1) * SECOND, (T + 2) * SECOND]);
    const floor = new OrgClock((T + 3) * SECOND, at(T));
    const after = [3, 8, 9].map((later) => {
      floor.note(sample(T + later));
      return floor.sentAfter;
    });
    expect(after).toEqual([(T + 3) * SECOND, (T + 3) * SECOND, (T + 4) * SECOND]);
    expect(new OrgClock(7).sentAfter).toBe(7);
  });
});

describe('how quickly a job gets on', () => {
  test('is said after half a second, over the last five', () => {
    let now = 0;
    const pace = new JobPace(() => now);
    const told = [
      [0, 0],
      [499, 10],
      [500, 10],
      [5_000, 100],
      [5_001, 100],
      [5_600, 160],
    ].map(([at = 0, settled = 0]) => {
      now = at;
      return pace.note(settled);
    });
    // The point of 0 is older than five seconds at 5,001, and all but the one of 5,000 are at 5,600.
    expect(told).toEqual([null, null, 20, 20, expect.closeTo((90 * 1_000) / 4_502, 6), 100]);
  });

  const store = (counts: Partial<Record<'waiting' | 'sent' | 'done' | 'refused' | 'unknown', number>>) =>
    ({
      counts: () => ({ waiting: 0, sent: 0, done: 0, refused: 0, unknown: 0, ...counts }),
      orgRefusals: () => [
        [811, 3, 'No'],
        [1040, 2, 'Is'],
        [5, 1, 'Odd'],
      ],
      refusals: () => [
        [811, 3, 'No'],
        [1040, 2, 'Is'],
        [5, 1, 'Odd'],
        [0, 1, 'Line'],
      ],
    }) as unknown as LiveJobStore;

  test('tells what is left, in whole seconds', () => {
    let now = 0;
    const pace = new JobPace(() => now);
    liveJobView(store({}), JOB, pace);
    now = 1_000;
    const view = liveJobView(store({ waiting: 4, sent: 2, unknown: 1, done: 2, refused: 1 }), JOB, pace);
    expect(view).toMatchObject({ perSecond: 3, secondsLeft: 3, total: 10, state: 'running', retryable: 4, note: null });
    expect(view.refusals.map(({ code, count, canRetry }) => [code, count, canRetry])).toEqual([
      [811, 3, true],
      [1040, 2, false],
      [5, 1, true],
      [0, 1, false],
    ]);
    expect(view.refusals.map(({ advice }) => advice !== null)).toEqual([true, true, false, false]);
    now = 2_000;
    const stands = liveJobView(store({ waiting: 4, done: 0 }), JOB, new JobPace(() => now));
    expect([stands.perSecond, stands.secondsLeft]).toEqual([null, null]);
    const paused = liveJobView(store({ waiting: 1 }), { ...JOB, state: 'paused', note: 'why' }, pace);
    expect([paused.perSecond, paused.secondsLeft, paused.note]).toEqual([null, null, 'why']);
    expect(liveJobView(store({}), JOB, null).perSecond).toBeNull();
  });

  test('nothing is left to say while nothing gets on', () => {
    let now = 0;
    const pace = new JobPace(() => now);
    liveJobView(store({ done: 1, waiting: 5 }), JOB, pace);
    now = 1_000;
    const view = liveJobView(store({ done: 1, waiting: 5 }), JOB, pace);
    expect([view.perSecond, view.secondsLeft]).toEqual([0, null]);
  });

  test('a job that is still read counts what was read', () => {
    const reading = { ...JOB, state: 'reading', total: 0 } as LiveJob;
    const view = liveJobView(store({ waiting: 4, sent: 1, unknown: 1, refused: 3, done: 9 }), reading, null);
    expect([view.state, view.total]).toEqual(['running', 9]);
    expect(view.note).toBe(inEnglish(message('jobs.liveReading')));
  });

  test('a refusal is told in Laurel’s words where it knows the code, else in the org’s', () => {
    const label = (code: number, said: string, action: 'award' | 'enrol' = 'award'): string =>
      inEnglish(refusalLabel(code, said, action));
    expect(label(5, 'Odd\u202e')).toContain('Odd');
    expect(label(5, 'Odd\u202e')).not.toContain('\u202e');
    expect(label(0, 'Line')).toContain('Line');
    expect(label(811, 'Said')).not.toContain('Said');
    expect(label(811, '')).toBe(label(811, 'Said'));
    expect(label(5, '')).not.toBe('');
    const back = (code: number, said: string): string => inEnglish(refusalLabel(code, said, 'revoke-award'));
    expect(back(814, 'Said')).toBe(inEnglish(message('refusals.outcomeNotHeld')));
    expect(back(404, 'No such Issue Instance')).toBe(inEnglish(message('refusals.outcomeNotEnrolled')));
    expect(back(404, 'No such badge')).not.toBe(back(404, 'No such issue instance'));
    // What giving meets too is worded as there.
    expect(back(811, 'Said')).toBe(label(811, 'Said'));
    expect(back(5, 'Odd')).toBe(label(5, 'Odd'));
    expect(back(0, 'Line')).toBe(label(0, 'Line'));
  });
});

describe('strain', () => {
  const sentence = message('org.lessOften', { host: 'org' });
  const outcome = (kind: string, changes: object = {}): Outcome =>
    ({
      kind,
      status: null,
      retryAfter: null,
      isAnswer: false,
      fault: 'reset',
      errors: [],
      sentence,
      ...changes,
    }) as Outcome;
  const noted = (strain: JobStrain, given: Outcome, hadToken = false) => strain.note({ outcome: given, hadToken });

  test('is told at the third failure and every one after it, with what the org asked for', () => {
    const strain = new JobStrain(1);
    const throttled = outcome('throttled', { status: 429, retryAfter: 7 });
    expect(noted(strain, throttled)).toEqual({
      reached: null,
      pause: null,
      waits: null,
      recovered: false,
      closedFor: 7,
    });
    noted(strain, outcome('ambiguous', { retryAfter: 9 }));
    for (const _ of [3, 4]) {
      expect(noted(strain, throttled)).toEqual({
        ...{ reached: 'online', pause: null, recovered: false, closedFor: 7 },
        waits: inEnglish(message('jobs.goesOn', { sentence })),
      });
    }
    expect(noted(strain, outcome('refused'))).toEqual({
      ...{ reached: 'online', pause: null, waits: null, recovered: true, closedFor: 0 },
    });
    expect(noted(strain, throttled).waits).toBeNull();
    expect(noted(new JobStrain(1), outcome('throttled')).closedFor).toBe(0);
    expect(noted(new JobStrain(1), outcome('ambiguous', { retryAfter: 9 })).closedFor).toBe(0);
  });

  test('credentials are given three tries; other failures between do not forgive them', () => {
    const no = outcome('unauthorized', { status: 401 });
    const strain = new JobStrain(1);
    const pauses = [no, outcome('not-sent'), no, no].map((each) => noted(strain, each));
    expect(pauses.map(({ pause }) => pause !== null)).toEqual([false, false, false, true]);
    expect(pauses.at(-1)).toMatchObject({ reached: 'unauthorized', waits: null, closedFor: 0 });
    const tokens = new JobStrain(3);
    const counts = Array.from({ length: 30 }, () => noted(tokens, no, true).pause !== null);
    expect(counts.indexOf(true)).toBe(29);
  });
});

describe('a run that stops', () => {
  test('stops once, for its first reason', () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const told: string[] = [];
    const stop = new RunStop(() => told.push('stopped'));
    expect([stop.how, stop.note, stop.halted.aborted, stop.isGivingUp(99)]).toEqual([null, null, false, false]);
    stop.stop('cancelled', 'why');
    stop.stop('closed', 'other');
    expect([stop.how, stop.note, told]).toEqual(['cancelled', 'why', ['stopped']]);
    expect([stop.halted.aborted, stop.givenUp.aborted]).toEqual([true, false]);
    expect([3, 4].map((tries) => stop.isGivingUp(tries))).toEqual([false, true]);
    vi.advanceTimersByTime(2_999);
    expect(stop.givenUp.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    expect([stop.givenUp.aborted, stop.isGivingUp(1)]).toEqual([true, true]);
  });

  test.each(['paused', 'closed'] as const)('looks nothing up any more when it is %s', (how) => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const stop = new RunStop(() => undefined);
    stop.stop(how);
    expect([stop.isGivingUp(0), stop.note]).toEqual([true, null]);
  });
});

describe('writes that are gathered', () => {
  test('are one transaction a turn, in their order', async () => {
    const log: string[] = [];
    const commit = new GroupCommit((work) => {
      log.push('begin');
      work();
      log.push('commit');
    });
    const first = commit.write(() => log.push('a'));
    const second = commit.write(() => log.push('b'));
    commit.writeLater(() => log.push('c'));
    expect(log).toEqual([]);
    await Promise.all([first, second]);
    expect(log).toEqual(['begin', 'a', 'b', 'c', 'commit']);
    await commit.write(() => log.push('d'));
    expect(log).toHaveLength(8);
  });

  test('that can wait are written a quarter of a second later', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const log: string[] = [];
    const commit = new GroupCommit((work) => work());
    commit.writeLater(() => log.push('late'));
    commit.writeLater(() => log.push('later'));
    await vi.advanceTimersByTimeAsync(249);
    expect(log).toEqual([]);
    await vi.advanceTimersByTimeAsync(2);
    expect(log).toEqual(['late', 'later']);
  });

  test('are none after one has failed, and whoever waits is told the first reason', async () => {
    let reason = 'full';
    const log: string[] = [];
    const commit = new GroupCommit((work) => {
      if (reason !== '') throw new Error(reason);
      work();
    });
    await expect(commit.write(() => log.push('a'))).rejects.toThrow('full');
    reason = '';
    await expect(commit.write(() => log.push('b'))).rejects.toThrow('full');
    await expect(commit.drained()).rejects.toThrow('full');
    expect(log).toEqual([]);
    const odd = new GroupCommit(() => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- whatever a store throws
      throw 'broken';
    });
    await expect(odd.write(() => undefined)).rejects.toThrow(new Error('broken'));
    const fine = new GroupCommit((work) => work());
    fine.writeLater(() => log.push('c'));
    await fine.drained();
    expect(log).toEqual(['c']);
  });
});

test('a passage is asked for once in half a second and address, naming the trust that is known', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const asked: [number, string, number][] = [];
  const passages = new ToldPassages((...question) => asked.push(question));
  const url = new URL('https://org.example/a');
  const first = passages.passageTo(url);
  expect(passages.passageTo(new URL('https://org.example/b'))).toBe(first);
  const trust = { version: 5 };
  passages.receive(1, { ways: ['w'], trust } as unknown as Passage);
  expect(await first).toEqual({ ways: ['w'], trust });
  vi.advanceTimersByTime(499);
  expect(passages.passageTo(url)).toBe(first);
  vi.advanceTimersByTime(1);
  const second = passages.passageTo(url);
  const other = passages.passageTo(new URL('https://other.example/'));
  expect(asked).toEqual([
    [1, 'https://org.example/a', 0],
    [2, 'https://org.example/a', 5],
    [3, 'https://other.example/', 5],
  ]);
  passages.receive(2, { ways: ['v'], version: 5 } as never);
  passages.receive(3, { hop: 'proxy', said: message('network.noWay') } as unknown as Passage);
  expect(await second).toEqual({ ways: ['v'], trust });
  expect(await other).toMatchObject({ hop: 'proxy' });
  passages.receive(9, { ways: [], version: 5 } as never);
});

describe('the rows of a job', () => {
  const streamOf = (batches: readonly (readonly [customer: number, fault: number])[][]): CustomerStream => {
    let next = 0;
    return {
      fill: (batch: CustomerBatch) => {
        const rows = batches[next] ?? [];
        next += 1;
        rows.forEach(([customer, fault], index) => {
          batch.customerIds[index] = customer;
          batch.faults[index] = fault as never;
        });
        (batch as { length: number }).length = rows.length;
      },
      total: (done: number) => done * 2,
    } as unknown as CustomerStream;
  };

  test('are counted as good, bad and named before', async () => {
    const stream = streamOf([
      [
        [1, 0],
        [2, 0],
        [1, 0],
      ],
      [
        [2, 0],
        [3, 4],
      ],
    ]);
    const progress = vi.fn();
    expect(await countRows(stream, () => true, progress)).toEqual({ total: 5, good: 2, bad: 1, duplicate: 2 });
    expect(progress).not.toHaveBeenCalled();
  });

  test('others get their turn after every sixteenth batch, and may end it', async () => {
    const batches = Array.from({ length: 40 }, (_, index) => [[index + 1, 0] as const]);
    const told: [number, number | null][] = [];
    const counts = await countRows(
      streamOf(batches),
      () => false,
      (...report) => told.push(report),
    );
    expect(counts).toMatchObject({ total: 40, good: 40 });
    expect(told).toEqual([
      [16, 32],
      [32, 64],
    ]);
    expect(
      await countRows(
        streamOf(batches),
        () => true,
        () => undefined,
      ),
    ).toBeNull();
  });
});

test('a set of numbers knows ids beyond 32 bits apart, and grows', () => {
  const set = new NumberSet();
  const ids = Array.from({ length: 3_000 }, (_, index) => (index % 3) * 4_294_967_296 + index + 1);
  expect(ids.map((each) => set.add(each)).every(Boolean)).toBe(true);
  expect(ids.some((each) => set.add(each))).toBe(false);
});

test('owners are named as the page calls them', () => {
  const said = (ownerType: string, referenceId: string) => english(ownerInWords({ ownerType, referenceId }));
  expect([said('Loyalty', '626'), said('Loyalty', ''), said('Odd', ''), said('Odd', '7')]).toEqual([
    ...['Loyalty 626', 'Loyalty', 'Odd', 'Odd 7'],
  ]);
  expect(said('toString', '')).toBe('toString');
});

test('who may be served later', () => {
  const never = [400, 404, 716, 801, 803, 804, 812, 816, 1028, 1040, 990_003];
  const maybe = [401, 750, 809, 810, 811, 815, 1026, 1039, 990_001, 990_002, 999_999, 0, 7];
  expect(never.filter(canBeServedLater)).toEqual([]);
  expect(maybe.filter(canBeServedLater)).toEqual(maybe);
});

test('a badge’s status is what the org says, and nothing where it says something else', () => {
  expect(['UPCOMING', 'LIVE', 'EXPIRED', 'ENDED', 'live', null, 5].map(statusOf)).toEqual([
    ...['UPCOMING', 'LIVE', 'EXPIRED', 'EXPIRED', null, null, null],
  ]);
});

describe('the start of a job', () => {
  const ahead = (findings: readonly object[], seen = 's'): LookAhead => ({ findings, seen }) as unknown as LookAhead;
  const words = message('lookAhead.inactive', { org: 'Org' });
  const failure = (given: LookAhead, looked: string | undefined): unknown => {
    try {
      requireStartable('Org', given, looked);
      return null;
    } catch (error) {
      const { code, words: said, gatewayErrors } = error as Failure;
      return [code, said.key, said.values['reason'] ?? null, gatewayErrors ?? []];
    }
  };

  test('passes what the org would not refuse, once a person was shown what is to be decided', () => {
    expect(failure(ahead([]), 's')).toBeNull();
    expect(failure(ahead([]), undefined)).toBeNull();
    expect(failure(ahead([{ kind: 'asks', words }]), 's')).toBeNull();
    expect(failure(ahead([{ kind: 'asks', words }]), undefined)).toEqual([
      'conflict',
      'lookAhead.askedHere',
      words,
      [],
    ]);
    expect(failure(ahead([{ kind: 'asks', words }]), 'other')).toEqual(['conflict', 'lookAhead.moved', null, []]);
  });

  test('is refused with the org’s own code and its words, where it has one', () => {
    const refuses = (code: number | null) => failure(ahead([{ kind: 'refuses', code, words }]), 's');
    expect(refuses(404)).toEqual(['not-found', 'jobs.noSuchBadge', null, []]);
    expect(refuses(815)).toEqual([
      ...['rejected-by-gateway', 'lookAhead.refusedHere', words],
      [{ code: 815, message: MESSAGES[815], reference: null }],
    ]);
    expect(refuses(4711)).toEqual([
      ...['rejected-by-gateway', 'lookAhead.refusedHere', words],
      [{ code: 4711, message: '', reference: null }],
    ]);
    expect(refuses(null)).toEqual(['rejected-by-gateway', 'lookAhead.refusedHere', words, []]);
  });
});
