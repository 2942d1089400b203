import type { Instant } from '../domain/instant';
import type { OrgState } from '../domain/org';
import type { Answer } from './answer';

/** One call of the gateway after routing: everything a request function may look at. */
export interface GatewayCall {
  /** Placeholders of the path, decoded. */
  path: Readonly<Record<string, string>>;
  /** Query parameters, decoded; one that was repeated is joined with commas. */
  query: Readonly<Record<string, string>>;
  /** Header names in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  /** The parsed JSON body; undefined when the request had none. */
  body: unknown;
}

/** What surrounds a call: the clock, and a source of batch ids for imports that bring none. */
export interface CallContext {
  now: Instant;
  newBatchId(): string;
}

/**
 * A request function: decides and writes over the org, and says what the gateway answers. It never throws for anything
 * a caller can send; whoever hosts it runs a writing one in `org.transaction`.
 */
export type RequestFunction = (org: OrgState, call: GatewayCall, context: CallContext) => Answer;

/** Names the batch of an import; without it a new name is made. */
export const REQUEST_ID_HEADER = 'x-cap-request-id';
/** Switches the create rules. */
export const MIGRATION_HEADER = 'x-cap-badges-migration';
export const MIGRATION = 'migration';

/** The one header whose value switches the create rules (semantics L4); any case. */
export function isMigration(headers: GatewayCall['headers']): boolean {
  return headers[MIGRATION_HEADER]?.trim().toLowerCase() === MIGRATION;
}
