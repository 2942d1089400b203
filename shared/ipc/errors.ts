import { inEnglish } from '../words/english';
import type { Message } from '../words/message';
import { plainWords, quotedWords } from './plain-words';

/** Every way a call can fail, as the page knows it. The renderer maps each code to a sentence and an action. */
export const FAILURE_CODES = [
  'invalid-input',
  'not-found',
  'conflict',
  'offline',
  'unauthorized',
  'rejected-by-gateway',
  'cancelled',
  'database-newer',
  'database',
  'backend-lost',
  'internal',
] as const;
export type FailureCode = (typeof FAILURE_CODES)[number];

/** A gateway error as it is shown beside a field: published or local code, message, field. */
export interface GatewayError {
  code: number;
  message: string;
  reference: string | null;
}

export interface FailureWire {
  code: FailureCode;
  /** One or two plain sentences: what happened, what was kept, what to do. */
  message: string;
  /** What the message says as a key with its facts, for a page in another language. */
  words: Message;
  /** The gateway's own errors behind `rejected-by-gateway`. */
  gatewayErrors: readonly GatewayError[];
}

/** The only error that crosses between page and backend. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly gatewayErrors: readonly GatewayError[];
  /** See {@link FailureWire.words}. */
  readonly words: Message;

  /** Texts of orgs and files inside the message are shown with their control and bidirectional characters and line ends escaped. */
  constructor(
    readonly code: FailureCode,
    message: Message,
    gatewayErrors: readonly GatewayError[] = [],
  ) {
    const words = withPlainValues(message);
    super(inEnglish(words));
    this.words = words;
    this.gatewayErrors = gatewayErrors.map((error) => ({ ...error, message: plainWords(error.message) }));
  }

  toWire(): FailureWire {
    return { code: this.code, message: this.message, words: this.words, gatewayErrors: this.gatewayErrors };
  }

  static fromWire(wire: FailureWire): Failure {
    return new Failure(wire.code, wire.words, wire.gatewayErrors);
  }
}

/** A message whose texts of orgs and files are shown with their control and bidirectional characters and line ends escaped. */
export function withPlainValues({ key, values }: Message): Message {
  const plain = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'string' ? quotedWords(value) : typeof value === 'object' ? withPlainValues(value) : value,
  ]);
  return { key, values: Object.fromEntries(plain) as Message['values'] };
}
