import type { Outcome } from './answers';

/** Whether an org can be asked, as far as is known. */
export type Reachability = 'unknown' | 'online' | 'offline' | 'unauthorized';

/** What an outcome says of whether the org can be asked now. */
export function reachability(outcome: Outcome): Reachability {
  switch (outcome.kind) {
    case 'success':
    case 'refused':
    case 'throttled':
      return 'online';
    case 'unauthorized':
      return 'unauthorized';
    case 'not-sent':
    case 'ambiguous':
    case 'unusable':
      return 'offline';
  }
}
