import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { SECOND, type Instant } from '../../../shared/domain/instant';

/** What a caller must know. The same pair is the key and the secret of an OAuth token. */
export interface Credentials {
  user: string;
  password: string;
}

/** Seconds for which an access token holds. */
export const TOKEN_TTL_SECONDS = 3600;

/** Tokens remembered; the oldest goes first. */
const MOST_TOKENS = 10_000;

/** A pair nobody can guess, made anew at every start. */
export function newCredentials(): Credentials {
  return { user: `practice-${randomBytes(3).toString('hex')}`, password: randomBytes(12).toString('base64url') };
}

const digest = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();
const isSame = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other));
const md5 = (text: string): string => createHash('md5').update(text, 'utf8').digest('hex');

/**
 * Who may call: Basic with the password or its MD5, as the live org expects, or a token from the OAuth endpoint. A token
 * ages by the org's own clock, so that a test can let it expire.
 */
export class Gate {
  readonly #credentials: Credentials | null;
  readonly #tokens = new Map<string, Instant>();
  /** The header that was right last time, so that a load of calls is not hashed one by one. */
  #knownHeader: string | null = null;

  /** @param credentials null lets everybody in */
  constructor(credentials: Credentials | null) {
    this.#credentials = credentials;
  }

  /** Whether callers must prove who they are. */
  get asks(): boolean {
    return this.#credentials !== null;
  }

  /** A new token and its life in seconds, or null for a wrong key or secret. */
  issueToken(key: string, secret: string, now: Instant): { accessToken: string; ttlSeconds: number } | null {
    if (!this.#matches(key, secret)) return null;
    const accessToken = randomBytes(24).toString('base64url');
    this.#tokens.set(accessToken, now + TOKEN_TTL_SECONDS * SECOND);
    for (const oldest of this.#tokens.keys()) {
      if (this.#tokens.size <= MOST_TOKENS) break;
      this.#tokens.delete(oldest);
    }
    return { accessToken, ttlSeconds: TOKEN_TTL_SECONDS };
  }

  /** Ends every token before its time. */
  expireTokens(): void {
    this.#tokens.clear();
  }

  /** Whether a request with these headers may pass. */
  admits(authorization: string | undefined, token: string | undefined, now: Instant): boolean {
    if (this.#credentials === null) return true;
    // Tools send a header whose variable is empty; it says nothing, and is not a wrong token.
    if (token !== undefined && token !== '') return now < (this.#tokens.get(token) ?? -Infinity);
    if (authorization === undefined) return false;
    if (authorization === this.#knownHeader) return true;
    const isRight = this.#isBasic(authorization);
    if (isRight) this.#knownHeader = authorization;
    return isRight;
  }

  #isBasic(header: string): boolean {
    const match = /^basic +([a-z0-9+/=_-]+) *$/i.exec(header);
    if (match?.[1] === undefined) return false;
    const text = Buffer.from(match[1], 'base64').toString('utf8');
    const colon = text.indexOf(':');
    return colon >= 0 && this.#matches(text.slice(0, colon), text.slice(colon + 1));
  }

  #matches(user: string, password: string): boolean {
    if (this.#credentials === null) return true;
    const expected = this.#credentials;
    // All are compared, so that the time taken does not tell which one was wrong.
    const userFits = isSame(user, expected.user);
    const passwordFits = isSame(password, expected.password);
    const digestFits = isSame(password.toLowerCase(), md5(expected.password));
    return userFits && (passwordFits || digestFits);
  }
}
