import { BADGE_LOOKS, type BadgeLook } from '../../../shared/ipc/views-contract';

/** Holds a look; nothing where there were no badges. */
const KEY = 'badges.look';

/** How the badges were shown last; null where there were none, or nobody knows: the screen then waits for them. */
export function lastLook(): BadgeLook | null {
  const kept = localStorage.getItem(KEY);
  return BADGE_LOOKS.find((look) => look === kept) ?? null;
}

/** @param look null where there are no badges */
export function keepLastLook(look: BadgeLook | null): void {
  if (look === null) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, look);
}
