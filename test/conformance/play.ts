import { codesOf, fillIn, judge, valueAt, type Saved } from './judge';
import type { Vector, VectorCall } from './vectors';

export interface PlayedAnswer {
  status: number;
  body: unknown;
}

/** Something that a case can be played against: the pure functions over some org, or a server. */
export interface Gateway {
  /** Empties the org and brings it to the given state. */
  give(given: Record<string, unknown>): Promise<void> | void;
  setClock(iso: string): Promise<void> | void;
  call(call: VectorCall, withCredentials: boolean): Promise<PlayedAnswer> | PlayedAnswer;
}

/** Plays one case: its given state, its history, each call at its own instant, and the call that is judged. */
export async function play(vector: Vector, gateway: Gateway): Promise<string[]> {
  const { history, auth, ...given } = vector.given;
  await gateway.give(given);
  const saved: Saved = {};
  for (const [index, step] of history.entries()) {
    await gateway.setClock(step.at);
    const answer = await gateway.call(fillIn(callOf(step), saved), true);
    const wanted = step.expectErrors ?? [];
    const codes = codesOf(answer.body);
    if (JSON.stringify(codes) !== JSON.stringify(wanted)) {
      return [`history ${index}: ${answer.status} ${JSON.stringify(answer.body)}`];
    }
    for (const [name, path] of Object.entries(step.save ?? {})) saved[name] = valueAt(answer.body, path);
  }
  await gateway.setClock(vector.given.now);
  const answer = await gateway.call(fillIn(callOf(vector.when), saved), auth ?? true);
  return judge(vector, answer.status, answer.body, saved);
}

function callOf({ endpoint, headers, query, body }: VectorCall): VectorCall {
  return {
    endpoint,
    ...(headers === undefined ? {} : { headers }),
    ...(query === undefined ? {} : { query }),
    ...(body === undefined || body === null ? {} : { body }),
  };
}
