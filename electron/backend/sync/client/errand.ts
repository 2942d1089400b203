import { AsyncLocalStorage } from 'node:async_hooks';
import type { LedgerErrand, LedgerTaskKind } from '../../../../db/workspace/ledger-tasks';

const current = new AsyncLocalStorage<LedgerErrand>();

/** Longer lists of badges are cut: they are told by their count of requests. */
const MOST_ABOUT = 200;

/**
 * Does work whose requests are one task in the ledger, whoever sends them. Within an errand another is a part of it: what
 * a push reads before it sends is the push's.
 *
 * @param about names of the badges it is about
 */
export function onErrand<T>(kind: LedgerTaskKind, about: readonly string[], work: () => T): T {
  return within(errandOf(kind, about), work);
}

/** Does a part of an errand that others are done of, too. */
export function within<T>(errand: LedgerErrand, work: () => T): T {
  return current.getStore() ? work() : current.run(errand, work);
}

/** An errand whose parts are done one by one. */
export function errandOf(kind: LedgerTaskKind, about: readonly string[] = []): LedgerErrand {
  const names = [...new Set(about)].join(', ');
  const shown = names.length > MOST_ABOUT ? `${names.slice(0, MOST_ABOUT - 1)}…` : names;
  return { kind, about: shown === '' ? null : shown };
}

/** What is being done where this is asked; null: nobody said. */
export const presentErrand = (): LedgerErrand | null => current.getStore() ?? null;
