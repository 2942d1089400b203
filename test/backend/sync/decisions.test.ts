import { onTestFinished, describe, expect, test, vi } from 'vitest';
import Database from 'better-sqlite3';
import { WORKSPACE } from '../../../db/kinds';
import { migrate } from '../../../db/migrate';
import { LedgerStore } from '../../../db/workspace/ledger';
import { interpret } from '../../../electron/backend/sync/client/answers';
import { KeptAuthorizer } from '../../../electron/backend/sync/client/authorizer';
import { toSecret } from '../../../electron/backend/sync/client/credentials';
import { readRecords, recordOfRequest } from '../../../electron/backend/sync/live-jobs/customer-records';
import type { Exchange } from '../../../electron/backend/sync/client/exchange';
import { DIRECTLY } from '../network/directly';
import { Exchanger } from '../../../electron/backend/sync/client/exchange';
import { JobStrain } from '../../../electron/backend/sync/live-jobs/strain';
import { afterReading, judge, Perseverance } from '../../../electron/backend/sync/live-jobs/decisions';
import { readBulkAnswer } from '../../../electron/backend/sync/live-jobs/request';
import { OrgClock } from '../../../electron/backend/sync/live-jobs/org-clock';
import { RateLimit } from '../../../electron/backend/sync/client/pace';
import { isSurelyAsSeen } from '../../../electron/backend/sync/badges/pull';
import { rowDigestOf } from '../../../electron/backend/sync/badges/live-badge';
import type { LiveChunk } from '../../../db/workspace/live-jobs';
import { SECOND } from '../../../shared/domain/instant';
import { BareJob } from './live-jobs/bare-job';
import { hostileGateway, json } from './hostile-gateway';
import { inEnglish } from '../../../shared/words/english';

const answered = (status: number, headers: Record<string, string> = {}, body = ''): Exchange => ({
  kind: 'answer',
  status,
  headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
  body: Buffer.from(body),
});
const outcomeOf = (exchange: Exchange, isWrite = true) => interpret(exchange, { host: 'org', isWrite });
const ok = outcomeOf(answered(200, {}, '{"data":{},"errors":[]}'));
const unauthorized = outcomeOf(answered(401));
const down = outcomeOf({ kind: 'not-sent', fault: 'refused', detail: '' });

describe('answers', () => {
  test('only 401 and 403 speak of credentials; Retry-After counts seconds', () => {
    expect([401, 402, 403, 404].map((status) => outcomeOf(answered(status)).kind)).toEqual([
      'unauthorized',
      'ambiguous',
      'unauthorized',
      'ambiguous',
    ]);
    expect(outcomeOf(answered(429, { 'Retry-After': '2' }))).toMatchObject({ kind: 'throttled', retryAfter: 2_000 });
    expect(outcomeOf(answered(503, { 'retry-after': '3' }))).toMatchObject({ kind: 'ambiguous', retryAfter: 3_000 });
  });

  test('a row without an id and an error says nothing; one with both is to be looked up; odd codes are kept in words', () => {
    const said = readBulkAnswer({
      issuedBadges: [
        { customerId: 1 },
        { customerId: '2', issuedId: 'a'.repeat(24), error: { code: 811, message: 'No' } },
        { customerId: 3, issuedId: 'x' },
        { customerId: 4, error: { code: -1, message: 'Odd' } },
        { customerId: 5, error: { code: 9e15, message: 'Odd' } },
        { customerId: 6, error: { code: '811', message: 'No' } },
        { customerId: 7, error: 'no' },
        { customerId: 8, issuedId: '' },
      ],
    });
    expect([...(said?.answers ?? [])]).toEqual([
      [3, { outcome: { kind: 'done', issuedId: null }, message: '' }],
      [4, { outcome: { kind: 'refused', code: 0 }, message: '-1 · Odd' }],
      [5, { outcome: { kind: 'refused', code: 0 }, message: '9000000000000000 · Odd' }],
      [6, { outcome: { kind: 'refused', code: 811 }, message: 'No' }],
      [7, { outcome: { kind: 'refused', code: 0 }, message: 'The org gave no reason.' }],
    ]);
    expect([...(said?.doubtful.keys() ?? [])]).toEqual([2]);
  });

  test('what a customer has is believed only of a whole answer', () => {
    const earn = { earnId: 'x', earnedOn: 1, ownerType: {}, earnEventDate: 'soon' };
    const read = (data: unknown) => readRecords(data, 'award');
    expect(read({ earnDetails: { earnCount: 1, earns: [earn] } })).toHaveLength(1);
    expect(read({ earnDetails: null })).toEqual([]);
    expect(read({ earnDetails: { earnCount: 2, earns: [earn] } })).toBeNull();
    expect(read({ earnDetails: { earnCount: 1, earns: null } })).toBeNull();
    expect(read({ earnDetails: { earns: [{ ...earn, earnId: null }] } })).toBeNull();
    expect(read({})).toBeNull();
  });
});

const CHUNK: LiveChunk = {
  ...{
    number: 0,
    state: 'sent',
    attempt: 0,
    customers: [1, 2],
    codes: [],
    sentAfter: 10,
    known: null,
    records: null,
    terms: null,
  },
  outcomes: [{ kind: 'open' }, { kind: 'open' }],
};
const refused = (status: number, code = 810) =>
  outcomeOf(answered(status, {}, JSON.stringify({ data: null, errors: [{ code, message: 'No' }] })));

describe('a chunk after its answer', () => {
  test.each([
    ['a refusal', refused(400), false, 'settled', 0],
    ['a refusal when in doubt', refused(400), true, 'consumed', 2],
    ['a refusal with a status that speaks of success', refused(200), false, 'consumed', 2],
    ['a crash in the middle', refused(500, 999_999), false, 'consumed', 2],
    ['a repeated id', refused(400, 809), false, 'consumed', 0],
    ['a lost answer', outcomeOf({ kind: 'ambiguous', fault: 'reset', detail: '', status: null }), false, 'unknown', 0],
    ['surely not sent', down, false, 'waiting', 0],
    ['surely not sent, but once before', down, true, 'unknown', 0],
    ['rows that name nobody', ok, false, 'consumed', 0],
  ] as const)('%s', (_what, outcome, isInDoubt, state, refusals) => {
    const after = judge(CHUNK, outcome, isInDoubt);
    expect([after.chunk.state, after.refusals.size]).toEqual([state, refusals]);
  });

  test('who has nothing goes into a fresh request, and what they have is known by id from then on', () => {
    const record = {
      id: 'old',
      madeOn: 20,
      eventDate: null,
      expiresOn: null,
      ownerType: null,
      referenceId: null,
      isRevoked: false,
    };
    const next = afterReading({ ...CHUNK, state: 'consumed' }, new Map([[1, [record]]]), new Map());
    expect(next).toMatchObject({ state: 'waiting', attempt: 1, known: ['old'], sentAfter: 10 });
    const job = { ownerType: 'Loyalty', referenceId: '1', eventDate: null };
    expect(recordOfRequest([record], job, next)).toBeNull();
    expect(recordOfRequest([{ ...record, id: 'new' }], job, next)?.id).toBe('new');
    expect(recordOfRequest([{ ...record, id: 'new', madeOn: 9 }], job, next)).toBeNull();
  });

  test('attempts that give nobody anything come to an end; one that gives somebody something begins anew', () => {
    const perseverance = new Perseverance();
    const looked = [3, 3, 3, 2, 3, 3, 3].map((open) => perseverance.looked(3, open) !== null);
    expect(looked).toEqual([false, false, false, false, false, false, false]);
    expect(inEnglish(perseverance.looked(3, 3)!)).toMatch(/3 customers of the last request have nothing/);
    const html = outcomeOf(answered(200, {}, '<html>'));
    const reset = outcomeOf({ kind: 'ambiguous', fault: 'reset', detail: '', status: 200 });
    expect(
      [html, html, html, html, html, reset, html, html, html, html, html].map((o) => perseverance.sent(o)),
    ).toEqual(Array.from({ length: 11 }, () => null));
    expect(inEnglish(perseverance.sent(html)!)).toMatch(/^does not answer as a badge gateway does/);
  });
});

describe('an org’s clock', () => {
  const id = (seconds: number, rest = '0'): string => seconds.toString(16).padStart(8, '0') + rest.repeat(16);
  const T = 1_760_000_000;
  const proven = (): OrgClock => {
    const clock = new OrgClock(null);
    clock.note({ ids: [id(T), id(T, 'f')], serverSeconds: T + 60 });
    clock.confirm(id(T), T * SECOND + 400_000);
    return clock;
  };

  test('is one once ids, records and the Date header agree and it has moved on', () => {
    const clock = proven();
    expect([clock.isBroken, clock.sentAfter]).toEqual([false, null]);
    clock.note({ ids: [id(T + 5)], serverSeconds: T + 65 });
    expect(clock.sentAfter).toBeNull();
    clock.note({ ids: [id(T + 6)], serverSeconds: T + 66 });
    // Records that were made a little before by another of the org's machines are not left out.
    expect(clock.sentAfter).toBe((T + 1) * SECOND);
    clock.note({ ids: [], serverSeconds: 0 });
    expect(clock.isBroken).toBe(false);
  });

  test.each([
    ['ids of one request far apart', { ids: [id(T + 1), id(T + 4)], serverSeconds: T + 64 }],
    ['ids that go back', { ids: [id(T - 9)], serverSeconds: T + 51 }],
    ['a clock that stands', { ids: [id(T)], serverSeconds: T + 70 }],
    ['a clock that runs ahead', { ids: [id(T + 20)], serverSeconds: T + 61 }],
  ])('%s: it is none', (_what, sample) => {
    const clock = proven();
    clock.note(sample);
    expect(clock.isBroken).toBe(true);
    clock.note({ ids: [id(T + 10)], serverSeconds: T + 70 });
    expect(clock.sentAfter).toBeNull();
  });

  test.each([
    ['ids that are none', { ids: ['x'], serverSeconds: T + 67 }],
    ['no Date header', { ids: [id(T + 7)], serverSeconds: null }],
  ])('%s: it is used no more, and what was noted before holds', (_what, sample) => {
    const clock = proven();
    clock.note({ ids: [id(T + 6)], serverSeconds: T + 66 });
    expect(clock.sentAfter).not.toBeNull();
    clock.note(sample);
    expect([clock.isOver, clock.isBroken, clock.sentAfter]).toEqual([true, false, null]);
  });

  test('a job that is started again goes on from the instant it had, or from its first record', () => {
    const clock = new OrgClock((T + 10) * SECOND, id(T));
    expect(clock.sentAfter).toBe((T + 10) * SECOND);
    clock.note({ ids: [id(T + 12)], serverSeconds: T + 12 });
    expect(clock.sentAfter).toBe((T + 10) * SECOND);
    clock.note({ ids: [id(T + 20)], serverSeconds: T + 20 });
    expect(clock.sentAfter).toBe((T + 15) * SECOND);
    const young = new OrgClock(null, id(T));
    young.note({ ids: [id(T + 6)], serverSeconds: T + 6 });
    expect([young.sentAfter, young.wantsConfirmation]).toEqual([null, true]);
    young.confirm(id(T + 6), (T + 6) * SECOND);
    expect(young.sentAfter).toBe((T + 1) * SECOND);
  });

  test('is none that the record itself contradicts, that is hours from the front’s, or behind an earlier run', () => {
    const other = new OrgClock(null);
    other.note({ ids: [id(T)], serverSeconds: T });
    other.confirm(id(T), (T + 3) * SECOND);
    const far = new OrgClock(null);
    far.note({ ids: [id(T)], serverSeconds: T + 3_700 });
    const behind = new OrgClock((T + 6) * SECOND);
    behind.note({ ids: [id(T)], serverSeconds: T });
    expect([other, far, behind].map(({ isBroken }) => isBroken)).toEqual([true, true, true]);
  });
});

describe('how an org answers', () => {
  const note = (strain: JobStrain, outcome: typeof ok, hadToken = false) => strain.note({ outcome, hadToken });

  test('credentials are refused three times, tokens of its own more often, before a person has to look', () => {
    const strain = new JobStrain(2);
    expect([1, 2].map(() => note(strain, unauthorized).pause)).toEqual([null, null]);
    expect(note(strain, unauthorized).pause).toContain('401');
    const tokens = new JobStrain(2);
    const pauses = Array.from({ length: 20 }, () => note(tokens, unauthorized, true).pause !== null);
    expect(pauses.indexOf(true)).toBe(19);
    expect(note(new JobStrain(2), outcomeOf(answered(403))).pause).toContain('403');
    const again = new JobStrain(2);
    expect([unauthorized, unauthorized, ok, unauthorized].map((o) => note(again, o).pause)).toEqual([
      ...[null, null, null, null],
    ]);
  });

  test('after three failures the job says that it waits, and that it runs when the org answers again', () => {
    const strain = new JobStrain(1);
    expect([down, down, down].map((outcome) => note(strain, outcome).waits !== null)).toEqual([false, false, true]);
    expect([note(strain, ok).recovered, note(strain, ok).recovered]).toEqual([true, false]);
    expect(note(strain, outcomeOf(answered(429, { 'retry-after': '7' }))).closedFor).toBe(7_000);
  });

  test('nobody calls an org that asked for a pause, whatever the request', async () => {
    let isThrottled = true;
    const gateway = await hostileGateway((_request, response) => {
      if (isThrottled) {
        isThrottled = false;
        response.setHeader('retry-after', '86400');
        json(response, '', 429);
      } else json(response, { data: { earnDetails: null }, errors: [] });
    });
    onTestFinished(() => gateway.stop());
    let clock = 0;
    const rate = new RateLimit(1_000_000, () => clock);
    const closeFor = vi.spyOn(rate, 'closeFor');
    const job = new BareJob({ url: gateway.url, customers: [1, 2, 3], chunkSize: 3, parallel: 1, rate });
    const running = job.run();
    await vi.waitFor(() => expect(closeFor).toHaveBeenCalledWith(3_600_000));
    clock = 1;
    expect(rate.take()).toBe(3_599_999);
    job.stop();
    await running;
    expect(gateway.seen).toHaveLength(1);
  });
});

describe('tokens', () => {
  async function authorizerAt(token: unknown): Promise<{ ask(now: number): Promise<unknown>; asked(): number }> {
    let now = 0;
    const gateway = await hostileGateway((_request, response) => json(response, { data: token, errors: [] }));
    const connection = new Database(':memory:');
    migrate(connection, WORKSPACE.migrations, WORKSPACE.applicationId);
    const exchanger = new Exchanger(1, DIRECTLY);
    onTestFinished(async () => {
      exchanger.close();
      await gateway.stop();
    });
    const authorizer = new KeptAuthorizer({
      org: { connectionKey: 1, name: 'Org', baseUrl: gateway.url },
      ...{ exchanger, ledger: new LedgerStore(connection), now: () => now },
      takeSecret: () => Promise.resolve(toSecret({ kind: 'oauth', key: 'key', secret: 'secret' })),
    });
    const ask = async (seconds: number): Promise<unknown> => {
      now = seconds * SECOND;
      const authorization = await authorizer.authorize();
      return authorization.ok || authorization.outcome;
    };
    return { ask, asked: () => gateway.seen.length };
  }

  test('a token is renewed half a minute before it runs out', async () => {
    const { ask, asked } = await authorizerAt({ accessToken: 'token', ttlSeconds: 60 });
    const after = [];
    for (const seconds of [0, 29, 31, 60, 62]) {
      expect(await ask(seconds)).toBe(true);
      after.push(asked());
    }
    expect(after).toEqual([1, 1, 2, 2, 3]);
  });

  test.each(['to\nken', 'to\r\nken: x', 'tökén', 'a b', '', '\u0000'])(
    '%j is no token, and nobody is called with it',
    async (accessToken) => {
      const { ask } = await authorizerAt({ accessToken, ttlSeconds: 60 });
      expect(await ask(0)).toMatchObject({ kind: 'unauthorized' });
    },
  );

  test('a header that no request can carry ends the exchange, not the program', async () => {
    const exchanger = new Exchanger(1, DIRECTLY);
    const headers = { authorization: 'to\nken' };
    const url = new URL('http://127.0.0.1:9/');
    expect(await exchanger.exchange({ method: 'GET', url, headers, body: null, mostBytes: 1 })).toMatchObject({
      kind: 'not-sent',
      fault: 'unsendable',
    });
    exchanger.close();
  });
});

test('an unchanged date of change proves nothing within ten minutes of the last reading', () => {
  const seenOn = 2_000 * SECOND;
  const row = (seconds: number) => ({ id: 'x', name: 'x', lastUpdatedOn: seconds });
  const isSure = (seconds: number, kind: 'test' | 'practice' = 'test') =>
    isSurelyAsSeen({ kind }, row(seconds), { rowDigest: rowDigestOf(row(seconds)), seenOn } as never);
  expect([isSure(1_399), isSure(1_401), isSure(1_999), isSure(1_399, 'practice')]).toEqual([true, false, false, false]);
});

test('an org may refuse to tell now and then; three times in a row it does not tell', async () => {
  const crash = { data: null, errors: [{ code: 999_999, message: 'Something went wrong' }] };
  let reads = 0;
  let isBroken = false;
  const gateway = await hostileGateway((request, response) => {
    if (request.method !== 'GET') return json(response, { data: { issuedBadges: [{ customerId: 1, issuedId: 'x' }] } });
    reads += 1;
    // Two other failures, then one refusal: not three refusals.
    if (isBroken || reads === 3) json(response, crash, 500);
    else if (reads < 3) json(response, '', 503);
    else json(response, { data: { earnDetails: null } });
  });
  onTestFinished(() => gateway.stop());
  expect(await new BareJob({ url: gateway.url, customers: [1], chunkSize: 1 }).run()).toBe('done');
  expect(reads).toBe(4);
  isBroken = true;
  const job = new BareJob({ url: gateway.url, customers: [1], chunkSize: 1 });
  expect(await job.run()).toBe('paused');
  expect([reads, job.job.note]).toEqual([7, expect.stringContaining('does not tell what customer 1 has')]);
});
