import { plainWords } from './plain-words';

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
  /** The gateway's own errors behind `rejected-by-gateway`. */
  gatewayErrors: readonly GatewayError[];
}

/** The only error that crosses between page and backend. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly gatewayErrors: readonly GatewayError[];

  /** Texts of orgs and files inside the message are shown with their control and bidirectional characters escaped. */
  constructor(
    readonly code: FailureCode,
    message: string,
    gatewayErrors: readonly GatewayError[] = [],
  ) {
    super(plainWords(message));
    this.gatewayErrors = gatewayErrors.map((error) => ({ ...error, message: plainWords(error.message) }));
  }

  toWire(): FailureWire {
    return { code: this.code, message: this.message, gatewayErrors: this.gatewayErrors };
  }

  static fromWire(wire: FailureWire): Failure {
    return new Failure(wire.code, wire.message, wire.gatewayErrors);
  }
}
