import type { RuleWarning } from '../../../shared/domain/codes';
import type { Instant } from '../../../shared/domain/instant';

/** One request that a practice org answered, or failed on purpose: for its window and for `--json`. */
export interface GatewayActivity {
  /** The org's clock when the request was answered. */
  at: Instant;
  /** Empty, and the path what came instead, for what is no HTTP. */
  method: string;
  path: string;
  /** Endpoint name; null for anything else. */
  endpoint: string | null;
  /** Null when the connection was broken instead. */
  status: number | null;
  /** Codes of the first 50 errors, in order. */
  codes: readonly number[];
  /** What a refusal may come from, such as a date in milliseconds; the answer itself does not say it. */
  hints: readonly RuleWarning[];
  milliseconds: number;
  /** The fault that was injected, if any. */
  fault: string | null;
}

/** A header as it was sent; what proves who somebody is stands there shortened. */
export interface ExchangeHeader {
  name: string;
  value: string;
}

/** A body's text; null when nothing of it can be shown. */
export interface ExchangeBody {
  text: string | null;
  /** Characters of the whole body; `text` may have fewer. */
  length: number;
}

/** One request and its answer in full, for whoever wants to look at them. */
export interface GatewayExchange {
  /** Path with the query, as it was sent. */
  target: string;
  requestHeaders: readonly ExchangeHeader[];
  requestBody: ExchangeBody;
  /** Null when the connection was broken instead. */
  answer: { headers: readonly ExchangeHeader[]; body: ExchangeBody } | null;
}

/** @param exchange makes the exchange of this activity; to be called at once or not at all */
export type ActivityListener = (activity: GatewayActivity, exchange: () => GatewayExchange) => void;

/** Codes that are told of one answer; the answer itself has all. */
const MOST_CODES = 50;

/** The first codes in an answer's body; a bare list has none of its own. */
export function codesOfAnswer(body: unknown): number[] {
  if (typeof body !== 'object' || body === null || !('errors' in body) || !Array.isArray(body.errors)) return [];
  return (body.errors as { code?: number }[]).slice(0, MOST_CODES).map((error) => error.code ?? 0);
}
