import { isObject } from '../../../shared/domain/body-reader';
import { ruleError } from '../../../shared/domain/codes';
import { readInstant, toIsoExact } from '../../../shared/domain/instant';
import { refusalWithStatus, success, type Answer } from '../../../shared/gateway/answer';
import { unreadable, UnreadableValue } from '../../../shared/gateway/body-values';
import { readGiven } from '../../../shared/gateway/given';
import { parseBody } from '../../../shared/gateway/router';
import type { Gate } from './credentials';
import type { PracticeOrg } from './org';

export const TOKEN_PATH = '/v3/oauth/token/generate';

function reading(body: string | null, answer: (parsed: unknown) => Answer): Answer {
  const parsed = parseBody(body);
  if (!parsed.ok) return refusalWithStatus(400, [parsed.error]);
  try {
    return answer(parsed.body);
  } catch (error) {
    if (error instanceof UnreadableValue) return refusalWithStatus(400, [error.error]);
    throw error;
  }
}

/** POST /v3/oauth/token/generate {key, secret} → {data: {accessToken, ttlSeconds}}. */
function answerToken(gate: Gate, org: PracticeOrg, body: string | null): Answer {
  return reading(body, (parsed) => {
    if (!isObject(parsed)) throw unreadable('the body must be an object');
    const { key, secret } = parsed;
    const token =
      typeof key === 'string' && typeof secret === 'string' ? gate.issueToken(key, secret, org.now()) : null;
    return token === null ? refusalWithStatus(401, [ruleError(401)]) : { status: 200, body: { data: token } };
  });
}

/** PUT /__practice/clock {"now": ISO}: moves a clock that stands still. */
function answerClock(org: PracticeOrg, body: string | null): Answer {
  return reading(body, (parsed) => {
    const value = isObject(parsed) ? readInstant(parsed['now']) : null;
    if (!value?.ok) throw unreadable(`now ${value?.reason ?? 'is mandatory'}`);
    org.setClock(value.instant);
    return success({ now: toIsoExact(org.now()) });
  });
}

/** POST /__practice/given: empties the org and brings it to the given state. */
function answerGiven(org: PracticeOrg, body: string | null): Answer {
  return reading(body, (parsed) => {
    const errors = org.give(readGiven(parsed));
    return errors.length > 0 ? refusalWithStatus(400, errors) : success({ now: toIsoExact(org.now()) });
  });
}

/** The calls of the practice org itself, and the method of each. */
const OWN_CALLS: readonly { method: string; path: string; needsStillClock: boolean }[] = [
  { method: 'POST', path: TOKEN_PATH, needsStillClock: false },
  { method: 'PUT', path: '/__practice/clock', needsStillClock: true },
  { method: 'POST', path: '/__practice/given', needsStillClock: true },
];

/** The methods of a path of the practice org's own; empty for any other. Two exist only while the clock stands still. */
export function ownMethodsOf(org: PracticeOrg, path: string): string[] {
  return OWN_CALLS.filter((call) => call.path === path && (org.hasStillClock || !call.needsStillClock)).map(
    ({ method }) => method,
  );
}

/** Answers a call of the practice org's own; null for any other. */
export function answerOwn(
  { gate, org }: { gate: Gate; org: PracticeOrg },
  method: string,
  path: string,
  body: string | null,
): Answer | null {
  if (!ownMethodsOf(org, path).includes(method)) return null;
  if (path === TOKEN_PATH) return answerToken(gate, org, body);
  return path === '/__practice/clock' ? answerClock(org, body) : answerGiven(org, body);
}
