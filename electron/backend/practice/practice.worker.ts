import { parentPort, workerData } from 'node:worker_threads';
import { Failure } from '../../../shared/ipc/errors';
import { Gate } from './credentials';
import { FaultInjector } from './server/faults';
import type { GatewayMessage, GatewayTask, HostMessage } from './host';
import { PracticeDesk } from './desk';
import { PracticeOrg } from './org';
import { portFailure } from './server/port-failure';
import { PracticeServer } from './server/practice-server';
import { message } from '../../../shared/words/message';

/** Requests are told to the window in batches: one message each would cost more than answering it. */
const BATCH_MILLISECONDS = 100;

const task = workerData as GatewayTask;
const tell = (message: GatewayMessage): void => parentPort?.postMessage(message);

function failureOf(error: unknown): Failure {
  if (error instanceof Failure) return error;
  return portFailure(error, task.port);
}

async function run(): Promise<void> {
  const org = await PracticeOrg.open({ file: task.file, settings: task.settings, now: task.clock });
  const desk = new PracticeDesk(org);
  let timer: NodeJS.Timeout | null = null;
  const flush = (): void => {
    timer = null;
    tell({ kind: 'news', news: desk.news() });
  };
  const server = new PracticeServer({
    org,
    gate: new Gate(task.credentials),
    pictures: task.pictures,
    faults: task.faults && new FaultInjector(task.faults),
    onActivity: (activity, exchange) => {
      desk.note(activity, exchange);
      timer ??= setTimeout(flush, BATCH_MILLISECONDS);
    },
    onFailure: (error) => {
      if (error instanceof Failure && !isThere(org)) void end(error);
      else console.error('practice org:', error);
    },
  });
  desk.serves(server);
  let isEnding = false;
  /** Its data is gone: the call under way is answered with that, and the window told. */
  const end = async (failure: Failure): Promise<void> => {
    if (isEnding) return;
    isEnding = true;
    tell({ kind: 'failed', failure: failure.toWire() });
    await stop();
  };
  const stop = async (): Promise<void> => {
    await server.close();
    if (timer !== null) {
      clearTimeout(timer);
      flush();
    }
    org.close();
    parentPort?.close();
  };
  parentPort?.on('message', (message: HostMessage) => {
    if (message.kind === 'stop') void stop();
    else void answer(desk, message);
  });
  try {
    const port = await server.listen(task.port);
    tell({ kind: 'listening', port, news: desk.news() });
  } catch (error) {
    org.close();
    throw error;
  }
}

function isThere(org: PracticeOrg): boolean {
  try {
    org.requireData();
    return true;
  } catch {
    return false;
  }
}

async function answer(desk: PracticeDesk, { id, name, input }: HostMessage & { kind: 'question' }): Promise<void> {
  try {
    tell({ kind: 'answer', id, answer: await desk.answer(name, input) });
  } catch (error) {
    const failure =
      error instanceof Failure
        ? error
        : new Failure('internal', message('practice.couldNot', { reason: String(error) }));
    tell({ kind: 'refused', id, failure: failure.toWire() });
  }
}

run().catch((error: unknown) => {
  tell({ kind: 'failed', failure: failureOf(error).toWire() });
  parentPort?.close();
});
