import { Failure, type FailureCode, type GatewayError } from '../../shared/ipc/errors';
import { message } from '../../shared/words/message';

/** A failure that says what a test wants. */
export const saidFailure = (code: FailureCode, text: string, errors: readonly GatewayError[] = []): Failure =>
  new Failure(code, message('failures.asSaid', { text }), errors);
