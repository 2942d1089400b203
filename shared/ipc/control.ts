import { z } from 'zod';
import { messageSchema } from './message-schema';
import { printAnswer } from './print-messages';
import { proxyAnswer } from './proxy-messages';
import { secretAnswer, secretQuestion } from './secret-messages';
import { updateAnswer, updateOrder } from './updates';
import { failureWire } from './wire';

/**
 * What main and the backend process tell each other. Where the runtime can hand a MessagePort to the backend, the page
 * talks to it directly; where it cannot, main pipes the page's messages, and `piped` and `closed` name the connection.
 */

const connection = z.int().min(1);

/** Facts the backend cannot find out by itself. All paths are absolute. */
export const backendOptions = z.object({
  workspacePath: z.string().min(1),
  logFolder: z.string().min(1),
  appVersion: z.string(),
  /** The runtime in words, for the About box. */
  runtime: messageSchema,
  /** What a workspace that is made at this start takes its time zone from: another workspace, or null: this computer. */
  zoneFrom: z.string().min(1).nullable(),
  /** Whether a person is told that zone; not where they are asked for it at once. */
  tellsZone: z.boolean(),
});
export type BackendProcessOptions = z.infer<typeof backendOptions>;

export const fileGrant = z.object({
  token: z.string().min(1).max(100),
  path: z.string().min(1),
  name: z.string(),
  bytes: z.number().min(0),
  mode: z.enum(['read', 'write', 'folder']),
});
export type FileGrant = z.infer<typeof fileGrant>;

const piped = z.object({ kind: z.literal('piped'), connection, message: z.unknown() });
const closed = z.object({ kind: z.literal('closed'), connection });

export const toBackend = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('open'), options: backendOptions }),
  /** With a port beside it: the page's. Without: a connection that main pipes. */
  z.object({ kind: z.literal('connect'), connection }),
  piped,
  closed,
  z.object({ kind: z.literal('grant-file'), grant: fileGrant }),
  z.object({ kind: z.literal('secret-answer'), id: z.int().min(1), answer: secretAnswer }),
  z.object({ kind: z.literal('proxy-answer'), id: z.int().min(1), answer: proxyAnswer }),
  z.object({ kind: z.literal('fetch-update'), id: z.int().min(1), order: updateOrder }),
  /** Nobody waits any more for what was to be fetched. */
  z.object({ kind: z.literal('stop-fetching'), id: z.int().min(1) }),
  z.object({ kind: z.literal('print-answer'), id: z.int().min(1), answer: printAnswer }),
  /** Close the store and exit with 0. */
  z.object({ kind: z.literal('shutdown') }),
]);
export type ToBackend = z.infer<typeof toBackend>;

export const fromBackend = z.discriminatedUnion('kind', [
  /** The store is open. */
  z.object({ kind: z.literal('ready') }),
  /** The page may name the file of this token from now on: its calls come by another way, and could overtake the grant. */
  z.object({ kind: z.literal('granted'), token: fileGrant.shape.token }),
  /** The store cannot be opened, and another try would end the same way. */
  z.object({ kind: z.literal('failed'), failure: failureWire }),
  z.object({ kind: z.literal('secret-question'), id: z.int().min(1), question: secretQuestion }),
  /** How would the operating system reach this origin? */
  z.object({ kind: z.literal('proxy-question'), id: z.int().min(1), origin: z.string().max(2_000) }),
  z.object({ kind: z.literal('update-progress'), id: z.int().min(1), bytes: z.int().min(0) }),
  z.object({ kind: z.literal('update-fetched'), id: z.int().min(1), answer: updateAnswer }),
  /** Print this page, which brings everything along, as PDF. */
  z.object({ kind: z.literal('print-question'), id: z.int().min(1), page: z.string().max(200_000_000) }),
  piped,
  closed,
]);
export type FromBackend = z.infer<typeof fromBackend>;
