import type { LedgerStore } from '../../../../db/workspace/ledger';
import { SECOND, type Instant } from '../../../../shared/domain/instant';
import { accessToken } from '../../../../shared/gateway/client-schemas';
import { interpret, type Outcome } from './answers';
import { basicHeader, fromSecret, tokenHeader, type AuthorizationHeader, type Credentials } from './credentials';
import { presentErrand } from './errand';
import type { Exchanger } from './exchange';
import { AUTHORIZATION_LINE, type Authorization, type Authorizer, type RemoteOrg } from './gateway-client';
import { inEnglish } from '../../../../shared/words/english';
import { message } from '../../../../shared/words/message';

/** Where a token is had for key and secret. */
const TOKEN_PATH = '/v3/oauth/token/generate';

/** A token is renewed this long before it runs out: it must still hold when the request arrives. */
const BEFORE_EXPIRY = 30 * SECOND;
const MOST_BYTES = 1024 * 1024;

export interface AuthorizerParts {
  org: RemoteOrg;
  exchanger: Exchanger;
  ledger: LedgerStore;
  now(): Instant;
  /** The kept credentials as bytes of the caller's own, or null; asked for each time they are needed. */
  takeSecret(): Promise<Uint8Array | null>;
}

/**
 * Proves who is calling. Credentials are asked for when a request needs them and not kept here; of OAuth only the token
 * is, until it runs out.
 */
export class KeptAuthorizer implements Authorizer {
  readonly #parts: AuthorizerParts;
  #token: { header: AuthorizationHeader; until: Instant } | null = null;
  #renewal: Promise<Authorization> | null = null;

  constructor(parts: AuthorizerParts) {
    this.#parts = parts;
  }

  async authorize(): Promise<Authorization> {
    if (this.#token && this.#token.until > this.#parts.now()) return { ok: true, header: this.#token.header };
    const secret = await this.#parts.takeSecret();
    const credentials = secret && fromSecret(secret);
    if (!credentials) return { ok: false, outcome: missing(this.#parts.org.name) };
    if (credentials.kind === 'basic') return { ok: true, header: basicHeader(credentials) };
    if (credentials.kind === 'token') return { ok: true, header: tokenHeader(credentials.token) };
    if (credentials.kind === 'none') return { ok: true, header: null };
    // Requests that need a token at the same time share one.
    this.#renewal ??= this.#renew(credentials).finally(() => (this.#renewal = null));
    return this.#renewal;
  }

  rejected(header: AuthorizationHeader | null): void {
    if (this.#token && this.#token.header.value === header?.value) this.#token = null;
  }

  async #renew({ key, secret }: Extract<Credentials, { kind: 'oauth' }>): Promise<Authorization> {
    const { org, exchanger, ledger, now } = this.#parts;
    const url = new URL(`${org.baseUrl}${TOKEN_PATH}`);
    const line = ledger.begin(
      {
        connectionKey: org.connectionKey,
        connectionName: org.name,
        purpose: 'token',
        badgeId: null,
        jobKey: null,
        method: 'POST',
        url: url.href,
        headers: [AUTHORIZATION_LINE],
        body: inEnglish(message('activity.keyNotKept')),
        sentOn: now(),
        errand: presentErrand(),
      },
      false,
    );
    const exchange = await exchanger.exchange({
      method: 'POST',
      url,
      headers: { accept: 'application/json', 'accept-encoding': 'identity', 'content-type': 'application/json' },
      body: JSON.stringify({ key, secret }),
      mostBytes: MOST_BYTES,
    });
    const outcome = tokenOutcome(interpret(exchange, { host: url.host, isWrite: false }), url.host);
    const token = outcome.kind === 'success' ? accessToken.safeParse(outcome.data) : null;
    if (token?.success) {
      const until = now() + Math.round(token.data.ttlSeconds * SECOND) - BEFORE_EXPIRY;
      this.#token = { header: tokenHeader(token.data.accessToken), until };
    }
    const failed: Outcome | null = token?.success ? null : token ? notAToken(url.host) : outcome;
    ledger.settle(
      line,
      {
        outcome: failed ? 'failed' : 'answered',
        answeredOn: exchange.kind === 'answer' ? now() : null,
        status: outcome.status,
        codes: [],
        sentence: failed && failed.kind !== 'success' ? inEnglish(failed.sentence) : inEnglish(message('org.gotToken')),
        headers: [],
        body: exchange.kind === 'answer' ? inEnglish(message('activity.notKept')) : null,
      },
      false,
    );
    return failed || !this.#token
      ? { ok: false, outcome: failed ?? notAToken(url.host) }
      : { ok: true, header: this.#token.header };
  }
}

/**
 * Whatever kept the token from coming, the request it was for has not left. Nothing that the answer says is passed on: it
 * was given the key and the secret, and may say them back.
 */
function tokenOutcome(outcome: Outcome, host: string): Outcome {
  switch (outcome.kind) {
    case 'success':
    case 'throttled':
    case 'not-sent':
      return outcome;
    case 'unauthorized':
    case 'refused':
      return {
        kind: 'unauthorized',
        status: outcome.status,
        sentence: message('org.noTokenForKey', { host, status: String(outcome.status) }),
      };
    case 'unusable':
      return notAToken(host);
    case 'ambiguous':
      return {
        kind: 'not-sent',
        status: null,
        fault: 'token',
        sentence:
          outcome.status === null
            ? message('org.noTokenNoAnswer', { host })
            : message('org.noTokenAnswered', { host, status: String(outcome.status) }),
      };
  }
}

function notAToken(host: string): Outcome {
  return {
    // Nothing was sent, and asking again would hardly help: a person has to look.
    kind: 'unauthorized',
    status: 200,
    sentence: message('org.notAToken', { host }),
  };
}

function missing(name: string): Outcome {
  return {
    kind: 'unauthorized',
    status: 0,
    sentence: message('org.credentialsNotKept', { name }),
  };
}
