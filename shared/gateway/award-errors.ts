import { MESSAGES, type KnownCode, type RuleError } from '../domain/codes';
import type { AwardDecision } from '../domain/award';
import type { OrgSettings } from '../domain/settings';

/** The error object of a refused award: a reached limit names its constraint (semantics C5). */
export function awardError(
  decision: AwardDecision & { ok: false },
  settings: Pick<OrgSettings, 'customerLimitCode' | 'badgeLimitCode'>,
): RuleError {
  const { code, breach } = decision;
  if (breach === null) return { code, message: MESSAGES[code as KnownCode], reference: null };
  const isCustomer = breach.cap.level === 'CUSTOMER';
  // The code of a reached limit is a switch; its message stays the one of the level.
  return {
    code: isCustomer ? settings.customerLimitCode : settings.badgeLimitCode,
    message: MESSAGES[isCustomer ? 990001 : 990002],
    reference: breach.cap.constraintType,
  };
}
