import { z } from 'zod';
import { version } from '../../../package.json';
import { OWNER_TYPES } from '../../../shared/domain/badge';
import { isObject } from '../../../shared/domain/body-reader';
import { ruleError } from '../../../shared/domain/codes';
import { readInstant, toIsoExact } from '../../../shared/domain/instant';
import { refusalWithStatus, success, type Answer } from '../../../shared/gateway/answer';
import { INSTANT } from '../../../shared/gateway/body-form';
import { openApiDocument, type OwnCall } from '../../../shared/gateway/document/open-api';
import type { OrgSettings } from '../../../shared/domain/settings';
import { unreadable, UnreadableValue } from '../../../shared/gateway/body-values';
import { readGiven } from '../../../shared/gateway/given';
import { parseBody } from '../../../shared/gateway/router';
import type { Gate } from './credentials';
import type { PracticeOrg } from './org';

export const TOKEN_PATH = '/v3/oauth/token/generate';
/** The OpenAPI document, which names no secret. */
const OPEN_API_PATH = '/openapi.json';

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

interface Answering {
  gate: Gate;
  org: PracticeOrg;
  /** Of the server. */
  url: string;
}

interface Served extends OwnCall {
  needsStillClock: boolean;
  reply(served: Answering, body: string | null): Answer;
}

const clock = z.strictObject({
  data: z.strictObject({ now: z.string() }),
  errors: z.array(z.unknown()).max(0),
  warnings: z.array(z.unknown()).max(0),
});

/** The calls of the practice org itself. */
const OWN_CALLS: readonly Served[] = [
  {
    name: 'generateToken',
    method: 'POST',
    path: TOKEN_PATH,
    summary: 'practice.callToken',
    needsCredentials: false,
    needsStillClock: false,
    body: z.looseObject({ key: z.string(), secret: z.string() }),
    answer: z.strictObject({ data: z.strictObject({ accessToken: z.string(), ttlSeconds: z.int() }) }),
    refusals: [400, 401],
    reply: ({ gate, org }, body) => answerToken(gate, org, body),
  },
  {
    name: 'readOpenApi',
    method: 'GET',
    path: OPEN_API_PATH,
    summary: 'practice.callDocument',
    needsCredentials: false,
    needsStillClock: false,
    body: null,
    answer: z.looseObject({ openapi: z.string(), info: z.looseObject({}), paths: z.looseObject({}) }),
    refusals: [403],
    reply: ({ gate, org, url }) => ({ status: 200, body: servedDocument(gate, org, url) }),
  },
  {
    name: 'setClock',
    method: 'PUT',
    path: '/__practice/clock',
    summary: 'practice.callClock',
    needsCredentials: true,
    needsStillClock: true,
    body: z.looseObject({ now: INSTANT }),
    answer: clock,
    refusals: [400],
    reply: ({ org }, body) => answerClock(org, body),
  },
  {
    name: 'giveState',
    method: 'POST',
    path: '/__practice/given',
    summary: 'practice.callGiven',
    needsCredentials: true,
    needsStillClock: true,
    body: z.looseObject({
      now: INSTANT,
      tz: z.string().optional(),
      settings: z.looseObject({}).nullable().optional(),
      badges: z.array(z.looseObject({ id: z.string(), createdAt: INSTANT, body: z.looseObject({}) })).optional(),
      groups: z.array(z.looseObject({ id: z.string(), name: z.string(), rank: z.int() })).optional(),
      claims: z
        .array(z.looseObject({ badge: z.string(), ownerType: z.enum(OWNER_TYPES), referenceId: z.string() }))
        .optional(),
    }),
    answer: clock,
    refusals: [400],
    reply: ({ org }, body) => answerGiven(org, body),
  },
];

const isThere = (call: Served, hasStillClock: boolean): boolean => hasStillClock || !call.needsStillClock;

/**
 * The OpenAPI document of a practice org.
 *
 * @param url null for one that is printed and not served
 */
export function practiceDocument(given: {
  settings: Partial<OrgSettings>;
  url: string | null;
  asksCredentials: boolean;
  hasStillClock: boolean;
}): Record<string, unknown> {
  const { hasStillClock, ...options } = given;
  return openApiDocument({ ...options, version, ownCalls: OWN_CALLS.filter((call) => isThere(call, hasStillClock)) });
}

let latest: { key: string; document: Record<string, unknown> } | null = null;

/** Made once for what it depends on: that takes as long as a hundred other calls. */
function servedDocument(gate: Gate, org: PracticeOrg, url: string): Record<string, unknown> {
  const given = {
    settings: org.store.settings,
    url,
    asksCredentials: gate.asks,
    hasStillClock: org.hasStillClock,
  };
  const key = JSON.stringify(given);
  if (latest?.key !== key) latest = { key, document: practiceDocument(given) };
  return latest.document;
}

/** The methods of a path of the practice org's own; empty for any other. Two exist only while the clock stands still. */
export function ownMethodsOf(org: PracticeOrg, path: string): string[] {
  return ownCallsOf(org, path).flatMap(({ method }) => (method === 'GET' ? [method, 'HEAD'] : [method]));
}

function ownCallsOf(org: PracticeOrg, path: string): readonly Served[] {
  return OWN_CALLS.filter((call) => call.path === path && isThere(call, org.hasStillClock));
}

/** Whether a path is served to whoever asks: what proves nothing, or proves it in its body. */
export function isOpenPath(path: string): boolean {
  return OWN_CALLS.some((call) => call.path === path && !call.needsCredentials);
}

/** Answers a call of the practice org's own; null for any other. */
export function answerOwn(served: Answering, method: string, path: string, body: string | null): Answer | null {
  // A health check asks with HEAD what others ask with GET.
  const asked = method === 'HEAD' ? 'GET' : method;
  return (
    ownCallsOf(served.org, path)
      .find((call) => call.method === asked)
      ?.reply(served, body) ?? null
  );
}
