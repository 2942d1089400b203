import type { CountedBadge } from '../../../../db/workspace/award-counts';
import type { HeaderLine, LedgerAnswer, LedgerRequest, LedgerStore } from '../../../../db/workspace/ledger';
import type { Instant } from '../../../../shared/domain/instant';
import { BASE_PATH } from '../../../../shared/gateway/endpoints';
import { interpret, type Outcome } from './answers';
import { bodyWithoutSecrets, TOKEN_HEADER, withoutSecrets, type AuthorizationHeader } from './credentials';
import { presentErrand } from './errand';
import type { Exchange, Exchanger } from './exchange';
import { message, type Message } from '../../../../shared/words/message';
import { inEnglish } from '../../../../shared/words/english';

/** Which org is called, and under which name it stands in the ledger. */
export interface RemoteOrg {
  connectionKey: number;
  name: string;
  baseUrl: string;
}

/** A request as it will leave, apart from its authorization: these bytes and no others. */
export interface GatewayRequest {
  purpose: string;
  method: 'GET' | 'POST' | 'PUT';
  url: string;
  headers: readonly HeaderLine[];
  body: string | null;
  isWrite: boolean;
  badgeId: string | null;
  jobKey: number | null;
  /** Answered by a list of envelopes, one for each item, and not by one envelope (gateway-api section 4). */
  isListAnswer?: true;
}

export type Authorization = { ok: true; header: AuthorizationHeader | null } | { ok: false; outcome: Outcome };

/** Gives the header that proves who is calling, request by request. */
export interface Authorizer {
  authorize(): Promise<Authorization>;
  /** The org did not accept this header: a token that was taken from it is not used again. */
  rejected(header: AuthorizationHeader | null): void;
}

const MEGABYTE = 1024 * 1024;
const MOST_BYTES = 20 * MEGABYTE;
/** Lists and bulk answers. */
const MOST_LIST_BYTES = 64 * MEGABYTE;

/** Answers are kept with their request up to this many characters; documented ones stay far below. */
const MOST_KEPT = 4 * MEGABYTE;

const HEADERS: Readonly<Record<string, string>> = { accept: 'application/json', 'accept-encoding': 'identity' };

/** What stands in the place of the one header that is never shown. */
export const AUTHORIZATION_LINE: HeaderLine = {
  name: 'Authorization',
  value: inEnglish(message('activity.addedWhenSent')),
};

/** The headers of a request as people see them. */
export function shownHeaders(request: Pick<GatewayRequest, 'headers'>): HeaderLine[] {
  return [
    AUTHORIZATION_LINE,
    { name: 'Accept', value: 'application/json' },
    { name: 'Accept-Encoding', value: 'identity' },
    ...request.headers,
  ];
}

/** The address of a call below the gateway's base path; segments are encoded, the query is left to URLSearchParams. */
export function gatewayUrl(
  org: Pick<RemoteOrg, 'baseUrl'>,
  segments: readonly string[],
  query: Readonly<Record<string, string>> = {},
): string {
  const path = segments.map(encodeURIComponent).join('/');
  const search = new URLSearchParams(query).toString();
  return `${org.baseUrl}${BASE_PATH}/${path}${search === '' ? '' : `?${search}`}`;
}

/** A read. */
export function readRequest(purpose: string, url: string, badgeId: string | null = null): GatewayRequest {
  const rest = { isWrite: false, badgeId, jobKey: null };
  return { purpose, method: 'GET', url, headers: [], body: null, ...rest };
}

/** One attempt, seen whole: what it came to, and what the ledger keeps of it. */
export interface Attempt {
  outcome: Outcome;
  answer: LedgerAnswer;
  /** Seconds since the epoch by the org's Date header; null without one. */
  serverSeconds: number | null;
  /** Whether it left with a token that the org had given for it, so that a 401 speaks of the token alone. */
  hadToken: boolean;
}

/** Sends a request once and says what it came to. Writes nothing down: {@link GatewayClient} does. */
export async function attempt(
  exchanger: Exchanger,
  authorizer: Authorizer,
  request: GatewayRequest,
  now: () => Instant,
  signal?: AbortSignal,
): Promise<Attempt> {
  const authorization = await authorized(authorizer, signal);
  if (!authorization.ok) return notSent(authorization.outcome);
  const { header } = authorization;
  const url = new URL(request.url);
  const headers: Record<string, string> = { ...HEADERS };
  for (const { name, value } of request.headers) headers[name.toLowerCase()] = value;
  if (header !== null) headers[header.name] = header.value;
  const mostBytes = request.purpose === 'list' || request.jobKey !== null ? MOST_LIST_BYTES : MOST_BYTES;
  const said = await exchanger.exchange(
    { method: request.method, url, headers, body: request.body, mostBytes },
    signal,
  );
  const exchange = cleaned(said, header);
  const outcome = interpret(exchange, { host: url.host, ...request });
  if (outcome.kind === 'unauthorized') authorizer.rejected(header);
  return {
    outcome,
    answer: answerOf(exchange, outcome, now()),
    serverSeconds: serverSecondsOf(exchange),
    hadToken: header?.name === TOKEN_HEADER,
  };
}

/** Whoever keeps the credentials may never answer again; then a request that waits for them ends with its signal. */
function authorized(authorizer: Authorizer, signal: AbortSignal | undefined): Promise<Authorization> {
  const asked = authorizer.authorize();
  if (!signal) return asked;
  return new Promise((resolve, reject) => {
    const sentence = message('org.stoppedBefore');
    const end = (): void =>
      resolve({ ok: false, outcome: { kind: 'not-sent', status: null, fault: 'cancelled', sentence } });
    if (signal.aborted) end();
    signal.addEventListener('abort', end);
    asked.then(resolve, reject).finally(() => signal.removeEventListener('abort', end));
  });
}

function notSent(outcome: Outcome): Attempt {
  const rest = { answeredOn: null, status: null, codes: [], headers: [], body: null };
  return {
    outcome,
    answer: { outcome: 'failed', sentence: inEnglish(outcomeInWords(outcome)), ...rest },
    serverSeconds: null,
    hadToken: false,
  };
}

/** An exchange without what an org may have echoed of the credentials: nothing of it is read, shown or kept before. */
function cleaned(exchange: Exchange, header: AuthorizationHeader | null): Exchange {
  if (exchange.kind !== 'answer') return exchange;
  const clean = (text: string): string => withoutSecrets(text, header);
  return {
    ...exchange,
    headers: exchange.headers.map(({ name, value }) => ({
      name: clean(name),
      // A session cookie would let others in; the documented ones are noise of the network.
      value: name.toLowerCase() === 'set-cookie' ? inEnglish(message('activity.notKept')) : clean(value),
    })),
    body: bodyWithoutSecrets(exchange.body, header),
  };
}

function answerOf(exchange: Exchange, outcome: Outcome, now: Instant): LedgerAnswer {
  const isAnswer = exchange.kind === 'answer';
  return {
    outcome: ledgerOutcomeOf(outcome),
    answeredOn: isAnswer ? now : null,
    status: outcome.status,
    codes: outcome.kind === 'refused' ? outcome.errors.map(({ code }) => code) : [],
    sentence: inEnglish(outcomeInWords(outcome)),
    headers: isAnswer ? exchange.headers : [],
    body: isAnswer ? kept(outcome.kind === 'success' ? outcome.text : exchange.body.toString('utf8')) : null,
  };
}

function kept(text: string): string {
  if (text.length <= MOST_KEPT) return text;
  const cut = { text: text.slice(0, MOST_KEPT), kept: MOST_KEPT, length: text.length };
  return inEnglish(message('damaged.bodyCut', cut));
}

function ledgerOutcomeOf(outcome: Outcome): LedgerAnswer['outcome'] {
  switch (outcome.kind) {
    case 'success':
      return 'answered';
    case 'refused':
    case 'unauthorized':
    case 'throttled':
      return 'refused';
    case 'not-sent':
      return 'failed';
    case 'ambiguous':
      return 'unknown';
    case 'unusable':
      return 'failed';
  }
}

/** The outcome in one sentence for people. */
export function outcomeInWords(outcome: Outcome): Message {
  return outcome.kind === 'success' ? message('org.done') : outcome.sentence;
}

function serverSecondsOf(exchange: Exchange): number | null {
  if (exchange.kind !== 'answer') return null;
  const date = exchange.headers.find(({ name }) => name.toLowerCase() === 'date')?.value;
  const milliseconds = date === undefined ? Number.NaN : Date.parse(date);
  return Number.isFinite(milliseconds) ? milliseconds / 1_000 : null;
}

export interface GatewayClientParts {
  org: RemoteOrg;
  exchanger: Exchanger;
  authorizer: Authorizer;
  ledger: LedgerStore;
  now(): Instant;
  /** Waits until the org's rate allows one more request, or until the signal says so. */
  turn(signal?: AbortSignal): Promise<void>;
  /** Told what each request came to, for showing whether the org is there. */
  seen(outcome: Outcome): void;
  /** Told how many awards the org says there are of badges, whatever they were read for; nobody is, unless given. */
  counted?(badges: readonly CountedBadge[]): void;
}

/** Calls one org. Every request is in the ledger before it leaves, and its answer is stored with it. */
export class GatewayClient {
  readonly org: RemoteOrg;
  readonly #parts: GatewayClientParts;

  constructor(parts: GatewayClientParts) {
    this.org = parts.org;
    this.#parts = parts;
  }

  /** Says how many awards an answer says there are of badges. */
  noteCounts(badges: readonly CountedBadge[]): void {
    if (badges.length > 0) this.#parts.counted?.(badges);
  }

  /** A token that has run out is renewed, once, and the request sent again: a 401 is answered before anything is done. */
  async send(request: GatewayRequest, signal?: AbortSignal): Promise<Attempt> {
    const first = await this.#sendOnce(request, signal);
    return first.outcome.kind === 'unauthorized' && first.outcome.status === 401
      ? this.#sendOnce(request, signal)
      : first;
  }

  async #sendOnce(request: GatewayRequest, signal: AbortSignal | undefined): Promise<Attempt> {
    const { exchanger, authorizer, ledger, now, turn, seen } = this.#parts;
    await turn(signal);
    const key = ledger.begin(ledgerRequest(this.org, request, now()), request.isWrite);
    const done = await attempt(exchanger, authorizer, request, now, signal);
    ledger.settle(key, done.answer, request.isWrite);
    seen(done.outcome);
    return done;
  }
}

/** A request as the ledger keeps it. */
export function ledgerRequest(org: RemoteOrg, request: GatewayRequest, now: Instant): LedgerRequest {
  return {
    connectionKey: org.connectionKey,
    connectionName: org.name,
    purpose: request.purpose,
    badgeId: request.badgeId,
    jobKey: request.jobKey,
    method: request.method,
    url: request.url,
    headers: shownHeaders(request),
    body: request.body,
    sentOn: now,
    errand: presentErrand(),
  };
}
