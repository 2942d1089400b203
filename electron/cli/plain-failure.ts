import { Failure, type FailureCode, type GatewayError } from '../../shared/ipc/errors';
import { message, type Message } from '../../shared/words/message';

/** A failure that only the command line tells, which speaks English on purpose (decision 0093). */
export function plainFailure(code: FailureCode, text: string, gatewayErrors: readonly GatewayError[] = []): Failure {
  return new Failure(code, message('failures.asSaid', { text }), gatewayErrors);
}

/** A {@link plainFailure} of several lines: the line ends between them are its own, those inside a line are shown escaped. */
export function linesFailure(code: FailureCode, [first, ...others]: readonly [string, ...string[]]): Failure {
  const said = (text: string): Message => message('failures.asSaid', { text });
  return new Failure(
    code,
    others.reduce((above, line) => message('scenarios.lines', { above, line: said(line) }), said(first)),
  );
}
