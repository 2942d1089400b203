/** What a run does with each answer of an org: its states, its list of calls, and what is left when it stops. */
import { createServer } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { LiveJobState } from '../../../../db/workspace/live-jobs';
import type { Authorizer } from '../../../../electron/backend/sync/client/gateway-client';
import { RateLimit } from '../../../../electron/backend/sync/client/pace';
import { inEnglish } from '../../../../shared/words/english';
import { message } from '../../../../shared/words/message';
import { hostileGateway, json } from '../hostile-gateway';
import { BareJob, type BareJobOptions } from './bare-job';

/** Ids begin with the second in which they were made, as an org's do. */
const SECOND_NOW = Math.floor(Date.now() / 1_000);
const idOf = (customer: number, second = SECOND_NOW): string =>
  second.toString(16).padStart(8, '0') + customer.toString(16).padStart(16, '0');

/** A bulk request as an org sees it, and how many came before. */
interface Call {
  count: number;
  customerIds: number[];
  requestId: string;
}
type Answer = { status?: number; body?: unknown; headers?: Record<string, string> } | undefined;

const refusal = (code: number, text = 'No'): Answer => ({
  status: 400,
  body: { data: null, errors: [{ code, message: text }] },
});

/** An org that awards each customer once for each id, unless the test answers otherwise; reads show what was awarded. */
async function scriptedOrg(
  answer: (call: Call) => Answer = () => undefined,
  read: (customer: number) => Answer = () => undefined,
  together = 1,
) {
  const awards = new Map<number, string[]>();
  const calls: Call[] = [];
  const reads: number[] = [];
  const seen = new Set<string>();
  let atOnce = 0;
  let most = 0;
  const held: (() => void)[] = [];
  const gateway = await hostileGateway((request, response) => {
    let body = '';
    atOnce += 1;
    most = Math.max(most, atOnce);
    response.on('close', () => (atOnce -= 1));
    const give = (said: NonNullable<Answer>): void => {
      for (const [name, value] of Object.entries(said.headers ?? {})) response.setHeader(name, value);
      held.push(() => json(response, said.body ?? {}, said.status ?? 200));
      // Nobody is answered before so many have come at once.
      if (most < together) return;
      for (const answerNow of held.splice(0)) answerNow();
    };
    request.on('data', (bytes: Buffer) => (body += bytes.toString()));
    request.on('end', () => {
      if (request.method === 'GET') {
        const customer = Number(/management\/(\d+)/.exec(request.url ?? '')?.[1]);
        reads.push(customer);
        const said = read(customer);
        if (said) return give(said);
        const earns = (awards.get(customer) ?? []).map((earnId) => ({
          earnId,
          earnedOn: parseInt(earnId.slice(0, 8), 16),
        }));
        return give({ body: { data: { earnDetails: { earnCount: earns.length, earns } }, errors: [] } });
      }
      const { customerIds, requestId } = JSON.parse(body) as Call;
      const call = { customerIds, requestId, count: calls.length };
      calls.push(call);
      const said = answer(call);
      if (said) return give(said);
      if (seen.has(requestId)) return give(refusal(809, 'Repeated')!);
      seen.add(requestId);
      for (const customer of customerIds) awards.set(customer, [...(awards.get(customer) ?? []), idOf(customer)]);
      const rows = customerIds.map((customerId) => ({ customerId, earnedBadgeId: awards.get(customerId)?.at(-1) }));
      return give({ body: { data: { earnedBadgesList: rows, failedEarnBadgeErrorList: [] }, errors: [] } });
    });
  });
  onTestFinished(() => gateway.stop());
  return { url: gateway.url, awards, calls, reads, most: () => most, seen: gateway.seen };
}

const range = (to: number): number[] => Array.from({ length: to }, (_, index) => index + 1);

/** A job with everything told about it. */
function jobAt(url: string, options: Partial<BareJobOptions> = {}) {
  const states: [LiveJobState, string | null][] = [];
  const reached: string[] = [];
  const job: BareJob = new BareJob({
    ...{ url, customers: range(12), chunkSize: 3, parallel: 1 },
    // Every answer comes: a busy machine is no lost one.
    exchange: { connect: 20_000, idle: 20_000, total: 40_000 },
    changed: () => {
      const { state, note } = job.job;
      if (states.at(-1)?.[0] !== state || states.at(-1)?.[1] !== note) states.push([state, note]);
    },
    reached: (how) => void reached.push(how),
    ...options,
  });
  return { job, states, reached };
}

const kinds = (job: BareJob): string[] => [...job.outcomes().values()].map(({ kind }) => kind);
const all = (kind: string, count = 12): string[] => Array.from({ length: count }, () => kind);

describe('a run', () => {
  test('sends each chunk once under its own id, notes each call, and ends', async () => {
    const org = await scriptedOrg();
    const { job, states, reached } = jobAt(org.url);
    expect(await job.run()).toBe('done');
    expect(org.calls.map(({ requestId, customerIds }) => [requestId, customerIds])).toEqual([
      ...[
        ['laurel-uid-1-1', [1, 2, 3]],
        ['laurel-uid-2-1', [4, 5, 6]],
        ['laurel-uid-3-1', [7, 8, 9]],
        ['laurel-uid-4-1', [10, 11, 12]],
      ],
    ]);
    expect(kinds(job)).toEqual(all('done'));
    expect(job.job).toMatchObject({ state: 'done', note: null });
    expect(job.job.endedOn).not.toBeNull();
    expect(job.lines('award').map(({ outcome, status }) => [outcome, status])).toEqual([
      ...range(4).map(() => ['answered', 200]),
    ]);
    expect([states.at(0), reached]).toEqual([['running', null], ['online']]);
    // What customers have is read before their request, and of the first once afterwards: all is done in one second, so
    // that no instant is certain yet.
    expect(org.reads.toSorted((one, other) => one - other)).toEqual([1, ...range(12)]);
    expect(job.store.chunk(job.job.key, 0)).toMatchObject({ state: 'settled', attempt: 0, known: [], sentAfter: null });
  });

  test.each([1, 2, 3])('has %i requests on their way at once, once the clock is known', async (parallel) => {
    const org = await scriptedOrg(undefined, undefined, parallel);
    const { job } = jobAt(org.url, { customers: range(60), parallel, clock: idSecond(-60) });
    expect(await job.run()).toBe('done');
    expect(org.most()).toBe(parallel);
    expect(org.calls).toHaveLength(20);
    expect(org.reads).toEqual([]);
    expect([...org.awards.values()].every((given) => given.length === 1)).toBe(true);
    expect(job.store.chunk(job.job.key, 19)?.sentAfter).not.toBeNull();
    expect(job.job.orgClock).toBe(idSecond(-60));
  });

  test('that stops puts back what it noted and did not send, and goes on with it', async () => {
    const org = await scriptedOrg(({ count }) => {
      if (count === 1) job.stop('paused');
      return undefined;
    });
    const { job } = jobAt(org.url, { customers: range(30), ahead: 4, clock: idSecond(-60) });
    expect(await job.run()).toBe('paused');
    const sent = org.calls.length;
    expect(sent).toBeLessThan(10);
    const { key } = job.job;
    expect([job.job.state, job.job.note, job.job.endedOn]).toEqual(['paused', null, null]);
    expect(job.store.chunkNumbers(key, 'sent')).toEqual([]);
    expect(job.store.chunkNumbers(key, 'settled')).toHaveLength(sent);
    expect(job.store.chunkNumbers(key, 'waiting')).toHaveLength(10 - sent);
    const lines = job.lines('award');
    const unsent = lines.filter(({ outcome }) => outcome !== 'answered');
    expect(lines.length - unsent.length).toBe(sent);
    expect(unsent.length).toBeGreaterThan(0);
    for (const { outcome, status, answeredOn, codes, sentence } of unsent) {
      expect({ outcome, status, answeredOn, codes, sentence }).toEqual({
        ...{ outcome: 'failed', status: null, answeredOn: null, codes: [] },
        sentence: inEnglish(message('jobs.notSentStopped')),
      });
    }
    expect(await job.run()).toBe('done');
    expect([...org.awards.values()].map((given) => given.length)).toEqual(range(30).map(() => 1));
    expect(org.calls).toHaveLength(10);
  });

  test('that is cancelled sends nothing more, looks up what it does not know of, and says so', async () => {
    const org = await scriptedOrg(({ count, customerIds }) => {
      if (count !== 1) return undefined;
      job.stop('cancelled');
      // The answer is lost, the awards are not.
      for (const customer of customerIds.slice(0, 2)) org.awards.set(customer, [idOf(customer)]);
      return { status: 502, body: 'odd' };
    });
    const { job } = jobAt(org.url);
    expect(await job.run()).toBe('cancelled');
    expect(org.calls).toHaveLength(2);
    expect(kinds(job)).toEqual([...all('done', 5), ...all('open', 7)]);
    expect(job.store.counts(job.job.key)).toEqual({ waiting: 7, sent: 0, unknown: 0, done: 5, refused: 0 });
    expect(job.job).toMatchObject({ state: 'cancelled', note: inEnglish(message('jobs.cancelled')) });
    expect(job.job.endedOn).not.toBeNull();
    expect(org.reads.slice(-3).sort()).toEqual([4, 5, 6]);
  });

  test('that is closed is left as it runs, to go on at the next start', async () => {
    const org = await scriptedOrg(({ count }) => {
      if (count === 1) job.stop('closed');
      return undefined;
    });
    const { job } = jobAt(org.url);
    expect(await job.run()).toBe('closed');
    expect(job.job).toMatchObject({ state: 'running', note: null, endedOn: null });
  });

  test('whose store fails ends with that failure, in every lane', async () => {
    const org = await scriptedOrg();
    const { job } = jobAt(org.url, { parallel: 3, customers: range(60) });
    job.store.saveChunk = () => {
      throw new Error('The disk is full.');
    };
    await expect(job.run()).rejects.toThrow('The disk is full.');
    expect(org.calls.length).toBeLessThan(20);
  });
});

describe('an org that refuses', () => {
  const doubt = (said: string): string =>
    inEnglish(message('jobs.refusedWhole', { org: 'Odd', reason: message('refusals.quoted', { text: said }) }));

  test('all of a request pauses the job with its reason, once for each reason', async () => {
    const org = await scriptedOrg(({ count }) => (count < 2 ? refusal(777, 'Not today') : undefined));
    const { job } = jobAt(org.url);
    expect(await job.run()).toBe('paused');
    expect([job.job.state, job.job.note, org.calls.length]).toEqual(['paused', doubt('777 · Not today'), 1]);
    expect(kinds(job)).toEqual([...all('refused', 3), ...all('open', 9)]);
    expect(job.lines('award')[0]).toMatchObject({ outcome: 'refused', status: 400, codes: [777] });
    // Whoever goes on has answered the question.
    expect(await job.run()).toBe('done');
    expect([org.calls.length, job.job.note]).toEqual([4, null]);
    expect(kinds(job)).toEqual([...all('refused', 6), ...all('done', 6)]);
    expect(job.retryRefused()).toBe(6);
  });

  test('all of the last request is asked about where the org refused the request, not each row', async () => {
    const rows = (customers: number[]): Answer => ({
      body: {
        data: {
          earnedBadgesList: [],
          failedEarnBadgeErrorList: customers.map((customerId) => ({ customerId, errorCode: 777, errorMessage: 'No' })),
        },
        errors: [],
      },
    });
    for (const [said, end] of [
      [refusal(777), 'paused'],
      [rows([1, 2, 3]), 'done'],
    ] as const) {
      const org = await scriptedOrg(() => said);
      const { job } = jobAt(org.url, { customers: range(3) });
      expect(await job.run()).toBe(end);
      expect(kinds(job)).toEqual(all('refused', 3));
    }
  });

  test('all of a request over which it failed is asked about once its customers were read', async () => {
    const org = await scriptedOrg(() => ({
      ...{ status: 500, body: { data: null, errors: [{ code: 999_999, message: 'Broken' }] } },
    }));
    const { job, states } = jobAt(org.url);
    expect(await job.run()).toBe('paused');
    expect([org.calls.length, kinds(job)]).toEqual([1, [...all('refused', 3), ...all('open', 9)]]);
    // It stands with the refusal itself, before the run has ended.
    expect(states.at(-1)).toEqual(['paused', job.job.note]);
    expect(job.job.note).toMatch(/^Odd refused everybody in one request/);
  });

  test('credentials is asked again at once, and then a person is', async () => {
    const rejected: unknown[] = [];
    const header = { name: 'authorization', value: 'Bearer x' };
    const authorizer: Authorizer = {
      authorize: () => Promise.resolve({ ok: true, header }),
      rejected: (given) => void rejected.push(given),
    };
    const org = await scriptedOrg(() => ({ status: 401, body: {} }));
    const { job, reached } = jobAt(org.url, { authorizer });
    expect(await job.run()).toBe('paused');
    expect([org.calls.length, rejected.length, reached.at(-1)]).toEqual([3, 3, 'unauthorized']);
    expect(job.job.note).toMatch(/\S/);
    // Nothing of it was carried out: the same id is free still.
    expect(new Set(org.calls.map(({ requestId }) => requestId)).size).toBe(1);
    expect(job.store.counts(job.job.key)).toMatchObject({ waiting: 12, sent: 0, unknown: 0 });
  });
});

describe('an org that is away', () => {
  test('is waited for, said so after three times, and gone on with', async () => {
    const org = await scriptedOrg(({ count }) =>
      count < 5 ? { status: 429, headers: { 'retry-after': '0' } } : undefined,
    );
    const { job, states, reached } = jobAt(org.url);
    expect(await job.run()).toBe('done');
    expect(states.map(([state]) => state)).toEqual(['running', 'waiting-for-org', 'running']);
    expect(states[1]?.[1]).toMatch(/\S/);
    expect(states[2]?.[1]).toBeNull();
    expect(reached).toEqual(['online']);
    expect(new Set(org.calls.slice(0, 6).map(({ requestId }) => requestId)).size).toBe(1);
    expect([...org.awards.values()].every((given) => given.length === 1)).toBe(true);
  });

  test('is not called while it asked not to be', async () => {
    const closed: number[] = [];
    const rate = new RateLimit(100_000);
    rate.closeFor = (milliseconds) => void closed.push(milliseconds);
    const org = await scriptedOrg(({ count }) =>
      count === 1 ? { status: 429, headers: { 'retry-after': '0' } } : undefined,
    );
    const { job } = jobAt(org.url, { rate });
    expect(await job.run()).toBe('done');
    expect(new Set(closed)).toEqual(new Set([0]));
    expect(closed.length).toBe(org.calls.length + org.reads.length);
  });

  test('is said to be offline only once it has failed three times, and online again', async () => {
    const org = await scriptedOrg(({ count }) => (count >= 1 && count < 5 ? { status: 503, body: 'away' } : undefined));
    const { job, reached, states } = jobAt(org.url);
    expect(await job.run()).toBe('done');
    expect(reached).toEqual(['online', 'offline', 'online']);
    expect(states.map(([state]) => state)).toEqual(['running', 'waiting-for-org', 'running']);
    expect(kinds(job)).toEqual(all('done'));
    expect([...org.awards.values()].every((given) => given.length === 1)).toBe(true);
  });

  test('answers in no form that is known six times before a person is asked', async () => {
    const org = await scriptedOrg(() => ({ status: 200, body: 'what?' }));
    const { job } = jobAt(org.url);
    expect(await job.run()).toBe('paused');
    expect(org.calls).toHaveLength(6);
    expect(job.job.note).toMatch(/^Odd /);
    expect(job.store.counts(job.job.key)).toMatchObject({ unknown: 3, waiting: 9, done: 0 });
  });

  test('is no org at all: nothing left, nothing is in doubt', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    await new Promise((resolve) => server.close(resolve));
    const { job, states } = jobAt(`http://127.0.0.1:${String(port)}`, {
      clock: idSecond(-60),
      dice: () => {
        if (job.lines('award').length > 4) job.stop('paused');
        return 0;
      },
    });
    expect(await job.run()).toBe('paused');
    expect(states.map(([state]) => state)).toContain('waiting-for-org');
    expect(job.store.counts(job.job.key)).toEqual({ waiting: 12, sent: 0, unknown: 0, done: 0, refused: 0 });
    for (const { outcome } of job.lines('award')) expect(outcome).toBe('failed');
  });
});

describe('the clock of an org', () => {
  test('is confirmed by one record, and customers are read before their request no more', async () => {
    let second = SECOND_NOW;
    const org = await scriptedOrg(({ count, customerIds }) => {
      second = SECOND_NOW + count * 4;
      for (const customer of customerIds) org.awards.set(customer, [idOf(customer, second)]);
      const rows = customerIds.map((customerId) => ({ customerId, earnedBadgeId: idOf(customerId, second) }));
      const date = new Date(second * 1_000).toUTCString();
      return {
        headers: { date },
        body: { data: { earnedBadgesList: rows, failedEarnBadgeErrorList: [] }, errors: [] },
      };
    });
    const { job } = jobAt(org.url);
    expect(await job.run()).toBe('done');
    // Chunks 1 to 3 are read first: five seconds have to pass before an instant is certain. One record confirms.
    expect(org.reads.toSorted((one, other) => one - other)).toEqual([1, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const chunk = job.store.chunk(job.job.key, 3);
    expect(chunk).toMatchObject({ known: null, sentAfter: (SECOND_NOW + 3) * 1_000_000 });
    expect(job.job.orgClock).toBe((SECOND_NOW + 7) * 1_000_000);
  });

  test('is no reason to forget when a request may have left first', async () => {
    const org = await scriptedOrg();
    const { job } = jobAt(org.url, { clock: idSecond(-60) });
    const { key } = job.job;
    const noted = job.store.chunk(key, 1)!;
    job.store.moveChunk(key, { ...noted, sentAfter: idSecond(-500) });
    job.store.moveChunk(key, { ...job.store.chunk(key, 2)!, known: ['before'] });
    expect(await job.run()).toBe('done');
    expect(
      [0, 1, 2].map((number) => job.store.chunk(key, number)).map((chunk) => [chunk?.sentAfter, chunk?.known]),
    ).toEqual([
      ...[
        [idSecond(-60), null],
        [idSecond(-500), null],
        [null, ['before']],
      ],
    ]);
  });

  test('that contradicts itself is believed no more', async () => {
    const org = await scriptedOrg(({ customerIds }) => {
      const rows = customerIds.map((customerId) => ({
        customerId,
        earnedBadgeId: idOf(customerId, SECOND_NOW - 90_000),
      }));
      for (const { customerId, earnedBadgeId } of rows) org.awards.set(customerId, [earnedBadgeId]);
      return { body: { data: { earnedBadgesList: rows, failedEarnBadgeErrorList: [] }, errors: [] } };
    });
    const { job } = jobAt(org.url);
    expect(await job.run()).toBe('done');
    expect(org.reads).toEqual(range(12));
    expect(job.job.orgClock).toBeNull();
    expect(kinds(job)).toEqual(all('done'));
  });
});

/** An instant so many seconds from now, as a job keeps its org's clock. */
function idSecond(offset: number): number {
  return (SECOND_NOW + offset) * 1_000_000;
}
