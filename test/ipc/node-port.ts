import type { MessagePort } from 'node:worker_threads';
import type { WirePort } from '../../shared/ipc/wire';

/** A wire port over a MessagePort of Node: the real thing, with cloning, transfer, queueing and closing. */
export function nodePort(port: MessagePort): WirePort {
  return {
    post: (message, transfer) => port.postMessage(message, transfer),
    onMessage: (listener) => void port.on('message', listener),
    onClose: (listener) => void port.once('close', listener),
    close: () => port.close(),
  };
}
