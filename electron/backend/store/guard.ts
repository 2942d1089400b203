import { interruptedFailure } from '../../../db/failures';
import type { Handlers } from '../../../shared/ipc/contract';
import { message } from '../../../shared/words/message';

/**
 * The same handlers, which never answer as if something were kept when it is not: where the store's files were deleted or
 * replaced while they are open, every call says so, and an error of the disk or the database becomes words.
 *
 * @param files of the store, asked about where the database does not know the cause
 * @param requireStore throws a Failure when a file of the store is not the one that was opened
 */
export function guarded(handlers: Handlers, requireStore: () => void, files: readonly string[]): Handlers {
  const guardedEntries = Object.entries(handlers).map(([name, handler]) => {
    const call = handler as (...given: unknown[]) => unknown;
    const inWords = (error: unknown): never => {
      requireStore();
      throw interruptedFailure(error, message('store.this'), files);
    };
    const checked = (answer: unknown): unknown => {
      requireStore();
      return answer;
    };
    const guardedCall = (...given: unknown[]): unknown => {
      requireStore();
      let answer: unknown;
      try {
        answer = call(...given);
      } catch (error) {
        return inWords(error);
      }
      return answer instanceof Promise ? answer.then(checked, inWords) : checked(answer);
    };
    return [name, guardedCall] as const;
  });
  return Object.fromEntries(guardedEntries) as unknown as Handlers;
}
