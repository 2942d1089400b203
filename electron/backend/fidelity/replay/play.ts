import { isObject } from '../../../../shared/domain/body-reader';
import { toIsoExact } from '../../../../shared/domain/instant';
import { readJson } from '../../../../shared/domain/json';
import type { OrgSettings } from '../../../../shared/domain/settings';
import { compareAnswers } from '../../../../shared/fidelity/compare-answers';
import type { CallVerdict, UndecidableReason } from '../../../../shared/fidelity/fidelity-report';
import { KnownIds } from '../../../../shared/fidelity/known-ids';
import type { Answer } from '../../../../shared/gateway/answer';
import { Failure } from '../../../../shared/ipc/errors';
import { message } from '../../../../shared/words/message';
import { PracticeOrg } from '../../practice/org';
import { codesOf, textOrNull, type PreparedCall } from './prepared-calls';
import { putStart } from './put-start';
import type { StartingState } from './starting-state';
import { Unknown } from './undecidable';

const MOST_DIFFERENCES = 10;

/** A recording made ready to be played as often as is needed. */
export interface Playable {
  calls: readonly PreparedCall[];
  start: StartingState;
  /** Calls of which nobody knows whether they were carried out, but a later one tells that they were. */
  carriedOut: ReadonlySet<number>;
  /** Badges at which calls that were made are missing from it; null among them: nobody knows at which. */
  missing: ReadonlySet<string | null>;
}

/** Of the calls without an answer, those that a later call of the same request proves to have been carried out. */
export function carriedOut(calls: readonly PreparedCall[]): Set<number> {
  const found = new Set<number>();
  const nameOf = ({ route, body }: PreparedCall): string | null => {
    const requestId = isObject(body) ? textOrNull(body['requestId']) : null;
    return requestId === null ? null : `${route?.endpoint.name ?? ''} ${requestId}`;
  };
  const next = new Map<string, PreparedCall>();
  for (const call of [...calls].reverse()) {
    const name = nameOf(call);
    if (name === null || call.fate === 'held') continue;
    const later = next.get(name);
    if (call.fate === 'lost' && later !== undefined && codesOf(later.answer).includes(809)) found.add(call.index);
    if (call.fate === 'answered') next.set(name, call);
  }
  return found;
}

/** Of a lost call: whether a later one of the same request, which was carried out, shows that it was not. */
function wasRepeated(call: PreparedCall, calls: readonly PreparedCall[]): boolean {
  const requestId = isObject(call.body) ? textOrNull(call.body['requestId']) : null;
  if (requestId === null) return false;
  return calls.some(
    (later) =>
      later.index > call.index &&
      later.fate === 'answered' &&
      later.route?.endpoint === call.route?.endpoint &&
      isObject(later.body) &&
      textOrNull(later.body['requestId']) === requestId &&
      !codesOf(later.answer).includes(809),
  );
}

export interface Played {
  verdicts: CallVerdict[];
  /** Index of the first call that differs; the number of calls where none does. */
  firstDifferent: number;
  /** Calls carried out. */
  played: number;
}

export interface PlayOptions {
  settings: Partial<OrgSettings>;
  /** Ends at the first call that differs. */
  untilDifferent: boolean;
  signal?: AbortSignal;
  progress?: (done: number) => void;
}

function parsedAnswer({ body }: Answer): unknown {
  const reading = readJson(JSON.stringify(body));
  return reading.ok ? reading.value : undefined;
}

const byPath = (one: { path: string }, other: { path: string }): number => one.path.length - other.path.length;

/** Plays a recording against a practice org of its own, in memory, and compares each answer. */
class Play {
  readonly #playable: Playable;
  readonly #org: PracticeOrg;
  readonly #ids: KnownIds;
  readonly #unknown: Unknown;

  constructor(playable: Playable, org: PracticeOrg) {
    this.#playable = playable;
    this.#org = org;
    this.#ids = new KnownIds();
    const put = putStart(org.store, playable.start, this.#ids, playable.calls[0]?.now ?? 0);
    this.#unknown = new Unknown(playable.calls, playable.start, put, playable.missing);
  }

  async call(prepared: PreparedCall): Promise<CallVerdict> {
    const verdict = await this.#judge(prepared);
    this.#unknown.passed(prepared);
    return verdict;
  }

  async #judge(prepared: PreparedCall): Promise<CallVerdict> {
    const { route, call, fate, reason } = prepared;
    const undecidable = (why: UndecidableReason) => verdictOf(prepared, 'undecidable', why);
    if (route === null) {
      const status = call.answer?.status;
      const isAlike = fate === 'answered' && (status === 404 || status === 405);
      return isAlike ? verdictOf(prepared, 'same') : undecidable(reason ?? 'no-endpoint');
    }
    if (fate === 'held') return undecidable(reason ?? 'on-the-way');
    const { writes } = route.endpoint;
    const isPlayed = fate === 'answered' ? reason !== 'body-missing' : this.#playable.carriedOut.has(prepared.index);
    if (!isPlayed) {
      const isRefusal = (call.answer?.status ?? 0) >= 400 || codesOf(prepared.answer).length > 0;
      const changedNothing = fate === 'answered' && isRefusal;
      if (writes && !changedNothing && !wasRepeated(prepared, this.#playable.calls)) this.#unknown.lost(prepared);
      return undecidable(reason ?? 'no-answer');
    }
    const answer = await this.#play(prepared, route);
    if (reason !== null) return undecidable(reason);
    const differences = compareAnswers(
      { status: call.answer?.status ?? 0, body: prepared.answer },
      { status: answer.status, body: parsedAnswer(answer) },
      this.#ids,
    ).sort(byPath);
    if (differences.length === 0) return verdictOf(prepared, 'same');
    const why = this.#unknown.reasonFor(prepared, differences);
    const verdict = verdictOf(prepared, why === null ? 'different' : 'undecidable', why);
    return { ...verdict, differences: differences.slice(0, MOST_DIFFERENCES) };
  }

  async #play({ call, now }: PreparedCall, route: NonNullable<PreparedCall['route']>): Promise<Answer> {
    this.#org.setClock(now);
    const path = Object.fromEntries(
      Object.entries(route.path).map(([name, value]) => [name, this.#ids.inPractice(value)]),
    );
    const query: Record<string, string> = {};
    for (const [key, value] of new URLSearchParams(this.#ids.inPractice(call.query)))
      query[key] = Object.hasOwn(query, key) ? `${query[key] ?? ''},${value}` : value;
    const method = call.method === 'HEAD' ? 'GET' : call.method;
    const request = { method, path: call.path, query, headers: call.headers };
    return this.#org.answer(
      { endpoint: route.endpoint, path },
      { ...request, body: this.#ids.inPractice(call.body ?? '') },
    );
  }
}

function verdictOf(
  { index, now, call, route }: PreparedCall,
  verdict: CallVerdict['verdict'],
  reason: UndecidableReason | null = null,
): CallVerdict {
  return {
    ...{ call: index + 1, at: toIsoExact(now), method: call.method, path: call.path },
    ...{ endpoint: route?.endpoint.name ?? null, verdict, reason, differences: [] },
  };
}

/** Plays a recording from its start. @throws Failure `cancelled` */
export async function play(playable: Playable, options: PlayOptions): Promise<Played> {
  const { calls } = playable;
  const org = await PracticeOrg.open({ file: null, settings: options.settings, now: calls[0]?.now ?? 0 });
  try {
    const run = new Play(playable, org);
    const verdicts: CallVerdict[] = [];
    let firstDifferent = calls.length;
    for (const prepared of calls) {
      if (options.signal?.aborted) throw new Failure('cancelled', message('fidelity.stopped'));
      const verdict = await run.call(prepared);
      verdicts.push(verdict);
      if (verdict.verdict === 'different' && firstDifferent === calls.length) firstDifferent = prepared.index;
      if (prepared.index % 256 === 255) {
        options.progress?.(prepared.index + 1);
        await new Promise((resolve) => setImmediate(resolve));
      }
      if (options.untilDifferent && firstDifferent < calls.length) break;
    }
    return { verdicts, firstDifferent, played: verdicts.length };
  } finally {
    org.close();
  }
}
