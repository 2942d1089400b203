import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Failure } from '../../shared/ipc/errors';
import { call, job } from '../../shared/ipc/method';
import { wirePair } from './wire-pair';
import { saidFailure } from './said-failure';

const contract = {
  'test.echo': call<{ value: unknown }>()(() => z.object({ value: z.unknown() })),
  'test.limit': call<number>()(() => z.object({ limit: z.int().min(1).max(10).default(5) })),
  'test.fail': call<never>()(() => z.object({ how: z.enum(['failure', 'error', 'uncloneable']) })),
  'test.later': call<number>()(() => z.object({ turns: z.int(), answer: z.int() })),
  'test.sum': call<number>()(() => z.object({ numbers: z.instanceof(Float64Array) })),
  'test.column': call<{ column: Float64Array }>()(() => z.object({ length: z.int() })),
  'test.part': call<{ part: Uint8Array }>()(() => z.object({})),
  'test.steps': job<number, string>()(() => z.object({ steps: z.int() })),
};

const shared = new Uint8Array([1, 2, 3, 4]);
const given: Float64Array[] = [];

function pair() {
  return wirePair<typeof contract>(
    {
      'test.echo': ({ value }) => ({ value }),
      'test.limit': ({ limit }) => limit,
      'test.fail': ({ how }) => {
        if (how === 'failure') {
          throw saidFailure('rejected-by-gateway', 'Refused.', [{ code: 722, message: 'Past', reference: 'startOn' }]);
        }
        if (how === 'error') throw new Error('the secret inner workings');
        return (() => undefined) as never;
      },
      'test.later': async ({ turns, answer }) => {
        for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
        return answer;
      },
      'test.sum': ({ numbers }) => numbers.reduce((sum, number) => sum + number, 0),
      'test.column': ({ length }) => {
        const column = new Float64Array(length).fill(7);
        given.push(column);
        return { column };
      },
      'test.part': () => ({ part: shared.subarray(1, 3) }),
      'test.steps': async ({ steps }, { progress }) => {
        for (let step = 0; step < steps; step++) {
          if (step % 3 === 0) await new Promise(setImmediate);
          progress(step);
        }
        return 'done';
      },
    },
    contract,
  );
}

describe('calls over a real channel', () => {
  test('anything that can be cloned comes back as it went', async () => {
    const { connection } = pair();
    await fc.assert(
      fc.asyncProperty(
        fc.anything({ withDate: true, withMap: true, withSet: true, withTypedArray: true }),
        async (value) => {
          // A typed array that covers its buffer is handed over, so what it was has to be known beforehand.
          const expected = structuredClone(value);
          expect(await connection.call('test.echo', { value })).toEqual({ value: expected });
        },
      ),
      { numRuns: 300 },
    );
  });

  test('each of many calls at once gets its own answer, whatever order they end in', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 12 }), { maxLength: 60 }), async (turns) => {
        const { connection, serving } = pair();
        const answers = await Promise.all(
          turns.map((turn, answer) => connection.call('test.later', { turns: turn, answer })),
        );
        expect(answers).toEqual(turns.map((_, answer) => answer));
        expect(serving.running).toBe(0);
        connection.close();
      }),
      { numRuns: 40 },
    );
  });

  test('inputs are parsed: defaults are filled in and what does not fit is refused by name', async () => {
    const { connection, log } = pair();
    expect(await connection.call('test.limit', {})).toBe(5);
    await expect(connection.call('test.limit', { limit: 11 })).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('limit'),
    });
    expect(log).toHaveLength(1);
  });

  test.each(['test.unknown', 'toString', '__proto__', 'constructor', ''])('there is no method %j', async (name) => {
    const { connection } = pair();
    await expect(connection.call(name, {})).rejects.toMatchObject({ code: 'invalid-input' });
  });

  test('a Failure arrives whole', async () => {
    const { connection, log } = pair();
    const failure: unknown = await connection.call('test.fail', { how: 'failure' }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Failure);
    expect(failure).toMatchObject({
      code: 'rejected-by-gateway',
      message: 'Refused.',
      gatewayErrors: [{ code: 722, message: 'Past', reference: 'startOn' }],
    });
    expect(log).toEqual([]);
  });

  test('any other throw becomes internal: told in full to the log and not at all to the page', async () => {
    const { connection, log } = pair();
    const failure = (await connection.call('test.fail', { how: 'error' }).catch((error: unknown) => error)) as Failure;
    expect(failure.code).toBe('internal');
    expect(failure.message).not.toContain('secret');
    expect(log).toEqual([
      {
        level: 'error',
        details: { err: expect.objectContaining({ message: 'the secret inner workings' }), method: 'test.fail' },
        message: expect.any(String),
      },
    ]);
  });

  test('an answer that cannot be cloned is an internal fault, and the connection goes on', async () => {
    const { connection, log } = pair();
    await expect(connection.call('test.fail', { how: 'uncloneable' })).rejects.toMatchObject({ code: 'internal' });
    expect(log).toHaveLength(1);
    expect(await connection.call('test.echo', { value: 1 })).toEqual({ value: 1 });
  });

  test('an input that cannot be cloned is refused before it leaves', async () => {
    const { connection } = pair();
    await expect(connection.call('test.echo', { value: () => 1 })).rejects.toMatchObject({ code: 'invalid-input' });
    expect(await connection.call('test.echo', { value: 1 })).toEqual({ value: 1 });
  });
});

describe('typed arrays', () => {
  test('are handed over, not copied, in both directions', async () => {
    const { connection } = pair();
    const numbers = Float64Array.from([1, 2, 3.5]);
    expect(await connection.call('test.sum', { numbers })).toBe(6.5);
    expect(numbers.byteLength).toBe(0);

    const { column } = (await connection.call('test.column', { length: 4 })) as { column: Float64Array };
    expect([...column]).toEqual([7, 7, 7, 7]);
    expect(given.at(-1)?.byteLength).toBe(0);
  });

  test('a view of a part is copied, and the whole stays with its owner', async () => {
    const { connection } = pair();
    for (let time = 0; time < 2; time++) {
      const { part } = (await connection.call('test.part', {})) as { part: Uint8Array };
      expect([...part]).toEqual([2, 3]);
    }
    expect(shared.byteLength).toBe(4);
  });
});

describe('progress', () => {
  test('arrives in order, all of it before the answer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 200 }), async (steps) => {
        const { connection } = pair();
        const reports: unknown[] = [];
        const answer = await connection.call('test.steps', { steps }, { onProgress: (report) => reports.push(report) });
        expect(answer).toBe('done');
        expect(reports).toEqual(Array.from({ length: steps }, (_, step) => step));
        connection.close();
      }),
      { numRuns: 30 },
    );
  });

  test('of two jobs at once is not mixed up', async () => {
    const { connection } = pair();
    const first: unknown[] = [];
    const second: unknown[] = [];
    await Promise.all([
      connection.call('test.steps', { steps: 20 }, { onProgress: (report) => first.push(report) }),
      connection.call('test.steps', { steps: 7 }, { onProgress: (report) => second.push(report) }),
    ]);
    expect(first).toHaveLength(20);
    expect(second).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });
});
