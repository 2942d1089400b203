import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HttpGateway } from '../conformance/http-gateway';
import { fillIn } from '../conformance/judge';
import { PureGateway } from '../conformance/pure-gateway';
import { FIRST_INSTANT, history } from './random-calls';
import { CREDENTIALS, serve, type Served } from './serve';

let served: Served;
beforeAll(async () => {
  served = await serve();
});
afterAll(async () => {
  expect(served.failures).toEqual([]);
  await served.stop();
});

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
  let successes = 0;
  await fc.assert(
    fc.asyncProperty(history, async ({ given, calls }) => {
      const pure = new PureGateway();
      pure.give(given);
      await http.give(given);
      const pureIds = new Ids();
      const httpIds = new Ids();
      let seconds = FIRST_INSTANT;
      for (const { wait, call } of calls) {
        seconds += wait;
        const now = new Date(seconds * 1000).toISOString();
        pure.setClock(now);
        await http.setClock(now);
        const expected = pure.call(fillIn(call, pureIds.saved));
        const actual = await http.call(fillIn(call, httpIds.saved));
        expect(actual.status, JSON.stringify(call)).toBe(expected.status);
        expect(httpIds.normalise(actual.body), JSON.stringify(call)).toEqual(pureIds.normalise(expected.body));
        if (expected.status < 300) successes += 1;
      }
    }),
    { numRuns: Number(process.env['LAUREL_RUNS'] ?? 150) },
  );
  expect(successes).toBeGreaterThan(300);
});
