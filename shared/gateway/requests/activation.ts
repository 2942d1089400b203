import { badgeStatus } from '../../domain/badge';
import { ruleError } from '../../domain/codes';
import { refusal, success } from '../answer';
import type { RequestFunction } from '../call';

/** PUT /badgeMeta/{badgeId}/{activate|deactivate}: the body is ignored (gateway-api section 2; semantics L3). */
export const setActivation: RequestFunction = (org, call, { now }) => {
  const active = call.path['word']?.toLowerCase() === 'activate';
  const badge = org.findBadge(call.path['badgeId'] ?? '');
  if (!badge) return refusal([ruleError(404)], org.settings);
  if (!active && badgeStatus(badge.definition, now) === 'EXPIRED') return refusal([ruleError(990009)], org.settings);
  if (badge.definition.active !== active) org.updateBadge(badge, { ...badge.definition, active }, now);
  return success({ id: badge.id, isActive: active });
};
