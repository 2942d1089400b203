import { ruleError } from '../../domain/codes';
import { refusal, successBare } from '../answer';
import { badgeView } from '../badge-view';
import type { RequestFunction } from '../call';
import { switchOf } from '../query-values';

/** GET /badgeMeta/{badgeId}: counts are answered whether or not statistics are asked for (gateway-api section 2). */
export const badgeById: RequestFunction = (org, call, { now }) => {
  switchOf(call.query, 'includeStatistics', false);
  const badge = org.findBadge(call.path['badgeId'] ?? '');
  if (!badge) return refusal([ruleError(404)], org.settings);
  return successBare(badgeView(org, badge, now, { withCounts: true, withCurrentCycle: true }));
};
