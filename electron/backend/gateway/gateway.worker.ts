import { parentPort, workerData } from 'node:worker_threads';
import { Failure } from '../../../shared/ipc/errors';
import type { GatewayActivity } from './activity';
import { Gate } from './credentials';
import { FaultInjector } from './faults';
import type { GatewayMessage, GatewayTask } from './host';
import { PracticeOrg } from './practice-org';
import { portFailure } from './port-failure';
import { PracticeServer } from './practice-server';

/** Requests are told to the window in batches: one message each would cost more than answering it. */
const BATCH_MILLISECONDS = 100;

const task = workerData as GatewayTask;
const tell = (message: GatewayMessage): void => parentPort?.postMessage(message);

let pending: GatewayActivity[] = [];
let timer: NodeJS.Timeout | null = null;

function flush(): void {
  timer = null;
  if (pending.length === 0) return;
  tell({ kind: 'activity', activities: pending });
  pending = [];
}

function failureOf(error: unknown): Failure {
  if (error instanceof Failure) return error;
  return portFailure(error, task.port);
}

async function run(): Promise<void> {
  const org = await PracticeOrg.open({ file: task.file, settings: task.settings, now: null });
  const server = new PracticeServer({
    org,
    gate: new Gate(task.credentials),
    faults: task.faults && new FaultInjector(task.faults),
    onActivity: (activity) => {
      pending.push(activity);
      timer ??= setTimeout(flush, BATCH_MILLISECONDS);
    },
    onFailure: (error) => console.error('practice org:', error),
  });
  parentPort?.once('message', () => {
    void server.close().then(() => {
      if (timer !== null) clearTimeout(timer);
      flush();
      org.close();
      parentPort?.close();
    });
  });
  try {
    tell({ kind: 'listening', port: await server.listen(task.port) });
  } catch (error) {
    org.close();
    throw error;
  }
}

run().catch((error: unknown) => {
  tell({ kind: 'failed', failure: failureOf(error).toWire() });
  parentPort?.close();
});
