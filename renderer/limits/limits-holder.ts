import type { FieldNote } from '../components/field-note';
import type { BodyPath, JsonObject } from '../lib/body-path';

/** What a change of a limit is called, where changes have names. */
export type LimitChange =
  | 'badges.labelCustomerLimit'
  | 'badges.labelBadgeLimit'
  | 'badges.labelCustomerLimitAdded'
  | 'badges.labelBadgeLimitAdded'
  | 'badges.labelCustomerLimitInstead'
  | 'badges.labelBadgeLimitInstead'
  | 'badges.labelCustomerLimitRemoved'
  | 'badges.labelBadgeLimitRemoved';

/** A badge whose limits are edited: a draft of the library, or the copy in a scenario. Places are those of the create body. */
export interface LimitsHolder {
  readonly body: JsonObject;
  /** `undefined` removes what is there. */
  set(path: BodyPath, value: unknown, change: LimitChange): void;
  notesAt(...paths: BodyPath[]): FieldNote[];
  warningsAt(...paths: BodyPath[]): FieldNote[];
}
