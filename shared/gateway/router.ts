import { parseError, type RuleError } from '../domain/codes';
import { jsonMistakeInWords, readJson } from '../domain/json';
import type { OrgState } from '../domain/org';
import { refusalWithStatus, type Answer } from './answer';
import { UnreadableValue } from './body-values';
import type { CallContext, GatewayCall } from './call';
import { BASE_PATH, ENDPOINTS, type Endpoint } from './endpoints';

/** One HTTP request as it came, apart from its transport. */
export interface GatewayRequest {
  method: string;
  /** Path without the query, still percent-encoded. */
  path: string;
  query: GatewayCall['query'];
  headers: GatewayCall['headers'];
  /** The body as text; null when its bytes are not text (invalid UTF-8); empty when there is none. */
  body: string | null;
}

export interface Route {
  endpoint: Endpoint;
  path: Readonly<Record<string, string>>;
}

type Segment = { fixed: string } | { name: string; among: readonly string[] | null };

const PATTERNS: readonly { endpoint: Endpoint; segments: readonly Segment[] }[] = ENDPOINTS.map((endpoint) => ({
  endpoint,
  segments: endpoint.path.split('/').map((part): Segment => {
    const match = /^\{(\w+)(?::([\w|]+))?\}$/.exec(part);
    return match?.[1] === undefined ? { fixed: part } : { name: match[1], among: match[2]?.split('|') ?? null };
  }),
}));

function fit(segments: readonly Segment[], parts: readonly string[]): Record<string, string> | null {
  const path: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const part = parts[index] ?? '';
    if ('fixed' in segment) {
      if (segment.fixed !== part) return null;
    } else {
      if (part === '' || (segment.among !== null && !segment.among.includes(part.toLowerCase()))) return null;
      path[segment.name] = part;
    }
  }
  return path;
}

function partsBelowBase(path: string): string[] | null {
  // One page writes its URI without the first segment (gateway-api, getFixedWindowDetails).
  const base = [BASE_PATH, BASE_PATH.replace('/api_gateway', '')].find((start) => path.startsWith(`${start}/`));
  if (base === undefined) return null;
  try {
    const parts = path
      .slice(base.length + 1)
      .split('/')
      .map(decodeURIComponent);
    return parts.at(-1) === '' ? parts.slice(0, -1) : parts;
  } catch {
    return null;
  }
}

/** The endpoint a request is for, or null when there is none. */
export function findRoute(method: string, path: string): Route | null {
  const parts = partsBelowBase(path);
  if (parts === null) return null;
  for (const { endpoint, segments } of PATTERNS) {
    if (endpoint.method !== method || segments.length !== parts.length) continue;
    const found = fit(segments, parts);
    if (found !== null) return { endpoint, path: found };
  }
  return null;
}

const UNKNOWN_ENDPOINT: RuleError = { code: 404, message: 'There is no such endpoint', reference: null };

/**
 * The methods that a path is served with, HEAD for each GET; empty where there is no such path. The alias that takes any
 * single segment makes no path a known one.
 */
export function methodsOf(path: string): string[] {
  const parts = partsBelowBase(path);
  if (parts === null) return [];
  const methods = new Set<string>();
  for (const { endpoint, segments } of PATTERNS) {
    if (segments.length !== parts.length || !segments.some((segment) => 'fixed' in segment)) continue;
    if (fit(segments, parts) === null) continue;
    methods.add(endpoint.method);
    if (endpoint.method === 'GET') methods.add('HEAD');
  }
  return [...methods];
}

/** The answer to what no endpoint is for: 405 where the path is known under other methods, else 404. */
export function answerUnrouted(method: string, methods: readonly string[]): Answer {
  if (methods.length === 0) return refusalWithStatus(404, [UNKNOWN_ENDPOINT]);
  const message = `${method} is not served here; ${methods.join(', ')} ${methods.length > 1 ? 'are' : 'is'}`;
  return refusalWithStatus(405, [{ code: 405, message, reference: null }]);
}

type BodyReading = { ok: true; body: unknown } | { ok: false; error: RuleError };

/** Parses a body; nothing at all counts as an absent body, which a request function that needs one refuses. */
export function parseBody(text: string | null): BodyReading {
  if (text === null) return { ok: false, error: parseError('the body is not valid UTF-8') };
  if (text.length === 0) return { ok: true, body: undefined };
  const reading = readJson(text);
  return reading.ok
    ? { ok: true, body: reading.value }
    : { ok: false, error: parseError(jsonMistakeInWords(reading.mistake)) };
}

/**
 * Answers one routed request over an org: parses its body, runs the request function — a writing one in a transaction —
 * and turns what cannot be read into the documented 400. A read ignores whatever body came with it.
 */
export function answerRoute(org: OrgState, route: Route, request: GatewayRequest, context: CallContext): Answer {
  const { endpoint, path } = route;
  const ignoresBody = endpoint.method === 'GET' || endpoint.name === 'setActivation';
  const reading: BodyReading = ignoresBody ? { ok: true, body: undefined } : parseBody(request.body);
  if (!reading.ok) return refusalWithStatus(400, [reading.error]);
  const call: GatewayCall = { path, query: request.query, headers: request.headers, body: reading.body };
  try {
    return endpoint.writes
      ? org.transaction(() => endpoint.handle(org, call, context))
      : endpoint.handle(org, call, context);
  } catch (error) {
    if (error instanceof UnreadableValue) return refusalWithStatus(400, [error.error]);
    throw error;
  }
}

/** Answers one request over an org: the whole gateway but for transport and credentials. */
export function answerRequest(org: OrgState, request: GatewayRequest, context: CallContext): Answer {
  const route = findRoute(request.method, request.path);
  if (route === null) return answerUnrouted(request.method, methodsOf(request.path));
  return answerRoute(org, route, request, context);
}
