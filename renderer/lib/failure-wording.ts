import { Failure, type FailureCode } from '../../shared/ipc/errors';
import type { MessageKey } from '../../shared/words/message';
import { say, sayMessage } from './say.svelte';

/** What a failure is called and what a person can do about it. The failure's own message says what happened. */
export interface FailureWords {
  title: string;
  advice: string;
  /** Worth trying the same thing again. */
  retry: boolean;
}

const WORDS = {
  'invalid-input': { title: 'failures.invalidInput', advice: 'failures.invalidInputAdvice', retry: false },
  'not-found': { title: 'failures.notFound', advice: 'failures.notFoundAdvice', retry: false },
  conflict: { title: 'failures.conflict', advice: 'failures.conflictAdvice', retry: false },
  offline: { title: 'failures.offline', advice: 'failures.offlineAdvice', retry: true },
  unauthorized: { title: 'failures.unauthorized', advice: 'failures.unauthorizedAdvice', retry: true },
  'rejected-by-gateway': { title: 'failures.rejected', advice: 'failures.rejectedAdvice', retry: false },
  cancelled: { title: 'failures.cancelled', advice: 'failures.cancelledAdvice', retry: true },
  'database-newer': { title: 'failures.databaseNewer', advice: 'failures.databaseNewerAdvice', retry: false },
  database: { title: 'failures.database', advice: 'failures.databaseAdvice', retry: true },
  'backend-lost': { title: 'failures.backendLost', advice: 'failures.backendLostAdvice', retry: true },
  internal: { title: 'failures.internal', advice: 'failures.internalAdvice', retry: true },
} as const satisfies Record<FailureCode, { title: MessageKey; advice: MessageKey; retry: boolean }>;

export function wordsFor(code: FailureCode): FailureWords {
  const { title, advice, retry } = WORDS[code];
  return { title: say(title), advice: say(advice), retry };
}

const withAdvice = ({ title, advice }: FailureWords): string => say('failures.withAdvice', { title, advice });

/** One sentence or two for a toast or a banner: what happened, and what to do. */
export function failureSentence(error: unknown): string {
  if (!(error instanceof Failure)) return withAdvice(wordsFor('internal'));
  const words = wordsFor(error.code);
  const reasons = error.gatewayErrors.map((reason) => `${reason.code} · ${reason.message}`).join(', ');
  if (reasons !== '') return say('failures.withReasons', { title: words.title, reasons });
  const message = sayMessage(error.words).trim();
  return message === '' ? withAdvice(words) : message;
}

/** Whether a failure is only that someone cancelled, which needs no message. */
export function isCancelled(error: unknown): boolean {
  return error instanceof Failure && error.code === 'cancelled';
}
