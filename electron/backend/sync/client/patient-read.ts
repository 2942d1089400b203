import type { Outcome } from './answers';
import type { Attempt, GatewayClient, GatewayRequest } from './gateway-client';
import { backoff, pause, type BackoffTimes, type Dice } from './pace';

/** How often a read that failed on the way is tried in all. */
const TRIES = 6;

export interface Patience {
  dice: Dice;
  times: BackoffTimes;
}

/** Reading changes nothing, so a read that failed on the way is simply sent again, a few times, ever more slowly. */
export async function readPatiently(
  client: GatewayClient,
  request: GatewayRequest,
  { dice, times }: Patience,
  signal?: AbortSignal,
): Promise<Attempt> {
  for (let tries = 1; ; tries += 1) {
    const done = await client.send(request, signal);
    if (tries >= TRIES || signal?.aborted || !isPassing(done.outcome)) return done;
    await pause(backoff(tries, dice, times, retryAfterOf(done.outcome)), signal);
  }
}

/**
 * Whether the same read may well succeed a moment later. What cannot be reached at all is told at once, and credentials
 * that are wrong are not tried again and again: accounts get locked for that.
 */
function isPassing(outcome: Outcome): boolean {
  switch (outcome.kind) {
    case 'throttled':
    case 'ambiguous':
      return true;
    case 'not-sent':
      return outcome.fault === 'reset' || outcome.fault === 'timeout' || outcome.fault === 'token';
    case 'unauthorized':
    case 'success':
    case 'refused':
    case 'unusable':
      return false;
  }
}

export function retryAfterOf(outcome: Outcome): number | null {
  return outcome.kind === 'throttled' || outcome.kind === 'ambiguous' ? outcome.retryAfter : null;
}
