import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { onTestFinished } from 'vitest';
import { connect, type Connection } from '../../shared/ipc/connect';
import type { Method } from '../../shared/ipc/method';
import { serve, type HandlersOf, type Serving } from '../../shared/ipc/serve';
import { nodePort } from './node-port';

export interface LogLine {
  level: 'warn' | 'error';
  details: object;
  message: string;
}

export interface WirePair {
  connection: Connection;
  serving: Serving;
  /** What the serving side logged. */
  log: LogLine[];
  /** The raw ends, to post garbage into or to cut. */
  pagePort: MessagePort;
  backendPort: MessagePort;
}

/** A page's end and a backend's end of one real channel; closed when the test is over. */
export function wirePair<C extends Readonly<Record<string, Method>>>(handlers: HandlersOf<C>, contract: C): WirePair {
  const { port1, port2 } = new MessageChannel();
  const log: LogLine[] = [];
  const serving = serve(handlers, contract, nodePort(port2), {
    warn: (details, message) => void log.push({ level: 'warn', details, message }),
    error: (details, message) => void log.push({ level: 'error', details, message }),
  });
  const connection = connect(nodePort(port1));
  onTestFinished(() => {
    port1.close();
    port2.close();
  });
  return { connection, serving, log, pagePort: port1, backendPort: port2 };
}
