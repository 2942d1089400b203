import { Failure } from '../../../../shared/ipc/errors';
import type { Outcome } from './answers';
import { message, type MessagePart } from '../../../../shared/words/message';

/**
 * An outcome as the failure of a call.
 *
 * @param kept what did not change because of it, for example `What was pulled before is kept.`
 */
export function outcomeFailure(outcome: Exclude<Outcome, { kind: 'success' }>, kept: MessagePart): Failure {
  const words = message('org.failed', { sentence: outcome.sentence, kept });
  switch (outcome.kind) {
    case 'unauthorized':
      return new Failure('unauthorized', words);
    case 'not-sent':
      return outcome.fault === 'cancelled'
        ? new Failure('cancelled', message('org.cancelled', { kept }))
        : new Failure('offline', words);
    case 'ambiguous':
    case 'throttled':
      return new Failure('offline', words);
    case 'refused':
      return new Failure('rejected-by-gateway', words, outcome.errors);
    case 'unusable':
      return new Failure('rejected-by-gateway', words);
  }
}
