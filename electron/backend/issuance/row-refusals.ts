import { capNumber } from '../../../db/org/caps-on-rows';
import type { Refusal } from '../../../db/org/request-store';
import type { AwardDecision, AwardOutcome } from '../../../shared/domain/award';
import { MESSAGES, ruleError, type KnownCode, type RuleError } from '../../../shared/domain/codes';
import type { EnrolmentOutcome } from '../../../shared/domain/enrolment';
import type { CustomerBatch } from '../customers/batch';

/** What is kept of an enrolment that was refused (semantics E); null where it was made. */
export function enrolmentRefusal(customerId: number, outcome: EnrolmentOutcome): Refusal | null {
  if (outcome.ok) return null;
  return {
    outcome: outcome.code,
    customerId,
    line: null,
    lineNumber: null,
    earlierKey: outcome.existing?.key ?? null,
    cap: null,
    capCount: null,
  };
}

/** A refused award as the call of one customer answers it: a cap by its level, anything else by its own code (semantics A, error-codes). */
export function awardError(outcome: AwardOutcome & { ok: false }): RuleError {
  if (outcome.breach === null) return ruleError(outcome.code as KnownCode);
  const { level, constraintType } = outcome.breach.cap;
  return { code: outcome.code, message: MESSAGES[level === 'CUSTOMER' ? 990001 : 990002], reference: constraintType };
}

/** What is kept of an award that was refused, with the cap that refused it (semantics A); null where it was made. */
export function awardRefusal(customerId: number, outcome: AwardDecision & { ok: false }): Refusal;
export function awardRefusal(customerId: number, outcome: AwardOutcome): Refusal | null;
export function awardRefusal(customerId: number, outcome: AwardOutcome): Refusal | null {
  if (outcome.ok) return null;
  return {
    outcome: outcome.code,
    customerId,
    line: null,
    lineNumber: null,
    earlierKey: outcome.existing?.key ?? null,
    cap: outcome.breach === null ? null : capNumber(outcome.breach.cap),
    capCount: outcome.breach?.count ?? null,
  };
}

/** What is kept of a line that names no customer (semantics I6). */
export function faultOf(batch: CustomerBatch, index: number): Refusal {
  return {
    outcome: batch.faults[index] as number,
    customerId: null,
    line: batch.lines[index] as string,
    lineNumber: batch.lineNumbers[index] === 0 ? null : (batch.lineNumbers[index] as number),
    earlierKey: null,
    cap: null,
    capCount: null,
  };
}
