import { Failure } from '../../../../shared/ipc/errors';
import type { Outcome } from './answers';
import { message, type Message, type MessagePart } from '../../../../shared/words/message';

/** A sentence, and behind it what did not change, where that is said here. */
export function withKept(sentence: Message, kept: MessagePart | null): Message {
  return kept === null ? sentence : message('org.failed', { sentence, kept });
}

/**
 * An outcome as the failure of a call.
 *
 * @param kept what did not change because of it, for example `What was pulled before is kept.`; null: whoever asked says it
 */
export function outcomeFailure(outcome: Exclude<Outcome, { kind: 'success' }>, kept: MessagePart | null): Failure {
  const words = withKept(outcome.sentence, kept);
  switch (outcome.kind) {
    case 'unauthorized':
      return new Failure('unauthorized', words);
    case 'not-sent':
      return outcome.fault === 'cancelled'
        ? new Failure('cancelled', kept === null ? outcome.sentence : message('org.cancelled', { kept }))
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
