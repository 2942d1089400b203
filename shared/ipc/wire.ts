import { messageSchema } from './message-schema';
import { z } from 'zod';
import { FAILURE_CODES } from './errors';

/**
 * One end of a connection, whatever carries it: a DOM MessagePort, Electron's MessagePortMain, a MessagePort of Node, or
 * a pipe between processes. Messages arrive in the order in which they were posted.
 */
export interface WirePort {
  /**
   * @param transfer buffers that may be handed over instead of copied; a carrier that cannot hand over copies them
   * @throws when the message cannot be cloned; a port that is closed swallows the message
   */
  post(message: unknown, transfer: readonly ArrayBuffer[]): void;
  /** Called once, before the first message. Messages that came earlier are delivered then. */
  onMessage(listener: (message: unknown) => void): void;
  /** Called once. The listener runs when either end has closed, or the other process is gone. */
  onClose(listener: () => void): void;
  close(): void;
}

const callId = z.int().min(1);

/** Page to backend. */
export const requestEnvelope = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('call'), id: callId, method: z.string().max(100), input: z.unknown() }),
  z.object({ kind: z.literal('cancel'), id: callId }),
]);
export type RequestEnvelope = z.infer<typeof requestEnvelope>;

const gatewayError = z.object({ code: z.number(), message: z.string(), reference: z.string().nullable() });
export const failureWire = z.object({
  code: z.enum(FAILURE_CODES),
  message: z.string(),
  words: messageSchema,
  gatewayErrors: z.array(gatewayError).readonly(),
});

/** Backend to page. An `answer` or a `failure` is the last word on its id. */
export const replyEnvelope = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('answer'), id: callId, output: z.unknown() }),
  z.object({ kind: z.literal('failure'), id: callId, failure: failureWire }),
  z.object({ kind: z.literal('progress'), id: callId, report: z.unknown() }),
]);
export type ReplyEnvelope = z.infer<typeof replyEnvelope>;

/** The id of an envelope that does not parse, so that its sender can still be answered. */
export function idOf(message: unknown): number | null {
  if (typeof message !== 'object' || message === null) return null;
  const parsed = callId.safeParse((message as { id?: unknown }).id);
  return parsed.success ? parsed.data : null;
}

// Large arrays sit near the top of an answer. Rows do not hold any, and are not worth the search.
const DEEPEST = 4;
const LONGEST_LIST = 256;

/**
 * The buffers in a message that can be handed over whole: those of typed arrays that cover all of their buffer. A view
 * of a part is copied, because handing it over would take the rest of the buffer from its owner.
 *
 * What is handed over is empty for the sender afterwards: an answer's typed arrays belong to whoever asked.
 */
export function transferablesIn(message: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  collect(message, DEEPEST, found);
  return [...found];
}

function collect(value: unknown, depth: number, found: Set<ArrayBuffer>): void {
  if (typeof value !== 'object' || value === null) return;
  if (value instanceof ArrayBuffer) {
    found.add(value);
  } else if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer && value.byteLength === value.buffer.byteLength) found.add(value.buffer);
  } else if (depth > 0) {
    if (Array.isArray(value)) {
      if (value.length > LONGEST_LIST) return;
      for (const entry of value as unknown[]) collect(entry, depth - 1, found);
    } else if (Object.getPrototypeOf(value) === Object.prototype) {
      for (const entry of Object.values(value)) collect(entry, depth - 1, found);
    }
  }
}
