import { Failure, type FailureCode } from '../../shared/ipc/errors';
import { sayMessage } from './say.svelte';

/** What a failure is called and what a person can do about it. The failure's own message says what happened. */
export interface FailureWords {
  title: string;
  advice: string;
  /** Worth trying the same thing again. */
  retry: boolean;
}

const WORDS: Readonly<Record<FailureCode, FailureWords>> = {
  'invalid-input': { title: 'That could not be taken', advice: 'Check what was entered and try again.', retry: false },
  'not-found': {
    title: 'It is no longer there',
    advice: 'It may have been deleted meanwhile. Go back to the list.',
    retry: false,
  },
  conflict: {
    title: 'It was changed elsewhere',
    advice: 'The latest version is kept. Load it and make your change again.',
    retry: false,
  },
  offline: { title: 'No connection', advice: 'Check the network and try again. Nothing was lost.', retry: true },
  unauthorized: {
    title: 'The org did not accept the sign-in',
    advice: 'Check the credentials in Settings.',
    retry: true,
  },
  'rejected-by-gateway': {
    title: 'The rules refuse this',
    advice: 'Each reason is named with its code.',
    retry: false,
  },
  cancelled: { title: 'Cancelled', advice: 'What was finished is kept, the rest was not touched.', retry: true },
  'database-newer': {
    title: 'This workspace is from a newer Laurel',
    advice: 'Update Laurel, or open another workspace. The file was not touched.',
    retry: false,
  },
  database: {
    title: 'The workspace file could not be used',
    advice: 'Check free space and permissions of its folder, then try again.',
    retry: true,
  },
  'backend-lost': {
    title: 'Laurel’s engine stopped',
    advice: 'It is being started again. What was saved is safe.',
    retry: true,
  },
  internal: {
    title: 'Something in Laurel went wrong',
    advice: 'What was saved is safe. Details are in the log file.',
    retry: true,
  },
};

export function wordsFor(code: FailureCode): FailureWords {
  return WORDS[code];
}

/** One sentence or two for a toast or a banner: what happened, and what to do. */
export function failureSentence(error: unknown): string {
  if (!(error instanceof Failure)) return `${WORDS.internal.title}. ${WORDS.internal.advice}`;
  const { title, advice } = WORDS[error.code];
  const reasons = error.gatewayErrors.map((reason) => `${reason.code} · ${reason.message}`).join(', ');
  if (reasons !== '') return `${title}: ${reasons}.`;
  const message = (error.words === null ? error.message : sayMessage(error.words)).trim();
  return message === '' ? `${title}. ${advice}` : message;
}

/** Whether a failure is only that someone cancelled, which needs no message. */
export function isCancelled(error: unknown): boolean {
  return error instanceof Failure && error.code === 'cancelled';
}
