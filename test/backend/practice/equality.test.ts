import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HttpGateway } from '../../conformance/http-gateway';
import { fillIn } from '../../conformance/judge';
import { PureGateway } from '../../conformance/pure-gateway';
import type { VectorCall } from '../../conformance/vectors';
import { FIRST_INSTANT, history, type TimedCall } from './random-calls';
import { CREDENTIALS, serve, type Served } from './serve';
import { atLength } from '../../setup/length';

let served: Served;
beforeAll(async () => {
  served = await serve();
});
afterAll(async () => {
  expect(served.failures).toEqual([]);
  await served.stop();
});

interface Made {
  badgeMetaId: string;
  customerId: number;
  id: string;
}

/** The awards and enrolments that the answers of one org tell of. */
class Records {
  readonly award: Made[] = [];
  readonly enrolment: Made[] = [];

  note({ endpoint }: VectorCall, body: unknown): void {
    const data = (body as { data?: Record<string, unknown> | null }).data ?? null;
    if (data === null) return;
    const badgeMetaId = String(data['badgeMetaId']);
    if (endpoint.endsWith('/customer/earn')) {
      this.award.push({ badgeMetaId, customerId: data['customerId'] as number, id: String(data['earnedBadgeId']) });
    }
    const rows = (data['issuedBadges'] ?? []) as { customerId: number; issuedId: string; error?: unknown }[];
    const made = rows
      .filter((row) => row.error === undefined)
      .map((row) => ({ badgeMetaId, customerId: row.customerId, id: row.issuedId }));
    if (endpoint.endsWith('/earnBulk')) this.award.push(...made);
    if (endpoint.endsWith('/issueBulk')) this.enrolment.push(...made);
  }

  /** The call that takes one of them back; null while there are none. */
  takeBack({ what, turn }: NonNullable<TimedCall['takesBack']>): VectorCall | null {
    const record = this[what][turn % this[what].length];
    if (!record) return null;
    const { badgeMetaId, customerId, id } = record;
    const base = 'POST /api_gateway/v1/badges';
    return what === 'award'
      ? { endpoint: `${base}/customer/revokeEarn`, body: { badgeMetaId, customerId, earnedBadgeId: id } }
      : {
          endpoint: `${base}/badgeMeta/customer/revokeIssue`,
          body: { badgeMetaId, revokeIssuals: [{ customerId, issueId: id }] },
        };
  }
}

/** Record ids differ from org to org: each is known by the place in which it first came up. */
class Ids {
  readonly seen: string[] = [];

  /** The answer with ids and the org's own number replaced. */
  normalise(body: unknown): unknown {
    const text = JSON.stringify(body).replaceAll(/"[0-9a-f]{24}"/g, (quoted) => {
      const id = quoted.slice(1, -1);
      if (/^0{22}|^f{24}$/.test(id)) return quoted;
      if (!this.seen.includes(id)) this.seen.push(id);
      return `"id ${this.seen.indexOf(id)}"`;
    });
    return JSON.parse(text.replaceAll(/"orgId":\d+/g, '"orgId":0')) as unknown;
  }

  get saved(): Record<string, unknown> {
    return Object.fromEntries(Array.from({ length: 31 }, (_, index) => [String(index), this.seen[index] ?? 'unseen']));
  }
}

test('random sequences of calls are answered alike over HTTP and by the pure functions', async () => {
  const http = new HttpGateway(served.url, CREDENTIALS);
  const successes = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(history, async ({ given, calls }) => {
      const pure = new PureGateway();
      pure.give(given);
      await http.give(given);
      const pureIds = new Ids();
      const httpIds = new Ids();
      let seconds = FIRST_INSTANT;
      const pureRecords = new Records();
      const httpRecords = new Records();
      for (const { wait, call, takesBack } of calls) {
        seconds += wait;
        const now = new Date(seconds * 1000).toISOString();
        pure.setClock(now);
        await http.setClock(now);
        const pureCall = (takesBack && pureRecords.takeBack(takesBack)) ?? fillIn(call, pureIds.saved);
        const httpCall = (takesBack && httpRecords.takeBack(takesBack)) ?? fillIn(call, httpIds.saved);
        const expected = pure.call(pureCall);
        const actual = await http.call(httpCall);
        pureRecords.note(pureCall, expected.body);
        httpRecords.note(httpCall, actual.body);
        const name = pureCall.endpoint.split('/').at(-1) ?? '';
        if (expected.status < 300) successes.set(name, (successes.get(name) ?? 0) + 1);
        expect(actual.status, JSON.stringify(call)).toBe(expected.status);
        expect(httpIds.normalise(actual.body), JSON.stringify(call)).toEqual(pureIds.normalise(expected.body));
      }
    }),
    { numRuns: Number(process.env['LAUREL_RUNS'] ?? atLength(40, 100)) },
  );
  // The sequences must reach what they are for.
  for (const name of ['earn', 'earnBulk', 'issueBulk', 'revokeEarn', 'revokeIssue']) {
    expect(successes.get(name) ?? 0, name).toBeGreaterThan(atLength(5, 20));
  }
});
