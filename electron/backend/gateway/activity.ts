import type { Instant } from '../../../shared/domain/instant';

/** One request that a practice org answered, or failed on purpose: for its window and for `--json`. */
export interface GatewayActivity {
  /** The org's clock when the request was answered. */
  at: Instant;
  method: string;
  path: string;
  /** Endpoint name; null for anything else. */
  endpoint: string | null;
  /** Null when the connection was broken instead. */
  status: number | null;
  /** Codes of the errors, in order. */
  codes: readonly number[];
  milliseconds: number;
  /** The fault that was injected, if any. */
  fault: string | null;
}

export type ActivityListener = (activity: GatewayActivity) => void;

/** The codes in an answer's body; a bare list has none of its own. */
export function codesOfAnswer(body: unknown): number[] {
  if (typeof body !== 'object' || body === null || !('errors' in body) || !Array.isArray(body.errors)) return [];
  return (body.errors as { code?: number }[]).map((error) => error.code ?? 0);
}
