import { Failure } from '../../../../shared/ipc/errors';
import type { Outcome } from './answers';

/**
 * An outcome as the failure of a call.
 *
 * @param kept what did not change because of it, for example `What was pulled before is kept.`
 */
export function outcomeFailure(outcome: Exclude<Outcome, { kind: 'success' }>, kept: string): Failure {
  const message = `${outcome.sentence} ${kept}`;
  switch (outcome.kind) {
    case 'unauthorized':
      return new Failure('unauthorized', message);
    case 'not-sent':
      return outcome.fault === 'cancelled'
        ? new Failure('cancelled', `Cancelled. ${kept}`)
        : new Failure('offline', message);
    case 'ambiguous':
    case 'throttled':
      return new Failure('offline', message);
    case 'refused':
      return new Failure('rejected-by-gateway', message, outcome.errors);
    case 'unusable':
      return new Failure('rejected-by-gateway', message);
  }
}
