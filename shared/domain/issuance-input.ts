import { ruleError, type RuleError } from './codes';
import type { Instant } from './instant';

/** The inputs that every issuance request shares, read but not yet judged. Null: absent or empty. */
export interface IssuanceInput {
  badgeMetaId: string | null;
  requestId: string | null;
  /** Null when triggeredBy is missing or empty (803). */
  triggeredBy: { ownerType: string | null; referenceId: string | null } | null;
  /** The explicit event date after precedence (semantics T3); null: none was sent. */
  eventDate: Instant | null;
}

/** Inputs that are missing, all of them at once: 804, then 812 where customers are needed, then 803 or 716 (I1, E1). */
export function missingInputs(input: IssuanceInput, customers: 'given' | 'missing' | 'optional'): RuleError[] {
  const errors: RuleError[] = [];
  if (input.requestId === null) errors.push(ruleError(804));
  if (customers === 'missing') errors.push(ruleError(812));
  if (input.triggeredBy === null) errors.push(ruleError(803));
  else if (input.triggeredBy.ownerType === null) errors.push(ruleError(716));
  return errors;
}
