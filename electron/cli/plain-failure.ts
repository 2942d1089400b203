import { Failure, type FailureCode, type GatewayError } from '../../shared/ipc/errors';
import { message } from '../../shared/words/message';

/** A failure that only the command line tells, which speaks English on purpose (decision 0093). */
export function plainFailure(code: FailureCode, text: string, gatewayErrors: readonly GatewayError[] = []): Failure {
  return new Failure(code, message('failures.asSaid', { text }), gatewayErrors);
}
