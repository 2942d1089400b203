import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { call, job, type CancelSignal } from '../../shared/ipc/method';
import { wirePair } from './wire-pair';
import { saidFailure } from './said-failure';

const contract = {
  'test.wait': call<string>()(() => z.object({})),
  'test.work': job<'begun', string>()(() =>
    z.object({ onCancel: z.enum(['failure', 'abort-error', 'finish', 'error']) }),
  ),
  'test.lateProgress': job<string, string>()(() => z.object({})),
};

function pair() {
  let release = (): void => undefined;
  const gate = new Promise<void>((resolve) => (release = resolve));
  const seen: CancelSignal[] = [];
  const late: ((report: string) => void)[] = [];
  const wire = wirePair<typeof contract>(
    {
      'test.wait': async () => {
        await gate;
        return 'too late';
      },
      'test.work': ({ onCancel }, { signal, progress }) => {
        seen.push(signal);
        progress('begun');
        return new Promise((resolve, reject) => {
          signal.addEventListener('abort', () => {
            if (onCancel === 'finish') resolve('had finished');
            else if (onCancel === 'failure') reject(saidFailure('cancelled', 'Nothing was saved.'));
            else if (onCancel === 'abort-error') reject(new DOMException('aborted', 'AbortError'));
            else reject(new Error('broke while stopping'));
          });
        });
      },
      'test.lateProgress': (_input, { progress }) => {
        late.push(progress);
        return 'answered';
      },
    },
    contract,
  );
  return { ...wire, release: () => release(), seen, late };
}

/** Starts a job and cancels it as soon as it has begun. */
async function cancelWork(
  wire: ReturnType<typeof pair>,
  onCancel: 'failure' | 'abort-error' | 'finish' | 'error',
): Promise<unknown> {
  const controller = new AbortController();
  return wire.connection.call(
    'test.work',
    { onCancel },
    { signal: controller.signal, onProgress: () => controller.abort() },
  );
}

describe('cancelling a job', () => {
  test('the job has the last word: its own failure', async () => {
    await expect(cancelWork(pair(), 'failure')).rejects.toMatchObject({
      code: 'cancelled',
      message: 'Nothing was saved.',
    });
  });

  test('the job has the last word: it had finished', async () => {
    expect(await cancelWork(pair(), 'finish')).toBe('had finished');
  });

  test('an AbortError is cancelled, not a fault', async () => {
    const wire = pair();
    await expect(cancelWork(wire, 'abort-error')).rejects.toMatchObject({ code: 'cancelled' });
    expect(wire.log).toEqual([]);
  });

  test('any other error while stopping is still a fault', async () => {
    const wire = pair();
    await expect(cancelWork(wire, 'error')).rejects.toMatchObject({ code: 'internal' });
    expect(wire.log).toHaveLength(1);
  });

  test('only the cancelled job is told', async () => {
    const wire = pair();
    const other = wire.connection.call('test.work', { onCancel: 'failure' });
    await expect(cancelWork(wire, 'failure')).rejects.toMatchObject({ code: 'cancelled' });
    expect(wire.seen.map((signal) => signal.aborted)).toEqual([false, true]);
    wire.connection.close();
    await expect(other).rejects.toMatchObject({ code: 'backend-lost' });
  });
});

test('a call is given up at once, though its work goes on', async () => {
  const { connection, serving, release } = pair();
  const controller = new AbortController();
  const waiting = connection.call('test.wait', {}, { signal: controller.signal });
  controller.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
  expect(serving.running).toBe(1);
  release();
  connection.close();
  await serving.ended;
});

test('what is cancelled before it begins is never sent', async () => {
  const { connection, seen } = pair();
  await expect(
    connection.call('test.work', { onCancel: 'failure' }, { signal: AbortSignal.abort() }),
  ).rejects.toMatchObject({ code: 'cancelled' });
  expect(seen).toEqual([]);
});

test('a signal that fires after the answer does nothing', async () => {
  const { connection, log } = pair();
  const controller = new AbortController();
  await connection.call('test.lateProgress', {}, { signal: controller.signal });
  controller.abort();
  await connection.call('test.lateProgress', {});
  expect(log).toEqual([]);
});

test('progress after the answer is dropped', async () => {
  const { connection, late, pagePort } = pair();
  const messages: unknown[] = [];
  pagePort.on('message', (message: { kind: string }) => messages.push(message.kind));
  await connection.call('test.lateProgress', {});
  late[0]?.('too late');
  await connection.call('test.lateProgress', {});
  expect(messages).toEqual(['answer', 'answer']);
});
