import { describe, expect, test } from 'vitest';
import type { LiveChunk, LiveJob } from '../../../../db/workspace/live-jobs';
import {
  hasRecords,
  MOST_REVOKED,
  readRevokeAnswer,
  revokeRequest,
} from '../../../../electron/backend/sync/live-jobs/take-back/request';
import {
  countTakeBack,
  readTakeBack,
  rowsOfJob,
  type TakeBackRow,
} from '../../../../electron/backend/sync/live-jobs/take-back/rows';
import { SECOND } from '../../../../shared/domain/instant';
import type { TakeBackAction } from '../../../../shared/ipc/take-back-contract';
import { inEnglish } from '../../../../shared/words/english';
import { readReject } from '../../../../shared/words/kept-rejects';
import { message } from '../../../../shared/words/message';
import { NOW, testWorkspace } from '../../../db/workspace/open-workspace';

/** A record id of a second since 1970. */
const idOf = (second: number, rest: number): string =>
  second.toString(16).padStart(8, '0') + rest.toString(16).padStart(16, '0');

test('what was there before the job’s request is not the job’s; nor what nobody knows, or that has no id', async () => {
  const { current } = await testWorkspace();
  const { liveJobs, liveRows } = current;
  const { key } = liveJobs.add({
    ...{
      uid: 'ab',
      connectionKey: 1,
      connectionName: 'Acme',
      badgeName: 'Badge',
      remoteBadgeId: 'b1',
      action: 'enrol',
    },
    ...{ ownerType: 'Loyalty', referenceId: '626', eventDate: null, source: 'typed', startedOn: NOW },
  });
  const settled = (chunk: Partial<LiveChunk> & Pick<LiveChunk, 'number' | 'customers' | 'outcomes'>): void => {
    liveJobs.addChunk(key, chunk.number, chunk.customers);
    const rest = {
      state: 'settled',
      attempt: 0,
      codes: [],
      sentAfter: null,
      known: null,
      records: null,
      terms: null,
    } as const;
    liveJobs.saveChunk(key, { ...rest, ...chunk });
  };
  const done = (issuedId: string | null) => ({ kind: 'done' as const, issuedId });
  // Its customers were read before: one had this record already, and the org answered with it.
  settled({
    ...{ number: 0, customers: [1, 2], known: [idOf(100, 1).toUpperCase()] },
    outcomes: [done(idOf(100, 1)), done(idOf(100, 2))],
  });
  // The org's clock stood at second 200 when it left; a stand-in is of somebody who was forgotten.
  settled({
    ...{ number: 1, customers: [3, 4, 5, -1], sentAfter: 200 * SECOND },
    outcomes: [done(idOf(199, 3)), done(idOf(200, 4)), done(null), done(idOf(201, 5))],
  });
  settled({
    number: 2,
    customers: [6, 7],
    state: 'unknown',
    outcomes: [{ kind: 'open' }, { kind: 'refused', code: 1040 }],
  });
  liveJobs.addChunk(key, 3, [8]);
  const rows = [...rowsOfJob({ store: liveJobs, rows: liveRows }, key, '')];
  expect(rows.map((row) => (row.leftOut === null ? [row.customer, row.record] : [row.shown, row.leftOut]))).toEqual([
    ['1', 'before'],
    [2, idOf(100, 2)],
    ['3', 'before'],
    [4, idOf(200, 4)],
    ['5', 'untold'],
    ['-1', 'noCustomer'],
    ['6', 'unknown'],
  ]);
  const order = { action: 'revoke-enrolment', remoteBadgeId: 'b1' } as const;
  const count = await countTakeBack(
    rows,
    order,
    500,
    () => false,
    () => undefined,
  );
  expect(count).toMatchObject({ total: 7, records: 2, requests: 1 });
});

describe('what is to be revoked', () => {
  const rowOf = (customer: number, record: number): TakeBackRow => ({
    ...{ leftOut: null, customer, record: idOf(100, record) },
  });
  const left = (leftOut: 'badRecord' | 'noCustomer', shown: string, line: number): TakeBackRow => ({
    ...{ leftOut, shown, line },
  });
  // A record twice, a customer with two records, and rows that name nothing.
  const ROWS: readonly TakeBackRow[] = [
    ...[rowOf(1, 1), rowOf(2, 2), left('badRecord', '3 x', 4), rowOf(1, 1), rowOf(2, 3), rowOf(4, 4)],
    ...[left('noCustomer', 'y', 0), rowOf(5, 5)],
  ];
  const ENROLMENTS = { action: 'revoke-enrolment', remoteBadgeId: 'b1' } as const;
  const GOES_ON = () => false;

  async function job(action: TakeBackAction) {
    const { liveJobs, liveRows } = (await testWorkspace()).current;
    const { key } = liveJobs.add({
      ...{ uid: 'ab', connectionKey: 1, connectionName: 'Acme', badgeName: 'Badge', remoteBadgeId: 'b1', action },
      ...{ ownerType: '', referenceId: '', eventDate: null, source: 'typed', startedOn: NOW },
    });
    const chunks = (): unknown =>
      liveJobs.chunkNumbers(key, 'waiting').map((number) => {
        const { customers = [], records = [] } = liveJobs.chunk(key, number) ?? {};
        return customers.map((customer, index) => [customer, records?.[index]]);
      });
    return { key, liveJobs, liveRows, chunks };
  }

  test('is read into chunks in which a customer stands once, of as many as a request may name', async () => {
    for (const [action, size, shape] of [
      [
        'revoke-enrolment',
        500,
        [
          [1, 2],
          [2, 4, 5],
        ],
      ],
      ['revoke-enrolment', 2, [[1, 2], [2, 4], [5]]],
      ['revoke-award', 500, [[1], [2], [2], [4], [5]]],
    ] as const) {
      const { key, liveJobs, liveRows, chunks } = await job(action);
      let told = 0;
      const order = { key, action, remoteBadgeId: 'b1' };
      const read = await readTakeBack(liveJobs, order, ROWS, size, GOES_ON, () => void (told += 1));
      expect(read).toMatchObject({ total: 8, records: 5 });
      expect(told).toBe(1);
      const records = [idOf(100, 1), idOf(100, 2), idOf(100, 3), idOf(100, 4), idOf(100, 5)];
      let next = 0;
      expect(chunks()).toEqual(shape.map((customers) => customers.map((customer) => [customer, records[next++]])));
      const { rows } = liveRows.page(key, { states: ['refused'], customer: '' }, 0, 9);
      expect(
        rows.map(({ ordinal, customer, message: said }) => [ordinal, customer, inEnglish(readReject(said ?? '')!)]),
      ).toEqual([
        [2, '3 x', inEnglish(message('refusals.atLine', { line: 4, reason: message('refusals.lineBadRecord') }))],
        [3, `1 ${idOf(100, 1)}`, inEnglish(message('refusals.lineRecordAgain'))],
        [6, 'y', inEnglish(message('refusals.lineNoCustomer'))],
      ]);
      const count = await countTakeBack(ROWS, order, size, GOES_ON, () => undefined);
      expect(count).toEqual({
        ...{ total: 8, records: 5, requests: shape.length, seal: read?.seal },
        leftOut: new Map([
          ['badRecord', 1],
          ['again', 1],
          ['noCustomer', 1],
        ]),
        sample: [1, 2, 2, 4, 5].map((customer, index) => ({ customer: String(customer), record: records[index] })),
      });
    }
  });

  test('is sealed: the badge, what is revoked, each record and whose it is, in order', async () => {
    const sealOf = async (rows: readonly TakeBackRow[], job: Parameters<typeof countTakeBack>[1] = ENROLMENTS) =>
      (await countTakeBack(rows, job, 20, GOES_ON, () => undefined))?.seal;
    const seal = await sealOf(ROWS);
    expect(seal).toMatch(/^[\w+/]{43}=$/);
    const others = await Promise.all([
      sealOf(ROWS, { ...ENROLMENTS, remoteBadgeId: 'b2' }),
      sealOf(ROWS, { ...ENROLMENTS, action: 'revoke-award' }),
      sealOf([...ROWS, rowOf(6, 6)]),
      sealOf(ROWS.toReversed()),
      sealOf([...ROWS.slice(0, -1), rowOf(6, 5)]),
      sealOf([...ROWS.slice(0, -1), rowOf(5, 6)]),
      sealOf([]),
    ]);
    expect(new Set([seal, ...others]).size).toBe(8);
    // What is left out is no part of it.
    expect(await sealOf(ROWS.filter(({ leftOut }) => leftOut === null))).toBe(seal);
  });

  test('is read portion by portion, and no further once somebody says stop; five are shown', async () => {
    const many = Array.from({ length: 12_000 }, (_, index) => rowOf(index + 1, index + 1));
    let asked = 0;
    const told: number[] = [];
    const count = await countTakeBack(
      many,
      ENROLMENTS,
      20,
      () => ((asked += 1), false),
      (done) => void told.push(done),
    );
    expect([count?.total, count?.requests, count?.sample.length, asked, told]).toEqual([
      ...[12_000, 600, 5, 2, [5_000, 10_000]],
    ]);
    expect(
      await countTakeBack(
        many,
        ENROLMENTS,
        20,
        () => true,
        () => undefined,
      ),
    ).toBeNull();
    const { key, liveJobs, chunks } = await job('revoke-enrolment');
    let closed = 0;
    function* watched(): Generator<TakeBackRow> {
      try {
        yield* many;
      } finally {
        closed += 1;
      }
    }
    const order = { key, ...ENROLMENTS };
    expect(
      await readTakeBack(
        liveJobs,
        order,
        watched(),
        20,
        () => true,
        () => undefined,
      ),
    ).toBeNull();
    expect([closed, (chunks() as unknown[]).length]).toEqual([1, 250]);
  });
});

describe('the request of a take-back', () => {
  const ORG = { connectionKey: 4, name: 'Org', baseUrl: 'https://org.example' };
  const BASE = 'https://org.example/api_gateway/v1/badges';
  const OPEN = { kind: 'open' } as const;
  const chunk = {
    ...{ number: 0, state: 'sent', attempt: 0, codes: [], sentAfter: null, known: null, customers: [5, 6, 7] },
    ...{ records: ['R5', 'R6', 'R7'], outcomes: [OPEN, { kind: 'done', issuedId: 'R6' }, OPEN] },
  } as unknown as LiveChunk;
  const jobOf = (action: TakeBackAction): LiveJob => ({ key: 9, remoteBadgeId: 'b1', action }) as LiveJob;
  const RECORDS = { 'revoke-enrolment': 20, 'revoke-award': 1 };

  test('names the records of those who are open', () => {
    expect(MOST_REVOKED).toEqual(RECORDS);
    const common = {
      ...{ method: 'POST', isWrite: true, badgeId: 'b1', jobKey: 9 },
      headers: [{ name: 'Content-Type', value: 'application/json' }],
    };
    expect(revokeRequest(ORG, jobOf('revoke-enrolment'), chunk)).toEqual({
      ...{ ...common, purpose: 'revoke-enrolment', url: `${BASE}/badgeMeta/customer/revokeIssue` },
      body: JSON.stringify({
        badgeMetaId: 'b1',
        revokeIssuals: [
          { customerId: 5, issueId: 'R5' },
          { customerId: 7, issueId: 'R7' },
        ],
      }),
    });
    expect(revokeRequest(ORG, jobOf('revoke-award'), chunk)).toEqual({
      ...{ ...common, purpose: 'revoke-award', url: `${BASE}/customer/revokeEarn` },
      body: JSON.stringify({ badgeMetaId: 'b1', customerId: 5, earnedBadgeId: 'R5' }),
    });
  });

  test('is none where it is not noted of everybody which record is meant', () => {
    expect([chunk, { ...chunk, records: ['R5', 'R6'] }, { ...chunk, records: null }].map(hasRecords)).toEqual([
      ...[true, false, false],
    ]);
    const blank = { ...chunk, records: ['R5', '', 'R7'] };
    const none = { ...chunk, records: ['R5', null, 'R7'] } as unknown as LiveChunk;
    expect([blank, none].map(hasRecords)).toEqual([false, false]);
  });

  test('is answered by the record it named, and by no other', () => {
    const said = (data: unknown, action: TakeBackAction = 'revoke-award', isInDoubt = false) => {
      const read = readRevokeAnswer(jobOf(action), chunk, data, isInDoubt);
      return (
        read && [[...read.answers].map(([customer, { outcome }]) => [customer, outcome]), [...read.doubtful.keys()]]
      );
    };
    const id = idOf(100, 5);
    const one = { ...chunk, records: [id.toUpperCase(), 'R6', 'R7'] };
    const award = (data: unknown) =>
      [...(readRevokeAnswer(jobOf('revoke-award'), one, data, false)?.answers ?? [])].map(([who, { outcome }]) => [
        who,
        outcome,
      ]);
    expect(award({ earnedBadgeId: id, isActive: false })).toEqual([[5, { kind: 'done', issuedId: id }]]);
    expect(award({ earnedBadgeId: id, isActive: true })).toEqual([]);
    expect(award({ earnedBadgeId: idOf(100, 6), isActive: false })).toEqual([]);
    expect(said([])).toBeNull();
    expect(said([], 'revoke-enrolment')).toBeNull();
    const rows = (...revokedIssuedBadges: object[]) => ({ revokedIssuedBadges });
    const error = { code: 404, message: 'none' };
    expect(said(rows({ customerId: 5, issuedId: null, error }), 'revoke-enrolment')).toEqual([
      [[5, { kind: 'refused', code: 404 }]],
      [],
    ]);
    expect(said(rows({ customerId: 5, issuedId: null, error }), 'revoke-enrolment', true)).toEqual([[], [5]]);
    // Two rows that contradict each other say nothing.
    const twice = rows({ customerId: 5, issuedId: null, error }, { customerId: 5, issuedId: 'R5', error: null });
    expect(said(twice, 'revoke-enrolment')).toEqual([[], []]);
    expect(said(rows({ customerId: 5, issuedId: 'other', error: null }, { odd: 1 }), 'revoke-enrolment')).toEqual([
      [],
      [],
    ]);
  });
});
