/** A job that goes on after an end in the middle: whatever stood on its way is looked after, and nobody gets it twice. */
import { expect, onTestFinished, test } from 'vitest';
import type { ChunkState } from '../../../../db/workspace/live-jobs';
import { hostileGateway, json } from '../hostile-gateway';
import { BareJob } from './bare-job';

const idOf = (customer: number): string => customer.toString(16).padStart(24, '0');

/** An org that awards each customer once for each request id, and shows who has what. */
async function honestOrg() {
  const awards = new Map<number, string[]>();
  const seen = new Set<string>();
  const gateway = await hostileGateway((request, response) => {
    let body = '';
    request.on('data', (bytes: Buffer) => (body += bytes.toString()));
    request.on('end', () => {
      if (request.method === 'GET') {
        const customer = Number(/management\/(\d+)/.exec(request.url ?? '')?.[1]);
        const earns = (awards.get(customer) ?? []).map((earnId) => ({ earnId, earnedOn: 1 }));
        json(response, { data: { earnDetails: { earnCount: earns.length, earns } }, errors: [] });
        return;
      }
      const { customerIds, requestId } = JSON.parse(body) as { customerIds: number[]; requestId: string };
      if (seen.has(requestId)) {
        json(response, { data: null, errors: [{ code: 809, message: 'Repeated' }] }, 400);
        return;
      }
      seen.add(requestId);
      for (const customer of customerIds) {
        awards.set(customer, [...(awards.get(customer) ?? []), idOf(awards.size * 100 + customer)]);
      }
      const rows = customerIds.map((customerId) => ({ customerId, earnedBadgeId: awards.get(customerId)?.at(-1) }));
      json(response, { data: { earnedBadgesList: rows, failedEarnBadgeErrorList: [] }, errors: [] });
    });
  });
  onTestFinished(() => gateway.stop());
  return { url: gateway.url, awards, seen: gateway.seen };
}

test.each<[ChunkState, boolean]>([
  ['waiting', false],
  ['sent', false],
  ['sent', true],
  ['unknown', false],
  ['unknown', true],
  ['consumed', true],
])('a chunk that stood at %s, and had arrived: %s', async (state, hadArrived) => {
  const org = await honestOrg();
  const customers = [1, 2, 3, 4, 5, 6, 7];
  const first = new BareJob({ url: org.url, customers, chunkSize: 3 });
  const { key } = first.job;
  const chunk = first.store.chunk(key, 0)!;
  if (hadArrived) {
    // The request of the chunk's first attempt, as the job itself sends it.
    await fetch(`${org.url}/`, {
      method: 'POST',
      body: JSON.stringify({ customerIds: chunk.customers, requestId: 'laurel-uid-1-1' }),
    });
  }
  first.store.moveChunk(key, { ...chunk, state, known: state === 'waiting' ? null : [] });
  expect(await first.run()).toBe('done');
  expect([...first.outcomes().values()].map(({ kind }) => kind)).toEqual(customers.map(() => 'done'));
  expect([...org.awards.values()].map((given) => given.length)).toEqual(customers.map(() => 1));
  expect(first.job).toMatchObject({ state: 'done', note: null });
  expect(first.job.endedOn).not.toBeNull();
  expect(first.store.counts(key)).toEqual({ waiting: 0, sent: 0, unknown: 0, done: 7, refused: 0 });
});

test('a job without anybody left is done without a call', async () => {
  const org = await honestOrg();
  const job = new BareJob({ url: org.url, customers: [], chunkSize: 3 });
  expect([await job.run(), org.seen.length]).toEqual(['done', 0]);
});
