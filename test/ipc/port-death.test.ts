import { once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { connect } from '../../shared/ipc/connect';
import { call, job, type CancelSignal } from '../../shared/ipc/method';
import { nodePort } from './node-port';
import { wirePair } from './wire-pair';

const contract = {
  'test.echo': call<{ value: unknown }>()(() => z.object({ value: z.unknown() })),
  'test.never': job<never, never>()(() => z.object({})),
};

function pair() {
  const signals: CancelSignal[] = [];
  const wire = wirePair<typeof contract>(
    {
      'test.echo': ({ value }) => ({ value }),
      'test.never': (_input, { signal }) => {
        signals.push(signal);
        return new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new DOMException('stopped', 'AbortError')));
        });
      },
    },
    contract,
  );
  return { ...wire, signals };
}

describe('when the backend’s end closes', () => {
  test('every pending call fails with backend-lost, and so do later ones', async () => {
    const { connection, backendPort } = pair();
    const pending = Promise.allSettled([connection.call('test.never', {}), connection.call('test.never', {})]);
    await connection.call('test.echo', { value: 1 });
    backendPort.close();
    for (const outcome of await pending) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'backend-lost' } });
    }
    expect(connection.closed).toBe(true);
    await expect(connection.call('test.echo', { value: 1 })).rejects.toMatchObject({ code: 'backend-lost' });
  });

  test('listeners hear it once, also those that come late', async () => {
    const { connection, backendPort } = pair();
    let heard = 0;
    connection.onClose(() => heard++);
    backendPort.close();
    await new Promise<void>((resolve) => connection.onClose(resolve));
    connection.onClose(() => heard++);
    connection.close();
    expect(heard).toBe(2);
  });
});

describe('when the page’s end closes', () => {
  test('running jobs are cancelled, and the end is known when the last has stopped', async () => {
    const { connection, serving, signals, log } = pair();
    connection.call('test.never', {}).catch(() => undefined);
    await connection.call('test.echo', { value: 1 });
    expect(signals[0]?.aborted).toBe(false);
    connection.close();
    await serving.ended;
    expect(signals[0]?.aborted).toBe(true);
    expect(serving.running).toBe(0);
    expect(log).toEqual([]);
  });
});

describe('garbage', () => {
  test('whatever arrives at the backend, it goes on answering', async () => {
    const { connection, pagePort } = pair();
    await fc.assert(
      fc.asyncProperty(fc.anything(), async (garbage) => {
        pagePort.postMessage(structuredClone(garbage));
        expect(await connection.call('test.echo', { value: 'still here' })).toEqual({ value: 'still here' });
      }),
      { numRuns: 300 },
    );
  });

  test('envelopes that are nearly right are answered under their id', async () => {
    const { pagePort, log } = pair();
    const replies: { kind: string; id: number; failure?: { code: string } }[] = [];
    pagePort.on('message', (message: (typeof replies)[number]) => replies.push(message));
    pagePort.postMessage({ kind: 'call', id: 7, method: 12, input: {} });
    pagePort.postMessage({ kind: 'shout', id: 8 });
    pagePort.postMessage({ kind: 'call', id: -1, method: 'test.echo', input: { value: 1 } });
    pagePort.postMessage({ kind: 'call', id: 9, method: 'test.echo', input: { value: 1 } });
    while (!replies.some((reply) => reply.id === 9)) await once(pagePort, 'message');
    expect(replies.map((reply) => [reply.kind, reply.id, reply.failure?.code])).toEqual([
      ['failure', 7, 'invalid-input'],
      ['failure', 8, 'invalid-input'],
      ['answer', 9, undefined],
    ]);
    expect(log).toHaveLength(3);
  });

  test('garbage under the id of a running job does not end it', async () => {
    const { connection, pagePort, signals } = pair();
    const replies: { id: number }[] = [];
    pagePort.on('message', (message: { id: number }) => replies.push(message));
    const job = connection.call('test.never', {});
    job.catch(() => undefined);
    pagePort.postMessage({ kind: 'shout', id: 1 });
    pagePort.postMessage({ kind: 'call', id: 1, method: 'test.echo', input: { value: 1 } });
    await connection.call('test.echo', { value: 1 });
    expect(replies.map((reply) => reply.id)).toEqual([2]);
    expect(signals[0]?.aborted).toBe(false);
  });

  test('whatever arrives at the page, its calls are answered', async () => {
    const { port1, port2 } = new MessageChannel();
    const connection = connect(nodePort(port1));
    port2.on('message', (request: { id: number }) => {
      port2.postMessage({ kind: 'answer', id: request.id, output: 'yes' });
    });
    await fc.assert(
      fc.asyncProperty(fc.anything(), async (garbage) => {
        const answer = connection.call('test.echo', {});
        port2.postMessage(structuredClone(garbage));
        port2.postMessage({ kind: 'answer', id: 999_999_999, output: 'to nobody' });
        expect(await answer).toBe('yes');
      }),
      { numRuns: 200 },
    );
    connection.close();
  });
});
