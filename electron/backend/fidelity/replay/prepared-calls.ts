import { isObject, type JsonObject } from '../../../../shared/domain/body-reader';
import type { Instant } from '../../../../shared/domain/instant';
import { readJson } from '../../../../shared/domain/json';
import { instantOfCall, type RecordedCall, type Recording } from '../../../../shared/fidelity/recording';
import type { UndecidableReason } from '../../../../shared/fidelity/fidelity-report';
import { findRoute, type Route } from '../../../../shared/gateway/router';
import { orgClock } from './org-clock';

/** What became of a call at the org that was recorded. */
export type Fate =
  /** The rules answered it. */
  | 'answered'
  /** It never got to the rules. */
  | 'held'
  /** Nobody knows whether it was carried out. */
  | 'lost';

/** A call of a recording with what can be told of it before anything is played. */
export interface PreparedCall {
  /** From 0. */
  index: number;
  call: RecordedCall;
  route: Route | null;
  /** By the clock of the org that was recorded. */
  now: Instant;
  /** From when until when it was under way, by the clock of who recorded; null where that is not known. */
  span: { from: Instant; to: Instant } | null;
  fate: Fate;
  /** Why its answer cannot be compared; null: it can. */
  reason: UndecidableReason | null;
  /** The body that was sent, parsed; undefined: none, or none that can be read. */
  body: unknown;
  /** The body that came back, parsed; undefined: none, or it is not known. */
  answer: unknown;
  /** Ids of the badges it speaks of. */
  badges: readonly string[];
}

/** What an answer carries under `data`; null where that is no object. */
export function dataOf({ answer, call }: Pick<PreparedCall, 'answer' | 'call'>): JsonObject | null {
  const status = call.answer?.status ?? 0;
  const data = status >= 200 && status < 300 && isObject(answer) ? answer['data'] : null;
  return isObject(data) ? data : null;
}

/** Codes of the errors of an answer as a whole. */
export function codesOf(answer: unknown): number[] {
  const errors = isObject(answer) ? answer['errors'] : null;
  if (!Array.isArray(errors)) return [];
  return errors.flatMap((error: unknown) =>
    isObject(error) && typeof error['code'] === 'number' ? [error['code']] : [],
  );
}

export const textOrNull = (value: unknown): string | null =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null;

function parsed(text: string | null): { value: unknown; isJson: boolean } {
  if (text === null || text === '') return { value: undefined, isJson: text === '' };
  const reading = readJson(text);
  return reading.ok ? { value: reading.value, isJson: true } : { value: undefined, isJson: false };
}

function fateOf(status: number, answer: unknown): { fate: Fate; reason: UndecidableReason | null } {
  // Whatever its status: where a code of the rules stands, these answered. What stands on the way repeats its status.
  if (codesOf(answer).some((code) => code !== status)) return { fate: 'answered', reason: null };
  if (status === 429) return { fate: 'held', reason: 'too-many' };
  if (status === 401 || status === 403 || status === 407) return { fate: 'held', reason: 'not-admitted' };
  if ([408, 411, 413, 414, 415, 417, 421, 425, 426, 431].includes(status) || (status >= 300 && status < 400))
    return { fate: 'held', reason: 'on-the-way' };
  if (status >= 500) return { fate: 'lost', reason: 'outage' };
  return { fate: 'answered', reason: null };
}

function badgesOf(route: Route | null, body: unknown, query: string): string[] {
  const found = new Set<string>();
  const note = (value: unknown): void => {
    const text = textOrNull(value);
    if (text !== null) found.add(text);
  };
  if (route?.path['badgeId'] !== undefined) note(route.path['badgeId']);
  for (const item of Array.isArray(body) ? (body as unknown[]) : [body]) {
    if (!isObject(item)) continue;
    note(item['badgeMetaId']);
    if (route?.endpoint.name === 'updateBadge') note(item['id']);
  }
  if (route?.endpoint.name === 'fixedWindowDetails') note(new URLSearchParams(query).get('badgeMetaId'));
  return [...found];
}

function spanOf(call: RecordedCall, clock: Recording['clock']): PreparedCall['span'] {
  // Where an org's clock stood still, all calls have its time.
  if (call.milliseconds === null || clock === 'still') return null;
  const from = instantOfCall(call);
  return { from, to: from + Math.round(call.milliseconds * 1000) };
}

function prepare(call: RecordedCall, index: number, now: Instant, clock: Recording['clock']): PreparedCall {
  const route = findRoute(call.method === 'HEAD' ? 'GET' : call.method, call.path);
  const sent = parsed(call.body);
  const came = call.answer === null ? { value: undefined, isJson: false } : parsed(call.answer.body);
  const { fate, reason } =
    call.answer === null ? ({ fate: 'lost', reason: 'no-answer' } as const) : fateOf(call.answer.status, came.value);
  const prepared: PreparedCall = {
    ...{ index, call, route, now, span: spanOf(call, clock), fate, reason },
    ...{ body: sent.value, answer: came.value, badges: badgesOf(route, sent.value, call.query) },
  };
  if (reason !== null) return prepared;
  if (route === null) return { ...prepared, reason: 'no-endpoint' };
  const readsBody = call.method !== 'GET' && call.method !== 'HEAD' && route.endpoint.name !== 'setActivation';
  if (call.body === null && readsBody) return { ...prepared, reason: 'body-missing' };
  if (call.method === 'HEAD') return { ...prepared, answer: undefined };
  if (call.answer?.body === null) return { ...prepared, reason: 'answer-missing' };
  return came.isJson ? prepared : { ...prepared, reason: 'no-json' };
}

/** The calls of a recording, each with the clock of the org when it came. */
export function prepareCalls(recording: Recording): PreparedCall[] {
  const clock = orgClock(recording);
  return recording.calls.map((call, index) =>
    prepare(call, index, clock[index] ?? instantOfCall(call), recording.clock),
  );
}
